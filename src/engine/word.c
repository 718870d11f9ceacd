/*
 * What follows from a participant's word: well, help, or a sign of life.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

/* A text that was waiting for a reply has its outcome now; what was only
 * planned is not made any more.  What is under way settles by itself. */
static int
end_attempts(struct engine *en, const struct ledger_checkin *c,
    enum outcome reply, msec now, struct err *e)
{
	struct ledger_attempt a[TRIES_MAX];
	int n = ledger_attempts_of(en->ledger, c->id, a, TRIES_MAX, e);

	for (int i = n - 1; i >= 0; i--) {
		enum outcome outcome = OUTCOME_NO_REPLY;
		const char *why = "";

		if (a[i].state == ATTEMPT_PLANNED) {
			outcome = OUTCOME_REFUSED;
			why = "the check-in has ended";
		} else if (a[i].state != ATTEMPT_ACCEPTED ||
		    a[i].channel != CHANNEL_TEXT)
			continue;
		else if (reply != OUTCOME_NONE) {
			outcome = reply;
			reply = OUTCOME_NONE;
		}
		if (settle_end(en, &a[i], outcome, why, now, e) == -1)
			return -1;
	}
	return n == -1 ? -1 : 0;
}

/* reply: what the newest text was answered with, NONE if it was not. */
static int
end_checkin(struct engine *en, struct ledger_checkin *c,
    enum checkin_state state, enum confirmed_by by, enum outcome reply,
    const char *reason, msec now, struct err *e)
{
	bool was_asking = c->state == CHECKIN_ASKING;

	c->state = state;
	c->confirmed_by = by;
	c->wake_at = 0;
	c->closed_at = now;
	if (reason != NULL)
		snprintf(c->reason, sizeof(c->reason), "%s", reason);
	if (ledger_checkin_save(en->ledger, c, e) == -1)
		return -1;
	return was_asking ? end_attempts(en, c, reply, now, e) : 0;
}

int
word_close(struct engine *en, struct ledger_checkin *c,
    enum checkin_state state, enum confirmed_by by, const char *reason,
    msec now, struct err *e)
{
	return end_checkin(en, c, state, by, by == CONFIRMED_BY_REPLY ?
	    OUTCOME_OK : OUTCOME_NONE, reason, now, e);
}

/* ---- well -------------------------------------------------------------- */

/* Does an OK count for this check-in, and as what? */
static bool
ok_counts(const struct engine *en, const struct ledger_checkin *c,
    int64_t also, enum checkin_state *ret)
{
	const struct config_round *r = config_round(en->conf, c->round);

	*ret = CHECKIN_CONFIRMED;
	switch (c->state) {
	case CHECKIN_DUE:
		/* A round may want to be asked anew. */
		return r == NULL || !r->ask_again || c->id == also;
	case CHECKIN_ASKING:
		return true;
	case CHECKIN_NO_RESPONSE:
	case CHECKIN_UNDELIVERED:
	case CHECKIN_MISSED:
		*ret = CHECKIN_CONFIRMED_LATE;
		return true;
	default:
		return false;
	}
}

static int
ok_for(struct engine *en, struct ledger_checkin *c, enum confirmed_by by,
    int64_t also, msec now, struct err *e)
{
	enum checkin_state state;

	if (!ok_counts(en, c, also, &state))
		return 0;
	return word_close(en, c, state, by, NULL, now, e);
}

/* Add those of the day before that are still asked: a ladder may reach over
 * midnight.  The count of all, or -1. */
static int
add_last_night(struct engine *en, const char *participant, msec now,
    struct ledger_checkin *ret, int n, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX];
	int m = ledger_checkins_of(en->ledger, participant,
	    calendar_date(now) - 1, c, TURNS_MAX, e);

	for (int i = 0; i < m && n < TURNS_MAX - 1; i++)
		if (c[i].state == CHECKIN_ASKING)
			ret[n++] = c[i];
	return m == -1 ? -1 : n;
}

/* The person's check-ins that a word of now is about: today's, what is being
 * asked, and the one that it belongs to (0: none).  The count, or -1. */
static int
load_today(struct engine *en, const char *participant, int64_t also, msec now,
    struct ledger_checkin *ret, struct err *e)
{
	int n = ledger_checkins_of(en->ledger, participant,
	    calendar_date(now), ret, TURNS_MAX - 1, e);

	if (n != -1)
		n = add_last_night(en, participant, now, ret, n, e);
	if (n == -1 || also == 0)
		return n;
	for (int i = 0; i < n; i++)
		if (ret[i].id == also)
			return n;
	if (ledger_checkin_get(en->ledger, also, &ret[n], e) == -1)
		return -1;
	return n + 1;
}

int
word_ok(struct engine *en, const char *participant, enum confirmed_by by,
    int64_t also, msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX];
	int n, stopped = absences_stopped(en, participant, now, e);

	/* Who is in hospital, or has died, does not press 1 at home: that is
	 * news for a human, and no confirmation. */
	if (stopped == 1 && by != CONFIRMED_BY_HUMAN)
		return word_unclear(en, participant, also, now, e);
	n = stopped == -1 ? -1 : load_today(en, participant, also, now, c, e);
	for (int i = 0; i < n; i++)
		if (ok_for(en, &c[i], by, also, now, e) == -1)
			return -1;
	if (n == -1)
		return -1;
	return flags_own_word(en, participant, now, e);
}

/* ---- help -------------------------------------------------------------- */

/* Is there one that is asked now?  Then the help belongs to it; else to the
 * next that is due, else to what was flagged. */
static struct ledger_checkin *
find_asked(struct ledger_checkin *c, int n, int64_t also)
{
	struct ledger_checkin *best = NULL;

	for (int i = 0; i < n; i++) {
		if (c[i].id == also || c[i].state == CHECKIN_ASKING)
			return &c[i];
		if (best == NULL && c[i].state != CHECKIN_CANCELLED)
			best = &c[i];
	}
	return best;
}

/* Help ends every ladder that is being climbed, and the turn it belongs to;
 * what was confirmed before stays confirmed. */
static bool
help_ends(const struct ledger_checkin *c, const struct ledger_checkin *asked)
{
	if (c->state == CHECKIN_ASKING)
		return true;
	return c == asked && c->state != CHECKIN_CONFIRMED &&
	    c->state != CHECKIN_CONFIRMED_LATE &&
	    c->state != CHECKIN_CANCELLED;
}

int
word_help(struct engine *en, const char *participant, int64_t also,
    bool by_text, msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX], *asked;
	int n = load_today(en, participant, also, now, c, e);
	int64_t flag;

	if (n == -1)
		return -1;
	asked = find_asked(c, n, also);
	if (flags_raise(en, participant, FLAG_HELP, asked != NULL ? asked->id :
	    0, 0, now, &flag, e) == -1)
		return -1;
	for (int i = 0; i < n; i++) {
		if (!help_ends(&c[i], asked))
			continue;
		c[i].flag = flag;
		if (end_checkin(en, &c[i], CHECKIN_HELP_REQUESTED,
		    CONFIRMED_BY_NOBODY, by_text ? OUTCOME_HELP :
		    OUTCOME_NONE, NULL, now, e) == -1)
			return -1;
	}
	return 0;
}

/* ---- a sign of life ---------------------------------------------------- */

int
word_unclear(struct engine *en, const char *participant, int64_t also,
    msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX], *asked;
	int n = load_today(en, participant, also, now, c, e);
	int64_t flag;

	if (n == -1)
		return -1;
	asked = find_asked(c, n, also);
	return flags_raise(en, participant, FLAG_UNCLEAR_REPLY,
	    asked != NULL ? asked->id : 0, 0, now, &flag, e);
}

/* ---- what it is about -------------------------------------------------- */

/* The newest of the check-in's that left on the channel; 0 for none. */
static int
newest_made(struct engine *en, int64_t checkin, enum channel channel,
    int64_t *ret, struct err *e)
{
	struct ledger_attempt a[TRIES_MAX];
	int n = ledger_attempts_of(en->ledger, checkin, a, TRIES_MAX, e);

	*ret = 0;
	for (int i = 0; i < n; i++)
		if (a[i].channel == channel && a[i].sent_at != 0)
			*ret = a[i].id;
	return n == -1 ? -1 : 0;
}

int
word_about(struct engine *en, struct ledger_reply *r, msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX], *asked;
	int n = load_today(en, r->participant, 0, now, c, e);

	if (n == -1)
		return -1;
	asked = find_asked(c, n, 0);
	if (asked == NULL)
		return word_flagged(en, r, e);
	r->checkin = asked->id;
	if (newest_made(en, asked->id, r->channel, &r->attempt, e) == -1)
		return -1;
	return word_flagged(en, r, e);
}

int
word_flagged(struct engine *en, struct ledger_reply *r, struct err *e)
{
	struct ledger_flag f;
	int found = 0;

	if (r->flag == 0)
		found = r->participant[0] != '\0' ?
		    ledger_flag_open_of(en->ledger, r->participant, &f, e) :
		    ledger_flag_open_at(en->ledger, r->number, &f, e);
	if (found != 1)
		return found;
	r->flag = f.id;
	return r->id != 0 ? ledger_reply_save(en->ledger, r, e) : 0;
}

/* ---- is it waited for -------------------------------------------------- */

int
word_is_awaited(struct engine *en, const char *participant, msec now,
    bool *ret_asking, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX];
	struct ledger_flag f;
	int n = load_today(en, participant, 0, now, c, e);
	int found;
	bool awaited = false;

	if (n == -1)
		return -1;
	*ret_asking = false;
	for (int i = 0; i < n; i++) {
		if (c[i].state == CHECKIN_ASKING)
			*ret_asking = true;
		if (!checkin_state_is_final(c[i].state))
			awaited = true;
	}
	found = ledger_flag_open_of(en->ledger, participant, &f, e);
	if (found == -1)
		return -1;
	if (found == 1 && flag_reason_ends_by_own_word(f.reason))
		awaited = true;
	return awaited;
}

int
word_heard_since(struct engine *en, const char *participant, msec since,
    msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX];
	int n = ledger_checkins_of(en->ledger, participant,
	    calendar_date(now), c, TURNS_MAX, e);

	for (int i = 0; i < n; i++)
		if (c[i].closed_at >= since &&
		    (c[i].state == CHECKIN_CONFIRMED ||
		    c[i].state == CHECKIN_CONFIRMED_LATE ||
		    c[i].state == CHECKIN_HELP_REQUESTED))
			return 1;
	return n == -1 ? -1 : 0;
}
