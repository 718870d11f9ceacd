/*
 * inside.h - the exchange's own structs, for the files of this room only.
 *
 *	exchange.c	the whole: time, and what is due
 *	simapi.c	requests of the API: who asks, what for
 *	simcreate.c	whether a create is what Twilio would take
 *	simshow.c	calls and texts as JSON, lists
 *	simcall.c	a call from queue to end
 *	simwalk.c	the document of a call, walked with the person's keys
 *	simdial.c	and the call to whom somebody is put through to
 *	simtext.c	a text, out and in
 *	simhook.c	webhooks: built, signed, sent again
 *	simcontrol.c	/exchange/: scripts, events, faults, ledger
 */
#ifndef EXCHANGE_INSIDE_H
#define EXCHANGE_INSIDE_H

#include "base/crypto.h"
#include "base/json.h"
#include "exchange/agenda.h"
#include "exchange/exchange.h"
#include "exchange/person.h"
#include "exchange/scenario.h"
#include "exchange/twiml.h"
#include "net/form.h"

#define SID_SIZE 35	/* two letters, 32 digits, a NUL */
#define API_VERSION "2010-04-01"

/* What is on the agenda. */
enum inside_kind {
	INSIDE_HOOK,		/* a struct simhook is to be sent */
	INSIDE_CALL,		/* a struct simcall goes on */
	INSIDE_TEXT,		/* a struct simtext goes on */
	INSIDE_LINE,		/* a struct scenario_line happens */
	INSIDE_REPLY,		/* a struct inside_reply is written */
	INSIDE_RING,		/* a struct inside_ring rings us */
};

/* Somebody will write to us. */
struct inside_reply {
	struct person *from, *to;
	char *body;
};

/* Somebody will ring us. */
struct inside_ring {
	struct person *from, *to;
	struct habit habit;
};

/* How what was created tells its progress, and what goes wrong with that. */
struct simtrack {
	char *url;		/* StatusCallback, with its fragment; or NULL */
	bool get;
	bool missing, final_missing, reversed;
	msec twice, late;	/* 0: not */
	msec listed;		/* shown in lists from here */
	struct simhook **held;	/* reversed: until the last one */
	size_t n_held, cap_held;
};

/* A create, or what became of it: what the ledger lists. */
struct simentry {
	msec at;
	bool text;
	const char *to, *from;		/* interned in people */
	char *callback;
	char ref[48];
	struct simcall *made_call;
	struct simtext *made_text;
	int code;
	enum fault_kind fault;
};

struct exchange {
	char *account_sid, *auth_token, *api_key_sid, *path_prefix;
	char *text_url, *call_url, *call_end_url, *ca_file;
	char *basic[2];		/* what Authorization may be; NULL */
	struct crypto_mac *mac;
	int calls_per_second, texts_per_second;
	bool keeps_opt_outs, loopback_only;
	bool (*habit)(void *, const char *, bool, msec, struct habit *);
	void *habit_arg;

	struct random random;	/* for faults, and for ids */
	char sid_middle[25];	/* the same in all our ids */
	struct agenda agenda;
	struct people people;
	struct person **numbers;	/* the account's */
	size_t n_numbers, cap_numbers;
	bool learns_numbers;
	struct person *used[2];	/* ours, last used for calls, for texts */
	struct fault_list faults;

	struct simcall **calls;
	size_t n_calls, cap_calls;
	struct simtext **texts;
	size_t n_texts, cap_texts;
	msec next_dial, next_text;

	struct simhook *out;	/* webhooks that were handed out */
	uint64_t n_hooks;	/* made so far: tokens */
	size_t waiting;		/* on the agenda and not out of date */

	struct simentry *entries;
	size_t n_entries, cap_entries;
	char **complaints;
	size_t n_complaints, cap_complaints;
	struct exchange_count count;
};

/* The caller made a mistake. */
void exchange_complain(struct exchange *x, msec now, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* An id: the kind's two letters, and what it is the how-manieth of. */
void exchange_sid(const struct exchange *x, const char *kind, size_t nth,
    char ret[SID_SIZE]);

/* Is the number one of the account's?  Where it learns them: it is now. */
bool exchange_owns(struct exchange *x, const char *number);

/* The number of ours that is rung or written to where none is named; NULL
 * where we have none yet. */
struct person *exchange_own_number(struct exchange *x, bool text);

/*
 * What does this person do about what is being made?  All drawn.  body is a
 * text's; NULL for a call.  People reply only to a text that asks: one with a
 * question mark or the word "reply".  Others are delivered (or not), and are
 * not counted among their texts.
 */
void exchange_ask_habit(struct exchange *x, msec now, struct person *who,
    const char *body, struct habit *ret);

/* RFC 5322 in UTC: "Thu, 24 Aug 2023 05:01:45 +0000"; zone is "+0000" or
 * "GMT". */
#define INSIDE_DATE_SIZE 40
const char *exchange_date(msec at, const char *zone,
    char ret[INSIDE_DATE_SIZE]);

/* Draw what goes wrong with the progress of what is being created. */
void exchange_draw_track(struct exchange *x, msec now, bool text,
    const char *number, struct simtrack *t);

#endif /* EXCHANGE_INSIDE_H */
