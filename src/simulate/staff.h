/*
 * staff.h - volunteers and coordinators, as they are: most take a flag within
 * minutes, some say no, some do not look at their telephone, some take it and
 * forget, or pass it on.  Coordinators go over what nobody took.
 */
#ifndef STAFF_H
#define STAFF_H

#include "simulate/crowd.h"
#include "simulate/world.h"

struct staff;

struct staff *staff_new(const struct config *conf, struct crowd *crowd,
    uint64_t seed);
void staff_free(struct staff *s);	/* NULL is fine */

/* What a volunteer does about a text that asks.  false where the number is
 * none of theirs. */
bool staff_habit(struct staff *s, const char *number, bool text,
    struct habit *ret);

/* Ten minutes have gone: those who hold flags end some, and the coordinators
 * take what is left. */
void staff_tick(struct staff *s, struct world *w);

#endif /* STAFF_H */
