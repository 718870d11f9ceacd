/*
 * wording.h - messages with {placeholders}, and what a text costs.
 */
#ifndef WORDING_H
#define WORDING_H

#include "base/buf.h"
#include "base/err.h"

struct wording_value {
	const char *name;	/* "first_name" */
	const char *value;	/* NULL is as good as "" */
};

/*
 * May the message hold what it holds?  allowed are n names.  Refused: a brace
 * without its partner, an empty or unknown name (the nearest known one is
 * named), characters that cannot be sent.
 */
int wording_check(const char *text, const char *const *allowed, size_t n,
    struct err *e) MUST_CHECK;

/* Does the message hold {name}? */
bool wording_has(const char *text, const char *name);

/* Add the message to b with its placeholders filled.  A name that is not
 * among the values becomes nothing: wording_check has been asked before. */
void wording_fill(struct buf *b, const char *text,
    const struct wording_value *values, size_t n);

/*
 * Add the text to b with what word processors make of plain signs made plain
 * again: quotes, dashes, dots, spaces, ligatures, fractions, wide letters;
 * unseen characters are left out.
 * Letters with marks stay: they are somebody's name.
 */
void wording_gsm(const char *utf8, struct buf *b);

/*
 * In how many parts the text travels, 0 where it is empty.  GSM 7-bit
 * (3GPP TS 23.038): 160 septets in one part, 153 in each of several; a sign
 * of the extension table counts two, which are never parted.  With any other
 * character UCS-2: 70 units and 67, and surrogate pairs are never parted.
 * *ret_unicode, unless NULL, says which.
 */
int wording_segments(const char *utf8, bool *ret_unicode);

/* The first character that makes a text UCS-2, as text of its own; "" where
 * there is none. */
#define WORDING_SIGN_SIZE 5
void wording_odd_sign(const char *utf8, char ret[WORDING_SIGN_SIZE]);

#endif /* WORDING_H */
