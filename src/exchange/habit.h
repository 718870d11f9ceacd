/*
 * habit.h - what a simulated person does about one call or one text, as data
 * that a line of a scenario says.
 *
 * Of a call:
 *	key KEYS...       answers, and gives one key a question, in turn;
 *	                  "-" lets a question pass: key 1, key 9 1, key - 1
 *	silent            answers, gives no key, listens to the end
 *	hang-up           answers and hangs up after three seconds
 *	voicemail         a machine answers
 *	no-answer, busy
 *	off               the telephone is switched off
 *	no-such           there is no such number
 *	refused [CODE]    the exchange refuses the create (21211)
 * and behind it
 *	after TIME        so long it rings before it is answered
 *	late              the keys come after the question has timed out
 *	stays TIME        hangs up so long after answering
 *	rings-back TIME [key KEYS...]
 *	                  rings us so long after a call without a key
 * Of a text:
 *	reply "WORDS"     {code} is the word that followed YES or reply OK in
 *	                  the text (one without is not replied to)
 *	silent            it is delivered, no more
 *	stop              replies STOP
 *	sent              it never gets a receipt
 *	undelivered [CODE], failed [CODE], refused [CODE]
 * and behind it
 *	after TIME        so long after the delivery the reply is written
 *	delivered TIME    so long the delivery takes
 *	rings-back TIME [key KEYS...]
 * What is left open is drawn by the person's own chance.
 */
#ifndef HABIT_H
#define HABIT_H

#include "base/err.h"
#include "base/random.h"

#define HABIT_KEYS_SIZE 16
#define HABIT_REPLY_SIZE 512
#define HABIT_DRAWN (-1)	/* a length of time that is still to be drawn */

enum habit_kind {
	/* of a call */
	HABIT_ANSWERS,
	HABIT_VOICEMAIL,
	HABIT_NO_ANSWER,
	HABIT_BUSY,
	HABIT_OFF,
	HABIT_NO_SUCH,
	/* of a text */
	HABIT_DELIVERED,
	HABIT_SENT,
	HABIT_UNDELIVERED,
	HABIT_FAILED,
	/* of both */
	HABIT_REFUSED,
};

struct habit {
	enum habit_kind kind;
	int code;		/* of no-such, refused, undelivered, failed */
	msec after;		/* before answering, or before replying */
	msec stays;		/* NEVER: to the end */
	msec delivery;
	char keys[HABIT_KEYS_SIZE];
	bool late;
	msec rings_back;	/* NEVER: does not */
	char back_keys[HABIT_KEYS_SIZE];
	char reply[HABIT_REPLY_SIZE];	/* "" for none */
};

/*
 * Read one habit from words (text false: of a call).  Quoted words have lost
 * their quotes.  Everything left open is HABIT_DRAWN.
 */
int habit_parse(bool text, const char *const *words, size_t n,
    struct habit *ret, struct err *e) MUST_CHECK;

/* One of the built-in mix: most answer and press 1, a few do each of the
 * other things. */
void habit_draw(bool text, struct random *r, struct habit *ret);

/* Draw what is still open. */
void habit_settle(struct habit *h, struct random *r);

#endif /* HABIT_H */
