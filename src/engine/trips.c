/*
 * Away by the person's own word, and back.  What they say now stands in place
 * of what they said of the same days before, so that they are asked again on
 * the day that they were told.  What the team or the files say is not theirs
 * to change: a human reads it.
 */
#include "engine/inside.h"

#include <string.h>

#include "rules/away.h"

/* How many absences a person can have in force and to come. */
#define OF_ONE_MAX 16

struct trip
trips_from_today(int days, msec now)
{
	localdate today = calendar_date(now);

	return (struct trip){ today, today + days - 1 };
}

/* Has the team stopped or paused all contact today, or a file?  1, 0, -1 */
static int
is_settled_by_others(struct engine *en, const struct config_participant *p,
    msec now, struct err *e)
{
	struct ledger_absence a[OF_ONE_MAX];
	localdate today = calendar_date(now);
	int n = ledger_absences_of(en->ledger, p->id, today, a, OF_ONE_MAX, e);

	for (int i = 0; i < n; i++)
		if (a[i].first <= today && a[i].kind != ABSENCE_AWAY)
			return 1;
	return n == -1 ? -1 : config_is_away(p, today);
}

/* Their own words of before about these days do not hold any more. */
static int
forget_own(struct engine *en, const struct config_participant *p,
    const struct trip *trip, msec now, struct err *e)
{
	struct ledger_absence a[OF_ONE_MAX];
	int n = ledger_absences_of(en->ledger, p->id, calendar_date(now), a,
	    OF_ONE_MAX, e);

	for (int i = 0; i < n; i++)
		if (strcmp(a[i].who, p->id) == 0 && a[i].first <= trip->last &&
		    a[i].last >= trip->first && ledger_absence_end(en->ledger,
		    a[i].id, p->id, now, e) == -1)
			return -1;
	return n == -1 ? -1 : 0;
}

/* A flag of theirs that is open is not ended by going away: whoever has it
 * finds that they were heard. */
static int
tell_of_flag(struct engine *en, const struct config_participant *p, msec now,
    struct err *e)
{
	struct ledger_flag f;
	int found = ledger_flag_open_of(en->ledger, p->id, &f, e);

	if (found != 1)
		return found;
	return word_unclear(en, p->id, 0, now, e);
}

static int
note(struct engine *en, const struct config_participant *p,
    const struct trip *trip, const char *from, msec now, struct err *e)
{
	const struct absence_terms t = { .kind = ABSENCE_AWAY,
		.first = trip->first, .last = trip->last };
	int settled = is_settled_by_others(en, p, now, e);

	if (settled != 0)
		return settled == -1 ? -1 : 0;
	if (forget_own(en, p, trip, now, e) == -1 ||
	    engine_away(en, p->id, &t, p->id, from, now, e) == -1 ||
	    tell_of_flag(en, p, now, e) == -1)
		return -1;
	/* Days that the words of before had, and these have not. */
	return planner_person(en, p, now, e) == -1 ? -1 : 1;
}

int
trips_text(struct engine *en, const struct config_participant *p,
    const char *text, msec now, struct trip *ret, struct err *e)
{
	if (away_read(text, p->language, calendar_date(now), &ret->first,
	    &ret->last) != AWAY_CLEAR)
		return 0;
	return note(en, p, ret, "text", now, e);
}

int
trips_days(struct engine *en, const struct config_participant *p, int days,
    msec now, struct trip *ret, struct err *e)
{
	*ret = trips_from_today(days, now);
	return note(en, p, ret, "call", now, e);
}

int
trips_back(struct engine *en, const struct config_participant *p,
    const char *from, msec now, struct err *e)
{
	struct ledger_absence a[OF_ONE_MAX];
	int n, settled = is_settled_by_others(en, p, now, e);

	if (settled != 0)
		return settled == -1 ? -1 : 0;
	n = ledger_absences_of(en->ledger, p->id, calendar_date(now), a,
	    OF_ONE_MAX, e);
	if (n <= 0)
		return n;
	return engine_back(en, p->id, p->id, from, now, e) == -1 ? -1 : 1;
}
