/*
 * scenario.h - the lines that say who does what, and what goes wrong.
 *
 *	# a remark
 *	NUMBER call HABIT[, HABIT...]	its first call, its second ... and
 *					the last one for ever after
 *	NUMBER text HABIT[, HABIT...]
 *	default call|text SHARE HABIT	for numbers without a line; shares are
 *					weighed against each other, and replace
 *					the built-in mix
 *	NUMBER texts "WORDS" [to OURS]	somebody writes to us
 *	NUMBER rings [HABIT] [to OURS]	somebody rings us: key 1, silent,
 *					hang-up
 *	fault ...			see fault.h
 *	calm				all faults end
 *
 * The last four may begin with "at 09:12" (of the day on which the line is
 * read) or "at 2026-12-04T09:12", or "in TIME" from when it is read.  NUMBER is
 * as people write it; "withheld" for who hides theirs.  Habits: habit.h.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "exchange/fault.h"
#include "exchange/habit.h"

#define SCENARIO_MAX_LINE 4000
#define SCENARIO_MAX_HABITS 32
#define SCENARIO_WITHHELD "withheld"

enum scenario_kind {
	SCENARIO_NOTHING,
	SCENARIO_HABITS,
	SCENARIO_DEFAULT,
	SCENARIO_TEXTS,
	SCENARIO_RINGS,
	SCENARIO_FAULT,
	SCENARIO_CALM,
};

struct scenario_line {
	enum scenario_kind kind;
	msec at;		/* 0: at once */
	char number[NUMBER_SIZE];
	char to[NUMBER_SIZE];	/* "": the exchange knows */
	bool text;		/* of HABITS, DEFAULT */
	int64_t share;
	struct habit *habits;
	size_t n_habits;
	char *body;		/* of TEXTS */
	struct fault fault;
};

/*
 * Read one line (without its end), at an instant: "at 09:12" is of its day,
 * in the process's zone, and an instant that has passed is an error.
 */
int scenario_parse(const char *line, msec now, struct scenario_line *ret,
    struct err *e) MUST_CHECK;
void scenario_release(struct scenario_line *l);

/*
 * The number at the beginning of the words, of which it may take several
 * ("0115", "496", "0130"), as E.164.  How many; 0 where there is none.
 */
size_t scenario_number(const char *const *words, size_t n,
    char ret[NUMBER_SIZE], struct err *e);

#endif /* SCENARIO_H */
