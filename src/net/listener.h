/*
 * listener.h - sockets that listen, as descriptors.  For this room only.
 *
 * All are non-blocking (evhttp accepts until there is nothing left, which on a
 * blocking one never ends) and closed in programs that we start.
 */
#ifndef LISTENER_H
#define LISTENER_H

#include <sys/types.h>

#include "base/err.h"

/* See httpd.h for what these promise.  Each returns a descriptor, or -1. */
int listener_tcp(const char *address, struct err *e) MUST_CHECK;
int listener_unix(const char *path, mode_t mode, struct err *e) MUST_CHECK;
int listener_adopt(int fd, struct err *e) MUST_CHECK;

/* The TCP port that it is bound to, 0 for another kind of socket. */
int listener_port(int fd);

#endif /* LISTENER_H */
