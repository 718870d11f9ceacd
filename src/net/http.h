/*
 * http.h - HTTP's requests and answers as values.
 *
 * No connection, no libcurl, no libevent: whoever builds a request (a
 * gateway's driver) or reads an incoming one needs only this.  The structs
 * own all that their pointers reach, but for struct http_incoming, which
 * lends.
 */
#ifndef HTTP_H
#define HTTP_H

#include "base/base.h"
#include "base/buf.h"

enum http_method {
	HTTP_GET,
	HTTP_POST,
};

const char *http_method_name(enum http_method m);	/* "GET" */

/* Header fields, in the order in which they stand. */
struct http_field {
	char *name;
	char *value;
};

struct http_fields {
	struct http_field *items;
	size_t n, cap;
};

/* Copies both.  Neither may hold a CR, LF or NUL: that is our own bug, for
 * text from outside is encoded before it gets here. */
void http_fields_add(struct http_fields *f, const char *name,
    const char *value);
void http_fields_addn(struct http_fields *f, const char *name, size_t name_len,
    const char *value, size_t value_len);

/* The first value of that name in whatever case, or NULL. */
const char *http_fields_get(const struct http_fields *f, const char *name);

/* How often the name stands there: a field that carries a signature is worth
 * nothing when it stands twice. */
size_t http_fields_count(const struct http_fields *f, const char *name);

void http_fields_release(struct http_fields *f);

/* What we ask of somebody. */
struct http_request {
	enum http_method method;
	char *url;
	char *user, *password;		/* basic; NULL for none */
	struct http_fields fields;
	struct buf body;		/* of a POST */
	char *content_type;		/* of the body; NULL: a form */
	char *proxy;			/* NULL: none, whatever the
					 * environment says */
	char *ca_file;			/* NULL: the system's */
	msec timeout;			/* from start to end; real time */
	msec connect_timeout;
	size_t max_answer;		/* a longer body is not read */
	bool once;			/* see below */
};
/*
 * once: a POST that rings a telephone.  It may ride on a connection that was
 * kept alive, and is never sent a second time: where a connection dies before
 * its answer, that is HTTP_UNKNOWN.  (libcurl by itself sends a POST again
 * when a reused connection ends without an answer.)
 */

/* Zeroed but for the defaults: 30 s in all, 10 s to connect, 64 KiB. */
void http_request_init(struct http_request *r, enum http_method method,
    const char *url);
void http_request_release(struct http_request *r);	/* wipes the password */

/* How a request ended. */
enum http_fate {
	HTTP_ANSWERED,	/* whole answer read: status, fields, body */
	HTTP_NOT_SENT,	/* provably no byte of the request has left */
	HTTP_UNKNOWN,	/* it may have arrived and been acted upon */
};

struct http_result {
	enum http_fate fate;
	int status;			/* 0 where no status line was read */
	struct http_fields fields;	/* 64 and 16 KiB at the most */
	struct buf body;
	char reason[160];		/* "" when answered; no address in it,
					 * safe for the log */
};

const char *http_fate_name(enum http_fate f);	/* "not sent" */
void http_result_release(struct http_result *r);

/*
 * What somebody asks of us.  Everything is lent, and only until the function
 * that was given it returns.  The bytes are as they came: neither path nor
 * query is decoded.
 */
struct http_incoming {
	enum http_method method;
	const char *target;		/* as sent: "/hook/tw?a=1" */
	const char *path;		/* up to the "?" */
	const char *query;		/* after it; "" for none */
	struct http_fields fields;
	const char *content_type;	/* "" where there is none */
	const char *body;		/* never NULL; a NUL stands behind it */
	size_t body_len;
	int64_t peer_uid;		/* on a Unix socket, else -1 */
	const char *peer_address;	/* "127.0.0.1"; NULL on a Unix socket */
};

/* Is it application/x-www-form-urlencoded, whatever parameters follow? */
bool http_is_form(const char *content_type);

#endif /* HTTP_H */
