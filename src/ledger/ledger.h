/*
 * ledger.h - what is, on disk: the one SQLite file, seen as what must never
 * lie.
 *
 * Every SQL statement of the project is in this room.  Others load a row as a
 * plain struct, let a rule decide, and save the row.  Whatever the invariants
 * say that SQL can hold is a CHECK, UNIQUE or FOREIGN KEY in schema.c, so that
 * a bug fails loudly.
 *
 * All that happens in one turn of the loop is one transaction: it begins with
 * the first write, ledger_commit() ends it, with synchronous=FULL.  Each event
 * of a turn runs inside ledger_event_begin() .. ledger_event_end(), so that
 * one that fails takes no other with it.  Nothing here ever sleeps: a lock
 * held by somebody else is LEDGER_BUSY at once.
 *
 * A struct ledger is used by one thread.  Instants are UTC ms; 0 stands for
 * "none" in a row (NULL on disk).  Dates are days since 1970-01-01.
 * Functions that return int give 0, or -1 with *e filled (a count where that
 * is said); after -1 the event has to be undone.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include "base/buf.h"
#include "base/err.h"
#include "rules/calendar.h"
#include "rules/state.h"

struct ledger;

#define LEDGER_NAME_SIZE 50 /* ids of people, rounds, ladders; from config */
#define LEDGER_NUMBER_SIZE 20	/* E.164 */
#define LEDGER_REF_SIZE 33
#define LEDGER_GATEWAY_ID_SIZE 65
#define LEDGER_DETAIL_SIZE 128
#define LEDGER_CODE_SIZE 8
#define LEDGER_SPOKEN_SIZE 82	/* whom somebody spoke to, in words */

/* ---- the file ---------------------------------------------------------- */

enum ledger_mode {
	LEDGER_LIVE,		/* the daemon's; makes the file where none is */
	LEDGER_REHEARSAL, /* a rehearsing daemon's: another kind of file */
	LEDGER_SIMULATION,	/* a rehearsal's that nobody else ever opens and
				 * that need not outlive a power cut */
	LEDGER_READ,		/* look only, of any kind */
};

/* How an operation on the whole file ended. */
enum ledger_fate {
	LEDGER_OK,
	LEDGER_BUSY,	/* locked by another: nothing happened, try again */
	LEDGER_FAILED,	/* not written (disk full, read-only): rolled back */
	LEDGER_BROKEN,	/* a failed sync or a damaged file: end the process */
};

/*
 * Open the ledger.  A daemon's open takes an exclusive lock on PATH.lock for
 * as long as the ledger is open: a second daemon is refused, with a sentence.
 * Refused too: a file that is not a ledger (application_id), one of a newer
 * version, a rehearsal's by a live daemon and the other way round.  Older
 * versions are migrated, step by step, each in one transaction.
 */
struct ledger *ledger_open(const char *path, enum ledger_mode mode,
    struct err *e) MUST_CHECK;
void ledger_close(struct ledger *l);	/* rolls back; NULL is fine */

/*
 * The turn's transaction.  ledger_begin does nothing where one is open.
 * ledger_commit without one is LEDGER_OK and costs nothing.  After any fate
 * but LEDGER_OK nothing of the turn is on disk.
 */
enum ledger_fate ledger_begin(struct ledger *l, struct err *e) MUST_CHECK;
enum ledger_fate ledger_commit(struct ledger *l, struct err *e) MUST_CHECK;
void ledger_rollback(struct ledger *l);

/* One event's SAVEPOINT: keep what it wrote, or undo it.  An event may hold
 * others: what is undone takes those within it along. */
int ledger_event_begin(struct ledger *l, struct err *e) MUST_CHECK;
int ledger_event_end(struct ledger *l, bool keep, struct err *e) MUST_CHECK;

/* The kind of failure of the last -1: did the file fail (BUSY, FAILED,
 * BROKEN: the whole turn is lost), or only this event (LEDGER_OK)?  Also
 * LEDGER_OK where nothing of this room has failed since the event began; so
 * outside of an event it does not say that the turn can be kept. */
enum ledger_fate ledger_last_fate(const struct ledger *l);

/* Is the open ledger still what stands at its path? */
enum ledger_place {
	LEDGER_IN_PLACE,
	LEDGER_WAL_GONE,	/* its WAL was removed or replaced */
	LEDGER_FILE_GONE,	/* the file itself was */
};
enum ledger_place ledger_place(struct ledger *l);

/* A fresh look at the whole file at the path: does SQLite find a fault?  Where
 * it cannot be looked at (locked, unreadable) no fault is found. */
bool ledger_is_damaged(const char *path);

/* A passive checkpoint, for when the loop is idle; costs nothing where there
 * is nothing to do.  Returns the pages that are still in the WAL, or -1 where
 * it failed (see ledger_last_fate: BROKEN as for a commit).  A commit that
 * finds the WAL beyond 64 MiB does the same by itself. */
int ledger_checkpoint(struct ledger *l);
/* How many pages the WAL holds, if not all of them are in the file; 0. */
int ledger_behind(const struct ledger *l);

/* The newest instant that the ledger has seen; 0 for a new one.  Kept by
 * ledger_touch, which only ever moves it on. */
int ledger_newest(struct ledger *l, msec *ret, struct err *e) MUST_CHECK;
int ledger_touch(struct ledger *l, msec now, struct err *e) MUST_CHECK;
/* The newest instant was one of a wrong clock: it is now, and committed. */
int ledger_rewind(struct ledger *l, msec now, struct err *e) MUST_CHECK;

/* ---- who may be asked since when --------------------------------------- */

/*
 * The first slot: remember since when this person is live in this round at
 * this minute of the day.  A new pair, or another minute, begins at now;
 * otherwise the earlier instant stands.  load marks the pairs of one load.
 */
int ledger_live(struct ledger *l, const char *participant, const char *round,
    int minute, int64_t load, msec now, struct err *e) MUST_CHECK;
/* Forget the pairs that this load did not mark, of ids behind after ("" for the
 * first) and up to upto (NULL for the last). */
int ledger_live_end(struct ledger *l, int64_t load, const char *after,
    const char *upto, struct err *e) MUST_CHECK;
/* The live people behind that id ("" for the first), in the order of ids, up
 * to so many: how many, or -1. */
int ledger_live_some(struct ledger *l, const char *after,
    char (*ret)[LEDGER_NAME_SIZE], int max, struct err *e) MUST_CHECK;
/* Since when; NEVER where the pair is not live. */
int ledger_live_since(struct ledger *l, const char *participant,
    const char *round, msec *ret, struct err *e) MUST_CHECK;

/* ---- check-ins --------------------------------------------------------- */

struct ledger_checkin {
	int64_t id;
	char participant[LEDGER_NAME_SIZE];
	char round[LEDGER_NAME_SIZE];
	localdate date;
	msec slot;
	char ladder[LEDGER_NAME_SIZE];
	char ladder_version[20];
	enum checkin_state state;
	msec started_at;	/* minute 0 of the ladder; 0 while due */
	msec wake_at;		/* while due or asking: when to look at it */
	msec flag_at;		/* 0 while due */
	enum confirmed_by confirmed_by;
	msec closed_at;		/* 0 while due or asking, and only then */
	char reason[LEDGER_DETAIL_SIZE]; /* why it was cancelled or missed */
	int64_t flag;		/* 0 for none */
	/* What its row holds: the ledger's own. */
	struct {
		enum checkin_state state;
		int64_t flag;
	} row;
};

/*
 * Plan a check-in as due, woken at its slot.  Where the (participant, round,
 * date) exists and is still due, its slot and ladder are set anew; in any
 * other state nothing changes.  wake_at is set to the slot.
 */
int ledger_checkin_plan(struct ledger *l, const struct ledger_checkin *c,
    struct err *e) MUST_CHECK;
/* What is not there is an error, and so is what was led to another state since
 * it was read.  Saving leaves whose it is, the round and the date as they were
 * planned. */
int ledger_checkin_get(struct ledger *l, int64_t id,
    struct ledger_checkin *ret, struct err *e) MUST_CHECK;
int ledger_checkin_save(struct ledger *l, struct ledger_checkin *c,
    struct err *e) MUST_CHECK;

/* Those to look at by now, the earliest first: the count, at most max. */
int ledger_checkins_awake(struct ledger *l, msec now,
    struct ledger_checkin *ret, int max, struct err *e) MUST_CHECK;
int ledger_checkins_wake(struct ledger *l, msec *ret, struct err *e) MUST_CHECK;

/* All of a person's check-ins of a local date, in the order of their slots. */
int ledger_checkins_of(struct ledger *l, const char *participant,
    localdate date, struct ledger_checkin *ret, int max,
    struct err *e) MUST_CHECK;

/* All that are due or asking, by when they wake, after the given one as it was
 * read (NULL: from the first); to go through them after a reload. */
int ledger_checkins_open(struct ledger *l, const struct ledger_checkin *after,
    struct ledger_checkin *ret, int max, struct err *e) MUST_CHECK;

/* ---- attempts ---------------------------------------------------------- */

/*
 * One call or text.  Most belong to a check-in's step; notices to volunteers
 * and answers to those who wrote are attempts too, because the same rules
 * keep them from being made twice.
 */
struct ledger_attempt {
	int64_t id;
	char ref[LEDGER_REF_SIZE];
	int64_t checkin, notice, reply, trial;	/* it is for one of them */
	enum purpose purpose;
	int step;			/* of a check-in; else 0 */
	enum channel channel;
	char number[LEDGER_NUMBER_SIZE];
	char gateway[LEDGER_NAME_SIZE];
	char gateway_id[LEDGER_GATEWAY_ID_SIZE];	/* "" while unknown */
	enum attempt_state state;
	enum outcome outcome;
	int rank; /* of the newest progress; -1 for none */
	int sequence; /* of the newest progress; -1 for none */
	msec planned_at;		/* when it was to be made */
	msec due_at;			/* not before: while planned */
	msec sent_at;			/* 0 while planned, and only then, or
					 * where it ended without being made */
	msec answered_at, ended_at;
	msec deadline; /* while sending, uncertain or accepted */
	int lookups;			/* complete listings that lacked it */
	int delays;			/* "later" and "not sent" in a row */
	int64_t instead_of;		/* the attempt that this one repeats */
	char detail[LEDGER_DETAIL_SIZE];
	/* What its row holds, for indexes and counts: the ledger's own. */
	struct {
		bool accepted, bound, sent;
		msec deadline;
	} row;
};

/* body: the text of a text, NULL for a call.  Sets a->id. */
int ledger_attempt_add(struct ledger *l, struct ledger_attempt *a,
    const char *body, struct err *e) MUST_CHECK;
int ledger_attempt_get(struct ledger *l, int64_t id,
    struct ledger_attempt *ret, struct err *e) MUST_CHECK;
/* 1 found, 0 not, -1 failed. */
int ledger_attempt_by_ref(struct ledger *l, const char *ref,
    struct ledger_attempt *ret, struct err *e) MUST_CHECK;
int ledger_attempt_by_gateway_id(struct ledger *l, const char *gateway,
    const char *gateway_id, struct ledger_attempt *ret,
    struct err *e) MUST_CHECK;
/* Saves how far it has come, and by which gateway.  What it is for, its ref,
 * purpose, step, channel, number and planned_at stay as they were added. */
int ledger_attempt_save(struct ledger *l, struct ledger_attempt *a,
    struct err *e) MUST_CHECK;
int ledger_attempt_body(struct ledger *l, int64_t id, struct buf *ret,
    struct err *e) MUST_CHECK;

/* The check-in's attempts, as they were planned: the count. */
int ledger_attempts_of(struct ledger *l, int64_t checkin,
    struct ledger_attempt *ret, int max, struct err *e) MUST_CHECK;

/* Planned ones of a gateway's channel and purpose that are due: the count. */
int ledger_attempts_due(struct ledger *l, const char *gateway,
    enum channel channel, enum purpose purpose, msec now,
    struct ledger_attempt *ret, int max, struct err *e) MUST_CHECK;
/* When the first planned one of a gateway's channel is due; NEVER. */
int ledger_attempts_wake(struct ledger *l, const char *gateway,
    enum channel channel, msec *ret, struct err *e) MUST_CHECK;

/* Sending, uncertain or accepted ones whose deadline has come: the count;
 * and when the next deadline is. */
int ledger_attempts_overdue(struct ledger *l, msec now,
    struct ledger_attempt *ret, int max, struct err *e) MUST_CHECK;
int ledger_attempts_deadline(struct ledger *l, msec *ret,
    struct err *e) MUST_CHECK;

/* The next gateway, by its name, after that one ("" for the first) that
 * planned ones are for: 1 there is one, 0 none, -1 failed. */
int ledger_attempts_gateway(struct ledger *l, const char *after,
    char ret[LEDGER_NAME_SIZE], struct err *e) MUST_CHECK;

/* Those that a start finds as sending: the count. */
int ledger_attempts_sending(struct ledger *l, struct ledger_attempt *ret,
    int max, struct err *e) MUST_CHECK;

/*
 * Is the number taken, on the channel, by another attempt that is not
 * settled (sending or uncertain; calls also while they are under way)?
 * 1 yes, 0 no, -1 failed.  A number on which somebody rings in right now
 * counts as taken for calls.
 */
int ledger_number_taken(struct ledger *l, const char *number,
    enum channel channel, msec now, struct err *e) MUST_CHECK;

/* How many creates went to the participant for check-ins of this date: all
 * that were let out, however they ended, but not those planned again. */
int ledger_creates_on(struct ledger *l, const char *participant,
    localdate date, struct err *e) MUST_CHECK;
/* How many answers were planned for the number since then. */
int ledger_answers_since(struct ledger *l, const char *number, msec since,
    struct err *e) MUST_CHECK;

/* ---- what came in ------------------------------------------------------ */

struct ledger_callback {
	int64_t attempt, reply;		/* 0 where none is known */
	msec at;
	const char *gateway;
	const char *kind;		/* "progress", "key", "text", ... */
	const char *status;		/* progress or key; may be NULL */
	int sequence, code;		/* -1 and 0 for none */
	const uint8_t *hash;		/* 32 bytes */
	const char *raw;		/* NULL where it was recognised */
};

/* 1 recorded, 0 it was there already (a repeated delivery: its hash is among
 * those of its attempt, or of what is for none), -1 failed. */
int ledger_callback_add(struct ledger *l, const struct ledger_callback *c,
    struct err *e) MUST_CHECK;

#define LEDGER_REPLY_TEXT_SIZE 1701

struct ledger_reply {
	int64_t id;
	char ref[LEDGER_REF_SIZE];	/* of a call to us; else "" */
	char participant[LEDGER_NAME_SIZE];	/* "" where not known */
	char volunteer[LEDGER_NAME_SIZE];	/* "" where it is none's */
	char number[LEDGER_NUMBER_SIZE];	/* "" where withheld */
	enum channel channel;
	char gateway[LEDGER_NAME_SIZE];
	char gateway_id[LEDGER_GATEWAY_ID_SIZE];
	msec at;
	char text[LEDGER_REPLY_TEXT_SIZE];
	char reading[12]; /* reply.h's names; "" only while settle_at is
			   * set, or where it is a volunteer's */
	int64_t checkin, attempt, flag;	/* what it was about; 0 for none */
	msec settle_at;			/* a call to us that gave no word yet */
};

int ledger_reply_add(struct ledger *l, struct ledger_reply *r,
    struct err *e) MUST_CHECK;
int ledger_reply_save(struct ledger *l, const struct ledger_reply *r,
    struct err *e) MUST_CHECK;
int ledger_reply_get(struct ledger *l, int64_t id, struct ledger_reply *ret,
    struct err *e) MUST_CHECK;
/* 1 found, 0 not, -1 failed. */
int ledger_reply_by_ref(struct ledger *l, const char *ref,
    struct ledger_reply *ret, struct err *e) MUST_CHECK;
int ledger_reply_by_gateway_id(struct ledger *l, const char *gateway,
    const char *gateway_id, struct ledger_reply *ret,
    struct err *e) MUST_CHECK;
/* Calls to us whose settle_at has come: the count; and the next. */
int ledger_replies_unsettled(struct ledger *l, msec now,
    struct ledger_reply *ret, int max, struct err *e) MUST_CHECK;
int ledger_replies_wake(struct ledger *l, msec *ret, struct err *e) MUST_CHECK;

/* ---- flags and what humans decide -------------------------------------- */

struct ledger_flag {
	int64_t id;
	char code[LEDGER_CODE_SIZE];
	char participant[LEDGER_NAME_SIZE];	/* "" for a stranger's words */
	char number[LEDGER_NUMBER_SIZE];	/* of a stranger; else "" */
	int64_t checkin;		/* the first it was raised for; 0 */
	enum flag_reason reason;	/* the most urgent of its causes */
	enum priority priority;
	enum flag_state state;
	char owner[LEDGER_NAME_SIZE];	/* volunteer; "" while open.  Of a
					 * resolved one the named human who
					 * resolved it, but for own_word */
	char asked[LEDGER_NAME_SIZE];	/* who was told last; "" for nobody */
	msec raised_at;
	msec deadline;			/* while open: when the next is told */
	msec coordinator_at; /* when the coordinator is, at the latest */
	msec claim_by; /* the length of a notice's time, in ms */
	msec ring_by;		/* a call is promised by then; 0: none */
	int64_t incident;		/* 0 for none */
	enum disposition disposition;
	enum false_alarm false_alarm;
	msec resolved_at;
	char handed_to[LEDGER_NAME_SIZE]; /* who is to take it, by a human's
					   * hand-over or at the close of the
					   * day; "" for nobody */
	/* Of a resolved one, "" and 0 where it was not said. */
	char spoken_to[LEDGER_SPOKEN_SIZE];
	msec contact_at;
	char referred_to[LEDGER_SPOKEN_SIZE];
};

/* One that is not resolved may exist once for a participant, or once for a
 * stranger's number, and once with a code.  Sets f->id. */
int ledger_flag_add(struct ledger *l, struct ledger_flag *f,
    struct err *e) MUST_CHECK;
int ledger_flag_save(struct ledger *l, const struct ledger_flag *f,
    struct err *e) MUST_CHECK;
int ledger_flag_get(struct ledger *l, int64_t id, struct ledger_flag *ret,
    struct err *e) MUST_CHECK;
/* 1 found, 0 not, -1 failed.  By code: the newest with it. */
int ledger_flag_by_code(struct ledger *l, const char *code,
    struct ledger_flag *ret, struct err *e) MUST_CHECK;
int ledger_flag_open_of(struct ledger *l, const char *participant,
    struct ledger_flag *ret, struct err *e) MUST_CHECK;
int ledger_flag_open_at(struct ledger *l, const char *number,
    struct ledger_flag *ret, struct err *e) MUST_CHECK;
/* Open and claimed ones whose deadline has come: the count; and the next
 * deadline. */
int ledger_flags_overdue(struct ledger *l, msec now, struct ledger_flag *ret,
    int max, struct err *e) MUST_CHECK;
int ledger_flags_deadline(struct ledger *l, msec *ret,
    struct err *e) MUST_CHECK;
/* Not resolved, by id, after the given id: the count. */
int ledger_flags_open(struct ledger *l, int64_t after,
    struct ledger_flag *ret, int max, struct err *e) MUST_CHECK;
/* How many flags the volunteer holds; how many that nobody has wait for them,
 * who were asked last. */
int ledger_flags_held(struct ledger *l, const char *volunteer,
    struct err *e) MUST_CHECK;
int ledger_flags_asked(struct ledger *l, const char *volunteer,
    struct err *e) MUST_CHECK;

/* Has this volunteer been told of the flag (by whatever notice), or decided
 * anything about it (claimed, declined, gave it back), before?  1 or 0. */
int ledger_flag_was_told(struct ledger *l, int64_t flag,
    const char *volunteer, struct err *e) MUST_CHECK;

/* A cause that joins a flag; only ever added. */
int ledger_cause_add(struct ledger *l, int64_t flag, enum flag_reason reason,
    int64_t checkin, msec at, struct err *e) MUST_CHECK;

/* What somebody decided: only ever added.  who is a volunteer, a participant
 * or "ringround"; from is how ("text", "socket", "call", "rule"). */
struct ledger_decision {
	msec at;
	const char *who, *from, *action;
	int64_t flag, checkin;		/* 0 for none */
	const char *detail;		/* may be NULL */
};
int ledger_decision_add(struct ledger *l, const struct ledger_decision *d,
    struct err *e) MUST_CHECK;

/* ---- who is not to be asked -------------------------------------------- */

#define LEDGER_OPEN_END INT32_MAX

/* What stands in the ledger and not in the coordinators' files: said by
 * telephone, or decided about a flag. */
struct ledger_absence {
	int64_t id;
	char participant[LEDGER_NAME_SIZE];
	enum absence kind;
	localdate first, last;	/* both included; LEDGER_OPEN_END */
	char from[16];		/* how it came: "text", "page", "socket" */
	char who[LEDGER_NAME_SIZE];
	msec at;
	int64_t flag;		/* 0 for none */
	char note[LEDGER_DETAIL_SIZE];
	msec ended_at;		/* 0 while it is in force */
	char ended_by[LEDGER_NAME_SIZE];
};

/* Sets a->id. */
int ledger_absence_add(struct ledger *l, struct ledger_absence *a,
    struct err *e) MUST_CHECK;
/* Before its last day.  1 ended, 0 it had ended, -1 failed. */
int ledger_absence_end(struct ledger *l, int64_t id, const char *who, msec at,
    struct err *e) MUST_CHECK;
/* The strictest that is in force and has the date: 1 there is one, 0, -1. */
int ledger_absence_on(struct ledger *l, const char *participant,
    localdate date, struct ledger_absence *ret, struct err *e) MUST_CHECK;
/* The person's that are in force and end on the date or later: the count. */
int ledger_absences_of(struct ledger *l, const char *participant,
    localdate date, struct ledger_absence *ret, int max,
    struct err *e) MUST_CHECK;
/* Everybody's of a date, by id, after the given id: the count. */
int ledger_absences_on(struct ledger *l, localdate date, int64_t after,
    struct ledger_absence *ret, int max, struct err *e) MUST_CHECK;
/* Was one in force at the instant that has the date?  1, 0, -1. */
int ledger_absence_was(struct ledger *l, const char *participant,
    localdate date, msec instant, struct err *e) MUST_CHECK;

/* ---- at the door, concerns, reviews ------------------------------------- */

/* Somebody is out to see to a flag's person; deadline is when the coordinators
 * are next told that they are not back. */
struct ledger_visit {
	int64_t id, flag;
	char who[LEDGER_NAME_SIZE];
	char company[LEDGER_SPOKEN_SIZE];	/* who is with them; "" */
	msec out_at, back_by, back_at;	/* back_at 0 while they are out */
	msec deadline;			/* 0 when back */
};
/* Sets v->id and the deadline, which is back_by. */
int ledger_visit_add(struct ledger *l, struct ledger_visit *v,
    struct err *e) MUST_CHECK;
/* Saves back_at and deadline. */
int ledger_visit_save(struct ledger *l, const struct ledger_visit *v,
    struct err *e) MUST_CHECK;
/* The flag's newest that is not back, else its newest: 1, 0 none, -1. */
int ledger_visit_of(struct ledger *l, int64_t flag, struct ledger_visit *ret,
    struct err *e) MUST_CHECK;
int ledger_visits_overdue(struct ledger *l, msec now,
    struct ledger_visit *ret, int max, struct err *e) MUST_CHECK;
int ledger_visits_deadline(struct ledger *l, msec *ret,
    struct err *e) MUST_CHECK;

/* A contact who was asked by text to ring a flag's person; until then their
 * code confirms, once. */
struct ledger_ask_contact {
	int64_t id, flag;
	char number[LEDGER_NUMBER_SIZE];
	char name[LEDGER_SPOKEN_SIZE];
	char code[5];
	char who[LEDGER_NAME_SIZE];	/* who had them asked */
	msec at, until;
};
/* Sets a->id. */
int ledger_ask_contact_add(struct ledger *l, struct ledger_ask_contact *a,
    struct err *e) MUST_CHECK;
/* The one with this code that the number has not answered: 1, 0, -1. */
int ledger_ask_contact_by(struct ledger *l, const char *number,
    const char *code, msec now, struct ledger_ask_contact *ret,
    struct err *e) MUST_CHECK;
int ledger_ask_contact_answered(struct ledger *l, int64_t id, msec at,
    struct err *e) MUST_CHECK;

/* A safeguarding concern about a flag's person.  For coordinators only, and
 * only ever added.  Texts are "" and instants 0 where nothing was said. */
struct ledger_concern {
	int64_t flag;
	msec at;
	const char *who, *from, *words;
	const char *referred_to;
	msec referred_at;
	enum consent consent;
	const char *consent_why;	/* needed, unless it was given */
};
int ledger_concern_add(struct ledger *l, const struct ledger_concern *c,
    struct err *e) MUST_CHECK;
/* The flag's, the oldest first; as the functions of view.h. */
int ledger_concerns(struct ledger *l, int64_t flag,
    int (*fn)(const struct ledger_concern *, void *), void *arg,
    struct err *e) MUST_CHECK;

struct ledger_review {
	int64_t id;
	char participant[LEDGER_NAME_SIZE];
	enum review_kind kind;
	msec raised_at;
	char detail[LEDGER_DETAIL_SIZE];
	msec closed_at;
	char closed_by[LEDGER_NAME_SIZE];
	char word[LEDGER_DETAIL_SIZE];
};
/* Once while it is open, and not where it was closed after not_since.  1 it is
 * raised, 0 not, -1 failed. */
int ledger_review_raise(struct ledger *l, const char *participant,
    enum review_kind kind, const char *detail, msec not_since, msec at,
    struct err *e) MUST_CHECK;
/* 1 closed, 0 it was not open, -1 failed. */
int ledger_review_close(struct ledger *l, int64_t id, const char *who,
    const char *word, msec at, struct err *e) MUST_CHECK;
/* By id, after the given id: the count. */
int ledger_reviews_open(struct ledger *l, int64_t after,
    struct ledger_review *ret, int max, struct err *e) MUST_CHECK;
/* What tells, since a date: the count of check-ins without a response; of
 * flags that were false alarms; the newest outcomes of what was sent; how many
 * attempts each confirmed check-in took, the newest first. */
int ledger_silent_since(struct ledger *l, const char *participant,
    localdate since, struct err *e) MUST_CHECK;
int ledger_false_alarms_since(struct ledger *l, const char *participant,
    localdate since, struct err *e) MUST_CHECK;
int ledger_outcomes_since(struct ledger *l, const char *participant,
    localdate since, enum outcome *ret, int max, struct err *e) MUST_CHECK;
int ledger_tries_since(struct ledger *l, const char *participant,
    localdate since, int *ret, int max, struct err *e) MUST_CHECK;

/* ---- notices ----------------------------------------------------------- */

enum notice_state {
	NOTICE_PLANNED,
	NOTICE_SENDING,
	NOTICE_ACCEPTED,
	NOTICE_FAILED,
};
#define NOTICE_STATE_COUNT 4

/* What a volunteer or coordinator is told.  A text or a call is carried
 * by an attempt; an e-mail by the notice itself. */
struct ledger_notice {
	int64_t id;
	int64_t flag, incident;		/* 0 for none */
	char volunteer[LEDGER_NAME_SIZE];
	enum notice_channel {
		NOTICE_TEXT, NOTICE_EMAIL, NOTICE_CALL
	} channel;
	char kind[16];			/* "flag", "passed_on", "list", ... */
	enum notice_state state;
	msec planned_at, due_at, sent_at, ended_at;
	int tries;
	char detail[LEDGER_DETAIL_SIZE];
};

/* key: at most one notice with this key is ever made ("list asha 20790");
 * NULL for no such bound.  1 added, 0 it was there, -1 failed. */
int ledger_notice_add(struct ledger *l, struct ledger_notice *n,
    const char *key, const char *subject, const char *body,
    struct err *e) MUST_CHECK;
/* Saving changes state, instants, tries and detail, and nothing else. */
int ledger_notice_get(struct ledger *l, int64_t id, struct ledger_notice *ret,
    struct err *e) MUST_CHECK;
int ledger_notice_save(struct ledger *l, const struct ledger_notice *n,
    struct err *e) MUST_CHECK;
int ledger_notice_words(struct ledger *l, int64_t id, struct buf *subject,
    struct buf *body, struct err *e) MUST_CHECK;
/* How many volunteers, but for one, did a text about the flag not reach since
 * the instant. */
int ledger_notices_failed(struct ledger *l, int64_t flag, const char *but,
    msec since, struct err *e) MUST_CHECK;
/* E-mails to be sent by now: the count; and when the next is. */
int ledger_emails_due(struct ledger *l, msec now, struct ledger_notice *ret,
    int max, struct err *e) MUST_CHECK;
int ledger_emails_wake(struct ledger *l, msec *ret, struct err *e) MUST_CHECK;
/* E-mails that are sending since then, or longer: the count. */
int ledger_emails_unanswered(struct ledger *l, msec since,
    struct ledger_notice *ret, int max, struct err *e) MUST_CHECK;
/* E-mails that a start finds as sending become planned again (an e-mail twice
 * is better than none). */
int ledger_emails_restart(struct ledger *l, msec now,
    struct err *e) MUST_CHECK;

/* ---- calls that are put through ----------------------------------------- */

/* A volunteer is rung (a notice by call) and then put through to a number. At
 * most one that has not ended for the number, and for the volunteer. */
struct ledger_bridge {
	int64_t notice, flag;
	char who[LEDGER_NAME_SIZE];	/* the volunteer */
	char way[16];			/* by which they asked: "socket" */
	char number[LEDGER_NUMBER_SIZE];	/* the person's */
	msec asked_at, through_at, ended_at;
	enum bridge_result result;
};
int ledger_bridge_add(struct ledger *l, const struct ledger_bridge *b,
    struct err *e) MUST_CHECK;
/* Saving changes what became of it, and nothing else. */
int ledger_bridge_save(struct ledger *l, const struct ledger_bridge *b,
    struct err *e) MUST_CHECK;
int ledger_bridge_get(struct ledger *l, int64_t notice,
    struct ledger_bridge *ret, struct err *e) MUST_CHECK;
/* One that has not ended, of either: 1, 0, -1. */
int ledger_bridge_open(struct ledger *l, const char *number, const char *who,
    struct ledger_bridge *ret, struct err *e) MUST_CHECK;

/* ---- opt-out, hold, loads ---------------------------------------------- */

/* The number is not asked on the channel any more; once is enough.
 * 1 added, 0 it was there, -1 failed. */
int ledger_optout_add(struct ledger *l, const char *number,
    enum channel channel, const char *source, msec at,
    struct err *e) MUST_CHECK;
/* START: it may be asked again.  Kept as history.  1 lifted, 0 none was. */
int ledger_optout_lift(struct ledger *l, const char *number,
    enum channel channel, msec at, struct err *e) MUST_CHECK;
/* 1 opted out, 0 not, -1 failed. */
int ledger_opted_out(struct ledger *l, const char *number,
    enum channel channel, struct err *e) MUST_CHECK;

/* Stop all asking, of a round or (round "") of all.  A second hold of the
 * same is an error that says since when. */
int ledger_hold_add(struct ledger *l, const char *round, const char *reason,
    const char *who, msec at, struct err *e) MUST_CHECK;
/* 1 ended, 0 there was none, -1 failed. */
int ledger_hold_end(struct ledger *l, const char *round, const char *who,
    msec at, struct err *e) MUST_CHECK;
/* Is the round held, by itself or with all?  1, 0, -1. */
int ledger_held(struct ledger *l, const char *round, struct err *e) MUST_CHECK;

/* The newest text that was fetched from the gateway, by its own clock; 0:
 * none was ever asked for.  It never goes back. */
int ledger_inbox_seen(struct ledger *l, const char *gateway, msec *ret,
    struct err *e) MUST_CHECK;
int ledger_inbox_set(struct ledger *l, const char *gateway, msec seen,
    struct err *e) MUST_CHECK;

/* What made its own handling fail is kept aside; kind and subject name it
 * ("hook", its hash), content is what is needed to do it by hand.  1 new, 2 it
 * was there already and is counted, 0 there are too many in this minute, -1
 * failed.  Of more than a thousand the oldest go. */
int ledger_aside(struct ledger *l, const char *kind, const char *subject,
    const char *why, const char *content, msec at, struct err *e) MUST_CHECK;

/* A load of the configuration, good or refused; returns its number. */
int ledger_load_add(struct ledger *l, const char *digest, int live,
    int mistakes, msec at, int64_t *ret_load, struct err *e) MUST_CHECK;

#endif /* LEDGER_H */
