/*
 * words.h - the words behind a command, and those that there may be.
 */
#ifndef WORDS_H
#define WORDS_H

#include "base/buf.h"

/* Joined by blanks; the caller frees. */
char *words_join(char *const *words, int n);

/* One more word of a list "a, b, c". */
void words_list(struct buf *b, const char *word);

#endif /* WORDS_H */
