/*
 * What goes between the engine and the exchange, and what the rig notes of
 * it.
 */
#include "rig.h"

static void
note_create(void *arg, const struct submission *s)
{
	struct rig *r = arg;
	struct rig_create *c;

	mem_reserve(&r->creates, r->n_creates, &r->cap_creates, sizeof(*c));
	c = &r->creates[r->n_creates++];
	*c = (struct rig_create){
		.at = r->now, .channel = s->channel, .ring = s->ring,
		.valid = s->valid,
		.words = mem_dup(s->channel == CHANNEL_TEXT ? s->text :
		    s->script->before.words),
	};
	if (s->channel == CHANNEL_CALL)
		snprintf(c->audio, sizeof(c->audio), "%s",
		    s->script->before.audio);
	snprintf(c->ref, sizeof(c->ref), "%s", s->ref);
	snprintf(c->to, sizeof(c->to), "%s", s->to);
}

static void
note_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct rig *r = arg;
	struct rig_mail *m;

	mem_reserve(&r->mails, r->n_mails, &r->cap_mails, sizeof(*m));
	m = &r->mails[r->n_mails++];
	*m = (struct rig_mail){ r->now, notice, mem_dup(to), mem_dup(subject),
		mem_dup(text) };
}

static void
note_beat(void *arg)
{
	struct rig *r = arg;

	r->beats++;
}

static void
note_answer(void *arg, enum event_kind kind, const struct hook_answer *answer)
{
	struct rig *r = arg;
	struct rig_answer *a;

	mem_reserve(&r->answers, r->n_answers, &r->cap_answers, sizeof(*a));
	a = &r->answers[r->n_answers++];
	*a = (struct rig_answer){ r->now, kind, answer != NULL,
		mem_dup(answer != NULL ? buf_text(&answer->body) : "") };
}

static void
note_unread(void *arg, enum hook_verdict verdict, const char *url)
{
	(void)arg;
	ok(false, "a hook of the exchange is read (%d): %s", (int)verdict,
	    url);
}

static enum post_fate
mail_fate(void *arg)
{
	const struct rig *r = arg;

	return r->mail_fate;
}

void
rig_wire_begin(struct rig *r)
{
	r->wire = (struct wire){
		.now = &r->now, .engine = &r->engine, .deaf = &r->dying,
		.ears = {
			.create = note_create, .mail = note_mail,
			.beat = note_beat, .answer = note_answer,
			.unread = note_unread, .fate = mail_fate, .arg = r,
		},
	};
	wire_add(&r->wire, "main", r->exchange);
	r->ops = wire_ops(&r->wire);
}

/* ---- silence ----------------------------------------------------------- */

static void
swallow_submit(void *arg, struct gateway *g, const struct submission *s)
{
	struct rig *r = arg;

	(void)g;
	(void)s;
	r->swallowed.submits++;
}

static void
swallow_poll(void *arg, struct gateway *g, const char *ref,
    enum channel channel, const char *gateway_id)
{
	struct rig *r = arg;

	(void)g;
	(void)ref;
	(void)channel;
	(void)gateway_id;
	r->swallowed.polls++;
}

static void
swallow_lookup(void *arg, struct gateway *g, const struct submission *s,
    msec since)
{
	struct rig *r = arg;

	(void)g;
	(void)s;
	(void)since;
	r->swallowed.lookups++;
}

static void
swallow_inbox(void *arg, struct gateway *g, msec since)
{
	struct rig *r = arg;

	(void)g;
	(void)since;
	r->swallowed.inboxes++;
}

static void
swallow_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct rig *r = arg;

	(void)notice;
	(void)to;
	(void)subject;
	(void)text;
	r->swallowed.mails++;
}

static void
swallow_beat(void *arg, const char *url)
{
	(void)arg;
	(void)url;
}

void
rig_hush(struct rig *r)
{
	r->ops = (struct engine_ops){
		.submit = swallow_submit, .poll = swallow_poll,
		.lookup = swallow_lookup, .inbox = swallow_inbox,
		.mail = swallow_mail,
		.beat = swallow_beat, .arg = r,
	};
}
