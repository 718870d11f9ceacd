/*
 * rests.h - one trial for each row of the table of deadlines: something is put
 * into the state, nobody says anything more, and it is acted on by its number.
 */
#ifndef RESTS_H
#define RESTS_H

#include "rig.h"

#include "engine/deadlines.h"

#define ALONE RIG_HEAD WALTER TEAM
#define MORNING "morning", RIG_DATE

struct rests_trial {
	enum deadline row;
	void (*run)(const struct deadline_row *d);	/* NULL: the last */
};

extern const struct rests_trial rests_asked[];	/* check-ins, attempts */
extern const struct rests_trial rests_people[];	/* flags, notices, visits */
extern const struct rests_trial rests_trouble[];	/* incidents, holds */

/* What the rig's schemes say by the row's key. */
msec rests_of_scheme(const struct deadline_row *d);

/* When it has been acted on for the first time, and ended, at the latest. */
msec rests_first_by(const struct deadline_row *d);
msec rests_over_by(const struct deadline_row *d);

/* One number of the ledger. */
int64_t rests_number(struct rig *r, const char *sql);

/* It is so from since, and no more from until on (and not much sooner). */
void rests_last(struct rig *r, const struct deadline_row *d, const char *sql,
    msec since, msec until, msec sooner);

#endif /* RESTS_H */
