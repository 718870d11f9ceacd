/*
 * pages.h - what volunteers and coordinators see and press, on the public
 * listener.
 *
 *	/in			asks for a mobile or an e-mail address
 *	/in/TOKEN		a link's page: one button, whose POST signs in
 *	/list /flag/CODE	a volunteer's list, and a person's card
 *	/order/NAME		POST: what they decide, see orders.h
 *	/morning /flags /people /person/ID /texts /team
 *				for coordinators alone
 *	/session/ID		POST: a coordinator ends it
 *
 * Nothing personal is shown before sign-in, and nothing that was sent comes
 * back.  Who is signed in is in the ledger: a cookie holds a token of 256
 * bits, the ledger its SHA-256.  What changes something is a POST with a token
 * that only our own page of this session knows, from our own origin.  Each
 * page is made within a turn of the engine, which also keeps who looked at
 * whom, and is sent when that is on disk.
 *
 * Everything stands without scripts; the one script only looks again from
 * time to time.
 */
#ifndef PAGES_H
#define PAGES_H

#include "engine/engine.h"
#include "net/httpd.h"

struct pages;

struct pages_ops {
	msec (*now)(void *arg);
	void *arg;
};

/* As control_new. */
struct pages *pages_new(struct engine *en, const struct pages_ops *ops);
void pages_free(struct pages *p);		/* NULL is fine */

/* Any path that is not a hook's. */
void pages_serve(struct pages *p, struct httpd_exchange *x,
    const struct http_incoming *in);

#endif /* PAGES_H */
