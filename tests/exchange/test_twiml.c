/* The documents of calls and texts: what is taken, and what is refused. */
#include "exchange/twiml.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/xml.h"
#include "tap.h"

#define R(inside) "<Response>" inside "</Response>"

static const struct {
	const char *name, *doc;
	enum twiml_kind kind;
	const char *wrong;	/* a piece of the reason; NULL: it is taken */
} cases[] = {
	{ "nothing to do", R(""), TWIML_CALL, NULL },
	{ "an empty element", "<Response/>", TWIML_TEXT, NULL },
	{ "a declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" R(""),
	    TWIML_CALL, NULL },
	{ "a comment", R("<!-- hello --><Say>Hello</Say>"), TWIML_CALL, NULL },
	{ "entities", R("<Say>A &amp; B &#39;x&#x27; &lt;</Say>"), TWIML_CALL,
	    NULL },
	{ "CDATA", R("<Say><![CDATA[A & B]]></Say>"), TWIML_CALL, NULL },
	{ "marks of speech", R("<Say voice=\"Polly.Amy\" language=\"en-GB\">"
	    "<prosody rate=\"85%\">Good</prosody><break time=\"700ms\"/> day"
	    "</Say>"), TWIML_CALL, NULL },
	{ "a question", R("<Gather input=\"dtmf\" numDigits=\"1\" "
	    "timeout=\"10\" finishOnKey=\"\" actionOnEmptyResult=\"true\" "
	    "method=\"POST\" action=\"http://127.0.0.1:1/k?a=4&amp;t=1\">"
	    "<Pause length=\"1\"/><Say>Press 1.</Say></Gather>"), TWIML_CALL,
	    NULL },
	{ "a text", R("<Message>Thank you.</Message>"), TWIML_TEXT, NULL },

	{ "somebody is put through", R("<Say>One moment.</Say>"
	    "<Dial callerId=\"+441154960999\" timeout=\"45\" timeLimit="
	    "\"1200\" method=\"POST\" action=\"http://127.0.0.1:1/t\">"
	    "<Number statusCallbackEvent=\"completed\" statusCallback="
	    "\"http://127.0.0.1:1/t\">+447700900123</Number></Dial>"),
	    TWIML_CALL, NULL },
	{ "to nobody", R("<Dial/>"), TWIML_CALL, "one <Number>" },
	{ "to two", R("<Dial><Number>+447700900123</Number><Number>"
	    "+447700900124</Number></Dial>"), TWIML_CALL, "one <Number>" },
	{ "to a number that is none", R("<Dial><Number>0115 496 0123</Number>"
	    "</Dial>"), TWIML_CALL, "+ and digits" },
	{ "from a name", R("<Dial callerId=\"us\"><Number>+447700900123"
	    "</Number></Dial>"), TWIML_CALL, "callerId" },
	{ "a number outside a Dial", R("<Number>+447700900123</Number>"),
	    TWIML_CALL, "no verb" },
	{ "words in a Dial", R("<Dial><Say>x</Say></Dial>"), TWIML_CALL,
	    "no verb" },

	{ "an empty document", "", TWIML_CALL, "empty" },
	{ "words alone", "hello", TWIML_CALL, "outside" },
	{ "JSON", "{\"a\": 1}", TWIML_CALL, "outside" },
	{ "another root", "<html></html>", TWIML_CALL, "no <Response>" },
	{ "an unknown verb", R("<Speak>Hello</Speak>"), TWIML_CALL,
	    "<Speak> is no verb" },
	{ "a verb in small letters", R("<say>Hello</say>"), TWIML_CALL,
	    "no verb" },
	{ "a text's verb in a call", R("<Message>x</Message>"), TWIML_CALL,
	    "no verb" },
	{ "a call's verb in a text", R("<Say>x</Say>"), TWIML_TEXT,
	    "no verb" },
	{ "an unknown attribute", R("<Say speed=\"2\">Hello</Say>"),
	    TWIML_CALL, "'speed'" },
	{ "numDigits in words", R("<Gather numDigits=\"one\"/>"), TWIML_CALL,
	    "numDigits" },
	{ "numDigits of nought", R("<Gather numDigits=\"0\"/>"), TWIML_CALL,
	    "numDigits" },
	{ "a key that there is not", R("<Gather finishOnKey=\"x\"/>"),
	    TWIML_CALL, "finishOnKey" },
	{ "neither true nor false", R("<Gather actionOnEmptyResult=\"1\"/>"),
	    TWIML_CALL, "actionOnEmptyResult" },
	{ "a method", R("<Gather method=\"PUT\"/>"), TWIML_CALL, "method" },
	{ "speech is not simulated", R("<Gather input=\"speech\"/>"),
	    TWIML_CALL, "input" },
	{ "a question in a question", R("<Gather><Gather/></Gather>"),
	    TWIML_CALL, "no verb" },
	{ "hanging up in a question", R("<Gather><Hangup/></Gather>"),
	    TWIML_CALL, "no verb" },
	{ "words in a pause", R("<Pause>x</Pause>"), TWIML_CALL, "nothing" },
	{ "an element in words", R("<Say>a<b>c</b></Say>"), TWIML_CALL,
	    "may not hold <b>" },
	{ "words outside a verb", R("hello"), TWIML_CALL, "outside a verb" },
	{ "an attribute of the root", "<Response a=\"1\"/>", TWIML_CALL,
	    "no attributes" },

	{ "a bare ampersand", R("<Say>A & B</Say>"), TWIML_CALL, "&amp;" },
	{ "a bare ampersand in a URL", R("<Gather action=\"/a?b=1&c=2\"/>"),
	    TWIML_CALL, "&amp;" },
	{ "an unknown entity", R("<Say>&nbsp;</Say>"), TWIML_CALL,
	    "no such entity" },
	{ "a number that is no character", R("<Say>&#0;</Say>"), TWIML_CALL,
	    "no such entity" },
	{ "a number too long", R("<Say>&#x110000000;</Say>"), TWIML_CALL,
	    "entity" },
	{ "a surrogate", R("<Say>&#xD800;</Say>"), TWIML_CALL, "entity" },
	{ "a doctype", "<!DOCTYPE x [<!ENTITY a \"b\">]>" R(""), TWIML_CALL,
	    "name is missing" },
	{ "an instruction inside", R("<?php x ?>"), TWIML_CALL,
	    "name is missing" },
	{ "an element left open", "<Response><Say>x</Say>", TWIML_CALL,
	    "not closed" },
	{ "closed in the wrong order", "<Response><Say>x</Response></Say>",
	    TWIML_CALL, "not open" },
	{ "two roots", R("") R(""), TWIML_CALL, "end" },
	{ "an attribute twice", R("<Say loop=\"1\" loop=\"2\">x</Say>"),
	    TWIML_CALL, "twice" },
	{ "an attribute without quotes", R("<Pause length=1/>"), TWIML_CALL,
	    "quoted" },
	{ "an attribute without end", "<Response a=\"", TWIML_CALL,
	    "does not end" },
	{ "a comment without end", R("<!-- "), TWIML_CALL, "-->" },
	{ "a tag cut off", "<Response><Say", TWIML_CALL, "not ended" },
	{ "a control character", R("<Say>\x01</Say>"), TWIML_CALL,
	    "no character" },
	{ "an overlong encoding", R("<Say>\xc0\xaf</Say>"), TWIML_CALL,
	    "no character" },
	{ "Latin 1", R("<Say>caf\xe9</Say>"), TWIML_CALL, "no character" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct twiml t = { .n = 0 };
		struct err e = { "" };
		int result = twiml_parse(cases[i].kind, cases[i].doc,
		    strlen(cases[i].doc), &t, &e);
		if (cases[i].wrong == NULL)
			ok(result == 0, "%s is taken (%s)", cases[i].name,
			    e.text);
		else if (!ok(result == -1 && strstr(e.text, cases[i].wrong)
		    != NULL, "%s is refused", cases[i].name))
			printf("# result %d, reason: %s\n", result, e.text);
		twiml_release(&t);
	}
}

static void
test_fields(void)
{
	static const char doc[] = R(
	    "<Say>One &amp; two three</Say>"
	    "<Gather numDigits=\"2\" timeout=\"7\" finishOnKey=\"*\" "
	    "action=\"/next?a=1&amp;b=2\"><Pause length=\"2\"/>"
	    "<Say loop=\"2\">Press</Say></Gather>"
	    "<Redirect method=\"GET\">http://127.0.0.1/x</Redirect>"
	    "<Reject reason=\"busy\"/><Hangup/>");
	struct twiml t = { .n = 0 };
	struct err e = { "" };

	is_int(twiml_parse(TWIML_CALL, doc, sizeof(doc) - 1, &t, &e), 0,
	    "the document is read (%s)", e.text);
	is_int(t.n, 7, "seven verbs");
	is_text(t.steps[0].text, "One & two three", "words");
	is_int(t.steps[0].lasts, 4 * 400, "four words last so long");
	is_text(t.steps[1].action, "/next?a=1&b=2", "the action");
	is_int(t.steps[1].digits, 2, "the digits");
	is_int(t.steps[1].timeout, 7000, "the timeout");
	is_text(t.steps[1].finish_on, "*", "the key that ends it");
	is_int(t.steps[1].on_empty, 0, "silence falls through");
	is_int(t.steps[1].nested, 2, "two verbs are inside");
	is_int(t.steps[2].lasts, 2000, "the pause");
	is_int(t.steps[3].lasts, 1200, "said twice");
	ok(t.steps[4].get, "fetched by GET");
	is_text(t.steps[4].text, "http://127.0.0.1/x", "the redirect");
	ok(t.steps[5].busy, "rejected as busy");
	twiml_release(&t);
}

static void
test_defaults(void)
{
	static const char doc[] = R("<Gather/><Pause/>");
	struct twiml t = { .n = 0 };

	is_int(twiml_parse(TWIML_CALL, doc, sizeof(doc) - 1, &t, NULL), 0,
	    "a bare question");
	is_int(t.steps[0].timeout, 5000, "five seconds by default");
	is_text(t.steps[0].finish_on, "#", "# ends it by default");
	ok(t.steps[0].action == NULL, "no action");
	is_int(t.steps[1].lasts, 1000, "a second's pause");
	twiml_release(&t);
}

/* Every beginning of a good document is refused, and nothing is read behind
 * its end: the sanitizers watch. */
static void
test_beginnings(void)
{
	static const char doc[] = "<?xml version=\"1.0\"?><Response>"
	    "<Gather action=\"http://h/?a=1&amp;b=2\" numDigits='1'>"
	    "<Say>It&#8217;s <break time=\"1s\"/>you</Say></Gather>"
	    "<!-- x --><Pause/></Response>";
	int taken = 0;

	for (size_t n = 0; n < sizeof(doc) - 1; n++) {
		struct twiml t = { .n = 0 };
		/* exactly so long, without a NUL behind it */
		char *exact = mem_alloc(n > 0 ? n : 1);
		memcpy(exact, doc, n);
		if (twiml_parse(TWIML_CALL, exact, n, &t, NULL) == 0) {
			taken++;
			twiml_release(&t);
		}
		free(exact);
	}
	is_int(taken, 0, "no beginning of a document is taken for one");
}

static void
test_bounds(void)
{
	struct buf b = BUF_EMPTY;
	struct twiml t = { .n = 0 };
	struct err e = { "" };

	buf_add(&b, "<Response>");
	for (int i = 0; i < TWIML_MAX_STEPS + 1; i++)
		buf_add(&b, "<Pause/>");
	buf_add(&b, "</Response>");
	is_int(twiml_parse(TWIML_CALL, buf_text(&b), b.len, &t, &e), -1,
	    "too many verbs");
	buf_clear(&b);
	for (int i = 0; i < 10000; i++)
		buf_add(&b, "<Say>");
	is_int(twiml_parse(TWIML_CALL, buf_text(&b), b.len, &t, &e), -1,
	    "nested without end");
	buf_clear(&b);
	buf_add(&b, "<Response>");
	while (b.len <= XML_MAX_BYTES)
		buf_add(&b, "          ");
	is_int(twiml_parse(TWIML_CALL, buf_text(&b), b.len, &t, &e), -1,
	    "too long");
	buf_clear(&b);
	buf_add(&b, "<Response><Say");
	for (int i = 0; i < 100; i++)
		buf_addf(&b, " a%d=\"1\"", i);
	buf_add(&b, "/></Response>");
	is_int(twiml_parse(TWIML_CALL, buf_text(&b), b.len, &t, &e), -1,
	    "too many attributes");
	buf_release(&b);
}

int
main(void)
{
	test_cases();
	test_fields();
	test_defaults();
	test_beginnings();
	test_bounds();
	return tap_done();
}
