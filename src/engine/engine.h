/*
 * engine.h - joins rules, ledger and gateway: planner, dispatcher, replies,
 * follow-up.  It is told the time and never asks it.
 *
 * The engine works in turns.  Whatever happened since the last one (a hook, a
 * gateway's answer, a command, a new configuration) was posted as a struct
 * turn_event; engine_turn() handles them all and then everything that fell
 * due, in ONE transaction of the ledger.  When that has committed, the effects
 * that were held back are released through struct engine_ops, and each event
 * is told its fate.  Where the commit fails nothing is released.
 *
 * The owner (the daemon, or the simulator under virtual time) calls
 * engine_turn() whenever events were posted or engine_wake() has come.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "base/random.h"
#include "config/config.h"
#include "gateway/gateway.h"
#include "ledger/ledger.h"
#include "rules/script.h"

struct engine;

/* What the engine lets out, each only after the commit that it depends on.
 * None of them may call back into the engine before it returns; what becomes
 * of each is posted as an event.  Everything passed is copied by the callee. */
struct engine_ops {
	/* Make the attempt: answered by engine_post_answer. */
	void (*submit)(void *arg, struct gateway *g,
	    const struct submission *s);
	/* What became of it: answered by engine_post_poll. */
	void (*poll)(void *arg, struct gateway *g, const char *ref,
	    enum channel channel, const char *gateway_id);
	/* Was it made at all, since then by our own clock (the gateway's may
	 * differ: the answer's Date tells): answered by engine_post_lookup. */
	void (*lookup)(void *arg, struct gateway *g,
	    const struct submission *s, msec since);
	/* List the texts that came in since then by the gateway's clock (0:
	 * the first time, of a few minutes): answered by engine_post_inbox. */
	void (*inbox)(void *arg, struct gateway *g, msec since);
	/* Send an e-mail: answered by engine_post_mail. */
	void (*mail)(void *arg, int64_t notice, const char *to,
	    const char *subject, const char *text);
	/* Ask the address, so that somebody else knows that all is well: its
	 * answer matters to nobody here. */
	void (*beat)(void *arg, const char *url);
	void *arg;
};

/* How an event of a turn ended. */
enum turn_fate {
	TURN_KEPT,	/* on disk */
	TURN_REFUSED, /* it failed by itself and was undone; the rest stands */
	TURN_LOST,	/* the commit failed: as if it had never come */
};

/*
 * One thing that happened.  The owner embeds it as the first member of a
 * struct of its own.  handle runs inside the turn, in a SAVEPOINT of its own:
 * -1 undoes what it wrote and let out, with the reason in *e.  done runs after
 * the commit and frees it; e is the reason of a refusal or loss.  With again
 * set, an event whose turn was lost stays and is handled in the next one.
 *
 * Most refusals are an answer to somebody who asked.  An event that nobody can
 * ask again has tell_apart: where it fails by itself it is set aside in the
 * ledger, under a kind, a name, and the content that a human needs to do it by
 * hand.  Then amend (NULL: none) has the last word; again: the same was set
 * aside before.  1 it is dealt with for good and counts as kept, 0 it is
 * refused, -1 the turn is lost.
 */
struct turn_event {
	int (*handle)(struct engine *en, struct turn_event *ev, msec now,
	    struct err *e);
	void (*done)(struct turn_event *ev, enum turn_fate fate,
	    const struct err *e);
	bool again;
	const char *(*tell_apart)(const struct turn_event *ev,
	    struct buf *subject, struct buf *content);	/* may be NULL */
	int (*amend)(struct engine *en, struct turn_event *ev, bool again,
	    msec now, struct err *e);
	struct turn_event *next;	/* the engine's */
};

/*
 * An engine on an open ledger.  conf stays the caller's until engine_reload
 * replaces it; ops and random are used until the engine is freed.  Opens the
 * gateways of conf.  Attempts that the ledger holds as sending become
 * uncertain in the first turn.
 */
struct engine *engine_new(struct ledger *l, const struct config *conf,
    const struct engine_ops *ops, struct random *random,
    struct err *e) MUST_CHECK;
void engine_free(struct engine *en);	/* NULL is fine */

/* In a rehearsal the engine's clock runs so many times as fast as the network
 * does: what waits for an answer on the wire waits so much longer. */
void engine_set_rate(struct engine *en, int rate);

/* The next instant at which engine_turn has something to do; NEVER. */
msec engine_wake(const struct engine *en);

/* Handle what was posted and what fell due.  The fate is the ledger's: after
 * LEDGER_BUSY or LEDGER_FAILED call again later; after LEDGER_BROKEN end. */
enum ledger_fate engine_turn(struct engine *en, msec now, struct err *e);

/* Is anything posted, and is there more due than one turn takes? */
bool engine_has_work(const struct engine *en);
/* How many events were ever posted: has one been since? */
uint64_t engine_posted(const struct engine *en);

/* Let nothing new out from now on: the owner is about to end.  What comes in
 * is still taken. */
void engine_drain(struct engine *en);

void engine_post(struct engine *en, struct turn_event *ev);

/* What the gateways answered.  found is NULL where the request failed or the
 * answer told nothing.  All are copied. */
void engine_post_answer(struct engine *en, const char *ref,
    const struct answer *a);
void engine_post_poll(struct engine *en, const char *ref,
    const struct found *found);
void engine_post_lookup(struct engine *en, const char *ref,
    const struct found_list *found);

/*
 * What was listed of a gateway's inbox, all pages that were read; its texts
 * are taken over.  fault NULL: nothing was left out, else why; also then what
 * was read is heard.
 */
void engine_post_inbox(struct engine *en, const char *gateway,
    struct inbox *taken, const char *fault);

enum post_fate { POST_ACCEPTED, POST_REFUSED, POST_LATER };
void engine_post_mail(struct engine *en, int64_t notice, enum post_fate fate,
    const char *detail);

/*
 * A hook's event (taken over: its text is freed).  When the turn has ended,
 * answered is called: with the document for the gateway, or with NULL where
 * it is to be told to come again (503).
 */
void engine_post_event(struct engine *en, struct gateway *g,
    struct event *taken,
    void (*answered)(void *arg, const struct hook_answer *answer), void *arg);

/* The gateway of that name in the configuration in force; NULL if none. */
struct gateway *engine_gateway(struct engine *en, const char *name);
const struct config *engine_config(const struct engine *en);
struct ledger *engine_ledger(struct engine *en);

/*
 * Whom of the ledger's live people a new configuration would drop: who is not
 * in it, or not live.  All zero to begin with; ids is the caller's to release.
 */
struct engine_gone {
	int gone, live;		/* of so many */
	struct buf ids;		/* "ada, bob": as far as an e-mail has room */
	int named;		/* there */
	char last[LEDGER_NAME_SIZE];	/* who was counted */
};

/* Count on, inside a turn, as many as a turn bears: 1 there are more, 0 that
 * was all, -1. */
int engine_count_gone(struct engine *en, const struct config *conf,
    struct engine_gone *g, struct err *e) MUST_CHECK;
/* "ada, bob and 7 more", the ids in so much room. */
void engine_name_gone(const struct engine_gone *g, size_t room,
    struct buf *ret);

/*
 * Swap the configuration, inside a turn (a reload command's handle): opens
 * the new gateways; that turn and those after it, a part each, end what is no
 * longer wanted and plan the days anew.  On success the engine uses conf from
 * then on, and the one before may be freed after the turn, if it is kept;
 * where it is lost the old one stays in force.
 * Refused where it would drop more than five and more than 5 % of the live
 * people, as counted to the end in gone, and accept_removals is smaller than
 * their number: the reason says the number, and names the first of them.
 */
int engine_reload(struct engine *en, const struct config *conf,
    const struct engine_gone *gone, int accept_removals,
    struct err *e) MUST_CHECK;

/* A load that was refused: recorded, and the coordinators get the mistakes by
 * e-mail.  Inside a turn. */
int engine_load_refused(struct engine *en, const char *digest, int mistakes,
    const char *text, msec now, struct err *e) MUST_CHECK;

/* The clock was set forward (or, below 0, back) by so much, as the owner sees
 * by another that nobody sets.  Recorded; the coordinators are told where it
 * is much.  Inside a turn. */
int engine_clock_stepped(struct engine *en, msec by, msec now,
    struct err *e) MUST_CHECK;

/* ---- what humans decide; each inside a turn ----------------------------- */

/* who is a volunteer's id (or an administrator's user name), from is "text",
 * "socket" or "page". */
int engine_claim(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e) MUST_CHECK;
int engine_decline(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e) MUST_CHECK;
/* To a volunteer's id, first name or name.  Who has it keeps it until the
 * receiver claims it; where they do not in its claim_by it goes on. */
int engine_hand_over(struct engine *en, const char *code, const char *to,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;
int engine_release(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e) MUST_CHECK;

/* How a flag ended, as a human says it; what is not known is NULL, 0 and the
 * "none" of its list.  REFERRED needs referred_to; HOSPITAL and DECEASED end
 * all contact at once, and the coordinators are told. */
struct resolution {
	enum disposition disposition;
	enum false_alarm false_alarm;
	const char *spoken_to;		/* "her son"; NULL: the person */
	msec contact_at;		/* when; 0: now */
	const char *referred_to;	/* "the GP" */
	localdate away_until;		/* they said so: not asked until then,
					 * that day included; 0 for none */
	const char *note;
};
int engine_resolve(struct engine *en, const char *code, const char *who,
    const char *from, const struct resolution *r, msec now,
    struct err *e) MUST_CHECK;

/*
 * Who is not to be asked, beside what the files say: the stricter holds.  AWAY
 * and PAUSED need a last day (included, not gone by, at most a year ahead);
 * the others begin today and have none.  A person's check-ins of those days
 * are cancelled.  flag 0: it does not come from one.
 */
struct absence_terms {
	enum absence kind;
	localdate first, last;		/* 0: today; 0: no end */
	int64_t flag;
	const char *note;		/* may be NULL */
};
int engine_away(struct engine *en, const char *participant,
    const struct absence_terms *t, const char *who, const char *from,
    msec now, struct err *e) MUST_CHECK;
/* They are back, and asked again from their next slot on: ends what is in
 * force today, or else what is still to come.  Only another person's word
 * ends a stay in hospital, only a coordinator's DECEASED. */
int engine_back(struct engine *en, const char *participant, const char *who,
    const char *from, msec now, struct err *e) MUST_CHECK;

/* Have a test call or text made ("call", "text", "": the person's own way), so
 * that they can become live: see trial.c.  Only for a coordinator. */
int engine_try(struct engine *en, const char *participant, const char *by,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;

/* round "" is all. */
int engine_hold(struct engine *en, const char *round, const char *reason,
    const char *who, msec now, struct err *e) MUST_CHECK;
int engine_resume(struct engine *en, const char *round, const char *who,
    msec now, struct err *e) MUST_CHECK;

/* What was done about a flag.  Texts are never NULL; what does not belong to
 * the kind is not looked at. */
struct noted {
	enum note kind;
	int contact;			/* from 1 */
	enum script_item item;
	enum script_decision decision;
	msec until;	/* OUT: back by; DECIDED: when to ask again */
	const char *with;		/* OUT: who goes along */
	const char *agency, *reference;	/* DECIDED */
	const char *words;		/* DECIDED: what they will do */
};
int engine_note(struct engine *en, const char *code, const struct noted *n,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;

/* Somebody says by name that the person is well ("her son Paul"): confirmed
 * by a human, and the flag that this ends is resolved as safe. */
int engine_confirm(struct engine *en, const char *participant, const char *by,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;

/* Ask one of the person's contacts (from 1) by text to ring them: only where
 * both have agreed to it on record.  "OK" and the code of that text, from the
 * contact's own number, confirms by their name for a day. */
int engine_ask_contact(struct engine *en, const char *code, int contact,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;

/* Ring a volunteer (whose: an id, "" for who's own; another's only for a
 * coordinator) and put them through to the flag's person, calling as us: theirs
 * is the flag, or they are a coordinator.  Not outside the person's hours (but
 * help), after STOP, while away; one at a time for each of the two. */
int engine_bridge(struct engine *en, const char *code, const char *whose,
    const char *who, const char *from, msec now, struct err *e) MUST_CHECK;

/* A safeguarding concern about the flag's person, also after it has ended:
 * its words, referred_to, referred_at, consent and consent_why. */
int engine_concern(struct engine *en, const char *code,
    const struct ledger_concern *told, const char *who, const char *from,
    msec now, struct err *e) MUST_CHECK;

/* A review is done with, by a coordinator and with a word. */
int engine_review_close(struct engine *en, int64_t review, const char *who,
    const char *from, const char *word, msec now, struct err *e) MUST_CHECK;

/* The step in hand of a flag, for a coordinator or a volunteer. */
int engine_script(const struct config *c, struct ledger *l,
    const struct ledger_flag *f, bool coordinator, msec now,
    struct script_advice *ret, struct err *e) MUST_CHECK;

/* Is the service closed at this instant: after `closes`, and before its
 * contact hours begin? */
bool closing_is_night(const struct config *c, msec now);
/* Has the flag a name for the night: a coordinator or an administrator who
 * has it, or is to take it? */
bool closing_has_name(const struct config *c, const struct ledger_flag *f);
/* ---- the pages ---------------------------------------------------------- */

/* Somebody typed a mobile or an e-mail address to sign in.  If it is one of
 * the team's, a link goes there, at most four in an hour; the caller does not
 * learn whether.  Inside a turn, as the next ones. */
int engine_send_link(struct engine *en, const char *typed, msec now,
    struct err *e) MUST_CHECK;
/* The link's token opens one session, whose token has this SHA-256, until the
 * end of the local day.  Refused where the link is unknown, used or too old. */
int engine_sign_in(struct engine *en, const char *token, const uint8_t *hash,
    const char *address, msec now, struct err *e) MUST_CHECK;
int engine_sign_out(struct engine *en, int64_t session, const char *by,
    msec now, struct err *e) MUST_CHECK;
/* who (a volunteer, or an administrator's user name) was shown something of
 * the participant: "card", "history". */
int engine_saw(struct engine *en, const char *who, const char *whose,
    const char *what, const char *from, const char *address, msec now,
    struct err *e) MUST_CHECK;

/* ---- looking ------------------------------------------------------------ */

/* "up", "down", "unknown" (nothing was sent yet). */
const char *engine_gateway_state(const struct engine *en, const char *name);

/* How many requests are under way at the gateways. */
int engine_in_flight(const struct engine *en);

/* Why nobody is asked at all just now, for people; NULL where all is well. */
const char *engine_why_silent(const struct engine *en);

/* One line for systemd's STATUS and for people: "12 due today, 3 being asked,
 * 1 flag open, next 09:00". */
void engine_status_line(struct engine *en, msec now, struct buf *ret);

#endif /* ENGINE_H */
