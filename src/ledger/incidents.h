/*
 * incidents.h - trouble that is shared: one of a kind and subject is open at a
 * time.  As ledger.h has it.
 */
#ifndef LEDGER_INCIDENTS_H
#define LEDGER_INCIDENTS_H

#include "ledger/ledger.h"

struct ledger_incident {
	int64_t id;
	enum incident_kind kind;
	char subject[LEDGER_NAME_SIZE];	/* the gateway's name, or "" */
	msec since, ended_at;
	char detail[LEDGER_DETAIL_SIZE];
};

/* The open incident of the kind and subject: made where there is none.
 * *ret_new says which. */
int ledger_incident_open(struct ledger *l, enum incident_kind kind,
    const char *subject, const char *detail, msec at, int64_t *ret_id,
    bool *ret_new, struct err *e) MUST_CHECK;
/* 1 ended, 0 there was none, -1 failed. */
int ledger_incident_end(struct ledger *l, enum incident_kind kind,
    const char *subject, msec at, struct err *e) MUST_CHECK;
/* 1 open (its id in *ret_id), 0 none, -1 failed. */
int ledger_incident_is_open(struct ledger *l, enum incident_kind kind,
    const char *subject, int64_t *ret_id, struct err *e) MUST_CHECK;
int ledger_incident_since(struct ledger *l, int64_t id, msec *ret,
    struct err *e) MUST_CHECK;
/* What it is by now, for whoever reads it.  1 it was something else, 0 it was
 * that already or there is none, -1 failed. */
int ledger_incident_reword(struct ledger *l, enum incident_kind kind,
    const char *subject, const char *detail, struct err *e) MUST_CHECK;

#endif /* LEDGER_INCIDENTS_H */
