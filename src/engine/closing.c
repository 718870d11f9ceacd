/*
 * The close of the day: no flag stays without somebody's name overnight.
 *
 * Nobody is made to have claimed what they did not: the rule names a
 * coordinator who is to take it (handed_to), tells them in writing, and asks
 * again until they have.  Who had it until then has it until then.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

/* So many codes stand in a text; the rest is counted. */
#define TEXT_CODES 6

bool
closing_is_night(const struct config *c, msec now)
{
	int minute = calendar_minute(now);

	return minute >= c->service.closes ||
	    minute < c->service.contact_hours.from;
}

/* The evening that the night began with. */
static localdate
evening_of(const struct config *c, msec now)
{
	localdate today = calendar_date(now);

	return calendar_minute(now) >= c->service.closes ? today : today - 1;
}

/* The first coordinator who is on duty, or the first of all. */
static const struct config_volunteer *
out_of_hours(const struct config *c, msec now)
{
	const struct config_volunteer *first = NULL;

	for (size_t i = 0; i < c->n_volunteers; i++) {
		const struct config_volunteer *v = &c->volunteers[i];

		if (!v->coordinator)
			continue;
		if (config_is_on_duty(v, now))
			return v;
		if (first == NULL)
			first = v;
	}
	return first;
}

static bool
is_coordinators(const struct config *c, const char *who)
{
	const struct config_volunteer *v = config_volunteer(c, who);

	/* An administrator's name is no volunteer's, and a name. */
	return v == NULL ? who[0] != '\0' : v->coordinator;
}

bool
closing_has_name(const struct config *c, const struct ledger_flag *f)
{
	return is_coordinators(c, f->owner) || is_coordinators(c,
	    f->handed_to);
}

int
closing_name(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e)
{
	const struct config_volunteer *v = out_of_hours(en->conf, now);

	if (v == NULL || closing_has_name(en->conf, f))
		return 0;
	snprintf(f->handed_to, sizeof(f->handed_to), "%s", v->id);
	return flags_record(en, "ringround", "rule", "night_owner", f->id,
	    f->checkin, v->id, now, e);
}

/* ---- the evening ------------------------------------------------------- */

/* What is said of the flags that were named just now. */
struct evening {
	int count;
	struct buf codes, lines;
};

static void
note(const struct engine *en, struct evening *w, const struct ledger_flag *f)
{
	char since[CALENDAR_CLOCK_SIZE];

	if (w->count < TEXT_CODES)
		buf_addf(&w->codes, "%s%s", w->count > 0 ? ", " : "", f->code);
	calendar_format_clock(f->raised_at, since);
	buf_addf(&w->lines, "- %s: %s, since %s, %s\n", f->code,
	    priority_name(f->priority), since, f->owner[0] == '\0' ?
	    "nobody has it" : flags_name_of(en, f->owner));
	w->count++;
}

static int
name_all(struct engine *en, struct evening *w, msec now, struct err *e)
{
	struct ledger_flag f[BATCH];
	int64_t after = 0;
	int n;

	do {
		n = ledger_flags_open(en->ledger, after, f, BATCH, e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (closing_has_name(en->conf, &f[i]))
				continue;
			if (closing_name(en, &f[i], now, e) == -1)
				return -1;
			f[i].deadline = now + deadlines[DEADLINE_NIGHT].again;
			if (f[i].coordinator_at > f[i].deadline)
				f[i].coordinator_at = f[i].deadline;
			if (ledger_flag_save(en->ledger, &f[i], e) == -1)
				return -1;
			note(en, w, &f[i]);
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

/* In writing, once for all of them: codes only. */
static int
tell(struct engine *en, const struct config_volunteer *v,
    const struct evening *w, msec now, struct err *e)
{
	struct buf text = BUF_EMPTY, body = BUF_EMPTY;
	int result;

	buf_addf(&text, "%s: the day is over, and %d %s for you to take for "
	    "the night: %s", en->conf->service.name, w->count, w->count == 1 ?
	    "flag is" : "flags are", buf_text(&w->codes));
	if (w->count > TEXT_CODES)
		buf_addf(&text, " and %d more", w->count - TEXT_CODES);
	buf_add(&text, ". Reply YES and the code.");
	buf_addf(&body, "Good evening %s,\n\nthese flags are open at the close "
	    "of the day. Each needs a name for the night, and yours is the "
	    "one: please take them, or hand them over to somebody who can. "
	    "You will be asked again every 15 minutes until then.\n\n%s",
	    v->name, buf_text(&w->lines));
	result = notices_tell(en, v, "night", 0, 0, true, buf_text(&text),
	    "flags for the night", buf_text(&body), now, e);
	buf_release(&text);
	buf_release(&body);
	return result;
}

int
closing_run(struct engine *en, msec now, struct err *e)
{
	const struct config_volunteer *v = out_of_hours(en->conf, now);
	struct evening w = { .count = 0 };
	int result = 0;

	if (!closing_is_night(en->conf, now) || v == NULL ||
	    en->done.closed_on >= evening_of(en->conf, now))
		return 0;
	result = name_all(en, &w, now, e);
	if (result == 0 && w.count > 0)
		result = tell(en, v, &w, now, e);
	buf_release(&w.codes);
	buf_release(&w.lines);
	if (result == -1)
		return -1;
	if (w.count > 0)
		log_info("engine", "night: flags=%d", w.count);
	en->done.closed_on = evening_of(en->conf, now);
	return 0;
}

int
closing_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	localdate today = calendar_date(now);

	(void)e;
	*ret = calendar_instant(en->done.closed_on >= today ||
	    calendar_minute(now) >= en->conf->service.closes ? today + 1 :
	    today, en->conf->service.closes, NULL);
	return 0;
}
