/*
 * audit.h - what the ledger's own rows say about the invariants.
 *
 * Each question is one statement with a name.  Those of the open things are
 * answered by index and stop after a few rows, so that the daemon can ask them
 * every few minutes; the others read whole tables.  A reader finds the numbers
 * of the invariants in HACKING.md.
 */
#ifndef LEDGER_AUDIT_H
#define LEDGER_AUDIT_H

#include "ledger/ledger.h"

/* Rows that one question tells of, at most. */
#define AUDIT_ROWS_MAX 20

struct ledger_finding {
	int rule;			/* the invariant, 1 to 6 */
	const char *name;		/* of the question */
	int64_t checkin, attempt, flag;	/* whom it concerns; 0 for none */
};

typedef int ledger_finding_fn(const struct ledger_finding *f, void *arg);

/* How many questions there are, and the n-th's name. */
int ledger_audit_count(void);
const char *ledger_audit_name(int n);

/*
 * Ask the n-th question at this instant; found is called for each row and
 * ends it all by -1.  One that reads whole tables is asked only where whole is
 * set.  Returns how many rows were found, or -1.
 */
int ledger_audit(struct ledger *l, int n, bool whole, msec now,
    ledger_finding_fn *found, void *arg, struct err *e) MUST_CHECK;

/* One attempt that left for a check-in since the newest good load, for what
 * only the configuration can judge: hours and away. */
struct ledger_ask {
	int64_t checkin, attempt;
	char participant[LEDGER_NAME_SIZE];
	localdate date;
	msec sent_at;
};
typedef int ledger_ask_fn(const struct ledger_ask *a, void *arg);
int ledger_audit_asks(struct ledger *l, localdate since, ledger_ask_fn *fn,
    void *arg, struct err *e) MUST_CHECK;

/* SQLite's own look at every page: 0 in order; 1 not, and *ret says what; -1
 * it could not be looked at.  Takes its time on a large file. */
int ledger_audit_pages(struct ledger *l, struct buf *ret,
    struct err *e) MUST_CHECK;

/* Of the check-ins of this date whose slot lies in (after, until]: all of
 * them, and those that ended without a word from the person. */
int ledger_audit_silence(struct ledger *l, localdate date, msec after,
    msec until, int *ret_all, int *ret_silent, struct err *e) MUST_CHECK;

#endif /* LEDGER_AUDIT_H */
