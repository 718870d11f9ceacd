/*
 * gone.h - the guard against files that lose people while nobody means it: a
 * folder that is not mounted, a file cut half way.
 *
 * Inside engine/ only; whoever reloads counts by engine_count_gone.
 */
#ifndef GONE_H
#define GONE_H

#include "engine/engine.h"

/* A reload: refused where it would drop too many, unless they were accepted;
 * the reason names the first of them.  0 or -1. */
int gone_check(const struct engine_gone *g, int accept_removals,
    struct err *e) MUST_CHECK;

/*
 * A start that would drop too many.  Those who are there are asked all the
 * same; those who are not stay in the ledger, and their check-ins end as
 * missed, on a human's list, until a coordinator accepts it.  Inside a turn.
 */
int gone_at_start(struct engine *en, msec now, struct err *e) MUST_CHECK;

#endif /* GONE_H */
