/*
 * The gateway's list of texts that came in.  What is wrongly missed is
 * somebody's word; what is taken twice has the same hash.
 */
#include "tests/gateway/rig.h"

#define SINCE 1692853305000	/* Thu, 24 Aug 2023 05:01:45 */
#define DATE(hms) "\"date_created\":\"Thu, 24 Aug 2023 " hms " +0000\""
#define NOW DATE("05:02:00")
#define IN "\"direction\":\"inbound\",\"status\":\"received\","       \
	"\"from\":\"+447700900123\",\"to\":\"+447700900999\""
#define ID "\"sid\":\"" RIG_TEXT "\""

static int
read_list(struct gateway *g, const char *items, const char *more,
    struct inbox *ret)
{
	struct http_result r;
	struct err e;
	char *body = mem_printf("{\"messages\":[%s]%s}", items, more);
	int result;

	rig_result(&r, 200, body);
	result = gateway_read_inbox(g, SINCE, &r, ret, &e);
	http_result_release(&r);
	free(body);
	return result;
}

static const struct {
	const char *what, *item, *text;	/* NULL: not for us */
	size_t unread;
} items[] = {
	{ "a text", "{" ID "," IN "," NOW ",\"body\":\"Ok Zo\\u00eb\"}",
	  "Ok Zo\xc3\xab", 0 },
	{ "one with a NUL", "{" ID "," IN "," NOW ",\"body\":\"a\\u0000b\"}",
	  "a\xef\xbf\xbd" "b", 0 },
	{ "one without words", "{" ID "," IN "," NOW "}", "", 0 },
	{ "one of ours", "{" ID ",\"direction\":\"outbound-api\",\"to\":"
	  "\"+447700900123\"," NOW ",\"body\":\"x\"}", NULL, 0 },
	{ "our answer", "{" ID ",\"direction\":\"outbound-reply\"," NOW
	  ",\"body\":\"x\"}", NULL, 0 },
	{ "one to another of our numbers", "{" ID ",\"direction\":"
	  "\"inbound\",\"to\":\"+447700900998\"," NOW ",\"body\":\"x\"}",
	  NULL, 0 },
	{ "one that is still coming in", "{" ID ",\"direction\":\"inbound\","
	  "\"status\":\"receiving\"," NOW ",\"body\":\"x\"}", NULL, 0 },
	{ "an old one", "{" ID "," IN "," DATE("05:01:44") ",\"body\":\"x\"}",
	  NULL, 0 },
	{ "no direction", "{" ID ",\"status\":\"received\"," NOW
	  ",\"body\":\"x\"}", "x", 0 },
	{ "no id", "{" IN "," NOW ",\"body\":\"x\"}", NULL, 1 },
	{ "no instant", "{" ID "," IN ",\"body\":\"x\"}", NULL, 1 },
	{ "nonsense", "7", NULL, 0 },
};

static void
test_items(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(items); i++) {
		struct inbox b = { .n = 0 };

		is_int(read_list(g, items[i].item, "", &b), 0, "%s: read",
		    items[i].what);
		is_int((int)b.n, items[i].text != NULL, "%s: taken",
		    items[i].what);
		is_int((int)b.unread, (int)items[i].unread, "%s: unread",
		    items[i].what);
		if (b.n == 1)
			is_text(b.items[0].text, items[i].text, "%s: words",
			    items[i].what);
		inbox_release(&b);
	}
}

static void
test_request(struct gateway *g)
{
	struct http_request r;

	gateway_inbox(g, &r);
	is_text(r.url, "https://api.example.org/2010-04-01/Accounts/"
	    RIG_ACCOUNT "/Messages.json?To=%2B447700900999&PageSize=50",
	    "what is asked");
	ok(r.method == HTTP_GET && r.user && !r.once, "how");
	http_request_release(&r);
}

#define THREE "{" ID "," IN "," DATE("05:03:00") ",\"body\":\"c\"},"     \
	"{" ID "," IN "," DATE("05:02:00") ",\"body\":\"b\"},"

static void
test_pages(struct gateway *g)
{
	static const char next[] = ",\"next_page_uri\":\"/2010-04-01/x?p=2\"";
	struct inbox b = { .n = 0 };

	is_int(read_list(g, THREE "{" ID "," IN "," DATE("05:01:50")
	    ",\"body\":\"a\"}", next, &b), 0, "the first page");
	ok(!b.complete && b.n == 3, "it goes on");
	is_text(b.next, "https://api.example.org/2010-04-01/x?p=2", "there");
	is_int(read_list(g, "{" ID "," IN "," DATE("05:01:00")
	    ",\"body\":\"old\"}", next, &b), 0, "the second page");
	ok(b.complete && b.n == 3, "reaches back to the instant");
	ok(b.newest == SINCE + 75 * MSEC_SECOND, "the newest of all");
	inbox_release(&b);
	is_int(read_list(g, "{" ID "," IN "," DATE("05:01:00") "},{" ID ","
	    IN "," DATE("05:03:00") "}", next, &b), 0, "not in order");
	ok(!b.complete, "is not believed to be all");
	inbox_release(&b);
	is_int(read_list(g, THREE "{" ID "," IN "," DATE("05:02:00") "}",
	    ",\"next_page_uri\":\"https://elsewhere.example/\"", &b), -1,
	    "a next page elsewhere");
	inbox_release(&b);
}

/* A hook's hash and a list's are the same for the same text. */
static void
test_hash(struct gateway *g)
{
	struct rig_hook h = { .method = HTTP_POST,
		.target = "/hook/main/text", .body = "MessageSid=" RIG_TEXT
		"&From=%2B447700900123&To=%2B447700900999&Body=ok" };
	struct inbox b = { .n = 0 };
	struct event ev;

	is_int(read_list(g, "{" ID "," IN "," NOW ",\"body\":\"ok\"}", "",
	    &b), 0, "listed");
	is_int(rig_deliver(g, &h, &ev), HOOK_EVENT, "and brought");
	ok(memcmp(ev.hash, b.items[0].hash, sizeof(ev.hash)) == 0,
	    "the hashes agree");
	is_text(b.items[0].from, ev.from, "and who wrote");
	event_release(&ev);
	inbox_release(&b);
}

static void
test_no_list(struct gateway *g)
{
	struct http_result r;
	struct inbox b = { .n = 0 };
	struct err e;

	rig_result(&r, 200, "{\"messages\":7}");
	is_int(gateway_read_inbox(g, SINCE, &r, &b, &e), -1, "no list");
	http_result_release(&r);
	rig_result(&r, 401, "{\"code\":20003}");
	is_int(gateway_read_inbox(g, SINCE, &r, &b, &e), -1, "refused: %s",
	    e.text);
	http_result_release(&r);
	is_int((int)b.n, 0, "nothing");
	inbox_release(&b);
}

/* Where nothing reaches us the gateway is given no address of ours. */
static void
test_no_callback(void)
{
	struct config_gateway c = rig_conf();
	struct submission s = { .ref = RIG_REF, .channel = CHANNEL_TEXT,
		.to = "+447700900123", .text = "well?", .valid = 60000 };
	struct http_request r;
	struct gateway *g;

	c.polls = true;
	g = rig_open(&c);
	gateway_submit(g, &s, &r);
	ok(!strstr(buf_text(&r.body), "StatusCallback"), "no callback: %s",
	    buf_text(&r.body));
	ok(!gateway_console_text(g), "and nothing for the console");
	http_request_release(&r);
	gateway_close(g);
	rig_conf_release(&c);
}

int
main(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g = rig_open(&c);

	test_request(g);
	test_items(g);
	test_pages(g);
	test_hash(g);
	test_no_list(g);
	test_no_callback();
	gateway_close(g);
	rig_conf_release(&c);
	return tap_done();
}
