#include "net/tls.h"

#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>

#include "base/mem.h"

struct tls {
	SSL_CTX *ctx;
};

static void
must(bool worked)
{
	if (!worked)
		abort(); /* out of memory, or no OpenSSL that we know */
}

/* The first certificate is our own, the others lead to one that is known. */
static int
use_chain(SSL_CTX *ctx, const char *chain)
{
	BIO *text = BIO_new_mem_buf(chain, -1);
	X509 *cert;
	int n = 0;

	must(text);
	for (; (cert = PEM_read_bio_X509(text, NULL, NULL, NULL)); n++) {
		bool taken = n == 0 ? SSL_CTX_use_certificate(ctx, cert) == 1
		    : SSL_CTX_add1_chain_cert(ctx, cert) == 1;

		X509_free(cert);
		if (!taken)
			break;
	}
	BIO_free(text);
	ERR_clear_error();
	return n > 0 && !cert ? 0 : -1;
}

static int
use_key(SSL_CTX *ctx, const char *key)
{
	BIO *text = BIO_new_mem_buf(key, -1);
	EVP_PKEY *pkey;
	int taken;

	must(text);
	pkey = PEM_read_bio_PrivateKey(text, NULL, NULL, NULL);
	taken = pkey && SSL_CTX_use_PrivateKey(ctx, pkey) == 1 &&
	    SSL_CTX_check_private_key(ctx) == 1;
	EVP_PKEY_free(pkey);
	BIO_free(text);
	ERR_clear_error();
	return taken ? 0 : -1;
}

static void
set_up(SSL_CTX *ctx)
{
	must(SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1);
	SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION |
	    SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
	/* Tickets need no memory of ours. */
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
}

struct tls *
tls_new(const char *chain, const char *key, struct err *e)
{
	struct tls *t = mem_alloc(sizeof(*t));

	t->ctx = SSL_CTX_new(TLS_server_method());
	must(t->ctx);
	set_up(t->ctx);
	if (use_chain(t->ctx, chain) == 0 && use_key(t->ctx, key) == 0)
		return t;
	tls_free(t);
	err_set(e, "OpenSSL does not take the certificate or its key: too"
	    " weak, or of a kind that it does not know");
	return NULL;
}

void
tls_free(struct tls *t)
{
	if (!t)
		return;
	SSL_CTX_free(t->ctx);
	free(t);
}

struct bufferevent *
tls_accept(struct tls *t, struct event_base *base)
{
	SSL *ssl = SSL_new(t->ctx);
	struct bufferevent *bev;

	must(ssl);
	/* evhttp leaves the socket to whoever made the bufferevent. */
	bev = bufferevent_openssl_socket_new(base, -1, ssl,
	    BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
	must(bev);
	bufferevent_openssl_set_allow_dirty_shutdown(bev, 1);
	return bev;
}

bool
tls_has_begun(struct bufferevent *bev)
{
	return SSL_get_state(bufferevent_openssl_get_ssl(bev)) !=
	    TLS_ST_BEFORE;
}

void
tls_say_end(struct bufferevent *bev)
{
	SSL *ssl = bufferevent_openssl_get_ssl(bev);

	if (SSL_is_init_finished(ssl) && SSL_get_shutdown(ssl) == 0)
		(void)SSL_shutdown(ssl);
	ERR_clear_error();
}
