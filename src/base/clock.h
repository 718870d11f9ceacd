/*
 * clock.h - the only place that reads a clock.
 *
 * A clock is the machine's own, or a rehearsal's: one that starts at a given
 * instant and runs so many times as fast.  Only the mains own one; everything
 * below them is told the time.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include "base/base.h"

struct clock {
	msec epoch;	/* what a rehearsal's clock showed at its start */
	msec started;	/* monotonic, at that moment */
	int rate;	/* so many times as fast; 0: the machine's own clock */
};

void clock_init_real(struct clock *c);
void clock_init_rehearsal(struct clock *c, msec epoch, int rate);

msec clock_now(const struct clock *c);		/* UTC */

/* How long to sleep, by the machine, until c shows the instant; at least 0. */
msec clock_sleep_until(const struct clock *c, msec instant);

/* A clock that only runs forward, for lengths of time in this process. */
msec clock_monotonic(void);
int64_t clock_monotonic_us(void);

#endif /* CLOCK_H */
