/*
 * twilio_sign.h - the signature of Twilio's hooks (X-Twilio-Signature).
 *
 * HMAC-SHA1, keyed with the account's token, in base64, over the URL and then
 * every field of a form: its name and its value, decoded, sorted by bytes, a
 * field that stands there twice with the same value only once.  See
 * "Webhooks security" in Twilio's documentation.  The exchange signs with it,
 * the driver checks with it.
 */
#ifndef TWILIO_SIGN_H
#define TWILIO_SIGN_H

#include "base/crypto.h"
#include "net/form.h"

#define TWILIO_SIGN_SIZE 29	/* 28 characters of base64, and a NUL */

/* Sign the URL as it is given, but for a fragment, and the form's fields;
 * form may be NULL. */
void twilio_sign_make(struct crypto_mac *key, const char *url,
    const struct form *form, char ret[TWILIO_SIGN_SIZE]);

/*
 * Is that the signature under any of the n keys?  Tried are the URL as it is
 * given, without its port, with its scheme's own port (senders differ there),
 * the same with each ' of the query written as %27 or back (libraries that
 * take URLs apart and put them together do that), and with its fragment.
 * Compares in constant time.
 */
bool twilio_sign_check(struct crypto_mac *const *keys, size_t n,
    const char *url, const struct form *form, const char *signature);

#endif /* TWILIO_SIGN_H */
