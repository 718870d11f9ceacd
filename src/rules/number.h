/*
 * number.h - telephone numbers as people write them, and which of them may
 * ever be rung or texted.
 *
 * Knows the United Kingdom's numbers by class, from Ofcom's numbering plan;
 * of other countries only the shape (ITU-T E.164: at most fifteen digits).
 * It does not ask whether a number has been given out: Ofcom's numbers for
 * drama (07700 900xxx, 01632 960xxx and others) are as good as any.
 */
#ifndef NUMBER_H
#define NUMBER_H

#include "base/err.h"

#define NUMBER_SIZE 20	/* "+", fifteen digits, a NUL, and some air */

enum number_kind {
	NUMBER_NONE,		/* no number at all */
	NUMBER_MOBILE,		/* 071-075, 077-079, and 07624 (Isle of Man) */
	NUMBER_LANDLINE,	/* 01, 02 */
	NUMBER_FREEPHONE,	/* 080 */
	NUMBER_NONGEO,		/* 03, 055, 056 */
	NUMBER_PAGER,		/* 076 but for 07624 */
	NUMBER_PERSONAL,	/* 070: sounds like a mobile, costs like 09 */
	NUMBER_PREMIUM,		/* 09, +979 */
	NUMBER_SPECIAL,		/* 084, 087 and the rest of 08; satellites */
	NUMBER_EMERGENCY,	/* 999, 112 and other countries' */
	NUMBER_SERVICE,		/* 101, 105, 111, 116xxx, 118xxx and the like */
	NUMBER_SHORT,		/* six digits or fewer: no area code */
	NUMBER_PREFIXED,	/* 141, 1470, 18001 or 18002 before a number */
	NUMBER_FOREIGN,		/* of another country than ours */
	NUMBER_NATIONAL,	/* of ours, where ours is not the UK */
};
#define NUMBER_KIND_COUNT 15

struct number {
	char e164[NUMBER_SIZE];	/* "" where it has none (999, 118118, 141...) */
	enum number_kind kind;
	bool callable, textable;
};

/*
 * Read a number.  Spaces, dots, dashes, slashes, brackets, "(0)" and what
 * word processors make of them may stand in it; 00, +, a leading 0 and a bare
 * country code are understood.  country_code is the scheme's, "44".
 *
 * 0 for whatever is a number, also one that is never dialled: see callable.
 * -1 only where it is none; *why then says what is wrong and what to write
 * instead, without quoting it: a clause like number_why's, whose subject is
 * the number ("has only 9 digits behind its 0, where ...").
 */
int number_read(const char *text, const char *country_code,
    struct number *ret, struct err *why) MUST_CHECK;

/*
 * Why the number may not be rung (or texted, where text is true): a clause
 * such as "is an emergency number and is never dialled"; NULL where it may.
 */
const char *number_why(const struct number *n, bool text);

const char *number_kind_name(enum number_kind kind);	/* "mobile" */

/*
 * If a spreadsheet has spoilt the number ("7.7E+09", "7700900123" without its
 * 0, "7700900123.0", "####"), a clause that says so and what to do; else
 * NULL.  number_read reports the same.
 */
const char *number_excel_damage(const char *text, const char *country_code);

/*
 * Read one pattern of allow_numbers: a number, or the beginning of one with *
 * behind it, as people write it ("01154960*") into E.164 ("+441154960*").
 */
#define NUMBER_PATTERN_SIZE (NUMBER_SIZE + 1)
int number_read_pattern(const char *text, const char *country_code,
    char ret[NUMBER_PATTERN_SIZE], struct err *why) MUST_CHECK;

/* Is every one of the comma-separated patterns readable, and is there one? */
int number_check_patterns(const char *patterns, const char *country_code,
    struct err *why) MUST_CHECK;

/* Does one of the comma-separated patterns, as they are written, fit the
 * E.164 number?  NULL patterns allow everything; a pattern that cannot be
 * read allows nothing. */
bool number_allowed(const char *patterns, const char *country_code,
    const char *e164);

/* Do two ways of writing give the same number?  Nothing equals nothing. */
bool number_same(const char *a, const char *b, const char *country_code);

enum number_from {
	NUMBER_FROM_E164,
	NUMBER_FROM_WITHHELD,	/* empty, "anonymous", +266696687 and such */
	NUMBER_FROM_OTHER,	/* a short code, letters, or nonsense */
};

/*
 * Whom a gateway says that a call or text is from.  Gateways write +4477...,
 * 4477..., 004477... and 077...; all become E.164.  ret is "" unless the
 * answer is NUMBER_FROM_E164.
 */
enum number_from number_normalise_inbound(const char *from,
    const char *country_code, char ret[NUMBER_SIZE]);

/* An E.164 number as people at home write it: "0115 496 0123", "07700
 * 900123"; another country's stays as it is. */
#define NUMBER_NATIONAL_SIZE 24
const char *number_national(const char *e164, const char *country_code,
    char ret[NUMBER_NATIONAL_SIZE]);

#endif /* NUMBER_H */
