/*
 * url.h - the parts of an address that the configuration names, and whether
 * it stays on this machine.
 */
#ifndef URL_H
#define URL_H

#include "base/err.h"

#define URL_HOST_SIZE 256

struct url {
	char scheme[8];			/* "http", "https", "smtp", "smtps" */
	char host[URL_HOST_SIZE];	/* lower case; IPv6 without brackets */
	int port;			/* the scheme's own where none stands */
	const char *path;		/* from the "/", "?" or "#" behind the
					 * host to the end; points into the
					 * text; "" where there is nothing */
};

/*
 * Read an address "scheme://host[:port][/path]".  Errors: another scheme,
 * user and password before the host (they belong into keys of their own),
 * no host, a host or port that is none, spaces or control characters.  The
 * message never quotes the address, which may hold a secret.
 */
int url_parse(const char *text, struct url *ret, struct err *e) MUST_CHECK;

/* Does the host never leave this machine: 127.0.0.0/8, ::1, localhost? */
bool url_is_loopback(const char *host);

/* Read "host:port" as listen addresses are written, "127.0.0.1:9085" or
 * "[::1]:9085"; port 0 to 65535. */
int url_parse_listen(const char *text, char ret_host[URL_HOST_SIZE],
    int *ret_port, struct err *e) MUST_CHECK;

#endif /* URL_H */
