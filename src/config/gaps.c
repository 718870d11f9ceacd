/*
 * Times of the day at which nobody stands behind a flag, or only one does.
 */
#include "config/config.h"

#include "base/buf.h"
#include "base/mem.h"

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

/* The first time within the contact hours of a week at which the cover is
 * like that, and until when; false: there is none. */
static bool
find_gap(const struct config *c, bool nobody, int *ret_day, int *ret_from,
    int *ret_to)
{
	const struct hours *h = &c->service.contact_hours;

	for (int i = 0; i < 7 * (h->to - h->from); i++) {
		int day = i / (h->to - h->from);
		int minute = h->from + i % (h->to - h->from), to = minute;

		while (to < h->to && (nobody ? cover_at(c, day, to) == 0 :
		    cover_at(c, day, to) < 3))
			to++;
		if (to == minute)
			continue;
		*ret_day = day;
		*ret_from = minute;
		*ret_to = to;
		return true;
	}
	return false;
}

static void
warn_gap(const struct config *c, bool nobody, struct config_notes *to)
{
	static const char *const names[7] = { "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	struct buf b = BUF_EMPTY;
	int day, from, until;
	size_t n;

	if (!find_gap(c, nobody, &day, &from, &until))
		return;
	buf_addf(&b, "on %s from %02d:%02d to %02d:%02d %s; write more duty"
	    " for %s", names[day], from / 60, from % 60, until / 60,
	    until % 60, nobody ? "nobody at all is on duty" :
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
