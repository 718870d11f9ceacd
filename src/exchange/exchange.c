#include "exchange/exchange.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "exchange/inside.h"
#include "exchange/simapi.h"
#include "exchange/simcall.h"
#include "exchange/simcontrol.h"
#include "exchange/simhook.h"
#include "exchange/simtext.h"
#include "rules/calendar.h"

#define MAX_COMPLAINTS 1000	/* kept; more are only counted */

/* What stands behind "Basic " for this name and password. */
static char *
basic(const char *user, const char *password)
{
	struct buf plain = BUF_EMPTY, coded = BUF_EMPTY;

	if (user == NULL || password == NULL)
		return NULL;
	buf_addf(&plain, "%s:%s", user, password);
	buf_add_base64(&coded, buf_text(&plain), plain.len);
	buf_release(&plain);
	return buf_take(&coded);
}

struct exchange *
exchange_new(const struct exchange_options *o)
{
	struct exchange *x = mem_alloc(sizeof(*x));

	x->account_sid = mem_dup(o->account_sid);
	x->auth_token = mem_dup(o->auth_token);
	x->path_prefix = mem_dup(o->path_prefix != NULL ? o->path_prefix : "");
	x->text_url = mem_dup(o->text_url);
	x->call_url = mem_dup(o->call_url);
	x->call_end_url = mem_dup(o->call_end_url);
	x->ca_file = mem_dup(o->ca_file);
	x->basic[0] = basic(o->account_sid, o->auth_token);
	x->basic[1] = basic(o->api_key_sid, o->api_key_secret);
	x->mac = crypto_mac_sha1(o->auth_token, strlen(o->auth_token));
	x->calls_per_second = o->calls_per_second > 0 ? o->calls_per_second : 1;
	x->texts_per_second = o->texts_per_second > 0 ? o->texts_per_second
	    : 10;
	x->keeps_opt_outs = o->keeps_opt_outs;
	x->loopback_only = o->loopback_only;
	x->habit = o->habit;
	x->habit_arg = o->habit_arg;
	x->people.seed = o->seed;
	random_init_seed(&x->random, o->seed);
	snprintf(x->sid_middle, sizeof(x->sid_middle), "%016llx%08x",
	    (unsigned long long)random_u64(&x->random),
	    (unsigned int)(random_u64(&x->random) >> 32));
	x->learns_numbers = o->n_numbers == 0;
	for (size_t i = 0; i < o->n_numbers; i++) {
		mem_reserve(&x->numbers, x->n_numbers, &x->cap_numbers,
		    sizeof(struct person *));
		x->numbers[x->n_numbers++] = person_at(&x->people,
		    o->numbers[i]);
	}
	return x;
}

static void
free_item(struct agenda_item *item)
{
	struct inside_reply *reply = item->what;
	struct scenario_line *line = item->what;

	switch ((enum inside_kind)item->kind) {
	case INSIDE_HOOK:
		simhook_free(item->what);
		break;
	case INSIDE_REPLY:
		free(reply->body);
		free(reply);
		break;
	case INSIDE_LINE:
		scenario_release(line);
		free(line);
		break;
	case INSIDE_RING:
		free(item->what);
		break;
	case INSIDE_CALL:
	case INSIDE_TEXT:
		break;
	}
}

static void
free_lists(struct exchange *x)
{
	for (size_t i = 0; i < x->agenda.n; i++)
		free_item(&x->agenda.items[i]);
	agenda_release(&x->agenda);
	while (x->out != NULL) {
		struct simhook *next = x->out->next;
		simhook_free(x->out);
		x->out = next;
	}
	for (size_t i = 0; i < x->n_calls; i++)
		simcall_free(x->calls[i]);
	for (size_t i = 0; i < x->n_texts; i++)
		simtext_free(x->texts[i]);
	for (size_t i = 0; i < x->n_entries; i++)
		free(x->entries[i].callback);
	for (size_t i = 0; i < x->n_complaints; i++)
		free(x->complaints[i]);
	free(x->calls);
	free(x->texts);
	free(x->entries);
	free(x->complaints);
	free(x->numbers);
}

void
exchange_free(struct exchange *x)
{
	if (x == NULL)
		return;
	free_lists(x);
	fault_release(&x->faults);
	person_release_all(&x->people);
	crypto_mac_free(x->mac);
	free(x->account_sid);
	mem_free_secret(x->auth_token);
	free(x->path_prefix);
	free(x->text_url);
	free(x->call_url);
	free(x->call_end_url);
	free(x->ca_file);
	mem_free_secret(x->basic[0]);
	mem_free_secret(x->basic[1]);
	free(x);
}

void
exchange_answer_release(struct exchange_answer *a)
{
	http_fields_release(&a->fields);
	buf_release(&a->body);
	*a = (struct exchange_answer){ .fate = EXCHANGE_ANSWERS };
}

void
exchange_complain(struct exchange *x, msec now, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	char date[INSIDE_DATE_SIZE];
	va_list ap;

	buf_addf(&b, "%s: ", exchange_date(now, "GMT", date));
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	if (x->n_complaints < MAX_COMPLAINTS) {
		mem_reserve(&x->complaints, x->n_complaints,
		    &x->cap_complaints, sizeof(char *));
		x->complaints[x->n_complaints++] = buf_take(&b);
	}
	buf_release(&b);
}

void
exchange_sid(const struct exchange *x, const char *kind, size_t nth,
    char ret[SID_SIZE])
{
	snprintf(ret, SID_SIZE, "%.2s%s%08x", kind, x->sid_middle,
	    (unsigned int)nth);
}

bool
exchange_owns(struct exchange *x, const char *number)
{
	for (size_t i = 0; i < x->n_numbers; i++)
		if (strcmp(x->numbers[i]->number, number) == 0)
			return true;
	if (!x->learns_numbers)
		return false;
	mem_reserve(&x->numbers, x->n_numbers, &x->cap_numbers,
	    sizeof(struct person *));
	x->numbers[x->n_numbers++] = person_at(&x->people, number);
	return true;
}

struct person *
exchange_own_number(struct exchange *x, bool text)
{
	if (x->used[text] != NULL)
		return x->used[text];
	if (x->n_numbers > 0)
		/* by habit the line for calls comes first */
		return x->numbers[text ? x->n_numbers - 1 : 0];
	return NULL;
}

const char *
exchange_date(msec at, const char *zone, char ret[INSIDE_DATE_SIZE])
{
	static const char *const days[] = {
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
	};
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
		"Oct", "Nov", "Dec",
	};
	/* dates of the calendar know no zone: a UTC day does as well */
	int64_t seconds = at / 1000;
	localdate date = (localdate)(seconds / 86400);
	int second = (int)(seconds % 86400), year, month, day;

	calendar_split_date(date, &year, &month, &day);
	snprintf(ret, INSIDE_DATE_SIZE, "%s, %02d %s %04d %02d:%02d:%02d %s",
	    days[calendar_weekday(date)], day, months[month - 1], year,
	    second / 3600, second / 60 % 60, second % 60, zone);
	return ret;
}

static bool
asks(const char *body)
{
	static const char word[] = "reply";

	for (const char *p = body; *p != '\0'; p++)
		if (*p == '?' || strncasecmp(p, word, sizeof(word) - 1) == 0)
			return true;
	return false;
}

void
exchange_ask_habit(struct exchange *x, msec now, struct person *who,
    const char *body, struct habit *ret)
{
	bool text = body != NULL;
	struct random r;

	if (x->habit != NULL && (!text || asks(body))
	    && x->habit(x->habit_arg, who->number, text, now, ret)) {
		person_chance(&x->people, who, (uint64_t)now, &r);
		habit_settle(ret, &r);
	} else {
		person_next_habit(&x->people, who, text, ret);
		if (text && !asks(body))
			who->n_texts--;
	}
	if (text && !asks(body)) {
		ret->reply[0] = '\0';
		ret->rings_back = NEVER;
	}
}

/* The delay that a kind of fault brings to what is being created, or 0. */
static msec
drawn(struct exchange *x, msec now, enum fault_kind kind, bool text,
    const char *number)
{
	struct fault f;

	if (!fault_strikes(&x->faults, kind, kind, text ? FAULT_TEXTS
	    : FAULT_CALLS, number, now, &x->random, &f))
		return 0;
	x->count.faults++;
	return f.by > 0 ? f.by : 1;
}

void
exchange_draw_track(struct exchange *x, msec now, bool text,
    const char *number, struct simtrack *t)
{
	t->missing = drawn(x, now, FAULT_CALLBACKS_MISSING, text, number) > 0;
	t->final_missing = drawn(x, now, FAULT_FINAL_MISSING, text,
	    number) > 0;
	t->reversed = drawn(x, now, FAULT_CALLBACKS_REVERSED, text,
	    number) > 0;
	t->twice = drawn(x, now, FAULT_CALLBACKS_TWICE, text, number);
	t->late = drawn(x, now, FAULT_CALLBACKS_LATE, text, number);
	t->listed = now + drawn(x, now, FAULT_LISTED_LATE, text, number);
}

void
exchange_request(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	char date[INSIDE_DATE_SIZE];

	*ret = (struct exchange_answer){ .fate = EXCHANGE_ANSWERS };
	http_fields_add(&ret->fields, "Date", exchange_date(now, "GMT", date));
	if (strncmp(in->path, "/exchange/", 10) == 0)
		simcontrol_request(x, now, in, ret);
	else
		simapi_request(x, now, in, ret);
}

static bool
is_stale(const struct agenda_item *item)
{
	const struct simcall *c = item->what;
	const struct simtext *t = item->what;

	return (item->kind == INSIDE_CALL && c->turn != item->turn)
	    || (item->kind == INSIDE_TEXT && t->turn != item->turn);
}

msec
exchange_next(struct exchange *x)
{
	struct agenda_item old;

	while (x->agenda.n > 0 && is_stale(&x->agenda.items[0]))
		if (!agenda_take(&x->agenda, NEVER, &old))
			break;
	return agenda_next(&x->agenda);
}

bool
exchange_idle(const struct exchange *x)
{
	for (size_t i = 0; i < x->agenda.n; i++)
		if (!is_stale(&x->agenda.items[i]))
			return false;
	return x->out == NULL;
}

static void
begin_ring(struct exchange *x, msec now, struct inside_ring *ring)
{
	struct person *to = ring->to != NULL ? ring->to
	    : exchange_own_number(x, false);

	if (to == NULL)
		exchange_complain(x, now, "somebody rings, and the account has "
		    "no number");
	else if (ring->from->line == NULL)
		simcall_ring_in(x, now, ring->from, to, &ring->habit);
	free(ring);
}

/* One thing of the agenda happens.  True: a webhook is handed out. */
static bool
happen(struct exchange *x, msec now, const struct agenda_item *item,
    struct http_request *ret)
{
	struct inside_reply *reply = item->what;
	struct scenario_line *line = item->what;

	switch ((enum inside_kind)item->kind) {
	case INSIDE_HOOK:
		simhook_hand_out(x, item->what, ret);
		return true;
	case INSIDE_CALL:
		simcall_go(x, now, item->what, item->turn);
		break;
	case INSIDE_TEXT:
		simtext_go(x, now, item->what, item->turn);
		break;
	case INSIDE_LINE:
		simcontrol_happen(x, now, line);
		free(line);
		break;
	case INSIDE_REPLY:
		simtext_receive(x, now, reply->from, reply->to, reply->body);
		free(reply->body);
		free(reply);
		break;
	case INSIDE_RING:
		begin_ring(x, now, item->what);
		break;
	}
	return false;
}

bool
exchange_due(struct exchange *x, msec now, struct http_request *ret,
    uint64_t *ret_token)
{
	struct agenda_item item;

	while (agenda_take(&x->agenda, now, &item)) {
		/* at its own instant, however late we were asked: what
		 * follows from it keeps its distance */
		if (happen(x, item.at, &item, ret)) {
			*ret_token = x->out->token;
			return true;
		}
	}
	return false;
}

void
exchange_delivered(struct exchange *x, msec now, uint64_t token,
    const struct http_result *result)
{
	simhook_ended(x, now, token, result);
}

int
exchange_script(struct exchange *x, msec now, const char *lines, struct err *e)
{
	return simcontrol_script(x, now, lines, e);
}

void
exchange_text_in(struct exchange *x, msec now, const char *from,
    const char *to, const char *body)
{
	struct person *ours = to[0] != '\0' ? person_at(&x->people, to)
	    : exchange_own_number(x, true);

	if (ours == NULL)
		exchange_complain(x, now, "somebody writes, and the account "
		    "has no number");
	else
		simtext_receive(x, now, person_at(&x->people, from), ours,
		    body);
}

void
exchange_ring_in(struct exchange *x, msec now, const char *from,
    const char *to, const struct habit *h)
{
	struct inside_ring *ring = mem_alloc(sizeof(*ring));

	ring->from = person_at(&x->people, from);
	ring->to = to[0] != '\0' ? person_at(&x->people, to) : NULL;
	ring->habit = *h;
	begin_ring(x, now, ring);
}

void
exchange_fault_level(struct exchange *x, msec now, int level)
{
	fault_end_all(&x->faults);
	fault_level(&x->faults, level, now);
}

size_t
exchange_ledger_count(const struct exchange *x)
{
	return x->n_entries;
}

void
exchange_ledger_get(const struct exchange *x, size_t i,
    struct exchange_entry *ret)
{
	const struct simentry *s = &x->entries[i];

	*ret = (struct exchange_entry){
		.at = s->at, .text = s->text, .to = s->to, .from = s->from,
		.callback = s->callback, .ref = s->ref, .sid = "",
		.status = "", .keys = "", .code = s->code,
		.fault = fault_name(s->fault),
	};
	if (s->made_call != NULL) {
		ret->sid = s->made_call->sid;
		ret->status = simcall_status_name(s->made_call->status);
		ret->keys = s->made_call->keys;
	} else if (s->made_text != NULL) {
		ret->sid = s->made_text->sid;
		ret->status = simtext_status_name(s->made_text->status);
	}
}

size_t
exchange_complaint_count(const struct exchange *x)
{
	return x->n_complaints;
}

const char *
exchange_complaint(const struct exchange *x, size_t i)
{
	return x->complaints[i];
}

void
exchange_count(const struct exchange *x, struct exchange_count *ret)
{
	*ret = x->count;
}
