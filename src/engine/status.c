#include "engine/inside.h"

#include "ledger/view.h"

struct sum {
	int due, asking, missed;
};

static int
add_round(const struct view_round *r, void *arg)
{
	struct sum *s = arg;

	s->due += r->counts[CHECKIN_DUE];
	s->asking += r->counts[CHECKIN_ASKING];
	s->missed += r->counts[CHECKIN_MISSED];
	return 0;
}

const char *
engine_why_silent(const struct engine *en)
{
	return en->clock_ok_at != 0 ? "the clock stands behind the ledger: "
	    "nobody is asked until it is right" : NULL;
}

void
engine_status_line(struct engine *en, msec now, struct buf *ret)
{
	struct sum s = { 0, 0, 0 };
	char clock[CALENDAR_CLOCK_SIZE];
	struct err e;
	msec next;
	int flags = 0;

	if (engine_why_silent(en) != NULL) {
		buf_add(ret, engine_why_silent(en));
		return;
	}
	if (view_rounds(en->ledger, calendar_date(now), add_round, &s,
	    &e) == -1 ||
	    (flags = view_flags_count(en->ledger, &e)) == -1 ||
	    ledger_checkins_wake(en->ledger, &next, &e) == -1) {
		buf_add(ret, "the ledger cannot be read");
		return;
	}
	buf_addf(ret, "%d due today, %d being asked, %d %s open", s.due,
	    s.asking, flags, flags == 1 ? "flag" : "flags");
	if (next != NEVER && next > now)
		buf_addf(ret, ", next %s", calendar_format_clock(next, clock));
	for (size_t i = 0; i < en->n_lines; i++)
		if (en->lines[i].down)
			buf_addf(ret, "; the gateway %s is down",
			    gateway_conf(en->lines[i].gateway)->name);
}
