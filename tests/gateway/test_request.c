/*
 * What is asked of the gateway and what is said in a call, to the byte.
 */
#include "tests/gateway/rig.h"

#define GATHER \
	"<Gather input=\"dtmf\" numDigits=\"1\" timeout=\"10\" finishOnKey=\"\""
#define ACTION \
	" method=\"POST\" action=\"" RIG_PUBLIC "/hook/main/key?a=" RIG_REF \
	"&amp;n=2#rc=5&amp;rp=all\">"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"
#define SAY "<Say language=\"en-GB\">"

static const struct script question = {
	.before = { "Hello Mrs O'Neill & family.", "" },
	.ask = { "If you are well, please press 1.", "" },
	.prompts = 3,
	.after = { "Goodbye.", "" },
	.ref = RIG_REF,
	.turn = 2,
	.language = "en",
};

static void
is_said(struct gateway *g, const struct script *s, const char *want,
    const char *name)
{
	struct hook_answer a;

	gateway_say(g, s, &a);
	is_text(buf_text(&a.body), want, "%s", name);
	is_int(a.status, 200, "%s: status", name);
	is_text(a.content_type, "text/xml", "%s: type", name);
	hook_answer_release(&a);
}

static void
test_question(struct gateway *g)
{
	struct script s = question;

	is_said(g, &s, HEAD
	    GATHER ACTION "<Pause length=\"1\"/>"
	    SAY "Hello Mrs O&#39;Neill &amp; family.</Say>"
	    SAY "If you are well, please press 1.</Say></Gather>"
	    GATHER ACTION SAY "If you are well, please press 1.</Say></Gather>"
	    GATHER " actionOnEmptyResult=\"true\"" ACTION
	    SAY "If you are well, please press 1.</Say></Gather>"
	    SAY "Goodbye.</Say></Response>", "a question, three times");
	s.prompts = 1;
	s.before.words = s.after.words = "";
	is_said(g, &s, HEAD
	    GATHER " actionOnEmptyResult=\"true\"" ACTION
	    "<Pause length=\"1\"/>"
	    SAY "If you are well, please press 1.</Say></Gather></Response>",
	    "a question, once, and nothing else");
	s.prompts = 0;
	is_said(g, &s, HEAD
	    GATHER " actionOnEmptyResult=\"true\"" ACTION
	    "<Pause length=\"1\"/>"
	    SAY "If you are well, please press 1.</Say></Gather></Response>",
	    "a question is put at least once");
}

static void
test_words(struct gateway *g, struct config_gateway *c)
{
	struct script s = question;

	s.ask.words = NULL;
	s.before.words = "Thank you <Edna>, \"that\"\x01 is noted.";
	is_said(g, &s, HEAD SAY "Thank you &lt;Edna&gt;, &quot;that&quot; is "
	    "noted.</Say>" SAY "Goodbye.</Say><Hangup/></Response>",
	    "words without a question, and more behind");
	s.after.words = NULL;
	is_said(g, &s, HEAD SAY "Thank you &lt;Edna&gt;, &quot;that&quot; is "
	    "noted.</Say><Hangup/></Response>", "words without a question");
	s.before.words = "";
	is_said(g, &s, HEAD "<Hangup/></Response>", "no words at all");
	s.before.words = "Dzień dobry.";
	s.language = "pl";
	c->voice = "Polly.Ewa";
	is_said(g, &s, HEAD "<Say voice=\"Polly.Ewa\" language=\"pl-PL\">"
	    "Dzień dobry.</Say><Hangup/></Response>",
	    "another language, and a voice");
	s.language = "pt-BR";
	c->voice = NULL;
	is_said(g, &s, HEAD "<Say language=\"pt-BR\">Dzień dobry.</Say>"
	    "<Hangup/></Response>", "a language as it is given");
}

static void
test_recorded(struct gateway *g)
{
	struct script s = question;

	snprintf(s.before.audio, sizeof(s.before.audio), "/play/00ff.mp3");
	s.last = (struct phrase){ "Thank you.", "" };
	s.prompts = 1;
	s.speed = 80;
	s.voice = "Polly.Amy";
	is_said(g, &s, HEAD
	    GATHER " actionOnEmptyResult=\"true\"" ACTION
	    "<Pause length=\"1\"/>"
	    "<Say voice=\"Polly.Amy\" language=\"en-GB\">"
	    "<prosody rate=\"80%\">Thank you.</prosody></Say>"
	    "<Play>" RIG_PUBLIC "/play/00ff.mp3</Play>"
	    "<Say voice=\"Polly.Amy\" language=\"en-GB\">"
	    "<prosody rate=\"80%\">If you are well, please press 1."
	    "</prosody></Say></Gather>"
	    "<Say voice=\"Polly.Amy\" language=\"en-GB\">"
	    "<prosody rate=\"80%\">Goodbye.</prosody></Say></Response>",
	    "a recording, and a slow voice");
	s.ask.words = s.after.words = NULL;
	is_said(g, &s, HEAD "<Play>" RIG_PUBLIC "/play/00ff.mp3</Play>"
	    "<Hangup/></Response>", "a recording alone");
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)); text++)
		n++;
	return n;
}

/* The document inside a call's request. */
static char *
inline_document(struct gateway *g, const struct script *s)
{
	struct submission sub = { .ref = RIG_REF, .channel = CHANNEL_CALL,
		.to = "+441154960123", .script = s, .ring = 45000 };
	struct http_request r;
	struct form form;
	char *text = NULL;

	gateway_submit(g, &sub, &r);
	if (form_parse(r.body.data, r.body.len, &form, NULL) == 0) {
		text = mem_dup(form_get(&form, "Twiml"));
		form_release(&form);
	}
	http_request_release(&r);
	return text;
}

static void
test_limit(struct gateway *g)
{
	struct script s = question;
	char words[2501];
	char *text;

	memset(words, 'x', sizeof(words) - 1);
	words[1150] = '\0';
	s.ask.words = words;
	text = inline_document(g, &s);
	is_int(count(text, "<Gather"), 2, "long words: fewer prompts");
	is_int(count(text, "actionOnEmptyResult"), 1, "the last one reports");
	ok(strlen(text) <= 4000, "long words: within the bound");
	ok(strstr(text, "Goodbye."), "long words: the last words are there");
	free(text);
	words[1150] = 'x';
	words[2500] = '\0';
	s.after.words = words;
	s.before.words = "";
	text = inline_document(g, &s);
	is_int(count(text, "<Gather"), 1, "longer: one prompt");
	ok(strlen(text) <= 4000, "longer: within the bound");
	ok(count(text, "<Say") == 1, "longer: the last words are left out");
	free(text);
}

static void
test_text(struct gateway *g)
{
	static const struct {
		msec valid;
		const char *seconds;
	} cases[] = {
		{ 600000, "600" }, { 600001, "601" }, { 0, "1" }, { -5, "1" },
		{ 40000000, "36000" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct submission s = { .ref = RIG_REF, .channel = CHANNEL_TEXT,
			.to = "+447700900123", .text = "Are you well, Zoë?",
			.valid = cases[i].valid };
		char *want = mem_printf("To=%%2B447700900123"
		    "&From=%%2B447700900999"
		    "&Body=Are%%20you%%20well%%2C%%20Zo%%C3%%AB%%3F"
		    "&StatusCallback=https%%3A%%2F%%2Fcheck-in.example.org"
		    "%%2Fhook%%2Fmain%%2Ftext-status%%3Fa%%3D" RIG_REF
		    "%%23rc%%3D5%%26rp%%3Dall&ValidityPeriod=%s",
		    cases[i].seconds);
		struct http_request r;

		gateway_submit(g, &s, &r);
		is_text(buf_text(&r.body), want, "a text valid %lld ms",
		    (long long)cases[i].valid);
		is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
		    RIG_ACCOUNT "/Messages.json", "a text's address");
		ok(r.once && r.method == HTTP_POST, "posted at most once");
		is_text(r.user, RIG_ACCOUNT, "user");
		is_text(r.password, RIG_TOKEN, "password");
		http_request_release(&r);
		free(want);
	}
}

static void
test_call(struct gateway *g)
{
	static const char begin[] =
	    "To=%2B441154960123&From=%2B441154960999&Twiml=%3C";
	static const char tail[] =
	    "&StatusCallback=https%3A%2F%2Fcheck-in.example.org%2Fhook%2Fmain"
	    "%2Fcall-status%3Fa%3D" RIG_REF "%23rc%3D5%26rp%3Dall"
	    "&StatusCallbackEvent=initiated&StatusCallbackEvent=ringing"
	    "&StatusCallbackEvent=answered&StatusCallbackEvent=completed"
	    "&StatusCallbackMethod=POST&Timeout=45&TimeLimit=300";
	struct submission s = { .ref = RIG_REF, .channel = CHANNEL_CALL,
		.to = "+441154960123", .script = &question, .ring = 45000 };
	struct http_request r;
	struct hook_answer a;
	char *text;
	const char *end;

	gateway_submit(g, &s, &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Calls.json", "a call's address");
	ok(strncmp(r.body.data, begin, sizeof(begin) - 1) == 0,
	    "how a call's request begins");
	end = strstr(r.body.data, "&StatusCallback=");
	is_text(end, tail, "how a call's request ends");
	ok(r.once && r.method == HTTP_POST, "posted at most once");
	http_request_release(&r);
	text = inline_document(g, &question);
	gateway_say(g, &question, &a);
	is_text(text, buf_text(&a.body), "a call carries its whole script");
	hook_answer_release(&a);
	free(text);
}

/* Both ends see our number; how it went is told twice. */
static void
test_through(struct gateway *g)
{
	struct script s = { .before.words = "One moment.", .language = "en",
		.through = "+447700900123", .ring = 45 * MSEC_SECOND,
		.lasts = 20 * MSEC_MINUTE, .ref = RIG_REF };
	struct submission long_one = { .ref = RIG_REF, .channel = CHANNEL_CALL,
		.to = "+447700900202", .script = &question,
		.ring = 30 * MSEC_SECOND, .lasts = 22 * MSEC_MINUTE };
	struct http_request r;

	is_said(g, &s, HEAD SAY "One moment.</Say>"
	    "<Dial callerId=\"+441154960999\" timeout=\"45\""
	    " timeLimit=\"1200\" method=\"POST\" action=\"" RIG_PUBLIC
	    "/hook/main/through?a=" RIG_REF "#rc=5&amp;rp=all\">"
	    "<Number statusCallbackEvent=\"completed\""
	    " statusCallbackMethod=\"POST\" statusCallback=\"" RIG_PUBLIC
	    "/hook/main/through?a=" RIG_REF "#rc=5&amp;rp=all\">"
	    "+447700900123</Number></Dial></Response>", "put through");
	gateway_submit(g, &long_one, &r);
	ok(strstr(r.body.data, "&TimeLimit=1320") != NULL,
	    "and there is time to talk");
	http_request_release(&r);
}

static void
test_gets(struct gateway *g)
{
	struct submission s = { .channel = CHANNEL_TEXT,
		.to = "+447700900123", .text = "x" };
	struct http_request r;

	gateway_poll(g, CHANNEL_CALL, RIG_CALL, &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Calls/" RIG_CALL ".json", "poll a call");
	ok(r.method == HTTP_GET && !r.once, "a poll may be repeated");
	http_request_release(&r);
	gateway_poll(g, CHANNEL_TEXT, "a/../b?c", &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Messages/a%2F..%2Fb%3Fc.json",
	    "an odd id stays one segment");
	http_request_release(&r);
	gateway_lookup(g, &s, 0, &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Messages.json?To=%2B447700900123"
	    "&From=%2B447700900999&PageSize=50", "look up texts");
	http_request_release(&r);
	s.channel = CHANNEL_CALL;
	gateway_lookup(g, &s, 0, &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Calls.json?To=%2B447700900123"
	    "&From=%2B441154960999&PageSize=50", "look up calls");
	http_request_release(&r);
}

/* SignalWire's differences, an API key, a proxy. */
static void
test_settings(void)
{
	struct config_gateway c = rig_conf();
	struct submission s = { .ref = RIG_REF, .channel = CHANNEL_TEXT,
		.to = "+447700900123", .text = "x", .valid = 60000 };
	struct gateway *g;
	struct http_request r;

	c.path_prefix = "/api/laml";
	c.account_sid = "11111111-2222-4333-8444-555555555555";
	c.api_key_sid = "SK1";
	c.api_key_secret = mem_dup("secret");
	c.proxy = "http://127.0.0.1:3128";
	c.ca_file = "/etc/ca.pem";
	g = rig_open(&c);
	gateway_submit(g, &s, &r);
	is_text(r.url, "https://api.example.org/api/laml/2010-04-01/Accounts/"
	    "11111111-2222-4333-8444-555555555555/Messages.json", "prefix");
	is_text(r.user, "SK1", "an API key's user");
	is_text(r.password, "secret", "an API key's password");
	is_text(r.proxy, c.proxy, "proxy");
	is_text(r.ca_file, c.ca_file, "ca_file");
	http_request_release(&r);
	gateway_close(g);
	rig_conf_release(&c);
}

static void
is_refused(const struct config_gateway *c, const char *want)
{
	struct err e;
	struct gateway *g = gateway_open(c, RIG_PUBLIC, &e);

	ok(!g && strstr(e.text, want), "refused: %s", want);
	gateway_close(g);
}

static void
test_open(void)
{
	struct config_gateway c = rig_conf(), bad;

	bad = c;
	bad.driver = "twillio";
	is_refused(&bad, "write driver = twilio");
	bad.driver = NULL;
	is_refused(&bad, "write driver = twilio");
	bad = c;
	bad.account_sid = NULL;
	is_refused(&bad, "the gateway main: account_sid is missing");
	bad = c;
	bad.auth_tokens[0] = NULL;
	is_refused(&bad, "auth_token_file is missing");
	bad = c;
	bad.api_key_sid = "SK1";
	is_refused(&bad, "api_key_sid has no secret");
	gateway_close(NULL);
	rig_conf_release(&c);
}

static void
test_console(struct gateway *g)
{
	char *text = gateway_console_text(g), *call = gateway_console_call(g);
	char *end = gateway_console_call_end(g);

	is_text(text, RIG_PUBLIC "/hook/main/text#rc=5&rp=all", "texts");
	is_text(call, RIG_PUBLIC "/hook/main/call#rc=5&rp=all", "calls");
	is_text(end, RIG_PUBLIC "/hook/main/call-end#rc=5&rp=all", "ends");
	free(text);
	free(call);
	free(end);
}

static void
test_words_of_gateway(void)
{
	is_text(refusal_name(REFUSAL_NONE), NULL, "no refusal has no name");
	for (enum refusal r = REFUSAL_BAD_NUMBER; r <= REFUSAL_PASSING; r++)
		ok(refusal_name(r), "refusal %d has a name", (int)r);
	for (enum progress p = PROGRESS_QUEUED; p <= PROGRESS_CANCELLED; p++)
		ok(strcmp(progress_name(p), "?") != 0 &&
		    gateway_progress_rank(p) >= 0 &&
		    gateway_progress_rank(p) <= 4,
		    "progress %d has a name and a rank", (int)p);
	is_int(gateway_progress_rank(PROGRESS_COMPLETED), 4, "an end");
	is_int(gateway_progress_rank(PROGRESS_SENT), 3, "sent is no end");
}

int
main(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g = rig_open(&c);

	test_question(g);
	test_words(g, &c);
	test_recorded(g);
	test_limit(g);
	test_text(g);
	test_call(g);
	test_through(g);
	test_gets(g);
	test_console(g);
	gateway_close(g);
	rig_conf_release(&c);
	test_settings();
	test_open();
	test_words_of_gateway();
	return tap_done();
}
