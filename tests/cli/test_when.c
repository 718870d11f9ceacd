#include "cli/when.h"
#include "tap.h"

static void
test_parse(void)
{
	static const struct { const char *text; msec at; } good[] = {
		{ "1970-01-01T00:00:00+00:00", 0 },
		{ "1970-01-02T00:00:00Z", MSEC_DAY },
		{ "2026-12-04T09:00:00+00:00", 1796374800000 },
		{ "2026-12-04T09:00:00+01:00", 1796371200000 },
		{ "2026-12-04T09:00:00-03:30", 1796387400000 },
	};
	static const char *const bad[] = {
		"", "2026-12-04", "2026-12-04T09:00", "2026-13-04T09:00:00Z",
		"2026-12-04T09:00:00", "2026-12-04 09:00:00Z",
		"2026-12-04T09:00:00+0100", "xxxx-xx-xxTxx:xx:xxZ",
	};
	msec at;

	for (size_t i = 0; i < COUNT(good); i++) {
		at = -1;
		ok(when_parse(good[i].text, &at) == 0, "%s is read",
		    good[i].text);
		is_int(at, good[i].at, "%s", good[i].text);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		ok(when_parse(bad[i], &at) == -1, "'%s' is none", bad[i]);
}

static void
test_length(void)
{
	static const struct { msec length; const char *text; } cases[] = {
		{ -5, "0 s" },
		{ 0, "0 s" },
		{ 59999, "59 s" },
		{ 60000, "1 min" },
		{ 59 * MSEC_MINUTE, "59 min" },
		{ 60 * MSEC_MINUTE, "1 h" },
		{ 190 * MSEC_MINUTE, "3 h 10 min" },
		{ 24 * MSEC_HOUR, "24 h" },
		{ 47 * MSEC_HOUR + 59 * MSEC_MINUTE, "47 h" },
		{ 48 * MSEC_HOUR, "2 days" },
		{ 400 * MSEC_DAY, "400 days" },
	};
	char text[WHEN_SIZE];

	for (size_t i = 0; i < COUNT(cases); i++)
		is_text(when_length(cases[i].length, text), cases[i].text,
		    "%lld ms", (long long)cases[i].length);
}

static void
test_words(void)
{
	static const char at[] = "2026-12-04T09:05:06+00:00";
	char clock[WHEN_CLOCK_SIZE], day[WHEN_DAY_SIZE], text[WHEN_SIZE];

	is_text(when_clock(at, clock), "09:05", "the clock");
	is_text(when_clock("soon", clock), "", "no clock");
	is_text(when_day(at, day), "Fri 4 Dec 2026", "the day");
	is_text(when_day("2027-02-28", day), "Sun 28 Feb 2027", "of a date");
	is_text(when_day("2027-02-29", day), "", "no such day");
	is_text(when_short(at, "2026-12-04T23:00:00+00:00", text), "09:05",
	    "the same day");
	is_text(when_short(at, "2026-12-05T00:00:00+00:00", text),
	    "Fri 4 Dec 09:05", "another day");
	is_text(when_short("", at, text), "", "no instant");
}

int
main(void)
{
	test_parse();
	test_length();
	test_words();
	return tap_done();
}
