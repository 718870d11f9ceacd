/*
 * signin.h - who may look, and who has looked: links to sign in with, the
 * sessions that they opened, and a record of whom each of the team was shown.
 *
 * Of a link's and a cookie's token the ledger knows the SHA-256 alone, so that
 * nobody signs in with a copy of it.
 */
#ifndef LEDGER_SIGNIN_H
#define LEDGER_SIGNIN_H

#include "ledger/ledger.h"

#define LEDGER_ADDRESS_SIZE 46		/* of a client, "" for none */

/* A link to sign in with; hash is 32 bytes, of its token. */
struct ledger_link {
	int64_t id;
	char volunteer[LEDGER_NAME_SIZE];
	int64_t notice;			/* that carries it */
	msec made_at, until;
	msec used_at;			/* 0: not yet */
};
int ledger_link_add(struct ledger *l, struct ledger_link *n,
    const uint8_t *hash, struct err *e) MUST_CHECK;
/* 1 found, 0 not, -1 failed. */
int ledger_link_by_hash(struct ledger *l, const uint8_t *hash,
    struct ledger_link *ret, struct err *e) MUST_CHECK;
/* Is that the hash of the notice's link?  1, 0, -1. */
int ledger_link_fits(struct ledger *l, int64_t notice, const uint8_t *hash,
    struct err *e) MUST_CHECK;
/* 1 it is used from now on, 0 it was before, -1 failed. */
int ledger_link_use(struct ledger *l, int64_t id, msec at,
    struct err *e) MUST_CHECK;
/* How many were made for the volunteer since. */
int ledger_links_since(struct ledger *l, const char *volunteer, msec since,
    struct err *e) MUST_CHECK;

/* Somebody who has signed in; hash is of the cookie's token. */
struct ledger_session {
	int64_t id;
	char volunteer[LEDGER_NAME_SIZE];
	int64_t link;
	msec since, until;
	char address[LEDGER_ADDRESS_SIZE];
	msec ended_at;			/* 0: it has not been */
	char ended_by[LEDGER_NAME_SIZE];
};
/* A link gives one session: a second is an error. */
int ledger_session_add(struct ledger *l, struct ledger_session *s,
    const uint8_t *hash, struct err *e) MUST_CHECK;
int ledger_session_by_hash(struct ledger *l, const uint8_t *hash,
    struct ledger_session *ret, struct err *e) MUST_CHECK;	/* 1, 0, -1 */
/* 1 ended, 0 it was before, -1 failed. */
int ledger_session_end(struct ledger *l, int64_t id, const char *by, msec at,
    struct err *e) MUST_CHECK;
/* Not ended (their time may be over), by id, after the given id. */
int ledger_sessions_open(struct ledger *l, int64_t after,
    struct ledger_session *ret, int max, struct err *e) MUST_CHECK;

/* Somebody was shown a person: only ever added.  The same look (by the same,
 * at the same, from the same place) again so soon counts as one. */
struct ledger_sight {
	msec at;
	const char *who, *whose;	/* volunteer's id, participant's id */
	const char *what;		/* "list", "card", "history" */
	const char *way;		/* "page", "socket" */
	const char *address;		/* of the client; "" */
};
int ledger_sight_add(struct ledger *l, const struct ledger_sight *s,
    msec again_after, struct err *e) MUST_CHECK;

#endif /* LEDGER_SIGNIN_H */
