#include "exchange/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "exchange/scenario.h"

#define ALWAYS 100000	/* thousandths of a per cent */

static const struct fault_row {
	const char *name;
	int code;
	msec by;
} rows[FAULT_COUNT] = {
	[FAULT_NONE] = { "none", 0, 0 },
	[FAULT_UNREACHABLE] = { "unreachable", 0, 0 },
	[FAULT_DROP_BEFORE] = { "drop-before", 0, 0 },
	[FAULT_DROP_AFTER] = { "drop-after", 0, 0 },
	[FAULT_HANG_BEFORE] = { "hang-before", 0, 0 },
	[FAULT_HANG_AFTER] = { "hang-after", 0, 0 },
	[FAULT_ERROR_BEFORE] = { "error-before", 503, 0 },
	[FAULT_ERROR_AFTER] = { "error-after", 503, 0 },
	[FAULT_TOO_MANY] = { "too-many", 429, 0 },
	[FAULT_UNAUTHORISED] = { "unauthorised", 401, 0 },
	[FAULT_GARBLED] = { "garbled", 201, 0 },
	[FAULT_SLOW] = { "slow", 0, 2 * MSEC_SECOND },
	[FAULT_LISTED_LATE] = { "listed-late", 0, 20 * MSEC_SECOND },
	[FAULT_CALLBACKS_MISSING] = { "callbacks-missing", 0, 0 },
	[FAULT_FINAL_MISSING] = { "final-missing", 0, 0 },
	[FAULT_CALLBACKS_TWICE] = { "callbacks-twice", 0, MSEC_SECOND },
	[FAULT_CALLBACKS_REVERSED] = { "callbacks-reversed", 0, 0 },
	[FAULT_CALLBACKS_LATE] = { "callbacks-late", 0, 10 * MSEC_MINUTE },
};

const char *
fault_name(enum fault_kind k)
{
	return rows[k].name;
}

static bool
read_scope(const char *word, unsigned int *scope)
{
	static const struct {
		const char *word;
		unsigned int scope;
	} scopes[] = {
		{ "calls", FAULT_CALLS },
		{ "texts", FAULT_TEXTS },
		{ "lookups", FAULT_LOOKUPS },
		{ "all", FAULT_CALLS | FAULT_TEXTS | FAULT_LOOKUPS },
	};

	for (size_t i = 0; i < COUNT(scopes); i++) {
		if (strcmp(word, scopes[i].word) == 0) {
			*scope |= scopes[i].scope;
			return true;
		}
	}
	return false;
}

/* One option of two words; *ret_known is false where it is none. */
static int
read_option(const char *word, const char *value, struct fault *f,
    bool *ret_known, struct err *e)
{
	*ret_known = true;
	if (strcmp(word, "next") == 0)
		return num_int(value, 1, 1000000, &f->next, e);
	if (strcmp(word, "share") == 0)
		return num_milli(value, 1, ALWAYS, &f->share, e);
	if (strcmp(word, "by") == 0)
		return num_duration(value, MSEC_SECOND, 0, 31 * MSEC_DAY,
		    &f->by, e);
	if (strcmp(word, "for") == 0)
		return num_duration(value, MSEC_SECOND, 0, 365 * MSEC_DAY,
		    &f->lasts, e);
	*ret_known = false;
	return 0;
}

static int
read_words(const char *const *words, size_t n, struct fault *f, struct err *e)
{
	int64_t code;
	bool known;

	for (size_t i = 0, used; i < n; i += used) {
		used = 1;
		if (i == 0 && strlen(words[0]) == 3
		    && num_int(words[0], 400, 599, &code, NULL) == 0) {
			f->code = (int)code;
			continue;
		}
		if (read_scope(words[i], &f->scope))
			continue;
		if (read_option(words[i], i + 1 < n ? words[i + 1] : "", f,
		    &known, e) == -1)
			return err_wrap(e, "%s", words[i]);
		if (known) {
			used = 2;
			continue;
		}
		used = scenario_number(words + i, n - i, f->number, e);
		if (used == 0)
			return err_wrap(e, "'%s' is no word for a fault",
			    words[i]);
	}
	return 0;
}

int
fault_parse(const char *const *words, size_t n, struct fault *ret,
    struct err *e)
{
	struct fault f = {
		.next = INT64_MAX, .share = ALWAYS, .lasts = NEVER,
		.until = NEVER,
	};
	size_t kind = 1;

	while (kind < COUNT(rows)
	    && (n == 0 || strcmp(words[0], rows[kind].name) != 0))
		kind++;
	if (kind == COUNT(rows))
		return err_set(e, "'%s' is no fault; see "
		    "ringround-exchange(1)", n == 0 ? "" : words[0]);
	f.kind = (enum fault_kind)kind;
	f.code = rows[kind].code;
	f.by = rows[kind].by;
	if (read_words(words + 1, n - 1, &f, e) == -1)
		return -1;
	if (f.scope == 0)
		f.scope = FAULT_CALLS | FAULT_TEXTS;
	*ret = f;
	return 0;
}

void
fault_begin(struct fault_list *l, const struct fault *f, msec now)
{
	mem_reserve(&l->items, l->n, &l->cap, sizeof(*l->items));
	l->items[l->n] = *f;
	l->items[l->n].until = f->lasts == NEVER ? NEVER : now + f->lasts;
	l->n++;
}

void
fault_end_all(struct fault_list *l)
{
	l->n = 0;
}

void
fault_release(struct fault_list *l)
{
	free(l->items);
	*l = (struct fault_list){ 0 };
}

static bool
is_meant(const struct fault *f, enum fault_kind first, enum fault_kind last,
    unsigned int scope, const char *number, msec now)
{
	return f->kind >= first && f->kind <= last
	    && (f->scope & scope) != 0 && f->next > 0 && now < f->until
	    && (f->number[0] == '\0' || strcmp(f->number, number) == 0);
}

bool
fault_strikes(struct fault_list *l, enum fault_kind first,
    enum fault_kind last, unsigned int scope, const char *number, msec now,
    struct random *r, struct fault *ret)
{
	for (size_t i = 0; i < l->n; i++) {
		struct fault *f = &l->items[i];
		if (!is_meant(f, first, last, scope, number, now))
			continue;
		if (f->share < ALWAYS
		    && random_below(r, ALWAYS) >= (uint32_t)f->share)
			continue;
		if (f->next != INT64_MAX)
			f->next--;
		*ret = *f;
		return true;
	}
	return false;
}

void
fault_level(struct fault_list *l, int level, msec now)
{
	/* thousandths of a per cent at level 1; four times that at 2, and
	 * sixteen times at 3 */
	static const struct {
		enum fault_kind kind;
		int64_t share;
		msec by;
	} mix[] = {
		{ FAULT_UNREACHABLE, 200, 0 },
		{ FAULT_DROP_BEFORE, 200, 0 },
		{ FAULT_DROP_AFTER, 200, 0 },
		{ FAULT_HANG_BEFORE, 100, 0 },
		{ FAULT_HANG_AFTER, 200, 0 },
		{ FAULT_ERROR_BEFORE, 200, 0 },
		{ FAULT_ERROR_AFTER, 200, 0 },
		{ FAULT_TOO_MANY, 300, 0 },
		{ FAULT_GARBLED, 50, 0 },
		{ FAULT_SLOW, 300, 5 * MSEC_SECOND },
		{ FAULT_LISTED_LATE, 500, 20 * MSEC_SECOND },
		{ FAULT_CALLBACKS_MISSING, 300, 0 },
		{ FAULT_FINAL_MISSING, 300, 0 },
		{ FAULT_CALLBACKS_TWICE, 1000, 3 * MSEC_SECOND },
		{ FAULT_CALLBACKS_TWICE, 50, MSEC_DAY },
		{ FAULT_CALLBACKS_REVERSED, 500, 0 },
		{ FAULT_CALLBACKS_LATE, 200, 10 * MSEC_MINUTE },
	};

	if (level < 1)
		return;
	for (size_t i = 0; i < COUNT(mix); i++) {
		struct fault f = {
			.kind = mix[i].kind, .code = rows[mix[i].kind].code,
			.scope = FAULT_CALLS | FAULT_TEXTS | FAULT_LOOKUPS,
			.next = INT64_MAX, .by = mix[i].by, .lasts = NEVER,
			.share = mix[i].share << (2 * (level > 3 ? 2
			    : level - 1)),
		};
		fault_begin(l, &f, now);
	}
}
