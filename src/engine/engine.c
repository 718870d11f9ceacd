/*
 * The turn, in one picture:
 *
 *	begin
 *	  each posted event	in its own savepoint
 *	  each thing that is due	in its own savepoint
 *	commit (fsync)
 *	release: effects, and the word to each event
 *
 * Memory that a turn changes besides the ledger is put back where a commit
 * fails; only tokens and back-off may stand, for they are a guess about the
 * gateways that can delay an attempt but never double or lose one.
 */
#include "engine/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

/* How far the clock may stand behind the ledger before nothing is sent. */
/* After a turn in which something failed that is due still. */
#define STUMBLED_AGAIN (10 * MSEC_SECOND)

struct engine *
engine_new(struct ledger *l, const struct config *conf,
    const struct engine_ops *ops, struct random *random, struct err *e)
{
	struct engine *en = mem_alloc(sizeof(*en));

	en->ledger = l;
	en->ops = ops;
	en->random = random;
	en->last = &en->first;
	en->replan = true;
	en->rate = 1;
	if (lines_open(conf, &en->lines, &en->n_lines, e) == -1) {
		free(en);
		return NULL;
	}
	en->conf = conf;
	return en;
}

static void
effect_release(struct effect *f)
{
	for (size_t i = 0; i < COUNT(f->words); i++)
		free(f->words[i]);
	free(f->to);
	free(f->subject);
	free(f->text);
}

/* Drop the effects from the n-th on, which have not left.  No answer will
 * come of a request, so its place on the line is free at once. */
static void
effects_drop(struct engine *en, size_t n)
{
	while (en->n_effects > n) {
		struct effect *f = &en->effects[--en->n_effects];

		if (f->kind == EFFECT_SUBMIT)
			line_give_back(dispatch_line(en,
			    gateway_conf(f->gateway)->name),
			    f->submission.channel);
		if (f->kind == EFFECT_INBOX)
			dispatch_line(en, gateway_conf(f->gateway)->name)
			    ->inbox_asked = 0;
		effect_release(f);
	}
}

void
engine_free(struct engine *en)
{
	struct turn_event *ev;
	struct err e;

	if (en == NULL)
		return;
	err_set(&e, "the daemon is ending");
	for (ev = en->first; ev != NULL;) {
		struct turn_event *next = ev->next;

		ev->done(ev, TURN_LOST, &e);
		ev = next;
	}
	effects_drop(en, 0);
	free(en->effects);
	restored_free(en);
	lines_close(en->lines, en->n_lines);
	free(en);
}

void
engine_post(struct engine *en, struct turn_event *ev)
{
	ev->next = NULL;
	*en->last = ev;
	en->last = &ev->next;
	en->posted++;
}

uint64_t
engine_posted(const struct engine *en)
{
	return en->posted;
}

void
engine_set_rate(struct engine *en, int rate)
{
	en->rate = rate;
}

void
engine_drain(struct engine *en)
{
	en->draining = true;
}

struct effect *
engine_effect(struct engine *en, enum effect_kind kind)
{
	struct effect *f;

	mem_reserve(&en->effects, en->n_effects, &en->cap_effects,
	    sizeof(*en->effects));
	f = &en->effects[en->n_effects++];
	memset(f, 0, sizeof(*f));
	f->kind = kind;
	return f;
}

void
engine_wake_at(struct engine *en, msec at)
{
	if (at < en->wake)
		en->wake = at;
}

static void
effect_let_out(struct engine *en, struct effect *f)
{
	const struct engine_ops *ops = en->ops;

	/* The array may have moved since these were set. */
	f->submission.to = f->number;
	f->submission.text = f->words[0];
	f->script.before.words = f->words[0];
	f->script.ask.words = f->words[1];
	f->script.after.words = f->words[2];
	f->submission.script = &f->script;
	switch (f->kind) {
	case EFFECT_SUBMIT:
		ops->submit(ops->arg, f->gateway, &f->submission);
		break;
	case EFFECT_POLL:
		ops->poll(ops->arg, f->gateway, f->submission.ref,
		    f->submission.channel, f->gateway_id);
		break;
	case EFFECT_LOOKUP:
		ops->lookup(ops->arg, f->gateway, &f->submission, f->since);
		break;
	case EFFECT_INBOX:
		ops->inbox(ops->arg, f->gateway, f->since);
		break;
	case EFFECT_MAIL:
		ops->mail(ops->arg, f->notice, f->to, f->subject, f->text);
		break;
	case EFFECT_BEAT:
		ops->beat(ops->arg, f->to);
		break;
	}
}

static void
effects_let_out(struct engine *en)
{
	for (size_t i = 0; i < en->n_effects; i++) {
		effect_let_out(en, &en->effects[i]);
		effect_release(&en->effects[i]);
	}
	en->n_effects = 0;
}

/* ---- one savepoint ----------------------------------------------------- */

int
engine_piece(struct engine *en, piece_fn fn, void *arg, msec now,
    struct err *e)
{
	size_t mark = en->n_effects;
	struct err undo;
	int failed;

	if (ledger_event_begin(en->ledger, e) == -1)
		return -1;
	failed = fn(en, arg, now, e) == -1;
	if (failed) {
		en->stumbled = true;
		effects_drop(en, mark);
		if (ledger_last_fate(en->ledger) != LEDGER_OK)
			return -1;
	}
	if (ledger_event_end(en->ledger, !failed, failed ? &undo : e) == -1)
		return -1;
	return failed ? 0 : 1;
}

/* ---- posted events ----------------------------------------------------- */

static int
run_posted(struct engine *en, void *arg, msec now, struct err *e)
{
	struct turn_event *ev = arg;

	return ev->handle(en, ev, now, e);
}

/* What became of one posted event, until the commit tells. */
struct handled {
	struct turn_event *ev;
	enum turn_fate fate;
	struct err why;
};

struct turn {
	struct handled *items;
	size_t n, cap;
};

/* 1 where the event needs to come no more, 0, -1. */
static int
set_aside(struct engine *en, const struct handled *h, msec now)
{
	struct buf subject = BUF_EMPTY, content = BUF_EMPTY;
	struct err e = h->why;
	int result = 0;

	if (h->ev->tell_apart != NULL) {
		const char *kind = h->ev->tell_apart(h->ev, &subject,
		    &content);

		result = aside_keep(en, kind, buf_text(&subject),
		    buf_text(&content), now, &e);
		if (result != -1 && h->ev->amend != NULL)
			result = h->ev->amend(en, h->ev, result == 1, now,
			    &e);
		else if (result == 1)
			result = 0;
	}
	buf_release(&subject);
	buf_release(&content);
	return result;
}

static int
handle_posted(struct engine *en, struct turn *t, msec now, struct err *e)
{
	while (en->first != NULL) {
		struct handled *h;
		int kept;

		mem_reserve(&t->items, t->n, &t->cap, sizeof(*t->items));
		h = &t->items[t->n];
		*h = (struct handled){ .ev = en->first };
		kept = engine_piece(en, run_posted, h->ev, now, &h->why);
		if (kept == 0)
			kept = set_aside(en, h, now);
		if (kept == -1) {
			*e = h->why;
			return -1;
		}
		en->first = h->ev->next;
		if (en->first == NULL)
			en->last = &en->first;
		h->fate = kept == 1 ? TURN_KEPT : TURN_REFUSED;
		t->n++;
	}
	return 0;
}

/* Tell every event its fate.  Where the turn is lost, those that want to be
 * handled again stand in front of what is posted, in their order. */
static void
turn_done(struct engine *en, struct turn *t, bool lost, const struct err *why)
{
	struct turn_event *rest = en->first, **rest_last = en->last;

	en->first = NULL;
	en->last = &en->first;
	for (size_t i = 0; i < t->n; i++) {
		struct handled *h = &t->items[i];

		if (lost && h->ev->again)
			engine_post(en, h->ev);
		else
			h->ev->done(h->ev, lost ? TURN_LOST : h->fate,
			    lost ? why : &h->why);
	}
	if (rest != NULL) {
		*en->last = rest;
		en->last = rest_last;
	}
	free(t->items);
}

/* Where a turn is lost before they were handled, hooks are told so at once:
 * their gateway asks again.  The others wait. */
static void
turn_lose_posted(struct engine *en, const struct err *why)
{
	struct turn_event *ev = en->first;

	en->first = NULL;
	en->last = &en->first;
	while (ev != NULL) {
		struct turn_event *next = ev->next;

		if (ev->again)
			engine_post(en, ev);
		else
			ev->done(ev, TURN_LOST, why);
		ev = next;
	}
}

/* ---- what is due ------------------------------------------------------- */

struct duty {
	const char *name;
	deadline_reaper *run;
	bool always;	/* also while the clock stands behind the ledger */
};

/* In this order: what people said before is settled before we ask anybody
 * anew, and a volunteer is told before the backlog is dispatched. */
static const struct duty duties[] = {
	{ "recover", settle_recover, false },
	{ "plan", planner_run, false },
	{ "settle", settle_run, false },
	{ "hear", hear_run, true },
	{ "climb", climb_run, false },
	{ "close", closing_run, true },	/* one word for all, before each */
	{ "follow up", followup_run, true },
	{ "doorsteps", notes_run, true },
	{ "notices", notices_run, true },
	{ "lists", lists_run, true },
	{ "dispatch", dispatch_run, true },
	{ "probe", probe_run, false },
	{ "inbox", inbox_run, true },
	{ "watch", watch_run, false },
	{ "reviews", reviews_run, false },
};

bool
engine_runs(deadline_reaper *reaper)
{
	for (size_t i = 0; i < COUNT(duties); i++)
		if (duties[i].run == reaper)
			return true;
	return reaper == wallclock_look;	/* at the head of each turn */
}

static int
run_duty(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct duty *const *d = arg;

	return (*d)->run(en, now, e);
}

static int
do_duties(struct engine *en, msec now, struct err *e)
{
	en->more = en->stumbled = false;
	for (size_t i = 0; i < COUNT(duties); i++) {
		const struct duty *d = &duties[i];
		int kept = d->always || en->clock_ok_at == 0 ?
		    engine_piece(en, run_duty, &d, now, e) : 1;

		if (kept == -1)
			return -1;
		if (kept == 0) {
			if (aside_keep(en, "duty", d->name, "", now, e) == -1)
				return -1;
			engine_wake_at(en, now + MSEC_MINUTE);
		}
	}
	return 0;
}

static int
turn_work(struct engine *en, struct turn *t, msec now, struct err *e)
{
	if (wallclock_look(en, now, e) == -1 ||
	    handle_posted(en, t, now, e) == -1)
		return -1;
	if (do_duties(en, now, e) == -1)
		return -1;
	return ledger_touch(en->ledger, now, e);
}

/* When the next turn has something to do: asked of the ledger's indexes. */
static void
find_wake(struct engine *en, msec now)
{
	static int (*const asks[])(struct ledger *, msec *, struct err *) = {
		ledger_checkins_wake, ledger_attempts_deadline,
		ledger_replies_wake, ledger_flags_deadline,
		ledger_visits_deadline,
	};
	static int (*const mine[])(struct engine *, msec, msec *,
	    struct err *) = { dispatch_wake, notices_wake,
		lists_wake, closing_wake, probe_wake, inbox_wake,
		reviews_wake };
	struct err e;
	msec at;

	if (en->clock_ok_at != 0) {
		en->wake = wallclock_wake(en, now);
		return;
	}
	for (size_t i = 0; i < COUNT(asks); i++)
		if (asks[i](en->ledger, &at, &e) == 0)
			engine_wake_at(en, at);
	for (size_t i = 0; i < COUNT(mine); i++)
		if (mine[i](en, now, &at, &e) == 0)
			engine_wake_at(en, at);
	engine_wake_at(en, calendar_instant(calendar_date(now) + 1, 0, NULL));
	if (en->wake > now)
		return;
	/* What fails by itself is due still, and would be for ever. */
	if (en->stumbled)
		en->wake = now + STUMBLED_AGAIN;
	else
		en->more = true;
}

enum ledger_fate
engine_turn(struct engine *en, msec now, struct err *e)
{
	struct turn t = { NULL, 0, 0 };
	enum ledger_fate fate;
	struct engine_done before = en->done;

	en->wake = NEVER;
	fate = ledger_begin(en->ledger, e);
	if (fate == LEDGER_OK) {
		if (turn_work(en, &t, now, e) == 0)
			fate = ledger_commit(en->ledger, e);
		else {
			fate = ledger_last_fate(en->ledger);
			/* A failure of our own, outside of any event. */
			if (fate == LEDGER_OK)
				fate = LEDGER_FAILED;
		}
	}
	if (fate == LEDGER_OK) {
		effects_let_out(en);
		planner_reload_kept(en);
		turn_done(en, &t, false, NULL);
		find_wake(en, now);
		return fate;
	}
	ledger_rollback(en->ledger);
	effects_drop(en, 0);
	planner_reload_lost(en);
	lines_doubt(en->lines, en->n_lines);
	turn_done(en, &t, true, e);
	turn_lose_posted(en, e);
	en->done = before;
	en->replan = true;
	en->wake = now + MSEC_SECOND;
	return fate;
}

msec
engine_wake(const struct engine *en)
{
	return en->first != NULL || en->more ? 0 : en->wake;
}

bool
engine_has_work(const struct engine *en)
{
	return en->first != NULL || en->more;
}

struct gateway *
engine_gateway(struct engine *en, const char *name)
{
	struct line *line = dispatch_line(en, name);

	return line != NULL ? line->gateway : NULL;
}

const struct config *
engine_config(const struct engine *en)
{
	return en->conf;
}

struct ledger *
engine_ledger(struct engine *en)
{
	return en->ledger;
}
