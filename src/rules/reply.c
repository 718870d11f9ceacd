/*
 * reply.c - reading a text by the rules that reply.h lists.
 *
 * First every place in the text is held against every word that we know;
 * then the rules ask, in their order, what was seen.  An OK is only what is
 * made of known words to its last one, so a slip of ours in the table of help
 * can turn a cry into "unclear", which a human reads, and never into an OK.
 */
#include "rules/reply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/language.h"
#include "rules/words.h"

/* What stands at one word: for each class the longest row, in words. */
struct seen {
	size_t len[REPLY_CLASS_COUNT];
	const char *row[REPLY_CLASS_COUNT];
	bool guarded;	/* its word belongs to a phrase that explains it */
};

struct sight {
	struct words words;
	struct seen *at;
	const char *language;
	char *rule;
};

static const char *const reading_names[READING_COUNT] = {
	[READING_OK] = "ok",
	[READING_HELP] = "help",
	[READING_STOP] = "stop",
	[READING_AWAY] = "away",
	[READING_UNCLEAR] = "unclear",
};

const char *
reading_name(enum reading r)
{
	return reading_names[r];
}

int
reading_from_name(const char *name, enum reading *ret)
{
	int i;

	for (i = 0; i < READING_COUNT; i++) {
		if (strcmp(name, reading_names[i]) == 0) {
			*ret = (enum reading)i;
			return 0;
		}
	}
	return -1;
}

const char *
reply_class_meaning(enum reply_class class)
{
	static const char *const meanings[REPLY_CLASS_COUNT] = {
		[REPLY_OK] = "I am well",
		[REPLY_COURTESY] = "may stand beside \"I am well\"",
		[REPLY_HELP] = "asks for help, wherever it stands",
		[REPLY_TWO] = "alone asks for help",
		[REPLY_NO] = "no: never an OK, and read as a call for help",
		[REPLY_UNSURE] = "neither well nor help: a human reads it",
		[REPLY_STOP] = "alone asks for no more texts",
		[REPLY_NO_MORE] = "asks for no more texts, wherever it stands",
		[REPLY_AWAY] = "at the beginning tells of an absence",
		[REPLY_STRANGER] = "a stranger's or an automatic answer",
	};

	return meanings[class];
}

int
reply_class_from_name(const char *name, enum reply_class *ret)
{
	static const struct {
		const char *name;
		enum reply_class class;
	} classes[] = {
		{ "ok", REPLY_OK },
		{ "help", REPLY_HELP },
		{ "stop", REPLY_STOP },
		{ "away", REPLY_AWAY },
		{ "unclear", REPLY_UNSURE },
		{ "courtesy", REPLY_COURTESY },
	};
	size_t i;

	for (i = 0; i < COUNT(classes); i++) {
		if (strcmp(name, classes[i].name) == 0) {
			*ret = classes[i].class;
			return 0;
		}
	}
	return -1;
}

/* Where the safe side is to see the word, typing slips are put up with. */
static bool
is_loose(enum reply_class class)
{
	return class == REPLY_HELP || class == REPLY_TWO ||
	    class == REPLY_NO || class == REPLY_STOP ||
	    class == REPLY_NO_MORE;
}

/* Hold one row against every place of the text. */
static void
look_for(struct sight *s, enum reply_class class, const char *language,
    const char *row)
{
	bool ours = class == REPLY_OK || class == REPLY_COURTESY;
	size_t i, n;

	if (ours && !language_has_row(s->language, language))
		return;
	for (i = 0; i < s->words.n; i++) {
		struct seen *at = &s->at[i];

		n = words_match(&s->words, i, row, is_loose(class));
		if (n > at->len[class]) {
			at->len[class] = n;
			at->row[class] = row;
		}
	}
}

static void
look_for_extra(struct sight *s, const struct reply_word *word)
{
	struct buf plain = BUF_EMPTY;
	size_t i;

	words_normalise(word->text, &plain);
	if (plain.len > 0)
		look_for(s, word->class, word->language, buf_text(&plain));
	/* The rule may quote it after plain is gone: quote it as it came. */
	for (i = 0; i < s->words.n; i++)
		if (s->at[i].row[word->class] == buf_text(&plain))
			s->at[i].row[word->class] = word->text;
	buf_release(&plain);
}

static void
look_for_names(struct sight *s, const char *names)
{
	struct words w = { .n = 0 };
	size_t i, j;

	words_split(&w, names);
	for (i = 0; i < w.n; i++)
		for (j = 0; j < s->words.n; j++)
			if (words_match(&s->words, j, words_get(&w, i),
			    false) == 1 && s->at[j].len[REPLY_COURTESY] == 0)
				s->at[j].len[REPLY_COURTESY] = 1;
	words_release(&w);
}

/* The words of such a phrase count for nothing else. */
static void
guard(struct sight *s, size_t i, enum reply_class class)
{
	size_t k;

	for (k = 0; k < s->at[i].len[class]; k++)
		s->at[i + k].guarded = true;
}

static void
look(struct sight *s, const struct reply_words *extra)
{
	size_t i, n;
	const struct reply_list *table = reply_table(&n);
	const char *const *text;

	for (i = 0; i < n; i++)
		for (text = table[i].texts; *text != NULL; text++)
			look_for(s, table[i].class, table[i].language, *text);
	for (i = 0; extra != NULL && i < extra->n; i++)
		look_for_extra(s, &extra->items[i]);
	if (extra != NULL && extra->names != NULL)
		look_for_names(s, extra->names);
	for (i = 0; i < s->words.n; i++) {
		guard(s, i, REPLY_UNSURE);
		guard(s, i, REPLY_NO_MORE);
	}
}

/* Say by which rule; a row, where there is one, is the table's word. */
static enum reading
read_as(struct sight *s, enum reading reading, const char *row,
    const char *rule)
{
	if (s->rule == NULL)
		return reading;
	if (row != NULL)
		snprintf(s->rule, REPLY_RULE_SIZE, "\"%.60s\" %s", row, rule);
	else
		snprintf(s->rule, REPLY_RULE_SIZE, "%s", rule);
	return reading;
}

/* The first row of the class in the text; with free, only one that has a
 * word outside the phrases that explain theirs. */
static const char *
find(const struct sight *s, enum reply_class class, bool free)
{
	size_t i, k;

	for (i = 0; i < s->words.n; i++) {
		const struct seen *at = &s->at[i];

		for (k = 0; k < at->len[class]; k++)
			if (!free || !at[k].guarded)
				return at->row[class];
	}
	return NULL;
}

/* How many words the longest row of any of the classes takes at word i; of
 * equals the first class.  Classes are given as bits. */
static size_t
longest(const struct seen *at, unsigned classes, enum reply_class *ret)
{
	size_t most = 0;
	int class;

	for (class = REPLY_CLASS_COUNT - 1; class >= 0; class--) {
		if ((classes & 1u << class) != 0 && at->len[class] > 0 &&
		    at->len[class] >= most) {
			most = at->len[class];
			*ret = (enum reply_class)class;
		}
	}
	return most;
}

/*
 * Is the whole text made of rows of the classes, with at least one of the
 * class that is wanted?  Longest rows first, from left to right: "good
 * morning" is a greeting and no "good".  The first wanted one in *ret_row.
 */
static bool
is_all(const struct sight *s, unsigned classes, enum reply_class wanted,
    const char **ret_row)
{
	enum reply_class class = wanted;
	const char *row = NULL;
	size_t i = 0, n;

	classes |= 1u << wanted | 1u << REPLY_COURTESY;
	while (i < s->words.n) {
		n = longest(&s->at[i], classes, &class);
		if (n == 0)
			return false;
		if (class == wanted && row == NULL)
			row = s->at[i].row[class];
		i += n;
	}
	if (row == NULL || s->words.cut)
		return false;
	*ret_row = row;
	return true;
}

/* Does the text begin, courtesies and OKs aside, with being away?  Then
 * "not back until Friday" is no cry for help: its phrase is guarded. */
static const char *
begins_away(struct sight *s)
{
	const unsigned lead = 1u << REPLY_OK | 1u << REPLY_COURTESY;
	enum reply_class class;
	size_t i = 0, n;

	while (i < s->words.n && s->at[i].len[REPLY_AWAY] == 0) {
		n = longest(&s->at[i], lead, &class);
		if (n == 0)
			return NULL;
		i += n;
	}
	if (i >= s->words.n)
		return NULL;
	guard(s, i, REPLY_AWAY);
	return s->at[i].row[REPLY_AWAY];
}

/* What is left when the text is neither help, stop, away nor strange. */
static enum reading
read_rest(struct sight *s)
{
	const char *row;

	if (is_all(s, 1u << REPLY_OK, REPLY_TWO, &row))
		return read_as(s, READING_HELP, row, "alone asks for help");
	if (s->words.question)
		return read_as(s, READING_UNCLEAR, NULL, "a question is read "
		    "by a human");
	row = find(s, REPLY_UNSURE, false);
	if (row != NULL)
		return read_as(s, READING_UNCLEAR, row, "is neither an OK nor "
		    "a call for help");
	row = find(s, REPLY_STOP, false);
	if (row != NULL)
		return read_as(s, READING_UNCLEAR, row, "among other words may "
		    "ask for no more texts");
	if (is_all(s, 0, REPLY_OK, &row))
		return read_as(s, READING_OK, row, "is an OK, and all beside "
		    "it is courtesy");
	row = find(s, REPLY_OK, false);
	if (row != NULL)
		return read_as(s, READING_UNCLEAR, row, "is an OK, but not all "
		    "beside it is known");
	return read_as(s, READING_UNCLEAR, NULL, "no word of it is known as "
	    "an OK or a call for help");
}

static enum reading
read_seen(struct sight *s)
{
	const char *row, *away = begins_away(s);

	if (s->words.n == 0)
		return read_as(s, READING_UNCLEAR, NULL, "it holds no words");
	row = find(s, REPLY_HELP, true);
	if (row != NULL)
		return read_as(s, READING_HELP, row, "asks for help wherever "
		    "it stands");
	row = find(s, REPLY_NO_MORE, false);
	if (row != NULL || is_all(s, 0, REPLY_STOP, &row))
		return read_as(s, READING_STOP, row, "asks for no more texts");
	if (away != NULL && !s->words.question &&
	    find(s, REPLY_NO, true) == NULL)
		return read_as(s, READING_AWAY, away, "at the beginning tells "
		    "of an absence");
	row = find(s, REPLY_STRANGER, false);
	if (row != NULL)
		return read_as(s, READING_UNCLEAR, row, "is a stranger's or an "
		    "automatic answer");
	row = find(s, REPLY_NO, true);
	if (row != NULL)
		return read_as(s, READING_HELP, row, "is a negation, which is "
		    "never an OK");
	return read_rest(s);
}

enum reading
reply_read(const char *utf8_text, const char *language,
    const struct reply_words *extra, char rule[REPLY_RULE_SIZE])
{
	struct sight s = { .language = language, .rule = rule };
	enum reading reading;

	words_split(&s.words, utf8_text);
	s.at = mem_alloc((s.words.n + 1) * sizeof(*s.at));
	look(&s, extra);
	reading = read_seen(&s);
	free(s.at);
	words_release(&s.words);
	return reading;
}

#define MOST_WORDS 8

int
reply_check_word(const char *text, enum reply_class class, struct err *e)
{
	struct sight s = { .rule = NULL };
	const char *row = NULL;
	size_t n;

	words_split(&s.words, text);
	n = s.words.n;
	s.at = mem_alloc((n + 1) * sizeof(*s.at));
	look(&s, NULL);
	if (class == REPLY_OK || class == REPLY_COURTESY) {
		row = find(&s, REPLY_HELP, false);
		row = row != NULL ? row : find(&s, REPLY_NO, false);
		row = row != NULL ? row : find(&s, REPLY_NO_MORE, false);
		row = row != NULL ? row : find(&s, REPLY_STOP, false);
	}
	free(s.at);
	words_release(&s.words);
	if (n == 0)
		return err_set(e, "holds no word; write words with commas "
		    "between them");
	if (n > MOST_WORDS)
		return err_set(e, "has more than %d words; write commas "
		    "between words, or a shorter phrase", MOST_WORDS);
	if (row != NULL)
		return err_set(e, "holds \"%s\", which asks for help, says no "
		    "or stops, so it can never be an OK or a courtesy; leave "
		    "it out", row);
	return 0;
}
