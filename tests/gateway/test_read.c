/*
 * What answers mean.  The question behind every case: may the attempt be
 * made again, must somebody look, or does the gateway have it?
 */
#include "tests/gateway/rig.h"

static struct answer
read_one(struct gateway *g, enum channel channel, int status,
    const char *body)
{
	struct http_result r;
	struct answer a;

	rig_result(&r, status, body);
	gateway_read_submit(g, channel, &r, &a);
	http_result_release(&r);
	return a;
}

static const struct {
	int status, code;
	enum answer_kind kind;
	enum refusal refusal;
} errors[] = {
	{ 400, 0, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 99999, ANSWER_REFUSED, REFUSAL_OURS },
	{ 401, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 401, 20003, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 403, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 403, 20151, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 403, 20005, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 404, 20404, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 404, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 405, 0, ANSWER_REFUSED, REFUSAL_OURS },
	{ 407, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 408, 0, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 301, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 303, 0, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 308, 0, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 429, 20429, ANSWER_LATER, REFUSAL_NONE },
	{ 429, 0, ANSWER_LATER, REFUSAL_NONE },
	{ 429, 21211, ANSWER_LATER, REFUSAL_NONE },
	{ 400, 10004, ANSWER_LATER, REFUSAL_NONE },
	{ 400, 20500, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 500, 20500, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 503, 20503, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 500, 21211, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 502, 0, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 504, 0, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 100, 0, ANSWER_UNCERTAIN, REFUSAL_NONE },
	{ 400, 21201, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21604, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21202, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21203, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21215, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21216, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21408, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21211, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 400, 21217, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 400, 13223, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 400, 13224, ANSWER_REFUSED, REFUSAL_BAD_NUMBER },
	{ 400, 13225, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 13227, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21210, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21212, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21603, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21606, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21659, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21660, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21661, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21214, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21220, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21602, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21617, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21619, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 21608, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21219, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21609, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21626, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21205, ANSWER_REFUSED, REFUSAL_SETUP },
	{ 400, 21610, ANSWER_REFUSED, REFUSAL_OPTED_OUT },
	{ 403, 21610, ANSWER_REFUSED, REFUSAL_OPTED_OUT },
	{ 400, 21611, ANSWER_LATER, REFUSAL_NONE },
	{ 400, 21612, ANSWER_REFUSED, REFUSAL_BLOCKED },
	{ 400, 21614, ANSWER_REFUSED, REFUSAL_NOT_TEXTABLE },
	{ 400, 21635, ANSWER_REFUSED, REFUSAL_NOT_TEXTABLE },
	{ 400, 21624, ANSWER_REFUSED, REFUSAL_OURS },
	{ 400, 30002, ANSWER_REFUSED, REFUSAL_SETUP },
};

static void
test_errors(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(errors); i++) {
		char *body = mem_printf("{\"code\":%d,\"message\":\"'To' "
		    "+447700900123 is bad\",\"status\":%d}", errors[i].code,
		    errors[i].status);
		struct answer a = read_one(g, CHANNEL_CALL, errors[i].status,
		    body);

		is_int(a.kind, errors[i].kind, "HTTP %d, code %d: kind",
		    errors[i].status, errors[i].code);
		is_int(a.refusal, errors[i].refusal,
		    "HTTP %d, code %d: refusal", errors[i].status,
		    errors[i].code);
		is_int(a.code, errors[i].code, "the code is kept");
		ok(!strstr(a.detail, "7700"), "no number in the detail");
		free(body);
	}
}

static void
test_error_forms(struct gateway *g)
{
	struct answer a;

	a = read_one(g, CHANNEL_TEXT, 400, "{\"code\":\"21610\"}");
	is_int(a.refusal, REFUSAL_OPTED_OUT, "a code written as text");
	is_text(a.detail, "HTTP 400, code 21610", "detail");
	a = read_one(g, CHANNEL_TEXT, 400, "<html>Bad Request</html>");
	is_int(a.refusal, REFUSAL_OURS, "400 that is no JSON");
	a = read_one(g, CHANNEL_TEXT, 502, "<html>Bad Gateway</html>");
	is_int(a.kind, ANSWER_UNCERTAIN, "502 that is no JSON");
	is_text(a.detail, "HTTP 502", "detail");
	a = read_one(g, CHANNEL_TEXT, 400, "{\"code\":-1}");
	is_int(a.code, 0, "a code below 0 is none");
	a = read_one(g, CHANNEL_TEXT, 400, "{\"code\":4294988507}");
	is_int(a.code, 0, "a code beyond reason is none");
}

static const struct {
	const char *what;
	bool strict;
	enum channel channel;
	int status;
	const char *body;
	enum answer_kind kind;
	const char *id;
} answers[] = {
	{ "201 with a call's id", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"" RIG_CALL "\",\"status\":\"queued\",\"price\":null}",
	  ANSWER_ACCEPTED, RIG_CALL },
	{ "200 with a text's id", true, CHANNEL_TEXT, 200,
	  "{\"sid\":\"" RIG_TEXT "\",\"num_segments\":\"1\"}",
	  ANSWER_ACCEPTED, RIG_TEXT },
	{ "a picture message's id", true, CHANNEL_TEXT, 201,
	  "{\"sid\":\"MM0123456789abcdef0123456789abcdef\"}",
	  ANSWER_ACCEPTED, "MM0123456789abcdef0123456789abcdef" },
	{ "a call's id for a text", true, CHANNEL_TEXT, 201,
	  "{\"sid\":\"" RIG_CALL "\"}", ANSWER_UNCERTAIN, "" },
	{ "an id one short", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"CA0123456789abcdef0123456789ABCDE\"}",
	  ANSWER_UNCERTAIN, "" },
	{ "an id one long", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"" RIG_CALL "0\"}", ANSWER_UNCERTAIN, "" },
	{ "an id that is no hexadecimal", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"CAg123456789abcdef0123456789ABCDEF\"}",
	  ANSWER_UNCERTAIN, "" },
	{ "a UUID where ids are strict", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"11111111-2222-4333-8444-555555555555\"}",
	  ANSWER_UNCERTAIN, "" },
	{ "a UUID", false, CHANNEL_CALL, 201,
	  "{\"sid\":\"11111111-2222-4333-8444-555555555555\","
	  "\"duration\":0,\"price\":0.01}",
	  ANSWER_ACCEPTED, "11111111-2222-4333-8444-555555555555" },
	{ "a number as an id", false, CHANNEL_TEXT, 201, "{\"sid\":42}",
	  ANSWER_ACCEPTED, "42" },
	{ "64 characters", false, CHANNEL_TEXT, 201, "{\"sid\":\""
	  "0123456789012345678901234567890123456789012345678901234567890123"
	  "\"}", ANSWER_ACCEPTED,
	  "0123456789012345678901234567890123456789012345678901234567890123" },
	{ "65 characters", false, CHANNEL_TEXT, 201, "{\"sid\":\""
	  "01234567890123456789012345678901234567890123456789012345678901234"
	  "\"}", ANSWER_UNCERTAIN, "" },
	{ "an id with a slash", false, CHANNEL_TEXT, 201,
	  "{\"sid\":\"../x\"}", ANSWER_UNCERTAIN, "" },
	{ "no id", false, CHANNEL_TEXT, 201, "{}", ANSWER_UNCERTAIN, "" },
	{ "a null id", false, CHANNEL_TEXT, 201, "{\"sid\":null}",
	  ANSWER_UNCERTAIN, "" },
	{ "an empty id", false, CHANNEL_TEXT, 201, "{\"sid\":\"\"}",
	  ANSWER_UNCERTAIN, "" },
	{ "an array", false, CHANNEL_TEXT, 201, "[\"sid\",\"x\"]",
	  ANSWER_UNCERTAIN, "" },
	{ "JSON that ends early", true, CHANNEL_CALL, 201,
	  "{\"sid\":\"" RIG_CALL "\",\"status\":\"que", ANSWER_UNCERTAIN, "" },
	{ "no body", true, CHANNEL_CALL, 201, "", ANSWER_UNCERTAIN, "" },
	{ "no JSON", true, CHANNEL_CALL, 200, "OK", ANSWER_UNCERTAIN, "" },
	{ "bytes that are no UTF-8", false, CHANNEL_CALL, 201,
	  "{\"sid\":\"\xff\xfe\"}", ANSWER_UNCERTAIN, "" },
};

static void
test_answers(struct config_gateway *c, struct gateway *g)
{
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct answer a;

		c->strict_sid = answers[i].strict;
		a = read_one(g, answers[i].channel, answers[i].status,
		    answers[i].body);
		is_int(a.kind, answers[i].kind, "%s", answers[i].what);
		is_text(a.gateway_id, answers[i].id, "%s: id",
		    answers[i].what);
	}
	c->strict_sid = true;
}

static void
test_fates(struct gateway *g)
{
	struct http_result r = { .fate = HTTP_NOT_SENT,
		.reason = "could not connect" };
	struct answer a;

	gateway_read_submit(g, CHANNEL_CALL, &r, &a);
	is_int(a.kind, ANSWER_NOT_SENT, "not sent");
	is_text(a.detail, "could not connect", "the reason is the detail");
	r.fate = HTTP_UNKNOWN;
	r.status = 201;
	buf_add(&r.body, "{\"sid\":\"" RIG_CALL);
	memset(r.reason, 'x', sizeof(r.reason) - 1);
	gateway_read_submit(g, CHANNEL_CALL, &r, &a);
	is_int(a.kind, ANSWER_UNCERTAIN, "cut off");
	is_int((int)strlen(a.detail), sizeof(a.detail) - 1, "detail is cut");
	http_result_release(&r);
}

static const struct {
	const char *date, *retry;
	msec instant, wait;
} waits[] = {
	{ "Thu, 24 Aug 2023 05:01:45 GMT", NULL, 1692853305000, 0 },
	{ "Thu, 24 Aug 2023 05:01:45 GMT", "30", 1692853305000, 30000 },
	{ NULL, "30", 0, 30000 },
	{ "Thu, 24 Aug 2023 05:01:45 GMT", "Thu, 24 Aug 2023 05:02:45 GMT",
	  1692853305000, 60000 },
	{ "Thu, 24 Aug 2023 05:01:45 GMT", "Thu, 24 Aug 2023 05:01:00 GMT",
	  1692853305000, 0 },
	{ NULL, "Thu, 24 Aug 2023 05:02:45 GMT", 0, 0 },
	{ "nonsense", "-1", 0, 0 },
	{ NULL, "99999999", 0, 3600000 },
	{ NULL, "99999999999999999999", 0, 0 },
};

static void
test_waits(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(waits); i++) {
		struct http_result r;
		struct answer a;

		rig_result(&r, 429, "{\"code\":20429}");
		if (waits[i].date)
			http_fields_add(&r.fields, "date", waits[i].date);
		if (waits[i].retry)
			http_fields_add(&r.fields, "Retry-After",
			    waits[i].retry);
		gateway_read_submit(g, CHANNEL_TEXT, &r, &a);
		is_int(a.gateway_date, waits[i].instant, "date %zu", i);
		is_int(a.wait, waits[i].wait, "wait %zu", i);
		http_result_release(&r);
	}
}

static const struct {
	const char *status;
	enum channel channel;
	const char *code;
	enum progress progress;
	enum refusal refusal;
} polls[] = {
	{ "queued", CHANNEL_CALL, "null", PROGRESS_QUEUED, 0 },
	{ "initiated", CHANNEL_CALL, "null", PROGRESS_UNDER_WAY, 0 },
	{ "ringing", CHANNEL_CALL, "null", PROGRESS_RINGING, 0 },
	{ "in-progress", CHANNEL_CALL, "null", PROGRESS_ANSWERED, 0 },
	{ "completed", CHANNEL_CALL, "null", PROGRESS_COMPLETED, 0 },
	{ "busy", CHANNEL_CALL, "null", PROGRESS_BUSY, 0 },
	{ "no-answer", CHANNEL_CALL, "null", PROGRESS_NO_ANSWER, 0 },
	{ "canceled", CHANNEL_CALL, "null", PROGRESS_CANCELLED, 0 },
	{ "failed", CHANNEL_CALL, "null", PROGRESS_FAILED, REFUSAL_PASSING },
	{ "failed", CHANNEL_CALL, "13224", PROGRESS_FAILED,
	  REFUSAL_BAD_NUMBER },
	{ "failed", CHANNEL_CALL, "10004", PROGRESS_FAILED,
	  REFUSAL_PASSING },
	{ "accepted", CHANNEL_TEXT, "null", PROGRESS_QUEUED, 0 },
	{ "scheduled", CHANNEL_TEXT, "null", PROGRESS_QUEUED, 0 },
	{ "queued", CHANNEL_TEXT, "null", PROGRESS_QUEUED, 0 },
	{ "sending", CHANNEL_TEXT, "null", PROGRESS_UNDER_WAY, 0 },
	{ "sent", CHANNEL_TEXT, "null", PROGRESS_SENT, 0 },
	{ "delivered", CHANNEL_TEXT, "null", PROGRESS_DELIVERED, 0 },
	{ "read", CHANNEL_TEXT, "null", PROGRESS_DELIVERED, 0 },
	{ "canceled", CHANNEL_TEXT, "null", PROGRESS_CANCELLED, 0 },
	{ "failed", CHANNEL_TEXT, "30001", PROGRESS_FAILED, REFUSAL_PASSING },
	{ "failed", CHANNEL_TEXT, "30002", PROGRESS_FAILED, REFUSAL_SETUP },
	{ "undelivered", CHANNEL_TEXT, "30003", PROGRESS_UNDELIVERED,
	  REFUSAL_PASSING },
	{ "undelivered", CHANNEL_TEXT, "30004", PROGRESS_UNDELIVERED,
	  REFUSAL_BLOCKED },
	{ "undelivered", CHANNEL_TEXT, "\"30005\"", PROGRESS_UNDELIVERED,
	  REFUSAL_BAD_NUMBER },
	{ "undelivered", CHANNEL_TEXT, "30006", PROGRESS_UNDELIVERED,
	  REFUSAL_NOT_TEXTABLE },
	{ "undelivered", CHANNEL_TEXT, "30007", PROGRESS_UNDELIVERED,
	  REFUSAL_BLOCKED },
	{ "undelivered", CHANNEL_TEXT, "30008", PROGRESS_UNDELIVERED,
	  REFUSAL_PASSING },
	{ "undelivered", CHANNEL_TEXT, "39999", PROGRESS_UNDELIVERED,
	  REFUSAL_PASSING },
	{ "undelivered", CHANNEL_TEXT, "null", PROGRESS_UNDELIVERED,
	  REFUSAL_PASSING },
};

static int
poll_one(struct gateway *g, enum channel channel, int status,
    const char *body, struct found *ret)
{
	struct http_result r;
	struct err e;
	int result;

	rig_result(&r, status, body);
	result = gateway_read_poll(g, channel, &r, ret, &e);
	http_result_release(&r);
	return result;
}

static void
test_polls(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(polls); i++) {
		bool call = polls[i].channel == CHANNEL_CALL;
		char *body = mem_printf("{\"sid\":\"%s\",\"status\":\"%s\","
		    "\"error_code\":%s,\"date_created\":"
		    "\"Thu, 24 Aug 2023 05:01:45 +0000\"}",
		    call ? RIG_CALL : RIG_TEXT, polls[i].status,
		    polls[i].code);
		struct found f = { 0 };

		is_int(poll_one(g, polls[i].channel, 200, body, &f), 0,
		    "poll: %s, %s", polls[i].status, polls[i].code);
		is_int(f.progress, polls[i].progress, "its progress");
		is_int(f.refusal, polls[i].refusal, "its refusal");
		is_int(f.created, 1692853305000, "its instant");
		is_text(f.gateway_id, call ? RIG_CALL : RIG_TEXT, "its id");
		free(body);
	}
}

static void
test_empty_polls(struct gateway *g)
{
	static const char *const bodies[] = { "", "{}", "null", "[]",
		"{\"sid\"",
		"{\"sid\":\"" RIG_CALL "\"}",
		"{\"sid\":\"" RIG_CALL "\",\"status\":\"dreaming\"}",
		"{\"sid\":\"" RIG_CALL "\",\"status\":7}",
		"{\"sid\":\"" RIG_TEXT "\",\"status\":\"queued\"}",
		"{\"status\":\"queued\"}" };
	struct found f = { .code = 77 };

	for (size_t i = 0; i < COUNT(bodies); i++)
		is_int(poll_one(g, CHANNEL_CALL, 200, bodies[i], &f), -1,
		    "a poll that tells nothing: %s", bodies[i]);
	is_int(poll_one(g, CHANNEL_CALL, 404, "{\"code\":20404}", &f), -1,
	    "not there (yet)");
	is_int(f.code, 77, "the result is untouched");
}

/* Bytes from a service that has gone mad, or is somebody else's. */
static void
test_hostile(struct gateway *g)
{
	struct buf b = BUF_EMPTY;
	struct answer a;
	char *whole = mem_printf("{\"sid\":\"%s\","
	    "\"x\":[1,{\"y\":\"\\u00e9\"}]}", RIG_CALL);

	for (size_t n = 0; n < strlen(whole); n++) {
		char *part = mem_dupn(whole, n);

		a = read_one(g, CHANNEL_CALL, 201, part);
		if (a.kind != ANSWER_UNCERTAIN)
			ok(false, "cut after %zu bytes is uncertain", n);
		free(part);
	}
	a = read_one(g, CHANNEL_CALL, 201, whole);
	is_int(a.kind, ANSWER_ACCEPTED, "whole, it is accepted");
	for (int i = 0; i < 60000; i++)
		buf_addc(&b, '[');
	a = read_one(g, CHANNEL_CALL, 201, buf_text(&b));
	is_int(a.kind, ANSWER_UNCERTAIN, "60,000 open brackets");
	buf_clear(&b);
	for (int i = 0; i < 20000; i++)
		buf_add(&b, "{\"a\":");
	a = read_one(g, CHANNEL_CALL, 400, buf_text(&b));
	is_int(a.refusal, REFUSAL_OURS, "20,000 objects in one another");
	buf_clear(&b);
	buf_add(&b, "{\"sid\":\"");
	for (int i = 0; i < 1000000; i++)
		buf_addc(&b, 'x');
	buf_add(&b, "\"}");
	a = read_one(g, CHANNEL_CALL, 201, buf_text(&b));
	is_int(a.kind, ANSWER_UNCERTAIN, "a megabyte of an id");
	buf_release(&b);
	free(whole);
}

int
main(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g = rig_open(&c);

	test_errors(g);
	test_error_forms(g);
	test_answers(&c, g);
	test_fates(g);
	test_waits(g);
	test_polls(g);
	test_empty_polls(g);
	test_hostile(g);
	gateway_close(g);
	rig_conf_release(&c);
	return tap_done();
}
