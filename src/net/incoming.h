/*
 * incoming.h - evhttp's request as a struct http_incoming.  For httpd only.
 */
#ifndef INCOMING_H
#define INCOMING_H

#include "net/http.h"

struct evhttp_request;

/* Zeroed at first, then used for one request after the other. */
struct incoming {
	struct http_incoming in;	/* its fields' text is evhttp's */
	struct buf path;
};

/*
 * Read req; i->in lends from it, and from i.  peer_uid and peer_address are
 * the caller's to set.  false where the request could be understood in two
 * ways, or wants a tunnel: then it must be refused, and the connection closed.
 */
bool incoming_read(struct incoming *i, struct evhttp_request *req);
void incoming_release(struct incoming *i);

#endif /* INCOMING_H */
