/*
 * bridge.h - a volunteer is put through to a person: what the engine's other
 * files ask of it.  What begins it is engine_bridge().
 */
#ifndef BRIDGE_H
#define BRIDGE_H

#include "engine/inside.h"

/* Is the volunteer still to be rung?  1, 0, -1. */
int bridge_still_wanted(struct engine *en, const struct ledger_notice *n,
    msec now, struct err *e) MUST_CHECK;
/* What is said to them, and how long it rings and lasts. */
int bridge_fill(struct engine *en, struct effect *f,
    const struct ledger_attempt *a, struct err *e) MUST_CHECK;
/* Their key; fresh: it is told for the first time. */
int bridge_key(struct engine *en, struct gateway *g, struct ledger_attempt *a,
    const struct event *ev, bool fresh, msec now, struct hook_answer *ret,
    struct err *e) MUST_CHECK;
/* How it went where they were put through. */
int bridge_heard(struct engine *en, struct gateway *g,
    const struct ledger_attempt *a, const struct event *ev, msec now,
    struct hook_answer *ret, struct err *e) MUST_CHECK;
/* The call to them has ended. */
int bridge_rung(struct engine *en, int64_t notice, msec now,
    struct err *e) MUST_CHECK;

#endif /* BRIDGE_H */
