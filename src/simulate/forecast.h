/*
 * forecast.h - what the days were like, for those who plan them: flags a day,
 * how much volunteers had to do, how late people were rung.
 */
#ifndef FORECAST_H
#define FORECAST_H

#include "simulate/world.h"

struct forecast_day {
	localdate date;
	int states[CHECKIN_STATE_COUNT];	/* of its check-ins */
	int checkins;
	int flags;			/* raised */
	int calls, texts;		/* to participants */
	int notices;			/* to volunteers, by text or e-mail */
	msec late_middle, late_most;	/* of first attempts; -1 for none */
};

struct forecast_volunteer {
	const char *id, *name;
	int asked;			/* texts about flags */
	int ended;			/* flags that they ended */
	int busiest;			/* most ended on one day */
};

struct forecast {
	const struct config *conf;
	localdate from;
	struct forecast_day *days;
	int n_days;
	struct forecast_volunteer *volunteers;	/* as in the configuration */
	int reasons[FLAG_REASON_COUNT];	/* of all flags */
	int flags, open;		/* in all; left at the end */
	int own_word;			/* ended by the person's own word */
	msec ended_middle;		/* from raised to ended; -1 for none */
};

void forecast_begin(struct forecast *f, const struct config *conf,
    localdate from, int days);
void forecast_release(struct forecast *f);

/* Something is let out at this instant. */
void forecast_create(struct forecast *f, const struct submission *s,
    msec now);
void forecast_mail(struct forecast *f, msec now);

/* Read the rest from the ledger, when all is over. */
int forecast_end(struct forecast *f, struct ledger *l,
    struct err *e) MUST_CHECK;

#endif /* FORECAST_H */
