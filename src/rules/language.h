/*
 * language.h - the languages whose words we know (reply_table.c,
 * away_table.c), and who has read them.
 *
 * Languages are named by short tags, as in "en", "pl" or "en-GB"; what stands
 * behind the hyphen makes no difference here.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "base/base.h"

struct language {
	const char *tag;
	const char *name;	/* "Polish" */
	/* Who grew up with it and has read its words in the tables, and when;
	 * NULL: nobody has yet, and `ringround check` says so. */
	const char *reviewed;
};

/* NULL: none of its words are known. */
const struct language *language_find(const char *tag);

/* "pl" and "pl-PL" are the same. */
bool language_same(const char *a, const char *b);

/* Is a row of a table ("ur pa"; NULL: every language's) for whoever speaks the
 * language?  English is everybody's. */
bool language_has_row(const char *language, const char *row);

#endif /* LANGUAGE_H */
