/*
 * world.h - a daemon's engine on a ledger of its own, a simulated exchange
 * for each of its gateways, and virtual time: no clock is read, no address
 * asked, and every run of a seed is the same.
 *
 * Nothing here knows what ought to happen: see judge.h.
 */
#ifndef WORLD_H
#define WORLD_H

#include "simulate/wire.h"

struct world_options {
	const struct config *conf;	/* must outlive the world */
	uint64_t seed;
	msec start;
	/* What people do: see exchange_options. */
	bool (*habit)(void *arg, const char *number, bool text, msec now,
	    struct habit *ret);
	void *habit_arg;
	/*
	 * Called when time is about to leave a state of the ledger behind:
	 * with the last full minute at which it still held.  What is overdue
	 * in a state is only more so later, so looking at each state once, at
	 * its end, looks at every minute.
	 */
	void (*minute)(void *arg, msec minute);
	void *minute_arg;
};

struct world {
	struct world_options o;
	char folder[64];		/* of the ledger; "" for none */
	struct ledger *ledger;
	struct engine *engine;		/* NULL while it is dead */
	struct engine_ops ops;
	struct random chance;		/* the daemon's own */
	struct wire wire;
	msec now;
	bool deaf;			/* the wire wants one: never */
	int turns_here;			/* in this minute, against spinning */
	bool changed;			/* since the last look */
};

/* The engine's first turn is not run yet.  -1 where the ledger cannot be
 * made; world_close is to be called all the same. */
int world_open(struct world *w, const struct world_options *o,
    struct err *e) MUST_CHECK;
void world_close(struct world *w);	/* removes the ledger */

/* Let time pass up to the instant, which has then been lived through.  -1
 * where the ledger fails, or the engine never comes to rest. */
int world_run(struct world *w, msec until, struct err *e) MUST_CHECK;

/* The engine ends without a word; what was on its way back to it is lost. */
void world_kill(struct world *w);
int world_start(struct world *w, struct err *e) MUST_CHECK;

/* Do something in a turn of its own, as a command of a person does.  false
 * where it was refused, or the engine is dead. */
typedef int world_fn(struct engine *en, void *arg, msec now, struct err *e);
bool world_do(struct world *w, world_fn *fn, void *arg);

/* The exchange of the first gateway that serves the channel. */
struct exchange *world_exchange(const struct world *w, enum channel channel);

#endif /* WORLD_H */
