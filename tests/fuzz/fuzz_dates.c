/*
 * Instants, dates, times of day, days of the week and lengths, as gateways,
 * coordinators and the daemon's JSON write them.  The first byte chooses the
 * zone: what was read is shown as the same wall time, unless the clocks leave
 * that one out.
 */
#include "fuzz.h"

#include "base/num.h"
#include "cli/when.h"
#include "gateway/date.h"
#include "rules/calendar.h"
#include "rules/week.h"

#define YEARS_10000 (10001 * 366 * MSEC_DAY)

static void
use_zone(uint8_t which)
{
	static const char *const zones[] = { "Europe/London", "UTC",
		"America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
		"Pacific/Apia", "Africa/Casablanca", "America/St_Johns" };
	static const char *now;
	const char *zone = zones[which % COUNT(zones)];
	struct err e;

	if (zone != now)
		must(calendar_open(zone, &e) == 0);
	now = zone;
}

/* Wall time to instant and back. */
static void
check_wall(const char *text)
{
	char shown[CALENDAR_INSTANT_SIZE];
	enum calendar_fit fit;
	msec instant, again, back;
	struct err e;
	localdate date;
	int minute;

	if (calendar_parse_instant(text, &instant, &e) == -1)
		return;
	date = calendar_date(instant);
	minute = calendar_minute(instant);
	again = calendar_instant(date, minute, &fit);
	must(fit != CALENDAR_GAP && again <= instant);
	must(fit == CALENDAR_TWICE || instant - again < MSEC_MINUTE);
	calendar_format(instant, shown);
	if (strncmp(shown, text, 16) != 0)
		/* It is the first instant behind a gap. */
		must(calendar_minute(instant - 1) != minute - 1 &&
		    calendar_minute(instant) != calendar_minute(instant - 1));
	/* Local mean time, long ago, had seconds in its offset. */
	if (instant > 0)
		must(when_parse(shown, &back) == 0 && back == instant);
}

static void
check_instants(const char *text)
{
	char clock[WHEN_CLOCK_SIZE], day[WHEN_DAY_SIZE], shown[WHEN_SIZE];
	msec instant;

	if (date_parse(text, &instant) == 0)
		must(instant > -YEARS_10000 && instant < YEARS_10000);
	if (when_parse(text, &instant) == 0)
		must(instant > -YEARS_10000 && instant < YEARS_10000);
	must(strlen(when_clock(text, clock)) < WHEN_CLOCK_SIZE);
	must(strlen(when_day(text, day)) < WHEN_DAY_SIZE);
	must(strlen(when_short(text, text, shown)) < WHEN_SIZE);
	must(strlen(when_length(instant, shown)) < WHEN_SIZE);
}

static void
check_week(const char *text)
{
	struct week_hours duty;
	week_days days;
	struct hours h;
	struct err e;

	if (week_parse_days(text, &days, &e) == 0)
		must(days != 0 && (days & ~WEEK_ALL) == 0);
	if (week_parse_hours(text, &h, &e) == 0)
		must(h.from >= 0 && h.from < h.to && h.to <= 1440);
	if (week_parse_duty(text, &duty, &e) == 0)
		must(duty.days != 0 && duty.hours.from < duty.hours.to);
}

static void
check_amounts(const char *text)
{
	int64_t value;
	msec length;
	int minute;
	struct err e;

	if (num_clock(text, false, &minute, &e) == 0)
		must(minute >= 0 && minute < 1440);
	if (num_clock(text, true, &minute, &e) == 0)
		must(minute >= 0 && minute <= 1440);
	if (num_milli(text, 1, 10000000, &value, &e) == 0)
		must(value >= 1 && value <= 10000000);
	if (num_int(text, INT64_MIN, INT64_MAX, &value, &e) == 0)
		must(text[0] == '-' ? value <= 0 : value >= 0);
	if (num_duration(text, MSEC_DAY, 0, INT64_MAX, &length, &e) == 0)
		must(length >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text;

	if (n == 0)
		return 0;
	use_zone(bytes[0]);
	text = fuzz_text(bytes + 1, n - 1);
	check_wall(text);
	check_instants(text);
	check_week(text);
	check_amounts(text);
	free(text);
	return 0;
}
