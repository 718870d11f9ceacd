/*
 * calendar.h - wall times and instants, in the scheme's one zone.
 *
 * The only place where a wall time becomes an instant.  The zone is set once
 * for the process, before there is any thread, and never changed (setenv
 * races with resolver threads); after that only localtime_r and its
 * tm_gmtoff are used, never mktime, whose answer in a repeated hour depends
 * on what was asked before.
 *
 * A wall time that does not exist (the clocks went forward) becomes the first
 * instant after the gap; one that occurs twice is its first: never skipped,
 * never twice.  How: read the wall time as if it were UTC, take the offsets
 * in force 24 hours before and after that, and keep the candidates whose
 * offset is in force at the instant that they give.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "base/err.h"

/* A local date: days since 1970-01-01 in the Gregorian calendar. */
typedef int32_t localdate;

enum calendar_fit {
	CALENDAR_ONCE,
	CALENDAR_TWICE,	/* the clocks went back: the first is meant */
	CALENDAR_GAP,	/* the clocks went forward: the first after the gap */
};

/*
 * Make the named zone ("Europe/London") the process's own.  An error where
 * the system's zoneinfo has no such file.  Called once by a main (tests may
 * call it again while they have one thread).
 */
int calendar_open(const char *zone, struct err *e) MUST_CHECK;

/* Is the name one of the system's zones?  Changes nothing. */
bool calendar_zone_exists(const char *zone);

/* The instant at which the wall clock shows so many minutes after midnight
 * of a date; minute may be 0 to 1440 (the next midnight). */
msec calendar_instant(localdate date, int minute, enum calendar_fit *ret_fit);

localdate calendar_date(msec instant);
int calendar_minute(msec instant);	/* of its local day, 0 to 1439 */
int calendar_weekday(localdate date);	/* 0 is Monday, 6 is Sunday */

/* A date from year, month 1-12 and day 1-31; -1 where there is none. */
int calendar_make_date(int year, int month, int day, localdate *ret) MUST_CHECK;
void calendar_split_date(localdate date, int *ret_year, int *ret_month,
    int *ret_day);

/* "2026-12-04", and back. */
int calendar_parse_date(const char *text, localdate *ret,
    struct err *e) MUST_CHECK;
#define CALENDAR_DATE_SIZE 16
const char *calendar_format_date(localdate date, char ret[CALENDAR_DATE_SIZE]);

/* RFC 3339 with the zone's offset, to the second. */
#define CALENDAR_INSTANT_SIZE 40
const char *calendar_format(msec instant, char ret[CALENDAR_INSTANT_SIZE]);

/* "09:00", the wall time of an instant, for people. */
#define CALENDAR_CLOCK_SIZE 8
const char *calendar_format_clock(msec instant, char ret[CALENDAR_CLOCK_SIZE]);

/* "2026-12-04T08:58", with or without seconds, as local wall time. */
int calendar_parse_instant(const char *text, msec *ret,
    struct err *e) MUST_CHECK;

#endif /* CALENDAR_H */
