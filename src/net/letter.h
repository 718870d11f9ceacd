/*
 * letter.h - the words of an e-mail as a page: the same for whoever reads
 * HTML, so that addresses can be tapped.
 *
 * The words are plain text, and stand alone too: a line of nothing parts
 * paragraphs, lines that begin with "- " are a list, and what begins with
 * http:// or https:// is a link.  Nothing else is a sign: all of it is
 * escaped, nothing is fetched, and the page is whole in itself.
 */
#ifndef LETTER_H
#define LETTER_H

#include "base/buf.h"

/* Add the page for the UTF-8 text to b. */
void letter_html(const char *text, struct buf *b);

#endif /* LETTER_H */
