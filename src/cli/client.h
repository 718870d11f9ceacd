/*
 * client.h - one question to the daemon, over its Unix socket.
 *
 * HTTP/1.1, one connection a question, blocking: the command line has nothing
 * else to do.  The daemon knows who asks by the socket.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include "base/err.h"
#include "net/http.h"

enum client_fate {
	CLIENT_ANSWERED,	/* status and body are there */
	CLIENT_DOWN,		/* nobody listens: the daemon is not running */
	CLIENT_FAILED,		/* *e says why; it may have arrived */
};

/*
 * Ask for a target ("/api/flags?all=1").  form is the body of a POST, NULL
 * for a GET.  Waits 60 s at most for each piece of the answer, which may be
 * 256 MiB long.  *ret is filled only when answered; release it.
 */
enum client_fate client_ask(const char *socket_path, const char *target,
    const struct buf *form, struct http_result *ret,
    struct err *e) MUST_CHECK;

/*
 * Read a whole answer out of bytes that end with the connection: for
 * client_ask, and for tests.  -1 where it is no complete answer.
 */
int client_read_answer(const char *bytes, size_t n, struct http_result *ret,
    struct err *e) MUST_CHECK;

#endif /* CLIENT_H */
