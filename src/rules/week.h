/*
 * week.h - days of the week and hours of the day: when somebody may be rung,
 * and who is on duty.
 */
#ifndef WEEK_H
#define WEEK_H

#include "rules/calendar.h"

/* Bit 0 is Monday, bit 6 is Sunday. */
typedef uint8_t week_days;
#define WEEK_ALL ((week_days)0x7f)

/* Hours of a local day: from (included) to (not included), as minutes after
 * midnight; to may be 1440.  Never over midnight. */
struct hours {
	int from;
	int to;
};

/* Days and hours, such as one entry of a volunteer's duty. */
struct week_hours {
	week_days days;
	struct hours hours;
};

/* "mon-fri", "mon, wed, fri", "sat-mon" (over the week's end), "daily". */
int week_parse_days(const char *text, week_days *ret, struct err *e) MUST_CHECK;

/* "08:00-20:00"; an error where it is empty or crosses midnight. */
int week_parse_hours(const char *text, struct hours *ret,
    struct err *e) MUST_CHECK;

/* "mon-fri 08:00-18:00". */
int week_parse_duty(const char *text, struct week_hours *ret,
    struct err *e) MUST_CHECK;

bool week_has_day(week_days days, localdate date);
bool hours_contain(const struct hours *h, msec instant);
bool week_hours_contain(const struct week_hours *w, msec instant);

/* The first instant at or after the given one that lies in the hours. */
msec hours_next(const struct hours *h, msec instant);

#endif /* WEEK_H */
