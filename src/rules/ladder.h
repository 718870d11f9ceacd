/*
 * ladder.h - the steps of a check-in, and which one is next.
 *
 * A ladder is data.  ladder_next() is the whole of the climbing: given the
 * ladder, what was attempted so far and the instant, it says what to do now
 * and when to look again.  It reads no clock and no file.
 *
 * Minute 0 is the instant at which the check-in really began, so that a late
 * start moves the whole ladder.  If a step was sent late (a queue, a gateway
 * that was down), the steps after it keep their distance from it: nobody is
 * rung twice in a row because we were late.  The flag never moves.
 */
#ifndef LADDER_H
#define LADDER_H

#include "rules/state.h"

#define LADDER_MAX_STEPS 12

struct ladder_step {
	msec after;		/* from minute 0 */
	bool call, text;	/* by which channels; both may stand */
	bool call_alternate;	/* the call goes to the alternate number */
	bool text_alternate;
};

struct ladder {
	const char *name;
	const char *version;	/* a digest of what it says, for the record */
	struct ladder_step steps[LADDER_MAX_STEPS];
	int n_steps;
	msec ring;		/* how long a call rings */
	msec flag_after;	/* from minute 0 */
	msec claim_by;		/* from each notice */
	msec coordinator_after;	/* from the flag */
	bool hold_in_silence;	/* of many at once volunteers hear later */
};

/* Busy: again after ten minutes, for thirty at most (domain.md 5, 1b). */
#define LADDER_BUSY_AGAIN (10 * MSEC_MINUTE)
#define LADDER_BUSY_FOR (30 * MSEC_MINUTE)

/* A gateway's error: again after two, five, then every ten minutes. */
#define LADDER_ERROR_AGAIN_1 (2 * MSEC_MINUTE)
#define LADDER_ERROR_AGAIN_2 (5 * MSEC_MINUTE)
#define LADDER_ERROR_AGAIN_3 (10 * MSEC_MINUTE)

/* One attempt of this check-in, as far as climbing needs to know it.  They
 * are given in the order in which they were planned. */
struct ladder_try {
	int step;
	enum channel channel;
	enum attempt_state state;
	enum outcome outcome;
	msec planned_at;	/* when it was to be made */
	msec sent_at;		/* 0 while it was not */
	msec ended_at;		/* 0 while it has not */
};

/* What the person can be asked by now: has a number, not opted out. */
struct ladder_means {
	bool call, text;
};

struct ladder_plan {
	bool make_call, make_text;	/* attempts to plan now */
	int step;			/* of which step */
	bool call_alternate, text_alternate;
	bool retry;			/* busy or an error: no new step */
	bool flag;			/* flag_after has come */
	msec look_again;		/* > now, or NEVER with flag; the flag's
					 * instant where an attempt that is not
					 * settled blocks a step that is due */
};

/*
 * What now?  start is minute 0; the check-in is being asked, nobody has been
 * heard.  At most one step is made at a time, and none while an attempt of an
 * earlier one on the same channel is neither accepted nor ended.
 */
void ladder_next(const struct ladder *l, msec start,
    const struct ladder_means *means, const struct ladder_try *tries, int n,
    msec now, struct ladder_plan *ret);

/* When step i falls due if all goes as planned, after minute 0. */
msec ladder_step_at(const struct ladder *l, msec start, int i);

/*
 * Why is the flag raised, when the ladder has ended unheard?  If any attempt
 * could have been noticed by the person it is FLAG_NO_RESPONSE; else what
 * stood in the way of all of them (FLAG_GATEWAY before FLAG_UNDELIVERED,
 * FLAG_OPTED_OUT where no means is left, FLAG_MISSED where none was made, or
 * our own gate let none out).
 */
enum flag_reason ladder_verdict(const struct ladder_means *means,
    const struct ladder_try *tries, int n);

/* The last instant, after minute 0, at which the ladder may still send: its
 * last step, or the last retry after busy.  For the contact hours' check. */
msec ladder_last_send(const struct ladder *l);

#endif /* LADDER_H */
