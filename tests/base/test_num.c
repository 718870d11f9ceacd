#include "base/num.h"

#include "tap.h"

#define UNTOUCHED 424242

static void
test_int(void)
{
	static const struct {
		const char *text;
		int64_t min, max, want;
		bool good;
	} rows[] = {
		{ "0", 0, 9, 0, true },
		{ "9", 0, 9, 9, true },
		{ "007", 0, 9, 7, true },
		{ "-3", -5, 5, -3, true },
		{ "9223372036854775807", 0, INT64_MAX, INT64_MAX, true },
		{ "9223372036854775808", 0, INT64_MAX, 0, false },
		{ "99999999999999999999999", 0, INT64_MAX, 0, false },
		{ "10", 0, 9, 0, false },
		{ "1", 2, 9, 0, false },
		{ "-0", 0, 9, 0, false },
		{ "-", -5, 5, 0, false },
		{ "--1", -5, 5, 0, false },
		{ "+1", 0, 9, 0, false },
		{ " 1", 0, 9, 0, false },
		{ "1 ", 0, 9, 0, false },
		{ "", 0, 9, 0, false },
		{ "0x1", 0, 99, 0, false },
		{ "1e1", 0, 99, 0, false },
		{ "1.0", 0, 99, 0, false },
		{ "\xd9\xa1", 0, 99, 0, false },	/* an Arabic 1 */
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t n = UNTOUCHED;
		int result = num_int(rows[i].text, rows[i].min, rows[i].max,
		    &n, NULL);

		is_int(result, rows[i].good ? 0 : -1, "int '%s'",
		    rows[i].text);
		is_int(n, rows[i].good ? rows[i].want : UNTOUCHED,
		    "int '%s': result", rows[i].text);
	}
}

static void
test_milli(void)
{
	static const struct {
		const char *text;
		int64_t want;
		bool good;
	} rows[] = {
		{ "0.5", 500, true },
		{ "12", 12000, true },
		{ "1.25", 1250, true },
		{ "0.001", 1, true },
		{ "-1", -1000, true },
		{ "-0.5", -500, true },
		{ "100", 100000, true },
		{ "100.001", 0, false },
		{ "0.0001", 0, false },
		{ ".5", 0, false },
		{ "5.", 0, false },
		{ "1.2.3", 0, false },
		{ "1,5", 0, false },
		{ "1.-5", 0, false },
		{ "", 0, false },
		{ ".", 0, false },
		{ "9223372036854775807", 0, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t n = UNTOUCHED;
		int result = num_milli(rows[i].text, -1000, 100000, &n, NULL);

		is_int(result, rows[i].good ? 0 : -1, "milli '%s'",
		    rows[i].text);
		is_int(n, rows[i].good ? rows[i].want : UNTOUCHED,
		    "milli '%s': result", rows[i].text);
	}
}

static void
test_duration(void)
{
	static const struct {
		const char *text;
		msec want;
		bool good;
	} rows[] = {
		{ "45s", 45 * MSEC_SECOND, true },
		{ "60m", MSEC_HOUR, true },
		{ "2h", 2 * MSEC_HOUR, true },
		{ "1d", MSEC_DAY, true },
		{ "30", 30 * MSEC_MINUTE, true },
		{ "0", 0, true },
		{ "25h", 0, false },
		{ "2 h", 0, false },
		{ "h", 0, false },
		{ "", 0, false },
		{ "-5m", 0, false },
		{ "5min", 0, false },
		{ "1h30m", 0, false },
		{ "5M", 0, false },
		{ "9223372036854775807d", 0, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		msec n = UNTOUCHED;
		int result = num_duration(rows[i].text, MSEC_MINUTE, 0,
		    MSEC_DAY, &n, NULL);

		is_int(result, rows[i].good ? 0 : -1, "duration '%s'",
		    rows[i].text);
		is_int(n, rows[i].good ? rows[i].want : UNTOUCHED,
		    "duration '%s': result", rows[i].text);
	}
}

static void
test_clock(void)
{
	static const struct {
		const char *text;
		int want;
		bool allow_24, good;
	} rows[] = {
		{ "00:00", 0, false, true },
		{ "09:05", 545, false, true },
		{ "23:59", 1439, false, true },
		{ "24:00", 1440, true, true },
		{ "24:00", 0, false, false },
		{ "24:01", 0, true, false },
		{ "9:05", 0, false, false },
		{ "09:60", 0, false, false },
		{ "09.05", 0, false, false },
		{ "09:5", 0, false, false },
		{ "09:05 ", 0, false, false },
		{ "-1:05", 0, false, false },
		{ "0905", 0, false, false },
		{ "", 0, false, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		int n = UNTOUCHED;
		int result = num_clock(rows[i].text, rows[i].allow_24, &n,
		    NULL);

		is_int(result, rows[i].good ? 0 : -1, "clock '%s'",
		    rows[i].text);
		is_int(n, rows[i].good ? rows[i].want : UNTOUCHED,
		    "clock '%s': result", rows[i].text);
	}
}

static void
test_reasons(void)
{
	struct err e;
	int64_t n;
	int minute;

	ok(num_int("x", -1, 9, &n, &e) == -1, "bad int");
	is_text(e.text, "\"x\" is not a whole number from -1 to 9", "says so");
	ok(num_milli("x", -500, 2000, &n, &e) == -1, "bad milli");
	is_text(e.text, "\"x\" is not a number from -0.5 to 2 with at most"
	    " three places after the point", "says so");
	ok(num_duration("x", 1, 0, 90 * MSEC_MINUTE, &n, &e) == -1,
	    "bad duration");
	is_text(e.text, "\"x\" is not a length of time from 0s to 90m, such"
	    " as 45s, 20m or 2h", "says so");
	ok(num_clock("25:00", true, &minute, &e) == -1, "bad clock");
	is_text(e.text, "\"25:00\" is not a time of day; write HH:MM from"
	    " 00:00 to 24:00, such as 09:05", "says so");
}

int
main(void)
{
	test_int();
	test_milli();
	test_duration();
	test_clock();
	test_reasons();
	return tap_done();
}
