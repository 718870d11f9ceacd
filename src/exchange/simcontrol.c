#include "exchange/simcontrol.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

#define MAX_LINES 20000

static void
happen_habits(struct exchange *x, struct scenario_line *l)
{
	person_script(person_at(&x->people, l->number), l->text, l->habits,
	    l->n_habits);
	l->habits = NULL;
}

static void
happen_default(struct exchange *x, const struct scenario_line *l)
{
	for (size_t i = 0; i < l->n_habits; i++)
		person_add_default(&x->people, l->text, l->share,
		    &l->habits[i]);
}

void
simcontrol_happen(struct exchange *x, msec now, struct scenario_line *l)
{
	switch (l->kind) {
	case SCENARIO_NOTHING:
		break;
	case SCENARIO_HABITS:
		happen_habits(x, l);
		break;
	case SCENARIO_DEFAULT:
		happen_default(x, l);
		break;
	case SCENARIO_TEXTS:
		exchange_text_in(x, now, l->number, l->to, l->body);
		break;
	case SCENARIO_RINGS:
		exchange_ring_in(x, now, l->number, l->to, &l->habits[0]);
		break;
	case SCENARIO_FAULT:
		fault_begin(&x->faults, &l->fault, now);
		break;
	case SCENARIO_CALM:
		fault_end_all(&x->faults);
		break;
	}
	scenario_release(l);
}

static void
plan(struct exchange *x, msec now, const struct scenario_line *l)
{
	struct scenario_line *kept = mem_alloc(sizeof(*kept));

	*kept = *l;
	if (l->at > now) {
		agenda_add(&x->agenda, l->at, INSIDE_LINE, kept, 0);
		return;
	}
	simcontrol_happen(x, now, kept);
	free(kept);
}

/* All lines are read before the first of them happens. */
static int
read_lines(const char *lines, const char *before, msec now,
    struct scenario_line **ret, size_t *ret_n, struct err *e)
{
	struct scenario_line *all = NULL;
	size_t n = 0, cap = 0;
	int number = 1;

	for (const char *p = lines; *p != '\0'; number++) {
		size_t len = strcspn(p, "\n");
		char *line = mem_printf("%s%.*s", p[strspn(p, " \t\r\n")]
		    != '\0' && len > 0 ? before : "", (int)len, p);
		mem_reserve(&all, n, &cap, sizeof(*all));
		int result = number > MAX_LINES
		    ? err_set(e, "more than %d lines", MAX_LINES)
		    : scenario_parse(line, now, &all[n], e);
		free(line);
		if (result == -1) {
			err_wrap(e, "line %d", number);
			goto err;
		}
		n++;
		p += len + (p[len] == '\n');
	}
	*ret = all;
	*ret_n = n;
	return 0;

err:
	while (n > 0)
		scenario_release(&all[--n]);
	free(all);
	return -1;
}

static int
script(struct exchange *x, msec now, const char *lines, const char *before,
    struct err *e)
{
	struct scenario_line *all = NULL;
	size_t n = 0;

	if (read_lines(lines, before, now, &all, &n, e) == -1)
		return -1;
	if (before[0] != '\0')
		fault_end_all(&x->faults);
	for (size_t i = 0; i < n; i++)
		plan(x, now, &all[i]);
	free(all);
	return 0;
}

int
simcontrol_script(struct exchange *x, msec now, const char *lines,
    struct err *e)
{
	return script(x, now, lines, "", e);
}

/* Answer with an object, which is ours to free. */
static void
answer(struct exchange_answer *ret, int status, json_t *object)
{
	ret->status = status;
	http_fields_add(&ret->fields, "Content-Type", "application/json");
	json_print(object, true, &ret->body);
	json_decref(object);
}

static void
answer_error(struct exchange_answer *ret, int status, const char *why)
{
	answer(ret, status, json_pack("{s:s}", "error", why));
}

static void
answer_done(struct exchange_answer *ret, int result, const struct err *e)
{
	if (result == 0)
		answer(ret, 200, json_pack("{s:b}", "ok", 1));
	else
		answer_error(ret, 400, e->text);
}

static json_t *
text_or_null(const char *text)
{
	return text[0] != '\0' ? json_string(text) : json_null();
}

static json_t *
show_entry(const struct exchange *x, size_t i)
{
	struct exchange_entry s;
	char date[INSIDE_DATE_SIZE];

	exchange_ledger_get(x, i, &s);
	return json_pack("{s:I, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o,"
	    " s:s, s:i, s:s}",
	    "nth", (json_int_t)i, "at", (json_int_t)s.at,
	    "date", exchange_date(s.at, "GMT", date),
	    "channel", s.text ? "text" : "call",
	    "to", text_or_null(s.to), "from", text_or_null(s.from),
	    "ref", text_or_null(s.ref), "callback", text_or_null(s.callback),
	    "sid", text_or_null(s.sid), "status", text_or_null(s.status),
	    "keys", s.keys, "code", s.code, "fault", s.fault);
}

static void
get_ledger(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	json_t *list = json_array();
	struct form query = { 0 };
	int64_t since = 0;
	const char *text;

	(void)now;
	if (form_parse(in->query, strlen(in->query), &query, NULL) == 0) {
		text = form_get(&query, "since");
		if (text != NULL && num_int(text, 0, INT64_MAX, &since,
		    NULL) == -1)
			since = 0;
		form_release(&query);
	}
	for (size_t i = (size_t)since; i < x->n_entries; i++)
		json_array_append_new(list, show_entry(x, i));
	answer(ret, 200, json_pack("{s:o}", "creates", list));
}

static void
get_complaints(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	json_t *list = json_array();

	(void)now;
	(void)in;
	for (size_t i = 0; i < x->n_complaints; i++) {
		/* what was complained of may be no UTF-8 */
		json_t *text = json_string(x->complaints[i]);
		json_array_append_new(list, text != NULL ? text
		    : json_string("?"));
	}
	answer(ret, 200, json_pack("{s:I, s:o}", "count",
	    (json_int_t)x->n_complaints, "complaints", list));
}

static void
get_idle(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	msec next = exchange_next(x);

	(void)in;
	answer(ret, 200, json_pack("{s:b, s:I, s:o}",
	    "idle", exchange_idle(x) ? 1 : 0, "now", (json_int_t)now,
	    "next", next == NEVER ? json_null() : json_integer(next)));
}

static void
get_count(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	const struct exchange_count *c = &x->count;

	(void)now;
	(void)in;
	answer(ret, 200, json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I,"
	    " s:I, s:I, s:I}",
	    "calls", (json_int_t)c->calls, "texts", (json_int_t)c->texts,
	    "refused", (json_int_t)c->refused,
	    "lookups", (json_int_t)c->lookups,
	    "through", (json_int_t)c->through,
	    "calls_in", (json_int_t)c->calls_in,
	    "texts_in", (json_int_t)c->texts_in,
	    "webhooks", (json_int_t)c->webhooks,
	    "webhooks_failed", (json_int_t)c->webhooks_failed,
	    "media", (json_int_t)c->media,
	    "faults", (json_int_t)c->faults));
}

static void
post_script(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	struct err e;

	answer_done(ret, script(x, now, in->body, "", &e), &e);
}

static void
post_faults(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	struct err e;

	answer_done(ret, script(x, now, in->body, "fault ", &e), &e);
}

/* Who writes or rings: fields of JSON, or of a form. */
struct event_in {
	char *from, *to, *body, *keys;
};

static char *
json_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return mem_dup(text != NULL ? text : "");
}

static int
read_event(const struct http_incoming *in, struct event_in *ret,
    struct err *e)
{
	static const char *const names[] = { "from", "to", "body", "keys" };
	char **const fields[] = { &ret->from, &ret->to, &ret->body,
		&ret->keys };
	json_t *object = json_loadb(in->body, in->body_len, 0, NULL);
	struct form form = { 0 };
	const char *text;

	if (object == NULL && (!http_is_form(in->content_type)
	    || form_parse(in->body, in->body_len, &form, e) == -1))
		return err_set(e, "the body is neither JSON nor a form");
	for (size_t i = 0; i < COUNT(names); i++) {
		text = form_get(&form, names[i]);
		*fields[i] = object != NULL ? json_text(object, names[i])
		    : mem_dup(text != NULL ? text : "");
	}
	json_decref(object);
	form_release(&form);
	return 0;
}

static void
release_event(struct event_in *v)
{
	free(v->from);
	free(v->to);
	free(v->body);
	free(v->keys);
}

/* A number as people write it becomes E.164; anything else stays as it is. */
static void
tidy(char **number)
{
	struct number n;

	if (strcmp(*number, "anonymous") == 0) {
		free(*number);
		*number = mem_dup(SCENARIO_WITHHELD);
	} else if (number_read(*number, "44", &n, &(struct err){ "" }) == 0
	    && n.e164[0] != '\0') {
		free(*number);
		*number = mem_dup(n.e164);
	}
}

static void
post_text(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	struct event_in v = { 0 };
	struct err e;
	int result = read_event(in, &v, &e);

	if (result == 0) {
		tidy(&v.from);
		tidy(&v.to);
		if (v.from[0] == '\0')
			result = err_set(&e, "\"from\" is missing");
		else
			exchange_text_in(x, now, v.from, v.to, v.body);
	}
	answer_done(ret, result, &e);
	release_event(&v);
}

static int
read_keys(const char *keys, struct habit *ret, struct err *e)
{
	static const char *const silent[] = { "silent" };
	size_t n = strlen(keys);

	if (habit_parse(false, silent, 1, ret, e) == -1)
		return -1;
	if (n >= sizeof(ret->keys) || strspn(keys, "0123456789*#-") < n)
		return err_set(e, "\"keys\" are up to %d of 0-9 * # and -",
		    HABIT_KEYS_SIZE - 1);
	memcpy(ret->keys, keys, n + 1);
	return 0;
}

static void
post_call(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	struct event_in v = { 0 };
	struct habit h;
	struct err e;
	int result = read_event(in, &v, &e);

	if (result == 0) {
		tidy(&v.from);
		tidy(&v.to);
		result = v.from[0] == '\0'
		    ? err_set(&e, "\"from\" is missing")
		    : read_keys(v.keys, &h, &e);
	}
	if (result == 0)
		exchange_ring_in(x, now, v.from, v.to, &h);
	answer_done(ret, result, &e);
	release_event(&v);
}

void
simcontrol_request(struct exchange *x, msec now,
    const struct http_incoming *in, struct exchange_answer *ret)
{
	static const struct {
		enum http_method method;
		const char *path;
		void (*fn)(struct exchange *, msec,
		    const struct http_incoming *, struct exchange_answer *);
	} routes[] = {
		{ HTTP_POST, "/exchange/script", post_script },
		{ HTTP_POST, "/exchange/faults", post_faults },
		{ HTTP_POST, "/exchange/text", post_text },
		{ HTTP_POST, "/exchange/call", post_call },
		{ HTTP_GET, "/exchange/ledger", get_ledger },
		{ HTTP_GET, "/exchange/complaints", get_complaints },
		{ HTTP_GET, "/exchange/idle", get_idle },
		{ HTTP_GET, "/exchange/count", get_count },
	};

	for (size_t i = 0; i < COUNT(routes); i++) {
		if (strcmp(routes[i].path, in->path) == 0
		    && routes[i].method == in->method) {
			routes[i].fn(x, now, in, ret);
			return;
		}
	}
	answer_error(ret, 404, "there is no such thing below /exchange/");
}
