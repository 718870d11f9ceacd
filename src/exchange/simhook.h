/*
 * simhook.h - webhooks: built, signed as Twilio signs (gateways.md 1.7), sent
 * again as the fragment of their URL asks for, and their answers looked at.
 */
#ifndef SIMHOOK_H
#define SIMHOOK_H

#include "exchange/inside.h"

enum simhook_purpose {
	SIMHOOK_STATUS,		/* progress; the answer is only looked at */
	SIMHOOK_DOCUMENT,	/* a call waits for what to do */
	SIMHOOK_TEXT_IN,	/* somebody wrote to us */
	SIMHOOK_MEDIA,		/* what a call plays; nobody waits for it */
};

#define SIMHOOK_MAX_PAIRS 48
#define SIMHOOK_MEDIA_MAX (4 << 20)	/* bytes of a sound file */

struct simhook_pair {
	const char *name, *value;
};

struct simhook {
	uint64_t token;
	struct simhook *next;	/* among those handed out */
	enum simhook_purpose purpose;
	char *url;		/* without its fragment */
	bool get;
	const char *names[SIMHOOK_MAX_PAIRS];	/* literals */
	size_t values_at[SIMHOOK_MAX_PAIRS];
	struct buf values;	/* one after the other, each with its NUL */
	size_t n;
	char id[40];		/* I-Twilio-Idempotency-Token */
	int tries, again;	/* done; how many more are allowed */
	unsigned int again_on;
	msec connect, total;
	void *what;		/* the call or text it is about */
	uint32_t turn;
};

/* Why a URL that we are to call cannot be: a clause; NULL where it can. */
const char *simhook_bad_url(const struct exchange *x, const char *url);

/* A webhook to be filled.  url may have a fragment; a bad one is complained
 * of.  what is the call, or the text, and stays the caller's. */
struct simhook *simhook_new(struct exchange *x, msec now,
    enum simhook_purpose purpose, const char *url, bool get, void *what);

/* Add a parameter.  name must outlive the webhook: a literal. */
void simhook_add(struct simhook *h, const char *name, const char *value);

/* Put it on the agenda.  Takes it over. */
void simhook_send(struct exchange *x, struct simhook *h, msec at);

/* The same for a progress, with what goes wrong with progress.  last: no
 * further one comes for this call or text. */
void simhook_send_progress(struct exchange *x, struct simtrack *t,
    struct simhook *h, msec at, bool last);

/* Its moment has come: the request. */
void simhook_hand_out(struct exchange *x, struct simhook *h,
    struct http_request *ret);

/* exchange_delivered, in full. */
void simhook_ended(struct exchange *x, msec now, uint64_t token,
    const struct http_result *result);

void simhook_free(struct simhook *h);		/* NULL is fine */
void simhook_release_track(struct simtrack *t);

/* The signature of a URL and at most SIMHOOK_MAX_PAIRS pairs: base64, to be
 * added to ret. */
void simhook_sign(struct crypto_mac *mac, const char *url,
    const struct simhook_pair *pairs, size_t n, struct buf *ret);

#endif /* SIMHOOK_H */
