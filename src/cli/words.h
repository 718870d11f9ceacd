/*
 * words.h - the words behind a command, as one text.
 */
#ifndef WORDS_H
#define WORDS_H

/* Joined by blanks; the caller frees. */
char *words_join(char *const *words, int n);

#endif /* WORDS_H */
