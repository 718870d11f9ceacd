/*
 * random.h - chance as an argument, so that a run with a seed repeats.
 *
 * A source is either the system's (unpredictable, for the daemon: ids that
 * nobody may guess) or seeded (for the exchange and the simulator).
 */
#ifndef RANDOM_H
#define RANDOM_H

#include "base/base.h"

struct random {
	bool seeded;
	uint64_t state[4];	/* xoshiro256** (Blackman, Vigna 2018); of
				 * the system's: drawn, and not used yet */
	int left;		/* so many of those */
};

void random_init_system(struct random *r);
void random_init_seed(struct random *r, uint64_t seed);

uint64_t random_u64(struct random *r);
uint32_t random_below(struct random *r, uint32_t n);	/* 0 .. n-1, n > 0 */
double random_unit(struct random *r);			/* 0 <= x < 1 */

/* An unguessable name of n characters a-z 2-7 (5 bits each), and a NUL. */
void random_name(struct random *r, char *ret, size_t n);

#endif /* RANDOM_H */
