/*
 * gateway.h - the telephony service behind HTTP, as pure functions of bytes.
 *
 * A driver speaks one service's dialect.  It builds requests and reads
 * answers and hooks; it opens no connection, keeps no attempt, reads no clock
 * and knows neither the ledger nor the engine.  A new gateway is one new file
 * with a struct gateway_driver, and a line in the table in gateway.c.
 *
 * The hooks of a gateway are paths under /hook/NAME/ of the public URL.  What
 * a hook needs to come back to us (the attempt's unguessable ref) stands in
 * the URL that we gave to the gateway: correlation never depends on numbers.
 */
#ifndef GATEWAY_H
#define GATEWAY_H

#include "config/config.h"
#include "net/http.h"
#include "rules/state.h"

#define GATEWAY_REF_SIZE 33	/* 32 characters a-z 2-7, and a NUL */
#define GATEWAY_ID_SIZE 65

struct gateway;		/* one [gateway] section, and its driver's keys */

/* Some words, spoken by the gateway or played from a recording. */
struct phrase {
	const char *words;		/* "" or NULL: nothing */
	/* Where under our public URL the recording is; "": it is spoken. */
	char audio[CONFIG_PLAY_SIZE];
};

/*
 * What is said in a call: first words, then perhaps a question that takes one
 * key, asked again on silence, and last words if no key came.  The key (or
 * the silence) comes back as EVENT_KEY with the ref and the turn.  After the
 * words of a script without a question the call is ended.
 */
struct script {
	struct phrase last;	/* the last words to somebody else before */
	struct phrase before;
	struct phrase ask;	/* words NULL: no question */
	int prompts;		/* how often the question is put */
	struct phrase after;	/* said where the silence cannot be reported;
				 * without a question: behind the first words */
	char ref[GATEWAY_REF_SIZE]; /* of the attempt, or of the call back */
	int turn;		/* which question of this call it is */
	const char *language;	/* "en" */
	const char *voice;	/* NULL: the gateway's own */
	int speed;		/* of the voice, in percent; 0: its own */

	/* Or: whoever listens is put through to this number (E.164; NULL: to
	 * nobody) after the first words, and we are the caller there too. How
	 * that ended comes back as EVENT_THROUGH. */
	const char *through;
	msec ring, lasts;	/* of that, unscaled */
};

/* One attempt to be made. */
struct submission {
	char ref[GATEWAY_REF_SIZE];
	enum channel channel;
	const char *to;			/* E.164 */
	const char *text;		/* of a text */
	const struct script *script;	/* of a call */
	msec ring;			/* of a call, unscaled */
	msec lasts;	/* of a call, at the most; 0: as the driver has it */
	msec valid; /* of a text: for how long it is wanted */
};

/* Why a gateway did not take an attempt; decides what the ledger says. */
enum refusal {
	REFUSAL_NONE,
	REFUSAL_BAD_NUMBER,	/* this number, for good */
	REFUSAL_NOT_TEXTABLE,	/* a landline: texts never, calls perhaps */
	REFUSAL_OPTED_OUT,	/* the person told the gateway STOP */
	REFUSAL_BLOCKED,	/* filtered, barred, not routable */
	REFUSAL_SETUP,		/* our account, token or sender: nobody can be
				 * reached until an administrator mends it */
	REFUSAL_OURS,		/* a request that we should not have made */
	REFUSAL_PASSING,	/* unreachable just now: the next step tries */
};

enum answer_kind {
	ANSWER_ACCEPTED,	/* it has it: gateway_id is its name there */
	ANSWER_REFUSED,		/* it does not have it; refusal says why */
	ANSWER_LATER,		/* it does not have it, ask again (429) */
	ANSWER_NOT_SENT,	/* no byte left: ask again */
	ANSWER_UNCERTAIN,	/* it may have it */
};

struct answer {
	enum answer_kind kind;
	enum refusal refusal;
	int code;			/* the gateway's own, 0 for none */
	char gateway_id[GATEWAY_ID_SIZE];
	msec gateway_date;		/* its own clock (Date), 0 for none */
	msec wait;			/* Retry-After, 0 for none */
	char detail[128];		/* for the record; nothing personal */
};

/* How far an attempt has come, by the gateway's word.  Rank never goes down:
 * see gateway_progress_rank. */
enum progress {
	PROGRESS_QUEUED,
	PROGRESS_UNDER_WAY,	/* initiated, sending */
	PROGRESS_RINGING,
	PROGRESS_SENT,		/* a text that left; no proof of anything */
	PROGRESS_ANSWERED,	/* the line was picked up, by whomever */
	PROGRESS_DELIVERED,
	PROGRESS_COMPLETED,	/* a call that was answered has ended */
	PROGRESS_BUSY,
	PROGRESS_NO_ANSWER,
	PROGRESS_FAILED,	/* see refusal */
	PROGRESS_UNDELIVERED,
	PROGRESS_CANCELLED,
};
int gateway_progress_rank(enum progress p);	/* 0 .. 4; 4 is final */

enum event_kind {
	EVENT_PROGRESS,	/* an attempt has come so far */
	EVENT_KEY,	/* a key, or the silence after a question */
	EVENT_TEXT,	/* somebody wrote to us */
	EVENT_RING,	/* somebody rings us: a script is wanted */
	EVENT_RING_END,	/* a call to us has ended */
	EVENT_THROUGH,	/* how it went where somebody was put through */
	EVENT_UNKNOWN,	/* signed, but nothing that we know */
};

/* One thing that a gateway told us.  Owns its text. */
struct event {
	enum event_kind kind;
	enum channel channel;
	char ref[GATEWAY_REF_SIZE];	/* "" where the hook carries none */
	int turn;			/* EVENT_KEY */
	char key; /* '0'-'9', '*', '#', or 0 for silence */
	char gateway_id[GATEWAY_ID_SIZE];
	enum progress progress;
	int sequence;			/* of a call's progress; -1 for none */
	enum refusal refusal;
	int code;
	bool machine; /* a hint only, never an outcome's proof */
	bool opt_out, opt_in, opt_help;	/* the gateway has answered itself */
	char from[40], to[40];		/* as sent, also "anonymous" and such:
					 * number_normalise_inbound reads it */
	char *text;			/* EVENT_TEXT; UTF-8, NULs replaced */
	uint8_t hash[32];		/* of what identifies it, see below */
	char *raw;			/* EVENT_UNKNOWN: what came, capped */
	msec came;		/* by the gateway's clock; 0: just now */
};
void event_release(struct event *e);

/* Texts that came in, as the gateway's list shows them. */
struct inbox {
	struct event *items;	/* EVENT_TEXT, each with came and hash */
	size_t n, cap;
	size_t unread;		/* entries that make no sense */
	bool complete;		/* it reaches back to the instant asked */
	msec newest;		/* of what it shows, by the gateway's clock */
	msec date;		/* that clock when it answered; 0 */
	char *next;		/* the next page's URL, NULL for none */
};
void inbox_release(struct inbox *b);

/* What an answer to a hook is to be. */
enum hook_verdict {
	HOOK_EVENT,	/* *ret is filled */
	HOOK_FORGED,	/* no or a wrong signature: 403 */
	HOOK_BAD,	/* not the form of a hook: 400 */
	HOOK_NO_SUCH,	/* no such path: 404 */
};

/* A document that answers a hook. */
struct hook_answer {
	int status;		/* 200 or 204 */
	const char *content_type;
	struct buf body;
};

/* One attempt as a look-up shows it. */
struct found {
	char gateway_id[GATEWAY_ID_SIZE];
	enum progress progress;
	enum refusal refusal;
	int code;
	msec created;		/* by the gateway's clock; 0 where unknown */
	bool ours;		/* outbound, and with the text that we sent */
};

struct found_list {
	struct found items[100];
	size_t n;
	bool complete;		/* the list reaches back to the instant asked */
	char *next;		/* the next page's URL, NULL for none; a
				 * caller bounds how many it follows */
};

/* What a driver is; see gateway.c for the table and twilio.c for the first.
 * The three paths are what stands behind /hook/NAME/ in the URLs for the
 * gateway's console, NULL where it has no such field. */
struct gateway_driver {
	const char *name;
	const char *console_text, *console_call, *console_call_end;
	int (*open)(struct gateway *g, struct err *e);
	void (*close)(struct gateway *g);
	void (*submit)(struct gateway *g, const struct submission *s,
	    struct http_request *ret);
	void (*read_submit)(struct gateway *g, enum channel channel,
	    const struct http_result *r, struct answer *ret);
	void (*poll)(struct gateway *g, enum channel channel,
	    const char *gateway_id, struct http_request *ret);
	int (*read_poll)(struct gateway *g, enum channel channel,
	    const struct http_result *r, struct found *ret, struct err *e);
	void (*lookup)(struct gateway *g, const struct submission *s,
	    msec since, struct http_request *ret);
	int (*read_lookup)(struct gateway *g, const struct submission *s,
	    msec since, const struct http_result *r, struct found_list *ret,
	    struct err *e);
	void (*lookup_next)(struct gateway *g, const char *next,
	    struct http_request *ret);
	void (*inbox)(struct gateway *g, struct http_request *ret);
	int (*read_inbox)(struct gateway *g, msec since,
	    const struct http_result *r, struct inbox *ret, struct err *e);
	enum hook_verdict (*read_hook)(struct gateway *g,
	    const struct http_incoming *in, struct event *ret);
	void (*say)(struct gateway *g, const struct script *s,
	    struct hook_answer *ret);
	void (*acknowledge)(struct gateway *g, enum event_kind kind,
	    struct hook_answer *ret);
};

/*
 * A gateway from its section.  public_url is where its hooks come to.
 * Refers to conf, which must outlive it.  NULL with *e where the driver is
 * unknown or the section lacks what it needs.
 */
struct gateway *gateway_open(const struct config_gateway *conf,
    const char *public_url, struct err *e) MUST_CHECK;
void gateway_close(struct gateway *g);	/* NULL is fine */

const struct config_gateway *gateway_conf(const struct gateway *g);

/* A request that makes the attempt; it is marked to be sent at most once. */
void gateway_submit(struct gateway *g, const struct submission *s,
    struct http_request *ret);
void gateway_read_submit(struct gateway *g, enum channel channel,
    const struct http_result *r, struct answer *ret);

/* A request for what became of an accepted attempt, and its answer.  -1 where
 * the answer tells nothing (the attempt stays as it is). */
void gateway_poll(struct gateway *g, enum channel channel,
    const char *gateway_id, struct http_request *ret);
int gateway_read_poll(struct gateway *g, enum channel channel,
    const struct http_result *r, struct found *ret, struct err *e) MUST_CHECK;

/*
 * A request that lists what the gateway made for this number since an instant
 * of the gateway's own clock; for attempts whose create we are not sure of.
 * found_list.next leads to further pages: the caller follows it with
 * gateway_lookup_next.  -1 where the answer is no listing.
 */
void gateway_lookup(struct gateway *g, const struct submission *s, msec since,
    struct http_request *ret);
void gateway_lookup_next(struct gateway *g, const char *next,
    struct http_request *ret);
int gateway_read_lookup(struct gateway *g, const struct submission *s,
    msec since, const struct http_result *r, struct found_list *ret,
    struct err *e) MUST_CHECK;
void found_list_release(struct found_list *l);

/*
 * A request that lists the texts which came in for our number, and a page of
 * the answer: what came since an instant of the gateway's own clock is added
 * to ret, newest first.  ret.next leads on, by gateway_lookup_next.  A text
 * that a hook has told too has the same hash.  -1 where the answer is no such
 * list; ret is then as it was.
 */
void gateway_inbox(struct gateway *g, struct http_request *ret);
int gateway_read_inbox(struct gateway *g, msec since,
    const struct http_result *r, struct inbox *ret, struct err *e) MUST_CHECK;

/* What the gateway's own clock showed when it answered; 0 where unknown. */
msec gateway_date(const struct http_result *r);

/*
 * Read a hook: check its signature first, over the configured public URL and
 * exactly what came, in constant time; then what it says.  event.hash tells a
 * repeated delivery: equal for the same event told twice, different for any
 * two events.
 */
enum hook_verdict gateway_read_hook(struct gateway *g,
    const struct http_incoming *in, struct event *ret);

/* The answers to hooks: a script for a call, or a plain acknowledgement. */
void gateway_say(struct gateway *g, const struct script *s,
    struct hook_answer *ret);
void gateway_acknowledge(struct gateway *g, enum event_kind kind,
    struct hook_answer *ret);
void hook_answer_release(struct hook_answer *a);

/* The URLs that go into the fields of the gateway's console: what to do with
 * a text that comes in, a call that comes in, and the end of such a call.
 * NULL where the gateway has no such field, or is asked instead.  The caller
 * frees. */
char *gateway_console_text(const struct gateway *g);
char *gateway_console_call(const struct gateway *g);
char *gateway_console_call_end(const struct gateway *g);

const char *refusal_name(enum refusal r);	/* NULL for none */
const char *progress_name(enum progress p);

/* For the drivers: what every gateway has. */
struct gateway {
	const struct config_gateway *conf;
	const char *public_url;
	const struct gateway_driver *driver;
	void *data;		/* the driver's own */
};

/* The URL of a hook of this gateway: tail is what stands behind /hook/NAME/,
 * with its query.  The caller frees. */
char *gateway_hook_url(const struct gateway *g, const char *tail);

/* What stands behind /hook/NAME/ in a path, where NAME is this gateway's;
 * else NULL. */
const char *gateway_hook_tail(const struct gateway *g, const char *path);

#endif /* GATEWAY_H */
