/*
 * away.h - from when to when somebody says that they will be away.
 *
 * "AWAY until 3 Jan", "away 20 Dec to 3 Jan", "I'm away till Monday", "away
 * for a week", "gone away, back on Tuesday".  The words are rows of a table
 * (away_table.c), each with its language: English is read from everybody, the
 * others from whoever speaks them.
 *
 * Silence is dangerous, so nothing is guessed: a number that is no part of a
 * date, two ends, a "perhaps", or no end at all, and a human reads it.
 */
#ifndef AWAY_H
#define AWAY_H

#include "rules/calendar.h"

/* Longer than this at once, or further ahead, a human looks first. */
#define AWAY_DAYS_MAX 56
#define AWAY_AHEAD_MAX 182

enum away_fit {
	AWAY_CLEAR,	/* first and last are set */
	AWAY_NO_END,	/* no last day is named */
	AWAY_PAST,	/* the last day has gone by */
	AWAY_TOO_LONG,
	AWAY_UNCLEAR,
};
const char *away_fit_name(enum away_fit fit);

/*
 * Read the days, both included, as meant on a local date: "until" and "to"
 * include the day, "back" and "home" do not.  A day without a year is the
 * next of its name.  The text is one that reply_read took for AWAY.
 */
enum away_fit away_read(const char *utf8, const char *language,
    localdate today, localdate *ret_first, localdate *ret_last) MUST_CHECK;

/* Is the whole text BACK, or the like ("I'm home again, thanks")? */
bool away_is_back(const char *utf8, const char *language);

/*
 * A day as a message in that language names it: "Mon 4 Jan" to read, "Monday
 * 4 January" to hear; in languages other than English 4.1.2027.
 */
#define AWAY_DATE_SIZE 32
const char *away_format(localdate date, const char *language, bool voice,
    char ret[AWAY_DATE_SIZE]);

/* ---- the table, see away_table.c --------------------------------------- */

enum away_class {
	AWAY_WORD_MONTH,	/* value: 1 to 12 */
	AWAY_WORD_WEEKDAY,	/* 0 is Monday */
	AWAY_WORD_DAY,		/* so many days from today */
	AWAY_WORD_UNIT,		/* so many days */
	AWAY_WORD_COUNT,	/* a number in letters */
	AWAY_WORD_FROM,
	AWAY_WORD_UNTIL,
	AWAY_WORD_BACK,
	AWAY_WORD_AND,		/* between two dates: until */
	AWAY_WORD_FROM_AFTER,	/* behind its date, as in Urdu */
	AWAY_WORD_UNTIL_AFTER,
	AWAY_WORD_SKIP,		/* part of a date, and tells nothing */
	AWAY_WORD_DOUBT,	/* then a human reads it */
	AWAY_WORD_RETURNED,	/* with courtesies, the whole text: BACK */
	AWAY_WORD_COURTESY,
};

struct away_word {
	enum away_class class;
	int value;
	const char *language;	/* as of reply.h: "en", "ur pa" */
	const char *text;	/* plain words, see words.h */
};
const struct away_word *away_table(size_t *n);

#endif /* AWAY_H */
