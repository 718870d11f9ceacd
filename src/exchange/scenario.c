#include "exchange/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "rules/calendar.h"

#define MAX_WORDS 200
#define COMMA ","

/* A line cut into words; a comma is a word of its own. */
struct cut {
	char *bytes;
	const char *words[MAX_WORDS + 1];	/* NULL behind the last */
	size_t n, at;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static int
add_word(struct cut *c, const char *word, struct err *e)
{
	if (c->n == MAX_WORDS)
		return err_set(e, "more than %d words", MAX_WORDS);
	c->words[c->n++] = word;
	return 0;
}

/* A quoted word, from behind its quote; \" and \\ stand for " and \. */
static int
cut_quoted(struct cut *c, const char **in, char **out, struct err *e)
{
	const char *word = *out, *p = *in;

	for (; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		*(*out)++ = *p;
	}
	if (*p == '\0')
		return err_set(e, "a quote is not closed");
	*(*out)++ = '\0';
	*in = p + 1;
	return add_word(c, word, e);
}

static int
cut_line(struct cut *c, const char *line, struct err *e)
{
	char *out;

	/* each word needs a NUL where the line may have had no blank */
	c->bytes = mem_alloc(2 * strlen(line) + 2);
	out = c->bytes;
	for (const char *p = line; *p != '\0' && *p != '#';) {
		if (is_blank(*p)) {
			p++;
		} else if (*p == ',') {
			p++;
			if (add_word(c, COMMA, e) == -1)
				return -1;
		} else if (*p == '"') {
			p++;
			if (cut_quoted(c, &p, &out, e) == -1)
				return -1;
		} else {
			const char *word = out;
			while (*p != '\0' && !is_blank(*p) && *p != ',')
				*out++ = *p++;
			*out++ = '\0';
			if (add_word(c, word, e) == -1)
				return -1;
		}
	}
	return 0;
}

static const char *
peek(const struct cut *c)
{
	return c->at < c->n ? c->words[c->at] : "";
}

static bool
skip(struct cut *c, const char *word)
{
	if (strcmp(peek(c), word) != 0)
		return false;
	c->at++;
	return true;
}

size_t
scenario_number(const char *const *words, size_t n, char ret[NUMBER_SIZE],
    struct err *e)
{
	struct buf b = BUF_EMPTY;
	struct number number;
	size_t used = 0;
	bool good;

	while (used < n && words[used][0] != '\0'
	    && words[used][strspn(words[used], "0123456789+()-./")] == '\0') {
		buf_add(&b, words[used++]);
		buf_addc(&b, ' ');
	}
	good = used > 0 && number_read(buf_text(&b), "44", &number, e) == 0;
	if (used == 0)
		err_set(e, "a telephone number is missing");
	buf_release(&b);
	if (!good)
		return 0;
	if (number.e164[0] == '\0') {
		err_set(e, "a number that nobody has at home");
		return 0;
	}
	memcpy(ret, number.e164, sizeof(number.e164));
	return used;
}

static int
read_number(struct cut *c, char ret[NUMBER_SIZE], struct err *e)
{
	size_t used = scenario_number(c->words + c->at, c->n - c->at, ret, e);

	c->at += used;
	return used > 0 ? 0 : -1;
}

static int
read_at(struct cut *c, msec now, msec *ret, struct err *e)
{
	int minute;
	msec at;

	if (skip(c, "in")) {
		if (num_duration(peek(c), MSEC_SECOND, 0, 365 * MSEC_DAY, &at,
		    e) == -1)
			return -1;
		*ret = now + at;
	} else if (skip(c, "at")) {
		if (num_clock(peek(c), false, &minute, NULL) == 0)
			at = calendar_instant(calendar_date(now), minute,
			    NULL);
		else if (calendar_parse_instant(peek(c), &at, e) == -1)
			return -1;
		if (at < now)
			return err_set(e, "%s has passed", peek(c));
		*ret = at;
	} else {
		return 0;
	}
	c->at++;
	return 0;
}

static int
add_habit(struct scenario_line *l, const struct cut *c, size_t end,
    struct err *e)
{
	struct habit h;

	if (habit_parse(l->text, c->words + c->at, end - c->at, &h, e) == -1)
		return -1;
	if (l->n_habits == SCENARIO_MAX_HABITS)
		return err_set(e, "more than %d habits", SCENARIO_MAX_HABITS);
	l->habits = mem_grow(l->habits, l->n_habits + 1, sizeof(h));
	l->habits[l->n_habits++] = h;
	return 0;
}

/* Habits up to the line's end, with commas between them. */
static int
read_habits(struct scenario_line *l, struct cut *c, struct err *e)
{
	for (;;) {
		size_t end = c->at;
		while (end < c->n && strcmp(c->words[end], COMMA) != 0)
			end++;
		if (add_habit(l, c, end, e) == -1)
			return -1;
		c->at = end;
		if (!skip(c, COMMA))
			return 0;
	}
}

static int
read_default(struct scenario_line *l, struct cut *c, struct err *e)
{
	l->kind = SCENARIO_DEFAULT;
	l->text = strcmp(peek(c), "text") == 0;
	if (!skip(c, "call") && !skip(c, "text"))
		return err_set(e, "'default' needs 'call' or 'text' behind it");
	if (num_int(peek(c), 1, 1000000, &l->share, e) == -1)
		return err_wrap(e, "the share");
	c->at++;
	return read_habits(l, c, e);
}

/* What stands behind "texts" or "rings": "to OURS" may end it. */
static int
read_to(struct scenario_line *l, struct cut *c, struct err *e)
{
	if (skip(c, "to") && read_number(c, l->to, e) == -1)
		return -1;
	if (c->at < c->n)
		return err_set(e, "'%s' is too much", peek(c));
	return 0;
}

static int
read_texts(struct scenario_line *l, struct cut *c, struct err *e)
{
	l->kind = SCENARIO_TEXTS;
	if (c->at == c->n)
		return err_set(e, "'texts' needs the words behind it, in "
		    "quotes");
	l->body = mem_dup(peek(c));
	c->at++;
	return read_to(l, c, e);
}

static int
read_rings(struct scenario_line *l, struct cut *c, struct err *e)
{
	static const char *const silent[] = { "silent" };
	size_t end = c->at;
	struct habit h;

	l->kind = SCENARIO_RINGS;
	while (end < c->n && strcmp(c->words[end], "to") != 0)
		end++;
	if (end > c->at) {
		if (add_habit(l, c, end, e) == -1)
			return -1;
	} else {
		if (habit_parse(false, silent, 1, &h, e) == -1)
			return -1;
		l->habits = mem_grow(NULL, 1, sizeof(h));
		l->habits[l->n_habits++] = h;
	}
	c->at = end;
	if (l->habits[0].kind != HABIT_ANSWERS)
		return err_set(e, "who rings us can do: key, silent, hang-up");
	return read_to(l, c, e);
}

static int
read_person(struct scenario_line *l, struct cut *c, struct err *e)
{
	if (skip(c, SCENARIO_WITHHELD))
		memcpy(l->number, SCENARIO_WITHHELD,
		    sizeof(SCENARIO_WITHHELD));
	else if (read_number(c, l->number, e) == -1)
		return -1;
	if (skip(c, "texts"))
		return read_texts(l, c, e);
	if (skip(c, "rings"))
		return read_rings(l, c, e);
	l->kind = SCENARIO_HABITS;
	l->text = strcmp(peek(c), "text") == 0;
	if (!skip(c, "call") && !skip(c, "text"))
		return err_set(e, "behind the number: call, text, texts or "
		    "rings");
	return read_habits(l, c, e);
}

static int
read_line(struct scenario_line *l, struct cut *c, msec now, struct err *e)
{
	if (read_at(c, now, &l->at, e) == -1)
		return -1;
	if (c->at == c->n) {
		l->kind = SCENARIO_NOTHING;
		return l->at == 0 ? 0 : err_set(e, "nothing is to happen then");
	}
	if (skip(c, "calm")) {
		l->kind = SCENARIO_CALM;
		return 0;
	}
	if (skip(c, "fault")) {
		l->kind = SCENARIO_FAULT;
		return fault_parse(c->words + c->at, c->n - c->at, &l->fault,
		    e);
	}
	if (skip(c, "default") ? read_default(l, c, e) == -1
	    : read_person(l, c, e) == -1)
		return -1;
	if (l->at != 0 && (l->kind == SCENARIO_HABITS
	    || l->kind == SCENARIO_DEFAULT))
		return err_set(e, "habits hold from the beginning: leave out "
		    "'at' or 'in'");
	return 0;
}

int
scenario_parse(const char *line, msec now, struct scenario_line *ret,
    struct err *e)
{
	struct scenario_line l = { .kind = SCENARIO_NOTHING };
	struct cut c = { 0 };
	int result;

	if (strlen(line) > SCENARIO_MAX_LINE)
		return err_set(e, "the line is longer than %d characters",
		    SCENARIO_MAX_LINE);
	result = cut_line(&c, line, e);
	if (result == 0)
		result = read_line(&l, &c, now, e);
	free(c.bytes);
	if (result == 0)
		*ret = l;
	else
		scenario_release(&l);
	return result;
}

void
scenario_release(struct scenario_line *l)
{
	free(l->habits);
	free(l->body);
	l->habits = NULL;
	l->body = NULL;
	l->n_habits = 0;
}
