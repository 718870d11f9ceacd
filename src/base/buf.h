/*
 * buf.h - growable text and its escapes.
 *
 * A buf always ends in a NUL that its length does not count, and may hold
 * NULs before it.  A zeroed struct is an empty buf that owns nothing.
 * Nothing here fails; whoever adds text from outside bounds it.
 */
#ifndef BUF_H
#define BUF_H

#include <stdarg.h>

#include "base/base.h"

struct buf {
	char *data;  /* NULL while nothing was added; see buf_text */
	size_t len;  /* bytes before the closing NUL */
	size_t cap;
};

#define BUF_EMPTY { NULL, 0, 0 }

void buf_release(struct buf *b);	/* frees, and leaves an empty buf */
void buf_clear(struct buf *b);		/* empties, keeps the memory */
const char *buf_text(const struct buf *b);	/* never NULL */
char *buf_take(struct buf *b);		/* the caller frees; b is empty then */

void buf_add(struct buf *b, const char *text);
void buf_addn(struct buf *b, const void *bytes, size_t n);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_addv(struct buf *b, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);

/* Text for XML or HTML, in an element or a quoted attribute; characters that
 * XML 1.0 does not allow are left out. */
void buf_add_xml(struct buf *b, const char *text);

/* Percent-encoded as a value of a query or of a form (RFC 3986 unreserved
 * characters stand as they are, all others become %XX). */
void buf_add_url(struct buf *b, const char *text);

/* n bytes as lower-case hexadecimal, and as base64 with padding (RFC 4648);
 * url64 is its URL alphabet without padding. */
void buf_add_hex(struct buf *b, const void *bytes, size_t n);
void buf_add_base64(struct buf *b, const void *bytes, size_t n);

#endif /* BUF_H */
