/*
 * agenda.h - what is to happen when: a heap of instants.
 *
 * Entries of one instant come out in the order in which they went in, so that
 * a run repeats exactly.
 */
#ifndef AGENDA_H
#define AGENDA_H

#include "base/base.h"

struct agenda_item {
	msec at;
	uint64_t order;
	int kind;	/* the owner's */
	void *what;	/* the owner's */
	uint32_t turn;	/* lets the owner pass over what is out of date */
};

struct agenda {
	struct agenda_item *items;
	size_t n, cap;
	uint64_t order;
};

void agenda_add(struct agenda *a, msec at, int kind, void *what,
    uint32_t turn);
msec agenda_next(const struct agenda *a);	/* NEVER where it is empty */

/* Take out the first item that is due at now. */
bool agenda_take(struct agenda *a, msec now, struct agenda_item *ret);
void agenda_release(struct agenda *a);

#endif /* AGENDA_H */
