/*
 * calendar.c - dates by arithmetic, offsets by localtime_r, nothing else.
 *
 * Dates are counted in a year that begins in March, so that the leap day is
 * the last of its year and 146,097 days make one turn of 400 years.
 */
#include "rules/calendar.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"

#define SECONDS_A_DAY 86400

/* From 0000-03-01 to 1970-01-01. */
#define DAYS_BEFORE_1970 719468

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* A name with these characters cannot leave the zones' folder. */
static bool
plain_name(const char *zone)
{
	const char *p;

	if (zone == NULL || strlen(zone) > 100)
		return false;
	if (strncmp(zone, "right/", 6) == 0)	/* counts leap seconds */
		return false;
	for (p = zone; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) && strchr("/_-+", *p) == NULL)
			return false;
	return isalpha((unsigned char)zone[0]) && p[-1] != '/';
}

bool
calendar_zone_exists(const char *zone)
{
	const char *folder = getenv("TZDIR");
	struct buf path = BUF_EMPTY;
	char magic[4];
	bool good = false;
	FILE *f;

	if (!plain_name(zone))
		return false;
	buf_addf(&path, "%s/%s", folder != NULL && folder[0] != '\0' ? folder :
	    "/usr/share/zoneinfo", zone);
	f = fopen(buf_text(&path), "re");
	if (f != NULL) {
		good = fread(magic, 1, sizeof(magic), f) == sizeof(magic) &&
		    memcmp(magic, "TZif", sizeof(magic)) == 0;
		fclose(f);
	}
	buf_release(&path);
	return good;
}

/* Every turn asks when the same few times of today and tomorrow are: what was
 * worked out last is kept. */
static struct known {
	bool yes;
	localdate date;
	int minute;
	enum calendar_fit fit;
	int64_t second;
} known[64];

int
calendar_open(const char *zone, struct err *e)
{
	if (!calendar_zone_exists(zone))
		return err_set(e, "there is no time zone \"%.60s\" on this "
		    "machine; write one such as Europe/London",
		    zone != NULL ? zone : "");
	if (setenv("TZ", zone, 1) == -1)
		return err_errno(e, "setting the time zone");
	tzset();
	memset(known, 0, sizeof(known));
	return 0;
}

static void
split_instant(int64_t second, struct tm *ret)
{
	time_t t = (time_t)second;

	if (localtime_r(&t, ret) == NULL)
		memset(ret, 0, sizeof(*ret));
}

/* Seconds east of Greenwich in force at an instant in seconds. */
static int64_t
offset_at(int64_t second)
{
	struct tm tm;

	split_instant(second, &tm);
	return tm.tm_gmtoff;
}

/*
 * The first second at which the wall clock, read as if it were UTC, is past
 * wall.  It lies from low (where it is not) to high (where it is); in
 * between the clock goes forward once and never back.
 */
static int64_t
first_past(int64_t wall, int64_t low, int64_t high)
{
	while (low + 1 < high) {
		int64_t mid = low + (high - low) / 2;

		if (mid + offset_at(mid) > wall)
			high = mid;
		else
			low = mid;
	}
	return high;
}

static void
find_instant(localdate date, int minute, struct known *ret)
{
	int64_t wall = (int64_t)date * SECONDS_A_DAY + (int64_t)minute * 60;
	int64_t before = wall - offset_at(wall - SECONDS_A_DAY);
	int64_t after = wall - offset_at(wall + SECONDS_A_DAY);
	bool before_holds = before + offset_at(before) == wall;
	bool after_holds = after + offset_at(after) == wall;
	enum calendar_fit fit = CALENDAR_ONCE;
	int64_t second;

	if (before_holds && after_holds) {
		if (before != after)
			fit = CALENDAR_TWICE;
		second = before < after ? before : after;
	} else if (before_holds || after_holds) {
		second = before_holds ? before : after;
	} else {
		fit = CALENDAR_GAP;
		second = first_past(wall, after - 1, before);
	}
	*ret = (struct known){ true, date, minute, fit, second };
}

msec
calendar_instant(localdate date, int minute, enum calendar_fit *ret_fit)
{
	uint32_t place = (uint32_t)date * 1440 + (uint32_t)minute;
	struct known *k = &known[place * 2654435761U >> 26];

	if (!k->yes || k->date != date || k->minute != minute)
		find_instant(date, minute, k);
	if (ret_fit != NULL)
		*ret_fit = k->fit;
	return k->second * MSEC_SECOND;
}

localdate
calendar_date(msec instant)
{
	int64_t second = floor_div(instant, MSEC_SECOND);

	return (localdate)floor_div(second + offset_at(second), SECONDS_A_DAY);
}

int
calendar_minute(msec instant)
{
	struct tm tm;

	split_instant(floor_div(instant, MSEC_SECOND), &tm);
	return tm.tm_hour * 60 + tm.tm_min;
}

int
calendar_weekday(localdate date)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((int64_t)date % 7 + 7 + 3) % 7);
}

static localdate
count_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t turn = floor_div(y, 400), of_turn = y - turn * 400;
	int64_t from_march = month > 2 ? month - 3 : month + 9;
	int64_t of_year = (153 * from_march + 2) / 5 + day - 1;

	return (localdate)(turn * 146097 + of_turn * 365 + of_turn / 4 -
	    of_turn / 100 + of_year - DAYS_BEFORE_1970);
}

void
calendar_split_date(localdate date, int *ret_year, int *ret_month,
    int *ret_day)
{
	int64_t days = (int64_t)date + DAYS_BEFORE_1970;
	int64_t turn = floor_div(days, 146097), n = days - turn * 146097;
	int64_t y = (n - n / 1460 + n / 36524 - n / 146096) / 365;
	int64_t of_year = n - (365 * y + y / 4 - y / 100);
	int64_t from_march = (5 * of_year + 2) / 153;

	*ret_day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
	*ret_month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
	*ret_year = (int)(turn * 400 + y + (from_march < 10 ? 0 : 1));
}

int
calendar_make_date(int year, int month, int day, localdate *ret)
{
	localdate date;
	int y, m, d;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
	    day > 31)
		return -1;
	date = count_days(year, month, day);
	/* The 30th of February comes back as another day. */
	calendar_split_date(date, &y, &m, &d);
	if (m != month || d != day)
		return -1;
	*ret = date;
	return 0;
}

/* Read exactly n digits at *p, which moves behind them. */
static bool
read_digits(const char **p, int n, int *ret)
{
	int value = 0;

	while (n-- > 0) {
		if (!isdigit((unsigned char)**p))
			return false;
		value = value * 10 + (**p - '0');
		*p += 1;
	}
	*ret = value;
	return true;
}

static bool
read_char(const char **p, char c)
{
	if (**p != c)
		return false;
	*p += 1;
	return true;
}

/* Read "2026-12-04" at *p, which moves behind it. */
static bool
read_date(const char **p, localdate *ret)
{
	int y, m, d;

	return read_digits(p, 4, &y) && read_char(p, '-') &&
	    read_digits(p, 2, &m) && read_char(p, '-') &&
	    read_digits(p, 2, &d) && calendar_make_date(y, m, d, ret) == 0;
}

int
calendar_parse_date(const char *text, localdate *ret, struct err *e)
{
	const char *p = text;
	localdate date;

	if (read_date(&p, &date) && *p == '\0') {
		*ret = date;
		return 0;
	}
	if (strchr(text, '/') != NULL)
		return err_set(e, "\"%.30s\" is not a date that can be read in "
		    "one way only; write year-month-day, such as 2026-12-04 "
		    "(in a spreadsheet, format the column as text)", text);
	if (strlen(text) == 10 && text[4] == '-' && text[7] == '-')
		return err_set(e, "there is no day %.30s in the calendar; "
		    "write year-month-day, such as 2026-12-04", text);
	return err_set(e, "\"%.30s\" is not a date; write year-month-day, such "
	    "as 2026-12-04", text);
}

const char *
calendar_format_date(localdate date, char ret[CALENDAR_DATE_SIZE])
{
	int y, m, d;

	calendar_split_date(date, &y, &m, &d);
	snprintf(ret, CALENDAR_DATE_SIZE, "%04d-%02d-%02d", y, m, d);
	return ret;
}

const char *
calendar_format(msec instant, char ret[CALENDAR_INSTANT_SIZE])
{
	struct tm tm;
	int east;
	char date[CALENDAR_DATE_SIZE];

	split_instant(floor_div(instant, MSEC_SECOND), &tm);
	east = (int)(tm.tm_gmtoff / 60);
	calendar_format_date(calendar_date(instant), date);
	snprintf(ret, CALENDAR_INSTANT_SIZE, "%sT%02d:%02d:%02d%c%02d:%02d",
	    date, tm.tm_hour, tm.tm_min, tm.tm_sec, east < 0 ? '-' : '+',
	    abs(east) / 60 % 100, abs(east) % 60);
	return ret;
}

const char *
calendar_format_clock(msec instant, char ret[CALENDAR_CLOCK_SIZE])
{
	int minute = calendar_minute(instant);

	snprintf(ret, CALENDAR_CLOCK_SIZE, "%02d:%02d", minute / 60 % 24,
	    minute % 60);
	return ret;
}

int
calendar_parse_instant(const char *text, msec *ret, struct err *e)
{
	const char *p = text;
	localdate date;
	int hour, minute, second = 0;
	enum calendar_fit fit;
	bool good;

	good = read_date(&p, &date) && read_char(&p, 'T') &&
	    read_digits(&p, 2, &hour) && read_char(&p, ':') &&
	    read_digits(&p, 2, &minute);
	if (good && *p == ':')
		good = read_char(&p, ':') && read_digits(&p, 2, &second);
	if (!good || *p != '\0' || hour > 23 || minute > 59 || second > 59)
		return err_set(e, "\"%.40s\" is not a date and time; write it "
		    "such as 2026-12-04T08:58", text);
	*ret = calendar_instant(date, hour * 60 + minute, &fit);
	if (fit != CALENDAR_GAP)
		*ret += second * MSEC_SECOND;
	return 0;
}
