/*
 * plan.h - who is asked when: what should be, from the configuration and what
 * the ledger knows (first slots, holds, opt-outs).
 *
 * Used by the planner to write check-ins, and by `ringround plan` to show
 * them, so that what is shown is what will happen.
 */
#ifndef PLAN_H
#define PLAN_H

#include "config/config.h"
#include "ledger/ledger.h"

/* Why a person's turn does not become a check-in. */
enum plan_skip {
	PLAN_ASKED,
	PLAN_AWAY,
	PLAN_NOT_LIVE,
	PLAN_FIRST_SLOT,	/* the slot lies before they were loaded live */
	PLAN_CLOSED_DAY,
	PLAN_HOLD,
	PLAN_OPTED_OUT,		/* no channel is left: a flag instead */
};
const char *plan_skip_name(enum plan_skip s);	/* NULL for PLAN_ASKED */

struct plan_step {
	msec at;
	enum channel channel;
	const char *number;
};

struct plan_item {
	const struct config_participant *participant;
	const struct config_round *round;
	msec slot;
	enum plan_skip skip;
	const char *away_why;	/* absence_why where skip is PLAN_AWAY */
	struct plan_step steps[2 * LADDER_MAX_STEPS];
	int n_steps;
};

/*
 * Everybody's turns on a date, in the order of slots per round as configured.
 * l may be NULL (no ledger yet: nobody is skipped for what it knows; now is
 * then taken as the instant of the first load).  Stops when fn returns other
 * than 0, and returns that; -1 with *e where the ledger fails.
 */
int plan_day(const struct config *c, struct ledger *l, localdate date,
    msec now, int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e);

/* The same from the (*round)th round's (*person)th participant on, for up to
 * *room of them; these are moved on.  The day is over where *round is the
 * number of rounds. */
int plan_some(const struct config *c, struct ledger *l, localdate date,
    size_t *round, size_t *person, size_t *room, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e);

/* The same for one person. */
int plan_person(const struct config *c, struct ledger *l,
    const struct config_participant *p, localdate date, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e);

/* Is the person away on the date, or paused, in hospital or dead: by the file
 * or by the ledger (NULL: none yet), whichever is the stricter?  1 and why
 * (absence_why) in *ret_why, 0, -1. */
int plan_is_away(struct ledger *l, const struct config_participant *p,
    localdate date, const char **ret_why, struct err *e) MUST_CHECK;

/* The next slot of one person after now, over all their rounds and the next
 * 60 days; NEVER where there is none. */
msec plan_next_slot(const struct config *c, struct ledger *l,
    const struct config_participant *p, msec now);

#endif /* PLAN_H */
