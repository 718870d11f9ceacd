/*
 * words.c - splitting by the classes of text.h, matching by runs of letters.
 */
#include "rules/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/text.h"

#define SAD "\xe2\x98\xb9"	/* U+2639 */
#define HEART "\xe2\x9d\xa4"	/* U+2764 */

static bool
full(struct words *w)
{
	if (w->n == WORDS_MOST)
		w->cut = true;
	return w->cut;
}

static void
cut_back(struct buf *b, size_t len)
{
	if (len < b->len) {
		b->len = len;
		b->data[len] = '\0';
	}
}

/* The word that was built behind the last NUL is done: keep it, unless
 * nothing but apostrophes is in it. */
static void
end_word(struct words *w, size_t from)
{
	struct buf *b = &w->text;
	size_t n;

	while (b->len > from && b->data[b->len - 1] == '\'')
		cut_back(b, b->len - 1);
	n = from < b->len ? strspn(b->data + from, "'") : 0;
	if (from + n >= b->len || full(w)) {
		cut_back(b, from);
		return;
	}
	mem_reserve(&w->at, w->n, &w->cap, sizeof(*w->at));
	w->at[w->n++] = from + n;
	buf_addc(b, '\0');
}

static void
whole_word(struct words *w, const char *word)
{
	size_t from = w->text.len;

	buf_add(&w->text, word);
	end_word(w, from);
}

static bool
is_question(uint32_t c)
{
	return c == '?' || c == 0xbf || c == 0x61f || c == 0x2047 ||
	    c == 0x2048 || c == 0x2049 || c == 0x203d || c == 0x2753 ||
	    c == 0x2754 || c == 0xff1f || c == 0x37e;
}

/*
 * The length of a face made of signs at p, 0 if there is none, and in *sad
 * which it is.  A letter in it ("D", "x") would otherwise be a word.
 */
static size_t
face(const char *p, bool begins, bool *sad)
{
	const char *mouth = p + 1;

	if (*p == '\0' || strchr(":;=", *p) == NULL)
		return 0;
	if (*mouth == '\'' || *mouth == '-')
		mouth++;
	if (strncmp(mouth, "\xe2\x80\x99", 3) == 0)	/* a curly tear */
		mouth += 3;
	*sad = *mouth == '(' || *mouth == '[' ||
	    (begins && *mouth != '\0' && strchr("|/<", *mouth) != NULL);
	if (*sad)
		return (size_t)(mouth + 1 - p);
	if (!begins || *mouth == '\0' || strchr("DPpOo3Xx*", *mouth) == NULL)
		return 0;
	if (isalnum((unsigned char)mouth[1]) || (mouth[1] & 0x80) != 0)
		return 0;
	return (size_t)(mouth + 1 - p);
}

/* Signs of more than one character that stand for one word, or for nothing;
 * the number of bytes that they take. */
static size_t
drawn(struct words *w, const char *p, size_t from)
{
	bool sad = false, begins = w->text.len == from;
	size_t n = face(p, begins, &sad);

	if (n > 0 && sad) {
		end_word(w, from);
		whole_word(w, SAD);
	}
	if (n == 0 && begins && strncmp(p, "<3", 2) == 0 &&
	    !isdigit((unsigned char)p[2])) {
		whole_word(w, HEART);
		n = 2;
	}
	return n;
}

static void
sign(struct words *w, uint32_t c)
{
	size_t from = w->text.len;

	text_add(&w->text, c);
	end_word(w, from);
}

void
words_split(struct words *w, const char *utf8)
{
	const char *p = utf8;
	size_t n, from = w->text.len;

	while (*p != '\0') {
		enum text_kind kind;
		uint32_t c;

		if (p - utf8 >= WORDS_MOST_BYTES) {
			w->cut = true;
			break;
		}
		n = drawn(w, p, from);
		if (n > 0) {
			p += n;
			from = w->text.len;
			continue;
		}
		c = text_next(&p);
		kind = text_kind(c);
		if (is_question(c))
			w->question = true;
		if (kind == TEXT_NOTHING)
			continue;
		if (kind == TEXT_WORD) {
			text_add(&w->text, text_fold(c));
			continue;
		}
		end_word(w, from);
		if (kind == TEXT_SIGN)
			sign(w, c);
		from = w->text.len;
	}
	end_word(w, from);
}

void
words_release(struct words *w)
{
	buf_release(&w->text);
	free(w->at);
	memset(w, 0, sizeof(*w));
}

const char *
words_get(const struct words *w, size_t i)
{
	return w->text.data + w->at[i];
}

void
words_normalise(const char *utf8, struct buf *b)
{
	struct words w = { .n = 0 };
	size_t i;

	words_split(&w, utf8);
	for (i = 0; i < w.n; i++) {
		if (i > 0)
			buf_addc(b, ' ');
		buf_add(b, words_get(&w, i));
	}
	words_release(&w);
}

/* How often the byte at *p stands there in a row, leaving out apostrophes
 * where skip says so; *p moves behind them. */
static size_t
run(const char **p, const char *end, bool skip)
{
	char c = **p;
	size_t n = 0;

	while (*p < end && (**p == c || (skip && **p == '\''))) {
		if (**p == c)
			n++;
		*p += 1;
	}
	return n;
}

/* May so many of a letter stand for those of the row?  One slip a word is
 * allowed where there is one left: "feel" is two away from "fell". */
static bool
same_run(char c, size_t row, size_t word, int *slips)
{
	if (row == word)
		return true;
	if (isdigit((unsigned char)c) || (c & 0x80) != 0)
		return false;
	return (word >= 3 && row <= 2) || (*slips)-- > 0;
}

static bool
same_word(const char *row, const char *row_end, const char *word, bool loose)
{
	const char *end = word + strlen(word);
	bool skip = memchr(row, '\'', (size_t)(row_end - row)) != NULL;
	int slips = loose ? 1 : 0;

	while (row < row_end && word < end) {
		char c = *row;
		size_t a, b;

		if (c != *word)
			return false;
		a = run(&row, row_end, skip);
		b = run(&word, end, skip);
		if (!same_run(c, a, b, &slips))
			return false;
	}
	return row == row_end && word == end;
}

size_t
words_match(const struct words *w, size_t i, const char *row, bool loose)
{
	size_t n = 0;

	if (i < w->n && *row != *words_get(w, i))
		return 0;	/* which is nearly always so */
	while (*row != '\0') {
		const char *end = row + strcspn(row, " ");

		if (i + n == w->n || !same_word(row, end, words_get(w, i + n),
		    loose))
			return 0;
		n++;
		row = *end == ' ' ? end + 1 : end;
	}
	return n;
}
