/*
 * server.h - the exchange behind real HTTP, on a clock that may run faster.
 *
 * Requests come by net/httpd and webhooks leave by net/fetch.  The model's
 * delays run by the clock that it is given; time-outs of connections are
 * real.
 */
#ifndef SERVER_H
#define SERVER_H

#include "base/clock.h"
#include "exchange/exchange.h"
#include "net/loop.h"

struct server;

/* Serve x, which must outlive it, by the clock, which must too. */
struct server *server_new(struct loop *l, const struct clock *clock,
    struct exchange *x);
void server_free(struct server *s);		/* NULL is fine */

/* Listen on "127.0.0.1:9080"; port 0 takes any.  Anything but loopback is an
 * error.  Returns the port. */
int server_listen(struct server *s, const char *address, int *ret_port,
    struct err *e) MUST_CHECK;

#endif /* SERVER_H */
