/*
 * A volunteer is put through to a person: neither sees the other's number, and
 * the person's telephone shows ours, which their call blocker lets pass.
 *
 *	asked		a notice by call; its attempt rings the volunteer, under
 *			the rules of every attempt
 *	key 1		looked at again, put through: once, whatever is told
 *			twice; no machine that answers ever is
 *	told, or ended	how it went, recorded; who did not answer was tried
 *
 * It is never a confirmation: a line that was picked up may be a machine.  The
 * volunteer says what they heard.
 */
#include "engine/bridge.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "engine/plan.h"

/* They talk so long at the most: the attempt is given up ten minutes later. */
#define TALKS (20 * MSEC_MINUTE)
#define RINGS_VOLUNTEER (30 * MSEC_SECOND)
#define RINGS_PERSON (45 * MSEC_SECOND)
#define PROMPTS 2
#define TURNS 3

/* No, and why. */
#define NOT(why, ...) (err_set(why, __VA_ARGS__), 0)

static const char *const results[BRIDGE_RESULT_COUNT] = {
	[BRIDGE_ANSWERED] = "Thank you. Please note how they are.",
	[BRIDGE_BUSY] = "It is engaged. Please try again in ten minutes.",
	[BRIDGE_NO_ANSWER] = "There was no answer. That is noted.",
	[BRIDGE_FAILED] = "The call did not go through. Please ring the "
	    "office.",
};

/* ---- may it be? --------------------------------------------------------- */

static const char *
number_of(const struct config_participant *p)
{
	const char *number = config_number(p, CHANNEL_CALL, false);

	return number != NULL ? number : config_number(p, CHANNEL_TEXT, false);
}

/* Are they to be rung now?  1; 0 with why; -1. */
static int
may_ring(struct engine *en, const struct ledger_flag *f,
    const struct config_participant *p, const char *number, msec now,
    struct err *why, struct err *e)
{
	const char *away;
	int yes;

	if (!config_allows(en->conf, number))
		return NOT(why, "their number is not in allow_numbers");
	yes = ledger_opted_out(en->ledger, number, CHANNEL_CALL, e);
	if (yes == 1)
		err_set(why, "they have asked us not to ring them");
	if (yes != 0)
		return yes == 1 ? 0 : -1;
	yes = plan_is_away(en->ledger, p, calendar_date(now), &away, e);
	if (yes == 1)
		err_set(why, "of them it is written: %s", away);
	if (yes != 0)
		return yes == 1 ? 0 : -1;
	/* Who asks for help is promised a call. */
	if (f->reason != FLAG_HELP && !hours_contain(&p->contact_hours, now))
		return NOT(why, "it is outside their contact hours");
	return 1;
}

/* May this volunteer be put through to the flag's person now?  1; 0 with why;
 * -1. */
static int
may(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, const char **ret_number, msec now,
    struct err *why, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);

	*ret_number = p != NULL ? number_of(p) : NULL;
	if (f->state == FLAG_RESOLVED)
		return NOT(why, "flag %s has ended", f->code);
	if (!v->coordinator && (f->state != FLAG_CLAIMED ||
	    strcmp(f->owner, v->id) != 0))
		return NOT(why, "flag %s is not %s's: it has to be "
		    "claimed first", f->code, v->name);
	if (*ret_number == NULL)
		return NOT(why, "flag %s is of nobody with a number that "
		    "we may ring", f->code);
	if (strcmp(*ret_number, v->mobile) == 0)
		return NOT(why, "it is their own number");
	return may_ring(en, f, p, *ret_number, now, why, e);
}

/* ---- asked -------------------------------------------------------------- */

/* Whose telephone rings: their own, or, for a coordinator, another's. */
static int
find_volunteer(struct engine *en, const char *whose, const char *who,
    const struct config_volunteer **ret, struct err *e)
{
	const struct config_volunteer *asker = config_volunteer(en->conf, who);

	*ret = config_volunteer(en->conf, whose[0] != '\0' ? whose : who);
	if (*ret == NULL)
		return err_set(e, "whose telephone is to ring? Give the id of "
		    "a volunteer");
	if (*ret != asker && asker != NULL && !asker->coordinator)
		return err_set(e, "only a coordinator can have another's "
		    "telephone rung");
	if ((*ret)->mobile == NULL || config_gateway_for(en->conf,
	    CHANNEL_CALL) == NULL)
		return err_set(e, "%s cannot be rung: there is no %s",
		    (*ret)->name, (*ret)->mobile == NULL ? "number of theirs" :
		    "gateway for calls");
	return 0;
}

static int
check_free(struct engine *en, const struct config_volunteer *v,
    const char *number, msec now, struct err *e)
{
	struct ledger_bridge other;
	int found = ledger_bridge_open(en->ledger, number, v->id, &other, e);

	if (found == -1)
		return -1;
	if (found == 1)
		return err_set(e, "%s is being put through already",
		    flags_name_of(en, other.who));
	found = ledger_number_taken(en->ledger, number, CHANNEL_CALL, now, e);
	if (found == 1)
		return err_set(e, "they are being rung just now; try again in "
		    "a minute");
	return found;
}

static int
plan(struct engine *en, const struct config_volunteer *v, int64_t flag,
    const char *number, const char *from, msec now, struct err *e)
{
	struct ledger_notice n = { .flag = flag, .channel = NOTICE_CALL,
		.kind = "call", .planned_at = now, .due_at = now };
	struct ledger_bridge b = { .flag = flag, .asked_at = now };
	struct ledger_attempt a;

	snprintf(n.volunteer, sizeof(n.volunteer), "%s", v->id);
	if (ledger_notice_add(en->ledger, &n, NULL, "", "", e) == -1)
		return -1;
	b.notice = n.id;
	snprintf(b.who, sizeof(b.who), "%s", v->id);
	snprintf(b.way, sizeof(b.way), "%s", from);
	snprintf(b.number, sizeof(b.number), "%s", number);
	if (ledger_bridge_add(en->ledger, &b, e) == -1)
		return -1;
	dispatch_new_attempt(en, CHANNEL_CALL, v->mobile, PURPOSE_ANSWER, now,
	    &a);
	a.notice = n.id;
	return ledger_attempt_add(en->ledger, &a, NULL, e);
}

int
engine_bridge(struct engine *en, const char *code, const char *whose,
    const char *who, const char *from, msec now, struct err *e)
{
	const struct config_volunteer *v;
	const char *number;
	struct ledger_flag f;
	struct err why;
	int yes;

	if (decide_find(en, code, &f, e) == -1 ||
	    find_volunteer(en, whose, who, &v, e) == -1)
		return -1;
	if ((yes = may(en, &f, v, &number, now, &why, e)) != 1)
		return yes == -1 ? -1 : err_set(e, "%s", why.text);
	if (check_free(en, v, number, now, e) == -1 ||
	    plan(en, v, f.id, number, from, now, e) == -1)
		return -1;
	return flags_record(en, who, from, "call", f.id, f.checkin, v->id, now,
	    e);
}

/* ---- the volunteer is rung ---------------------------------------------- */

/* 1 with what it is about; 0 where it may not be, or not any more. */
static int
look(struct engine *en, const struct ledger_bridge *b, struct ledger_flag *f,
    msec now, struct err *why, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, b->who);
	const char *number;
	int yes;

	if (ledger_flag_get(en->ledger, b->flag, f, e) == -1)
		return -1;
	if (v == NULL || v->mobile == NULL)
		return NOT(why, "the volunteer has left");
	if ((yes = may(en, f, v, &number, now, why, e)) == 1 &&
	    strcmp(number, b->number) != 0)
		return NOT(why, "their number has changed");
	return yes;
}

int
bridge_still_wanted(struct engine *en, const struct ledger_notice *n, msec now,
    struct err *e)
{
	struct ledger_bridge b;
	struct ledger_flag f;
	struct err why;

	if (ledger_bridge_get(en->ledger, n->id, &b, e) == -1)
		return -1;
	if (b.ended_at != 0 || b.through_at != 0 || now - n->planned_at >=
	    deadlines[DEADLINE_BRIDGE_PLANNED].at_most)
		return 0;
	return look(en, &b, &f, now, &why, e);
}

/* "K4F7" letter by letter, or a voice makes a word of it. */
static void
add_code(struct buf *b, const char *code)
{
	for (const char *p = code; *p != '\0'; p++)
		buf_addf(b, " %c", *p);
}

static void
add_question(struct buf *b, const char *code)
{
	buf_add(b, "To be put through to the person of flag");
	add_code(b, code);
	buf_add(b, ", press 1.");
}

int
bridge_fill(struct engine *en, struct effect *f, const struct ledger_attempt *a,
    struct err *e)
{
	struct ledger_bridge b;
	struct ledger_flag flag;
	struct buf ask = BUF_EMPTY;

	if (ledger_bridge_get(en->ledger, a->notice, &b, e) == -1 ||
	    ledger_flag_get(en->ledger, b.flag, &flag, e) == -1)
		return -1;
	add_question(&ask, flag.code);
	f->script = (struct script){ .prompts = PROMPTS, .language = "en" };
	snprintf(f->script.ref, sizeof(f->script.ref), "%s", a->ref);
	f->words[0] = mem_printf("This is %s.", en->conf->service.name);
	f->words[1] = buf_take(&ask);
	f->words[2] = mem_dup("Goodbye.");
	f->submission.ring = RINGS_VOLUNTEER;
	f->submission.lasts = TALKS + 2 * MSEC_MINUTE;
	return 0;
}

/* ---- their key ---------------------------------------------------------- */

static void
say(struct gateway *g, const char *words, struct hook_answer *ret)
{
	const struct script s = { .before.words = words, .language = "en" };

	gateway_say(g, &s, ret);
}

static int
end(struct engine *en, struct ledger_bridge *b, enum bridge_result result,
    msec now, struct err *e)
{
	const struct noted tried = { .kind = NOTE_TRIED_PERSON, .with = "",
		.agency = "", .reference = "", .words = "put through" };
	struct ledger_flag f;
	struct err why;

	b->result = result;
	b->ended_at = now;
	if (ledger_bridge_save(en->ledger, b, e) == -1)
		return -1;
	/* What is not known yet may be told in a moment. */
	if (result == BRIDGE_UNKNOWN)
		return 0;
	if (ledger_flag_get(en->ledger, b->flag, &f, e) == -1 ||
	    flags_record(en, b->who, b->way, "called", f.id, f.checkin,
	    bridge_result_name(result), now, e) == -1)
		return -1;
	if (result == BRIDGE_ANSWERED)
		return notes_put_through(en, &f, b->who, now, e);
	if ((result != BRIDGE_NO_ANSWER && result != BRIDGE_BUSY) ||
	    f.state == FLAG_RESOLVED ||
	    decide_check_owner(en, &f, b->who, &why) == -1)
		return 0;
	return engine_note(en, f.code, &tried, b->who, b->way, now, e);
}

static void
put_through(const struct ledger_bridge *b, struct gateway *g, const char *ref,
    struct hook_answer *ret)
{
	struct script s = { .before.words = "One moment, please.",
		.language = "en", .through = b->number, .ring = RINGS_PERSON,
		.lasts = TALKS };

	snprintf(s.ref, sizeof(s.ref), "%s", ref);
	gateway_say(g, &s, ret);
}

/* They press 1 for the first time. */
static int
take(struct engine *en, struct gateway *g, struct ledger_bridge *b,
    struct ledger_attempt *a, const struct event *ev, msec now,
    struct hook_answer *ret, struct err *e)
{
	struct ledger_flag f;
	struct err why;
	char words[sizeof(why.text) + 64];
	int yes = look(en, b, &f, now, &why, e);

	if (yes == -1)
		return -1;
	if (!yes) {
		snprintf(words, sizeof(words), "You cannot be put through: "
		    "%s. Goodbye.", why.text);
		say(g, words, ret);
		return end(en, b, BRIDGE_NOT_TAKEN, now, e);
	}
	b->through_at = now;
	if (ledger_bridge_save(en->ledger, b, e) == -1)
		return -1;
	put_through(b, g, ev->ref, ret);
	a->outcome = OUTCOME_OK;
	if (a->gateway_id[0] == '\0')
		snprintf(a->gateway_id, sizeof(a->gateway_id), "%s",
		    ev->gateway_id);
	if (a->state == ATTEMPT_ENDED)
		return ledger_attempt_save(en->ledger, a, e);
	return settle_progress(en, a, PROGRESS_ANSWERED, REFUSAL_NONE, -1,
	    false, now, e);
}

static int
ask_again(struct engine *en, struct gateway *g, const struct ledger_bridge *b,
    const struct event *ev, struct hook_answer *ret, struct err *e)
{
	struct script s = { .prompts = PROMPTS, .turn = ev->turn + 1,
		.language = "en" };
	struct buf ask = BUF_EMPTY;
	struct ledger_flag f;

	if (ledger_flag_get(en->ledger, b->flag, &f, e) == -1)
		return -1;
	add_question(&ask, f.code);
	s.ask.words = buf_text(&ask);
	snprintf(s.ref, sizeof(s.ref), "%s", ev->ref);
	gateway_say(g, &s, ret);
	buf_release(&ask);
	return 0;
}

int
bridge_key(struct engine *en, struct gateway *g, struct ledger_attempt *a,
    const struct event *ev, bool fresh, msec now, struct hook_answer *ret,
    struct err *e)
{
	struct ledger_bridge b;

	if (ledger_bridge_get(en->ledger, a->notice, &b, e) == -1)
		return -1;
	if (b.ended_at == 0 && ev->key == '1') {
		if (b.through_at == 0)
			return take(en, g, &b, a, ev, now, ret, e);
		/* Our answer to this very key was lost. */
		if (!fresh && a->outcome == OUTCOME_OK) {
			put_through(&b, g, ev->ref, ret);
			return 0;
		}
	} else if (b.ended_at == 0 && b.through_at == 0 && ev->key != 0 &&
	    ev->turn + 1 < TURNS) {
		return ask_again(en, g, &b, ev, ret, e);
	}
	say(g, "Goodbye.", ret);
	return 0;
}

/* ---- how it went -------------------------------------------------------- */

static enum bridge_result
result_of(enum progress p)
{
	switch (p) {
	case PROGRESS_COMPLETED:
		return BRIDGE_ANSWERED;
	case PROGRESS_BUSY:
		return BRIDGE_BUSY;
	case PROGRESS_NO_ANSWER:
		return BRIDGE_NO_ANSWER;
	case PROGRESS_CANCELLED:
		return BRIDGE_GIVEN_UP;
	default:
		return BRIDGE_FAILED;
	}
}

int
bridge_heard(struct engine *en, struct gateway *g,
    const struct ledger_attempt *a, const struct event *ev, msec now,
    struct hook_answer *ret, struct err *e)
{
	enum bridge_result result = result_of(ev->progress);
	struct ledger_bridge b;

	if (ledger_bridge_get(en->ledger, a->notice, &b, e) == -1)
		return -1;
	say(g, results[result] != NULL ? results[result] : "Goodbye.", ret);
	/* Told twice, by each side; and it may come after the call's end. */
	if (b.through_at == 0 || (b.ended_at != 0 &&
	    b.result != BRIDGE_UNKNOWN))
		return 0;
	return end(en, &b, result, now, e);
}

int
bridge_rung(struct engine *en, int64_t notice, msec now, struct err *e)
{
	struct ledger_bridge b;

	if (ledger_bridge_get(en->ledger, notice, &b, e) == -1)
		return -1;
	if (b.ended_at != 0)
		return 0;
	return end(en, &b, b.through_at != 0 ? BRIDGE_UNKNOWN :
	    BRIDGE_NOT_TAKEN, now, e);
}
