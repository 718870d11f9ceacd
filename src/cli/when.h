/*
 * when.h - instants of a JSON document, for people.
 *
 * They carry the offset of the scheme's zone, so the wall time stands in the
 * text itself; nothing here knows a zone or asks a clock.
 */
#ifndef WHEN_H
#define WHEN_H

#include "base/base.h"

/* The instant of "2026-12-04T09:00:00+00:00"; -1 where the text is none. */
int when_parse(const char *text, msec *ret) MUST_CHECK;

/* "09:00", and "" where the text is none. */
#define WHEN_CLOCK_SIZE 6
const char *when_clock(const char *text, char ret[WHEN_CLOCK_SIZE]);

/* "Fri 4 Dec 2026" of an instant or a date; "" where it is none. */
#define WHEN_DAY_SIZE 24
const char *when_day(const char *text, char ret[WHEN_DAY_SIZE]);

/* "Fri 4 Dec 09:00", or "09:00" where it is the day of now. */
#define WHEN_SIZE 32
const char *when_short(const char *text, const char *now, char ret[WHEN_SIZE]);

/* "40 s", "25 min", "3 h 10 min", "2 days"; of a length below 0 as of 0. */
const char *when_length(msec length, char ret[WHEN_SIZE]);

#endif /* WHEN_H */
