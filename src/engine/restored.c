/*
 * A ledger that is older than what was done: somebody put back a copy.
 *
 * After a start the ledger may lack what the daemon did since its newest
 * instant, and a copy that was put back looks like a longer downtime.  So
 * after a gap nobody whose turn it was meanwhile is asked before the gateway
 * was asked what it has made for their number since: what the ledger does not
 * know is adopted, the oldest first, by the attempt that would have been made.
 * Each further step asks again, until the gateway knows of nothing more.
 *
 * What people pressed meanwhile is lost with the ledger, and nobody takes a
 * call that was answered for good news: they are asked by the next step, and
 * are flagged at their time.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

/* A kill and a new start take less; a copy is older. */
#define GAP (2 * MSEC_MINUTE)
/* Either clock may have been put right since. */
#define SLACK (5 * MSEC_MINUTE)
/* So many listings are under way at once.  Each is given up after a while, and
 * after some more the people are asked: a gateway whose lists fail must not
 * leave a whole round to volunteers. */
#define OUT_MAX 20
/* One that failed is tried again. */
#define FAILED_AGAIN (20 * MSEC_SECOND)

struct restored_number {
	char number[LEDGER_NUMBER_SIZE];
	enum channel channel;
	int64_t attempt;		/* that waits for the listing */
	char ref[GATEWAY_REF_SIZE];	/* of the listing under way; "" */
	msec waits_since, waits_at;	/* an attempt for it: first, last */
	msec asked_at;			/* the listing under way, or the last */
	bool failed;			/* the last */
	msec done_from;			/* the gateway knows of nothing more of
					 * slots from here on; NEVER */
};

/* Nothing was made for a slot sooner than this; what is older was another
 * day's. */
static msec
earliest(const struct ledger_checkin *c)
{
	return c->slot - SLACK;
}

int
restored_begin(struct engine *en, msec now, struct err *e)
{
	msec newest;

	if (ledger_newest(en->ledger, &newest, e) == -1)
		return -1;
	if (newest == 0 || newest > now - GAP)
		return 0;
	en->restored.since = newest - SLACK;
	en->restored.started = now;
	return 0;
}

void
restored_free(struct engine *en)
{
	free(en->restored.items);
}

static struct restored_number *
number_of(struct engine *en, const struct ledger_attempt *a)
{
	struct restored_number *r;

	for (size_t i = 0; i < en->restored.n; i++) {
		r = &en->restored.items[i];
		if (r->channel == a->channel && strcmp(r->number,
		    a->number) == 0)
			return r;
	}
	mem_reserve(&en->restored.items, en->restored.n, &en->restored.cap,
	    sizeof(*r));
	r = &en->restored.items[en->restored.n++];
	*r = (struct restored_number){
		.channel = a->channel, .done_from = NEVER,
	};
	snprintf(r->number, sizeof(r->number), "%s", a->number);
	return r;
}

static void
has_failed(struct restored_number *r)
{
	r->ref[0] = '\0';
	r->failed = true;
}

/* How many listings are under way.  Those that nobody waits for any more are
 * given up too, or they would stand in the way of the others. */
static int
under_way(struct engine *en, msec now)
{
	msec lasts = deadlines[DEADLINE_LISTING].within * en->rate;
	int n = 0;

	for (size_t i = 0; i < en->restored.n; i++) {
		struct restored_number *r = &en->restored.items[i];

		if (r->ref[0] != '\0' && now - r->asked_at >= lasts)
			has_failed(r);
		n += r->ref[0] != '\0';
	}
	return n;
}

/* Has been waited for long enough?  Whoever waits looks every few seconds. */
static void
note_wait(struct engine *en, struct restored_number *r,
    const struct ledger_attempt *a, msec now)
{
	if (r->waits_since == 0 || now - r->waits_at > MSEC_MINUTE)
		r->waits_since = now;
	r->waits_at = now;
	if (now - r->waits_since < deadlines[DEADLINE_LISTING].at_most *
	    en->rate)
		return;
	r->done_from = 0;
	r->ref[0] = '\0';
	log_warn("engine", "attempt=%lld is made, though the gateway does not "
	    "say what it made before", (long long)a->id);
}

static bool
may_ask(struct engine *en, const struct restored_number *r, msec now)
{
	return under_way(en, now) < OUT_MAX && r->ref[0] == '\0' &&
	    (!r->failed || now - r->asked_at >= FAILED_AGAIN * en->rate);
}

static int
ask(struct engine *en, struct line *line, struct restored_number *r,
    const struct ledger_attempt *a, msec now, struct err *e)
{
	struct buf body = BUF_EMPTY;
	struct effect *f;

	if (ledger_attempt_body(en->ledger, a->id, &body, e) == -1) {
		buf_release(&body);
		return -1;
	}
	random_name(en->random, r->ref, GATEWAY_REF_SIZE - 1);
	r->asked_at = now;
	r->attempt = a->id;
	f = engine_effect(en, EFFECT_LOOKUP);
	f->gateway = line->gateway;
	f->submission.channel = a->channel;
	f->since = en->restored.since;
	f->words[0] = mem_dup(buf_text(&body));
	snprintf(f->submission.ref, sizeof(f->submission.ref), "%s", r->ref);
	snprintf(f->number, sizeof(f->number), "%s", a->number);
	buf_release(&body);
	return 0;
}

int
restored_holds(struct engine *en, struct line *line, struct ledger_attempt *a,
    const struct ledger_checkin *c, msec now, struct err *e)
{
	struct restored_number *r;

	if (en->restored.since == 0 || a->checkin == 0 ||
	    c->slot >= en->restored.started)
		return 0;
	r = number_of(en, a);
	if (earliest(c) < r->done_from)
		note_wait(en, r, a, now);
	if (earliest(c) >= r->done_from)
		return 0;
	if (may_ask(en, r, now) && ask(en, line, r, a, now, e) == -1)
		return -1;
	a->due_at = now + deadlines[DEADLINE_LISTING].again;
	return ledger_attempt_save(en->ledger, a, e) == -1 ? -1 : 1;
}

/* The listing came whole: adopt the oldest that the ledger does not know. */
static int
take(struct engine *en, struct restored_number *r,
    const struct found_list *list, msec now, struct err *e)
{
	struct ledger_attempt a;
	struct ledger_checkin c;
	const struct found *f;

	if (ledger_attempt_get(en->ledger, r->attempt, &a, e) == -1)
		return -1;
	if (a.state != ATTEMPT_PLANNED)
		return 0;	/* a word came, or the flag */
	if (ledger_checkin_get(en->ledger, a.checkin, &c, e) == -1 ||
	    settle_find(en, &a, list, earliest(&c), true, &f, e) == -1)
		return -1;
	if (f == NULL) {
		r->done_from = earliest(&c);
		return 0;
	}
	log_warn("engine", "the ledger is older than what was done: "
	    "attempt=%lld is one that the gateway has made",
	    (long long)a.id);
	a.sent_at = f->created != 0 && f->created < now ? f->created : now;
	return settle_adopt(en, &a, f, now, e);
}

int
restored_answered(struct engine *en, const char *ref,
    const struct found_list *list, msec now, struct err *e)
{
	for (size_t i = 0; i < en->restored.n; i++) {
		struct restored_number *r = &en->restored.items[i];

		if (ref[0] == '\0' || strcmp(r->ref, ref) != 0)
			continue;
		if (list == NULL || !list->complete) {
			has_failed(r);
			return 1;
		}
		r->ref[0] = '\0';
		r->failed = false;
		r->waits_since = 0;
		return take(en, r, list, now, e) == -1 ? -1 : 1;
	}
	return 0;
}
