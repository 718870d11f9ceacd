/*
 * claim.c - a verb, a code, a word and a note, in that order or nearly.
 */
#include "rules/claim.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "rules/state.h"
#include "rules/text.h"

static const char letters[] = "CDFGHJKMNPRTWXY";
static const char digits[] = "34679";

/* What is looked at word by word; the rest of a text can only be note. */
#define MOST_TOKENS 40
#define TOKEN_SIZE 24

struct token {
	char text[TOKEN_SIZE];	/* upper case, without apostrophes */
	size_t from, to;	/* in bytes of the text */
};

struct tokens {
	const char *whole;
	struct token items[MOST_TOKENS];
	size_t n;
};

static const char *const verb_names[CLAIM_VERB_COUNT] = {
	[CLAIM_NONE] = "none",
	[CLAIM_YES] = "yes",
	[CLAIM_NO] = "no",
	[CLAIM_DONE] = "done",
	[CLAIM_RELEASE] = "release",
	[CLAIM_LIST] = "list",
	[CLAIM_PASS] = "pass",
	[CLAIM_OUT] = "out",
	[CLAIM_BACK] = "back",
	[CLAIM_TRIED] = "tried",
};

/* Words that people use for the verbs.  Weak ones are everyday words, and
 * mean it only beside a code. */
static const struct verb {
	const char *text;
	enum claim_verb verb;
	bool weak;
} verbs[] = {
	{ "YES", CLAIM_YES, false },
	{ "Y", CLAIM_YES, true },
	{ "YEP", CLAIM_YES, false },
	{ "YEAH", CLAIM_YES, false },
	{ "YUP", CLAIM_YES, false },
	{ "AYE", CLAIM_YES, false },
	{ "CLAIM", CLAIM_YES, false },
	{ "CLAIMING", CLAIM_YES, false },
	{ "ACCEPT", CLAIM_YES, false },
	{ "TAKE", CLAIM_YES, true },
	{ "TAKING", CLAIM_YES, true },
	{ "MINE", CLAIM_YES, true },
	{ "NO", CLAIM_NO, false },
	{ "N", CLAIM_NO, true },
	{ "NOPE", CLAIM_NO, false },
	{ "NAH", CLAIM_NO, false },
	{ "DECLINE", CLAIM_NO, false },
	{ "CANT", CLAIM_NO, true },
	{ "CANNOT", CLAIM_NO, true },
	{ "UNABLE", CLAIM_NO, true },
	{ "BUSY", CLAIM_NO, true },
	{ "DONE", CLAIM_DONE, false },
	{ "CLOSE", CLAIM_DONE, true },
	{ "CLOSED", CLAIM_DONE, true },
	{ "RESOLVE", CLAIM_DONE, true },
	{ "RESOLVED", CLAIM_DONE, true },
	{ "FINISHED", CLAIM_DONE, true },
	{ "COMPLETE", CLAIM_DONE, true },
	{ "COMPLETED", CLAIM_DONE, true },
	{ "RELEASE", CLAIM_RELEASE, false },
	{ "BACK", CLAIM_BACK, true },
	{ "HOME", CLAIM_BACK, true },
	{ "OUT", CLAIM_OUT, true },
	{ "VISIT", CLAIM_OUT, true },
	{ "DOOR", CLAIM_OUT, true },
	{ "TRIED", CLAIM_TRIED, true },
	{ "RANG", CLAIM_TRIED, true },
	{ "RETURN", CLAIM_RELEASE, true },
	{ "DROP", CLAIM_RELEASE, true },
	{ "UNCLAIM", CLAIM_RELEASE, false },
	{ "LIST", CLAIM_LIST, false },
	{ "PASS", CLAIM_PASS, true },
	{ "HANDOVER", CLAIM_PASS, true },
	{ "OVER", CLAIM_PASS, true },
	{ "TRANSFER", CLAIM_PASS, true },
	{ "TO", CLAIM_PASS, true },
	/* Polish, Welsh, Urdu and Punjabi */
	{ "TAK", CLAIM_YES, true },
	{ "BIORE", CLAIM_YES, true },
	{ "NIE", CLAIM_NO, true },
	{ "GOTOWE", CLAIM_DONE, true },
	{ "WROCILAM", CLAIM_BACK, true },
	{ "WROCILEM", CLAIM_BACK, true },
	{ "IE", CLAIM_YES, true },
	{ "GWNAF", CLAIM_YES, true },
	{ "NA", CLAIM_NO, true },
	{ "HAAN", CLAIM_YES, true },
	{ "NAHI", CLAIM_NO, true },
	{ "NAHIN", CLAIM_NO, true },
};

/* What may come before the verb. */
static const char *const fillers[] = { "HI", "HELLO", "HIYA", "PLEASE",
	"SORRY", "I", "ILL", "WILL", "IM", "CAN", "GIVE", "HAND", "GIVING" };

/* What may stand between PASS and a name; and what is no name behind it. */
static const char *const to[] = { "TO", "ON", "OVER", "IT", "THIS" };
static const char *const no_names[] = { "PLEASE", "SORRY", "THANKS", "THANK",
	"I", "IM", "ILL", "CANT", "CANNOT", "NO", "NOT", "BUSY", "AT", "TODAY",
	"NOW", "AS", "AM", "UNABLE", "CHEERS" };

static const char *const titles[] = { "MR", "MRS", "MS", "MISS", "MX", "DR",
	"REV" };

static const char *const negations[] = { "NO", "NOT", "CANT", "CANNOT",
	"COULDNT", "DONT", "WONT", "UNABLE", "NOPE", "NEVER", "ISNT",
	"NIE", "NA", "DDIM", "NAHI", "NAHIN" };

static bool
among(const char *text, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(text, list[i]) == 0)
			return true;
	return false;
}

void
claim_make_code(struct random *r, char ret[CLAIM_CODE_SIZE])
{
	int i;

	for (i = 0; i < CLAIM_CODE_SIZE - 1; i++)
		ret[i] = i % 2 == 0 ?
		    letters[random_below(r, sizeof(letters) - 1)] :
		    digits[random_below(r, sizeof(digits) - 1)];
	ret[i] = '\0';
}

/* The sign that is meant at a letter's or a digit's place; NUL if none. */
static char
put_right(char c, bool letter)
{
	const char *alphabet = letter ? letters : digits;

	if (letter && c == '6')
		c = 'G';
	else if (letter && c == '7')
		c = 'T';
	else if (!letter && c == 'G')
		c = '6';
	else if (!letter && c == 'T')
		c = '7';
	return strchr(alphabet, c) != NULL ? c : '\0';
}

int
claim_normalise_code(const char *text, char ret[CLAIM_CODE_SIZE])
{
	char code[CLAIM_CODE_SIZE] = "";
	bool any_digit = false, any_letter = false;
	size_t n = 0;

	while (*text != '\0') {
		uint32_t c = text_next(&text);
		uint32_t plain = text_fold(c);

		if (text_kind(c) != TEXT_WORD || plain == '\'')
			continue;
		if (n == CLAIM_CODE_SIZE - 1 || plain >= 0x80)
			return -1;
		if (plain >= '0' && plain <= '9')
			any_digit = true;
		else
			any_letter = true;
		code[n] = put_right((char)toupper((int)plain), n % 2 == 0);
		if (code[n++] == '\0')
			return -1;
	}
	/* Four letters are a word, whatever they could be taken for. */
	if (n != CLAIM_CODE_SIZE - 1 || !any_digit || !any_letter)
		return -1;
	memcpy(ret, code, sizeof(code));
	return 0;
}

/* Put one character into the token that is being read, if it is part of a
 * word; an underline is, as in the names of dispositions. */
static bool
put(struct token *t, size_t *len, uint32_t c)
{
	uint32_t plain = text_fold(c);

	if (c != '_' && text_kind(c) != TEXT_WORD)
		return false;
	if (plain != '\'' && *len < TOKEN_SIZE - 1)
		t->text[(*len)++] = plain < 0x80 ?
		    (char)toupper((int)plain) : '?';
	t->text[*len] = '\0';
	return true;
}

static void
split(const char *text, struct tokens *ret)
{
	const char *p = text;
	size_t len = 0;

	ret->whole = text;
	ret->n = 0;
	while (*p != '\0' && ret->n < MOST_TOKENS) {
		struct token *t = &ret->items[ret->n];
		const char *from = p;
		uint32_t c = text_next(&p);

		if (text_kind(c) == TEXT_NOTHING)
			continue;
		if (len == 0)
			t->from = (size_t)(from - text);
		if (put(t, &len, c)) {
			t->to = (size_t)(p - text);
		} else if (len > 0) {
			ret->n++;
			len = 0;
		}
	}
	if (len > 0 && ret->n < MOST_TOKENS)
		ret->n++;
}

/* The code at token i, perhaps written in pieces; how many tokens it takes,
 * 0 if there is none. */
static size_t
code_at(const struct tokens *t, size_t i, char ret[CLAIM_CODE_SIZE])
{
	char text[TOKEN_SIZE] = "";
	size_t n, len = 0;

	for (n = 0; i + n < t->n; n++) {
		size_t more = strlen(t->items[i + n].text);

		if (len + more > CLAIM_CODE_SIZE - 1)
			return 0;
		memcpy(text + len, t->items[i + n].text, more + 1);
		len += more;
		if (claim_normalise_code(text, ret) == 0)
			return n + 1;
	}
	return 0;
}

static const struct verb *
verb_of(const char *text)
{
	size_t i;

	for (i = 0; i < COUNT(verbs); i++)
		if (strcmp(text, verbs[i].text) == 0)
			return &verbs[i];
	return NULL;
}

/* "NO ANSWER" is no refusal. */
static const struct verb *
verb_at(const struct tokens *t, size_t i)
{
	static const struct verb tried = { "NO", CLAIM_TRIED, true };
	static const char *const answers[] = { "ANSWER", "REPLY", "LUCK" };

	if (i + 1 < t->n && strcmp(t->items[i].text, "NO") == 0 &&
	    among(t->items[i + 1].text, answers, COUNT(answers)))
		return &tried;
	return verb_of(t->items[i].text);
}

/* A verb with a code stuck to it: "YESK4F7". */
static const struct verb *
stuck(const char *text, char ret_code[CLAIM_CODE_SIZE])
{
	char verb[TOKEN_SIZE];
	size_t n = strlen(text);

	if (n < CLAIM_CODE_SIZE)
		return NULL;
	n -= CLAIM_CODE_SIZE - 1;
	memcpy(verb, text, n);
	verb[n] = '\0';
	if (claim_normalise_code(text + n, ret_code) == -1)
		return NULL;
	return verb_of(verb);
}

/* Is there a negation that is not the verb itself, nor "no problem"? */
static bool
negated(const struct tokens *t, size_t verb)
{
	static const char *const harmless[] = { "PROBLEM", "PROBLEMS", "PROB",
		"PROBS", "WORRIES", "BOTHER" };
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (i == verb || !among(t->items[i].text, negations,
		    COUNT(negations)))
			continue;
		if (i + 1 == t->n || !among(t->items[i + 1].text, harmless,
		    COUNT(harmless)))
			return true;
	}
	return false;
}

/* Tokens i to i + n as one name, "not_located"; false where too long. */
static bool
join(const struct tokens *t, size_t i, size_t n, char ret[32])
{
	size_t k, len = 0;
	const char *p;

	for (k = 0; k < n; k++) {
		if (k > 0 && len < 31)
			ret[len++] = '_';
		for (p = t->items[i + k].text; *p != '\0'; p++) {
			if (len == 31)
				return false;
			ret[len++] = (char)tolower((unsigned char)*p);
		}
	}
	ret[len] = '\0';
	return true;
}

/* The word at token i: a name of the ledger's lists written in several
 * words, or else the one word.  How many tokens it takes. */
static size_t
read_word(const struct tokens *t, size_t i, char ret[32])
{
	enum false_alarm reason;
	enum disposition how;
	size_t n;

	for (n = 4; n > 1; n--)
		if (i + n <= t->n && join(t, i, n, ret) &&
		    (disposition_from_name(ret, &how) == 0 ||
		     false_alarm_from_name(ret, &reason) == 0))
			return n;
	ret[0] = '\0';
	if (i == t->n || !join(t, i, 1, ret))
		return 0;
	return 1;
}

/* Copy what is left of the text from a byte on as one line. */
static void
read_note(const char *text, size_t from, char ret[200])
{
	const char *p = text + from;
	struct buf b = BUF_EMPTY;

	while (*p != '\0') {
		const char *before = p;
		uint32_t c = text_next(&p);

		if (b.len == 0 && text_kind(c) == TEXT_BREAK && c != '(')
			continue;
		if (b.len + (size_t)(p - before) >= 200)
			break;
		if (c < 0x20 || c == 0x7f || c == TEXT_BAD)
			buf_addc(&b, ' ');
		else
			buf_addn(&b, before, (size_t)(p - before));
	}
	while (b.len > 0 && b.data[b.len - 1] == ' ')
		b.data[--b.len] = '\0';
	snprintf(ret, 200, "%s", buf_text(&b));
	buf_release(&b);
}

/* The first code at or behind token i; where, and how many tokens. */
static size_t
find_code(const struct tokens *t, size_t i, struct claim_text *ret,
    size_t *ret_at)
{
	size_t n;

	for (; i < t->n; i++) {
		n = code_at(t, i, ret->code);
		if (n > 0) {
			*ret_at = i;
			return n;
		}
	}
	ret->code[0] = '\0';
	return 0;
}

/* PASS and a name; without one it is a NO. */
static void
read_name(const struct tokens *t, size_t i, struct claim_text *ret)
{
	while (i < t->n && among(t->items[i].text, to, COUNT(to)))
		i++;
	if (i == t->n || among(t->items[i].text, no_names, COUNT(no_names))) {
		ret->verb = CLAIM_NO;
		if (i < t->n)
			read_note(t->whole, t->items[i].from, ret->note);
		return;
	}
	read_note(t->whole, t->items[i].from, ret->note);
}

/* What stands behind verb and code: a word where DONE needs one, a note. */
static void
read_tail(const struct tokens *t, size_t i, struct claim_text *ret)
{
	if (ret->verb == CLAIM_PASS) {
		read_name(t, i, ret);
		return;
	}
	if (ret->verb == CLAIM_DONE)
		i += read_word(t, i, ret->word);
	if (i == 0)
		read_note(t->whole, 0, ret->note);
	else
		read_note(t->whole, t->items[i - 1].to, ret->note);
}

void
claim_read(const char *utf8_text, struct claim_text *ret)
{
	size_t i = 0, verb, at = 0, n;
	const struct verb *v = NULL;
	struct tokens t;

	memset(ret, 0, sizeof(*ret));
	split(utf8_text, &t);
	while (i < t.n && among(t.items[i].text, fillers, COUNT(fillers)))
		i++;
	n = code_at(&t, i, ret->code);	/* "K4F7 yes" */
	verb = i + n;
	if (verb < t.n)
		v = verb_at(&t, verb);
	if (v != NULL && n > 0) {
		i = verb + 1;
	} else if (v != NULL) {
		i = verb + 1;
		n = find_code(&t, i, ret, &at);
		/* Words between verb and code are word or note as well. */
		if (n > 0 && (at == i || at + n < t.n))
			i = at + n;
	} else if (n == 0 && i < t.n) {
		v = stuck(t.items[i].text, ret->code);
		n = v != NULL ? 1 : find_code(&t, i, ret, &at);
		i = v != NULL ? i + 1 : i;
	}
	if (v == NULL || (v->weak && ret->code[0] == '\0') ||
	    (v->verb == CLAIM_YES && negated(&t, verb)))
		return;
	ret->verb = v->verb;
	read_tail(&t, i, ret);
}

/* How many words the texts have in common from their beginnings on. */
static int
common(const struct tokens *a, const struct tokens *b, size_t from)
{
	size_t n = 0;

	while (n < a->n && from + n < b->n &&
	    strcmp(a->items[n].text, b->items[from + n].text) == 0)
		n++;
	return (int)n;
}

int
claim_minute(const char *text)
{
	for (; *text != '\0'; text++) {
		int hour = 0, minute = 0, digits_seen = 0, read = 0;

		if (!isdigit((unsigned char)*text))
			continue;
		while (isdigit((unsigned char)text[digits_seen]))
			digits_seen++;
		if (digits_seen == 4)
			hour = (text[0] - '0') * 10 + text[1] - '0',
			minute = (text[2] - '0') * 10 + text[3] - '0';
		else if (digits_seen > 2 || sscanf(text, "%2d%*1[:.]%2d%n",
		    &hour, &minute, &read) != 2) {
			text += digits_seen - 1;
			continue;
		}
		if (hour < 24 && minute < 60)
			return hour * 60 + minute;
		text += digits_seen - 1;
	}
	return -1;
}

int
claim_names(const char *text, const char *name, const char *id)
{
	struct tokens said, called, known;
	int by_name, by_id;
	size_t title;

	split(text, &said);
	split(name, &called);
	split(id, &known);
	title = called.n > 1 && among(called.items[0].text, titles,
	    COUNT(titles));
	by_name = common(&said, &called, title);
	/* An id is meant whole or not at all. */
	by_id = common(&said, &known, 0);
	if (by_id < (int)known.n)
		by_id = 0;
	return by_id > by_name ? by_id : by_name;
}

const char *
claim_verb_name(enum claim_verb v)
{
	return verb_names[v];
}
