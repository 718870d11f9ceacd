/*
 * scheme.h - a made-up scheme, to simulate without a configuration: so many
 * people of a town, with their rounds, numbers, couples and holidays, and the
 * volunteers that such a number needs.  All of it is drawn from the seed, and
 * all numbers are of those that Ofcom keeps for drama, or of the test ranges
 * beside them.
 */
#ifndef SCHEME_H
#define SCHEME_H

#include "config/config.h"

#define SCHEME_MOST_PEOPLE 10000

struct scheme_options {
	int people;		/* 1 .. SCHEME_MOST_PEOPLE */
	uint64_t seed;
	localdate from;		/* holidays lie in these days */
	int days;
};

/* The zone in which the scheme of that seed lies: there are six. */
const char *scheme_zone(uint64_t seed);

/* The scheme, loaded.  Its zone is to be in force (calendar_open).  NULL with
 * *e where its files cannot be written. */
struct config *scheme_make(const struct scheme_options *o,
    struct err *e) MUST_CHECK;

#endif /* SCHEME_H */
