/*
 * planner.h - writes the days ahead, and makes the open check-ins agree with a
 * new configuration.
 *
 * A part of it a turn: what a turn does must not grow with the people.
 * Planning a day twice changes nothing that has begun, (participant, round,
 * date) is unique and only what is still due moves; so wherever it was cut
 * short, it begins anew.
 */
#ifndef PLANNER_H
#define PLANNER_H

#include "engine/engine.h"

/* In this order; a new day begins with the last. */
enum planner_part {
	PLANNER_RESTS,
	PLANNER_LIVE,		/* who is live since when: the first slots */
	PLANNER_UNWANTED,	/* check-ins that are not wanted any more */
	PLANNER_DAYS,
};

/* How far it is. */
struct planner_at {
	enum planner_part part;
	bool again;		/* also what was taken off the plan before */
	bool once_more;		/* something has changed since it began */
	int64_t load;		/* marks who is live */
	size_t round, person;	/* the next of the configuration */
	struct { msec wake_at; int64_t id; } after;	/* the last, open */
	localdate day;
	int planned;		/* on that day */
};

/* How the engine does it; see its duties. */
int planner_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* Plan one person's days anew, with what was taken off them before. */
int planner_person(struct engine *en, const struct config_participant *who,
    msec now, struct err *e) MUST_CHECK;

/* The turn that reloaded has committed, or is lost. */
void planner_reload_kept(struct engine *en);
void planner_reload_lost(struct engine *en);

#endif /* PLANNER_H */
