/*
 * manners.h - what a check-in must not say.
 *
 * It is a service to the person and no more: an invitation, an appeal or an
 * offer in it makes it advertising, for which the law wants a consent of its
 * own (PECR, regulations 19 and 22).  And it never asks for what swindlers
 * ask for.
 */
#ifndef MANNERS_H
#define MANNERS_H

enum manners {
	MANNERS_GOOD,
	MANNERS_PROMOTES,	/* "raffle", "join our club", a link */
	MANNERS_PRIES,		/* "date of birth", "card number" */
};

/* What is wrong with a message, by the first such words, which are put into
 * *ret_words (a row of the table). */
enum manners manners_of(const char *text, const char **ret_words);

#endif /* MANNERS_H */
