/*
 * The gateway's listings, in which an attempt is looked for whose create
 * nobody is sure of.  What is wrongly found is an attempt that was never
 * made; what is wrongly missed is one that is made twice.
 */
#include "tests/gateway/rig.h"

#define AT "\"date_created\":\"Thu, 24 Aug 2023 05:01:45 +0000\""
#define SINCE 1692853305000	/* that instant */
#define BEFORE "\"date_created\":\"Thu, 24 Aug 2023 05:01:39 +0000\""
#define JUST_BEFORE "\"date_created\":\"Thu, 24 Aug 2023 05:01:40 +0000\""
#define AFTER "\"date_created\":\"Thu, 24 Aug 2023 05:02:00 +0000\""
#define OUT "\"direction\":\"outbound-api\",\"to\":\"+447700900123\""

static const struct submission text = { .channel = CHANNEL_TEXT,
	.to = "+447700900123", .text = "Are you \"well\", Zoë? " };
static const struct submission call = { .channel = CHANNEL_CALL,
	.to = "+447700900123" };

#define BODY "\"body\":\"Are you \\\"well\\\", Zo\\u00eb?\""

static int
look(struct gateway *g, const struct submission *s, const char *body,
    struct found_list *ret)
{
	struct http_result r;
	struct err e;
	int result;

	*ret = (struct found_list){ .n = 0 };
	rig_result(&r, 200, body);
	result = gateway_read_lookup(g, s, SINCE, &r, ret, &e);
	http_result_release(&r);
	return result;
}

static const struct {
	const char *what, *item;
	const struct submission *s;
	int n;		/* entries that are listed */
	bool ours;
} items[] = {
	{ "our text", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT "," AT ","
	  BODY "}", &text, 1, true },
	{ "our text, a little before", "{\"sid\":\"SM1\",\"status\":\"sent\","
	  OUT "," JUST_BEFORE "," BODY "}", &text, 1, true },
	{ "long before", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT ","
	  BEFORE "," BODY "}", &text, 0, false },
	{ "another text", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT "," AT
	  ",\"body\":\"Are you ill?\"}", &text, 1, false },
	{ "a trial account's text", "{\"sid\":\"SM1\",\"status\":\"queued\","
	  OUT "," AT ",\"body\":\"Sent from your Twilio trial account - "
	  "Are you \\\"well\\\", Zo\\u00eb?\"}", &text, 1, true },
	{ "no text", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT "," AT "}",
	  &text, 1, false },
	{ "an empty text", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT ","
	  AT ",\"body\":\"\"}", &text, 1, false },
	{ "an answer to a text", "{\"sid\":\"SM1\",\"status\":\"queued\","
	  "\"direction\":\"outbound-reply\"," AT "," BODY "}", &text, 1,
	  false },
	{ "a text from there", "{\"sid\":\"SM1\",\"status\":\"received\","
	  "\"direction\":\"inbound\"," AT "," BODY "}", &text, 1, false },
	{ "somebody else's text", "{\"sid\":\"SM1\",\"status\":\"queued\","
	  "\"direction\":\"outbound-api\",\"to\":\"+447700900124\"," AT ","
	  BODY "}", &text, 1, false },
	{ "the number in other clothes", "{\"sid\":\"SM1\",\"status\":"
	  "\"queued\",\"to\":\"44 7700 900123\"," AT "," BODY "}", &text, 1,
	  true },
	{ "no date", "{\"sid\":\"SM1\",\"status\":\"queued\"," OUT "," BODY
	  "}", &text, 1, true },
	{ "our call", "{\"sid\":\"CA1\",\"status\":\"ringing\"," OUT "," AT
	  "}", &call, 1, true },
	{ "a call to us", "{\"sid\":\"CA1\",\"status\":\"ringing\","
	  "\"direction\":\"inbound\"," AT "}", &call, 1, false },
	{ "a call that was put through", "{\"sid\":\"CA1\",\"status\":"
	  "\"ringing\",\"direction\":\"outbound-dial\"," AT "}", &call, 1,
	  false },
};

static void
test_items(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(items); i++) {
		bool is_call = items[i].s->channel == CHANNEL_CALL;
		char *body = mem_printf("{\"%s\":[%s],\"next_page_uri\":null}",
		    is_call ? "calls" : "messages", items[i].item);
		struct found_list l;

		is_int(look(g, items[i].s, body, &l), 0, "%s",
		    items[i].what);
		is_int(l.n, items[i].n, "%s: listed", items[i].what);
		is_int(l.n > 0 && l.items[0].ours, items[i].ours, "%s: ours",
		    items[i].what);
		ok(l.complete && !l.next, "%s: the last page",
		    items[i].what);
		found_list_release(&l);
		free(body);
	}
}

#define ONE(id, date) \
	"{\"sid\":\"" id "\",\"status\":\"queued\"," OUT "," date "}"
#define NEXT "\"next_page_uri\":\"/2010-04-01/Accounts/AC1/Calls.json?Page=1\""
#define NEXT_URL \
	"https://api.example.org/2010-04-01/Accounts/AC1/Calls.json?Page=1"

static const struct {
	const char *what, *body;
	int result, n;
	bool complete;
	const char *next;
} pages[] = {
	{ "an empty list", "{\"calls\":[]}", 0, 0, true, NULL },
	{ "a page with another behind it", "{\"calls\":[" ONE("CA2", AFTER)
	  "," ONE("CA1", AT) "]," NEXT "}", 0, 2, false, NEXT_URL },
	{ "a page that reaches back", "{\"calls\":[" ONE("CA2", AFTER) ","
	  ONE("CA1", BEFORE) "]," NEXT "}", 0, 1, true, NULL },
	{ "a page in no order", "{\"calls\":[" ONE("CA1", BEFORE) ","
	  ONE("CA2", AFTER) "]," NEXT "}", 0, 1, false, NEXT_URL },
	{ "a page with no date in it", "{\"calls\":[" ONE("CA2", "\"x\":1")
	  "," ONE("CA1", BEFORE) "]," NEXT "}", 0, 1, false, NEXT_URL },
	{ "an empty page in the middle", "{\"calls\":[]," NEXT "}", 0, 0,
	  false, NEXT_URL },
	{ "an absolute next page", "{\"calls\":[],\"next_page_uri\":\""
	  NEXT_URL "\"}", 0, 0, false, NEXT_URL },
	{ "an empty next page", "{\"calls\":[],\"next_page_uri\":\"\"}", 0, 0,
	  true, NULL },
	{ "a next page elsewhere", "{\"calls\":[],\"next_page_uri\":"
	  "\"https://evil.example/x\"}", -1, 0, false, NULL },
	{ "a next page with a host that begins as ours",
	  "{\"calls\":[],\"next_page_uri\":"
	  "\"https://api.example.org.evil.example/x\"}", -1, 0, false, NULL },
	{ "a next page with a user", "{\"calls\":[],\"next_page_uri\":"
	  "\"@evil.example/x\"}", -1, 0, false, NULL },
	{ "a next page with a line's end", "{\"calls\":[],\"next_page_uri\":"
	  "\"/x\\r\\nHost: evil\"}", -1, 0, false, NULL },
	{ "texts where calls were asked for", "{\"messages\":[]}", -1, 0,
	  false, NULL },
	{ "no list", "{\"calls\":{}}", -1, 0, false, NULL },
	{ "an entry without an id", "{\"calls\":[{\"status\":\"queued\"}]}",
	  -1, 0, false, NULL },
	{ "an entry that is none", "{\"calls\":[null]}", -1, 0, false, NULL },
	{ "an entry with a strange status", "{\"calls\":[{\"sid\":\"CA1\","
	  "\"status\":\"dreaming\"," OUT "," AT "}]}", 0, 1, true, NULL },
	{ "a NUL in somebody's words", "{\"calls\":[{\"sid\":\"CA1\","
	  "\"caller_name\":\"\\u0000\"," OUT "," AT "}]}", 0, 1, true, NULL },
	{ "no JSON", "<html>", -1, 0, false, NULL },
};

static void
test_pages(struct gateway *g)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		struct found_list l;

		is_int(look(g, &call, pages[i].body, &l), pages[i].result,
		    "%s", pages[i].what);
		is_int(l.n, pages[i].n, "%s: entries", pages[i].what);
		is_int(l.complete, pages[i].complete, "%s: complete",
		    pages[i].what);
		is_text(l.next, pages[i].next, "%s: next", pages[i].what);
		found_list_release(&l);
	}
}

static void
test_next(struct gateway *g)
{
	struct http_request r;

	gateway_lookup_next(g, NEXT_URL, &r);
	is_text(r.url, NEXT_URL, "the next page's request");
	is_text(r.password, RIG_TOKEN, "has our password");
	ok(!r.once, "and may be repeated");
	http_request_release(&r);
}

/* More than a list holds: never "complete", never beyond its end. */
static void
test_many(struct gateway *g)
{
	struct buf b = BUF_EMPTY;
	struct found_list l;

	buf_add(&b, "{\"calls\":[");
	for (int i = 0; i < 101; i++)
		buf_addf(&b, "%s" ONE("CA%d", AT), i > 0 ? "," : "", i);
	buf_add(&b, "]}");
	is_int(look(g, &call, buf_text(&b), &l), -1, "101 entries");
	buf_release(&b);
}

static void
test_failures(struct gateway *g)
{
	struct http_result r = { .fate = HTTP_UNKNOWN, .reason = "timed out" };
	struct found_list l = { .n = 7 };
	struct err e;

	is_int(gateway_read_lookup(g, &call, SINCE, &r, &l, &e), -1,
	    "timed out");
	is_text(e.text, "timed out", "its reason");
	rig_result(&r, 503, "{\"calls\":[]}");
	is_int(gateway_read_lookup(g, &call, SINCE, &r, &l, &e), -1, "503");
	is_int(l.n, 7, "the list is untouched");
	http_result_release(&r);
}

static void
test_prefix(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g;
	struct found_list l;

	c.path_prefix = "/api/laml";
	g = rig_open(&c);
	is_int(look(g, &call, "{\"calls\":[]," NEXT "}", &l), 0, "prefix");
	is_text(l.next, "https://api.example.org/api/laml/2010-04-01/Accounts"
	    "/AC1/Calls.json?Page=1", "a next page without its prefix");
	found_list_release(&l);
	is_int(look(g, &call, "{\"calls\":[],\"next_page_uri\":"
	    "\"/api/laml/2010-04-01/x\"}", &l), 0, "prefix");
	is_text(l.next, "https://api.example.org/api/laml/2010-04-01/x",
	    "a next page with its prefix");
	found_list_release(&l);
	gateway_close(g);
	rig_conf_release(&c);
}

int
main(void)
{
	struct config_gateway c = rig_conf();
	struct gateway *g = rig_open(&c);

	test_items(g);
	test_pages(g);
	test_next(g);
	test_many(g);
	test_failures(g);
	gateway_close(g);
	rig_conf_release(&c);
	test_prefix();
	return tap_done();
}
