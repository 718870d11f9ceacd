/*
 * weather.h - what goes wrong around the engine: a network with its faults,
 * gateways that are down for hours, a mail server that is, a daemon that dies,
 * and a power cut in some streets.
 */
#ifndef WEATHER_H
#define WEATHER_H

#include "simulate/crowd.h"
#include "simulate/world.h"

#define WEATHER_WORST 3

struct weather {
	int level;		/* 0 none, 1 seldom, 2 often, 3 bad */
	struct random chance;
	msec mail_from, mail_until;	/* the mail server is down */
	msec dies_at, back_at;	/* the daemon; NEVER */
	int outages, deaths, cuts;	/* so far */
};

void weather_begin(struct weather *k, int level, uint64_t seed,
    struct world *w);

/* A new day begins, at its midnight: draw what it brings. */
void weather_day(struct weather *k, struct world *w, struct crowd *crowd);

/* When it next does something to the daemon; NEVER. */
msec weather_next(const struct weather *k);
int weather_happen(struct weather *k, struct world *w,
    struct err *e) MUST_CHECK;

bool weather_mail_is_down(const struct weather *k, msec now);

#endif /* WEATHER_H */
