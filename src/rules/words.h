/*
 * words.h - a text as the plain words that it is made of.
 *
 * Case, marks, punctuation, unseen characters and widths are gone; an emoji
 * is a word of its own; ":(" and "<3" are the emoji that they stand for; an
 * apostrophe within a word stays ("i'm").
 */
#ifndef WORDS_H
#define WORDS_H

#include "base/buf.h"

/* More words, or more bytes, are left out. */
#define WORDS_MOST 1024
#define WORDS_MOST_BYTES 8192

struct words {
	struct buf text;	/* the words, a NUL behind each */
	size_t *at;		/* where each begins */
	size_t n, cap;
	bool question;		/* a question mark stood somewhere */
	bool cut;		/* something was left out */
};

/* A zeroed struct holds no words; split adds those of the text. */
void words_split(struct words *w, const char *utf8);
void words_release(struct words *w);

const char *words_get(const struct words *w, size_t i);

/* The words with one space between, into b. */
void words_normalise(const char *utf8, struct buf *b);

/*
 * Does a row of words (normalised, spaces between) stand at word i?  Returns
 * how many words it takes, 0 where it does not.  A letter that is written
 * three times or more stands for one or two ("yesss"); with loose, one letter
 * of a word may be doubled or lack its double ("hellp", "fel").  A row
 * with an apostrophe also stands for the same without.
 */
size_t words_match(const struct words *w, size_t i, const char *row,
    bool loose);

#endif /* WORDS_H */
