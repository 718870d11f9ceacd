/*
 * A reason that does not fit is cut, and ends in "..." so that its reader
 * knows: a cut reason is better than none, and never a failure of its own.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Put the words at offset at; returns the new length. */
static size_t PRINTF_LIKE(3, 0)
put(struct err *e, size_t at, const char *fmt, va_list ap)
{
	size_t room = sizeof(e->text) - at;
	int n = vsnprintf(e->text + at, room, fmt, ap);

	if (n < 0) {
		e->text[at] = '\0';
		return at;
	}
	if ((size_t)n < room)
		return at + (size_t)n;
	memcpy(e->text + sizeof(e->text) - 4, "...", 4);
	return sizeof(e->text) - 1;
}

static void PRINTF_LIKE(3, 4)
putf(struct err *e, size_t at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(e, at, fmt, ap);
	va_end(ap);
}

int
err_set(struct err *e, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return -1;
	/* Into a second one first: the words may quote the old reason. */
	struct err fresh;
	va_start(ap, fmt);
	put(&fresh, 0, fmt, ap);
	va_end(ap);
	*e = fresh;
	return -1;
}

int
err_errno(struct err *e, const char *fmt, ...)
{
	int why = errno;
	va_list ap;
	size_t len;

	if (!e)
		return -1;
	struct err fresh;
	va_start(ap, fmt);
	len = put(&fresh, 0, fmt, ap);
	va_end(ap);
	putf(&fresh, len, ": %s", strerror(why));
	*e = fresh;
	errno = why;
	return -1;
}

int
err_wrap(struct err *e, const char *fmt, ...)
{
	va_list ap;
	size_t len;

	if (!e)
		return -1;
	struct err fresh;
	va_start(ap, fmt);
	len = put(&fresh, 0, fmt, ap);
	va_end(ap);
	putf(&fresh, len, ": %s", e->text);
	*e = fresh;
	return -1;
}
