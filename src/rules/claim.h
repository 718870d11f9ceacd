/*
 * claim.h - how a volunteer's text is read, and the codes of flags.
 *
 * A code is a letter, a digit, a letter, a digit, such as K4F7, from signs
 * that cannot be taken for one another on a screen, in a hurry or in a
 * reading glass: no O 0 I 1 L S 5 B 8 Z 2 U V Q and no vowels, so that no
 * code is a word.  There are 5,625; whoever makes one asks the ledger whether
 * an open flag has it.  It is opaque, not secret: claims are believed by the
 * number that they come from.
 */
#ifndef CLAIM_H
#define CLAIM_H

#include "base/err.h"
#include "base/random.h"

#define CLAIM_CODE_SIZE 5

void claim_make_code(struct random *r, char ret[CLAIM_CODE_SIZE]);

/* A code as somebody typed it ("k4f7", "K4-F7") into its own form; -1 where
 * it cannot be one.  G and 6, T and 7 are put right where the place leaves no
 * doubt ("64T9" is G4T9); four letters or four digits are no code. */
int claim_normalise_code(const char *text,
    char ret[CLAIM_CODE_SIZE]) MUST_CHECK;

enum claim_verb {
	CLAIM_NONE,	/* not understood; also a code alone */
	CLAIM_YES,	/* takes the flag */
	CLAIM_NO,	/* declines */
	CLAIM_DONE,	/* closes, with a word for how it ended */
	CLAIM_RELEASE,	/* gives it back */
	CLAIM_LIST,	/* asks what is open */
	CLAIM_PASS,	/* hands it over to somebody by name */
	CLAIM_OUT,	/* goes to the door: when they are back is in note */
	CLAIM_BACK,	/* is back from there; else gives the flag back */
	CLAIM_TRIED,	/* rang the person, who did not answer */
};
#define CLAIM_VERB_COUNT 10

struct claim_text {
	enum claim_verb verb;
	char code[8];	/* "" where none was given */
	char word[32];	/* of DONE: the first word behind the code, in lower
			 * case; "not located" is state.h's not_located */
	char note[200];	/* the rest, as it was written; of PASS it begins
			 * with the name */
};

/*
 * Read a text.  Case, quotes, punctuation, courtesies and missing spaces
 * ("YESK4F7") are put up with.  Only YES and its plain equals claim, never
 * "OK"; a YES beside a negation is CLAIM_NONE.  A bare verb has code "".
 * PASS without a name declines, as everybody means it; NO ANSWER is TRIED.
 */
void claim_read(const char *utf8_text, struct claim_text *ret);

/* The first time of day in a text ("11:30", "11.30", "1130"), as a minute; -1
 * where there is none. */
int claim_minute(const char *text);

/* How many words of the text name this person, who is called name ("Mrs Grace
 * Obi") or has the id: "grace obi, thanks" 2, "Grace" 1, "Tom" 0. */
int claim_names(const char *text, const char *name, const char *id);

const char *claim_verb_name(enum claim_verb v);	/* "yes"; "none" */

#endif /* CLAIM_H */
