/*
 * twiml.h - the documents that a call or a text is answered with: which verbs
 * there are, what they may hold, and how long their words last.
 *
 * Stricter than Twilio, which passes over what it does not know: here an
 * unknown verb or attribute is an error, so that a rehearsal finds it.
 * Source: gateways.md 1.8.
 */
#ifndef TWIML_H
#define TWIML_H

#include "base/buf.h"
#include "base/err.h"

#define TWIML_MAX_STEPS 64
#define TWIML_INLINE_MAX 4000	/* characters of a Twiml parameter */

enum twiml_verb {
	TWIML_SAY,
	TWIML_PLAY,
	TWIML_PAUSE,
	TWIML_GATHER,
	TWIML_DIAL,
	TWIML_NUMBER,		/* in a Dial: exactly one is simulated */
	TWIML_REDIRECT,
	TWIML_HANGUP,
	TWIML_REJECT,
	TWIML_MESSAGE,
};

enum twiml_kind { TWIML_CALL, TWIML_TEXT };

/* One verb.  Those inside a Gather or a Dial follow it; nested counts them. */
struct twiml_step {
	enum twiml_verb verb;
	char *text;		/* the words, a Redirect's URL, a Number's
				 * digits; never NULL */
	msec lasts;		/* Say, Play, Pause: how long */

	/* of a Gather */
	char *action;		/* as written; NULL where it has none */
	bool get;		/* method="GET"; of a Redirect, of a Dial too */
	int digits;		/* numDigits; 0 where it has none */
	msec timeout;		/* after the nested verbs have ended */
	char finish_on[16];	/* keys that end it; "" for none */
	bool on_empty;		/* actionOnEmptyResult */
	size_t nested;

	/* of a Dial: action and timeout (of its ringing) as above */
	char *caller;		/* callerId; NULL where it has none */
	msec limit;
	char *callback;		/* of a Number: its statusCallback; or NULL */

	bool busy;		/* of a Reject: reason="busy" */
};

struct twiml {
	struct twiml_step steps[TWIML_MAX_STEPS];
	size_t n;
};

/*
 * Read a document for a call or for a text.  The error says which verb or
 * attribute is wrong.  *ret is to be released.
 */
int twiml_parse(enum twiml_kind kind, const char *bytes, size_t n,
    struct twiml *ret, struct err *e) MUST_CHECK;
void twiml_release(struct twiml *t);

/* How long it takes to say the words: some 150 a minute. */
msec twiml_speech(const char *words);

#endif /* TWIML_H */
