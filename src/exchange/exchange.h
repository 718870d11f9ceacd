/*
 * exchange.h - the simulated telephone exchange: Twilio's API of 2010-04-01
 * in front, seeded people behind.
 *
 * A model and no server: it is told the time, opens no connection and reads
 * no clock.  The same code stands behind HTTP in ringround-exchange and runs
 * in process under virtual time.  It never knows who talks to it.
 *
 * It answers what it is asked (exchange_request), says when it next has
 * something to do (exchange_next), hands out the webhooks that are due
 * (exchange_due) and is told how each ended (exchange_delivered).  It refuses
 * what Twilio refuses.  What only a mistake of the caller can cause is also
 * kept as a complaint, so that a test or a rehearsal can ask for there to be
 * none.  Source: gateways.md 1.1 to 1.8.
 *
 * Same options, same requests at the same instants: the same run.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "exchange/fault.h"
#include "exchange/habit.h"
#include "net/http.h"

struct exchange;

/* Copied by exchange_new.  A zeroed struct with the first two is enough. */
struct exchange_options {
	const char *account_sid;
	const char *auth_token;		/* signs the webhooks too */
	const char *api_key_sid;	/* NULL: only account and token */
	const char *api_key_secret;
	const char *path_prefix;	/* before /2010-04-01; NULL: nothing */
	uint64_t seed;
	int calls_per_second;		/* 0: one; further ones queue */
	int texts_per_second;		/* 0: ten */

	/* the fields of the console; NULL where nothing is set; of texts "":
	 * on purpose, they are asked for in the list */
	const char *text_url;
	const char *call_url;
	const char *call_end_url;

	/* who vouches for https hooks: a file of certificates; NULL: those
	 * that the system trusts */
	const char *ca_file;

	/* the account's numbers, E.164; where there are none, whatever is
	 * used as From becomes one */
	const char *const *numbers;
	size_t n_numbers;

	bool keeps_opt_outs;	/* STOP is answered by the exchange itself */
	bool loopback_only;	/* refuses webhooks to any other host */

	/*
	 * Where set, asked before a script or the mix: what does this person
	 * do about the call made just now, or the text that asks (has
	 * a question mark or the word "reply")?  false leaves it to them.
	 * Lengths of time may be HABIT_DRAWN.
	 */
	bool (*habit)(void *arg, const char *number, bool text, msec now,
	    struct habit *ret);
	void *habit_arg;
};

struct exchange *exchange_new(const struct exchange_options *o);
void exchange_free(struct exchange *x);		/* NULL is fine */

/* What the caller sees on the wire. */
enum exchange_fate {
	EXCHANGE_ANSWERS,
	EXCHANGE_UNREACHABLE,	/* nobody accepted the connection */
	EXCHANGE_DROPS,		/* the connection ends without an answer */
	EXCHANGE_HANGS,		/* no answer ever comes */
};

struct exchange_answer {
	enum exchange_fate fate;
	msec later;		/* the answer leaves so much later */
	int status;
	struct http_fields fields;
	struct buf body;
};
void exchange_answer_release(struct exchange_answer *a);

/* Answer one request: the API's, or below /exchange/ (see simcontrol.h). */
void exchange_request(struct exchange *x, msec now,
    const struct http_incoming *in, struct exchange_answer *ret);

/* When something happens next; NEVER where nothing will by itself. */
msec exchange_next(struct exchange *x);

/*
 * Let happen what is due, up to the next webhook that is to be sent: true,
 * with the request and the token to give back with its end.  False where
 * nothing more is due at now.  To be called until it says false.
 */
bool exchange_due(struct exchange *x, msec now, struct http_request *ret,
    uint64_t *ret_token);
void exchange_delivered(struct exchange *x, msec now, uint64_t token,
    const struct http_result *result);

/* Nothing is planned and no webhook is out. */
bool exchange_idle(const struct exchange *x);

/* Lines of a scenario (scenario.h); all or none.  The error names the line. */
int exchange_script(struct exchange *x, msec now, const char *lines,
    struct err *e) MUST_CHECK;

/* Somebody writes to us, or rings us, now.  from may be "withheld"; to may be
 * "", which is the number of ours that was used last. */
void exchange_text_in(struct exchange *x, msec now, const char *from,
    const char *to, const char *body);
void exchange_ring_in(struct exchange *x, msec now, const char *from,
    const char *to, const struct habit *h);

/* Faults by level: see fault_level.  Replaces those that were there. */
void exchange_fault_level(struct exchange *x, msec now, int level);

/* One create as it was received, in the order in which they came. */
struct exchange_entry {
	msec at;
	bool text;
	const char *to, *from;	/* "" where missing or nonsense */
	const char *callback;	/* StatusCallback, without its fragment; "" */
	const char *ref;	/* "a" of the callback's query; "" */
	const char *sid;	/* "" where it was not created */
	const char *status;	/* of what was created, now; "" */
	const char *keys;	/* given in a call, in turn */
	int code;		/* why it was refused; 0 */
	const char *fault;	/* what went wrong on the way, or "none" */
};
size_t exchange_ledger_count(const struct exchange *x);
void exchange_ledger_get(const struct exchange *x, size_t i,
    struct exchange_entry *ret);

/* What the caller did wrong; "code 21211: ..." */
size_t exchange_complaint_count(const struct exchange *x);
const char *exchange_complaint(const struct exchange *x, size_t i);

/* How it went so far. */
struct exchange_count {
	uint64_t calls, texts;		/* created */
	uint64_t refused;		/* creates refused */
	uint64_t lookups;
	uint64_t calls_in, texts_in;	/* to us */
	uint64_t through;	/* calls that somebody was put through by */
	uint64_t webhooks, webhooks_failed;	/* sent; of these not 2xx */
	uint64_t media;			/* sounds that were had, to play */
	uint64_t faults;
};
void exchange_count(const struct exchange *x, struct exchange_count *ret);

#endif /* EXCHANGE_H */
