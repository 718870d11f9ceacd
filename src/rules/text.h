/*
 * text.h - characters of what people write, seen one at a time.
 *
 * Used by the rules that read numbers, replies and claims, and by those that
 * count what a text costs.  Owns nothing.  Knows the letters of Latin
 * alphabets, the digits of the scripts that we read, and the signs that
 * telephones and word processors put in unasked; of other scripts it only
 * knows that their characters belong to words.
 */
#ifndef TEXT_H
#define TEXT_H

#include "base/buf.h"

#define TEXT_BAD 0xfffdu	/* stands for a byte that is not UTF-8 */

enum text_kind {
	TEXT_NOTHING,	/* not seen at all: controls, zero widths, skin tones */
	TEXT_BREAK,	/* spaces and punctuation: it parts words */
	TEXT_WORD,	/* a letter, a digit, a vowel sign */
	TEXT_SIGN,	/* an emoji or the like: a word of its own */
};

/* The character at *text, which moves behind it; 0 at the end, where it
 * stays.  Never reads beyond the NUL, whatever the bytes are. */
uint32_t text_next(const char **text);

/* Add the character as UTF-8. */
void text_add(struct buf *b, uint32_t c);

enum text_kind text_kind(uint32_t c);

/* Does it steer what shows it, and is not itself seen: a control character
 * (also the end of a line), or one that turns the direction of all that
 * follows? */
bool text_steers(uint32_t c);

/*
 * The plain form of a character: lower case; Latin letters without their
 * marks; full-width, Arabic, Urdu and Indian digits as 0 to 9; one form for
 * Arabic letters that have several, and for Gurmukhi ones with and without
 * their dot; every apostrophe as '.  All others as they are.
 */
uint32_t text_fold(uint32_t c);

#endif /* TEXT_H */
