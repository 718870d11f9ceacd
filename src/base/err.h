/*
 * err.h - why something failed, as a sentence that its reader can act on.
 *
 * The reason is made where the facts are known and extended by callers.  A
 * fallible function returns 0, or -1 with *e filled; e may be NULL where the
 * caller only needs the verdict.
 */
#ifndef ERR_H
#define ERR_H

#include "base/base.h"

struct err {
	char text[480];
};

/* Set the reason.  Returns -1, so that a function can end by returning it. */
int err_set(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Set the reason, followed by ": " and errno's text.  Returns -1. */
int err_errno(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Put words and ": " before the reason that is there already.  Returns -1. */
int err_wrap(struct err *e, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif /* ERR_H */
