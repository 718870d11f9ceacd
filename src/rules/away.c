/*
 * away.c - first the words are held against the table, then what stands
 * together is made into dates and lengths, then their markers say which is
 * the first day and which the last.
 */
#include "rules/away.h"

#include <stdio.h>
#include <string.h>

#include "rules/language.h"
#include "rules/words.h"

#define TOKENS_MAX 40	/* a longer story is read by a human */

enum token_kind {
	TOKEN_WORD,	/* of the table */
	TOKEN_NUMBER,
	TOKEN_DATE,	/* made of the ones above */
	TOKEN_LENGTH,	/* so many days */
};

struct token {
	enum token_kind kind;
	enum away_class class;
	int value;		/* of the word, the number; the days */
	bool ordinal;		/* "3rd" */
	localdate date;
	bool yearless;		/* its year is a guess */
	int weekday;		/* where it is but a weekday's name; else -1 */
};

struct tokens {
	struct token at[TOKENS_MAX];
	size_t n;
	localdate today;
	bool unclear;
};

const char *
away_fit_name(enum away_fit fit)
{
	static const char *const names[] = {
		[AWAY_CLEAR] = "clear",
		[AWAY_NO_END] = "no last day is named",
		[AWAY_PAST] = "the last day has gone by",
		[AWAY_TOO_LONG] = ("it is longer, or further ahead, than we "
		    "take without a human"),
		[AWAY_UNCLEAR] = "the days are not clear",
	};

	return names[fit];
}

const char *
away_format(localdate date, const char *language, bool voice,
    char ret[AWAY_DATE_SIZE])
{
	static const char *const days[] = { "Monday", "Tuesday", "Wednesday",
		"Thursday", "Friday", "Saturday", "Sunday" };
	static const char *const months[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	int y, m, d, most = voice ? AWAY_DATE_SIZE : 3;

	calendar_split_date(date, &y, &m, &d);
	if (strncmp(language, "en", 2) == 0)
		snprintf(ret, AWAY_DATE_SIZE, "%.*s %d %.*s", most,
		    days[calendar_weekday(date)], d, most, months[m - 1]);
	else
		snprintf(ret, AWAY_DATE_SIZE, "%d.%d.%d", d, m, y);
	return ret;
}

/* ---- words ------------------------------------------------------------- */

/* The longest row that stands at word i: how many words, 0 for none. */
static size_t
find_word(const struct words *w, size_t i, const char *language,
    const struct away_word **ret)
{
	size_t n, most = 0;
	const struct away_word *table = away_table(&n);

	for (size_t k = 0; k < n; k++) {
		size_t len;

		if (!language_has_row(language, table[k].language))
			continue;
		len = words_match(w, i, table[k].text, false);
		if (len > most) {
			most = len;
			*ret = &table[k];
		}
	}
	return most;
}

static struct token *
add_token(struct tokens *t, enum token_kind kind)
{
	if (t->n == TOKENS_MAX) {
		t->unclear = true;
		return &t->at[0];
	}
	t->at[t->n] = (struct token){ .kind = kind, .weekday = -1 };
	return &t->at[t->n++];
}

static void
add_word(struct tokens *t, const struct away_word *row)
{
	struct token *token;

	if (row->class == AWAY_WORD_SKIP || row->class == AWAY_WORD_COURTESY ||
	    row->class == AWAY_WORD_RETURNED)
		return;
	token = add_token(t, TOKEN_WORD);
	token->class = row->class;
	token->value = row->value;
}

/* "3", "3rd", "3jan".  What else holds a digit may be anything. */
static void
add_number(struct tokens *t, const char *word, const char *language)
{
	static const char *const ordinals[] = { "st", "nd", "rd", "th" };
	size_t digits = strspn(word, "0123456789");
	const struct away_word *row = NULL;
	struct words rest = { .n = 0 };
	struct token *number;

	if (digits == 0 || digits > 4) {
		t->unclear = true;
		return;
	}
	number = add_token(t, TOKEN_NUMBER);
	for (size_t i = 0; i < digits; i++)
		number->value = 10 * number->value + (word[i] - '0');
	for (size_t i = 0; i < COUNT(ordinals); i++)
		if (strcmp(word + digits, ordinals[i]) == 0)
			number->ordinal = true;
	if (word[digits] == '\0' || number->ordinal)
		return;
	words_split(&rest, word + digits);
	if (find_word(&rest, 0, language, &row) == 1 &&
	    row->class == AWAY_WORD_MONTH)
		add_word(t, row);
	else
		t->unclear = true;
	words_release(&rest);
}

static void
read_words(struct tokens *t, const char *utf8, const char *language)
{
	struct words w = { .n = 0 };
	size_t i = 0;

	words_split(&w, utf8);
	t->unclear = w.cut || w.question || w.n > TOKENS_MAX;
	while (i < w.n && !t->unclear) {
		const struct away_word *row = NULL;
		size_t n = find_word(&w, i, language, &row);

		if (n > 0)
			add_word(t, row);
		else if (strpbrk(words_get(&w, i), "0123456789"))
			add_number(t, words_get(&w, i), language);
		i += n > 0 ? n : 1;
	}
	words_release(&w);
}

/* ---- dates and lengths ------------------------------------------------- */

static bool
is_word(const struct tokens *t, size_t i, enum away_class class)
{
	return i < t->n && t->at[i].kind == TOKEN_WORD &&
	    t->at[i].class == class;
}

/* A number that may be a day, a month or a year, by its bounds. */
static bool
is_number(const struct tokens *t, size_t i, int min, int max)
{
	return i < t->n && t->at[i].kind == TOKEN_NUMBER &&
	    t->at[i].value >= min && t->at[i].value <= max;
}

static bool
is_year(const struct tokens *t, size_t i)
{
	return is_number(t, i, 2000, 2999);
}

/* Without a year (0) it is the next of its name. */
static bool
make_date(const struct tokens *t, int year, int month, int day,
    struct token *ret)
{
	int y, m, d;

	*ret = (struct token){ .kind = TOKEN_DATE, .weekday = -1,
		.yearless = year == 0 };
	calendar_split_date(t->today, &y, &m, &d);
	if (year != 0)
		return calendar_make_date(year, month, day, &ret->date) == 0;
	for (int i = 0; i < 5; i++)	/* 29 February is not every year's */
		if (calendar_make_date(y + i, month, day, &ret->date) == 0 &&
		    ret->date >= t->today)
			return true;
	return false;
}

/* How many tokens at i are a date with its month in letters, or all in
 * numbers: day first, or the year first.  0: none. */
static size_t
date_at(const struct tokens *t, size_t i, struct token *ret)
{
	const struct token *at = &t->at[i];
	size_t n = 2;
	int year;

	if (is_year(t, i) && is_number(t, i + 1, 1, 12) &&
	    is_number(t, i + 2, 1, 31))
		return make_date(t, at[0].value, at[1].value, at[2].value,
		    ret) ? 3 : 0;
	year = is_year(t, i + 2) ? at[2].value : 0;
	n += year != 0;
	if (is_number(t, i, 1, 31) && is_word(t, i + 1, AWAY_WORD_MONTH))
		return make_date(t, year, at[1].value, at[0].value, ret) ? n :
		    0;
	if (is_word(t, i, AWAY_WORD_MONTH) && is_number(t, i + 1, 1, 31))
		return make_date(t, year, at[0].value, at[1].value, ret) ? n :
		    0;
	/* "20 27 Dec" is a range, not the 20th of a 27th month. */
	if (is_number(t, i, 1, 31) && is_number(t, i + 1, 1, 12) &&
	    !at[0].ordinal && !at[1].ordinal &&
	    !is_word(t, i + 2, AWAY_WORD_MONTH))
		return make_date(t, year, at[1].value, at[0].value, ret) ? n :
		    0;
	return 0;
}

/* "20 to 27 Dec": the first has the second's month. */
static size_t
day_of_range(const struct tokens *t, size_t i, struct token *ret)
{
	size_t next = i + 1;

	if (!is_number(t, i, 1, 31))
		return 0;
	if (is_word(t, next, AWAY_WORD_UNTIL) ||
	    is_word(t, next, AWAY_WORD_AND))
		next++;
	if (!is_number(t, next, t->at[i].value, 31) ||
	    !is_word(t, next + 1, AWAY_WORD_MONTH))
		return 0;
	return make_date(t, is_year(t, next + 2) ? t->at[next + 2].value : 0,
	    t->at[next + 1].value, t->at[i].value, ret) ? 1 : 0;
}

static size_t
length_at(const struct tokens *t, size_t i, struct token *ret)
{
	bool number = is_number(t, i, 1, 100) && !t->at[i].ordinal;

	*ret = (struct token){ .kind = TOKEN_LENGTH };
	if ((!number && !is_word(t, i, AWAY_WORD_COUNT)) ||
	    !is_word(t, i + 1, AWAY_WORD_UNIT))
		return 0;
	ret->value = t->at[i].value * t->at[i + 1].value;
	return 2;
}

/* "Monday", "Monday 4 January": where both stand they must fit. */
static size_t
weekday_at(struct tokens *t, size_t i, struct token *ret)
{
	int day = t->at[i].value;
	size_t n;

	if (!is_word(t, i, AWAY_WORD_WEEKDAY))
		return 0;
	n = date_at(t, i + 1, ret);
	if (n > 0) {
		if (calendar_weekday(ret->date) != day)
			t->unclear = true;
		return n + 1;
	}
	*ret = (struct token){ .kind = TOKEN_DATE, .weekday = day };
	ret->date = t->today + (day - calendar_weekday(t->today) + 7) % 7;
	return 1;
}

static size_t
today_at(const struct tokens *t, size_t i, struct token *ret)
{
	if (!is_word(t, i, AWAY_WORD_DAY))
		return 0;
	*ret = (struct token){ .kind = TOKEN_DATE, .weekday = -1,
		.date = t->today + t->at[i].value };
	return 1;
}

/* Put what stands together into one token. */
static void
join(struct tokens *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n;) {
		struct token made;
		size_t used = weekday_at(t, i, &made);

		if (used == 0)
			used = length_at(t, i, &made);
		if (used == 0)
			used = date_at(t, i, &made);
		if (used == 0)
			used = day_of_range(t, i, &made);
		if (used == 0)
			used = today_at(t, i, &made);
		if (used == 0)
			made = t->at[i];
		t->at[n++] = made;
		i += used > 0 ? used : 1;
	}
	t->n = n;
}

/* ---- which is which ---------------------------------------------------- */

struct span {
	struct token first, last, plain;	/* of kind WORD: not there */
	int length;				/* 0: none */
	enum away_class role;			/* of the next date */
	bool unclear;
};

#define NO_ROLE AWAY_WORD_SKIP

static void
put(struct span *s, struct token *where, const struct token *date)
{
	if (where->kind == TOKEN_DATE)
		s->unclear = true;	/* said twice */
	*where = *date;
	s->role = NO_ROLE;
}

static void
take_date(struct span *s, const struct token *date)
{
	struct token day = *date;

	switch (s->role) {
	case AWAY_WORD_FROM:
		put(s, &s->first, date);
		break;
	case AWAY_WORD_BACK:
		/* A weekday is settled later, so what it means goes with it. */
		day.value = -1;
		put(s, &s->last, &day);
		break;
	case AWAY_WORD_UNTIL:
		put(s, &s->last, date);
		break;
	default:
		if (s->plain.kind == TOKEN_DATE)
			put(s, &s->last, date);
		else
			put(s, &s->plain, date);
	}
}

static void
take_word(struct span *s, const struct token *word)
{
	switch (word->class) {
	case AWAY_WORD_UNTIL:
		if (s->role != AWAY_WORD_BACK)	/* "not back until" */
			s->role = word->class;
		break;
	case AWAY_WORD_FROM:
	case AWAY_WORD_BACK:
		s->role = word->class;
		break;
	case AWAY_WORD_AND:
		if (s->plain.kind == TOKEN_DATE || s->first.kind == TOKEN_DATE)
			s->role = AWAY_WORD_UNTIL;
		break;
	case AWAY_WORD_FROM_AFTER:
	case AWAY_WORD_UNTIL_AFTER:
		if (s->plain.kind != TOKEN_DATE)
			s->unclear = true;
		else
			put(s, word->class == AWAY_WORD_FROM_AFTER ?
			    &s->first : &s->last, &s->plain);
		s->plain.kind = TOKEN_WORD;
		break;
	default:
		s->unclear = true;	/* a month alone, a doubt */
	}
}

static void
assign(const struct tokens *t, struct span *s)
{
	*s = (struct span){ .role = NO_ROLE };
	for (size_t i = 0; i < t->n; i++) {
		const struct token *at = &t->at[i];

		if (at->kind == TOKEN_DATE)
			take_date(s, at);
		else if (at->kind == TOKEN_NUMBER || (at->kind ==
		    TOKEN_LENGTH && s->length != 0))
			s->unclear = true;
		else if (at->kind == TOKEN_LENGTH)
			s->length = at->value;
		else if (at->class != AWAY_WORD_COUNT)
			take_word(s, at);
	}
}

/* A weekday that ends it is the first of its name after the first day. */
static localdate
last_day(const struct token *last, localdate first)
{
	localdate date = last->date;

	if (last->weekday != -1)
		date = first + 1 + (last->weekday -
		    calendar_weekday(first) + 6) % 7;
	return date + last->value;
}

static void
one_year_back(struct token *date)
{
	int y, m, d;

	calendar_split_date(date->date, &y, &m, &d);
	if (calendar_make_date(y - 1, m, d, &date->date) == -1)
		date->date -= 365;
}

/* The days of the span, before any bound is looked at. */
static enum away_fit
days_of(struct span *s, localdate today, localdate *first, localdate *last)
{
	struct token *from = s->first.kind == TOKEN_DATE ? &s->first :
	    &s->plain;

	if (s->first.kind == TOKEN_DATE && s->plain.kind == TOKEN_DATE)
		return AWAY_UNCLEAR;
	if (s->length != 0 && s->last.kind == TOKEN_DATE)
		return AWAY_UNCLEAR;
	/* Said on the way: "20 Dec to 3 Jan" on 2 January. */
	if (from->kind == TOKEN_DATE && s->last.kind == TOKEN_DATE &&
	    from->yearless && s->last.weekday == -1 &&
	    from->date > s->last.date) {
		one_year_back(from);
		if (from->date < today - AWAY_DAYS_MAX)
			return AWAY_UNCLEAR;
	}
	*first = from->kind == TOKEN_DATE ? from->date : today;
	if (s->length != 0)
		*last = *first + s->length - 1;
	else if (s->last.kind == TOKEN_DATE)
		*last = last_day(&s->last, *first);
	else if (from == &s->plain && from->kind == TOKEN_DATE)
		*last = *first;		/* one day alone */
	else
		return AWAY_NO_END;
	return AWAY_CLEAR;
}

enum away_fit
away_read(const char *utf8, const char *language, localdate today,
    localdate *ret_first, localdate *ret_last)
{
	struct tokens t = { .today = today };
	localdate first = 0, last = 0;
	struct span span;
	enum away_fit fit;

	read_words(&t, utf8, language);
	if (!t.unclear)
		join(&t);
	if (t.unclear)
		return AWAY_UNCLEAR;
	assign(&t, &span);
	if (span.unclear)
		return AWAY_UNCLEAR;
	fit = days_of(&span, today, &first, &last);
	if (fit != AWAY_CLEAR)
		return fit;
	if (last < today)
		return AWAY_PAST;
	if (first < today)
		first = today;
	if (last < first)
		return AWAY_UNCLEAR;
	if (last - first >= AWAY_DAYS_MAX || first - today > AWAY_AHEAD_MAX)
		return AWAY_TOO_LONG;
	*ret_first = first;
	*ret_last = last;
	return AWAY_CLEAR;
}

/* May the word stand in a text that says BACK, and nothing else? */
static bool
stands_beside_back(const struct away_word *row)
{
	switch (row->class) {
	case AWAY_WORD_RETURNED:
	case AWAY_WORD_BACK:
	case AWAY_WORD_COURTESY:
	case AWAY_WORD_SKIP:
	case AWAY_WORD_AND:
		return true;
	case AWAY_WORD_DAY:
		return row->value == 0;
	default:
		return false;
	}
}

bool
away_is_back(const char *utf8, const char *language)
{
	struct words w = { .n = 0 };
	bool said = false, all = true;

	words_split(&w, utf8);
	for (size_t i = 0; i < w.n && all;) {
		const struct away_word *row = NULL;
		size_t n = find_word(&w, i, language, &row);

		all = n > 0 && stands_beside_back(row);
		said = said || (all && (row->class == AWAY_WORD_RETURNED ||
		    row->class == AWAY_WORD_BACK));
		i += n > 0 ? n : 1;
	}
	all = all && said && !w.cut && !w.question;
	words_release(&w);
	return all;
}
