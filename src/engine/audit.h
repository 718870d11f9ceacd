/*
 * audit.h - the invariants, looked at on a ledger.
 *
 * What the ledger's rows tell by themselves is asked there (ledger/audit.h);
 * what needs the configuration, who should have been asked, and when, is
 * looked at here.  Only reads.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "config/config.h"
#include "ledger/audit.h"

enum audit_depth {
	AUDIT_OPEN,	/* what is open or due: bounded, by index */
	AUDIT_WHOLE,	/* every row */
};

typedef ledger_finding_fn audit_fn;

/* Every finding at this instant goes to found, which may end it all by -1.
 * Returns how many there were, or -1. */
int audit_run(struct ledger *l, const struct config *conf, msec now,
    enum audit_depth depth, audit_fn *found, void *arg,
    struct err *e) MUST_CHECK;

#endif /* AUDIT_H */
