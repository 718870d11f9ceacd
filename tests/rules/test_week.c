#include "rules/week.h"

#include "tap.h"

static void
days(void)
{
	static const struct {
		const char *text;
		int want; /* -1: refused */
	} cases[] = {
		{ "mon-sun", 0x7f },
		{ "daily", 0x7f },
		{ "mon-fri", 0x1f },
		{ "fri", 0x10 },
		{ "Friday", 0x10 },
		{ "mon, wed ,fri", 0x15 },
		{ "mon,mon", 0x01 },
		{ "sat-mon", 0x61 },
		{ "sun - mon", 0x41 },
		{ "mon-tue, sat-sun", 0x63 },
		{ "", -1 },
		{ "mon,", -1 },
		{ ",mon", -1 },
		{ "mon--fri", -1 },
		{ "mon-", -1 },
		{ "-fri", -1 },
		{ "mo", -1 },
		{ "mon fri", -1 },
		{ "daily-mon", -1 },
		{ "wednesdayandthursday", -1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		week_days got = 0;
		struct err e;
		int r = week_parse_days(cases[i].text, &got, &e);

		is_int(r == -1 ? -1 : got, cases[i].want, "days \"%s\"",
		    cases[i].text);
	}
}

static void
hours(void)
{
	static const struct {
		const char *text;
		int from, to; /* -1: refused */
	} cases[] = {
		{ "08:00-20:00", 480, 1200 },
		{ "08:00 - 20:00", 480, 1200 },
		{ "00:00-24:00", 0, 1440 },
		{ "23:59-24:00", 1439, 1440 },
		{ "20:00-08:00", -1, 0 },
		{ "08:00-08:00", -1, 0 },
		{ "8:00-20:00", -1, 0 },
		{ "08:00-25:00", -1, 0 },
		{ "08:00", -1, 0 },
		{ "", -1, 0 },
		{ "-", -1, 0 },
		{ "24:00-24:00", -1, 0 },
		{ "08:00-20:00-21:00", -1, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct hours got = { -1, 0 };
		struct err e;
		int r = week_parse_hours(cases[i].text, &got, &e);

		is_int(got.from, cases[i].from, "hours \"%s\"", cases[i].text);
		is_int(got.to, cases[i].to, "their end");
		is_int(r, cases[i].from == -1 ? -1 : 0, "their verdict");
	}
}

static void
duty(void)
{
	struct week_hours w;
	struct err e;

	ok(week_parse_duty("mon-fri 08:00-18:00", &w, &e) == 0, "a duty");
	is_int(w.days, 0x1f, "its days");
	is_int(w.hours.from, 480, "from");
	is_int(w.hours.to, 1080, "to");
	ok(week_parse_duty("mon, wed  09:00-10:00", &w, &e) == 0, "a list");
	is_int(w.days, 0x05, "its days");
	ok(week_parse_duty("08:00-18:00", &w, &e) == -1, "no days");
	is_text(e.text, "\"08:00-18:00\" are no days with hours; write such as"
	    " mon-fri 08:00-18:00", "and it says what to write");
	ok(week_parse_duty("mon-fri", &w, &e) == -1, "no hours");
	ok(week_parse_duty("fun 08:00-18:00", &w, &e) == -1, "no such day");
	ok(week_parse_duty("mon 18:00-08:00", &w, &e) == -1, "over midnight");
	is_text(e.text, "\"18:00-08:00\" ends before it begins; hours lie"
	    " within one day, from 00:00 to 24:00 at most", "which it says");
}

static msec
at(const char *text)
{
	msec ret = 0;
	struct err e;

	if (calendar_parse_instant(text, &ret, &e) == -1)
		printf("# %s\n", e.text);
	return ret;
}

static void
instants(void)
{
	struct hours h = { 480, 1200 };
	struct week_hours fridays = { 0x10, { 480, 1200 } };

	ok(!hours_contain(&h, at("2026-12-04T07:59:59")), "just before");
	ok(hours_contain(&h, at("2026-12-04T08:00")), "from is included");
	ok(hours_contain(&h, at("2026-12-04T19:59:59")), "to the end");
	ok(!hours_contain(&h, at("2026-12-04T20:00")), "to is not included");
	ok(week_hours_contain(&fridays, at("2026-12-04T09:00")), "a Friday");
	ok(!week_hours_contain(&fridays, at("2026-12-05T09:00")), "a Saturday");
	is_int(hours_next(&h, at("2026-12-04T09:00")), at("2026-12-04T09:00"),
	    "within the hours: now");
	is_int(hours_next(&h, at("2026-12-04T06:00")), at("2026-12-04T08:00"),
	    "before them: the same day");
	is_int(hours_next(&h, at("2026-12-04T20:00")), at("2026-12-05T08:00"),
	    "after them: the next day");
	/* The clocks go back on 25 October 2026, and forward on 28 March. */
	is_int(hours_next(&h, at("2026-10-24T21:00")), at("2026-10-25T08:00"),
	    "over the end of summer time");
	is_int(hours_next(&h, at("2027-03-27T21:00")), at("2027-03-28T08:00"),
	    "over its beginning");
	struct hours gap = { 70, 110 };
	ok(hours_contain(&gap, hours_next(&gap, at("2027-03-28T00:30"))),
	    "hours that the clocks swallow: those of the next day");
}

int
main(void)
{
	struct err e;

	if (calendar_open("Europe/London", &e) == -1) {
		printf("Bail out! %s\n", e.text);
		return 1;
	}
	days();
	hours();
	duty();
	instants();
	return tap_done();
}
