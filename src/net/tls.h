/*
 * tls.h - TLS of the connections that others make to us: a certificate, and
 * the bufferevents that speak by it.  For this room only; httpd.h says how
 * others have it used.
 *
 * TLS 1.2 and 1.3 with OpenSSL's own choice of ciphers; no renegotiation, no
 * compression, and nothing kept of a session once its connection has gone.
 */
#ifndef TLS_H
#define TLS_H

#include "base/err.h"

struct bufferevent;
struct event_base;
struct tls;

/* Certificate with chain, and key, both PEM as text; see cert.h. */
struct tls *tls_new(const char *chain, const char *key,
    struct err *e) MUST_CHECK;

/* Connections that were made by it go on.  NULL is fine. */
void tls_free(struct tls *t);

/* A bufferevent that waits for its socket and then shakes hands; what can be
 * read from it is decrypted. */
struct bufferevent *tls_accept(struct tls *t, struct event_base *base);

/* Has the other side begun to shake hands?  Whoever means it does at once. */
bool tls_has_begun(struct bufferevent *bev);

/* Tell the other side that nothing more comes, where it may still be told.
 * To be called before the bufferevent is freed. */
void tls_say_end(struct bufferevent *bev);

#endif /* TLS_H */
