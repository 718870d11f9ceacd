/*
 * fault.h - what goes wrong between us and the exchange, on demand.
 *
 * A fault strikes requests or the callbacks of what was created.  It may be
 * for one number, for calls, texts or lookups, for the next few only, for a
 * share of them, and up to an instant.  Its line:
 *
 *	KIND [CODE] [calls] [texts] [lookups] [all] [NUMBER]
 *	    [next N] [share PERCENT] [by TIME] [for TIME]
 *
 * Without a scope it is for calls and texts.  Requests:
 *	unreachable	nobody accepts the connection
 *	drop-before	the connection ends; nothing was created
 *	drop-after	it was created, then the connection ends
 *	hang-before	no answer ever comes; nothing was created
 *	hang-after	it was created, and no answer ever comes
 *	error-before	CODE (503); nothing was created
 *	error-after	it was created, then CODE (503)
 *	too-many	429, nothing created; Retry-After where "by" is given
 *	unauthorised	401
 *	garbled		created; a 201 whose body is no JSON
 *	slow		created; the answer comes "by" later (2 s), perhaps
 *			behind the first callbacks
 * What is created:
 *	listed-late	lists show it only "by" later (20 s)
 *	callbacks-missing, final-missing
 *	callbacks-twice	each comes again "by" later (1 s)
 *	callbacks-reversed
 *	callbacks-late	each comes "by" later (10 min)
 */
#ifndef FAULT_H
#define FAULT_H

#include "base/err.h"
#include "base/random.h"
#include "rules/number.h"

enum fault_kind {
	FAULT_NONE,
	FAULT_UNREACHABLE,
	FAULT_DROP_BEFORE,
	FAULT_DROP_AFTER,
	FAULT_HANG_BEFORE,
	FAULT_HANG_AFTER,
	FAULT_ERROR_BEFORE,
	FAULT_ERROR_AFTER,
	FAULT_TOO_MANY,
	FAULT_UNAUTHORISED,
	FAULT_GARBLED,
	FAULT_SLOW,
	FAULT_LISTED_LATE,
	FAULT_CALLBACKS_MISSING,
	FAULT_FINAL_MISSING,
	FAULT_CALLBACKS_TWICE,
	FAULT_CALLBACKS_REVERSED,
	FAULT_CALLBACKS_LATE,
};
#define FAULT_COUNT 18

/* Scopes, to be joined. */
#define FAULT_CALLS 1U
#define FAULT_TEXTS 2U
#define FAULT_LOOKUPS 4U

struct fault {
	enum fault_kind kind;
	int code;			/* HTTP status */
	unsigned int scope;
	char number[NUMBER_SIZE];	/* "" for every one */
	int64_t next;			/* how many more it strikes */
	int64_t share;			/* thousandths of a per cent */
	msec by;
	msec lasts;			/* NEVER: until it is ended */
	msec until;			/* set when it begins */
};

struct fault_list {
	struct fault *items;
	size_t n, cap;
};

const char *fault_name(enum fault_kind k);	/* "drop-after" */

int fault_parse(const char *const *words, size_t n, struct fault *ret,
    struct err *e) MUST_CHECK;

void fault_begin(struct fault_list *l, const struct fault *f, msec now);
void fault_end_all(struct fault_list *l);
void fault_release(struct fault_list *l);

/*
 * Does a fault from first to last strike this one?  Scope is one of the
 * scopes.  The first that does is copied to *ret and counted.
 */
bool fault_strikes(struct fault_list *l, enum fault_kind first,
    enum fault_kind last, unsigned int scope, const char *number, msec now,
    struct random *r, struct fault *ret);

/* A mix of everything for simulations: 0 none, 1 seldom, 2 often, 3 bad. */
void fault_level(struct fault_list *l, int level, msec now);

#endif /* FAULT_H */
