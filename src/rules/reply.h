/*
 * reply.h - how a participant's text is read.
 *
 * One table of words and phrases (reply_table.c), each row with its language
 * and its class; a scheme adds its own by its configuration.  The rules, in
 * the order in which they are asked:
 *
 *   help      a word of help stands anywhere, in any language
 *   stop      the text asks for no more texts, in any language; a bare STOP
 *             (or Twilio's other words for it) only as the whole text
 *   away      the text begins with it
 *   unclear   a stranger's text, an automatic answer
 *   help      a negation stands anywhere, in any language; or a lone 2
 *   unclear   a question
 *   ok        every word is one of OK, in the person's language or English,
 *             or a courtesy beside one, and there is one of OK
 *   unclear   all else
 *
 * So nothing that holds a help word, a negation or a STOP word is ever OK,
 * and neither is anything with a word that is not known.
 */
#ifndef REPLY_H
#define REPLY_H

#include "base/err.h"

enum reading {
	READING_OK,
	READING_HELP,
	READING_STOP,
	READING_AWAY,
	READING_UNCLEAR,
};
#define READING_COUNT 5

const char *reading_name(enum reading r);	/* ok help stop away unclear */
int reading_from_name(const char *name, enum reading *ret) MUST_CHECK;

enum reply_class {
	REPLY_OK,
	REPLY_COURTESY,	/* may stand beside an OK, is none itself */
	REPLY_HELP,
	REPLY_TWO,	/* help where only courtesies stand beside it */
	REPLY_NO,	/* a negation */
	REPLY_UNSURE,	/* neither well nor help: "not bad", a sad face; its
			 * own words count for nothing else */
	REPLY_STOP,	/* only as the whole text, courtesies aside */
	REPLY_NO_MORE,	/* asks to be left alone, wherever it stands */
	REPLY_AWAY,	/* where the text begins with it */
	REPLY_STRANGER,	/* does not know us; or an automatic answer */
};
#define REPLY_CLASS_COUNT 10

/* A word or a phrase of a configuration, in any spelling. */
struct reply_word {
	enum reply_class class;
	const char *language;	/* "en", "ur pa"; NULL: every language's */
	const char *text;
};

/* What a scheme adds to the table.  Owned by whoever made it. */
struct reply_words {
	const struct reply_word *items;
	size_t n;
	/* The person's own names ("Mrs Edna Clarke, Edna"), whose words are
	 * courtesies: people sign their texts.  NULL: none.  Set by whoever
	 * reads one person's reply, in a copy of this struct. */
	const char *names;
};

/* "help", "an OK", as a heading over its words. */
const char *reply_class_meaning(enum reply_class class);

/* The classes that a configuration may add words to, by the names of
 * readings and "courtesy"; -1: no such. */
int reply_class_from_name(const char *name, enum reply_class *ret) MUST_CHECK;

/* Is the word or phrase fit to be added as that class?  Refused: no word at
 * all, more than eight words, an OK or a courtesy that holds a word of help,
 * a negation or a STOP word. */
int reply_check_word(const char *text, enum reply_class class,
    struct err *e) MUST_CHECK;

/*
 * Read a text.  language is the person's ("cy", "en-GB"; NULL: English);
 * extra may be NULL.  rule, unless NULL, receives a sentence that says by
 * which rule, quoting the table's words only and never the text.
 */
#define REPLY_RULE_SIZE 160
enum reading reply_read(const char *utf8_text, const char *language,
    const struct reply_words *extra, char rule[REPLY_RULE_SIZE]);

/* The table, for tests and for documentation: *n lists of words and phrases,
 * each of one class and one language, with a NULL behind the last. */
struct reply_list {
	enum reply_class class;
	const char *language;	/* as in struct reply_word */
	const char *const *texts;
};
const struct reply_list *reply_table(size_t *n);

#endif /* REPLY_H */
