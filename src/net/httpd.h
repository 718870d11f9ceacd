/*
 * httpd.h - requests that others make of us, by evhttp on the one loop.
 *
 * Careful with whoever asks: head, body, methods, time and the number of
 * connections are bounded, and what two readers could understand differently
 * (two lengths, a length and chunks, a GET with a body) is answered 400 and
 * the connection closed, for that is how requests are smuggled past a proxy.
 * The answer may come later, after the turn's commit.
 */
#ifndef HTTPD_H
#define HTTPD_H

#include <sys/types.h>

#include "net/http.h"
#include "net/loop.h"

struct httpd;
struct httpd_exchange;	/* one request, until it is answered */

struct httpd_limits {
	size_t head;		/* bytes; over it: 400 */
	size_t body;		/* bytes; over it: 413 */
	size_t connections;	/* at so many no further one is accepted; one
				 * that is idle makes way, else those that
				 * have not said their request at once */
	msec request;		/* from its first byte (of the first request on
				 * a connection: from its beginning) to its
				 * last, and again for taking the answer */
	msec idle;		/* between two requests; more than the proxy's
				 * own (nginx: 60 s), which then closes first */
};

#define HTTPD_LIMITS { 8192, 65536, 512, 10 * MSEC_SECOND, 75 * MSEC_SECOND }

/*
 * A request has come whole.  in is lent until this returns or answers,
 * whichever is first.  The exchange is this function's to answer, now or
 * later, by exactly one httpd_answer.
 */
typedef void httpd_fn(struct httpd_exchange *x, const struct http_incoming *in,
    void *arg);

/* limits may be NULL for HTTPD_LIMITS. */
struct httpd *httpd_new(struct loop *l, const struct httpd_limits *limits,
    httpd_fn *fn, void *arg);

/* Closes everything.  Exchanges that were not answered yet may still be, into
 * nowhere, while the loop exists.  NULL is fine; not from fn. */
void httpd_free(struct httpd *h);

/* Listen on "127.0.0.1:9085" or "[::1]:9085"; port 0: any that is free. */
int httpd_listen_tcp(struct httpd *h, const char *address,
    struct err *e) MUST_CHECK;

/*
 * From now on new connections speak TLS by this certificate (PEM, with its
 * chain) and key; NULL: they speak no TLS.  Those that are open go on as they
 * are.  On failure all stays as it was.
 */
int httpd_use_tls(struct httpd *h, const char *chain, const char *key,
    struct err *e) MUST_CHECK;

/* Would httpd_use_tls take them?  Names what is wrong. */
int httpd_check_tls(const char *chain, const char *key,
    struct err *e) MUST_CHECK;

/* The port of the first TCP listener, also of an adopted one; 0 for none. */
int httpd_port(const struct httpd *h);

/*
 * Listen on a Unix socket of that mode.  A socket file that nobody listens on
 * any more is replaced; anything else that stands there is an error.  The file
 * is removed when accepting ends.
 */
int httpd_listen_unix(struct httpd *h, const char *path, mode_t mode,
    struct err *e) MUST_CHECK;

/* Listen on what systemd opened for us: a listening stream socket.  Takes the
 * descriptor over, but not on failure. */
int httpd_adopt_fd(struct httpd *h, int fd, struct err *e) MUST_CHECK;

/*
 * Answer, and forget the exchange.  content_type may be NULL where there is no
 * body; extra may be NULL.  Client gone meanwhile: nothing happens.
 */
void httpd_answer(struct httpd_exchange *x, int status,
    const char *content_type, const char *body, size_t n,
    const struct http_fields *extra);

/* End the connection without an answer, and forget the exchange: for who
 * simulates a network that fails. */
void httpd_drop(struct httpd_exchange *x);

/* Close the listeners and what is idle; what is asked already may still be
 * answered, and each connection is closed after its answer. */
void httpd_stop_accepting(struct httpd *h);

/* Connections that are open; after httpd_stop_accepting it falls to 0. */
size_t httpd_open_count(const struct httpd *h);

#endif /* HTTPD_H */
