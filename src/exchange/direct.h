/*
 * direct.h - the exchange without a wire: requests as their sender built them
 * go in, webhooks come out as their receiver gets them.  For tests and for
 * simulations under virtual time.
 */
#ifndef DIRECT_H
#define DIRECT_H

#include "exchange/exchange.h"

/* A request as it arrives.  Owns what incoming lends. */
struct direct {
	struct http_incoming incoming;
	char *target, *path, *query;
};

/* r must outlive it. */
void direct_open(struct direct *d, const struct http_request *r);
void direct_close(struct direct *d);

/*
 * Ask the exchange, and get what a client would: also NOT_SENT where it is
 * unreachable, and UNKNOWN where the connection ends or no answer comes.
 * *ret_later says how much later the client sees that (for no answer: its
 * timeout).
 */
void direct_ask(struct exchange *x, msec now, const struct http_request *r,
    struct http_result *ret, msec *ret_later);

#endif /* DIRECT_H */
