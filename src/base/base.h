/*
 * base.h - what every room of the house leans on: attributes, and the one
 * unit of time.
 */
#ifndef BASE_H
#define BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The result says whether it worked, and must be looked at. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* fmt is parameter f, its arguments begin at parameter a (0: a va_list). */
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* The number of elements of a true array. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Milliseconds.  An instant is UTC milliseconds since 1970-01-01T00:00Z; a
 * length of time is milliseconds too.  NEVER stands for "no instant" where
 * the earliest of several is looked for.
 */
typedef int64_t msec;

#define MSEC_SECOND ((msec)1000)
#define MSEC_MINUTE (60 * MSEC_SECOND)
#define MSEC_HOUR (60 * MSEC_MINUTE)
#define MSEC_DAY (24 * MSEC_HOUR)
#define NEVER INT64_MAX

#endif /* BASE_H */
