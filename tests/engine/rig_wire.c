/*
 * What goes between the engine and the exchange: bytes, both ways.
 */
#include "rig.h"

/* An answer on its way back. */
struct rig_errand {
	struct rig_errand *next;
	msec at;
	enum { ERRAND_SUBMIT, ERRAND_POLL, ERRAND_LOOKUP, ERRAND_MAIL } kind;
	char ref[GATEWAY_REF_SIZE];
	int64_t notice;
	bool told;
	struct answer answer;
	struct found found;
	struct found_list list;
};

/* A webhook that the engine has not answered yet. */
struct rig_hook {
	struct rig_hook *next;
	struct rig *rig;
	uint64_t token;
	enum event_kind kind;
};

static struct rig_errand *
errand(struct rig *r, msec later, const char *ref)
{
	struct rig_errand *er = mem_alloc(sizeof(*er)), **at = &r->errands;

	er->at = r->now + later;
	if (ref != NULL)
		snprintf(er->ref, sizeof(er->ref), "%s", ref);
	while (*at != NULL && (*at)->at <= er->at)
		at = &(*at)->next;
	er->next = *at;
	*at = er;
	return er;
}

static void
note_create(struct rig *r, const struct submission *s)
{
	struct rig_create *c;

	mem_reserve(&r->creates, r->n_creates, &r->cap_creates, sizeof(*c));
	c = &r->creates[r->n_creates++];
	*c = (struct rig_create){
		.at = r->now, .channel = s->channel, .ring = s->ring,
		.valid = s->valid,
		.words = mem_dup(s->channel == CHANNEL_TEXT ? s->text :
		    s->script->before),
	};
	snprintf(c->ref, sizeof(c->ref), "%s", s->ref);
	snprintf(c->to, sizeof(c->to), "%s", s->to);
}

static void
wire_submit(void *arg, struct gateway *g, const struct submission *s)
{
	struct rig *r = arg;
	struct http_request q;
	struct http_result back;
	struct answer a;
	msec later;

	if (r->dying)
		return;
	note_create(r, s);
	gateway_submit(g, s, &q);
	direct_ask(r->exchange, r->now, &q, &back, &later);
	gateway_read_submit(g, s->channel, &back, &a);
	errand(r, later, s->ref)->answer = a;
	http_result_release(&back);
	http_request_release(&q);
}

static void
wire_poll(void *arg, struct gateway *g, const char *ref,
    enum channel channel, const char *gateway_id)
{
	struct rig *r = arg;
	struct rig_errand *er;
	struct http_request q;
	struct http_result back;
	struct err e;
	msec later;

	if (r->dying)
		return;
	gateway_poll(g, channel, gateway_id, &q);
	direct_ask(r->exchange, r->now, &q, &back, &later);
	er = errand(r, later, ref);
	er->kind = ERRAND_POLL;
	er->told = gateway_read_poll(g, channel, &back, &er->found, &e) == 0;
	http_result_release(&back);
	http_request_release(&q);
}

/* All pages at once; a real client walks them one after the other. */
static void
wire_lookup(void *arg, struct gateway *g, const struct submission *s,
    msec since)
{
	struct rig *r = arg;
	struct rig_errand *er;
	struct http_request q;
	struct http_result back;
	struct err e;
	msec later;

	if (r->dying)
		return;
	gateway_lookup(g, s, since, &q);
	direct_ask(r->exchange, r->now, &q, &back, &later);
	er = errand(r, later, s->ref);
	er->kind = ERRAND_LOOKUP;
	er->told = gateway_read_lookup(g, s, since, &back, &er->list, &e) == 0;
	while (er->told && !er->list.complete && er->list.next != NULL) {
		http_result_release(&back);
		http_request_release(&q);
		gateway_lookup_next(g, er->list.next, &q);
		free(er->list.next);
		direct_ask(r->exchange, r->now, &q, &back, &later);
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
wire_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct rig *r = arg;
	struct rig_errand *er;
	struct rig_mail *m;

	if (r->dying)
		return;
	er = errand(r, 50, NULL);
	er->kind = ERRAND_MAIL;
	er->notice = notice;
	mem_reserve(&r->mails, r->n_mails, &r->cap_mails, sizeof(*m));
	m = &r->mails[r->n_mails++];
	*m = (struct rig_mail){ r->now, notice, mem_dup(to), mem_dup(subject),
		mem_dup(text) };
}

static void
wire_beat(void *arg, const char *url)
{
	struct rig *r = arg;

	(void)url;
	if (!r->dying)
		r->beats++;
}

void
rig_wire_begin(struct rig *r)
{
	r->ops = (struct engine_ops){
		.submit = wire_submit, .poll = wire_poll,
		.lookup = wire_lookup, .mail = wire_mail, .beat = wire_beat,
		.arg = r,
	};
}

/* ---- hooks ------------------------------------------------------------- */

static void
delivered(struct rig *r, uint64_t token, const struct hook_answer *answer)
{
	struct http_result back = { .fate = HTTP_ANSWERED, .status = 503 };

	if (answer != NULL) {
		back.status = answer->status;
		buf_add(&back.body, buf_text(&answer->body));
		if (answer->content_type != NULL)
			http_fields_add(&back.fields, "Content-Type",
			    answer->content_type);
	}
	exchange_delivered(r->exchange, r->now, token, &back);
	http_result_release(&back);
}

static void
unlink_hook(struct rig_hook *h)
{
	struct rig_hook **at = &h->rig->hooks;

	while (*at != h)
		at = &(*at)->next;
	*at = h->next;
}

static void
refuse(struct rig *r, uint64_t token, int status, enum http_fate fate)
{
	struct http_result back = { .fate = fate, .status = status };

	exchange_delivered(r->exchange, r->now, token, &back);
}

static void
answered(void *arg, const struct hook_answer *answer)
{
	struct rig_hook *h = arg;
	struct rig *r = h->rig;
	struct rig_answer *a;

	unlink_hook(h);
	if (r->dying) {
		refuse(r, h->token, 0, HTTP_UNKNOWN);
		free(h);
		return;
	}
	mem_reserve(&r->answers, r->n_answers, &r->cap_answers, sizeof(*a));
	a = &r->answers[r->n_answers++];
	*a = (struct rig_answer){ r->now, h->kind, answer != NULL,
		mem_dup(answer != NULL ? buf_text(&answer->body) : "") };
	delivered(r, h->token, answer);
	free(h);
}

/* A webhook arrives at the daemon's door. */
static void
arrive(struct rig *r, const struct http_request *q, uint64_t token)
{
	struct gateway *g;
	struct rig_hook *h;
	struct event ev;
	struct direct d;
	enum hook_verdict v;

	if (r->engine == NULL) {
		refuse(r, token, 0, HTTP_NOT_SENT);
		return;
	}
	g = engine_gateway(r->engine, "main");
	direct_open(&d, q);
	v = gateway_read_hook(g, &d.incoming, &ev);
	direct_close(&d);
	if (v != HOOK_EVENT) {
		ok(false, "a hook of the exchange is read (%d): %s", (int)v,
		    q->url);
		refuse(r, token, 403, HTTP_ANSWERED);
		return;
	}
	h = mem_alloc(sizeof(*h));
	*h = (struct rig_hook){ r->hooks, r, token, ev.kind };
	r->hooks = h;
	engine_post_event(r->engine, g, &ev, answered, h);
}

/* ---- what is due ------------------------------------------------------- */

static void
hand_in(struct rig *r, const struct rig_errand *er)
{
	if (r->engine == NULL)
		return;
	switch (er->kind) {
	case ERRAND_SUBMIT:
		engine_post_answer(r->engine, er->ref, &er->answer);
		break;
	case ERRAND_POLL:
		engine_post_poll(r->engine, er->ref,
		    er->told ? &er->found : NULL);
		break;
	case ERRAND_LOOKUP:
		engine_post_lookup(r->engine, er->ref,
		    er->told ? &er->list : NULL);
		break;
	case ERRAND_MAIL:
		engine_post_mail(r->engine, er->notice, r->mail_fate, "said");
		break;
	}
}

bool
rig_wire_due(struct rig *r)
{
	struct http_request q;
	uint64_t token;
	bool any = false;

	while (r->errands != NULL && r->errands->at <= r->now) {
		struct rig_errand *er = r->errands;

		r->errands = er->next;
		hand_in(r, er);
		free(er);
		any = true;
	}
	while (exchange_due(r->exchange, r->now, &q, &token)) {
		arrive(r, &q, token);
		http_request_release(&q);
		any = true;
	}
	return any;
}

msec
rig_wire_next(const struct rig *r)
{
	return r->errands != NULL ? r->errands->at : NEVER;
}

void
rig_wire_drop(struct rig *r)
{
	while (r->errands != NULL) {
		struct rig_errand *er = r->errands;

		r->errands = er->next;
		free(er);
	}
	/* The engine's end has told those that it had. */
	while (r->hooks != NULL) {
		struct rig_hook *h = r->hooks;

		r->hooks = h->next;
		refuse(r, h->token, 0, HTTP_UNKNOWN);
		free(h);
	}
}
