/*
 * wire.h - the least of HTTP/1.1 over loopback, for the measuring sticks: so
 * cheap that what is measured is the other side.  It trusts its peers.
 */
#ifndef WIRE_H
#define WIRE_H

#include <event2/event.h>

#include "base/buf.h"

/* A message has come whole: its head with the closing empty line, and what
 * follows by its Content-Length; both end at the next call. */
struct wire;
typedef void wire_message_fn(struct wire *w, const char *head, size_t head_len,
    const char *body, size_t body_len);

struct wire {
	int fd;
	struct event *reads, *writes;
	struct buf in, out;	/* out: add to it, then wire_flush */
	wire_message_fn *message;
	void (*gone)(struct wire *w);	/* the peer has closed */
	void *arg;
};

/* A whole number at the text's begin, 0 where there is none. */
long wire_number(const char *text);

/* Listen, or connect, on 127.0.0.1; ends the program where that fails.  With
 * port 0 the system chooses: wire_port says which. */
int wire_listen(int port);
int wire_port(int fd);
int wire_connect(int port);

struct wire *wire_new(struct event_base *base, int fd,
    wire_message_fn *message, void *arg);
void wire_flush(struct wire *w);
void wire_free(struct wire *w);

#endif /* WIRE_H */
