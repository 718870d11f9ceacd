/*
 * simulate.h - days of a scheme under virtual time: the real engine, rules
 * and ledger, simulated exchanges, people, volunteers and faults, and a judge.
 *
 * Same options, same run, byte for byte.
 */
#ifndef SIMULATE_H
#define SIMULATE_H

#include "simulate/forecast.h"
#include "simulate/judge.h"
#include "simulate/staff.h"
#include "simulate/weather.h"

#define SIMULATE_MOST_DAYS 3660

struct simulate_options {
	const struct config *conf;	/* its zone is in force */
	localdate from;
	int days;			/* 1 .. SIMULATE_MOST_DAYS */
	uint64_t seed;
	int faults;			/* 0 .. WEATHER_WORST */
	/* So many days are over; may be NULL. */
	void (*progress)(void *arg, int days);
	void *arg;
};

struct simulation {
	struct simulate_options o;
	struct world world;
	struct crowd *crowd;
	struct staff *staff;
	struct weather weather;
	struct forecast forecast;	/* the result, and */
	struct judge judge;		/* whether all promises were kept */
};

/* -1 where it could not go on (no room for the ledger, say); a broken promise
 * is a finding of the judge's.  simulate_release is to be called always. */
int simulate_run(struct simulation *s, const struct simulate_options *o,
    struct err *e) MUST_CHECK;
void simulate_release(struct simulation *s);

#endif /* SIMULATE_H */
