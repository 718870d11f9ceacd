/*
 * Who is not to be asked, by what humans said: away until a date, paused, in
 * hospital, dead.  The coordinators' files may say the same of others; what
 * is stricter holds (plan_is_away).
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "engine/plan.h"

/* Longer than this is no absence, but leaving. */
#define LONGEST 366
/* How many absences a person can have in force and to come. */
#define OF_ONE_MAX 16

int
absences_stopped(struct engine *en, const char *participant, msec now,
    struct err *e)
{
	struct ledger_absence a;
	int found = ledger_absence_on(en->ledger, participant,
	    calendar_date(now), &a, e);

	return found == 1 ? absence_stops_all(a.kind) : found;
}

int
absences_silence(struct engine *en, const char *number, msec now,
    struct err *e)
{
	size_t n = 0;
	const struct config_participant *const *people =
	    config_people_at(en->conf, number, &n);

	if (n == 0 || config_volunteer_at(en->conf, number) != NULL)
		return 0;
	for (size_t i = 0; i < n; i++) {
		int stopped = absences_stopped(en, people[i]->id, now, e);

		if (stopped != 1)
			return stopped;
	}
	return 1;
}

/* ---- away -------------------------------------------------------------- */

/* Fill in what the terms leave open, and refuse what cannot be meant. */
static int
settle_terms(const struct absence_terms *t, localdate today,
    struct ledger_absence *ret, struct err *e)
{
	char text[CALENDAR_DATE_SIZE];

	ret->kind = t->kind;
	ret->first = t->first != 0 ? t->first : today;
	ret->last = t->last;
	if (absence_stops_all(t->kind)) {
		ret->first = today;
		ret->last = LEDGER_OPEN_END;
		return 0;
	}
	if (t->last == 0)
		return err_set(e, "until when? Everybody who is away or "
		    "paused is asked again one day");
	if (t->last < today)
		return err_set(e, "%s has passed; give a last day that is "
		    "still to come", calendar_format_date(t->last, text));
	if (ret->first < today)
		ret->first = today;
	if (ret->last < ret->first)
		return err_set(e, "the last day, %s, comes before the first",
		    calendar_format_date(t->last, text));
	if (ret->last - ret->first > LONGEST)
		return err_set(e, "that is more than a year: somebody who "
		    "leaves the scheme is taken out of its files");
	return 0;
}

/* The open check-ins of the person that the absence has. */
static int
cancel_checkins(struct engine *en, const struct ledger_absence *a, msec now,
    struct err *e)
{
	localdate today = calendar_date(now);

	/* A ladder of yesterday may reach over midnight. */
	for (localdate day = today - 1; day <= en->done.planned_to; day++) {
		struct ledger_checkin c[TURNS_MAX];
		int n = 0;

		if (day <= a->last && (day >= a->first || (day < today &&
		    a->first == today)))
			n = ledger_checkins_of(en->ledger, a->participant,
			    day, c, TURNS_MAX, e);
		for (int i = 0; i < n; i++)
			if (!checkin_state_is_final(c[i].state) &&
			    word_close(en, &c[i], CHECKIN_CANCELLED,
			    CONFIRMED_BY_NOBODY, absence_why(a->kind), now,
			    e) == -1)
				return -1;
		if (n == -1)
			return -1;
	}
	return 0;
}

/* No health word, and no name: they read it at the list. */
static int
tell_stopped(struct engine *en, const struct ledger_absence *a, msec now,
    struct err *e)
{
	struct ledger_flag f = { .code = "" };
	char text[256], flag[32] = "";

	if (a->flag != 0) {
		if (ledger_flag_get(en->ledger, a->flag, &f, e) == -1)
			return -1;
		snprintf(flag, sizeof(flag), "flag %s: ", f.code);
	}
	snprintf(text, sizeof(text), "%s: %sall contact with somebody has "
	    "been stopped until a human says otherwise. Please see to what "
	    "follows: ringround status", en->conf->service.name, flag);
	return notices_tell_coordinators(en, "stopped", a->flag, 0, false,
	    text, "all contact with somebody has been stopped", text, now, e);
}

static int
record(struct engine *en, const struct ledger_absence *a, msec now,
    struct err *e)
{
	char first[CALENDAR_DATE_SIZE], last[CALENDAR_DATE_SIZE];
	char words[LEDGER_NAME_SIZE + 3 * CALENDAR_DATE_SIZE +
	    LEDGER_DETAIL_SIZE];

	calendar_format_date(a->first, first);
	snprintf(words, sizeof(words), "%s, from %s%s%s%s%s", a->participant,
	    first, a->last == LEDGER_OPEN_END ? "" : " to ",
	    a->last == LEDGER_OPEN_END ? "" : calendar_format_date(a->last,
	    last), a->note[0] != '\0' ? ": " : "", a->note);
	return flags_record(en, a->who, a->from, absence_name(a->kind),
	    a->flag, 0, words, now, e);
}

int
engine_away(struct engine *en, const char *participant,
    const struct absence_terms *t, const char *who, const char *from,
    msec now, struct err *e)
{
	struct ledger_absence a = { .flag = t->flag, .at = now };

	if (config_participant(en->conf, participant) == NULL)
		return err_set(e, "there is nobody with the id \"%s\"",
		    participant);
	if (settle_terms(t, calendar_date(now), &a, e) == -1)
		return -1;
	snprintf(a.participant, sizeof(a.participant), "%s", participant);
	snprintf(a.who, sizeof(a.who), "%s", who);
	snprintf(a.from, sizeof(a.from), "%s", from);
	snprintf(a.note, sizeof(a.note), "%s", t->note != NULL ? t->note : "");
	if (ledger_absence_add(en->ledger, &a, e) == -1 ||
	    record(en, &a, now, e) == -1 ||
	    cancel_checkins(en, &a, now, e) == -1)
		return -1;
	log_info("engine", "absence=%lld added", (long long)a.id);
	return absence_stops_all(a.kind) ? tell_stopped(en, &a, now, e) : 0;
}

/* ---- back -------------------------------------------------------------- */

/* May this human end it? */
static int
check_may_end(const struct engine *en, const struct ledger_absence *a,
    const char *who, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);

	if (!absence_stops_all(a->kind))
		return 0;
	if (strcmp(who, a->participant) == 0)
		return err_set(e, "contact was stopped by one of the team, "
		    "and only the team can begin it again");
	if (a->kind == ABSENCE_DECEASED && v != NULL && !v->coordinator)
		return err_set(e, "only a coordinator can put that right");
	return 0;
}

/* Those of today; where there are none, those to come.  How many ended. */
static int
end_absences(struct engine *en, const char *participant, const char *who,
    msec now, struct err *e)
{
	struct ledger_absence a[OF_ONE_MAX];
	localdate today = calendar_date(now);
	int n = ledger_absences_of(en->ledger, participant, today, a,
	    OF_ONE_MAX, e);
	int today_too = 0, ended = 0;

	for (int i = 0; i < n; i++)
		today_too += a[i].first <= today;
	for (int i = 0; i < n; i++) {
		if (today_too > 0 && a[i].first > today)
			continue;
		if (check_may_end(en, &a[i], who, e) == -1 ||
		    ledger_absence_end(en->ledger, a[i].id, who, now, e) == -1)
			return -1;
		ended++;
	}
	return n == -1 ? -1 : ended;
}

int
engine_back(struct engine *en, const char *participant, const char *who,
    const char *from, msec now, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, participant);
	int ended = end_absences(en, participant, who, now, e);

	if (ended == -1)
		return -1;
	if (ended == 0)
		return err_set(e, "%s is not away as far as the ledger knows; "
		    "what a file says is changed there", participant);
	if (flags_record(en, who, from, "back", 0, 0, participant, now,
	    e) == -1)
		return -1;
	return p != NULL ? planner_person(en, p, now, e) : 0;
}
