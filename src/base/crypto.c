/*
 * The MAC's context keeps the key in the form that the hash works with; a
 * message starts from it again.  Keying once instead of for each message is
 * several times as fast, and every callback of a gateway is a message.
 */
#include "base/crypto.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

struct crypto_mac {
	EVP_MAC_CTX *keyed;
};

static void
must(bool worked, const char *what)
{
	if (worked)
		return;
	fprintf(stderr, "ringround: libcrypto failed in %s\n", what);
	abort();
}

struct crypto_mac *
crypto_mac_sha1(const void *key, size_t n)
{
	char digest[] = "SHA1";
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest,
		    0),
		OSSL_PARAM_construct_end(),
	};
	EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	struct crypto_mac *m = mem_alloc(sizeof(*m));

	must(hmac, "EVP_MAC_fetch");
	m->keyed = EVP_MAC_CTX_new(hmac);
	EVP_MAC_free(hmac); /* the context holds its own reference */
	must(m->keyed, "EVP_MAC_CTX_new");
	/* No key at all would mean "the one from before". */
	must(EVP_MAC_init(m->keyed, n > 0 ? key : "", n, params) == 1,
	    "EVP_MAC_init");
	return m;
}

void
crypto_mac_free(struct crypto_mac *m)
{
	if (!m)
		return;
	EVP_MAC_CTX_free(m->keyed);
	free(m);
}

void
crypto_mac_digest(struct crypto_mac *m, const void *bytes, size_t n,
    uint8_t ret[CRYPTO_SHA1_SIZE])
{
	size_t size = 0;

	must(EVP_MAC_init(m->keyed, NULL, 0, NULL) == 1, "EVP_MAC_init");
	must(EVP_MAC_update(m->keyed, bytes, n) == 1, "EVP_MAC_update");
	must(EVP_MAC_final(m->keyed, ret, &size, CRYPTO_SHA1_SIZE) == 1 &&
	    size == CRYPTO_SHA1_SIZE, "EVP_MAC_final");
}

void
crypto_sha256(const void *bytes, size_t n, uint8_t ret[CRYPTO_SHA256_SIZE])
{
	/* Fetched once: libcrypto would look for it with each digest. */
	static EVP_MD *sha256;

	if (!sha256)
		sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	must(sha256, "EVP_MD_fetch");
	must(EVP_Digest(bytes, n, ret, NULL, sha256, NULL) == 1,
	    "EVP_Digest");
}

bool
crypto_equal(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

void
crypto_random(void *ret, size_t n)
{
	unsigned char *to = ret;

	while (n > 0) {
		int part = n < INT_MAX ? (int)n : INT_MAX;

		must(RAND_bytes(to, part) == 1, "RAND_bytes");
		to += part;
		n -= (size_t)part;
	}
}
