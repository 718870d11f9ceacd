/*
 * rig.h - the whole house under virtual time, in one process.
 *
 * A scheme from text is loaded by config, a ledger lies in a folder of its
 * own, and the engine's effects go as the gateway's own bytes into the
 * exchange; its webhooks come back signed, through gateway_read_hook.  There
 * is no clock: rig_run steps from one instant at which something happens to
 * the next, so a day of rounds takes a moment and every run is the same.
 *
 * Nothing here knows what ought to happen: tests say that.  But for some
 * sentences that hold always, which rig_close looks at (see there).
 */
#ifndef RIG_H
#define RIG_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "engine/engine.h"
#include "ledger/view.h"
#include "simulate/wire.h"
#include "tap.h"

/* Friday, 2026-12-04: GMT, so local and UTC are the same. */
#define RIG_DATE 20791
#define RIG_AT(hour, minute) rig_instant(RIG_DATE, hour, minute)

#define OFFICE "0115 496 0100"
#define LINE "+441154960999"	/* ours, for calls */
#define LETTERBOX "+447700900999"	/* ours, for texts */

/* ---- schemes ----------------------------------------------------------- */

/* What stands in [service] and [gateway main] without a person. */
#define RIG_SERVICE                                                  \
	"[service]\n"                                                \
	"name = Check-in\n"                                          \
	"office_phone = " OFFICE "\n"                                \
	"languages = en\n"                                           \
	"timezone = Europe/London\n"                                 \
	"country_code = 44\n"                                        \
	"database = ringround.db\n"                                  \
	"contact_hours = 08:00-20:00\n"
#define RIG_GATEWAY                                                  \
	"[gateway main]\n"                                           \
	"driver = twilio\n"                                          \
	"base_url = http://127.0.0.1:9080\n"                         \
	"account_sid = AC00000000000000000000000000000001\n"         \
	"auth_token_file = auth_token\n"                             \
	"call_from = 0115 496 0999\n"                                \
	"text_from = 07700 900999\n"                                 \
	"channels = call, text\n"                                    \
	"texts_per_second = 10\n"
#define RIG_WORDS                                                    \
	"[message en]\n"                                             \
	"greeting = Hello {first_name}. This is {service}.\n"        \
	"ask = If you are well, press 1. For a call, press 2.\n"     \
	"thanks = Thank you {first_name}. Goodbye.\n"               \
	"ring_you = Somebody will ring you by {ring_by}.\n"          \
	"no_key = We did not hear a key. Goodbye.\n"                \
	"stranger = We do not know you: ring {office_phone}.\n"      \
	"voicemail = Please ring {call_back_phone}.\n"               \
	"text = {service}: hello {first_name}, are you well?\n"      \
	"text_again = {service}: no reply yet. Are you well?\n"      \
	"text_thanks = {service}: thank you {first_name}.\n"         \
	"text_ring_you = {service}: we ring you by {ring_by}.\n"
#define RIG_REST                                                     \
	"[web]\n"                                                    \
	"listen = 127.0.0.1:9085\n"                                  \
	"public_url = http://127.0.0.1:9085\n"                       \
	"[email]\n"                                                  \
	"smtp_url = smtp://127.0.0.1:9025\n"                         \
	"from = check-in@example.org\n"                              \
	"[ladder standard]\n"                                        \
	"step = 0 call\n"                                            \
	"step = 15 call, text\n"                                     \
	"step = 30 call alternate\n"                                 \
	"ring = 45s\n"                                               \
	"flag_after = 60m\n"                                         \
	"claim_by = 15m\n"                                           \
	"coordinator_after = 30m\n"                                  \
	"[ladder gentle]\n"                                          \
	"step = 0 text\n"                                            \
	"step = 60 text\n"                                           \
	"flag_after = 120m\n"                                        \
	"claim_by = 15m\n"                                           \
	"coordinator_after = 30m\n"                                  \
	RIG_WORDS
#define RIG_MORNING                                                  \
	"[round morning]\n"                                          \
	"days = mon-sun\n"                                           \
	"at = 09:00\n"                                               \
	"ladder = standard\n"
#define RIG_HEAD RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n"     \
	RIG_REST RIG_MORNING

/* A live person; more are further lines, each with its end. */
#define RIG_LIVE "consent = 2026-09-01, spoken\nlive = yes\n"          \
	"contact_waived = waived, has nobody\n"
#define RIG_PERSON(id, name, more)                                   \
	"[participant " id "]\nname = " name "\narea = Sneinton\n"   \
	RIG_LIVE more
/* By call and by text, and an alternate. */
#define EDNA RIG_PERSON("edna", "Mrs Edna Clarke",                    \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	"alternate = 07700 900129\ntext = 07700 900123\n")
#define EDNA_CALL "0115 496 0123"
#define EDNA_TEXT "07700 900123"
/* By call only. */
#define WALTER RIG_PERSON("walter", "Mr Walter Oneill",               \
	"call_me = Walter\nround = morning\nphone = 0115 496 0130\n")
#define WALTER_CALL "0115 496 0130"
/* A couple at one telephone. */
#define STAN RIG_PERSON("stan", "Mr Stanley Poole",                   \
	"call_me = Stan\nround = morning\nphone = 0115 496 0170\n")
#define VERA RIG_PERSON("vera", "Mrs Verity Poole",                   \
	"call_me = Vera\nround = morning\nphone = 0115 496 0170\n")
#define COUPLE_CALL "0115 496 0170"

/* The coordinator, and two volunteers. */
#define ASHA                                                         \
	"[volunteer asha]\nname = Asha Patel\nrole = coordinator\n"  \
	"mobile = 07700 900201\nemail = asha@example.org\n"          \
	"duty = mon-sun 00:00-24:00\n"
#define ASHA_TEXT "07700 900201"
#define TOM                                                          \
	"[volunteer tom]\nname = Tom Reid\nmobile = 07700 900202\n"  \
	"email = tom@example.org\nareas = Sneinton\n"                \
	"duty = mon-sun 08:00-20:00\n"
#define TOM_TEXT "07700 900202"
#define GRACE                                                        \
	"[volunteer grace]\nname = Grace Obi\n"                      \
	"mobile = 07700 900203\nareas = Sneinton\n"                  \
	"duty = mon-sun 08:00-20:00\n"
#define GRACE_TEXT "07700 900203"
#define TEAM ASHA TOM GRACE

/* ---- the rig ----------------------------------------------------------- */

/* One create as the engine let it out. */
struct rig_create {
	msec at;
	enum channel channel;
	char ref[GATEWAY_REF_SIZE];
	char to[LEDGER_NUMBER_SIZE];
	char *words;		/* the text, or what is said first */
	char audio[CONFIG_PLAY_SIZE];	/* what plays in its place; "" */
	msec ring, valid;
};

struct rig_mail {
	msec at;
	int64_t notice;
	char *to, *subject, *text;
};

/* What a hook was answered: a document for a call, mostly. */
struct rig_answer {
	msec at;
	enum event_kind kind;
	bool taken;		/* 2xx; else it is to come again */
	char *body;
};

struct rig {
	char folder[64];
	const struct config *conf;
	struct ledger *ledger;
	struct engine *engine;		/* NULL while it is dead */
	struct engine_ops ops;
	struct random random;
	struct exchange *exchange;
	msec now;
	msec skew;			/* the engine's clock is wrong by it */
	msec turn_not_before;		/* after a lost turn */
	int turns_here;			/* at this instant, against spinning */
	int lost_turns;
	int beats;			/* of the heart */
	bool may_stumble;		/* a test makes a piece of work fail */
	bool broken;			/* the ledger is not to be trusted */
	bool restored;			/* a copy was put back: creates are
					 * unknown to it */

	int commits_left;		/* to its death; 0: it lives */
	enum rig_death {
		RIG_BEFORE_COMMIT,	/* the turn is undone */
		RIG_AFTER_COMMIT,	/* it is kept, and nothing released */
	} death;
	bool dying;			/* what it lets out now is lost */
	int deaths;

	struct rig_create *creates;
	size_t n_creates, cap_creates;
	struct rig_mail *mails;
	size_t n_mails, cap_mails;
	struct rig_answer *answers;
	size_t n_answers, cap_answers;

	struct {
		int submits, polls, lookups, inboxes, mails;
	} swallowed;			/* since rig_hush */

	/* what the next e-mails come to */
	enum post_fate mail_fate;

	struct wire wire;
	char *log;			/* every line that was logged */
	size_t log_len;
};

/* The zone of the next rig_open; London where nobody says. */
extern const char *rig_zone;
/* Is the exchange of the next rig_open to bring us no texts? */
extern bool rig_polls;

/* A scheme, loaded; people do as the exchange's lines say, and where these
 * are silent nobody answers (NULL: they do as the exchange draws).  The
 * engine's first turn has run at the instant. */
struct rig *rig_open(const char *scheme, const char *lines, msec now);

/*
 * Looks at what holds always and frees all: no create twice, none that the
 * ledger does not know; no complaint of the exchange; whoever's slot has
 * passed is settled or waited for; nothing failed by itself (see
 * may_stumble); no name and no number of a participant in
 * any notice, e-mail or line of the log; no flag without an owner or a
 * deadline.
 */
void rig_close(struct rig *r);

msec rig_instant(localdate date, int hour, int minute);

/* Let time pass up to the instant, which has then been lived through. */
void rig_run(struct rig *r, msec until);

/* The engine is gone without a word; what was on its way back is lost. */
void rig_kill(struct rig *r);
/* It starts again on the same ledger, perhaps with another scheme (NULL: the
 * same). */
void rig_start(struct rig *r, const char *scheme);

/* It dies at its n-th commit from now (1: the next), and starts again at once
 * on what the ledger holds. */
void rig_die(struct rig *r, int n, enum rig_death death);

/* The engine's clock is set forward, or back (below 0), and it is told so as
 * the daemon tells it. */
void rig_step_clock(struct rig *r, msec by);

/* Load this scheme: NULL where it was taken, else the reason, valid until the
 * next call. */
const char *rig_reload(struct rig *r, const char *scheme, int accept);

/* The scheme, loaded, for a test that makes its turns itself. */
const struct config *rig_load(struct rig *r, const char *scheme);

/* The number that the ledger's file answers a SELECT with; -1. */
int rig_number(struct rig *r, const char *sql);

/* How many check-ins nobody looks at any more, though their slot has passed
 * (invariant 1). */
int rig_forgotten(struct rig *r);

/* From now on no gateway and no mail server says anything: not even that it
 * cannot be reached. */
void rig_hush(struct rig *r);

/* Run in a turn of its own: "" where it was kept, else the reason. */
typedef int (*rig_fn)(struct engine *en, void *arg, msec now, struct err *e);
const char *rig_in_turn(struct rig *r, rig_fn fn, void *arg);
const char *rig_claim(struct rig *r, const char *code, const char *who);
const char *rig_resolve(struct rig *r, const char *code, const char *who,
    enum disposition d);
const char *rig_resolve_how(struct rig *r, const char *code, const char *who,
    const struct resolution *how);
const char *rig_hand_over(struct rig *r, const char *code, const char *who,
    const char *to);
/* By Asha; dates as in struct absence_terms. */
const char *rig_away(struct rig *r, const char *id, enum absence kind,
    localdate first, localdate last);
const char *rig_back(struct rig *r, const char *id, const char *who);
const char *rig_hold(struct rig *r, const char *round);
const char *rig_resume(struct rig *r, const char *round);

/* Further lines of the exchange's scenario, now. */
void rig_lines(struct rig *r, const char *lines);
void rig_texts(struct rig *r, const char *number, const char *words);
void rig_rings(struct rig *r, const char *number, const char *habit);

/* ---- looking ----------------------------------------------------------- */

/* "confirmed", and by whom: "confirmed key".  "none" where there is none. */
const char *rig_checkin(struct rig *r, const char *who, const char *round,
    localdate date);
struct ledger_checkin rig_checkin_row(struct rig *r, const char *who,
    const char *round, localdate date);

/* "call no_answer, text ok": the attempts of a check-in, with outcomes, or
 * states where they have none. */
const char *rig_attempts(struct rig *r, const char *who, const char *round,
    localdate date);

/* The person's open flag: "no_response open tom"; "none".  Of the newest where
 * all have ended: "no_response resolved own_word". */
const char *rig_flag(struct rig *r, const char *who);
/* Its code; "" for none. */
const char *rig_code(struct rig *r, const char *who);
struct ledger_flag rig_flag_row(struct rig *r, const char *who);
int rig_open_flags(struct rig *r);
int rig_incidents(struct rig *r);	/* open ones */

/* How many creates on the channel went to the number since an instant; and
 * the instant of the n-th of all, 0 where there are fewer. */
int rig_count(struct rig *r, enum channel channel, const char *number,
    msec since);
msec rig_nth(struct rig *r, enum channel channel, const char *number, int n);
/* How many calls and texts the exchange really made. */
int rig_made(struct rig *r);
/* The newest text to the number; "" for none. */
const char *rig_text(struct rig *r, const char *number);
/* How many texts to the number hold the words. */
int rig_texts_with(struct rig *r, const char *number, const char *words);
/* How many e-mails to the address have a subject with the words. */
int rig_mails_with(struct rig *r, const char *to, const char *words);
/* How many answers to hooks hold the words. */
int rig_said(struct rig *r, const char *words);
/* How many lines of the log hold the words. */
bool rig_logged(struct rig *r, const char *words);

/* "09:15" of an instant, for messages. */
const char *rig_clock(msec at);

/* ---- for the rig's own files ------------------------------------------- */

void rig_wire_begin(struct rig *r);	/* sets wire and ops */
void rig_death_watch(struct rig *r);	/* the ledger was just opened */
void rig_e164(const char *number, char ret[LEDGER_NUMBER_SIZE]);
void rig_write(struct rig *r, const char *name, const char *text);

#endif /* RIG_H */
