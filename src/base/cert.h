/*
 * cert.h - a certificate with its chain, and the key that belongs to it: are
 * they what they should be?
 *
 * Both are PEM, as text.  Whoever presents them to others is net/tls.
 */
#ifndef CERT_H
#define CERT_H

#include "base/err.h"

struct cert_span {
	msec from, until;	/* it is good between these */
};

/*
 * Errors: text that is no certificate, or no key (or one behind a passphrase),
 * and two that do not belong together.  The message names which of the two is
 * wrong by the names given here, such as "tls_cert".
 */
int cert_check(const char *chain, const char *key, const char *chain_name,
    const char *key_name, struct cert_span *ret, struct err *e) MUST_CHECK;

/* Is the certificate for this host, a name or an address?  False also where it
 * cannot be read. */
bool cert_is_for(const char *chain, const char *host);

#endif /* CERT_H */
