/*
 * Hooks: who is believed, what they say, which of them are the same.
 */
#include "tests/gateway/rig.h"

#define TEXT_STATUS "/hook/main/text-status?a=" RIG_REF
#define CALL_STATUS "/hook/main/call-status?a=" RIG_REF
#define KEY "/hook/main/key?a=" RIG_REF "&n=2"
#define FROM "&From=%2B447700900123&To=%2B447700900999"
#define UUID "11111111-2222-4333-8444-555555555555"
#define JSON "{\"CallSid\":\"CA1\"}"
#define JSON_HASH \
	"85264246de8d570722726062407cde49dc5bb2c2569c179765b178e3ffe30825"

#define POST(t) .method = HTTP_POST, .target = t
#define GET(t) .method = HTTP_GET, .target = t

/* A hook as a test names it: a POST of a form, signed rightly. */
static enum hook_verdict
post(struct gateway *g, const char *target, const char *body,
    struct event *ret)
{
	struct rig_hook h = { .method = HTTP_POST, .target = target,
		.body = body };

	*ret = (struct event){ .kind = EVENT_UNKNOWN };
	return rig_deliver(g, &h, ret);
}

static const struct {
	const char *what;
	struct rig_hook hook;
	enum hook_verdict verdict;
} verdicts[] = {
	{ "signed", { POST("/hook/main/text"), .body = "Body=x" },
	  HOOK_EVENT },
	{ "signed with the second token",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .token = "67890" }, HOOK_EVENT },
	{ "signed with another token",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .token = "54321" }, HOOK_FORGED },
	{ "signed with no token",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .token = "" }, HOOK_FORGED },
	{ "no signature", { POST("/hook/main/text"), .body = "Body=x",
	    .signature = "" }, HOOK_FORGED },
	{ "a signature of something else",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .signature = "L/OH5YylLD5NRKLltdqwSvS0BnU=" }, HOOK_FORGED },
	{ "two signatures", { POST("/hook/main/text"), .body = "Body=x",
	    .copies = 1 }, HOOK_FORGED },
	{ "the signature under another name",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .header = "X-SignalWire-Signature" }, HOOK_FORGED },
	{ "the signature's name in other letters",
	  { POST("/hook/main/text"), .body = "Body=x",
	    .header = "x-twilio-signature" }, HOOK_EVENT },
	{ "no form at all", { POST("/hook/main/text"), .type = "" },
	  HOOK_EVENT },
	{ "a GET", { GET("/hook/main/text?MessageSid=" RIG_TEXT) },
	  HOOK_EVENT },
	{ "a GET with a body that nobody signed",
	  { GET("/hook/main/text"), .body = "Body=x" }, HOOK_FORGED },
	{ "JSON with its hash",
	  { POST("/hook/main/text?bodySHA256=" JSON_HASH),
	    .body = JSON, .type = "application/json" }, HOOK_EVENT },
	{ "JSON with its hash, signed by Twilio's library",
	  { POST("/hook/main/text?bodySHA256=" JSON_HASH),
	    .body = JSON, .type = "application/json",
	    .signature = "1Ib6lhDctjZl32kpYBip/64muSk=" }, HOOK_EVENT },
	{ "JSON with another body's hash",
	  { POST("/hook/main/text?bodySHA256=" JSON_HASH),
	    .body = JSON " ", .type = "application/json" }, HOOK_FORGED },
	{ "JSON without a hash", { POST("/hook/main/text"),
	    .body = JSON, .type = "application/json" }, HOOK_FORGED },
	{ "JSON with a short hash",
	  { POST("/hook/main/text?bodySHA256=85"), .body = JSON,
	    .type = "application/json" }, HOOK_FORGED },
	{ "a path that there is not", { POST("/hook/main/nothing") },
	  HOOK_NO_SUCH },
	{ "a path that goes on", { POST("/hook/main/text/") },
	  HOOK_NO_SUCH },
	{ "no path behind the name", { POST("/hook/main/") },
	  HOOK_NO_SUCH },
	{ "another gateway's path", { POST("/hook/other/text") },
	  HOOK_NO_SUCH },
	{ "a name that begins as ours", { POST("/hook/mainx/text") },
	  HOOK_NO_SUCH },
	{ "no hook", { POST("/") }, HOOK_NO_SUCH },
};

static void
test_verdicts(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(verdicts); i++) {
		struct event ev = { .turn = 77 };

		is_int(rig_deliver(g, &verdicts[i].hook, &ev),
		    verdicts[i].verdict, "%s", verdicts[i].what);
		if (verdicts[i].verdict != HOOK_EVENT)
			is_int(ev.turn, 77, "%s: no event",
			    verdicts[i].what);
		else
			event_release(&ev);
	}
}

static void
test_too_many_fields(struct gateway *g)
{
	struct buf b = BUF_EMPTY;
	struct event ev;

	for (int i = 0; i <= FORM_MAX_FIELDS; i++)
		buf_add(&b, "a=1&");
	is_int(post(g, "/hook/main/text", buf_text(&b), &ev), HOOK_BAD,
	    "a form of too many fields");
	buf_release(&b);
}

static const struct {
	const char *what, *target, *body;
	enum progress progress;
	enum refusal refusal;
	int code, sequence;
	bool machine;
} statuses[] = {
	{ "a text was sent", TEXT_STATUS, "MessageSid=" RIG_TEXT
	  "&SmsSid=" RIG_TEXT "&MessageStatus=sent&SmsStatus=sent" FROM,
	  PROGRESS_SENT, 0, 0, -1, false },
	{ "a text by the old names", TEXT_STATUS, "SmsSid=" RIG_TEXT
	  "&SmsStatus=delivered" FROM, PROGRESS_DELIVERED, 0, 0, -1, false },
	{ "a text did not arrive", TEXT_STATUS, "MessageSid=" RIG_TEXT
	  "&MessageStatus=undelivered&ErrorCode=30005" FROM,
	  PROGRESS_UNDELIVERED, REFUSAL_BAD_NUMBER, 30005, -1, false },
	{ "a text failed, nobody says why", TEXT_STATUS, "MessageSid="
	  RIG_TEXT "&MessageStatus=failed&ErrorCode=" FROM,
	  PROGRESS_FAILED, REFUSAL_PASSING, 0, -1, false },
	{ "a call is dialled", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=initiated&SequenceNumber=0" FROM,
	  PROGRESS_UNDER_WAY, 0, 0, 0, false },
	{ "a call rings", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=ringing&SequenceNumber=1" FROM,
	  PROGRESS_RINGING, 0, 0, 1, false },
	{ "a call is answered", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=in-progress&SequenceNumber=2&AnsweredBy=human" FROM,
	  PROGRESS_ANSWERED, 0, 0, 2, false },
	{ "a machine answers", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=in-progress&SequenceNumber=2"
	  "&AnsweredBy=machine_start" FROM,
	  PROGRESS_ANSWERED, 0, 0, 2, true },
	{ "a fax answers", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=completed&SequenceNumber=3&AnsweredBy=fax" FROM,
	  PROGRESS_COMPLETED, 0, 0, 3, true },
	{ "nobody knows who answers", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=completed&SequenceNumber=3&AnsweredBy=unknown" FROM,
	  PROGRESS_COMPLETED, 0, 0, 3, false },
	{ "nobody answers", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=no-answer&SequenceNumber=x&SipResponseCode=487" FROM,
	  PROGRESS_NO_ANSWER, 0, 0, -1, false },
	{ "busy", CALL_STATUS, "CallSid=" RIG_CALL "&CallStatus=busy"
	  "&SipResponseCode=486" FROM, PROGRESS_BUSY, 0, 0, -1, false },
	{ "a call failed", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=failed&SipResponseCode=404" FROM,
	  PROGRESS_FAILED, REFUSAL_PASSING, 404, -1, false },
	{ "a call failed for good", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=failed&ErrorCode=13224&SipResponseCode=404" FROM,
	  PROGRESS_FAILED, REFUSAL_BAD_NUMBER, 13224, -1, false },
	{ "a call was taken back", CALL_STATUS, "CallSid=" RIG_CALL
	  "&CallStatus=canceled" FROM, PROGRESS_CANCELLED, 0, 0, -1, false },
};

static void
test_statuses(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(statuses); i++) {
		bool call = strstr(statuses[i].target, "call") != NULL;
		struct event ev;

		is_int(post(g, statuses[i].target, statuses[i].body, &ev),
		    HOOK_EVENT, "%s", statuses[i].what);
		is_int(ev.kind, EVENT_PROGRESS, "its kind");
		is_int(ev.channel, call ? CHANNEL_CALL : CHANNEL_TEXT,
		    "its channel");
		is_int(ev.progress, statuses[i].progress, "its progress");
		is_int(ev.refusal, statuses[i].refusal, "its refusal");
		is_int(ev.code, statuses[i].code, "its code");
		is_int(ev.sequence, statuses[i].sequence, "its place");
		is_int(ev.machine, statuses[i].machine, "a machine?");
		is_text(ev.ref, RIG_REF, "its ref");
		is_text(ev.gateway_id, call ? RIG_CALL : RIG_TEXT, "its id");
		is_text(ev.from, "+447700900123", "from");
		is_text(ev.to, "+447700900999", "to");
		event_release(&ev);
	}
}

static const struct {
	const char *what, *target, *digits;
	enum event_kind kind;
	char key;
	int turn;
} keys[] = {
	{ "1", KEY, "&Digits=1", EVENT_KEY, '1', 2 },
	{ "9", KEY, "&Digits=9&FinishedOnKey=&msg=Gather+End", EVENT_KEY, '9',
	  2 },
	{ "star", KEY, "&Digits=*", EVENT_KEY, '*', 2 },
	{ "hash", KEY, "&Digits=%23", EVENT_KEY, '#', 2 },
	{ "silence", KEY, "&Digits=", EVENT_KEY, 0, 2 },
	{ "silence, without the field", KEY, "", EVENT_KEY, 0, 2 },
	{ "one key twice", KEY, "&Digits=11", EVENT_KEY, '1', 2 },
	{ "two keys", KEY, "&Digits=12", EVENT_UNKNOWN, 0, 0 },
	{ "no key of a telephone's", KEY, "&Digits=A", EVENT_UNKNOWN, 0, 0 },
	{ "a letter behind it", KEY, "&Digits=1A", EVENT_UNKNOWN, 0, 0 },
	{ "no turn", "/hook/main/key?a=" RIG_REF, "&Digits=1", EVENT_KEY, '1',
	  0 },
	{ "a turn that is none", "/hook/main/key?a=" RIG_REF "&n=-1",
	  "&Digits=1", EVENT_KEY, '1', 0 },
};

static void
test_keys(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(keys); i++) {
		char *body = mem_printf("CallSid=%s&CallStatus=in-progress%s%s",
		    RIG_CALL, FROM, keys[i].digits);
		struct event ev;

		is_int(post(g, keys[i].target, body, &ev), HOOK_EVENT,
		    "key: %s", keys[i].what);
		is_int(ev.kind, keys[i].kind, "its kind");
		is_int(ev.key, keys[i].key, "its key");
		is_int(ev.turn, keys[i].turn, "its turn");
		is_text(ev.ref, RIG_REF, "its ref");
		event_release(&ev);
		free(body);
	}
}

static void
test_refs(struct gateway *g)
{
	static const char *const bad[] = { "", "a=", "a=1",
		"a=abcdefghijklmnopqrstuvwxyz2345678",
		"a=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
		"a=abcdefghijklmnopqrstuvwxyz23456%00",
		("b=" RIG_REF) };
	struct event ev;

	for (size_t i = 0; i < COUNT(bad); i++) {
		char *target = mem_printf("/hook/main/call-status?%s", bad[i]);

		is_int(post(g, target, "CallSid=" RIG_CALL
		    "&CallStatus=ringing&a=" RIG_REF, &ev), HOOK_EVENT,
		    "a ref that is none: %s", bad[i]);
		is_text(ev.ref, "", "has no ref");
		is_text(ev.gateway_id, RIG_CALL, "but an id");
		event_release(&ev);
		free(target);
	}
}

static const struct {
	const char *what, *body, *text;
	bool out, in, help;
} texts[] = {
	{ "a text", "&Body=OK+thank+you%0Adear", "OK thank you\ndear",
	  false, false, false },
	{ "blanks and emoji", "&Body=+ok+%F0%9F%91%8D+", " ok 👍 ",
	  false, false, false },
	{ "no words", "&Body=&NumMedia=1", "", false, false, false },
	{ "no field", "", "", false, false, false },
	{ "a NUL", "&Body=no%00t+well", "no\xef\xbf\xbdt well", false, false,
	  false },
	{ "no UTF-8", "&Body=a%FFb%C3", "a\xef\xbf\xbd" "b\xef\xbf\xbd",
	  false, false, false },
	{ "stop", "&Body=Stop&OptOutType=STOP", "Stop", true, false, false },
	{ "start", "&Body=START&OptOutType=START", "START", false, true,
	  false },
	{ "help", "&Body=HELP&OptOutType=HELP", "HELP", false, false, true },
};

static void
test_texts(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		char *body = mem_printf("MessageSid=%s&SmsStatus=received%s%s",
		    RIG_TEXT, FROM, texts[i].body);
		struct event ev;

		is_int(post(g, "/hook/main/text", body, &ev), HOOK_EVENT,
		    "text: %s", texts[i].what);
		is_int(ev.kind, EVENT_TEXT, "its kind");
		is_text(ev.text, texts[i].text, "its words");
		is_text(ev.from, "+447700900123", "from");
		is_text(ev.gateway_id, RIG_TEXT, "its id");
		ok(ev.opt_out == texts[i].out && ev.opt_in == texts[i].in &&
		    ev.opt_help == texts[i].help, "what was answered");
		event_release(&ev);
		free(body);
	}
}

static void
test_long_text(struct gateway *g)
{
	struct buf b = BUF_EMPTY;
	struct event ev;

	buf_add(&b, "MessageSid=" RIG_TEXT "&From=");
	for (int i = 0; i < 100; i++)
		buf_add(&b, "+447");
	buf_add(&b, "&Body=");
	for (int i = 0; i < 20000; i++)
		buf_add(&b, "\xc5\xbc");
	is_int(post(g, "/hook/main/text", buf_text(&b), &ev), HOOK_EVENT,
	    "a text without end");
	ok(ev.text && strlen(ev.text) <= 6400 && strlen(ev.text) % 2 == 0,
	    "is cut between two letters");
	is_int(strlen(ev.from), sizeof(ev.from) - 1, "and so is its sender");
	event_release(&ev);
	buf_release(&b);
}

static void
test_rings(struct gateway *g)
{
	struct event ev;

	is_int(post(g, "/hook/main/call", "CallSid=" RIG_CALL
	    "&CallStatus=ringing&Direction=inbound" FROM, &ev), HOOK_EVENT,
	    "somebody rings");
	is_int(ev.kind, EVENT_RING, "is a ring");
	is_text(ev.gateway_id, RIG_CALL, "its id");
	is_text(ev.from, "+447700900123", "who");
	event_release(&ev);
	is_int(post(g, "/hook/main/call", "CallSid=" RIG_CALL
	    "&From=anonymous&To=%2B441154960999", &ev), HOOK_EVENT,
	    "somebody withholds their number");
	is_text(ev.from, "anonymous", "as it was sent");
	event_release(&ev);
	is_int(post(g, "/hook/main/call-end", "CallSid=" RIG_CALL
	    "&CallStatus=completed" FROM, &ev), HOOK_EVENT, "they ring off");
	is_int(ev.kind, EVENT_RING_END, "is the end");
	is_int(ev.progress, PROGRESS_COMPLETED, "of a call");
	event_release(&ev);
	is_int(post(g, "/hook/main/call-end", "CallSid=" RIG_CALL
	    "&CallStatus=ringing" FROM, &ev), HOOK_EVENT, "not an end");
	is_int(ev.kind, EVENT_UNKNOWN, "is not known");
	event_release(&ev);
}

#define THROUGH "/hook/main/through?a=" RIG_REF
#define LEG "CA0123456789abcdef0123456789abcde9"

static const struct {
	const char *what, *target, *body;
	enum event_kind kind;
	enum progress progress;
} throughs[] = {
	{ "its own status", THROUGH, "CallSid=" LEG "&CallStatus=completed"
	  "&ParentCallSid=" RIG_CALL, EVENT_THROUGH, PROGRESS_COMPLETED },
	{ "busy", THROUGH, "CallSid=" LEG "&CallStatus=busy", EVENT_THROUGH,
	  PROGRESS_BUSY },
	{ "what next", THROUGH, "CallSid=" RIG_CALL "&CallStatus=in-progress"
	  "&DialCallStatus=no-answer&DialCallSid=" LEG, EVENT_THROUGH,
	  PROGRESS_NO_ANSWER },
	{ "they still talk", THROUGH, "CallSid=" LEG "&CallStatus=in-progress",
	  EVENT_UNKNOWN, 0 },
	{ "of no attempt", "/hook/main/through", "CallSid=" LEG
	  "&CallStatus=completed", EVENT_UNKNOWN, 0 },
	{ "no status", THROUGH, "CallSid=" LEG, EVENT_UNKNOWN, 0 },
};

static void
test_throughs(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(throughs); i++) {
		struct event ev;

		is_int(post(g, throughs[i].target, throughs[i].body, &ev),
		    HOOK_EVENT, "put through: %s", throughs[i].what);
		is_int(ev.kind, throughs[i].kind, "its kind");
		if (ev.kind == EVENT_THROUGH) {
			is_int(ev.progress, throughs[i].progress, "how");
			is_text(ev.ref, RIG_REF, "its ref");
		}
		event_release(&ev);
	}
}

static void
test_unknown(struct gateway *g)
{
	static const char *const bodies[] = { "", "MessageStatus=sent",
		"MessageSid=" RIG_TEXT, "MessageSid=" RIG_TEXT
		"&MessageStatus=dreaming", "MessageSid=../x&MessageStatus=sent",
		"MessageSid=" UUID "&MessageStatus=sent" };
	char *nuls = mem_alloc(65537);
	struct rig_hook big = { .method = HTTP_POST, .target = TEXT_STATUS,
		.body = nuls, .body_len = 65536 };
	struct event ev;

	for (size_t i = 0; i < COUNT(bodies); i++) {
		char *want = mem_printf("%s\n%s", TEXT_STATUS, bodies[i]);

		is_int(post(g, TEXT_STATUS, bodies[i], &ev), HOOK_EVENT,
		    "signed, but: %s", bodies[i]);
		is_int(ev.kind, EVENT_UNKNOWN, "is not known");
		is_text(ev.raw, want, "and kept as it came");
		is_text(ev.ref, RIG_REF, "with its ref");
		is_text(ev.gateway_id, "", "and no id");
		event_release(&ev);
		free(want);
	}
	is_int(rig_deliver(g, &big, &ev), HOOK_EVENT, "64 KiB of NULs");
	ok(ev.raw && strlen(ev.raw) <= 4096, "are kept in part");
	event_release(&ev);
	free(nuls);
}

/* Hooks in groups: within one the hashes agree, between two they differ. */
static const struct {
	int group;
	const char *target, *body;
} hashes[] = {
	{ 1, TEXT_STATUS, "MessageSid=" RIG_TEXT "&MessageStatus=sent" },
	{ 1, TEXT_STATUS, "MessageStatus=sent&SmsStatus=sent&MessageSid="
	  RIG_TEXT "&ApiVersion=2010-04-01" },
	{ 2, TEXT_STATUS, "MessageSid=" RIG_TEXT "&MessageStatus=delivered" },
	{ 3, TEXT_STATUS, "MessageSid=SM0123456789abcdef0123456789abcde0"
	  "&MessageStatus=sent" },
	{ 4, CALL_STATUS, "CallSid=" RIG_CALL "&CallStatus=ringing"
	  "&SequenceNumber=1&Timestamp=now" },
	{ 4, CALL_STATUS, "CallSid=" RIG_CALL "&CallStatus=ringing"
	  "&SequenceNumber=1&Timestamp=later" },
	{ 5, CALL_STATUS, "CallSid=" RIG_CALL "&CallStatus=ringing"
	  "&SequenceNumber=2" },
	{ 6, KEY, "CallSid=" RIG_CALL "&Digits=1" },
	{ 6, KEY, "CallSid=" RIG_CALL "&Digits=1&msg=Gather+End" },
	{ 7, KEY, "CallSid=" RIG_CALL "&Digits=2" },
	{ 8, KEY, "CallSid=" RIG_CALL "&Digits=" },
	{ 9, "/hook/main/key?a=" RIG_REF "&n=3", "CallSid=" RIG_CALL
	  "&Digits=1" },
	{ 10, "/hook/main/text", "MessageSid=" RIG_TEXT "&Body=OK" },
	{ 10, "/hook/main/text", "Body=OK&MessageSid=" RIG_TEXT
	  "&SmsStatus=received" },
	{ 11, "/hook/main/text", "Body=OK&MessageSid="
	  "SM0123456789abcdef0123456789abcde0" },
	{ 12, "/hook/main/call", "CallSid=" RIG_CALL "&CallStatus=ringing" },
	{ 13, "/hook/main/call-end", "CallSid=" RIG_CALL
	  "&CallStatus=completed" },
	{ 14, CALL_STATUS, "CallSid=" RIG_CALL "&CallStatus=completed" },
	{ 18, "/hook/main/through?a=" RIG_REF, "CallSid=" RIG_CALL
	  "&CallStatus=completed" },
	{ 15, "/hook/main/text", "Body=OK" },
	{ 16, "/hook/main/text", "Body=KO" },
	{ 17, "/hook/main/text?x", "Body=OK" },
};

static void
test_hashes(struct gateway *g)
{
	struct event ev[COUNT(hashes)];

	for (size_t i = 0; i < COUNT(hashes); i++)
		post(g, hashes[i].target, hashes[i].body, &ev[i]);
	for (size_t i = 0; i < COUNT(hashes); i++)
		for (size_t j = 0; j < i; j++) {
			bool same = memcmp(ev[i].hash, ev[j].hash,
			    sizeof(ev[i].hash)) == 0;

			if (same != (hashes[i].group == hashes[j].group))
				ok(false, "hashes of %zu and %zu", i, j);
		}
	ok(true, "every hash was compared with every other");
	for (size_t i = 0; i < COUNT(hashes); i++)
		event_release(&ev[i]);
}

/* Another gateway, with SignalWire's settings and a name that needs an
 * escape. */
static void
test_settings(void)
{
	struct config_gateway c = rig_conf();
	struct rig_hook h = { .method = HTTP_POST,
		.target = "/hook/two%20lines/call-status?a=" RIG_REF,
		.body = "CallSid=" UUID "&CallStatus=ringing",
		.header = "X-SignalWire-Signature" };
	struct gateway *g;
	struct event ev = { .sequence = 0 };
	char *url;

	c.name = "two lines";
	c.strict_sid = false;
	c.signature_header = "X-SignalWire-Signature";
	g = rig_open(&c);
	is_int(rig_deliver(g, &h, &ev), HOOK_EVENT, "SignalWire's hook");
	is_text(ev.gateway_id, UUID, "a UUID");
	event_release(&ev);
	url = gateway_console_text(g);
	is_text(url, RIG_PUBLIC "/hook/two%20lines/text#rc=5&rp=all",
	    "its console URL");
	free(url);
	gateway_close(g);
	rig_conf_release(&c);
}

static void
test_acknowledge(struct gateway *g)
{
	static const struct {
		enum event_kind kind;
		int status;
	} cases[] = {
		{ EVENT_PROGRESS, 204 }, { EVENT_RING_END, 204 },
		{ EVENT_TEXT, 200 }, { EVENT_KEY, 200 }, { EVENT_RING, 200 },
		{ EVENT_UNKNOWN, 200 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		bool empty = cases[i].status == 204;
		struct hook_answer a;

		gateway_acknowledge(g, cases[i].kind, &a);
		is_int(a.status, cases[i].status, "acknowledge %zu", i);
		is_text(a.content_type, empty ? NULL : "text/xml", "its type");
		is_text(buf_text(&a.body), empty ? "" : "<?xml version=\"1.0\" "
		    "encoding=\"UTF-8\"?><Response></Response>", "its body");
		hook_answer_release(&a);
	}
}

int
main(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g;

	c.auth_tokens[1] = mem_dup("67890");
	g = rig_open(&c);
	test_verdicts(g);
	test_too_many_fields(g);
	test_statuses(g);
	test_keys(g);
	test_refs(g);
	test_texts(g);
	test_long_text(g);
	test_rings(g);
	test_throughs(g);
	test_unknown(g);
	test_hashes(g);
	test_acknowledge(g);
	gateway_close(g);
	rig_conf_release(&c);
	test_settings();
	return tap_done();
}
