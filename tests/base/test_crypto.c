/* Against the examples of RFC 2202 (HMAC-SHA1) and FIPS 180 (SHA-256). */
#include "base/crypto.h"

#include "base/buf.h"
#include "tap.h"

static void
is_hex(const void *got, size_t n, const char *want, const char *name)
{
	struct buf b = BUF_EMPTY;

	buf_add_hex(&b, got, n);
	is_text(buf_text(&b), want, "%s", name);
	buf_release(&b);
}

static void
test_mac(void)
{
	uint8_t key[80], data[50], got[CRYPTO_SHA1_SIZE];
	struct crypto_mac *m;

	memset(key, 0x0b, 20);
	m = crypto_mac_sha1(key, 20);
	crypto_mac_digest(m, "Hi There", 8, got);
	is_hex(got, sizeof(got), "b617318655057264e28bc0b6fb378c8ef146be00",
	    "RFC 2202, 1");
	crypto_mac_digest(m, "something else", 14, got);
	crypto_mac_digest(m, "Hi There", 8, got);
	is_hex(got, sizeof(got), "b617318655057264e28bc0b6fb378c8ef146be00",
	    "a message leaves nothing for the next");
	crypto_mac_free(m);

	m = crypto_mac_sha1("Jefe", 4);
	crypto_mac_digest(m, "what do ya want for nothing?", 28, got);
	is_hex(got, sizeof(got), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
	    "RFC 2202, 2");
	crypto_mac_free(m);

	memset(key, 0xaa, sizeof(key));
	m = crypto_mac_sha1(key, sizeof(key));
	memset(data, 0xdd, sizeof(data));
	crypto_mac_digest(m,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 54, got);
	is_hex(got, sizeof(got), "aa4ae5e15272d00e95705637ce8a3b55ed402112",
	    "RFC 2202, 6");
	crypto_mac_free(m);

	m = crypto_mac_sha1("", 0);
	crypto_mac_digest(m, "", 0, got);
	is_hex(got, sizeof(got), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d",
	    "neither key nor message");
	crypto_mac_free(m);
	crypto_mac_free(NULL);
}

static void
test_sha256(void)
{
	uint8_t got[CRYPTO_SHA256_SIZE];

	crypto_sha256("abc", 3, got);
	is_hex(got, sizeof(got), "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad", "SHA-256 of abc");
	crypto_sha256("", 0, got);
	is_hex(got, sizeof(got), "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855", "SHA-256 of nothing");
}

int
main(void)
{
	uint8_t a[32], b[32];

	test_mac();
	test_sha256();
	ok(crypto_equal("abcd", "abcd", 4), "equal");
	ok(!crypto_equal("abcd", "abce", 4), "not equal");
	ok(crypto_equal("abcd", "abce", 3), "equal as far as asked");
	ok(crypto_equal("a", "b", 0), "nothing is equal to nothing");
	crypto_random(a, sizeof(a));
	crypto_random(b, sizeof(b));
	ok(memcmp(a, b, sizeof(a)) != 0, "two draws differ");
	return tap_done();
}
