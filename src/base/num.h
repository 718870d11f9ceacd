/*
 * num.h - numbers from text, strictly: the whole text is the number, without
 * blanks or sign games, and it lies in the range that is asked for.
 */
#ifndef NUM_H
#define NUM_H

#include "base/err.h"

/* A whole decimal number from min to max; a minus only where min < 0. */
int num_int(const char *text, int64_t min, int64_t max, int64_t *ret,
    struct err *e) MUST_CHECK;

/* A decimal number such as "0.5" or "12", at most three places, from min to
 * max thousandths; the result is in thousandths. */
int num_milli(const char *text, int64_t min, int64_t max, int64_t *ret,
    struct err *e) MUST_CHECK;

/*
 * A length of time: a whole number with s, m, h or d behind it ("45s",
 * "60m"); a bare number counts the given unit.  Bounds and result in ms.
 */
int num_duration(const char *text, msec bare_unit, msec min, msec max,
    msec *ret, struct err *e) MUST_CHECK;

/* A time of day "HH:MM", 00:00 to 23:59 (24:00 where allow_24), as minutes
 * after midnight. */
int num_clock(const char *text, bool allow_24, int *ret_minute,
    struct err *e) MUST_CHECK;

#endif /* NUM_H */
