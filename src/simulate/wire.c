#include "simulate/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/direct.h"

#define MAIL_TAKES 50
#define INBOX_FIRST (15 * MSEC_MINUTE)	/* as the daemon has it */

/* An answer on its way back. */
struct wire_errand {
	struct wire_errand *next;
	msec at;
	enum { ERRAND_SUBMIT, ERRAND_POLL, ERRAND_LOOKUP, ERRAND_MAIL,
	    ERRAND_INBOX } kind;
	char ref[GATEWAY_REF_SIZE];
	int64_t notice;
	bool told;
	struct answer answer;
	struct found found;
	struct found_list list;
	struct inbox inbox;
	char gateway[64], fault[128];
};

/* A webhook that the engine has not answered yet. */
struct wire_hook {
	struct wire_hook *next;
	struct wire *wire;
	struct exchange *exchange;
	uint64_t token;
	enum event_kind kind;
};

void
wire_add(struct wire *w, const char *gateway, struct exchange *x)
{
	if (w->n_lines == WIRE_MAX)
		abort();
	w->lines[w->n_lines++] = (struct wire_line){ gateway, x };
}

static struct exchange *
exchange_of(const struct wire *w, const struct gateway *g)
{
	for (int i = 0; i < w->n_lines; i++)
		if (strcmp(w->lines[i].gateway, gateway_conf(g)->name) == 0)
			return w->lines[i].exchange;
	abort();	/* the owner added one for each */
}

static struct wire_errand *
errand(struct wire *w, msec later, const char *ref)
{
	struct wire_errand *er = mem_alloc(sizeof(*er)), **at = &w->errands;

	er->at = *w->now + later;
	if (ref != NULL)
		snprintf(er->ref, sizeof(er->ref), "%s", ref);
	while (*at != NULL && (*at)->at <= er->at)
		at = &(*at)->next;
	er->next = *at;
	*at = er;
	return er;
}

/* ---- the engine's effects ---------------------------------------------- */

static void
on_submit(void *arg, struct gateway *g, const struct submission *s)
{
	struct wire *w = arg;
	struct http_request q;
	struct http_result back;
	struct answer a;
	msec later;

	if (*w->deaf)
		return;
	if (w->ears.create != NULL)
		w->ears.create(w->ears.arg, s);
	gateway_submit(g, s, &q);
	direct_ask(exchange_of(w, g), *w->now, &q, &back, &later);
	gateway_read_submit(g, s->channel, &back, &a);
	errand(w, later, s->ref)->answer = a;
	http_result_release(&back);
	http_request_release(&q);
}

static void
on_poll(void *arg, struct gateway *g, const char *ref, enum channel channel,
    const char *gateway_id)
{
	struct wire *w = arg;
	struct wire_errand *er;
	struct http_request q;
	struct http_result back;
	struct err e;
	msec later;

	if (*w->deaf)
		return;
	gateway_poll(g, channel, gateway_id, &q);
	direct_ask(exchange_of(w, g), *w->now, &q, &back, &later);
	er = errand(w, later, ref);
	er->kind = ERRAND_POLL;
	er->told = gateway_read_poll(g, channel, &back, &er->found, &e) == 0;
	http_result_release(&back);
	http_request_release(&q);
}

/* All pages at once; a real client walks them one after the other. */
static void
on_lookup(void *arg, struct gateway *g, const struct submission *s, msec since)
{
	struct wire *w = arg;
	struct exchange *x = exchange_of(w, g);
	struct wire_errand *er;
	struct http_request q;
	struct http_result back;
	struct err e;
	msec later;

	if (*w->deaf)
		return;
	gateway_lookup(g, s, since, &q);
	direct_ask(x, *w->now, &q, &back, &later);
	er = errand(w, later, s->ref);
	er->kind = ERRAND_LOOKUP;
	er->told = gateway_read_lookup(g, s, since, &back, &er->list, &e) == 0;
	while (er->told && !er->list.complete && er->list.next != NULL) {
		http_result_release(&back);
		http_request_release(&q);
		gateway_lookup_next(g, er->list.next, &q);
		free(er->list.next);
		direct_ask(x, *w->now, &q, &back, &later);
		er->told = gateway_read_lookup(g, s, since, &back, &er->list,
		    &e) == 0;
	}
	if (er->told)
		free(er->list.next);	/* the items are wanted */
	er->list.next = NULL;
	http_result_release(&back);
	http_request_release(&q);
}

static void
on_inbox(void *arg, struct gateway *g, msec since)
{
	struct wire *w = arg;
	struct exchange *x = exchange_of(w, g);
	struct wire_errand *er;
	struct http_request q;
	struct http_result back;
	struct err e;
	msec later;
	bool told, more;

	if (*w->deaf)
		return;
	if (since == 0)
		since = *w->now - INBOX_FIRST;
	gateway_inbox(g, &q);
	direct_ask(x, *w->now, &q, &back, &later);
	er = errand(w, later, NULL);
	er->kind = ERRAND_INBOX;
	snprintf(er->gateway, sizeof(er->gateway), "%s", gateway_conf(g)->name);
	do {
		told = gateway_read_inbox(g, since, &back, &er->inbox,
		    &e) == 0;
		more = told && !er->inbox.complete;
		http_result_release(&back);
		http_request_release(&q);
		if (!more)
			break;
		gateway_lookup_next(g, er->inbox.next, &q);
		direct_ask(x, *w->now, &q, &back, &later);
	} while (more);
	if (!told)
		snprintf(er->fault, sizeof(er->fault), "%.120s", e.text);
}

static void
on_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct wire *w = arg;
	struct wire_errand *er;

	if (*w->deaf)
		return;
	er = errand(w, MAIL_TAKES, NULL);
	er->kind = ERRAND_MAIL;
	er->notice = notice;
	if (w->ears.mail != NULL)
		w->ears.mail(w->ears.arg, notice, to, subject, text);
}

static void
on_beat(void *arg, const char *url)
{
	struct wire *w = arg;

	(void)url;
	if (!*w->deaf && w->ears.beat != NULL)
		w->ears.beat(w->ears.arg);
}

struct engine_ops
wire_ops(struct wire *w)
{
	return (struct engine_ops){
		.submit = on_submit, .poll = on_poll, .lookup = on_lookup,
		.inbox = on_inbox, .mail = on_mail, .beat = on_beat, .arg = w,
	};
}

/* ---- hooks ------------------------------------------------------------- */

static void
delivered(struct wire_hook *h, const struct hook_answer *answer)
{
	struct http_result back = { .fate = HTTP_ANSWERED, .status = 503 };

	if (answer != NULL) {
		back.status = answer->status;
		buf_add(&back.body, buf_text(&answer->body));
		if (answer->content_type != NULL)
			http_fields_add(&back.fields, "Content-Type",
			    answer->content_type);
	}
	exchange_delivered(h->exchange, *h->wire->now, h->token, &back);
	http_result_release(&back);
}

static void
refuse(struct wire *w, struct exchange *x, uint64_t token, int status,
    enum http_fate fate)
{
	struct http_result back = { .fate = fate, .status = status };

	exchange_delivered(x, *w->now, token, &back);
}

static void
unlink_hook(struct wire_hook *h)
{
	struct wire_hook **at = &h->wire->hooks;

	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
}

static void
answered(void *arg, const struct hook_answer *answer)
{
	struct wire_hook *h = arg;
	struct wire *w = h->wire;

	unlink_hook(h);
	if (*w->deaf) {
		refuse(w, h->exchange, h->token, 0, HTTP_UNKNOWN);
	} else {
		if (w->ears.answer != NULL)
			w->ears.answer(w->ears.arg, h->kind, answer);
		delivered(h, answer);
	}
	free(h);
}

/* What a call plays is fetched as the daemon serves it. */
static void
fetch_media(struct wire *w, struct exchange *x, const char *path,
    uint64_t token)
{
	const struct config_recording *r = config_play(
	    engine_config(*w->engine), path);
	struct http_result back = { .fate = HTTP_ANSWERED, .status = 404 };

	if (r != NULL) {
		back.status = 200;
		buf_addn(&back.body, r->bytes, r->n);
		http_fields_add(&back.fields, "Content-Type", r->type);
	}
	exchange_delivered(x, *w->now, token, &back);
	http_result_release(&back);
}

/* A webhook arrives at the daemon's door. */
static void
arrive(struct wire *w, const struct wire_line *line,
    const struct http_request *q, uint64_t token)
{
	struct engine *en = *w->engine;
	struct gateway *g;
	struct wire_hook *h;
	struct event ev;
	struct direct d;
	enum hook_verdict v;

	if (en == NULL) {
		refuse(w, line->exchange, token, 0, HTTP_NOT_SENT);
		return;
	}
	g = engine_gateway(en, line->gateway);
	direct_open(&d, q);
	if (strncmp(d.incoming.path, CONFIG_PLAY, strlen(CONFIG_PLAY)) == 0) {
		fetch_media(w, line->exchange, d.incoming.path, token);
		direct_close(&d);
		return;
	}
	v = gateway_read_hook(g, &d.incoming, &ev);
	direct_close(&d);
	if (v != HOOK_EVENT) {
		if (w->ears.unread != NULL)
			w->ears.unread(w->ears.arg, v, q->url);
		refuse(w, line->exchange, token, 403, HTTP_ANSWERED);
		return;
	}
	h = mem_alloc(sizeof(*h));
	*h = (struct wire_hook){ w->hooks, w, line->exchange, token, ev.kind };
	w->hooks = h;
	engine_post_event(en, g, &ev, answered, h);
}

/* ---- what is due ------------------------------------------------------- */

static void
hand_in(struct wire *w, struct wire_errand *er)
{
	struct engine *en = *w->engine;

	if (en == NULL)
		return;
	switch (er->kind) {
	case ERRAND_SUBMIT:
		engine_post_answer(en, er->ref, &er->answer);
		break;
	case ERRAND_POLL:
		engine_post_poll(en, er->ref, er->told ? &er->found : NULL);
		break;
	case ERRAND_LOOKUP:
		engine_post_lookup(en, er->ref, er->told ? &er->list : NULL);
		break;
	case ERRAND_INBOX:
		engine_post_inbox(en, er->gateway, &er->inbox,
		    er->fault[0] != '\0' ? er->fault : NULL);
		break;
	case ERRAND_MAIL:
		engine_post_mail(en, er->notice, w->ears.fate != NULL ?
		    w->ears.fate(w->ears.arg) : POST_ACCEPTED, "said");
		break;
	}
}

bool
wire_due(struct wire *w)
{
	struct http_request q;
	uint64_t token;
	bool any = false;

	while (w->errands != NULL && w->errands->at <= *w->now) {
		struct wire_errand *er = w->errands;

		w->errands = er->next;
		hand_in(w, er);
		inbox_release(&er->inbox);
		free(er);
		any = true;
	}
	for (int i = 0; i < w->n_lines; i++) {
		const struct wire_line *line = &w->lines[i];

		while (exchange_due(line->exchange, *w->now, &q, &token)) {
			arrive(w, line, &q, token);
			http_request_release(&q);
			any = true;
		}
	}
	return any;
}

msec
wire_next(const struct wire *w)
{
	msec next = w->errands != NULL ? w->errands->at : NEVER;

	for (int i = 0; i < w->n_lines; i++) {
		msec at = exchange_next(w->lines[i].exchange);

		if (at < next)
			next = at;
	}
	return next;
}

void
wire_drop(struct wire *w)
{
	while (w->errands != NULL) {
		struct wire_errand *er = w->errands;

		w->errands = er->next;
		inbox_release(&er->inbox);
		free(er);
	}
	/* The engine's end has told those that it had. */
	while (w->hooks != NULL) {
		struct wire_hook *h = w->hooks;

		w->hooks = h->next;
		refuse(w, h->exchange, h->token, 0, HTTP_UNKNOWN);
		free(h);
	}
}
