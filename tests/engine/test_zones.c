/*
 * The nights on which the clocks change, in six zones, and the days that not
 * every year has: whoever's slot lies at midnight, in the hour that is left
 * out, in the one that comes twice, or at noon, is asked once on each date.
 */
#include "rig.h"

#include "rules/calendar.h"

#define PERSON(id, phone, round)                                             \
	"[participant " id "]\nname = Mr Quentin Xylo\ncall_me = Quentin\n"  \
	"phone = " phone "\narea = Sneinton\nround = " round "\n" RIG_LIVE
#define ROUND(name, at)                                                      \
	"[round " name "]\ndays = mon-sun\nat = " at "\nladder = standard\n"

static const struct slot {
	const char *who, *round, *phone;
	int minute;
} slots[] = {
	{ "p1", "r0000", "0115 496 0121", 0 },
	{ "p2", "r0030", "0115 496 0122", 30 },
	{ "p3", "r0130", "0115 496 0123", 90 },
	{ "p4", "r0230", "0115 496 0124", 150 },
	{ "p5", "r1200", "0115 496 0125", 720 },
};

#define SCHEME "[service]\nname = Check-in\noffice_phone = " OFFICE "\n"     \
	"languages = en\ncountry_code = 44\ndatabase = ringround.db\n"       \
	"contact_hours = 00:00-24:00\n" RIG_GATEWAY                          \
	"calls_per_second = 5\n" RIG_REST                                    \
	ROUND("r0000", "00:00") ROUND("r0030", "00:30")                      \
	ROUND("r0130", "01:30") ROUND("r0230", "02:30")                      \
	ROUND("r1200", "12:00")                                              \
	PERSON("p1", "0115 496 0121", "r0000")                               \
	PERSON("p2", "0115 496 0122", "r0030")                               \
	PERSON("p3", "0115 496 0123", "r0130")                               \
	PERSON("p4", "0115 496 0124", "r0230")                               \
	PERSON("p5", "0115 496 0125", "r1200") TEAM

/* The nights, and what one slot's wall time becomes there. */
static const struct night {
	const char *zone, *date;
	int minute;
	const char *shown;	/* of that slot, in that night */
} nights[] = {
	{ "Europe/London", "2027-03-28", 90, "02:00" },
	{ "Europe/London", "2027-10-31", 90, "01:30" },
	{ "America/New_York", "2027-03-14", 150, "03:00" },
	{ "America/New_York", "2027-11-07", 90, "01:30" },
	{ "Australia/Lord_Howe", "2027-10-03", 150, "02:30" },
	{ "Australia/Lord_Howe", "2027-04-04", 90, "01:30" },
	{ "Atlantic/Azores", "2027-03-28", 30, "01:00" },
	{ "Atlantic/Azores", "2027-10-31", 30, "00:30" },
	{ "Pacific/Chatham", "2027-09-26", 150, "02:30" },
	{ "Pacific/Chatham", "2027-04-04", 150, "02:30" },
	{ "Africa/Cairo", "2027-04-30", 0, "01:00" },
	{ "Africa/Cairo", "2027-10-29", 0, "00:00" },
	{ "Europe/London", "2028-02-29", 720, "12:00" },
	{ "Africa/Cairo", "2027-12-31", 0, "00:00" },
};

/* From two days before to two days after. */
#define BEFORE 2
#define DAYS 5

static void
look_at_slot(struct rig *r, const struct night *n, const struct slot *s,
    localdate from)
{
	msec last = 0;

	is_int(rig_count(r, CHANNEL_CALL, s->phone, 0), DAYS,
	    "%s %s, %s: one call a date", n->zone, n->date, s->round);
	for (int d = 0; d < DAYS; d++) {
		struct ledger_checkin c = rig_checkin_row(r, s->who, s->round,
		    from + d);
		msec call = rig_nth(r, CHANNEL_CALL, s->phone, d);

		is_text(rig_checkin(r, s->who, s->round, from + d),
		    "confirmed key", "%s %s, %s: day %d", n->zone, n->date,
		    s->round, d);
		ok(calendar_date(call) == from + d && call - c.slot <
		    2 * MSEC_MINUTE, "and on that date, at its slot: %s",
		    rig_clock(call));
		ok(last == 0 || (call - last > 22 * MSEC_HOUR &&
		    call - last < 26 * MSEC_HOUR), "a day after the last");
		if (d == BEFORE && s->minute == n->minute)
			is_text(rig_clock(c.slot), n->shown,
			    "%s %s, %s: at that time", n->zone, n->date,
			    s->round);
		last = call;
	}
}

static void
live_through(const struct night *n)
{
	struct rig *r;
	struct err e = { "" };
	localdate date = 0;

	is_int(calendar_parse_date(n->date, &date, &e), 0, "%s", n->date);
	rig_zone = n->zone;
	is_int(calendar_open(n->zone, &e), 0, "%s: %s", n->zone, e.text);
	r = rig_open(SCHEME, "0115 496 0121 call key 1\n"
	    "0115 496 0122 call key 1\n0115 496 0123 call key 1\n"
	    "0115 496 0124 call key 1\n0115 496 0125 call key 1\n",
	    rig_instant(date - BEFORE, 0, 0) - MSEC_MINUTE);
	rig_run(r, rig_instant(date - BEFORE + DAYS, 0, 0) - MSEC_MINUTE);
	for (size_t i = 0; i < COUNT(slots); i++)
		look_at_slot(r, n, &slots[i], date - BEFORE);
	rig_close(r);
}

int
main(void)
{
	for (size_t i = 0; i < COUNT(nights); i++)
		live_through(&nights[i]);
	return tap_done();
}
