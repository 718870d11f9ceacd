/*
 * limits.h - how often somebody whom we do not know may ask for something.
 *
 * For each address and for all of them together.  In memory only, and of a
 * fixed size: where more addresses knock than there is room for, the one that
 * was heard of longest ago is forgotten.  An IPv6 network of 64 bits counts as
 * one address, since whoever has one has all of it.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include "base/base.h"

struct limits;

/* At most burst at once, and one more after each interval; total_burst and
 * total_every the same for everybody together. */
struct limits *limits_new(int burst, msec every, int total_burst,
    msec total_every);
void limits_free(struct limits *l);		/* NULL is fine */

/* May the address have one more?  Takes it. */
bool limits_take(struct limits *l, const char *address, msec mono);

#endif /* LIMITS_H */
