#include "gateway/twilio.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/form.h"

#define TEXT_MIN_VALID 1	/* seconds; the API's bounds */
#define TEXT_MAX_VALID 36000
#define CALL_MAX_RING 600
#define CALL_TIME_LIMIT "300"	/* seconds; three prompts need some 90 */
#define CALL_MAX_LASTS 14400
#define PAGE_SIZE "50"
#define MAX_LISTING (512 * 1024)

static int
open_gateway(struct gateway *g, struct err *e)
{
	const struct config_gateway *c = g->conf;
	struct twilio *t;

	if (!c->account_sid || c->account_sid[0] == '\0')
		return err_set(e, "account_sid is missing; "
		    "it stands on the first page of the gateway's console");
	if (!c->auth_tokens[0])
		return err_set(e, "auth_token_file is missing; "
		    "hooks are checked with the account's token, "
		    "also where requests use an API key");
	if (c->api_key_sid && !c->api_key_secret)
		return err_set(e, "api_key_sid has no secret; "
		    "give api_key_secret_file too, or neither");
	t = mem_alloc(sizeof(*t));
	for (size_t i = 0; i < COUNT(c->auth_tokens); i++) {
		const char *token = c->auth_tokens[i];

		if (token)
			t->keys[t->n_keys++] =
			    crypto_mac_sha1(token, strlen(token));
	}
	g->data = t;
	return 0;
}

static void
close_gateway(struct gateway *g)
{
	struct twilio *t = g->data;

	for (size_t i = 0; i < t->n_keys; i++)
		crypto_mac_free(t->keys[i]);
	free(t);
	g->data = NULL;
}

/* A request to that URL, with all that every request of the gateway has. */
static void
init_request(const struct gateway *g, enum http_method method,
    const char *url, struct http_request *ret)
{
	const struct config_gateway *c = g->conf;
	bool key = c->api_key_sid != NULL;

	http_request_init(ret, method, url);
	ret->user = mem_dup(key ? c->api_key_sid : c->account_sid);
	ret->password = mem_dup(key ? c->api_key_secret : c->auth_tokens[0]);
	ret->proxy = mem_dup(c->proxy);
	ret->ca_file = mem_dup(c->ca_file);
}

static const char *
resource_name(enum channel channel)
{
	return channel == CHANNEL_CALL ? "Calls" : "Messages";
}

/* The address of the account's calls or texts, without ".json". */
static void
add_resource(struct buf *b, const struct gateway *g, enum channel channel)
{
	buf_addf(b, "%s%s/2010-04-01/Accounts/", g->conf->base_url,
	    g->conf->path_prefix ? g->conf->path_prefix : "");
	buf_add_url(b, g->conf->account_sid);
	buf_addf(b, "/%s", resource_name(channel));
}

static const char *
sender(const struct gateway *g, enum channel channel)
{
	const char *from = channel == CHANNEL_CALL ? g->conf->call_from :
	    g->conf->text_from;

	return from ? from : "";
}

static int64_t
seconds(msec length, int64_t least, int64_t most)
{
	int64_t s = length / 1000 + (length % 1000 > 0);

	return s < least ? least : s > most ? most : s;
}

static void
add_number(struct buf *b, const char *name, int64_t value)
{
	char *text = mem_printf("%lld", (long long)value);

	form_add(b, name, text);
	free(text);
}

static void
add_status_callback(struct buf *b, const struct gateway *g, const char *path,
    const char *ref)
{
	char *tail = mem_printf("%s?a=%s" TWILIO_AGAIN, path, ref);
	char *url = gateway_hook_url(g, tail);

	form_add(b, "StatusCallback", url);
	free(url);
	free(tail);
}

static void
add_text(struct buf *b, const struct gateway *g, const struct submission *s)
{
	form_add(b, "Body", s->text);
	/* Where nothing reaches us the address would be refused (21609). */
	if (!g->conf->polls)
		add_status_callback(b, g, "text-status", s->ref);
	add_number(b, "ValidityPeriod",
	    seconds(s->valid, TEXT_MIN_VALID, TEXT_MAX_VALID));
}

/*
 * The script travels inside the request, so that whoever answers hears it
 * even while nothing reaches us.
 */
static void
add_call(struct buf *b, const struct gateway *g, const struct submission *s)
{
	static const char *const events[] = { "initiated", "ringing",
		"answered", "completed" };
	struct buf document = BUF_EMPTY;

	twilio_say_document(g, s->script, TWILIO_MAX_INLINE, &document);
	form_add(b, "Twiml", buf_text(&document));
	add_status_callback(b, g, "call-status", s->ref);
	for (size_t i = 0; i < COUNT(events); i++)
		form_add(b, "StatusCallbackEvent", events[i]);
	form_add(b, "StatusCallbackMethod", "POST");
	add_number(b, "Timeout", seconds(s->ring, 1, CALL_MAX_RING));
	if (s->lasts > 0)
		add_number(b, "TimeLimit", seconds(s->lasts, 1,
		    CALL_MAX_LASTS));
	else
		form_add(b, "TimeLimit", CALL_TIME_LIMIT);
	buf_release(&document);
}

static void
submit(struct gateway *g, const struct submission *s, struct http_request *ret)
{
	struct buf url = BUF_EMPTY;

	add_resource(&url, g, s->channel);
	buf_add(&url, ".json");
	init_request(g, HTTP_POST, buf_text(&url), ret);
	ret->once = true;
	form_add(&ret->body, "To", s->to);
	form_add(&ret->body, "From", sender(g, s->channel));
	if (s->channel == CHANNEL_CALL)
		add_call(&ret->body, g, s);
	else
		add_text(&ret->body, g, s);
	buf_release(&url);
}

static void
poll(struct gateway *g, enum channel channel, const char *gateway_id,
    struct http_request *ret)
{
	struct buf url = BUF_EMPTY;

	add_resource(&url, g, channel);
	buf_addc(&url, '/');
	buf_add_url(&url, gateway_id);
	buf_add(&url, ".json");
	init_request(g, HTTP_GET, buf_text(&url), ret);
	buf_release(&url);
}

/*
 * No filter by date: what waits in the gateway's queue has neither a start
 * nor a date of sending yet, and would be left out.
 */
static void
lookup(struct gateway *g, const struct submission *s, msec since,
    struct http_request *ret)
{
	struct buf url = BUF_EMPTY, query = BUF_EMPTY;

	(void)since;
	form_add(&query, "To", s->to);
	form_add(&query, "From", sender(g, s->channel));
	form_add(&query, "PageSize", PAGE_SIZE);
	add_resource(&url, g, s->channel);
	buf_addf(&url, ".json?%s", buf_text(&query));
	init_request(g, HTTP_GET, buf_text(&url), ret);
	ret->max_answer = MAX_LISTING;
	buf_release(&url);
	buf_release(&query);
}

/* Newest first; no filter by date, which is a day's at the finest. */
static void
inbox(struct gateway *g, struct http_request *ret)
{
	struct buf url = BUF_EMPTY, query = BUF_EMPTY;

	form_add(&query, "To", sender(g, CHANNEL_TEXT));
	form_add(&query, "PageSize", PAGE_SIZE);
	add_resource(&url, g, CHANNEL_TEXT);
	buf_addf(&url, ".json?%s", buf_text(&query));
	init_request(g, HTTP_GET, buf_text(&url), ret);
	ret->max_answer = MAX_LISTING;
	buf_release(&url);
	buf_release(&query);
}

static void
lookup_next(struct gateway *g, const char *next, struct http_request *ret)
{
	init_request(g, HTTP_GET, next, ret);
	ret->max_answer = MAX_LISTING;
}

const struct gateway_driver twilio_driver = {
	.name = "twilio",
	.console_text = "text" TWILIO_AGAIN,
	.console_call = "call" TWILIO_AGAIN,
	.console_call_end = "call-end" TWILIO_AGAIN,
	.open = open_gateway,
	.close = close_gateway,
	.submit = submit,
	.read_submit = twilio_read_submit,
	.poll = poll,
	.read_poll = twilio_read_poll,
	.lookup = lookup,
	.read_lookup = twilio_read_lookup,
	.lookup_next = lookup_next,
	.inbox = inbox,
	.read_inbox = twilio_read_inbox,
	.read_hook = twilio_hook_read,
	.say = twilio_say,
	.acknowledge = twilio_say_acknowledge,
};
