/*
 * crypto.h - keyed hashes, digests and randomness, by libcrypto.
 *
 * The one place that names it.  Failures inside libcrypto (out of memory,
 * no randomness) end the process: there is no safe way to go on without.
 */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "base/base.h"

#define CRYPTO_SHA1_SIZE 20
#define CRYPTO_SHA256_SIZE 32

/* A MAC whose key is set up once and then used for many messages. */
struct crypto_mac;

struct crypto_mac *crypto_mac_sha1(const void *key, size_t n);
void crypto_mac_free(struct crypto_mac *m); /* wipes the key; NULL is fine */
void crypto_mac_digest(struct crypto_mac *m, const void *bytes, size_t n,
    uint8_t ret[CRYPTO_SHA1_SIZE]);

void crypto_sha256(const void *bytes, size_t n,
    uint8_t ret[CRYPTO_SHA256_SIZE]);

/* Do n bytes agree?  Takes the same time wherever they differ. */
bool crypto_equal(const void *a, const void *b, size_t n);

/* n unpredictable bytes. */
void crypto_random(void *ret, size_t n);

#endif /* CRYPTO_H */
