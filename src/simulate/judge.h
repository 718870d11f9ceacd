/*
 * judge.h - whether every promise was kept: the invariants at every virtual
 * minute, what was let out as it leaves, and at the end our ledger against
 * the exchanges' own, and against what really happened to people.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "simulate/crowd.h"
#include "simulate/world.h"

#define JUDGE_MAX 20	/* findings kept; further ones are counted */

struct judge {
	const struct world *world;
	struct crowd *crowd;
	char *findings[JUDGE_MAX];
	int n;

	/* How much was looked at. */
	uint64_t minutes, creates;
	size_t bad_days;		/* check-ins of somebody in need */
	uint64_t digest;		/* of all that passed the wire */

	msec looked_at;			/* at flags that nobody knows of */
	size_t n_spells_done;		/* ended long ago, and looked at */
	struct judge_day *calls;	/* of each number that day */
	size_t n_calls, cap_calls;
	localdate calls_date;
};

void judge_begin(struct judge *j, const struct world *w, struct crowd *crowd);
void judge_release(struct judge *j);

void judge_find(struct judge *j, msec at, const char *fmt,
    ...) PRINTF_LIKE(3, 4);

/* The last minute of a state of the ledger. */
void judge_minute(struct judge *j, msec minute);

/* The engine lets this out now. */
void judge_create(struct judge *j, const struct submission *s);

/* A line of the log: does it say that something failed by itself? */
void judge_line(struct judge *j, const char *line);

/* A day is over, at the midnight after it: was everybody whose day was bad
 * flagged, that day and the one before? */
void judge_day(struct judge *j);

/* All is over.  The engine must live. */
void judge_end(struct judge *j);

#endif /* JUDGE_H */
