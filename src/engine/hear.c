/*
 * What comes in by telephone: keys in our calls, texts, and calls to us.
 *
 * A call to us is a reply with a ref of its own, so that the key which it
 * ends with finds back; each person asked in it has one.  While it gives no
 * word it has a deadline, after which it is what it is: a sign of life, and a
 * human's business.
 *
 * A repeated delivery changes nothing, and is answered as it was before: what
 * is said depends on what came and on what is stored, never on how often.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "engine/bridge.h"
#include "engine/speech.h"
#include "engine/trial.h"
#include "rules/number.h"

/* So often is the question put anew after a key that means nothing. */
#define TURNS_IN_A_CALL 4
/* From this turn on the question is for how many days they will be away. */
#define TURN_AWAY 100
#define TURNS_AWAY 3

static const struct hearer stranger = { NULL, NULL };

/* Who rings us is asked by no round. */
static struct hearer
caller(const struct config_participant *p)
{
	return (struct hearer){ p, NULL };
}

static void
say(struct gateway *g, struct speech *s, struct hook_answer *ret)
{
	gateway_say(g, &s->script, ret);
	speech_release(s);
}

static void
say_message(struct engine *en, struct gateway *g, struct hearer to,
    enum message m, msec now, struct hook_answer *ret)
{
	struct speech s;

	speech_say(en, to, m, NULL, now, &s);
	say(g, &s, ret);
}

static int
record_as(struct engine *en, struct gateway *g, const char *kind,
    const struct event *ev, int64_t attempt, int64_t reply, msec now,
    struct err *e)
{
	char key[2] = { ev->key != 0 ? ev->key : '-', '\0' };
	struct ledger_callback c = {
		.attempt = attempt, .reply = reply, .at = now,
		.gateway = gateway_conf(g)->name, .kind = kind,
		.sequence = ev->kind == EVENT_KEY ? ev->turn : ev->sequence,
		.code = ev->code, .hash = ev->hash, .raw = ev->raw,
	};

	if (ev->kind == EVENT_PROGRESS || ev->kind == EVENT_RING_END ||
	    ev->kind == EVENT_THROUGH)
		c.status = progress_name(ev->progress);
	else if (ev->kind == EVENT_KEY)
		c.status = key;
	return ledger_callback_add(en->ledger, &c, e);
}

/* Record the callback: 1 it is new, 0 a repetition, -1 failed. */
static int
record(struct engine *en, struct gateway *g, const struct event *ev,
    int64_t attempt, int64_t reply, msec now, struct err *e)
{
	static const char *const kinds[] = {
		[EVENT_PROGRESS] = "progress", [EVENT_KEY] = "key",
		[EVENT_TEXT] = "text", [EVENT_RING] = "ring",
		[EVENT_RING_END] = "ring_end", [EVENT_UNKNOWN] = "unknown",
		[EVENT_THROUGH] = "through",
	};

	return record_as(en, g, kinds[ev->kind], ev, attempt, reply, now, e);
}

/* ---- progress ---------------------------------------------------------- */

static int
hear_progress(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct err *e)
{
	struct ledger_attempt a = { .id = 0 };
	int found = 0, fresh;

	if (ev->ref[0] != '\0')
		found = ledger_attempt_by_ref(en->ledger, ev->ref, &a, e);
	if (found == 0 && ev->gateway_id[0] != '\0')
		found = ledger_attempt_by_gateway_id(en->ledger,
		    gateway_conf(g)->name, ev->gateway_id, &a, e);
	if (found == -1)
		return -1;
	if ((fresh = record(en, g, ev, found ? a.id : 0, 0, now, e)) != 1)
		return fresh;
	if (found == 0) {
		log_warn("engine", "a callback for an unknown attempt");
		return 0;
	}
	if (a.gateway_id[0] != '\0' && ev->gateway_id[0] != '\0' &&
	    strcmp(a.gateway_id, ev->gateway_id) != 0) {
		log_warn("engine", "a callback with another id: attempt=%lld",
		    (long long)a.id);
		return 0;
	}
	if (a.gateway_id[0] == '\0')
		snprintf(a.gateway_id, sizeof(a.gateway_id), "%s",
		    ev->gateway_id);
	return settle_progress(en, &a, ev->progress, ev->refusal,
	    ev->sequence, ev->machine, now, e);
}

/* ---- keys -------------------------------------------------------------- */

/* The answer to a key that means nothing, or to silence. */
static void
ask_again(struct engine *en, struct gateway *g, struct hearer to,
    enum message question, const struct event *ev, msec now,
    struct hook_answer *ret)
{
	struct speech s;

	if (ev->key == 0 || ev->turn + 1 >= TURNS_IN_A_CALL) {
		say_message(en, g, to, MESSAGE_NO_KEY, now, ret);
		return;
	}
	speech_ask(en, to, NULL, false, question, ev->ref, ev->turn + 1, &s);
	say(g, &s, ret);
}

/* No call lasts so long: a key that comes now was pressed some other time, or
 * is told again in other words.  As a call for help it counts whenever it
 * comes; as an OK it is none of today. */
static bool
is_stale(const struct engine *en, msec began, msec now)
{
	return now - began > en->rate * deadlines[DEADLINE_CALL].at_most;
}

/* An OK that comes hours late: somebody looks, and nothing else. */
static int
hear_late_ok(struct engine *en, struct gateway *g,
    const struct ledger_attempt *a, const struct event *ev, msec now,
    struct hook_answer *ret, struct err *e)
{
	struct ledger_checkin c;
	int fresh = record_as(en, g, "late_key", ev, a->id, 0, now, e);

	if (fresh == -1 || dispatch_whose(en, a, &c, e) == -1)
		return -1;
	say_message(en, g, stranger, MESSAGE_NO_KEY, now, ret);
	if (!fresh)
		return 0;
	log_warn("engine", "a key for a call of long ago: attempt=%lld",
	    (long long)a->id);
	return word_unclear(en, c.participant, a->checkin, now, e);
}

/* They are well; in a test call it is confirmed, too. */
static int
key_ok(struct engine *en, const struct ledger_attempt *a, const char *who,
    msec now, struct err *e)
{
	if (a->trial != 0 && trial_confirm(en, a->trial, CONFIRMED_BY_KEY, now,
	    e) == -1)
		return -1;
	return word_ok(en, who, CONFIRMED_BY_KEY, a->checkin, now, e);
}

/* A key in a call that we made. */
static int
hear_key(struct engine *en, struct gateway *g, struct ledger_attempt *a,
    const struct event *ev, msec now, struct hook_answer *ret, struct err *e)
{
	struct ledger_checkin c;
	struct hearer to;
	int result = 0, fresh;
	bool late = is_stale(en, a->sent_at != 0 ? a->sent_at : a->planned_at,
	    now);

	if (late && ev->key == '1')
		return hear_late_ok(en, g, a, ev, now, ret, e);
	if (dispatch_whose(en, a, &c, e) == -1 ||
	    (fresh = record_as(en, g, late ? "late_key" : "key", ev, a->id, 0,
	    now, e)) == -1)
		return -1;
	to = (struct hearer){ config_participant(en->conf, c.participant),
		c.round };
	if (ev->key == '1') {
		say_message(en, g, to, MESSAGE_THANKS, now, ret);
		/* Help that was asked for is not taken back by a key. */
		if (a->outcome != OUTCOME_HELP)
			a->outcome = OUTCOME_OK;
		if (fresh)
			result = key_ok(en, a, c.participant, now, e);
	} else if (ev->key == '2') {
		say_message(en, g, to, MESSAGE_RING_YOU, now, ret);
		a->outcome = OUTCOME_HELP;
		if (fresh)
			result = word_help(en, c.participant, a->checkin,
			    false, now, e);
	} else {
		ask_again(en, g, to, MESSAGE_ASK, ev, now, ret);
		return 0;
	}
	if (result == -1 || !fresh)
		return result;
	if (a->gateway_id[0] == '\0')
		snprintf(a->gateway_id, sizeof(a->gateway_id), "%s",
		    ev->gateway_id);
	if (a->state == ATTEMPT_ENDED)
		return ledger_attempt_save(en->ledger, a, e);
	return settle_progress(en, a, PROGRESS_ANSWERED, REFUSAL_NONE, -1,
	    false, now, e);
}

/* ---- calls to us ------------------------------------------------------- */

/* A question in a call to us: a reply of its own for the person. */
static int
open_question(struct engine *en, struct gateway *g, const char *gateway_id,
    const char *number, const struct config_participant *p, msec now,
    struct ledger_reply *ret, struct err *e)
{
	memset(ret, 0, sizeof(*ret));
	dispatch_ref(en, now, ret->ref);
	snprintf(ret->participant, sizeof(ret->participant), "%s",
	    p != NULL ? p->id : "");
	snprintf(ret->number, sizeof(ret->number), "%s", number);
	snprintf(ret->gateway, sizeof(ret->gateway), "%s",
	    gateway_conf(g)->name);
	snprintf(ret->gateway_id, sizeof(ret->gateway_id), "%s", gateway_id);
	ret->channel = CHANNEL_CALL;
	ret->at = now;
	if (p != NULL)
		ret->settle_at = now + deadlines[DEADLINE_QUESTION].within;
	if (p != NULL && word_about(en, ret, now, e) == -1)
		return -1;
	if (p == NULL)
		snprintf(ret->reading, sizeof(ret->reading), "unclear");
	return ledger_reply_add(en->ledger, ret, e);
}

/* Who of those at the number is asked next, after the given person (NULL: the
 * first)?  Those who are waited for; where nobody is, the first.  NULL where
 * all were asked. */
static int
next_person(struct engine *en, const char *number, const char *after,
    msec now, const struct config_participant **ret, struct err *e)
{
	const struct config_participant *const *people;
	const struct config_participant *first = NULL;
	bool past = after == NULL, asking;
	size_t n = 0;

	*ret = NULL;
	people = config_people_at(en->conf, number, &n);
	for (size_t i = 0; i < n; i++) {
		int awaited;

		if (!people[i]->live)
			continue;
		if (first == NULL)
			first = people[i];
		if (!past) {
			past = strcmp(people[i]->id, after) == 0;
			continue;
		}
		awaited = word_is_awaited(en, people[i]->id, now, &asking, e);
		if (awaited == -1)
			return -1;
		if (awaited) {
			*ret = people[i];
			return 0;
		}
	}
	if (after == NULL)
		*ret = first;
	return 0;
}

/* The first words to somebody who rings us, or to the next person there. */
static int
ask_caller(struct engine *en, struct gateway *g,
    const struct ledger_reply *r, const struct phrase *last,
    const struct config_participant *p, struct hook_answer *ret)
{
	struct speech s;

	speech_ask(en, caller(p), last, true, MESSAGE_ASK_BACK, r->ref, 0, &s);
	say(g, &s, ret);
	return 0;
}

static int
hear_ring(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e)
{
	const struct config_participant *p = NULL;
	char number[NUMBER_SIZE];
	struct ledger_reply r;
	int found;
	enum number_from from = number_normalise_inbound(ev->from,
	    en->conf->service.country_code, number);

	found = ledger_reply_by_gateway_id(en->ledger, gateway_conf(g)->name,
	    ev->gateway_id, &r, e);
	if (found == -1)
		return -1;
	if (found == 1) {	/* asked twice by the gateway */
		p = config_participant(en->conf, r.participant);
		if (p != NULL)
			return ask_caller(en, g, &r, NULL, p, ret);
		say_message(en, g, stranger, MESSAGE_STRANGER, now, ret);
		return 0;
	}
	if (from == NUMBER_FROM_E164 && next_person(en, number, NULL, now, &p,
	    e) == -1)
		return -1;
	if (open_question(en, g, ev->gateway_id, number, p, now, &r, e) == -1 ||
	    record(en, g, ev, 0, r.id, now, e) == -1)
		return -1;
	if (p != NULL)
		return ask_caller(en, g, &r, NULL, p, ret);
	say_message(en, g, stranger, MESSAGE_STRANGER, now, ret);
	/* One who hides their number may be one of ours: a human looks. */
	return from == NUMBER_FROM_WITHHELD ?
	    flags_raise_stranger(en, "", now, e) : 0;
}

static int
settle_question(struct engine *en, struct ledger_reply *r,
    const char *reading, char key, struct err *e)
{
	r->settle_at = 0;
	snprintf(r->reading, sizeof(r->reading), "%s", reading);
	if (key != 0)
		snprintf(r->text, sizeof(r->text), "%c", key);
	return ledger_reply_save(en->ledger, r, e);
}

/* A call that gave no word: a sign of life, unless they were heard another
 * way since it began. */
static int
question_unanswered(struct engine *en, struct ledger_reply *r, msec now,
    struct err *e)
{
	int heard = word_heard_since(en, r->participant, r->at, now, e);

	if (heard == -1 || settle_question(en, r, "unclear", 0, e) == -1)
		return -1;
	if (!heard && word_unclear(en, r->participant, 0, now, e) == -1)
		return -1;
	return heard ? 0 : word_flagged(en, r, e);
}

/* Whoever else at this number is waited for is asked in the same call, after
 * the last words to this one, which are taken over. */
static int
go_on(struct engine *en, struct gateway *g, const struct ledger_reply *r,
    struct speech *last, msec now, struct hook_answer *ret, struct err *e)
{
	const struct config_participant *next;
	struct ledger_reply question;
	int result = next_person(en, r->number, r->participant, now, &next, e);

	if (result == 0 && next == NULL) {
		say(g, last, ret);
		return 0;
	}
	if (result == 0)
		result = open_question(en, g, "", r->number, next, now,
		    &question, e);
	if (result == 0)
		result = ask_caller(en, g, &question, &last->script.before,
		    next, ret);
	speech_release(last);
	return result;
}

static int
thank(struct engine *en, struct gateway *g, const struct ledger_reply *r,
    const struct config_participant *p, enum message m,
    const struct trip *trip, msec now, struct hook_answer *ret, struct err *e)
{
	struct speech s;

	speech_say(en, caller(p), m, trip, now, &s);
	return go_on(en, g, r, &s, now, ret, e);
}

/* ---- away, by key ------------------------------------------------------ */

/* Key 3 is heard only where the question tells of it. */
static bool
offers_trips(const struct engine *en, const struct config_participant *p)
{
	const struct config_messages *m;

	if (p == NULL)
		return false;
	m = config_messages(en->conf, p->language);
	return strcmp(m->texts[MESSAGE_ASK_BACK], m->texts[MESSAGE_ASK]) != 0;
}

static void
ask_days(struct engine *en, struct gateway *g,
    const struct config_participant *p, const char *ref, int turn,
    struct hook_answer *ret)
{
	struct speech s;

	speech_ask(en, caller(p), NULL, false, MESSAGE_AWAY_DAYS, ref, turn,
	    &s);
	say(g, &s, ret);
}

/* Key 3: somebody who is away is back; else, for how many days? */
static int
hear_trip(struct engine *en, struct gateway *g, struct ledger_reply *r,
    const struct config_participant *p, bool fresh, msec now,
    struct hook_answer *ret, struct err *e)
{
	int back = strcmp(r->reading, "away") == 0 &&
	    strcmp(r->text, "3") == 0;	/* told before */

	if (fresh && (back = trips_back(en, p, "call", now, e)) == -1)
		return -1;
	if (!back) {
		ask_days(en, g, p, r->ref, TURN_AWAY, ret);
		return 0;
	}
	if (fresh && settle_question(en, r, "away", '3', e) == -1)
		return -1;
	return thank(en, g, r, p, MESSAGE_BACK, NULL, now, ret, e);
}

static int
hear_days(struct engine *en, struct gateway *g, struct ledger_reply *r,
    const struct config_participant *p, const struct event *ev, bool fresh,
    msec now, struct hook_answer *ret, struct err *e)
{
	int noted = 1, days = ev->key - '0';
	struct trip trip;

	if (ev->key >= '1' && ev->key <= '9') {
		trip = trips_from_today(days, now);
		if (fresh && (noted = trips_days(en, p, days, now, &trip,
		    e)) == 1 &&
		    settle_question(en, r, "away", ev->key, e) == -1)
			return -1;
		if (noted == 1)
			return thank(en, g, r, p, MESSAGE_AWAY, &trip, now,
			    ret, e);
		if (noted == -1)
			return -1;
	} else if (ev->key != 0 && ev->turn + 1 < TURN_AWAY + TURNS_AWAY) {
		ask_days(en, g, p, r->ref, ev->turn + 1, ret);
		return 0;
	}
	say_message(en, g, caller(p), MESSAGE_NO_KEY, now, ret);
	return fresh && r->settle_at != 0 ?
	    question_unanswered(en, r, now, e) : 0;
}

/* A key in a call to us. */
static int
hear_caller_key(struct engine *en, struct gateway *g, struct ledger_reply *r,
    const struct event *ev, msec now, struct hook_answer *ret, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, r->participant);
	int fresh = record(en, g, ev, 0, r->id, now, e);

	if (fresh == -1)
		return -1;
	if (ev->key != '2' && is_stale(en, r->at, now)) {
		say_message(en, g, stranger, MESSAGE_NO_KEY, now, ret);
		return 0;	/* it was settled as a human's business */
	}
	if (p != NULL && ev->turn >= TURN_AWAY)
		return hear_days(en, g, r, p, ev, fresh, now, ret, e);
	if (ev->key == '3' && offers_trips(en, p))
		return hear_trip(en, g, r, p, fresh, now, ret, e);
	if (ev->key == '1') {
		if (fresh && (settle_question(en, r, "ok", '1', e) == -1 ||
		    word_ok(en, r->participant, CONFIRMED_BY_CALL_BACK, 0, now,
		    e) == -1))
			return -1;
		return thank(en, g, r, p, MESSAGE_THANKS, NULL, now, ret, e);
	}
	if (ev->key == '2') {
		if (fresh && (settle_question(en, r, "help", '2', e) == -1 ||
		    word_help(en, r->participant, 0, false, now, e) == -1 ||
		    word_flagged(en, r, e) == -1))
			return -1;
		return thank(en, g, r, p, MESSAGE_RING_YOU, NULL, now, ret, e);
	}
	if (fresh && (ev->key == 0 || ev->turn + 1 >= TURNS_IN_A_CALL) &&
	    r->settle_at != 0 && question_unanswered(en, r, now, e) == -1)
		return -1;
	ask_again(en, g, caller(p), MESSAGE_ASK_BACK, ev, now, ret);
	return 0;
}

/* Of which of the two numbers of a call do we know people? */
static const struct config_participant *const *
people_of_call(struct engine *en, const struct event *ev, size_t *ret_n)
{
	const char *const ends[] = { ev->to, ev->from };
	const struct config_participant *const *people = NULL;
	char number[NUMBER_SIZE];

	*ret_n = 0;
	for (size_t i = 0; i < COUNT(ends) && *ret_n == 0; i++)
		if (number_normalise_inbound(ends[i],
		    en->conf->service.country_code, number) ==
		    NUMBER_FROM_E164)
			people = config_people_at(en->conf, number, ret_n);
	return people;
}

/* A call that the ledger does not know: of one that was put back while it
 * lasted, say.  Nothing confirms by it, but who asks for help gets it. */
static int
hear_unknown_key(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e)
{
	size_t n = 0;
	const struct config_participant *const *people =
	    ev->key == '2' ? people_of_call(en, ev, &n) : NULL;
	int fresh = record(en, g, ev, 0, 0, now, e);

	log_warn("engine", "a key for an unknown call");
	if (fresh == -1)
		return -1;
	say_message(en, g, caller(n > 0 ? people[0] : NULL), n > 0 ?
	    MESSAGE_RING_YOU : MESSAGE_STRANGER, now, ret);
	for (size_t i = 0; i < n && fresh; i++)
		if (people[i]->live && word_help(en, people[i]->id, 0, false,
		    now, e) == -1)
			return -1;
	return 0;
}

static int
hear_any_key(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e)
{
	struct ledger_attempt a;
	struct ledger_reply r;
	int fresh, found = ledger_attempt_by_ref(en->ledger, ev->ref, &a, e);

	if (found == -1)
		return -1;
	if (found == 1 && a.notice != 0 && a.channel == CHANNEL_CALL) {
		fresh = record(en, g, ev, a.id, 0, now, e);
		return fresh == -1 ? -1 : bridge_key(en, g, &a, ev, fresh,
		    now, ret, e);
	}
	/* Only our calls have keys: no text. */
	if (found == 1 && (a.checkin != 0 || a.trial != 0) &&
	    a.channel == CHANNEL_CALL)
		return hear_key(en, g, &a, ev, now, ret, e);
	found = ledger_reply_by_ref(en->ledger, ev->ref, &r, e);
	if (found == -1)
		return -1;
	if (found == 1)
		return hear_caller_key(en, g, &r, ev, now, ret, e);
	return hear_unknown_key(en, g, ev, now, ret, e);
}

/* Somebody was put through, and that has ended. */
static int
hear_through(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e)
{
	struct ledger_attempt a;
	int found = ledger_attempt_by_ref(en->ledger, ev->ref, &a, e);
	bool ours = found == 1 && a.notice != 0 && a.channel == CHANNEL_CALL;

	if (found == -1 || record(en, g, ev, ours ? a.id : 0, 0, now, e) == -1)
		return -1;
	if (ours)
		return bridge_heard(en, g, &a, ev, now, ret, e);
	gateway_acknowledge(g, ev->kind, ret);
	return 0;
}

/* The call to us has ended: nothing more can come of its question. */
static int
hear_ring_end(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct err *e)
{
	struct ledger_reply r;
	int fresh, found = ledger_reply_by_gateway_id(en->ledger,
	    gateway_conf(g)->name, ev->gateway_id, &r, e);

	if (found == -1)
		return -1;
	if ((fresh = record(en, g, ev, 0, found ? r.id : 0, now, e)) != 1)
		return fresh;
	/* Its key may still be on the way: they are not ordered. */
	if (found == 1 && r.settle_at > now + MSEC_MINUTE) {
		r.settle_at = now + MSEC_MINUTE;
		return ledger_reply_save(en->ledger, &r, e);
	}
	return 0;
}

static int
unsettled_one(struct engine *en, void *arg, msec now, struct err *e)
{
	return question_unanswered(en, arg, now, e);
}

int
hear_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_reply due[8];
	int n = ledger_replies_unsettled(en->ledger, now, due,
	    (int)COUNT(due), e);

	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, unsettled_one, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "reply", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	if (n == (int)COUNT(due))
		en->more = true;
	return n == -1 ? -1 : 0;
}

/* ---- all of them ------------------------------------------------------- */

int
hear_event(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct hook_answer *ret, struct err *e)
{
	int result;

	switch (ev->kind) {
	case EVENT_KEY:
		return hear_any_key(en, g, ev, now, ret, e);
	case EVENT_RING:
		return hear_ring(en, g, ev, now, ret, e);
	case EVENT_THROUGH:
		return hear_through(en, g, ev, now, ret, e);
	case EVENT_PROGRESS:
		result = hear_progress(en, g, ev, now, e);
		break;
	case EVENT_RING_END:
		result = hear_ring_end(en, g, ev, now, e);
		break;
	case EVENT_TEXT:
		/* One that was told twice has had its effect. */
		result = record(en, g, ev, 0, 0, now, e);
		if (result == 1)
			result = letters_hear(en, g, ev, now, e);
		break;
	case EVENT_UNKNOWN:
	default:
		result = record(en, g, ev, 0, 0, now, e) == -1 ? -1 : 0;
		break;
	}
	if (result == 0)
		gateway_acknowledge(g, ev->kind, ret);
	return result;
}
