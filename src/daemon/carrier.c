#include "daemon/carrier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/letter.h"
#include "net/mail.h"

/* A listing is followed so far; then it is not complete, and says so. */
#define PAGES_MAX 20

struct carrier {
	struct fetch *fetch;
	const struct clock *clock;
	struct engine *engine;
	struct engine_ops ops;
};

/* One request under way. */
struct errand {
	struct carrier *carrier;
	char gateway[64];
	struct submission submission;	/* of a look-up: to and text are ours */
	char *to, *text;
	msec since;			/* by the gateway's clock, once known */
	bool clock_known;
	int pages;
	int64_t notice;
};

static struct errand *
errand_new(struct carrier *c, struct gateway *g, const char *ref,
    enum channel channel)
{
	struct errand *er = mem_alloc(sizeof(*er));

	er->carrier = c;
	if (g != NULL)
		snprintf(er->gateway, sizeof(er->gateway), "%s",
		    gateway_conf(g)->name);
	if (ref != NULL)
		snprintf(er->submission.ref, sizeof(er->submission.ref), "%s",
		    ref);
	er->submission.channel = channel;
	return er;
}

static void
errand_free(struct errand *er)
{
	free(er->to);
	free(er->text);
	free(er);
}

/* The gateway that the errand went to; NULL where a reload has removed it. */
static struct gateway *
errand_gateway(const struct errand *er)
{
	return engine_gateway(er->carrier->engine, er->gateway);
}

/* ---- attempts ---------------------------------------------------------- */

static void
submitted(struct http_result *r, void *arg)
{
	struct errand *er = arg;
	struct gateway *g = errand_gateway(er);
	struct answer a = {
		.kind = ANSWER_UNCERTAIN,
		.detail = "the gateway was removed meanwhile",
	};

	if (g != NULL)
		gateway_read_submit(g, er->submission.channel, r, &a);
	engine_post_answer(er->carrier->engine, er->submission.ref, &a);
	errand_free(er);
}

static void
carrier_submit(void *arg, struct gateway *g, const struct submission *s)
{
	struct carrier *c = arg;
	struct errand *er = errand_new(c, g, s->ref, s->channel);
	struct http_request r;

	gateway_submit(g, s, &r);
	fetch_start(c->fetch, &r, submitted, er);
}

/* ---- what became of one ------------------------------------------------ */

static void
polled(struct http_result *r, void *arg)
{
	struct errand *er = arg;
	struct gateway *g = errand_gateway(er);
	struct found found;
	struct err e;
	bool told = g != NULL && gateway_read_poll(g, er->submission.channel,
	    r, &found, &e) == 0;

	engine_post_poll(er->carrier->engine, er->submission.ref,
	    told ? &found : NULL);
	errand_free(er);
}

static void
carrier_poll(void *arg, struct gateway *g, const char *ref,
    enum channel channel, const char *gateway_id)
{
	struct carrier *c = arg;
	struct errand *er = errand_new(c, g, ref, channel);
	struct http_request r;

	gateway_poll(g, channel, gateway_id, &r);
	fetch_start(c->fetch, &r, polled, er);
}

/* ---- was it made? ------------------------------------------------------ */

static void looked_up(struct http_result *r, void *arg);

/* Is one of ours on the page? */
static bool
page_has_ours(const struct found_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].ours)
			return true;
	return false;
}

/* From our clock to the gateway's: the answer itself says what it shows. */
static void
set_clock(struct errand *er, const struct http_result *r)
{
	msec date = gateway_date(r);
	msec ahead = date - clock_now(er->carrier->clock);

	if (er->clock_known || date == 0)
		return;
	/* Only ever back: how far it is ahead now, it may not have been then
	 * (ours was put right, or a rehearsal's stood still), and what it made
	 * must not be overlooked. */
	if (ahead < 0)
		er->since += ahead;
	er->clock_known = true;
}

static void
looked_up(struct http_result *r, void *arg)
{
	struct errand *er = arg;
	struct gateway *g = errand_gateway(er);
	struct found_list *l = mem_alloc(sizeof(*l));
	struct http_request next;
	struct err e;

	set_clock(er, r);
	if (g == NULL || gateway_read_lookup(g, &er->submission, er->since, r,
	    l, &e) == -1) {
		free(l);
		engine_post_lookup(er->carrier->engine, er->submission.ref,
		    NULL);
		errand_free(er);
		return;
	}
	if (!page_has_ours(l) && !l->complete && l->next != NULL &&
	    er->pages++ < PAGES_MAX) {
		gateway_lookup_next(g, l->next, &next);
		fetch_start(er->carrier->fetch, &next, looked_up, er);
	} else {
		engine_post_lookup(er->carrier->engine, er->submission.ref, l);
		errand_free(er);
	}
	found_list_release(l);
	free(l);
}

static void
carrier_lookup(void *arg, struct gateway *g, const struct submission *s,
    msec since)
{
	struct carrier *c = arg;
	struct errand *er = errand_new(c, g, s->ref, s->channel);
	struct http_request r;

	er->to = mem_dup(s->to);
	er->text = mem_dup(s->text);
	er->submission.to = er->to;
	er->submission.text = er->text;
	er->since = since;
	gateway_lookup(g, &er->submission, since, &r);
	fetch_start(c->fetch, &r, looked_up, er);
}

/* ---- texts that came in ------------------------------------------------ */

struct fetching {
	struct carrier *carrier;
	char gateway[64];
	msec since;	/* 0: of a few minutes */
	int pages;
	struct inbox inbox;
};

/* The first time: who wrote just before may mean us. */
#define INBOX_FIRST (15 * MSEC_MINUTE)

static void fetched(struct http_result *r, void *arg);

/* It has ended; fault NULL: all was read. */
static void
hand_in(struct fetching *f, const char *fault)
{
	engine_post_inbox(f->carrier->engine, f->gateway, &f->inbox, fault);
	free(f);
}

static void
fetched(struct http_result *r, void *arg)
{
	struct fetching *f = arg;
	struct gateway *g = engine_gateway(f->carrier->engine, f->gateway);
	struct http_request next;
	struct err e;
	msec date = gateway_date(r);

	if (f->since == 0)
		f->since = (date != 0 ? date : clock_now(f->carrier->clock)) -
		    INBOX_FIRST;
	if (g == NULL) {
		hand_in(f, "the gateway was just removed");
	} else if (gateway_read_inbox(g, f->since, r, &f->inbox, &e) == -1) {
		hand_in(f, e.text);
	} else if (f->inbox.complete) {
		hand_in(f, f->inbox.unread > 0 ?
		    "some entries of the list make no sense" : NULL);
	} else if (f->pages++ < PAGES_MAX) {
		gateway_lookup_next(g, f->inbox.next, &next);
		fetch_start(f->carrier->fetch, &next, fetched, f);
	} else {
		hand_in(f, "the list is too long");
	}
}

static void
carrier_inbox(void *arg, struct gateway *g, msec since)
{
	struct carrier *c = arg;
	struct fetching *f = mem_alloc(sizeof(*f));
	struct http_request r;

	f->carrier = c;
	f->since = since;
	snprintf(f->gateway, sizeof(f->gateway), "%s", gateway_conf(g)->name);
	gateway_inbox(g, &r);
	fetch_start(c->fetch, &r, fetched, f);
}

/* ---- e-mail ------------------------------------------------------------ */

/* 4xx may pass, and 5xx will not: but what is wrong with how we sign in is no
 * fault of the mail, and is mended by a reload (RFC 4954, section 6). */
static bool
may_pass(int reply)
{
	return reply < 500 || reply == 530 || reply == 534 || reply == 535 ||
	    reply == 538;
}

static enum post_fate
fate_of(const struct mail_result *r)
{
	switch (r->fate) {
	case MAIL_ACCEPTED:
		return POST_ACCEPTED;
	case MAIL_REFUSED:
		return may_pass(r->reply) ? POST_LATER : POST_REFUSED;
	case MAIL_NOT_SENT:
	case MAIL_UNKNOWN:
		break;
	}
	return POST_LATER;
}

static void
mailed(const struct mail_result *r, void *arg)
{
	struct errand *er = arg;

	engine_post_mail(er->carrier->engine, er->notice, fate_of(r),
	    r->reason);
	errand_free(er);
}

static void
carrier_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct carrier *c = arg;
	const struct config_email *conf = &engine_config(c->engine)->email;
	struct errand *er = errand_new(c, NULL, NULL, CHANNEL_TEXT);
	char id[64];
	uint8_t hash[CRYPTO_SHA256_SIZE];
	struct mail m = {
		.from = conf->from, .to = to, .subject = subject, .text = text,
		.id = id, .date = clock_now(c->clock),
	};
	struct mail_server server = {
		.url = conf->smtp_url, .user = conf->user,
		.password = conf->password, .starttls = conf->starttls,
		.ca_file = conf->ca_file,
	};
	struct buf page = BUF_EMPTY;
	struct err e;
	int sent;

	er->notice = notice;
	/* The same when it is sent again, and another's in another ledger. */
	crypto_sha256(text, strlen(text), hash);
	snprintf(id, sizeof(id), "notice-%lld-%02x%02x%02x%02x",
	    (long long)notice, hash[0], hash[1], hash[2], hash[3]);
	letter_html(text, &page);
	m.html = buf_text(&page);
	sent = mail_send(c->fetch, &server, &m, mailed, er, &e);
	buf_release(&page);
	if (sent == 0)
		return;
	log_error("daemon", "notice=%lld cannot be composed: %s",
	    (long long)notice, e.text);
	engine_post_mail(c->engine, notice, POST_REFUSED, e.text);
	errand_free(er);
}

/* ---- heartbeat --------------------------------------------------------- */

/* Whoever waits for it notices by itself where it does not come. */
static void
has_beaten(struct http_result *r, void *arg)
{
	(void)arg;
	if (r->fate != HTTP_ANSWERED || r->status / 100 != 2)
		log_warn("daemon", "the heartbeat did not arrive: status=%d "
		    "%s", r->status, r->reason);
}

static void
carrier_beat(void *arg, const char *url)
{
	struct carrier *c = arg;
	struct http_request r;

	http_request_init(&r, HTTP_GET, url);
	fetch_start(c->fetch, &r, has_beaten, NULL);
}

/* ---- life -------------------------------------------------------------- */

struct carrier *
carrier_new(struct fetch *fetch, const struct clock *clock)
{
	struct carrier *c = mem_alloc(sizeof(*c));

	c->fetch = fetch;
	c->clock = clock;
	c->ops = (struct engine_ops){
		.submit = carrier_submit,
		.poll = carrier_poll,
		.lookup = carrier_lookup,
		.inbox = carrier_inbox,
		.mail = carrier_mail,
		.beat = carrier_beat,
		.arg = c,
	};
	return c;
}

void
carrier_free(struct carrier *c)
{
	free(c);
}

const struct engine_ops *
carrier_ops(const struct carrier *c)
{
	return &c->ops;
}

void
carrier_serve(struct carrier *c, struct engine *en)
{
	c->engine = en;
}
