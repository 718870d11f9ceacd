/* What Twilio would refuse is refused, and complained of; what goes wrong on
 * demand goes wrong as it was asked for. */
#include "exchange/simhook.h"
#include "rig.h"

#define WHO "+441154960123"
#define MOBILE "+447700900123"
#define BACK "StatusCallback", RIG_HOST "/call-status?a=r#rc=5&rp=all"

static const struct {
	const char *name;
	int code;
	const char *pairs[16];
} calls[] = {
	{ "no To", 21201, { "From", RIG_CALL_FROM, "Twiml", RIG_TWIML } },
	{ "no From", 21213, { "To", WHO, "Twiml", RIG_TWIML } },
	{ "no document", 21205, { "To", WHO, "From", RIG_CALL_FROM } },
	{ "a number as people write it", 21211, { "To", "0115 496 0123",
	    "From", RIG_CALL_FROM, "Twiml", RIG_TWIML } },
	{ "a number too short", 21211, { "To", "+44115", "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML } },
	{ "999", 21211, { "To", "+44999", "From", RIG_CALL_FROM, "Twiml",
	    RIG_TWIML } },
	{ "premium", 21215, { "To", "+449098790000", "From", RIG_CALL_FROM,
	    "Twiml", RIG_TWIML } },
	{ "From is not ours", 21210, { "To", WHO, "From", "+441154960998",
	    "Twiml", RIG_TWIML } },
	{ "From is no number", 21212, { "To", WHO, "From", "Nottingham",
	    "Twiml", RIG_TWIML } },
	{ "a relative action in Twiml", 21205, { "To", WHO, "From",
	    RIG_CALL_FROM, "Twiml",
	    "<Response><Gather action=\"/k\"/></Response>" } },
	{ "no action in Twiml", 21205, { "To", WHO, "From", RIG_CALL_FROM,
	    "Twiml", "<Response><Gather/></Response>" } },
	{ "Twiml that is none", 12100, { "To", WHO, "From", RIG_CALL_FROM,
	    "Twiml", "<Response><Speak>Hello</Speak></Response>" } },
	{ "an event that there is not", 21626, { "To", WHO, "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML, BACK, "StatusCallbackEvent",
	    "initiated ringing" } },
	{ "an underscore in the host", 21609, { "To", WHO, "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML, "StatusCallback",
	    "http://local_host:9085/x" } },
	{ "a callback elsewhere", 21609, { "To", WHO, "From", RIG_CALL_FROM,
	    "Twiml", RIG_TWIML, "StatusCallback",
	    "https://checkin.example.org/x" } },
	{ "a callback that looks like here", 21609, { "To", WHO, "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML, "StatusCallback",
	    "http://127.0.0.1.example.org/x" } },
	{ "a password in a callback", 21609, { "To", WHO, "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML, "StatusCallback",
	    "http://a:b@127.0.0.1/x" } },
	{ "a Url that is none", 21205, { "To", WHO, "From", RIG_CALL_FROM,
	    "Url", "/ring-in" } },
	{ "ringing for ever", 20001, { "To", WHO, "From", RIG_CALL_FROM,
	    "Twiml", RIG_TWIML, "Timeout", "601" } },
	{ "ringing 45s", 20001, { "To", WHO, "From", RIG_CALL_FROM, "Twiml",
	    RIG_TWIML, "Timeout", "45s" } },
	{ "a method", 21403, { "To", WHO, "From", RIG_CALL_FROM, "Url",
	    RIG_HOST "/x", "Method", "PUT" } },
	{ "ringing oneself", 21266, { "To", RIG_CALL_FROM, "From",
	    RIG_CALL_FROM, "Twiml", RIG_TWIML } },
}, texts[] = {
	{ "no To", 21604, { "From", RIG_TEXT_FROM, "Body", "x" } },
	{ "no From", 21603, { "To", MOBILE, "Body", "x" } },
	{ "no Body", 21602, { "To", MOBILE, "From", RIG_TEXT_FROM } },
	{ "a landline", 21614, { "To", WHO, "From", RIG_TEXT_FROM, "Body",
	    "x" } },
	{ "From is not ours", 21606, { "To", MOBILE, "From", "+447700900998",
	    "Body", "x" } },
	{ "From of twelve letters", 21212, { "To", MOBILE, "From",
	    "Nottinghamxx", "Body", "x" } },
	{ "valid too long", 21624, { "To", MOBILE, "From", RIG_TEXT_FROM,
	    "Body", "x", "ValidityPeriod", "36001" } },
	{ "valid for nothing", 21624, { "To", MOBILE, "From", RIG_TEXT_FROM,
	    "Body", "x", "ValidityPeriod", "0" } },
	{ "a callback elsewhere", 21609, { "To", MOBILE, "From",
	    RIG_TEXT_FROM, "Body", "x", "StatusCallback",
	    "http://192.0.2.1/x" } },
};

static void
check_refusal(bool text, const char *name, int code,
    const char *const *pairs)
{
	struct buf b = BUF_EMPTY;
	json_t *doc = NULL;
	struct rig r;

	rig_open(&r, NULL);
	rig_form(&b, pairs);
	is_int(rig_ask(&r, HTTP_POST, text ? "Messages.json" : "Calls.json",
	    buf_text(&b), &doc), 400, "%s: 400", name);
	is_int(json_integer_value(json_object_get(doc, "code")), code,
	    "%s: the code", name);
	is_int(exchange_complaint_count(r.x), 1, "%s: a complaint", name);
	ok(exchange_idle(r.x), "%s: nothing follows", name);
	json_decref(doc);
	buf_release(&b);
	rig_close(&r);
}

static void
test_refusals(void)
{
	for (size_t i = 0; i < COUNT(calls); i++)
		check_refusal(false, calls[i].name, calls[i].code,
		    calls[i].pairs);
	for (size_t i = 0; i < COUNT(texts); i++)
		check_refusal(true, texts[i].name, texts[i].code,
		    texts[i].pairs);
}

/* A text of so many characters, a document of so many. */
static void
test_lengths(void)
{
	struct buf b = BUF_EMPTY;
	struct rig r;

	rig_open(&r, NULL);
	for (int i = 0; i < 1600; i++)
		buf_add(&b, "é");
	is_int(rig_text(&r, MOBILE, "r1", buf_text(&b)), 201,
	    "1600 characters of two bytes");
	buf_add(&b, "x");
	is_int(rig_text(&r, MOBILE, "r2", buf_text(&b)), 400, "1601");
	is_int(exchange_complaint_count(r.x), 1, "is a mistake");
	buf_clear(&b);
	buf_add(&b, "<Response><Say>");
	while (b.len < 4001)
		buf_add(&b, "word ");
	buf_add(&b, "</Say></Response>");
	const char *const pairs[] = { "To", WHO, "From", RIG_CALL_FROM,
		"Twiml", buf_text(&b), NULL };
	struct buf form = BUF_EMPTY;
	rig_form(&form, pairs);
	is_int(rig_ask(&r, HTTP_POST, "Calls.json", buf_text(&form), NULL),
	    400, "a document of more than 4000 characters");
	buf_release(&form);
	buf_release(&b);
	rig_close(&r);
}

static void
ask_as(struct rig *r, const char *url, const char *user, const char *password,
    struct http_result *ret)
{
	struct http_request q;
	msec later;

	http_request_init(&q, HTTP_GET, url);
	q.user = mem_dup(user);
	q.password = mem_dup(password);
	direct_ask(r->x, r->now, &q, ret, &later);
	http_request_release(&q);
}

static void
test_keys(void)
{
#define LIST "http://127.0.0.1:9080/2010-04-01/Accounts/" RIG_ACCOUNT         \
	"/Calls.json"
	static const struct {
		const char *name, *url, *user, *password;
		int status;
	} rows[] = {
		{ "account and token", LIST, RIG_ACCOUNT, RIG_TOKEN, 200 },
		{ "key and secret", LIST, "SK1", "secret", 200 },
		{ "a wrong token", LIST, RIG_ACCOUNT, "1234", 401 },
		{ "the token for the key", LIST, "SK1", RIG_TOKEN, 401 },
		{ "nobody", LIST, NULL, NULL, 401 },
		{ "another account", "http://h/2010-04-01/Accounts/AC2/"
		    "Calls.json", RIG_ACCOUNT, RIG_TOKEN, 401 },
		{ "another path", "http://h/2010-04-01/Accounts/" RIG_ACCOUNT
		    "/Faxes.json", RIG_ACCOUNT, RIG_TOKEN, 404 },
		{ "no .json", "http://h/2010-04-01/Accounts/" RIG_ACCOUNT
		    "/Calls", RIG_ACCOUNT, RIG_TOKEN, 404 },
	};
	struct exchange_options o = {
		.api_key_sid = "SK1", .api_key_secret = "secret",
	};
	struct http_result result;
	struct rig r;

	rig_open(&r, &o);
	for (size_t i = 0; i < COUNT(rows); i++) {
		ask_as(&r, rows[i].url, rows[i].user, rows[i].password,
		    &result);
		is_int(result.status, rows[i].status, "%s", rows[i].name);
		ok(http_fields_get(&result.fields, "Date") != NULL,
		    "%s: dated", rows[i].name);
		http_result_release(&result);
	}
	is_int(exchange_complaint_count(r.x), 6, "all wrong ones complained");
	rig_close(&r);
}

static const struct {
	const char *fault;
	int status;	/* -1 not sent, -2 unknown */
	int created;
} faults[] = {
	{ "unreachable", -1, 0 }, { "drop-before", -2, 0 },
	{ "drop-after", -2, 1 }, { "hang-before", -2, 0 },
	{ "hang-after", -2, 1 }, { "error-before", 503, 0 },
	{ "error-before 500", 500, 0 }, { "error-after 502", 502, 1 },
	{ "too-many by 3s", 429, 0 }, { "too-many", 429, 0 },
	{ "unauthorised", 401, 0 }, { "garbled", 201, 1 },
	{ "slow by 5s", 201, 1 },
	{ "drop-after texts", 201, 1 },
	{ "drop-after 0115 496 0999", 201, 1 },
	{ "error-before calls 0115 496 0123 next 1", 503, 0 },
};

static void
test_faults(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		char *line = mem_printf("fault %s", faults[i].fault);
		struct exchange_entry entry;
		struct exchange_count count;
		struct rig r;

		rig_open(&r, NULL);
		rig_script(&r, line);
		is_int(rig_call(&r, WHO, "r1"), faults[i].status,
		    "%s: what the caller sees", faults[i].fault);
		exchange_count(r.x, &count);
		is_int(count.calls, faults[i].created, "%s: created or not",
		    faults[i].fault);
		is_int(exchange_ledger_count(r.x), 1, "%s: in the ledger",
		    faults[i].fault);
		exchange_ledger_get(r.x, 0, &entry);
		is_int(entry.sid[0] != '\0', faults[i].created,
		    "%s: so says the ledger", faults[i].fault);
		rig_script(&r, "calm");
		is_int(rig_call(&r, "+441154960124", "r2"), 201,
		    "%s: over when it is calm", faults[i].fault);
		is_int(exchange_complaint_count(r.x), 0,
		    "%s: is nobody's mistake", faults[i].fault);
		rig_close(&r);
		free(line);
	}
}

/* The same attempt made again, though it had been accepted. */
static void
test_twice(void)
{
	struct rig r;

	rig_open(&r, NULL);
	rig_script(&r, "fault error-before next 1");
	rig_call(&r, WHO, "r1");
	is_int(rig_call(&r, WHO, "r1"), 201, "again after a 503");
	is_int(exchange_complaint_count(r.x), 0, "the first was not made");
	is_int(rig_call(&r, WHO, "r2"), 201, "another attempt");
	is_int(exchange_complaint_count(r.x), 0, "is another attempt");
	rig_call(&r, WHO, "r1");
	is_int(exchange_complaint_count(r.x), 1, "the same is complained of");
	rig_close(&r);
}

static const struct {
	const char *fault, *log;
	int tries;
} callbacks[] = {
	{ "callbacks-missing", "key:1 ", 1 },
	{ "final-missing", "initiated ringing in-progress key:1 ", 4 },
	{ "callbacks-reversed", "key:1 completed in-progress ringing "
	    "initiated ", 5 },
	{ "callbacks-twice by 1ms", NULL, 0 },
	{ "callbacks-twice by 10m", "initiated ringing in-progress key:1 "
	    "completed initiated ringing in-progress completed ", 9 },
	{ "callbacks-late by 10m", "key:1 initiated ringing in-progress "
	    "completed ", 5 },
};

static void
test_callbacks(void)
{
	for (size_t i = 0; i < COUNT(callbacks); i++) {
		char *line = mem_printf("0115 496 0123 call key 1\nfault %s",
		    callbacks[i].fault);
		struct err e;
		struct rig r;

		rig_open(&r, NULL);
		if (callbacks[i].log == NULL) {
			is_int(exchange_script(r.x, r.now, line, &e), -1,
			    "%s is no line", callbacks[i].fault);
		} else {
			rig_script(&r, line);
			rig_call(&r, WHO, "r1");
			rig_run(&r, r.now + MSEC_HOUR);
			is_text(rig_log(&r), callbacks[i].log, "%s",
			    callbacks[i].fault);
			is_int(r.tries, callbacks[i].tries, "%s: so many",
			    callbacks[i].fault);
			rig_is_clean(&r, callbacks[i].fault);
		}
		rig_close(&r);
		free(line);
	}
}

/* How often a webhook is sent again: rc and rp in its URL's fragment. */
static void
test_again(void)
{
	static const struct {
		const char *name, *fragment;
		enum http_fate fate;
		int status, tries, complaints;
	} rows[] = {
		{ "503, asked for", "#rc=5&rp=all", HTTP_ANSWERED, 503, 6,
		    0 },
		{ "503, rp=5xx", "#rc=2&rp=5xx", HTTP_ANSWERED, 503, 3, 0 },
		{ "503, by default", "", HTTP_ANSWERED, 503, 1, 0 },
		{ "403", "#rc=5&rp=5xx", HTTP_ANSWERED, 403, 1, 1 },
		{ "refused, by default", "", HTTP_NOT_SENT, 0, 2, 0 },
		{ "refused, rc=5", "#rc=5", HTTP_NOT_SENT, 0, 6, 0 },
		{ "no answer, by default", "", HTTP_UNKNOWN, 0, 1, 0 },
		{ "no answer, rp=ct,rt", "#rc=3&rp=ct,rt", HTTP_UNKNOWN, 0,
		    4, 0 },
		{ "too often", "#rc=6&rp=all", HTTP_ANSWERED, 503, 2, 1 },
		{ "an unknown word", "#rp=often", HTTP_ANSWERED, 503, 1, 1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *back = mem_printf(RIG_HOST "/text-status?a=r1%s",
		    rows[i].fragment);
		const char *const pairs[] = { "To", MOBILE, "From",
			RIG_TEXT_FROM, "Body", "hello", "StatusCallback",
			back, NULL };
		struct buf b = BUF_EMPTY;
		struct rig r;

		rig_open(&r, NULL);
		rig_script(&r, "07700900123 text failed");
		rig_form(&b, pairs);
		rig_ask(&r, HTTP_POST, "Messages.json", buf_text(&b), NULL);
		r.hook_fate = rows[i].fate;
		r.hook_status = rows[i].status;
		rig_run(&r, r.now + MSEC_HOUR);
		is_int(r.tries, rows[i].tries, "%s: tries", rows[i].name);
		is_int(r.repeats, r.tries - 1, "%s: with the same token",
		    rows[i].name);
		is_int(exchange_complaint_count(r.x), rows[i].complaints,
		    "%s: complaints", rows[i].name);
		buf_release(&b);
		free(back);
		rig_close(&r);
	}
}

static void
test_listing(void)
{
	json_t *doc = NULL;
	struct rig r;
	char ref[16], uri[300];
	int seen = 0, pages = 0;

	rig_open(&r, NULL);
	for (int i = 0; i < 25; i++) {
		snprintf(ref, sizeof(ref), "r%d", i);
		rig_text(&r, i % 5 == 0 ? "+447700900124" : MOBILE, ref,
		    "hello");
	}
	snprintf(uri, sizeof(uri), "To=%%2B447700900123&PageSize=6");
	while (uri[0] != '\0') {
		rig_ask(&r, HTTP_GET, "Messages.json", uri, &doc);
		seen += (int)json_array_size(json_object_get(doc,
		    "messages"));
		pages++;
		const char *next = json_string_value(json_object_get(doc,
		    "next_page_uri"));
		const char *query = next != NULL ? strchr(next, '?') : NULL;
		snprintf(uri, sizeof(uri), "%s", query != NULL ? query + 1
		    : "");
		json_decref(doc);
	}
	is_int(seen, 20, "all to one number");
	is_int(pages, 4, "in pages of six");
	rig_script(&r, "fault listed-late by 20s next 1");
	rig_text(&r, "+447700900125", "late", "hello");
	rig_ask(&r, HTTP_GET, "Messages.json", "To=%2B447700900125", &doc);
	is_int(json_array_size(json_object_get(doc, "messages")), 0,
	    "not listed at once");
	json_decref(doc);
	rig_run(&r, r.now + 21 * MSEC_SECOND);
	rig_ask(&r, HTTP_GET, "Messages.json", "To=%2B447700900125", &doc);
	is_int(json_array_size(json_object_get(doc, "messages")), 1,
	    "but later");
	json_decref(doc);
	rig_is_clean(&r, "lists");
	rig_close(&r);
}

/* The lines of a scenario: what is taken, and what is said of others. */
static void
test_lines(void)
{
	static const struct {
		const char *line, *wrong;
	} rows[] = {
		{ "", NULL }, { "# a remark", NULL },
		{ "0115 496 0123 call key 1 # a remark", NULL },
		{ "07700 900123 text reply \"a, \\\"b\\\" # c\" after 40s",
		    NULL },
		{ "+44 7700 900123 texts \"help\"", NULL },
		{ "withheld rings", NULL },
		{ "in 5m 07700900123 rings key 1 to 0115 496 0999", NULL },
		{ "default call 10 key 1", NULL },
		{ "in 1h fault hang-after calls next 2 for 10m", NULL },
		{ "fault callbacks-late share 2.5 by 2h", NULL },
		{ "calm", NULL },
		{ "hello", "number is missing" },
		{ "0115 496 0123", "behind the number" },
		{ "0115 496 0123 call", "nothing that a person does" },
		{ "0115 496 0123 call reply \"x\"", "nothing that a person" },
		{ "0115 496 0123 call key", "needs keys" },
		{ "0115 496 0123 call key 1 loudly", "'loudly'" },
		{ "0115 496 0123 call key 1 after soon", "soon" },
		{ "0115 496 0123 call busy,", "nothing that a person" },
		{ "07700900123 text reply \"x", "quote" },
		{ "07700900123 texts", "quotes" },
		{ "07700900123 rings busy", "key, silent, hang-up" },
		{ "at 08:00 07700900123 texts \"x\"", "has passed" },
		{ "in 5m", "nothing is to happen" },
		{ "in 5m 0115 496 0123 call busy", "from the beginning" },
		{ "fault", "no fault" },
		{ "fault of-ours", "'of-ours'" },
		{ "fault slow next 0", "next" },
		{ "fault slow share 101", "share" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { "" };
		struct rig r;
		int result;

		rig_open(&r, NULL);
		result = exchange_script(r.x, r.now, rows[i].line, &e);
		if (rows[i].wrong == NULL)
			ok(result == 0, "'%s' is a line (%s)", rows[i].line,
			    e.text);
		else if (!ok(result == -1 && strstr(e.text, rows[i].wrong)
		    != NULL, "'%s' is none", rows[i].line))
			printf("# %d: %s\n", result, e.text);
		rig_close(&r);
	}
}

/* Examples that Twilio and others have published. */
static void
test_signature(void)
{
	static const struct {
		const char *url, *caller, *signature;
	} rows[] = {
		{ "https://example.com/myapp.php?foo=1&bar=2", "+14158675310",
		    "L/OH5YylLD5NRKLltdqwSvS0BnU=" },
		{ "https://mycompany.com/myapp.php?foo=1&bar=2",
		    "+14158675310", "GvWf1cFY/Q7PnoempGyD5oXAezc=" },
	};
	struct crypto_mac *mac = crypto_mac_sha1("12345", 5);

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct simhook_pair pairs[] = {
			{ "From", rows[i].caller }, { "Digits", "1234" },
			{ "To", "+18005551212" },
			{ "CallSid", "CA1234567890ABCDE" },
			{ "Caller", rows[i].caller },
		};
		struct buf b = BUF_EMPTY;

		simhook_sign(mac, rows[i].url, pairs, COUNT(pairs), &b);
		is_text(buf_text(&b), rows[i].signature, "example %zu", i);
		buf_release(&b);
	}
	crypto_mac_free(mac);
}

static void
test_unknown_parameter(void)
{
	const char *const pairs[] = { "To", MOBILE, "From", RIG_TEXT_FROM,
		"Body", "x", "body", "y", NULL };
	struct buf b = BUF_EMPTY;
	struct rig r;

	rig_open(&r, NULL);
	rig_form(&b, pairs);
	is_int(rig_ask(&r, HTTP_POST, "Messages.json", buf_text(&b), NULL),
	    201, "an unknown parameter is passed over, as Twilio does");
	is_int(exchange_complaint_count(r.x), 1, "but complained of");
	buf_release(&b);
	rig_close(&r);
}

int
main(void)
{
	test_refusals();
	test_lengths();
	test_keys();
	test_faults();
	test_twice();
	test_callbacks();
	test_again();
	test_listing();
	test_lines();
	test_signature();
	test_unknown_parameter();
	return tap_done();
}
