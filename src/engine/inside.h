/*
 * inside.h - what the engine's own files share.  No other room includes it.
 *
 *	engine.c	life, turns, effects held back until the commit
 *	inputs.c	what is posted: answers, hooks, polls
 *	plan.c		who is asked when (also for `ringround plan`)
 *	planner.c	writes the days ahead; reloads
 *	orphans.c	what a reload leaves without a gateway or server
 *	climb.c		check-ins that are awake: steps and flags
 *	gate.c		may this attempt be made at this moment?
 *	lines.c		the ways to the gateways: rate and health
 *	probe.c		does a gateway that was down work again?
 *	dispatch.c	planned attempts go out, at the gateway's rate
 *	restored.c	a ledger that is older than what was done
 *	settle.c	answers, look-ups, deadlines of attempts
 *	hear.c		hooks: keys, and calls to us
 *	letters.c	texts that come in
 *	inbox.c		and where nobody brings them
 *	word.c		what follows from a participant's word
 *	trips.c		away and back, by their own word
 *	signin.c	links to sign in, sessions, who looked at whom
 *	trial.c		test calls and texts
 *	speech.c	what is said and written to participants
 *	flags.c		raise, join, hold
 *	decide.c	what humans decide about a flag
 *	hand.c		from one human to another
 *	notes.c		what was done about a flag, step by step
 *	contacts.c	a contact's word, by a code
 *	bridge.c	a volunteer is put through to a person
 *	reviews.c	whose set-up needs a look
 *	closing.c	no flag without a name overnight
 *	absences.c	who is not to be asked, by what humans said
 *	followup.c	who is told of a flag, and when the next
 *	notices.c	texts and e-mails to volunteers
 *	lists.c		the morning list, and the hand-over of the evening
 *	team.c		texts from volunteers
 *	trouble.c	incidents
 *	standing.c	what lasts is brought to mind
 *	wallclock.c	a clock that cannot be believed
 *	aside.c		what makes its own handling fail
 *	amends.c	a hook that does
 *	deadlines.c	how long each state lasts, and who ends it
 *	audit.c		the invariants, looked at on the ledger
 *	watch.c		the audit and the heartbeat, every few minutes
 *
 * Every function that returns int and takes *e gives -1 where the ledger
 * failed or refused; the event is then undone.
 */
#ifndef INSIDE_H
#define INSIDE_H

#include "engine/deadlines.h"
#include "engine/engine.h"
#include "engine/planner.h"
#include "ledger/incidents.h"

/* How many rows of a kind one turn takes; the rest comes in the next turn, so
 * that the loop never stands still for long. */
#define BATCH 64

/* How many attempts a check-in can have: steps, retries, repeats. */
#define TRIES_MAX 64
/* How many check-ins a person can have on a date. */
#define TURNS_MAX 16

#define ANSWERS_A_DAY 5			/* automatic texts to one number */

enum effect_kind {
	EFFECT_SUBMIT, EFFECT_POLL, EFFECT_LOOKUP, EFFECT_MAIL, EFFECT_BEAT,
	EFFECT_INBOX,
};

/* Something that leaves when the turn has committed.  Owns its text. */
struct effect {
	enum effect_kind kind;
	struct gateway *gateway;
	struct submission submission;
	struct script script;		/* submission.script, of a call */
	char *words[3];			/* before, ask, after; or text */
	char number[LEDGER_NUMBER_SIZE];
	char gateway_id[GATEWAY_ID_SIZE];
	msec since;
	int64_t notice;
	char *to, *subject, *text;
};

/* The way to one gateway: its rate and its health.  Lives in memory only: a
 * restart begins with an empty bucket, never with a burst. */
struct line {
	struct gateway *gateway;
	double tokens[2];	/* by channel: call, text */
	msec filled_at[2];
	int in_flight;
	int failures;		/* in a row */
	msec not_before;	/* back-off: nothing is sent until then */
	bool answered;		/* at least once since the start */
	bool down;		/* an incident is open */
	bool setup;		/* it refuses our set-up */
	msec failed_at;		/* the newest failure; 0 */
	msec probe_at;		/* when to ask whether it works; 0 */
	int probes;		/* in a row */
	char probe[GATEWAY_REF_SIZE];	/* the one under way; "" */
	msec inbox_at;		/* when its texts are to be fetched; 0 */
	msec inbox_asked;	/* since then they are being; 0 */
	bool inbox_told;	/* at least once since the start */
	int inbox_failures;	/* in a row */
};

/* What was done and stands on disk: a turn that is lost puts it back. */
struct engine_done {
	bool recovered;		/* what a crash left behind was dealt with */
	bool marked;		/* who is live, of the configuration in force */
	bool removals_accepted;	/* by a reload, since the start */
	bool dropped;		/* too many are gone, and nobody accepted it */
	localdate planned_to;	/* the last day that was, or is just being */
	struct planner_at plan;
	localdate reviewed_on;	/* the day whose reviews were seen to */
	size_t reviewed;	/* so many people of that day */
	localdate closed_on;	/* the day whose close was seen to */
	localdate listed_on[2];	/* the days of the last lists, see lists.c */
};

struct engine {
	struct ledger *ledger;
	const struct config *conf;
	const struct engine_ops *ops;
	struct random *random;

	struct turn_event *first, **last;
	uint64_t posted;

	struct effect *effects;
	size_t n_effects, cap_effects;

	struct line *lines;
	size_t n_lines;

	msec wake;		/* see engine_wake */
	int rate;		/* see engine_set_rate */
	bool more;		/* a batch was full: turn again at once */
	bool stumbled;		/* a piece of a duty failed by itself */
	bool draining;		/* nothing new leaves */
	bool replan;		/* the days ahead are to be written */
	struct engine_done done;
	uint8_t link_key[32];	/* see signin.c */
	bool has_link_key;
	struct {
		msec audit_at, beat_at;	/* not before */
		bool passed;		/* the last audit found nothing */
	} watch;
	/* After a gap: what the gateway made since, for whom it was to be. */
	struct {
		msec since, started;	/* 0: there was none */
		struct restored_number *items;
		size_t n, cap;
	} restored;
	msec review_at;		/* not before: reviews are in no hurry */
	msec clock_ok_at;	/* the clock stands behind until then; 0 */

	/* What a reload of this turn replaced, until the commit: it is freed
	 * then, or put back where the turn is lost. */
	struct {
		const struct config *conf;
		struct line *lines;
		size_t n_lines;
	} was;
};

/* ---- engine.c ---------------------------------------------------------- */

/* A new effect, zeroed; the caller fills it. */
struct effect *engine_effect(struct engine *en, enum effect_kind kind);

/* Look again at the instant, or sooner. */
void engine_wake_at(struct engine *en, msec at);

/* Run one piece of work in a savepoint of its own, so that a row that makes
 * its own handling fail takes no other with it.  1 kept; 0 undone, *e says
 * why; -1 the whole turn is lost. */
typedef int (*piece_fn)(struct engine *en, void *arg, msec now, struct err *e);
int engine_piece(struct engine *en, piece_fn fn, void *arg, msec now,
    struct err *e) MUST_CHECK;

/* ---- aside.c ----------------------------------------------------------- */

/* A piece of work was undone, and *e says why: keep it aside, tell of it.  1
 * the same was set aside before, 0 it is new or not even that could be
 * written, -1 the turn is lost. */
int aside_keep(struct engine *en, const char *kind, const char *subject,
    const char *content, msec now, struct err *e) MUST_CHECK;
int aside_row(struct engine *en, const char *kind, int64_t id, msec now,
    struct err *e) MUST_CHECK;

/* ---- amends.c ---------------------------------------------------------- */

/* A hook was set aside.  The first time a human is asked to look after whoever
 * spoke: 0, the gateway is to come again.  Again: 1, it is answered (ret), and
 * has not to come any more.  -1 the turn is lost. */
int amends_hook(struct engine *en, struct gateway *g, const struct event *ev,
    bool again, msec now, struct hook_answer *ret, struct err *e) MUST_CHECK;

/* ---- lines.c ----------------------------------------------------------- */

/* Open the gateways of conf, and close them. */
int lines_open(const struct config *conf, struct line **ret, size_t *ret_n,
    struct err *e) MUST_CHECK;
void lines_close(struct line *lines, size_t n);

/* How many attempts may leave on the channel now, at most max; take one, and
 * give it back where it did not leave. */
int line_room(struct line *line, enum channel channel, msec now, int max);
void line_take(struct line *line, enum channel channel);
void line_give_back(struct line *line, enum channel channel);

/* A turn was lost: an incident that it opened or ended is not so on disk. */
void lines_doubt(struct line *lines, size_t n);

/* When there is room on the channel again. */
msec line_ready_at(struct line *line, enum channel channel, msec now);

/* A request failed in a way that says the gateway is in trouble: back off,
 * with jitter; wait is what the gateway asked for, 0 for nothing. */
void line_failed(struct line *line, struct random *random, msec wait,
    msec now);
void line_worked(struct line *line);

/* ---- climb.c ----------------------------------------------------------- */

int climb_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* Look at the check-in at once (an attempt of it has settled). */
int climb_look(struct engine *en, int64_t checkin, msec now,
    struct err *e) MUST_CHECK;
/* An attempt of it is unsettled no longer, and goes on: a step that this
 * stood in the way of is made now.  A step that is not due yet has its own
 * instant to be looked at, and costs nothing. */
int climb_unblock(struct engine *en, struct ledger_checkin *c, msec now,
    struct err *e) MUST_CHECK;

/* ---- gate.c ------------------------------------------------------------ */

/* May the attempt be made now?  1 yes; 0 no, with the outcome that it ends in
 * (NONE: it is only to wait) and why; -1 failed.  Looks at all that can have
 * changed since it was planned: away, hours, opt-out, cap, allow-list, hold,
 * the check-in. */
int gate_allows(struct engine *en, const struct ledger_attempt *a,
    const struct ledger_checkin *c, msec now, enum outcome *ret_outcome,
    const char **ret_why, struct err *e) MUST_CHECK;

/* By which channels can the person still be asked: has a number for it, the
 * scheme has a gateway, and has not opted out. */
int gate_means(struct engine *en, const struct config_participant *p,
    struct ladder_means *ret, struct err *e) MUST_CHECK;

/* ---- dispatch.c -------------------------------------------------------- */

int dispatch_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* When dispatch has something to do next; NEVER. */
int dispatch_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;

struct line *dispatch_line(struct engine *en, const char *gateway);

/* Plan a text that is no check-in's step: a notice, or an answer. */
int dispatch_text(struct engine *en, enum purpose purpose, int64_t notice,
    int64_t reply, const char *number, const char *text, msec now,
    struct err *e) MUST_CHECK;

/* An unguessable ref.  Those of one time stand side by side in the ledger's
 * index, so that many of them share the pages to be written. */
void dispatch_ref(struct engine *en, msec now, char ret[GATEWAY_REF_SIZE]);

/* The check-in that it is for; in a test call only the participant is set,
 * and in others nothing. */
int dispatch_whose(struct engine *en, const struct ledger_attempt *a,
    struct ledger_checkin *ret, struct err *e) MUST_CHECK;

/* A fresh attempt, its ref drawn, all else zero. */
void dispatch_new_attempt(struct engine *en, enum channel channel,
    const char *number, enum purpose purpose, msec now,
    struct ledger_attempt *ret);

/* ---- probe.c ----------------------------------------------------------- */

/* Ask the gateways in trouble that nothing was sent to for a while, and when
 * the next is to be asked; NEVER. */
int probe_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
int probe_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;
/* A listing came, or failed: 1 where it was a probe's, which ends the incident
 * of a gateway that told; 0 it is an attempt's. */
int probe_answered(struct engine *en, const char *ref, bool told, msec now,
    struct err *e) MUST_CHECK;

/* ---- restored.c -------------------------------------------------------- */

/* The first turn, before the ledger is touched: is there a gap? */
int restored_begin(struct engine *en, msec now, struct err *e) MUST_CHECK;
void restored_free(struct engine *en);
/* Has the attempt to wait until the gateway has said what it made for that
 * number meanwhile?  1: it was put off; 0, -1. */
int restored_holds(struct engine *en, struct line *line,
    struct ledger_attempt *a, const struct ledger_checkin *c, msec now,
    struct err *e) MUST_CHECK;
/* A listing came, or failed (NULL): 1 it was one of these; 0 not. */
int restored_answered(struct engine *en, const char *ref,
    const struct found_list *list, msec now, struct err *e) MUST_CHECK;

/* ---- settle.c ---------------------------------------------------------- */

int settle_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
int settle_recover(struct engine *en, msec now, struct err *e) MUST_CHECK;
int settle_answer(struct engine *en, const char *ref, const struct answer *a,
    msec now, char ret_gateway[LEDGER_NAME_SIZE], struct err *e) MUST_CHECK;
int settle_poll(struct engine *en, const char *ref, const struct found *f,
    msec now, struct err *e) MUST_CHECK;
int settle_lookup(struct engine *en, const char *ref,
    const struct found_list *l, msec now, struct err *e) MUST_CHECK;
int settle_progress(struct engine *en, struct ledger_attempt *a,
    enum progress progress, enum refusal refusal, int sequence, bool machine,
    msec now, struct err *e) MUST_CHECK;

/* The newest (or oldest) one of the listing that is ours, not older than
 * since, and that no attempt has yet; NULL for none. */
int settle_find(struct engine *en, const struct ledger_attempt *a,
    const struct found_list *l, msec since, bool oldest,
    const struct found **ret, struct err *e) MUST_CHECK;
/* The attempt is that one. */
int settle_adopt(struct engine *en, struct ledger_attempt *a,
    const struct found *f, msec now, struct err *e) MUST_CHECK;

/* End the attempt, and let whoever waits for it look again. */
int settle_end(struct engine *en, struct ledger_attempt *a,
    enum outcome outcome, const char *detail, msec now,
    struct err *e) MUST_CHECK;

/* ---- hear.c ------------------------------------------------------------ */

/* A hook's event; the answer is filled as the gateway wants it. */
int hear_event(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e) MUST_CHECK;
int hear_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* ---- inputs.c ---------------------------------------------------------- */

/* A text of a list (taken over), which is there still if its turn is lost.
 * date: the gateway's clock when it was listed, 0 where that is unknown. */
void inputs_post_listed(struct engine *en, const char *gateway,
    struct event *taken, msec date);

/* ---- inbox.c ----------------------------------------------------------- */

/* Fetch the texts that came in, of gateways that bring none. */
int inbox_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
int inbox_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;

/* ---- letters.c --------------------------------------------------------- */

/* A text that came in, for the first time. */
int letters_hear(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct err *e) MUST_CHECK;
/* Somebody told us ("text") or the gateway ("gateway") to stop: that is kept
 * to, and the coordinators learn whom it touches. */
int letters_stop(struct engine *en, const char *number, enum channel channel,
    const char *source, msec now, struct err *e) MUST_CHECK;

/* ---- word.c ------------------------------------------------------------ */

/* The person is well: every check-in that is being asked or falls due later
 * this local day, and what was flagged, is confirmed.  also: a check-in that
 * the word belongs to whatever its date, 0 for none. */
int word_ok(struct engine *en, const char *participant,
    enum confirmed_by by, int64_t also, msec now, struct err *e) MUST_CHECK;

/* The person asks for help: flagged at once, the ladder ends. */
int word_help(struct engine *en, const char *participant, int64_t also,
    bool by_text, msec now, struct err *e) MUST_CHECK;

/* A sign of life that is no OK: a human reads or rings. */
int word_unclear(struct engine *en, const char *participant, int64_t also,
    msec now, struct err *e) MUST_CHECK;

/* Is anything of this person waiting for a word: a check-in that is being
 * asked or due today, or a flag that their own word ends?  1, 0, -1. */
int word_is_awaited(struct engine *en, const char *participant, msec now,
    bool *ret_asking, struct err *e) MUST_CHECK;

/* Was a check-in of today confirmed since then, or help asked?  1, 0, -1. */
int word_heard_since(struct engine *en, const char *participant, msec since,
    msec now, struct err *e) MUST_CHECK;

/* What the reply of a known participant is about, before it takes effect: the
 * check-in, the call or text that it answers, the open flag. */
int word_about(struct engine *en, struct ledger_reply *r, msec now,
    struct err *e) MUST_CHECK;
/* And the flag that it raised, where it raised one; saved where it stands. */
int word_flagged(struct engine *en, struct ledger_reply *r,
    struct err *e) MUST_CHECK;

/* End a check-in in a state; its planned attempts fall away by the gate. */
int word_close(struct engine *en, struct ledger_checkin *c,
    enum checkin_state state, enum confirmed_by by, const char *reason,
    msec now, struct err *e) MUST_CHECK;

/* ---- trips.c ----------------------------------------------------------- */

struct trip {
	localdate first, last;		/* both included */
};

/* The person's own text tells of an absence.  1 *ret is noted; 0 a human has
 * to read it; -1 failed. */
int trips_text(struct engine *en, const struct config_participant *p,
    const char *text, msec now, struct trip *ret, struct err *e) MUST_CHECK;
/* So many days from today on, by key.  As above. */
int trips_days(struct engine *en, const struct config_participant *p,
    int days, msec now, struct trip *ret, struct err *e) MUST_CHECK;
/* They are back before that.  1, or 0 where they are not away by a word that
 * they may take back; -1. */
int trips_back(struct engine *en, const struct config_participant *p,
    const char *from, msec now, struct err *e) MUST_CHECK;
/* The trip of that many days from today on. */
struct trip trips_from_today(int days, msec now);

/* ---- flags.c ----------------------------------------------------------- */

/* Raise a flag for the person, or join the open one.  Sets *ret_flag. */
int flags_raise(struct engine *en, const char *participant,
    enum flag_reason reason, int64_t checkin, int64_t incident, msec now,
    int64_t *ret_flag, struct err *e) MUST_CHECK;
/* A stranger's words, for a human to read. */
int flags_raise_stranger(struct engine *en, const char *number, msec now,
    struct err *e) MUST_CHECK;
/* It ends; saved, but not recorded. */
int flags_end(struct engine *en, struct ledger_flag *f, enum disposition d,
    enum false_alarm why, msec now, struct err *e) MUST_CHECK;
/* The name of a volunteer by id; else what it is. */
const char *flags_name_of(const struct engine *en, const char *who);
/* The participant's own later word ends it, where it may. */
int flags_own_word(struct engine *en, const char *participant, msec now,
    struct err *e) MUST_CHECK;
int flags_record(struct engine *en, const char *who, const char *from,
    const char *action, int64_t flag, int64_t checkin, const char *detail,
    msec now, struct err *e) MUST_CHECK;

/* ---- decide.c ---------------------------------------------------------- */

/* An open flag by the code that was typed. */
int decide_find(struct engine *en, const char *typed,
    struct ledger_flag *ret, struct err *e) MUST_CHECK;
/* The newest with that code, whether it has ended or not. */
int decide_find_any(struct engine *en, const char *typed,
    struct ledger_flag *ret, struct err *e) MUST_CHECK;
/* Whose it is may let go of it and close it, and so may a coordinator or an
 * administrator; what nobody has, anybody of the team. */
int decide_check_owner(const struct engine *en, const struct ledger_flag *f,
    const char *who, struct err *e) MUST_CHECK;
/* Room for one more? */
int decide_check_cap(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, struct err *e) MUST_CHECK;
/* It is theirs now: recorded and saved. */
int decide_take(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, msec now, struct err *e) MUST_CHECK;

/* ---- hand.c ------------------------------------------------------------ */

/* Whom it was handed to has not taken it in time, or does not want it: it
 * goes on to the next.  Saves the flag. */
int hand_lapse(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, const char *why, msec now, struct err *e) MUST_CHECK;
/* Whom it was handed to has taken it: whoever had it hears so. */
int hand_taken(struct engine *en, const struct ledger_flag *f,
    const char *from_whom, msec now, struct err *e) MUST_CHECK;

/* Ask the one whom it was handed to once more; saves the flag. */
int hand_again(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e) MUST_CHECK;

/* ---- notes.c ----------------------------------------------------------- */

/* Who is not back from a door. */
int notes_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* They were put through to each other: that is a call, and a word; saves. */
int notes_put_through(struct engine *en, struct ledger_flag *f,
    const char *who, msec now, struct err *e) MUST_CHECK;
/* A volunteer rang a person whose channel is human: it stands among the
 * attempts of the check-in. */
int notes_human_call(struct engine *en, const struct ledger_flag *f,
    enum outcome outcome, msec now, struct err *e) MUST_CHECK;

/* ---- contacts.c -------------------------------------------------------- */

/* A text of somebody who is nobody of the team: is it a contact's OK and code?
 * 1 it was, and is dealt with; 0 not; -1 failed. */
int contacts_hear(struct engine *en, struct ledger_reply *r, msec now,
    struct err *e) MUST_CHECK;

/* ---- reviews.c --------------------------------------------------------- */

/* Once a day, some people at a time. */
int reviews_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
int reviews_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;
/* A check-in has ended unheard: of a new person whom no key came from? */
int reviews_unheard(struct engine *en, const struct ledger_checkin *c,
    msec now, struct err *e) MUST_CHECK;

/* ---- closing.c --------------------------------------------------------- */

/* Name who is to take the flag for the night, where nobody has; not saved. */
int closing_name(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e) MUST_CHECK;
int closing_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* When the day next closes. */
int closing_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;

/* ---- absences.c -------------------------------------------------------- */

/* Is the person in hospital or dead, so that all contact has ended?  1, 0,
 * -1. */
int absences_stopped(struct engine *en, const char *participant, msec now,
    struct err *e) MUST_CHECK;
/* Does that hold for all who have the number, and it is no volunteer's? */
int absences_silence(struct engine *en, const char *number, msec now,
    struct err *e) MUST_CHECK;

/* ---- followup.c -------------------------------------------------------- */

int followup_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* After a reload: the flags of volunteers who have left go to the next. */
int followup_orphans(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* The terms of a flag that somebody has just claimed; the caller saves it. */
void followup_claimed(struct ledger_flag *f, msec now);
/* Nobody has the flag any more: recorded as who's doing, and the next one is
 * told; saves the flag. */
int followup_reopen(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, const char *why, msec now, struct err *e) MUST_CHECK;
/* Tell the next one; saves the flag. */
int followup_next(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e) MUST_CHECK;

/* ---- notices.c --------------------------------------------------------- */

int notices_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* When an e-mail is next due; NEVER. */
int notices_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;

/* What somebody is told.  Lends everything. */
struct notice_words {
	const char *kind;
	int64_t flag, incident;		/* 0 for none */
	bool urgent;			/* help: also in quiet hours */
	const char *key;		/* at most once with it, on each way;
					 * NULL: always */
	const char *text;		/* NULL: no text */
	const char *subject, *body;	/* of the e-mail */
};
/* Words to one volunteer, by the ways that they want. */
int notices_send(struct engine *en, const struct config_volunteer *v,
    const struct config_ways *ways, const struct notice_words *w, msec now,
    struct err *e) MUST_CHECK;

/* Tell one volunteer of a flag, by text and by e-mail as they have them. */
int notices_flag(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, msec deadline, msec now,
    struct err *e) MUST_CHECK;
/* Words to one volunteer: text (NULL: none) and e-mail. */
int notices_tell(struct engine *en, const struct config_volunteer *v,
    const char *kind, int64_t flag, int64_t incident, bool urgent,
    const char *text, const char *subject, const char *body, msec now,
    struct err *e) MUST_CHECK;
/* The same to every coordinator. */
int notices_tell_coordinators(struct engine *en, const char *kind,
    int64_t flag, int64_t incident, bool urgent, const char *text,
    const char *subject, const char *body, msec now, struct err *e) MUST_CHECK;
/* Every coordinator is told, once with the key; no text in a queue before a
 * gateway that is down. */
int notices_remind(struct engine *en, const struct notice_words *w, msec now,
    struct err *e) MUST_CHECK;
/* E-mails that no answer came of are to be sent again. */
int notices_overdue(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* After a load: e-mails that no server is there for any more end. */
int notices_orphans(struct engine *en, msec now, struct err *e) MUST_CHECK;
int notices_mail_ended(struct engine *en, int64_t notice, enum post_fate fate,
    const char *detail, msec now, struct err *e) MUST_CHECK;
/* Is the text notice still of use, or has somebody the flag, or its time
 * passed while the gateway was down?  1, 0, -1. */
int notices_still_wanted(struct engine *en, int64_t notice, msec now,
    struct err *e) MUST_CHECK;
/* A text notice's attempt has ended: where it failed, the next is told. */
int notices_text_ended(struct engine *en, int64_t notice,
    enum outcome outcome, const char *detail, msec now,
    struct err *e) MUST_CHECK;

/* ---- lists.c ----------------------------------------------------------- */

int lists_run(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* When the next list is due. */
int lists_wake(struct engine *en, msec now, msec *ret,
    struct err *e) MUST_CHECK;

/* ---- standing.c -------------------------------------------------------- */

int standing_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* ---- orphans.c --------------------------------------------------------- */

int orphans_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* ---- signin.c ---------------------------------------------------------- */

/* Put the link into the text of a notice that carries one: 1 it is as it may
 * leave (also any other text), 0 the link is lost since a restart, -1. */
int signin_fill(struct engine *en, int64_t notice, struct buf *text,
    struct err *e) MUST_CHECK;
/* Is the notice not a link that is too old to be of use? */
bool signin_in_time(const struct ledger_notice *n, msec now);
/* After a load: the sessions of those who have left, and those whose time is
 * over, end. */
int signin_orphans(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* ---- watch.c ----------------------------------------------------------- */

int watch_run(struct engine *en, msec now, struct err *e) MUST_CHECK;

/* ---- team.c ------------------------------------------------------------ */

/* A text from a volunteer's number.  1: it was theirs, and was dealt with;
 * 0: it reads like a participant's (only where somebody else has the number
 * too: only is false); -1 failed. */
int team_text(struct engine *en, const struct config_volunteer *v,
    struct ledger_reply *r, bool only, msec now, struct err *e) MUST_CHECK;

/* ---- trouble.c --------------------------------------------------------- */

/* The incident of the kind, of no one subject, is over; 0 also where there
 * was none. */
int trouble_end(struct engine *en, enum incident_kind kind, msec now,
    struct err *e) MUST_CHECK;
/* The gateway failed, or took a request again. */
int trouble_gateway(struct engine *en, struct line *line, bool setup,
    const char *detail, msec now, struct err *e) MUST_CHECK;
int trouble_gateway_up(struct engine *en, struct line *line, msec now,
    struct err *e) MUST_CHECK;
/* Is its incident open in the ledger?  1, 0, -1. */
int trouble_gateway_is_down(struct engine *en, const struct line *line,
    struct err *e) MUST_CHECK;
/* An e-mail could not be handed over for so many times in a row, or was. */
int trouble_mail(struct engine *en, int tries, const char *detail, msec now,
    struct err *e) MUST_CHECK;
int trouble_mail_up(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* The check-in ends unheard now: are there many at once, of one cause? */
int trouble_silence(struct engine *en, const struct ledger_checkin *c,
    msec now, struct err *e) MUST_CHECK;
/* Is volunteers' work held for the silence of many?  1 until then, 0, -1. */
int trouble_silence_holds(struct engine *en, msec now, msec *ret_until,
    int64_t *ret_incident, struct err *e) MUST_CHECK;
/* A new day has begun: yesterday's outage is over. */
int trouble_new_day(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* The incident that a flag of the reason belongs to, 0 for none. */
int trouble_incident_for(struct engine *en, enum flag_reason reason, msec now,
    int64_t *ret, struct err *e) MUST_CHECK;

/* ---- wallclock.c ------------------------------------------------------- */

/* Does the clock stand behind the ledger?  Sets clock_ok_at. */
int wallclock_look(struct engine *en, msec now, struct err *e) MUST_CHECK;
/* When to look again while it does. */
msec wallclock_wake(const struct engine *en, msec now);

#endif /* INSIDE_H */
