/*
 * Answers are read leniently (numbers or text, fields that are missing) where
 * nothing depends on it, and strictly where a second attempt would: only an
 * id says that the gateway has it, only an error below 500 that it has not.
 */
#include "gateway/twilio.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/num.h"
#include "gateway/date.h"

#define MAX_WAIT MSEC_HOUR
#define SLACK (5 * MSEC_SECOND)	/* between the gateway's own clocks */
#define MAX_URL 2048

/*
 * What Twilio's error codes mean to us ("Error and Warning Dictionary").
 * Twilio warns that they may change: a code that is not here gets a class
 * that closes no number and no channel.  The first row that fits counts.
 */
static const struct error_row {
	int first, last;
	enum answer_kind kind;
	enum refusal refusal;
} errors[] = {
	{ 10001, 10003, ANSWER_REFUSED, REFUSAL_SETUP },   /* account */
	{ 10004, 10004, ANSWER_LATER, REFUSAL_NONE },	   /* calls at once */
	{ 11200, 11206, ANSWER_REFUSED, REFUSAL_SETUP },   /* our hooks */
	{ 12100, 12100, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 12300, 12300, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 13223, 13224, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 13225, 13225, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 13227, 13227, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* country */
	{ 20003, 20008, ANSWER_REFUSED, REFUSAL_SETUP },   /* who we are */
	{ 20151, 20151, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 20404, 20404, ANSWER_REFUSED, REFUSAL_SETUP },   /* no account */
	{ 20429, 20429, ANSWER_LATER, REFUSAL_NONE },
	{ 20500, 20599, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 21201, 21201, ANSWER_REFUSED, REFUSAL_OURS },	   /* no To */
	{ 21202, 21203, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* price, country */
	{ 21205, 21205, ANSWER_REFUSED, REFUSAL_SETUP },   /* our URLs */
	{ 21210, 21210, ANSWER_REFUSED, REFUSAL_SETUP },   /* From */
	{ 21211, 21211, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 21212, 21212, ANSWER_REFUSED, REFUSAL_SETUP },   /* From */
	{ 21214, 21216, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* not reachable */
	{ 21217, 21217, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 21219, 21219, ANSWER_REFUSED, REFUSAL_SETUP },   /* trial */
	{ 21220, 21220, ANSWER_REFUSED, REFUSAL_OURS },
	{ 21408, 21408, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* country */
	{ 21602, 21602, ANSWER_REFUSED, REFUSAL_OURS },	   /* no body */
	{ 21603, 21603, ANSWER_REFUSED, REFUSAL_SETUP },   /* no From */
	{ 21604, 21604, ANSWER_REFUSED, REFUSAL_OURS },	   /* no To */
	{ 21606, 21606, ANSWER_REFUSED, REFUSAL_SETUP },   /* From */
	{ 21608, 21609, ANSWER_REFUSED, REFUSAL_SETUP },   /* trial, URL */
	{ 21610, 21610, ANSWER_REFUSED, REFUSAL_OPTED_OUT },
	{ 21611, 21611, ANSWER_LATER, REFUSAL_NONE },	   /* queue full */
	{ 21612, 21612, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* no route */
	{ 21614, 21614, ANSWER_REFUSED, REFUSAL_NOT_TEXTABLE },
	{ 21617, 21617, ANSWER_REFUSED, REFUSAL_OURS },	   /* too long */
	{ 21619, 21619, ANSWER_REFUSED, REFUSAL_OURS },
	{ 21624, 21624, ANSWER_REFUSED, REFUSAL_OURS },	   /* validity */
	{ 21626, 21626, ANSWER_REFUSED, REFUSAL_SETUP },   /* events */
	{ 21635, 21635, ANSWER_REFUSED, REFUSAL_NOT_TEXTABLE },
	{ 21659, 21661, ANSWER_REFUSED, REFUSAL_SETUP },   /* From */
	{ 30001, 30001, ANSWER_REFUSED, REFUSAL_PASSING }, /* expired */
	{ 30002, 30002, ANSWER_REFUSED, REFUSAL_SETUP },   /* suspended */
	{ 30003, 30003, ANSWER_REFUSED, REFUSAL_PASSING }, /* switched off */
	{ 30004, 30004, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 30005, 30005, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 30006, 30006, ANSWER_REFUSED, REFUSAL_NOT_TEXTABLE },
	{ 30007, 30007, ANSWER_REFUSED, REFUSAL_BLOCKED }, /* filtered */
	{ 30008, 30008, ANSWER_REFUSED, REFUSAL_PASSING },
};

static const struct error_row *
find_error(int code)
{
	for (size_t i = 0; i < COUNT(errors); i++)
		if (code >= errors[i].first && code <= errors[i].last)
			return &errors[i];
	return NULL;
}

enum refusal
twilio_read_failure(enum progress p, int code)
{
	const struct error_row *row = find_error(code);

	if (p != PROGRESS_FAILED && p != PROGRESS_UNDELIVERED)
		return REFUSAL_NONE;
	return row && row->kind == ANSWER_REFUSED ? row->refusal :
	    REFUSAL_PASSING;
}

static bool
is_hex(const char *text, size_t n)
{
	return strspn(text, "0123456789abcdefABCDEF") == n && text[n] == '\0';
}

static bool
is_name(const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_.:");

	return n > 0 && n < GATEWAY_ID_SIZE && text[n] == '\0';
}

bool
twilio_is_id(const struct gateway *g, enum channel channel, const char *text)
{
	if (!g->conf->strict_sid)
		return is_name(text);
	if (channel == CHANNEL_CALL)
		return strncmp(text, "CA", 2) == 0 && is_hex(text + 2, 32);
	return (strncmp(text, "SM", 2) == 0 || strncmp(text, "MM", 2) == 0) &&
	    is_hex(text + 2, 32);
}

struct status_row {
	const char *name;
	enum progress progress;
};

static const struct status_row call_statuses[] = {
	{ "queued", PROGRESS_QUEUED },
	{ "initiated", PROGRESS_UNDER_WAY },
	{ "ringing", PROGRESS_RINGING },
	{ "in-progress", PROGRESS_ANSWERED },
	{ "answered", PROGRESS_ANSWERED },
	{ "completed", PROGRESS_COMPLETED },
	{ "busy", PROGRESS_BUSY },
	{ "no-answer", PROGRESS_NO_ANSWER },
	{ "failed", PROGRESS_FAILED },
	{ "canceled", PROGRESS_CANCELLED },
};

static const struct status_row text_statuses[] = {
	{ "accepted", PROGRESS_QUEUED },
	{ "scheduled", PROGRESS_QUEUED },
	{ "queued", PROGRESS_QUEUED },
	{ "sending", PROGRESS_UNDER_WAY },
	{ "sent", PROGRESS_SENT },
	{ "delivered", PROGRESS_DELIVERED },
	{ "partially_delivered", PROGRESS_DELIVERED },
	{ "read", PROGRESS_DELIVERED },
	{ "undelivered", PROGRESS_UNDELIVERED },
	{ "failed", PROGRESS_FAILED },
	{ "canceled", PROGRESS_CANCELLED },
};

int
twilio_read_status(enum channel channel, const char *status,
    enum progress *ret)
{
	bool call = channel == CHANNEL_CALL;
	const struct status_row *rows = call ? call_statuses : text_statuses;
	size_t n = call ? COUNT(call_statuses) : COUNT(text_statuses);

	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, status) == 0) {
			*ret = rows[i].progress;
			return 0;
		}
	return -1;
}

/* The body as an object, or NULL.  A "\u0000" in somebody's text must not
 * make a whole listing unreadable. */
static json_t *
parse_object(const struct http_result *r)
{
	json_t *doc = json_loadb(buf_text(&r->body), r->body.len,
	    JSON_ALLOW_NUL, NULL);

	if (json_is_object(doc))
		return doc;
	json_decref(doc);
	return NULL;
}

static int
read_code(const json_t *object, const char *key)
{
	int64_t code = json_get_int(object, key, 0);

	return code > 0 && code < 1000000 ? (int)code : 0;
}

/* An id under "sid" into ret: 0, or -1 where there is none that could be. */
static int
read_id(const struct gateway *g, enum channel channel, const json_t *object,
    char ret[GATEWAY_ID_SIZE])
{
	char id[GATEWAY_ID_SIZE + 1];

	json_get_text(object, "sid", id, sizeof(id));
	if (!twilio_is_id(g, channel, id))
		return -1;
	memcpy(ret, id, strlen(id) + 1);
	return 0;
}

/* Retry-After: seconds, or an instant by the gateway's clock (RFC 9110). */
static msec
read_wait(const struct http_result *r, msec date)
{
	const char *text = http_fields_get(&r->fields, "Retry-After");
	int64_t seconds;
	msec wait = 0, until;

	if (!text)
		return 0;
	if (num_int(text, 0, INT32_MAX, &seconds, NULL) == 0)
		wait = seconds * MSEC_SECOND;
	else if (date > 0 && date_parse(text, &until) == 0)
		wait = until - date;
	return wait < 0 ? 0 : wait > MAX_WAIT ? MAX_WAIT : wait;
}

static void
set_detail(struct answer *a, const char *text)
{
	size_t n = strlen(text);

	if (n >= sizeof(a->detail))
		n = sizeof(a->detail) - 1;
	memcpy(a->detail, text, n);
	a->detail[n] = '\0';
}

static void
refuse(struct answer *a, enum refusal refusal)
{
	a->kind = ANSWER_REFUSED;
	a->refusal = refusal;
}

/* An error whose code says nothing to us.  Of the redirections those count as
 * a wrong base_url that ask for the same POST elsewhere. */
static void
read_plain_error(int status, struct answer *a)
{
	static const int setup[] = { 301, 307, 308, 401, 402, 403, 404, 407 };

	for (size_t i = 0; i < COUNT(setup); i++)
		if (status == setup[i]) {
			refuse(a, REFUSAL_SETUP);
			return;
		}
	if (status >= 400 && status < 500 && status != 408)
		refuse(a, REFUSAL_OURS);
	else
		a->kind = ANSWER_UNCERTAIN;
}

/*
 * The status stands over the code where it says whether the request was
 * acted upon: 429 never was, 5xx may have been whatever the code.
 */
static void
read_error(int status, struct answer *a)
{
	const struct error_row *row = find_error(a->code);

	if (status == 429) {
		a->kind = ANSWER_LATER;
	} else if (row && status >= 400 && status < 500) {
		a->kind = row->kind;
		a->refusal = row->refusal;
	} else {
		read_plain_error(status, a);
	}
}

static void
read_answer(struct gateway *g, enum channel channel,
    const struct http_result *r, struct answer *a)
{
	json_t *doc = parse_object(r);
	const char *unread = "";
	char *detail;

	if (r->status >= 200 && r->status < 300) {
		bool good = read_id(g, channel, doc, a->gateway_id) == 0;

		a->kind = good ? ANSWER_ACCEPTED : ANSWER_UNCERTAIN;
		unread = good ? "" : ", without an id";
	} else {
		a->code = read_code(doc, "code");
		read_error(r->status, a);
	}
	if (a->code > 0)
		detail = mem_printf("HTTP %d, code %d", r->status, a->code);
	else
		detail = mem_printf("HTTP %d%s", r->status, unread);
	set_detail(a, detail);
	free(detail);
	json_decref(doc);
}

void
twilio_read_submit(struct gateway *g, enum channel channel,
    const struct http_result *r, struct answer *ret)
{
	struct answer a = { .gateway_date = gateway_date(r) };

	a.wait = read_wait(r, a.gateway_date);
	if (r->fate == HTTP_ANSWERED) {
		read_answer(g, channel, r, &a);
	} else {
		a.kind = r->fate == HTTP_NOT_SENT ? ANSWER_NOT_SENT :
		    ANSWER_UNCERTAIN;
		set_detail(&a, r->reason);
	}
	*ret = a;
}

/* What a call or a text is, as the gateway keeps it; false where its status
 * is not one that we know. */
static bool
read_resource(const json_t *object, enum channel channel, struct found *ret)
{
	char status[32], date[64];
	bool known;

	json_get_text(object, "status", status, sizeof(status));
	known = twilio_read_status(channel, status, &ret->progress) == 0;
	ret->code = read_code(object, "error_code");
	ret->refusal = known ?
	    twilio_read_failure(ret->progress, ret->code) : REFUSAL_NONE;
	json_get_text(object, "date_created", date, sizeof(date));
	if (date_parse(date, &ret->created) == -1)
		ret->created = 0;
	return known;
}

/* Made through the interface that we use; absent is let through, for then
 * the filters of the request have to do. */
static bool
is_outbound(const json_t *object)
{
	char direction[32];

	json_get_text(object, "direction", direction, sizeof(direction));
	return direction[0] == '\0' || strcmp(direction, "outbound-api") == 0;
}

json_t *
twilio_open_document(const struct http_result *r, struct err *e)
{
	json_t *doc;

	if (r->fate != HTTP_ANSWERED) {
		err_set(e, "%s", r->reason);
		return NULL;
	}
	if (r->status != 200) {
		err_set(e, "the gateway answered HTTP %d", r->status);
		return NULL;
	}
	doc = parse_object(r);
	if (!doc)
		err_set(e, "the gateway's answer is not the JSON of an object");
	return doc;
}

int
twilio_read_poll(struct gateway *g, enum channel channel,
    const struct http_result *r, struct found *ret, struct err *e)
{
	json_t *doc = twilio_open_document(r, e);
	struct found f = { .progress = PROGRESS_QUEUED };
	int result = -1;

	if (!doc)
		return -1;
	f.ours = is_outbound(doc);
	if (read_id(g, channel, doc, f.gateway_id) == -1) {
		err_set(e, "the gateway's answer has no id");
	} else if (!read_resource(doc, channel, &f)) {
		err_set(e, "the gateway's answer has no status that we know");
	} else {
		*ret = f;
		result = 0;
	}
	json_decref(doc);
	return result;
}

/* Do both hold the same digits?  Services write one number in several ways,
 * and one that ignores our filter must not give us somebody else's call. */
bool
twilio_same_number(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;;) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b)
			return false;
		if (*a == '\0')
			return true;
		a++;
		b++;
	}
}

/*
 * Is the stored text the one that we sent?  Blanks at its end may be gone,
 * and a trial account's texts begin with the gateway's own words.
 */
static bool
same_text(const json_t *body, const char *sent)
{
	const char *stored = json_is_string(body) ? json_string_value(body) :
	    "";
	size_t n = strlen(stored), m = strlen(sent);

	while (n > 0 && strchr(" \r\n\t", stored[n - 1]))
		n--;
	while (m > 0 && strchr(" \r\n\t", sent[m - 1]))
		m--;
	return m > 0 && n >= m && memcmp(stored + n - m, sent, m) == 0;
}

static bool
is_ours(const json_t *object, const struct submission *s)
{
	char to[64];

	json_get_text(object, "to", to, sizeof(to));
	if (!is_outbound(object) ||
	    (to[0] != '\0' && !twilio_same_number(to, s->to)))
		return false;
	return s->channel == CHANNEL_CALL ||
	    same_text(json_object_get(object, "body"), s->text);
}

/*
 * One page into the list.  Pages come newest first; that is believed only of
 * a page which is so, and then what is older than the instant asked for ends
 * the search.  -1 where an entry cannot be read: it might be the one.
 */
static int
read_page(const json_t *page, const struct submission *s, msec since,
    struct found_list *l)
{
	msec newest = NEVER;
	bool in_order = true, older = false;
	const json_t *item;
	size_t i;

	json_array_foreach(page, i, item) {
		struct found f = { .progress = PROGRESS_QUEUED };
		char id[GATEWAY_ID_SIZE + 1];

		json_get_text(item, "sid", id, sizeof(id));
		if (!is_name(id))
			return -1;
		memcpy(f.gateway_id, id, strlen(id) + 1);
		read_resource(item, s->channel, &f);
		f.ours = is_ours(item, s);
		if (f.created == 0 || f.created > newest)
			in_order = false;
		newest = f.created == 0 ? newest : f.created;
		if (f.created != 0 && f.created < since - SLACK) {
			older = true;
			continue;
		}
		if (l->n == COUNT(l->items))
			return -1;
		l->items[l->n++] = f;
	}
	l->complete = in_order && older;
	return 0;
}

/*
 * The next page's URL.  It is the gateway's word, and our password goes with
 * the request: so it must lead to the same server.  0 with NULL for none.
 */
int
twilio_read_next(const struct gateway *g, const json_t *doc, char **ret,
    struct err *e)
{
	const char *base = g->conf->base_url;
	const char *prefix = g->conf->path_prefix ? g->conf->path_prefix : "";
	const char *next =
	    json_string_value(json_object_get(doc, "next_page_uri"));
	size_t n = strlen(base);

	if (!next || next[0] == '\0') {
		*ret = NULL;
		return 0;
	}
	if (strncmp(next, base, n) == 0)
		next += n;
	if (next[0] != '/' || strlen(next) > MAX_URL)
		return err_set(e, "the list's next page is elsewhere");
	for (const char *c = next; *c; c++)
		if (*c <= ' ' || *c == 0x7f)
			return err_set(e, "the list's next page is no address");
	if (strncmp(next, prefix, strlen(prefix)) == 0)
		prefix = "";
	*ret = mem_printf("%s%s%s", base, prefix, next);
	return 0;
}

int
twilio_read_lookup(struct gateway *g, const struct submission *s, msec since,
    const struct http_result *r, struct found_list *ret, struct err *e)
{
	json_t *doc = twilio_open_document(r, e), *page;
	struct found_list l = { .n = 0 };

	if (!doc)
		return -1;
	page = json_object_get(doc, s->channel == CHANNEL_CALL ? "calls" :
	    "messages");
	if (!json_is_array(page)) {
		err_set(e, "the gateway's answer is no list");
		goto err1;
	}
	if (read_page(page, s, since, &l) == -1) {
		err_set(e, "the gateway's list cannot be read whole");
		goto err1;
	}
	if (!l.complete && twilio_read_next(g, doc, &l.next, e) == -1)
		goto err1;
	l.complete = !l.next;
	json_decref(doc);
	*ret = l;
	return 0;

err1:
	json_decref(doc);
	return -1;
}
