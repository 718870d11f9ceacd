/*
 * Times of the day at which nobody stands behind a flag, or only one does.
 */
#include "config/config.h"

#include "base/buf.h"
#include "base/mem.h"

#define GAPS_NAMED 3

static bool
has_duty(const struct config_volunteer *v, int day, int minute)
{
	for (int i = 0; i < v->n_duty; i++) {
		const struct week_hours *w = &v->duty[i];

		if ((w->days >> day & 1) != 0 && minute >= w->hours.from &&
		    minute < w->hours.to)
			return true;
	}
	return false;
}

/* 0 where nobody at all is on duty; else 1, and one more for each coordinator,
 * up to two. */
static int
cover_at(const struct config *c, int day, int minute)
{
	int anybody = 0, coordinators = 0;

	for (size_t i = 0; i < c->n_volunteers && coordinators < 2; i++) {
		if (!has_duty(&c->volunteers[i], day, minute))
			continue;
		anybody = 1;
		coordinators += c->volunteers[i].coordinator;
	}
	return anybody + coordinators;
}

struct gap {
	int at;		/* in minutes of contact hours, from Monday's on */
	int day, from, to;
};

/* The next time within the contact hours of a week, at or after gap->at, at
 * which the cover is like that, and until when; false: there is none. */
static bool
find_gap(const struct config *c, bool nobody, struct gap *gap)
{
	const struct hours *h = &c->service.contact_hours;
	int length = h->to - h->from;

	for (; gap->at < 7 * length; gap->at++) {
		int minute = h->from + gap->at % length, to = minute;

		gap->day = gap->at / length;
		while (to < h->to && cover_at(c, gap->day, to) <
		    (nobody ? 1 : 3))
			to++;
		if (to == minute)
			continue;
		gap->from = minute;
		gap->to = to;
		gap->at += to - minute;
		return true;
	}
	return false;
}

/* "on Monday from 08:00 to 09:30, on Sunday from ... and at 2 more times of
 * the week "; how many there are. */
static int
list_gaps(const struct config *c, bool nobody, struct buf *b)
{
	static const char *const names[7] = { "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	struct gap gap = { .at = 0 };
	int n = 0;

	while (find_gap(c, nobody, &gap))
		if (n++ < GAPS_NAMED)
			buf_addf(b, "%son %s from %02d:%02d to %02d:%02d",
			    n > 1 ? ", " : "", names[gap.day], gap.from / 60,
			    gap.from % 60, gap.to / 60, gap.to % 60);
	if (n > GAPS_NAMED)
		buf_addf(b, " and at %d more %s of the week", n - GAPS_NAMED,
		    n - GAPS_NAMED == 1 ? "time" : "times");
	return n;
}

static void
warn_gap(const struct config *c, bool nobody, struct config_notes *to)
{
	struct buf b = BUF_EMPTY;
	size_t n;

	if (list_gaps(c, nobody, &b) == 0) {
		buf_release(&b);
		return;
	}
	buf_addf(&b, " %s; write more duty for %s", nobody ?
	    "nobody at all is on duty" :
	    "there is no second coordinator on duty, so that one who is ill"
	    " leaves flags to nobody", nobody ? "somebody" : "another");
	n = b.len + 1;
	buf_addc(&b, '\0');
	buf_add(&b, c->place.file);
	mem_reserve(&to->items, to->n, &to->cap, sizeof(*to->items));
	char *text = buf_take(&b);
	to->items[to->n++] = (struct config_note){
		{ text + n, c->place.line }, text };
}

void
config_warn_of_gaps(const struct config *c, struct config_notes *warnings)
{
	if (c->n_live == 0)
		return;
	warn_gap(c, true, warnings);
	warn_gap(c, false, warnings);
}
