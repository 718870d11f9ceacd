/*
 * trials.h - test calls and texts, by which a person shows that we reach them
 * before they are live.  As ledger.h has it.
 */
#ifndef LEDGER_TRIALS_H
#define LEDGER_TRIALS_H

#include "ledger/ledger.h"

/* One that a human had made, so that a person may become live. */
struct ledger_trial {
	int64_t id;
	char participant[LEDGER_NAME_SIZE];
	enum channel channel;
	char number[LEDGER_NUMBER_SIZE];
	char who[LEDGER_NAME_SIZE], way[12];
	msec at, until;			/* a reply counts until then */
	enum outcome outcome;		/* of its attempt */
	msec ended_at;
	enum confirmed_by confirmed_by;
	msec confirmed_at;
};

int ledger_trial_add(struct ledger *l, struct ledger_trial *t,
    struct err *e) MUST_CHECK;
int ledger_trial_get(struct ledger *l, int64_t id, struct ledger_trial *ret,
    struct err *e) MUST_CHECK;
/* Its attempt has ended; the person has confirmed it (the first time counts).
 * 1, 0 where it was so already, -1. */
int ledger_trial_ended(struct ledger *l, int64_t id, enum outcome outcome,
    msec at, struct err *e) MUST_CHECK;
int ledger_trial_confirmed(struct ledger *l, int64_t id,
    enum confirmed_by by, msec at, struct err *e) MUST_CHECK;
/* The person's newest one; the newest that was confirmed; the newest text to
 * the number that a reply can still confirm: 1 found, 0 none, -1. */
int ledger_trial_newest(struct ledger *l, const char *participant,
    struct ledger_trial *ret, struct err *e) MUST_CHECK;
int ledger_trial_passed(struct ledger *l, const char *participant,
    struct ledger_trial *ret, struct err *e) MUST_CHECK;
int ledger_trial_at(struct ledger *l, const char *number, msec now,
    struct ledger_trial *ret, struct err *e) MUST_CHECK;
/* How many since then. */
int ledger_trials_since(struct ledger *l, const char *participant, msec since,
    struct err *e) MUST_CHECK;

#endif /* LEDGER_TRIALS_H */
