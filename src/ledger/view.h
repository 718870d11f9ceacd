/*
 * view.h - the ledger as people look at it: read only, for the pages and the
 * command line, whether the daemon runs or not.
 *
 * Each function calls fn with one row after the other; the row is gone when
 * fn returns.  fn must not use the ledger.  A return other than 0 ends the
 * walk and is returned; -1 with *e filled where the ledger fails.
 */
#ifndef VIEW_H
#define VIEW_H

#include "ledger/incidents.h"
#include "ledger/ledger.h"

/* Today's check-ins of a round by state. */
struct view_round {
	char round[LEDGER_NAME_SIZE];
	int counts[CHECKIN_STATE_COUNT];
};
int view_rounds(struct ledger *l, localdate date,
    int (*fn)(const struct view_round *, void *), void *arg, struct err *e);

/* Lateness of the first attempts of a date, in ms (of whole seconds, rounded
 * up) after the instant at which each was to be made, had the ladder begun at
 * the slot: the middle one and the worst; both -1 where none was sent. */
int view_lateness(struct ledger *l, localdate date, msec *ret_p50,
    msec *ret_max, struct err *e);

/* Flags, oldest deadline first; resolved ones too where all is true (newest
 * first, at most limit rows). */
struct view_flag {
	struct ledger_flag flag;
	char round[LEDGER_NAME_SIZE];	/* of its check-in; "" */
	localdate date; /* of its check-in; 0 where it has none */
};
int view_flags(struct ledger *l, bool all, int limit,
    int (*fn)(const struct view_flag *, void *), void *arg, struct err *e);
/* How many are not resolved, or -1. */
int view_flags_count(struct ledger *l, struct err *e);
int view_flag(struct ledger *l, const char *code, struct view_flag *ret,
    struct err *e);	/* 1 found, 0 not, -1 failed */

int view_incidents(struct ledger *l,
    int (*fn)(const struct ledger_incident *, void *), void *arg,
    struct err *e);

/* Holds in force; round "" is all. */
struct view_hold {
	char round[LEDGER_NAME_SIZE];
	char reason[LEDGER_DETAIL_SIZE];
	char who[LEDGER_NAME_SIZE];
	msec since;
};
int view_holds(struct ledger *l, int (*fn)(const struct view_hold *, void *),
    void *arg, struct err *e);

/* A person's history, newest first: check-ins (with the code of the flag),
 * the attempts of one check-in, and what came back. */
struct view_checkin {
	struct ledger_checkin checkin;
	char flag[LEDGER_CODE_SIZE];
};
int view_checkins_of(struct ledger *l, const char *participant, int limit,
    int (*fn)(const struct view_checkin *, void *), void *arg, struct err *e);
int view_attempts_of(struct ledger *l, int64_t checkin,
    int (*fn)(const struct ledger_attempt *, void *), void *arg,
    struct err *e);
int view_replies_of(struct ledger *l, const char *participant, int limit,
    int (*fn)(const struct ledger_reply *, void *), void *arg, struct err *e);
/* The same of a number that is nobody's whom we know. */
int view_replies_from(struct ledger *l, const char *number, int limit,
    int (*fn)(const struct ledger_reply *, void *), void *arg, struct err *e);

/* The last text of whomever the flag is about, if it came with the flag or
 * since.  1 found, 0 not, -1. */
int view_words(struct ledger *l, const struct ledger_flag *f,
    struct ledger_reply *ret, struct err *e);

/* Check-ins of a date that were cancelled on the way, with their reason. */
int view_cancelled(struct ledger *l, localdate date,
    int (*fn)(const struct ledger_checkin *, void *), void *arg,
    struct err *e);

/* How many are open for a volunteer: held, and told of but not claimed. */
int view_load(struct ledger *l, const char *volunteer, int *ret_held,
    int *ret_told, struct err *e);

/* What a flag went through: causes, notices and decisions, oldest first. */
struct view_step {
	msec at;
	char who[LEDGER_NAME_SIZE];
	char from[16];
	char action[32];
	char detail[256];
};
int view_flag_story(struct ledger *l, int64_t flag,
    int (*fn)(const struct view_step *, void *), void *arg, struct err *e);

/* What was set aside since, the newest first; at most a hundred. */
struct view_aside {
	char kind[16], subject[72];
	msec at, last_at;
	int times;
	char why[LEDGER_DETAIL_SIZE];
	char content[2048];
};
int view_asides(struct ledger *l, msec since,
    int (*fn)(const struct view_aside *, void *), void *arg, struct err *e);

/* The newest load: when it was, and how many mistakes the newest refused one
 * after it had (0 where the newest was good). */
int view_load_state(struct ledger *l, msec *ret_loaded_at, int *ret_mistakes,
    struct err *e);

#endif /* VIEW_H */
