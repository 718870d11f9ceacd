/*
 * message.h - an e-mail as the bytes that go over the wire (RFC 5322).
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"

/* What is to be written to whom.  Lends everything. */
struct mail {
	const char *from;	/* an address, "check-in@example.org" */
	const char *from_name;	/* shown for it, UTF-8; NULL for none */
	const char *to;		/* one address */
	const char *subject;	/* UTF-8, one line */
	const char *text;	/* UTF-8, lines end by "\n" */
	const char *html;	/* the same as a page; NULL for text alone */
	const char *id;		/* of this mail alone: a-z 0-9 . -, at most 64;
				 * whoever sends it again gives it the same */
	msec date;
};

/*
 * Write the whole message into *ret, which is empty.  Text that is not ASCII
 * is encoded (RFC 2047 and quoted-printable), so that it passes every relay.
 * With a page it is multipart/alternative, the text first.
 * Errors: an address that is none, a control character in what stands in the
 * head (which could forge further fields), a bad id.  The reason quotes
 * nothing of the mail.
 */
int message_compose(const struct mail *m, struct buf *ret,
    struct err *e) MUST_CHECK;

/* Is it an address as we can send to: ASCII, one "@", no quoting? */
bool message_is_address(const char *text);

#endif /* MESSAGE_H */
