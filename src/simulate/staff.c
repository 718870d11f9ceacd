#include "simulate/staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BATCH 64
/* Of a hundred texts that ask them. */
#define SAY_YES 65
#define SAY_NO 10
#define SILENT 20		/* the others never get it */
/* Of a hundred flags that they hold, every ten minutes; see also ways. */
#define ENDS 15
/* Of a hundred calls to them before they are put through. */
#define PRESSES 75
#define DOES_NOT_HEAR 10	/* the others' machines answer */
/* Of those who end a false alarm, and hear of a holiday. */
#define GOES_AWAY 4
/* Of a hundred visits, every ten minutes; and of a hundred stays in hospital,
 * every ten minutes from the third day on. */
#define COMES_BACK 30
#define COMES_HOME 1
/* One in so many flags is forgotten by who took it, for so long. */
#define FORGOTTEN_ONE_IN 20
#define FORGOTTEN_FOR (4 * MSEC_HOUR)
/* What nobody took is a coordinator's after so long, in their day. */
#define LEFT_OVER (90 * MSEC_MINUTE)
#define TAKES 20
#define DAY_BEGINS 510
#define DAY_ENDS 1200

struct staff {
	const struct config *conf;
	struct crowd *crowd;
	struct random chance;
};

struct staff *
staff_new(const struct config *conf, struct crowd *crowd, uint64_t seed)
{
	struct staff *s = mem_alloc(sizeof(*s));

	s->conf = conf;
	s->crowd = crowd;
	random_init_seed(&s->chance, seed);
	return s;
}

void
staff_free(struct staff *s)
{
	free(s);
}

/* They asked for it a moment ago, and mostly are there. */
static void
draw_call(uint32_t at, struct habit *ret)
{
	*ret = (struct habit){
		.kind = at < PRESSES ? HABIT_ANSWERS : at < PRESSES +
		    DOES_NOT_HEAR ? HABIT_NO_ANSWER : HABIT_VOICEMAIL,
		.after = HABIT_DRAWN, .stays = at < PRESSES / 3 ?
		    MSEC_MINUTE : NEVER, .rings_back = NEVER,
	};
	if (at < PRESSES)
		snprintf(ret->keys, sizeof(ret->keys), "%s",
		    at % 5 == 0 ? "71" : "1");
}

bool
staff_habit(struct staff *s, const char *number, bool text, struct habit *ret)
{
	uint32_t at = random_below(&s->chance, 100);

	if (config_volunteer_at(s->conf, number) == NULL)
		return false;
	if (!text) {
		draw_call(at, ret);
		return true;
	}
	*ret = (struct habit){
		.kind = HABIT_DELIVERED, .delivery = HABIT_DRAWN,
		.after = MSEC_MINUTE / 2 + (msec)random_below(&s->chance,
		    10 * MSEC_MINUTE),
		.stays = NEVER, .rings_back = NEVER,
	};
	if (at < SAY_YES)
		snprintf(ret->reply, sizeof(ret->reply), "YES {code}");
	else if (at < SAY_YES + SAY_NO)
		snprintf(ret->reply, sizeof(ret->reply), "NO {code}");
	else if (at >= SAY_YES + SAY_NO + SILENT)
		ret->kind = HABIT_UNDELIVERED;
	return true;
}

/* ---- what they do to flags --------------------------------------------- */

struct deed {
	const struct ledger_flag *flag;
	const char *who;
	enum disposition disposition;
	enum false_alarm why;
	localdate away_until;
	const char *to;
	enum note note;
};

static int
do_claim(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_claim(en, d->flag->code, d->who, "page", now, e);
}

static int
do_release(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_release(en, d->flag->code, d->who, "page", now, e);
}

static int
do_resolve(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;
	struct resolution r = {
		.disposition = d->disposition, .false_alarm = d->why,
		.away_until = d->away_until,
	};

	return engine_resolve(en, d->flag->code, d->who, "page", &r, now, e);
}

static int
do_hand_over(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_hand_over(en, d->flag->code, d->to, d->who, "page", now,
	    e);
}

static int
do_note(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;
	bool decides = d->note == NOTE_DECIDED;
	const struct noted n = {
		.kind = d->note, .until = now + MSEC_HOUR, .with = "",
		.decision = DECISION_101, .agency = decides ? "the police" :
		    "", .reference = "", .words = decides ?
		    "they will look in" : "",
	};

	return engine_note(en, d->flag->code, &n, d->who, "page", now, e);
}

static int
do_call(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_bridge(en, d->flag->code, "", d->who, "page", now, e);
}

static int
do_ask_contact(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_ask_contact(en, d->flag->code, 1, d->who, "page", now,
	    e);
}

static int
do_tell_concern(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;
	const struct ledger_concern c = {
		.words = "there was no food in the house", .referred_to = "",
		.consent_why = "",
	};

	return engine_concern(en, d->flag->code, &c, d->who, "page", now, e);
}

static int
do_back(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct ledger_absence *a = arg;

	return engine_back(en, a->participant, a->who, "page", now, e);
}

/* They have been there, or on the telephone, and say what they found. */
static void
end_flag(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	static const enum disposition found[] = { DISPOSITION_SAFE_HELPED,
		DISPOSITION_ILL, DISPOSITION_HOSPITAL };
	struct deed d = { .flag = f, .who = f->owner };

	if (crowd_is_bad(s->crowd, f->participant, w->now)) {
		d.disposition = found[random_below(&s->chance, COUNT(found))];
	} else if (f->reason == FLAG_STOP || f->reason == FLAG_OPTED_OUT) {
		d.disposition = DISPOSITION_SETTLED;
	} else {
		d.disposition = DISPOSITION_SAFE;
		d.why = FALSE_ALARM_OUT + (enum false_alarm)random_below(
		    &s->chance, FALSE_ALARM_OUR_ERROR - FALSE_ALARM_OUT);
		if (f->participant[0] != '\0' &&
		    random_below(&s->chance, 100) < GOES_AWAY)
			d.away_until = calendar_date(w->now) + 1 +
			    (localdate)random_below(&s->chance, 7);
	}
	if (world_do(w, do_resolve, &d))
		crowd_found(s->crowd, f->participant, w->now);
}

static const struct config_volunteer *
coordinator(const struct staff *s, msec now)
{
	const struct config_volunteer *found = NULL;

	for (size_t i = 0; i < s->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &s->conf->volunteers[i];

		if (v->coordinator && (found == NULL ||
		    config_is_on_duty(v, now)))
			found = v;
	}
	return found;
}

/* What is done with flags that are not ended, of a hundred every ten minutes.
 * What may not be is refused, as in life. */
static const struct {
	uint32_t share;
	int (*fn)(struct engine *en, void *arg, msec now, struct err *e);
	enum note note;
} ways[] = {
	{ 2, do_release, NOTE_WORD },
	{ 3, do_hand_over, NOTE_WORD },
	{ 15, do_note, NOTE_TRIED_PERSON },
	{ 3, do_note, NOTE_OUT },
	{ 2, do_note, NOTE_DECIDED },
	{ 10, do_call, NOTE_WORD },
	{ 6, do_ask_contact, NOTE_WORD },
	{ 1, do_tell_concern, NOTE_WORD },
};

static void
see_to_claimed(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	uint32_t at = random_below(&s->chance, 100);
	struct deed d = { .flag = f, .who = f->owner };

	if (f->id % FORGOTTEN_ONE_IN == 0 &&
	    w->now < f->raised_at + FORGOTTEN_FOR)
		return;
	if (at < ENDS) {
		end_flag(s, w, f);
		return;
	}
	at -= ENDS;
	for (size_t i = 0; i < COUNT(ways); at -= ways[i++].share) {
		if (at >= ways[i].share)
			continue;
		/* To whomever, off duty or elsewhere. */
		d.to = s->conf->volunteers[random_below(&s->chance,
		    (uint32_t)s->conf->n_volunteers)].id;
		d.note = ways[i].note;
		(void)world_do(w, ways[i].fn, &d);
		return;
	}
}

/* Whoever went to a door has forgotten to say that they are back, until they
 * are rung; the flag may have ended meanwhile. */
static void
see_to_visits(struct staff *s, struct world *w)
{
	struct ledger_visit v[BATCH];
	struct err e;
	int n = ledger_visits_overdue(w->ledger, w->now + MSEC_HOUR, v, BATCH,
	    &e);

	for (int i = 0; i < n; i++) {
		struct ledger_flag f;
		struct deed d = { .flag = &f, .who = v[i].who,
			.note = NOTE_BACK };

		if (random_below(&s->chance, 100) < COMES_BACK &&
		    ledger_flag_get(w->ledger, v[i].flag, &f, &e) == 0)
			(void)world_do(w, do_note, &d);
	}
}

/* Somebody comes home from hospital, and a coordinator says so. */
static void
see_to_absences(struct staff *s, struct world *w)
{
	const struct config_volunteer *v = coordinator(s, w->now);
	struct ledger_absence a[BATCH];
	localdate today = calendar_date(w->now);
	struct err e;
	int n = ledger_absences_on(w->ledger, today, 0, a, BATCH, &e);

	for (int i = 0; i < n && v != NULL; i++) {
		if (a[i].kind != ABSENCE_HOSPITAL || a[i].first + 3 > today ||
		    random_below(&s->chance, 100) >= COMES_HOME)
			continue;
		snprintf(a[i].who, sizeof(a[i].who), "%s", v->id);
		(void)world_do(w, do_back, &a[i]);
	}
}

static void
see_to_open(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	const struct config_volunteer *v = coordinator(s, w->now);
	int minute = calendar_minute(w->now);
	struct deed d = { .flag = f };

	if (v == NULL || minute < DAY_BEGINS || minute > DAY_ENDS ||
	    w->now < f->raised_at + LEFT_OVER ||
	    random_below(&s->chance, 100) >= TAKES)
		return;
	d.who = v->id;
	(void)world_do(w, do_claim, &d);
}

void
staff_tick(struct staff *s, struct world *w)
{
	struct ledger_flag f[BATCH];
	struct err e;
	int64_t after = 0;
	int n;

	if (w->engine == NULL)
		return;
	do {
		n = ledger_flags_open(w->ledger, after, f, BATCH, &e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (f[i].state == FLAG_CLAIMED)
				see_to_claimed(s, w, &f[i]);
			else
				see_to_open(s, w, &f[i]);
		}
	} while (n == BATCH);
	see_to_visits(s, w);
	see_to_absences(s, w);
}
