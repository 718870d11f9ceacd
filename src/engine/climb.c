/*
 * Check-ins that are awake: begun at their slot, led up their ladder, and
 * flagged when it has ended unheard.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "engine/plan.h"
#include "engine/speech.h"

/* A start that is later than this moves the ladder. */
#define LATE_START (60 * MSEC_SECOND)

/* What was attempted so far. */
struct tries {
	struct ladder_try of[TRIES_MAX];
	int n;
	bool texted;
};

static void
add_try(struct tries *t, const struct ledger_attempt *a)
{
	t->texted |= a->channel == CHANNEL_TEXT;
	t->of[t->n++] = (struct ladder_try){
		.step = a->step,
		.channel = a->channel,
		.state = a->state,
		.outcome = a->outcome,
		.planned_at = a->planned_at,
		.sent_at = a->sent_at,
		.ended_at = a->ended_at,
	};
}

static int
load_tries(struct engine *en, int64_t checkin, struct tries *ret,
    struct err *e)
{
	struct ledger_attempt a[TRIES_MAX];
	int n = ledger_attempts_of(en->ledger, checkin, a, TRIES_MAX, e);

	ret->n = 0;
	ret->texted = false;
	for (int i = 0; i < n; i++)
		add_try(ret, &a[i]);
	return n == -1 ? -1 : 0;
}

static int
make_attempt(struct engine *en, const struct ledger_checkin *c,
    const struct config_participant *p, const struct ladder_plan *plan,
    enum channel channel, struct tries *tries, msec now, struct err *e)
{
	bool alternate = channel == CHANNEL_CALL ? plan->call_alternate :
	    plan->text_alternate;
	struct ledger_attempt a;
	struct buf text = BUF_EMPTY;
	int result;

	dispatch_new_attempt(en, channel, config_number(p, channel, alternate),
	    plan->step == 0 && !plan->retry ? PURPOSE_FIRST : PURPOSE_AGAIN,
	    now, &a);
	a.checkin = c->id;
	a.step = plan->step;
	if (channel == CHANNEL_TEXT)
		speech_text(en, p, tries->texted ? MESSAGE_TEXT_AGAIN :
		    MESSAGE_TEXT, NULL, now, &text);
	result = ledger_attempt_add(en->ledger, &a,
	    channel == CHANNEL_TEXT ? buf_text(&text) : NULL, e);
	buf_release(&text);
	add_try(tries, &a);
	return result;
}

/* It has ended unheard, and a human is to know. */
static int
end_flagged(struct engine *en, struct ledger_checkin *c,
    enum flag_reason reason, int64_t incident, msec now, struct err *e)
{
	if (flags_raise(en, c->participant, reason, c->id, incident, now,
	    &c->flag, e) == -1)
		return -1;
	return word_close(en, c, flag_reason_checkin_state(reason),
	    CONFIRMED_BY_NOBODY, NULL, now, e);
}

/* The ladder has ended unheard: what was it, and a flag. */
static int
end_unheard(struct engine *en, struct ledger_checkin *c,
    enum flag_reason reason, msec now, struct err *e)
{
	int64_t incident;

	if ((reason == FLAG_NO_RESPONSE || reason == FLAG_UNDELIVERED) &&
	    trouble_silence(en, c, now, e) == -1)
		return -1;
	if (trouble_incident_for(en, reason, now, &incident, e) == -1 ||
	    end_flagged(en, c, reason, incident, now, e) == -1)
		return -1;
	return reviews_unheard(en, c, now, e);
}

/* The plan's attempts, which are among the tries then; while it is held
 * nothing is made, and the step waits for the end of the hold, or the flag. */
static int
make_attempts(struct engine *en, struct ledger_checkin *c,
    const struct config_participant *p, const struct ladder_plan *plan,
    struct tries *tries, msec now, struct err *e)
{
	int held = ledger_held(en->ledger, c->round, e);

	if (held == -1)
		return -1;
	if (held) {
		c->wake_at = now + deadlines[DEADLINE_ASKING].again;
		if (c->wake_at > c->flag_at)
			c->wake_at = c->flag_at;
		return 0;
	}
	if (plan->make_call && make_attempt(en, c, p, plan, CHANNEL_CALL,
	    tries, now, e) == -1)
		return -1;
	return plan->make_text ? make_attempt(en, c, p, plan, CHANNEL_TEXT,
	    tries, now, e) : 0;
}

/* When to look again, after what was just made. */
static msec
next_look(const struct ladder *l, const struct ledger_checkin *c,
    const struct ladder_means *means, const struct tries *tries, msec now)
{
	struct ladder_plan plan;

	ladder_next(l, c->started_at, means, tries->of, tries->n, now, &plan);
	return plan.make_call || plan.make_text ? now + 1 : plan.look_again;
}

static int
climb(struct engine *en, struct ledger_checkin *c,
    const struct config_participant *p, const struct ladder *l, msec now,
    struct err *e)
{
	struct tries tries;
	struct ladder_means means;
	struct ladder_plan plan;

	if (load_tries(en, c->id, &tries, e) == -1 ||
	    gate_means(en, p, &means, e) == -1)
		return -1;
	ladder_next(l, c->started_at, &means, tries.of, tries.n, now, &plan);
	if (plan.flag)
		return end_unheard(en, c, ladder_verdict(&means, tries.of,
		    tries.n), now, e);
	c->flag_at = c->started_at + l->flag_after;
	c->wake_at = plan.look_again;
	if (tries.n >= TRIES_MAX - 1) {
		c->wake_at = c->flag_at;	/* enough is enough */
	} else if (plan.make_call || plan.make_text) {
		int made = tries.n;

		if (make_attempts(en, c, p, &plan, &tries, now, e) == -1)
			return -1;
		if (tries.n > made)
			c->wake_at = next_look(l, c, &means, &tries, now);
	}
	if (c->wake_at <= now)
		c->wake_at = now + MSEC_SECOND;
	return ledger_checkin_save(en->ledger, c, e);
}

/* channel = human: the slot itself is a call for a volunteer, until the end
 * of the person's hours. */
static int
hand_to_volunteer(struct engine *en, struct ledger_checkin *c,
    const struct config_participant *p, msec now, struct err *e)
{
	if (c->state == CHECKIN_ASKING)	/* nobody rang: no outage of ours */
		return end_flagged(en, c, FLAG_MISSED, 0, now, e);
	c->state = CHECKIN_ASKING;
	c->started_at = now;
	c->flag_at = calendar_instant(c->date, p->contact_hours.to, NULL);
	if (c->flag_at <= now)
		c->flag_at = now + MSEC_HOUR;
	c->wake_at = c->flag_at;
	if (flags_raise(en, c->participant, FLAG_HUMAN_CALL, c->id, 0, now,
	    &c->flag, e) == -1)
		return -1;
	return ledger_checkin_save(en->ledger, c, e);
}

static int
cancel(struct engine *en, struct ledger_checkin *c, const char *why, msec now,
    struct err *e)
{
	return word_close(en, c, CHECKIN_CANCELLED, CONFIRMED_BY_NOBODY, why,
	    now, e);
}

/* A check-in at its slot.  Sets *ret_go where it may be asked. */
static int
begin(struct engine *en, struct ledger_checkin *c,
    const struct config_participant *p, msec now, bool *ret_go, struct err *e)
{
	int held = ledger_held(en->ledger, c->round, e);

	*ret_go = false;
	if (held == -1)
		return -1;
	if (now - c->slot > en->conf->service.max_late) {
		log_warn("engine", "missed: checkin=%lld late_s=%lld",
		    (long long)c->id,
		    (long long)((now - c->slot) / MSEC_SECOND));
		return end_unheard(en, c, FLAG_MISSED, now, e);
	}
	if (held) {
		c->wake_at = now + deadlines[DEADLINE_DUE].again;
		if (c->wake_at > c->slot + en->conf->service.max_late)
			c->wake_at = c->slot + en->conf->service.max_late + 1;
		return ledger_checkin_save(en->ledger, c, e);
	}
	if (p->human_channel)
		return hand_to_volunteer(en, c, p, now, e);
	c->state = CHECKIN_ASKING;
	c->started_at = now - c->slot > LATE_START ? now : c->slot;
	*ret_go = true;
	return 0;
}

static int
climb_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_checkin *c = arg;
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);
	const struct config_round *r = config_round(en->conf, c->round);
	const char *why;
	bool go = true;
	int away;

	if (en->done.dropped && (p == NULL || !p->live))
		return end_unheard(en, c, FLAG_MISSED, now, e);
	if (p == NULL || !p->live)
		return cancel(en, c, p == NULL ? "removed" : "not live", now,
		    e);
	if (r == NULL)
		return cancel(en, c, "the round was removed", now, e);
	if ((away = plan_is_away(en->ledger, p, c->date, &why, e)) != 0)
		return away == -1 ? -1 : cancel(en, c, why, now, e);
	if (c->state == CHECKIN_DUE && begin(en, c, p, now, &go, e) == -1)
		return -1;
	if (!go)
		return 0;
	if (p->human_channel)
		return hand_to_volunteer(en, c, p, now, e);
	return climb(en, c, p, r->ladder, now, e);
}

/* What fails by itself is put off and told, so that it is not the first to
 * be looked at again. */
static int
put_off(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_checkin c;
	const int64_t *id = arg;

	if (ledger_checkin_get(en->ledger, *id, &c, e) == -1)
		return -1;
	c.wake_at = now + 5 * MSEC_MINUTE;
	return ledger_checkin_save(en->ledger, &c, e);
}

int
climb_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_checkin awake[BATCH];
	int n = ledger_checkins_awake(en->ledger, now, awake, BATCH, e);

	for (int i = 0; i < n; i++) {
		int64_t id = awake[i].id;
		int kept = engine_piece(en, climb_one, &awake[i], now, e);

		if (kept == 0) {
			if (aside_row(en, "checkin", id, now, e) == -1)
				return -1;
			kept = engine_piece(en, put_off, &id, now, e);
		}
		if (kept == -1)
			return -1;
	}
	if (n == BATCH)
		en->more = true;
	return n == -1 ? -1 : 0;
}

static int
look_now(struct engine *en, struct ledger_checkin *c, msec now, struct err *e)
{
	if (c->state != CHECKIN_ASKING || c->wake_at <= now)
		return 0;
	c->wake_at = now;
	return ledger_checkin_save(en->ledger, c, e);
}

int
climb_look(struct engine *en, int64_t checkin, msec now, struct err *e)
{
	struct ledger_checkin c;

	if (checkin == 0)
		return 0;
	if (ledger_checkin_get(en->ledger, checkin, &c, e) == -1)
		return -1;
	return look_now(en, &c, now, e);
}

int
climb_unblock(struct engine *en, struct ledger_checkin *c, msec now,
    struct err *e)
{
	return c->wake_at < c->flag_at ? 0 : look_now(en, c, now, e);
}
