/*
 * rig.h - the exchange under virtual time with a caller in front of it that
 * behaves as a check-in service does: what all tests of this room share.
 */
#ifndef RIG_H
#define RIG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/mem.h"
#include "exchange/direct.h"
#include "net/form.h"
#include "tap.h"

#define RIG_ACCOUNT "AC00000000000000000000000000000001"
#define RIG_TOKEN "12345"
#define RIG_HOST "http://127.0.0.1:9085"
#define RIG_START ((msec)1796374800000)	/* 2026-12-04T09:00Z */
#define RIG_CALL_FROM "+441154960999"
#define RIG_TEXT_FROM "+447700900999"

struct rig {
	struct exchange *x;
	msec now;
	struct buf log;		/* "call ringing\n", "key 1\n", ... */
	struct buf full;	/* every webhook with its instant, whole */
	int bad_signatures;
	int hook_status;	/* what hooks are answered with, 0: properly */
	enum http_fate hook_fate;
	int tries;		/* webhooks that came */
	int repeats;		/* of these with an id that had come before */
	char ids[4000][40];
	size_t n_ids;
	const char *text_answer;	/* TwiML for who writes to us */
	const char *media_type;		/* of what is below /play/ */
};

static inline void
rig_open(struct rig *r, const struct exchange_options *more)
{
	static const char *const numbers[] = {
		RIG_CALL_FROM, RIG_TEXT_FROM,
	};
	struct exchange_options o = { 0 };

	if (more != NULL)
		o = *more;
	o.account_sid = RIG_ACCOUNT;
	o.auth_token = RIG_TOKEN;
	o.text_url = RIG_HOST "/text-in#rc=5&rp=all";
	o.call_url = RIG_HOST "/ring-in";
	o.call_end_url = RIG_HOST "/ring-end";
	o.numbers = numbers;
	o.n_numbers = 2;
	o.keeps_opt_outs = true;
	o.loopback_only = true;
	*r = (struct rig){ .now = RIG_START, .x = exchange_new(&o) };
}

static inline void
rig_close(struct rig *r)
{
	exchange_free(r->x);
	buf_release(&r->log);
	buf_release(&r->full);
}

static int __attribute__((unused))
rig_compare(const void *a, const void *b)
{
	const struct form_field *p = a, *q = b;
	int c = strcmp(p->name, q->name);

	return c != 0 ? c : strcmp(p->value, q->value);
}

/* The rule of gateways.md 1.7, written once more: not the exchange's own. */
static inline bool
rig_is_signed(const struct http_request *q)
{
	const char *given = http_fields_get(&q->fields, "X-Twilio-Signature");
	struct crypto_mac *mac = crypto_mac_sha1(RIG_TOKEN,
	    strlen(RIG_TOKEN));
	struct buf data = BUF_EMPTY, want = BUF_EMPTY;
	uint8_t digest[CRYPTO_SHA1_SIZE];
	struct form f = { 0 };
	bool good;

	buf_add(&data, q->url);
	if (q->method == HTTP_POST
	    && form_parse(buf_text(&q->body), q->body.len, &f, NULL) == 0) {
		qsort(f.items, f.n, sizeof(*f.items), rig_compare);
		for (size_t i = 0; i < f.n; i++) {
			buf_addn(&data, f.items[i].name, f.items[i].name_len);
			buf_addn(&data, f.items[i].value,
			    f.items[i].value_len);
		}
	}
	crypto_mac_digest(mac, buf_text(&data), data.len, digest);
	buf_add_base64(&want, digest, sizeof(digest));
	good = given != NULL && strcmp(given, buf_text(&want)) == 0
	    && strchr(q->url, '#') == NULL;
	buf_release(&data);
	buf_release(&want);
	form_release(&f);
	crypto_mac_free(mac);
	return good;
}

#define RIG_ASK(action)                                                      \
	"<Gather numDigits=\"1\" timeout=\"10\" finishOnKey=\"\" "           \
	"actionOnEmptyResult=\"true\" action=\"" RIG_HOST action "\">"       \
	"<Pause length=\"1\"/><Say>If you are well please press 1.</Say>"    \
	"</Gather>"

/* A first question, as it travels with the create. */
#define RIG_TWIML "<Response>" RIG_ASK("/key?a=ref&amp;t=1") "</Response>"

/* Whoever presses 4 is put through to the number, and hears how it went. */
#define RIG_OTHER "+447700900150"
#define RIG_DIAL(caller)                                                     \
	"<Response><Dial " caller "timeout=\"30\" action=\"" RIG_HOST       \
	"/through\"><Number statusCallback=\"" RIG_HOST "/leg\" "           \
	"statusCallbackEvent=\"completed\">" RIG_OTHER "</Number></Dial>"    \
	"</Response>"

/* What follows a key: 1 and 2 are taken, all else is asked again, three
 * times at the most. */
static inline const char *
rig_say(const struct form *f, const char *url)
{
	const char *digits = form_get(f, "Digits");
	const char *turn = strstr(url, "t=");

	if (digits != NULL && (strcmp(digits, "1") == 0
	    || strcmp(digits, "2") == 0))
		return "<Response><Say>Thank you. Goodbye.</Say></Response>";
	if (digits != NULL && strcmp(digits, "4") == 0)
		return RIG_DIAL("callerId=\"+441154960999\" ");
	if (digits != NULL && strcmp(digits, "3") == 0)
		return RIG_DIAL("");
	if (turn == NULL)
		return "<Response>" RIG_ASK("/key?t=1") "</Response>";
	if (turn[2] == '1')
		return "<Response>" RIG_ASK("/key?t=2") "</Response>";
	if (turn[2] == '2')
		return "<Response>" RIG_ASK("/key?t=3") "</Response>";
	return "<Response><Say>We did not hear a key.</Say><Hangup/>"
	    "</Response>";
}

static inline void
rig_note_id(struct rig *r, const struct http_request *q)
{
	const char *id = http_fields_get(&q->fields,
	    "I-Twilio-Idempotency-Token");

	r->tries++;
	for (size_t i = 0; id != NULL && i < r->n_ids; i++) {
		if (strcmp(r->ids[i], id) == 0) {
			r->repeats++;
			return;
		}
	}
	if (id != NULL && r->n_ids < COUNT(r->ids))
		snprintf(r->ids[r->n_ids++], 40, "%s", id);
}

static inline void
rig_answer(struct rig *r, const struct http_request *q,
    struct http_result *ret)
{
	struct form f = { 0 };
	const char *path = q->url + strlen(RIG_HOST), *doc = NULL;

	rig_note_id(r, q);
	if (!rig_is_signed(q))
		r->bad_signatures++;
	buf_addf(&r->full, "%lld %s %s\n", (long long)r->now, q->url,
	    buf_text(&q->body));
	*ret = (struct http_result){ .fate = r->hook_fate, .status = 204 };
	if (form_parse(buf_text(&q->body), q->body.len, &f, NULL) == -1)
		return;
	if (strncmp(path, "/call-status", 12) == 0) {
		buf_addf(&r->log, "%s ", form_get(&f, "CallStatus"));
	} else if (strncmp(path, "/text-status", 12) == 0) {
		buf_addf(&r->log, "%s ", form_get(&f, "MessageStatus"));
	} else if (strncmp(path, "/key", 4) == 0) {
		buf_addf(&r->log, "key:%s ", form_get(&f, "Digits"));
		doc = rig_say(&f, q->url);
	} else if (strncmp(path, "/leg", 4) == 0) {
		buf_addf(&r->log, "leg:%s ", form_get(&f, "CallStatus"));
	} else if (strncmp(path, "/through", 8) == 0) {
		buf_addf(&r->log, "through:%s ", form_get(&f,
		    "DialCallStatus"));
		doc = "<Response><Say>Goodbye.</Say></Response>";
	} else if (strncmp(path, "/ring-in", 8) == 0) {
		buf_addf(&r->log, "rings:%s ", form_get(&f, "From"));
		doc = rig_say(&f, q->url);
	} else if (strncmp(path, "/ring-end", 9) == 0) {
		buf_addf(&r->log, "end:%s ", form_get(&f, "CallStatus"));
	} else if (strncmp(path, "/text-in", 8) == 0) {
		buf_addf(&r->log, "text:%s ", form_get(&f, "Body"));
		if (form_get(&f, "OptOutType") != NULL)
			buf_addf(&r->log, "opt:%s ",
			    form_get(&f, "OptOutType"));
		doc = r->text_answer != NULL ? r->text_answer : "<Response/>";
	}
	if (r->hook_status > 0) {
		ret->status = r->hook_status;
	} else if (r->media_type != NULL && strncmp(path, "/play/", 6) == 0) {
		ret->status = 200;
		http_fields_add(&ret->fields, "Content-Type", r->media_type);
		buf_add(&ret->body, "ID3");
	} else if (doc != NULL) {
		ret->status = 200;
		http_fields_add(&ret->fields, "Content-Type", "text/xml");
		buf_add(&ret->body, doc);
	}
	form_release(&f);
}

/* Let everything happen up to an instant. */
static inline void
rig_run(struct rig *r, msec until)
{
	struct http_request q;
	struct http_result result;
	uint64_t token;

	for (;;) {
		while (exchange_due(r->x, r->now, &q, &token)) {
			rig_answer(r, &q, &result);
			exchange_delivered(r->x, r->now, token, &result);
			http_request_release(&q);
			http_result_release(&result);
		}
		if (exchange_next(r->x) > until)
			break;
		if (exchange_next(r->x) > r->now)
			r->now = exchange_next(r->x);
	}
	r->now = until;
}

/* Ask the API: path below the account, form or query. */
static inline int
rig_ask(struct rig *r, enum http_method method, const char *path,
    const char *form, json_t **ret_doc)
{
	struct http_request q;
	struct http_result result;
	char *url = mem_printf("http://127.0.0.1:9080/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/%s%s%s", path, method == HTTP_GET && form[0] ? "?"
	    : "", method == HTTP_GET ? form : "");
	msec later;
	int status;

	http_request_init(&q, method, url);
	q.user = mem_dup(RIG_ACCOUNT);
	q.password = mem_dup(RIG_TOKEN);
	if (method == HTTP_POST)
		buf_add(&q.body, form);
	direct_ask(r->x, r->now, &q, &result, &later);
	if (ret_doc != NULL)
		*ret_doc = json_loadb(buf_text(&result.body), result.body.len,
		    0, NULL);
	status = result.fate == HTTP_ANSWERED ? result.status
	    : result.fate == HTTP_NOT_SENT ? -1 : -2;
	http_result_release(&result);
	http_request_release(&q);
	free(url);
	return status;
}

static inline void
rig_form(struct buf *b, const char *const *pairs)
{
	for (; *pairs != NULL; pairs += 2)
		form_add(b, pairs[0], pairs[1]);
}

/* Create a call or a text as the service does, with a ref of its own. */
static inline int
rig_call(struct rig *r, const char *to, const char *ref)
{
	char *back = mem_printf(RIG_HOST "/call-status?a=%s#rc=5&rp=all", ref);
	const char *const pairs[] = {
		"To", to, "From", RIG_CALL_FROM, "Twiml", RIG_TWIML,
		"Timeout", "45", "StatusCallback", back,
		"StatusCallbackEvent", "initiated",
		"StatusCallbackEvent", "ringing",
		"StatusCallbackEvent", "answered",
		"StatusCallbackEvent", "completed", NULL,
	};
	struct buf b = BUF_EMPTY;
	int status;

	rig_form(&b, pairs);
	status = rig_ask(r, HTTP_POST, "Calls.json", buf_text(&b), NULL);
	buf_release(&b);
	free(back);
	return status;
}

static inline int
rig_text(struct rig *r, const char *to, const char *ref, const char *body)
{
	char *back = mem_printf(RIG_HOST "/text-status?a=%s#rc=5&rp=all", ref);
	const char *const pairs[] = {
		"To", to, "From", RIG_TEXT_FROM, "Body", body,
		"ValidityPeriod", "600", "StatusCallback", back, NULL,
	};
	struct buf b = BUF_EMPTY;
	int status;

	rig_form(&b, pairs);
	status = rig_ask(r, HTTP_POST, "Messages.json", buf_text(&b), NULL);
	buf_release(&b);
	free(back);
	return status;
}

static inline void
rig_script(struct rig *r, const char *lines)
{
	struct err e = { "" };

	if (exchange_script(r->x, r->now, lines, &e) == -1) {
		printf("Bail out! the script: %s\n", e.text);
		exit(1);
	}
}

static inline const char *
rig_log(struct rig *r)
{
	return buf_text(&r->log);
}

/* Nothing was complained of, and every webhook was signed. */
static inline void
rig_is_clean(struct rig *r, const char *name)
{
	if (!ok(exchange_complaint_count(r->x) == 0
	    && r->bad_signatures == 0, "%s: no complaint", name))
		for (size_t i = 0; i < exchange_complaint_count(r->x); i++)
			printf("#   %s\n", exchange_complaint(r->x, i));
}

#endif /* RIG_H */
