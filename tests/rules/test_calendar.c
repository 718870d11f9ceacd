/*
 * Wall times against localtime_r itself: every slot of every day of ten
 * years in zones that differ in when and by how much their clocks change.
 */
#include "rules/calendar.h"

#include <stdlib.h>
#include <time.h>

#include "tap.h"

static localdate
day(int y, int m, int d)
{
	localdate ret = 0;

	if (calendar_make_date(y, m, d, &ret) == -1)
		abort();
	return ret;
}

/* What the wall clock shows at a second, read as if it were UTC. */
static int64_t
wall_at(int64_t second)
{
	time_t t = (time_t)second;
	struct tm tm;

	localtime_r(&t, &tm);
	return second + tm.tm_gmtoff;
}

/*
 * The right answer by brute force, knowing nothing of offsets: go through
 * every minute around the wall time and take the first that shows it, or
 * else the first that shows more.
 */
static int64_t
slow_instant(int64_t wall, int *ret_seen)
{
	int64_t t, first = 0, past = 0;

	*ret_seen = 0;
	for (t = wall - 16 * 3600; t <= wall + 16 * 3600; t += 60) {
		int64_t shown = wall_at(t);

		if (shown == wall && (*ret_seen)++ == 0)
			first = t;
		if (shown > wall && past == 0)
			past = t;
	}
	return *ret_seen > 0 ? first : past;
}

/* Does the day have a change of the clocks within a day of it? */
static bool
restless(localdate date)
{
	int64_t noon = (int64_t)date * 86400 + 43200, t;

	for (t = noon - 2 * 86400; t < noon + 2 * 86400; t += 3600)
		if (wall_at(t) - t != wall_at(t + 3600) - t - 3600)
			return true;
	return false;
}

static const int slots[] = { 0, 30, 90, 150, 720, 1380, 1410, 1440 };

static void
one_zone(const char *zone, bool changes)
{
	int wrong = 0, gaps = 0, twice = 0, checked = 0, before;
	char text[CALENDAR_INSTANT_SIZE];
	localdate d, from = day(2024, 1, 1), to = day(2034, 1, 1);
	struct err e;
	size_t i;

	is_int(calendar_open(zone, &e), 0, "%s opens", zone);
	for (d = from; d < to; d++) {
		bool slow = restless(d);

		for (i = 0; i < COUNT(slots); i++) {
			int64_t wall = (int64_t)d * 86400 + slots[i] * 60;
			enum calendar_fit fit;
			enum calendar_fit want = CALENDAR_ONCE;
			int64_t got;

			got = calendar_instant(d, slots[i], &fit) / 1000;
			checked++;
			before = wrong;
			if (slow) {
				int seen;
				int64_t right = slow_instant(wall, &seen);

				want = seen == 0 ? CALENDAR_GAP :
				    seen == 1 ? CALENDAR_ONCE : CALENDAR_TWICE;
				if (got != right)
					wrong++;
			} else if (wall_at(got) != wall) {
				wrong++;
			}
			if (fit != want)
				wrong++;
			if (wrong > before && before < 5)
				printf("# day %d minute %d: got %s, fit %d\n",
				    (int)d, slots[i],
				    calendar_format(got * 1000, text),
				    (int)fit);
			gaps += fit == CALENDAR_GAP;
			twice += fit == CALENDAR_TWICE;
		}
	}
	is_int(wrong, 0, "%s: %d wall times", zone, checked);
	if (changes)
		ok(gaps + twice > 0, "%s: %d gaps, %d repeats met", zone, gaps,
		    twice);
}

static void
round_trips(const char *zone)
{
	struct err e;
	msec t, from;
	int wrong = 0;

	is_int(calendar_open(zone, &e), 0, "%s opens", zone);
	from = calendar_instant(day(2026, 1, 1), 0, NULL);
	for (t = from; t < from + 366 * MSEC_DAY; t += 17 * MSEC_MINUTE) {
		enum calendar_fit fit;
		msec back = calendar_instant(calendar_date(t),
		    calendar_minute(t), &fit);

		if (fit == CALENDAR_GAP || back > t)
			wrong++;
		if (fit == CALENDAR_ONCE && back != t / 60000 * 60000)
			wrong++;
	}
	is_int(wrong, 0, "%s: instants come back", zone);
}

static void
named_moments(void)
{
	static const struct {
		const char *zone;
		int y, m, d, minute;
		const char *shown;
		enum calendar_fit fit;
	} cases[] = {
		{ "Europe/London", 2026, 12, 4, 540,
		    "2026-12-04T09:00:00+00:00", CALENDAR_ONCE },
		{ "Europe/London", 2026, 7, 1, 540,
		    "2026-07-01T09:00:00+01:00", CALENDAR_ONCE },
		{ "Europe/London", 2026, 3, 29, 90,
		    "2026-03-29T02:00:00+01:00", CALENDAR_GAP },
		{ "Europe/London", 2026, 10, 25, 90,
		    "2026-10-25T01:30:00+01:00", CALENDAR_TWICE },
		{ "America/New_York", 2026, 3, 8, 150,
		    "2026-03-08T03:00:00-04:00", CALENDAR_GAP },
		{ "Australia/Lord_Howe", 2026, 10, 4, 135,
		    "2026-10-04T02:30:00+11:00", CALENDAR_GAP },
		{ "Asia/Kolkata", 2026, 5, 5, 720,
		    "2026-05-05T12:00:00+05:30", CALENDAR_ONCE },
		{ "Asia/Beirut", 2026, 3, 29, 0,
		    "2026-03-29T01:00:00+03:00", CALENDAR_GAP },
		{ "Africa/Cairo", 2026, 10, 29, 1410,
		    "2026-10-29T23:30:00+03:00", CALENDAR_TWICE },
		/* A whole day that Samoa left out. */
		{ "Pacific/Apia", 2011, 12, 30, 540,
		    "2011-12-31T00:00:00+14:00", CALENDAR_GAP },
	};
	char shown[CALENDAR_INSTANT_SIZE];
	enum calendar_fit fit;
	struct err e;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		if (calendar_open(cases[i].zone, &e) == -1) {
			ok(0, "%s", e.text);
			continue;
		}
		calendar_format(calendar_instant(day(cases[i].y, cases[i].m,
		    cases[i].d), cases[i].minute, &fit), shown);
		is_text(shown, cases[i].shown, "%s shows it", cases[i].zone);
		is_int(fit, cases[i].fit, "%s knows the fit", cases[i].zone);
	}
}

static void
dates(void)
{
	static const char *const bad[] = { "", "2026-02-29", "2026-13-01",
		"2026-1-1", "26-01-01", "01/12/2026", "2026-12-04 ",
		" 2026-12-04", "2026-12-04T08:58", "2026-00-10", "0000-01-01",
		"2026-12-32", "tomorrow" };
	char text[CALENDAR_DATE_SIZE];
	localdate d, back;
	struct err e;
	size_t i;
	int wrong = 0;

	is_int(day(1970, 1, 1), 0, "the first day is 0");
	is_int(day(1969, 12, 31), -1, "the one before it");
	is_int(day(2000, 2, 29), 11016, "a leap day");
	is_int(calendar_weekday(day(2026, 12, 4)), 4, "a Friday");
	is_int(calendar_weekday(day(1969, 12, 31)), 2, "a Wednesday");
	for (d = -800000; d < 800000; d += 3) {
		calendar_format_date(d, text);
		if (d < -719000)
			continue;
		if (calendar_parse_date(text, &back, &e) == -1 || back != d)
			wrong++;
	}
	is_int(wrong, 0, "dates come back from their text");
	for (i = 0; i < COUNT(bad); i++) {
		back = 77;
		is_int(calendar_parse_date(bad[i], &back, &e), -1,
		    "\"%s\" is no date", bad[i]);
		is_int(back, 77, "and leaves the result alone");
	}
}

static void
instants(void)
{
	static const char *const bad[] = { "", "2026-12-04", "2026-12-04T24:00",
		"2026-12-04T08:60", "2026-12-04 08:58", "2026-12-04T8:58",
		"2026-12-04T08:58:", "2026-12-04T08:58:61",
		"2026-12-04T08:58Z" };
	char clock[CALENDAR_CLOCK_SIZE];
	struct err e;
	size_t i;
	msec t = 0;

	is_int(calendar_open("Europe/London", &e), 0, "London opens");
	is_int(calendar_parse_instant("2026-12-04T08:58", &t, &e), 0, "reads");
	is_int(t, 1796374680000, "the right instant");
	is_text(calendar_format_clock(t, clock), "08:58", "its wall time");
	is_int(calendar_parse_instant("2026-07-04T08:58:07", &t, &e), 0,
	    "reads seconds");
	is_text(calendar_format_clock(t, clock), "08:58", "summer time");
	is_int(t % 60000, 7000, "seconds kept");
	is_int(calendar_parse_instant("2027-03-28T01:30:07", &t, &e), 0,
	    "reads a time that the clocks leave out");
	is_int(t, 1806195600000, "as the first instant behind");
	for (i = 0; i < COUNT(bad); i++)
		is_int(calendar_parse_instant(bad[i], &t, &e), -1,
		    "\"%s\" is no instant", bad[i]);
	is_int(calendar_date(-1), 0, "1970 began an hour east in London");
}

static void
zones(void)
{
	static const char *const bad[] = { "", "Europe/Lodnon",
		"../../etc/passwd",
		"/etc/localtime", "Europe", "Europe/", "right/Europe/London",
		"zone.tab", "GMT0BST", "Europe/London " };
	struct err e;
	size_t i;

	ok(calendar_zone_exists("Europe/London"), "London is a zone");
	ok(calendar_zone_exists("UTC"), "UTC is one");
	ok(calendar_zone_exists("America/Argentina/Ushuaia"), "three parts");
	ok(!calendar_zone_exists(NULL), "nothing is none");
	for (i = 0; i < COUNT(bad); i++) {
		ok(!calendar_zone_exists(bad[i]), "\"%s\" is no zone", bad[i]);
		is_int(calendar_open(bad[i], &e), -1, "and does not open");
	}
}

int
main(void)
{
	one_zone("Europe/London", true);
	one_zone("America/New_York", true);
	one_zone("Australia/Lord_Howe", true);
	one_zone("Asia/Kolkata", false);
	one_zone("Africa/Cairo", true);
	one_zone("Asia/Beirut", true);
	one_zone("America/Santiago", true);
	round_trips("Europe/London");
	round_trips("Australia/Lord_Howe");
	round_trips("Asia/Beirut");
	named_moments();
	dates();
	instants();
	zones();
	return tap_done();
}
