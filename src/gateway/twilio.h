/*
 * twilio.h - the driver of Twilio, and of every service that speaks its
 * dialect (SignalWire's compatibility API, our own exchange).
 *
 * Twilio's REST API of 2010-04-01 and TwiML, by its documentation; how others
 * differ is in the gateway's section: path_prefix, signature_header,
 * strict_sid.  Numbers in JSON are read wherever text is, and back.
 *
 *	twilio.c	requests, and the table entry
 *	twilio_read.c	answers to requests; what each error means
 *	twilio_inbox.c	texts that came in, fetched
 *	twilio_hook.c	hooks
 *	twilio_say.c	TwiML
 *	twilio_sign.c	the signature
 *
 * But for the driver itself, all of this is between those files.
 */
#ifndef TWILIO_H
#define TWILIO_H

#include "base/crypto.h"
#include "base/json.h"
#include "gateway/gateway.h"

extern const struct gateway_driver twilio_driver;

/* What a gateway of this driver keeps: the keys of its signatures. */
struct twilio {
	struct crypto_mac *keys[2];
	size_t n_keys;
};

/*
 * Twilio's documents are at most 4000 characters where they travel inside a
 * request (Calls, parameter Twiml).
 */
#define TWILIO_MAX_INLINE 4000

/* Behind every URL that we give: a hook that was not answered with a 2xx is
 * to be sent again (connection overrides; never part of a signature). */
#define TWILIO_AGAIN "#rc=5&rp=all"

/* Is it an id of that channel's attempts?  With strict_sid exactly Twilio's
 * form, else anything of at most 64 letters, digits and "-_.:". */
bool twilio_is_id(const struct gateway *g, enum channel channel,
    const char *text);

/* A status as callbacks and resources write it; -1 for one unknown. */
int twilio_read_status(enum channel channel, const char *status,
    enum progress *ret) MUST_CHECK;

/* Why an attempt failed after it was accepted: the code's class, or PASSING
 * where the code is unknown or 0; NONE for a progress that is no failure. */
enum refusal twilio_read_failure(enum progress p, int code);

/* twilio_read.c; contracts in gateway.h */
void twilio_read_submit(struct gateway *g, enum channel channel,
    const struct http_result *r, struct answer *ret);
int twilio_read_poll(struct gateway *g, enum channel channel,
    const struct http_result *r, struct found *ret, struct err *e);
int twilio_read_lookup(struct gateway *g, const struct submission *s,
    msec since, const struct http_result *r, struct found_list *ret,
    struct err *e);

/* The answer's object, or NULL with the reason; the next page's URL (NULL:
 * none), which must lead to the same server; do both hold the same digits? */
json_t *twilio_open_document(const struct http_result *r, struct err *e);
int twilio_read_next(const struct gateway *g, const json_t *doc, char **ret,
    struct err *e) MUST_CHECK;
bool twilio_same_number(const char *a, const char *b);

/* twilio_inbox.c; contracts in gateway.h */
int twilio_read_inbox(struct gateway *g, msec since,
    const struct http_result *r, struct inbox *ret, struct err *e);

/* twilio_hook.c */
/* Somebody's words as the engine gets them: UTF-8, what is none or is a NUL
 * as U+FFFD, and no more than a text can be.  The caller frees. */
char *twilio_clean_words(const char *bytes, size_t n);
/* What tells the text (id and channel are set) from every other event. */
void twilio_hash_text(const struct gateway *g, struct event *ev);
enum hook_verdict twilio_hook_read(struct gateway *g,
    const struct http_incoming *in, struct event *ret);

/*
 * twilio_say.c: the document that says the script.  Where it would be longer
 * than limit (0: none), the question is put fewer times, and then the last
 * words are left out: what is heard stays whole.
 */
void twilio_say_document(const struct gateway *g, const struct script *s,
    size_t limit, struct buf *b);
void twilio_say(struct gateway *g, const struct script *s,
    struct hook_answer *ret);
void twilio_say_acknowledge(struct gateway *g, enum event_kind kind,
    struct hook_answer *ret);

#endif /* TWILIO_H */
