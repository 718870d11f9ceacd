/*
 * What the owner posts: answers of gateways, hooks, fates of e-mails.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

struct input {
	struct turn_event event;	/* first */
	struct engine *engine;
	char ref[GATEWAY_REF_SIZE];
	char gateway[LEDGER_NAME_SIZE];
	struct answer answer;
	struct found found;
	struct found_list list;
	bool has;			/* found or list was given */
	bool made_room;			/* on its line, for another */
	int64_t notice;
	enum post_fate mail;
	char detail[128];
};

/* What was under way is so no longer, whatever comes of it: the same turn may
 * send the next. */
static void
make_room(struct input *in)
{
	struct line *line = dispatch_line(in->engine, in->gateway);

	if (line == NULL || in->made_room)
		return;
	in->made_room = true;
	if (line->in_flight > 0)
		line->in_flight--;
}

static void
input_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct input *in = (struct input *)ev;

	if (fate != TURN_KEPT)
		log_error("engine", "an answer could not be applied: %s",
		    e->text);
	make_room(in);
	free(in);
}

static const char *
tell_input(const struct turn_event *ev, struct buf *subject,
    struct buf *content)
{
	const struct input *in = (const struct input *)ev;

	if (in->ref[0] != '\0')
		buf_add(subject, in->ref);
	else
		buf_addf(subject, "notice %lld", (long long)in->notice);
	buf_addf(content, "answer=%d code=%d id=%s detail=%s",
	    (int)in->answer.kind, in->answer.code, in->answer.gateway_id,
	    in->detail);
	return "answer";
}

static struct input *
input_new(struct engine *en, const char *ref,
    int (*handle)(struct engine *, struct turn_event *, msec, struct err *))
{
	struct input *in = mem_alloc(sizeof(*in));

	in->event.handle = handle;
	in->event.done = input_done;
	in->event.again = true;
	in->event.tell_apart = tell_input;
	in->engine = en;
	if (ref != NULL)
		snprintf(in->ref, sizeof(in->ref), "%s", ref);
	return in;
}

static int
handle_answer(struct engine *en, struct turn_event *ev, msec now,
    struct err *e)
{
	struct input *in = (struct input *)ev;
	int result = settle_answer(en, in->ref, &in->answer, now, in->gateway,
	    e);

	make_room(in);
	return result;
}

void
engine_post_answer(struct engine *en, const char *ref, const struct answer *a)
{
	struct input *in = input_new(en, ref, handle_answer);

	in->answer = *a;
	engine_post(en, &in->event);
}

static int
handle_poll(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct input *in = (struct input *)ev;

	return settle_poll(en, in->ref, in->has ? &in->found : NULL, now, e);
}

void
engine_post_poll(struct engine *en, const char *ref, const struct found *f)
{
	struct input *in = input_new(en, ref, handle_poll);

	in->has = f != NULL;
	if (f != NULL)
		in->found = *f;
	engine_post(en, &in->event);
}

static int
handle_lookup(struct engine *en, struct turn_event *ev, msec now,
    struct err *e)
{
	struct input *in = (struct input *)ev;

	int probe = probe_answered(en, in->ref, in->has, now, e);

	if (probe == 0)
		probe = restored_answered(en, in->ref, in->has ? &in->list :
		    NULL, now, e);
	if (probe != 0)
		return probe == -1 ? -1 : 0;
	return settle_lookup(en, in->ref, in->has ? &in->list : NULL, now, e);
}

void
engine_post_lookup(struct engine *en, const char *ref,
    const struct found_list *l)
{
	struct input *in = input_new(en, ref, handle_lookup);

	in->has = l != NULL;
	if (l != NULL) {
		in->list = *l;
		in->list.next = NULL;	/* whoever walks the pages has it */
	}
	engine_post(en, &in->event);
}

static int
handle_mail(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct input *in = (struct input *)ev;

	return notices_mail_ended(en, in->notice, in->mail, in->detail, now,
	    e);
}

void
engine_post_mail(struct engine *en, int64_t notice, enum post_fate fate,
    const char *detail)
{
	struct input *in = input_new(en, NULL, handle_mail);

	in->notice = notice;
	in->mail = fate;
	snprintf(in->detail, sizeof(in->detail), "%s", detail);
	engine_post(en, &in->event);
}

/* ---- hooks ------------------------------------------------------------- */

struct hook {
	struct turn_event event;	/* first */
	char gateway[LEDGER_NAME_SIZE];
	struct event what;
	struct hook_answer answer;
	void (*answered)(void *arg, const struct hook_answer *answer);
	void *arg;
	msec listed;	/* the gateway's clock, where it comes of a list */
};

static int
handle_hook(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct hook *h = (struct hook *)ev;
	struct gateway *g = engine_gateway(en, h->gateway);

	if (g == NULL)
		return err_set(e, "the gateway was just removed");
	/* From the gateway's clock to ours. */
	if (h->what.came != 0 && h->listed != 0) {
		h->what.came += now - h->listed;
		h->listed = 0;
	}
	return hear_event(en, g, &h->what, now, &h->answer, e);
}

static void
hook_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct hook *h = (struct hook *)ev;

	if (fate != TURN_KEPT)
		log_error("engine", "a hook was not taken: %s", e->text);
	if (h->answered != NULL)
		h->answered(h->arg, fate == TURN_KEPT ? &h->answer : NULL);
	hook_answer_release(&h->answer);
	event_release(&h->what);
	free(h);
}

static int
amend_hook(struct engine *en, struct turn_event *ev, bool again, msec now,
    struct err *e)
{
	struct hook *h = (struct hook *)ev;
	struct gateway *g = engine_gateway(en, h->gateway);

	if (g == NULL)
		return 0;	/* just removed */
	return amends_hook(en, g, &h->what, again, now, &h->answer, e);
}

/* With the words and the number: whoever looks has to ring somebody. */
static const char *
tell_hook(const struct turn_event *ev, struct buf *subject,
    struct buf *content)
{
	const struct event *what = &((const struct hook *)ev)->what;

	for (size_t i = 0; i < sizeof(what->hash); i++)
		buf_addf(subject, "%02x", what->hash[i]);
	buf_addf(content, "event=%d channel=%s ref=%s id=%s key=%c from=%s "
	    "text=%.1600s", (int)what->kind, channel_name(what->channel),
	    what->ref, what->gateway_id, what->key != 0 ? what->key : '-',
	    what->from, what->text != NULL ? what->text : "");
	return "hook";
}

static struct hook *
hook_new(const char *gateway, struct event *taken)
{
	struct hook *h = mem_alloc(sizeof(*h));

	h->event.handle = handle_hook;
	h->event.done = hook_done;
	h->event.tell_apart = tell_hook;
	h->event.amend = amend_hook;
	snprintf(h->gateway, sizeof(h->gateway), "%s", gateway);
	h->what = *taken;
	memset(taken, 0, sizeof(*taken));
	return h;
}

void
engine_post_event(struct engine *en, struct gateway *g, struct event *taken,
    void (*answered)(void *arg, const struct hook_answer *answer), void *arg)
{
	struct hook *h = hook_new(gateway_conf(g)->name, taken);

	h->answered = answered;
	h->arg = arg;
	engine_post(en, &h->event);
}

void
inputs_post_listed(struct engine *en, const char *gateway,
    struct event *taken, msec date)
{
	struct hook *h = hook_new(gateway, taken);

	h->event.again = true;
	h->listed = date;
	engine_post(en, &h->event);
}
