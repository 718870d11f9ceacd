/*
 * form.h - application/x-www-form-urlencoded: hooks' bodies and queries.
 *
 * Decodes by the WHATWG URL Standard ("urlencoded parsing"), which is what
 * senders and their signatures go by: "+" is a space, %XX a byte, a "%" that
 * is followed by no two hexadecimal digits is itself, a key may lack its "=",
 * and keys may repeat.  Decoded text may hold any byte, also NUL: whoever
 * signs uses the lengths.
 */
#ifndef FORM_H
#define FORM_H

#include "base/buf.h"
#include "base/err.h"

#define FORM_MAX_FIELDS 200

struct form_field {
	const char *name;	/* a NUL stands behind both */
	size_t name_len;
	const char *value;	/* "" where there was no "=" */
	size_t value_len;
};

/* The fields in the order in which they came, repeats and all. */
struct form {
	struct form_field *items;
	size_t n, cap;
	char *bytes;		/* owned: what the items point into */
};

/*
 * Decode n bytes.  -1 where they hold more than FORM_MAX_FIELDS fields; the
 * caller has bounded n.  Empty pieces ("a=1&&b=2") are passed over.
 */
int form_parse(const char *bytes, size_t n, struct form *ret,
    struct err *e) MUST_CHECK;
void form_release(struct form *f);

/* The first value of that name, or NULL; cut at a NUL, so not for signing. */
const char *form_get(const struct form *f, const char *name);

/* Add "name=value" to a form that is being built, with an "&" before it where
 * b is not empty. */
void form_add(struct buf *b, const char *name, const char *value);

#endif /* FORM_H */
