#include "base/cert.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <time.h>

/* The first certificate of the text; NULL where there is none. */
static X509 *
read_first(const char *chain)
{
	BIO *text = BIO_new_mem_buf(chain, -1);
	X509 *cert = text ? PEM_read_bio_X509(text, NULL, NULL, NULL) : NULL;

	BIO_free(text);
	ERR_clear_error();
	return cert;
}

/* For a key behind a passphrase: nobody is asked for it. */
static int
no_passphrase(char *to, int size, int writing, void *asked)
{
	(void)to;
	(void)size;
	(void)writing;
	*(bool *)asked = true;
	return 0;
}

static EVP_PKEY *
read_key(const char *key, bool *ret_locked)
{
	BIO *text = BIO_new_mem_buf(key, -1);
	EVP_PKEY *pkey;

	*ret_locked = false;
	pkey = text ? PEM_read_bio_PrivateKey(text, NULL, no_passphrase,
	    ret_locked) : NULL;
	BIO_free(text);
	ERR_clear_error();
	return pkey;
}

static int
read_time(const ASN1_TIME *from, msec *ret)
{
	struct tm tm;

	if (!from || ASN1_TIME_to_tm(from, &tm) != 1)
		return -1;
	*ret = (msec)timegm(&tm) * MSEC_SECOND;
	return 0;
}

static int
look_at(X509 *cert, EVP_PKEY *pkey, const char *chain_name,
    const char *key_name, struct cert_span *ret, struct err *e)
{
	int fits = X509_check_private_key(cert, pkey);

	ERR_clear_error();
	if (fits != 1)
		return err_set(e, "%s is not the key of the certificate in %s;"
		    " write the two that were made together", key_name,
		    chain_name);
	if (read_time(X509_get0_notBefore(cert), &ret->from) == -1 ||
	    read_time(X509_get0_notAfter(cert), &ret->until) == -1)
		return err_set(e, "%s: the certificate does not say how long"
		    " it is good for", chain_name);
	return 0;
}

int
cert_check(const char *chain, const char *key, const char *chain_name,
    const char *key_name, struct cert_span *ret, struct err *e)
{
	bool locked;
	X509 *cert = read_first(chain);
	EVP_PKEY *pkey = read_key(key, &locked);
	int result = -1;

	if (!cert)
		err_set(e, "%s: there is no certificate in it; write the path"
		    " of a PEM file that begins with the server's own",
		    chain_name);
	else if (locked)
		err_set(e, "%s: the key is behind a passphrase, for which"
		    " nobody can be asked; write it out without one",
		    key_name);
	else if (!pkey)
		err_set(e, "%s: there is no private key in it; write the path"
		    " of a PEM file that holds one", key_name);
	else
		result = look_at(cert, pkey, chain_name, key_name, ret, e);
	X509_free(cert);
	EVP_PKEY_free(pkey);
	return result;
}

bool
cert_is_for(const char *chain, const char *host)
{
	X509 *cert = read_first(chain);
	bool is = cert && (X509_check_host(cert, host, 0, 0, NULL) == 1 ||
	    X509_check_ip_asc(cert, host, 0) == 1);

	X509_free(cert);
	ERR_clear_error();
	return is;
}
