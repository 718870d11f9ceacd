/*
 * What becomes of an attempt that has left: the gateway's answer, what its
 * callbacks say, and a deadline for every state that is not final.
 * How long each of its states lasts stands in deadlines.c.
 *
 * An uncertain attempt is never blindly repeated.  Only one that two complete
 * listings, a minute apart, do not show is made again, and that once; what
 * cannot be settled keeps its check-in from ringing again, and so ends as a
 * flag.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "ledger/trials.h"

#define LISTINGS_NEEDED 2
/* Before the attempt's own instant: either clock may have been put right
 * since.  What is bound already is left out, so looking back too far finds
 * nothing wrong; looking back too little makes an attempt twice. */
#define LISTING_SLACK (5 * MSEC_MINUTE)

int
settle_end(struct engine *en, struct ledger_attempt *a, enum outcome outcome,
    const char *detail, msec now, struct err *e)
{
	/* What a person said is not undone by what a line says later. */
	if (a->outcome != OUTCOME_OK && a->outcome != OUTCOME_HELP)
		a->outcome = outcome;
	a->state = ATTEMPT_ENDED;
	a->ended_at = now;
	a->deadline = a->due_at = 0;
	if (detail != NULL && detail[0] != '\0')
		snprintf(a->detail, sizeof(a->detail), "%s", detail);
	if (ledger_attempt_save(en->ledger, a, e) == -1)
		return -1;
	if (a->notice != 0)
		return notices_text_ended(en, a->notice, a->outcome,
		    a->detail, now, e);
	if (a->trial != 0)
		return ledger_trial_ended(en->ledger, a->trial, a->outcome,
		    now, e) == -1 ? -1 : 0;
	return climb_look(en, a->checkin, now, e);
}

/* The attempt's check-in; one that is all zero where it is for none. */
static int
checkin_of(struct engine *en, const struct ledger_attempt *a,
    struct ledger_checkin *ret, struct err *e)
{
	if (a->checkin != 0)
		return ledger_checkin_get(en->ledger, a->checkin, ret, e);
	*ret = (struct ledger_checkin){ .id = 0 };
	return 0;
}

/* Until when a word about an accepted attempt is waited for. */
static msec
word_until(const struct ledger_checkin *c, msec from)
{
	if (c->id == 0)
		return from + deadlines[DEADLINE_RECEIPT].within;
	return (c->flag_at > from ? c->flag_at : from) +
	    deadlines[DEADLINE_TEXT].within;
}

/* Does the gateway tell nothing of texts by itself? */
static bool
is_polled(struct engine *en, const struct ledger_attempt *a)
{
	const struct config_gateway *g = config_gateway(en->conf, a->gateway);

	return a->channel == CHANNEL_TEXT && g != NULL && g->polls;
}

/* The gateway has it: wait for what it says. */
static int
become_accepted(struct engine *en, struct ledger_attempt *a, msec now,
    struct err *e)
{
	struct ledger_checkin c;

	if (checkin_of(en, a, &c, e) == -1)
		return -1;
	a->state = ATTEMPT_ACCEPTED;
	a->due_at = 0;
	a->delays = 0;
	if (a->sent_at == 0)
		a->sent_at = now;
	if (a->channel == CHANNEL_CALL)
		a->deadline = now + deadlines[DEADLINE_CALL].within;
	else
		a->deadline = word_until(&c, now);
	if (is_polled(en, a) && a->deadline > now +
	    deadlines[DEADLINE_POLLED_TEXT].within)
		a->deadline = now + deadlines[DEADLINE_POLLED_TEXT].within;
	return climb_unblock(en, &c, now, e);
}

/* Back to where it was before: it has provably not been made. */
static int
plan_again(struct engine *en, struct ledger_attempt *a, msec wait, msec now,
    struct err *e)
{
	a->state = ATTEMPT_PLANNED;
	a->sent_at = 0;
	a->deadline = 0;
	a->delays++;
	a->due_at = now + (wait > 0 ? wait : MSEC_SECOND);
	return ledger_attempt_save(en->ledger, a, e);
}

static enum outcome
outcome_of_refusal(enum refusal r)
{
	switch (r) {
	case REFUSAL_BAD_NUMBER:
	case REFUSAL_NOT_TEXTABLE:
		return OUTCOME_BAD_NUMBER;
	case REFUSAL_OPTED_OUT:
		return OUTCOME_OPTED_OUT;
	case REFUSAL_BLOCKED:
		return OUTCOME_REFUSED;
	case REFUSAL_SETUP:
	case REFUSAL_OURS:
		return OUTCOME_GATEWAY_ERROR;
	case REFUSAL_NONE:
	case REFUSAL_PASSING:
		break;
	}
	return OUTCOME_UNDELIVERED;
}

static int
refused(struct engine *en, struct line *line, struct ledger_attempt *a,
    const struct answer *answer, msec now, struct err *e)
{
	enum outcome outcome = outcome_of_refusal(answer->refusal);

	if (answer->refusal == REFUSAL_SETUP) {
		/* Nobody can be reached: it waits until that is mended. */
		if (line != NULL && trouble_gateway(en, line, true,
		    answer->detail, now, e) == -1)
			return -1;
		return plan_again(en, a, MSEC_MINUTE, now, e);
	}
	if (answer->refusal == REFUSAL_PASSING)
		outcome = OUTCOME_GATEWAY_ERROR;
	if (answer->refusal == REFUSAL_OPTED_OUT && letters_stop(en, a->number,
	    a->channel, "gateway", now, e) == -1)
		return -1;
	log_info("engine", "refused: attempt=%lld class=%s code=%d",
	    (long long)a->id, refusal_name(answer->refusal), answer->code);
	return settle_end(en, a, outcome, answer->detail, now, e);
}

static int
become_uncertain(struct engine *en, struct ledger_attempt *a,
    const char *detail, msec now, struct err *e)
{
	log_warn("engine", "uncertain: attempt=%lld %s", (long long)a->id,
	    detail);
	a->state = ATTEMPT_UNCERTAIN;
	a->deadline = now + deadlines[DEADLINE_UNCERTAIN].within;
	snprintf(a->detail, sizeof(a->detail), "%s", detail);
	return ledger_attempt_save(en->ledger, a, e);
}

static int
accepted(struct engine *en, struct ledger_attempt *a, const char *gateway_id,
    msec now, struct err *e)
{
	if (become_accepted(en, a, now, e) == -1)
		return -1;
	if (a->gateway_id[0] == '\0')
		snprintf(a->gateway_id, sizeof(a->gateway_id), "%s",
		    gateway_id);
	return ledger_attempt_save(en->ledger, a, e);
}

/* What the answer says of the gateway itself. */
static int
note_health(struct engine *en, struct line *line, const struct answer *answer,
    msec now, struct err *e)
{
	if (answer->kind == ANSWER_ACCEPTED || (answer->kind ==
	    ANSWER_REFUSED && answer->refusal != REFUSAL_SETUP))
		return trouble_gateway_up(en, line, now, e);
	line_failed(line, en->random, answer->wait, now);
	if (answer->kind == ANSWER_LATER || answer->kind == ANSWER_REFUSED)
		return 0;
	return trouble_gateway(en, line, false, answer->detail, now, e);
}

int
settle_answer(struct engine *en, const char *ref, const struct answer *answer,
    msec now, char ret_gateway[LEDGER_NAME_SIZE], struct err *e)
{
	struct ledger_attempt a;
	struct line *line;
	int found = ledger_attempt_by_ref(en->ledger, ref, &a, e);

	if (found != 1)
		return found;
	snprintf(ret_gateway, LEDGER_NAME_SIZE, "%s", a.gateway);
	line = dispatch_line(en, a.gateway);
	if (line != NULL && note_health(en, line, answer, now, e) == -1)
		return -1;
	if (a.state != ATTEMPT_SENDING && a.state != ATTEMPT_UNCERTAIN) {
		/* A callback was faster; only the name may be lacking. */
		if (answer->kind != ANSWER_ACCEPTED || a.gateway_id[0] != '\0')
			return 0;
		snprintf(a.gateway_id, sizeof(a.gateway_id), "%s",
		    answer->gateway_id);
		return ledger_attempt_save(en->ledger, &a, e);
	}
	switch (answer->kind) {
	case ANSWER_ACCEPTED:
		return accepted(en, &a, answer->gateway_id, now, e);
	case ANSWER_REFUSED:
		return refused(en, line, &a, answer, now, e);
	case ANSWER_LATER:
	case ANSWER_NOT_SENT:
		return plan_again(en, &a, answer->wait, now, e);
	case ANSWER_UNCERTAIN:
		break;
	}
	return become_uncertain(en, &a, answer->detail, now, e);
}

/* ---- progress ---------------------------------------------------------- */

/* How a call or text ended, by the gateway's word; NONE where it has not. */
static enum outcome
outcome_of(const struct ledger_attempt *a, enum progress progress,
    enum refusal refusal, bool machine)
{
	switch (progress) {
	case PROGRESS_COMPLETED:
		return machine ? OUTCOME_MACHINE : OUTCOME_NO_KEY;
	case PROGRESS_BUSY:
		return OUTCOME_BUSY;
	case PROGRESS_NO_ANSWER:
		return OUTCOME_NO_ANSWER;
	case PROGRESS_CANCELLED:
		return OUTCOME_GATEWAY_ERROR;
	case PROGRESS_FAILED:
	case PROGRESS_UNDELIVERED:
		return outcome_of_refusal(refusal);
	case PROGRESS_DELIVERED:
		/* A receipt settles a notice; a check-in waits for a reply. */
		return a->checkin == 0 ? OUTCOME_OK : OUTCOME_NONE;
	default:
		return OUTCOME_NONE;
	}
}

int
settle_progress(struct engine *en, struct ledger_attempt *a,
    enum progress progress, enum refusal refusal, int sequence, bool machine,
    msec now, struct err *e)
{
	int rank = gateway_progress_rank(progress);
	enum outcome outcome;

	if (a->state == ATTEMPT_ENDED || rank < a->rank ||
	    (sequence >= 0 && sequence < a->sequence))
		return 0;
	if (a->state != ATTEMPT_ACCEPTED &&
	    become_accepted(en, a, now, e) == -1)
		return -1;
	a->rank = rank;
	if (sequence >= 0)
		a->sequence = sequence;
	if (progress == PROGRESS_ANSWERED && a->answered_at == 0)
		a->answered_at = now;
	if (refusal == REFUSAL_OPTED_OUT && letters_stop(en, a->number,
	    a->channel, "gateway", now, e) == -1)
		return -1;
	outcome = outcome_of(a, progress, refusal, machine);
	if (outcome != OUTCOME_NONE)
		return settle_end(en, a, outcome, progress_name(progress),
		    now, e);
	return ledger_attempt_save(en->ledger, a, e);
}

/* ---- polls and look-ups ------------------------------------------------ */

int
settle_poll(struct engine *en, const char *ref, const struct found *f,
    msec now, struct err *e)
{
	struct ledger_attempt a;
	int found = ledger_attempt_by_ref(en->ledger, ref, &a, e);

	if (found != 1 || f == NULL)
		return found == -1 ? -1 : 0;
	return settle_progress(en, &a, f->progress, f->refusal, -1, false,
	    now, e);
}

int
settle_find(struct engine *en, const struct ledger_attempt *a,
    const struct found_list *l, msec since, bool oldest,
    const struct found **ret, struct err *e)
{
	struct ledger_attempt other;

	*ret = NULL;
	for (size_t i = 0; i < l->n; i++) {
		int taken;

		if (!l->items[i].ours || (l->items[i].created != 0 &&
		    l->items[i].created < since))
			continue;
		taken = ledger_attempt_by_gateway_id(en->ledger, a->gateway,
		    l->items[i].gateway_id, &other, e);
		if (taken == -1)
			return -1;
		if (taken == 0 && (*ret == NULL || oldest ==
		    (l->items[i].created < (*ret)->created)))
			*ret = &l->items[i];
	}
	return 0;
}

int
settle_adopt(struct engine *en, struct ledger_attempt *a,
    const struct found *f, msec now, struct err *e)
{
	log_info("engine", "adopted: attempt=%lld", (long long)a->id);
	if (accepted(en, a, f->gateway_id, now, e) == -1)
		return -1;
	return settle_progress(en, a, f->progress, f->refusal, -1, false, now,
	    e);
}

/* It never reached the gateway: made again, once. */
static int
make_again(struct engine *en, struct ledger_attempt *a, msec now,
    struct err *e)
{
	struct ledger_attempt again;
	struct buf body = BUF_EMPTY;
	int result;

	if (a->instead_of != 0) {
		/* A second time in a row: a human finds out. */
		a->deadline = now + deadlines[DEADLINE_UNCERTAIN].at_most;
		return ledger_attempt_save(en->ledger, a, e);
	}
	dispatch_new_attempt(en, a->channel, a->number, a->purpose, now,
	    &again);
	again.checkin = a->checkin;
	again.notice = a->notice;
	again.reply = a->reply;
	again.trial = a->trial;
	again.step = a->step;
	again.instead_of = a->id;
	result = ledger_attempt_body(en->ledger, a->id, &body, e);
	if (result == 0)
		result = ledger_attempt_add(en->ledger, &again,
		    a->channel == CHANNEL_TEXT ? buf_text(&body) : NULL, e);
	buf_release(&body);
	if (result == -1)
		return -1;
	a->notice = a->trial = 0;	/* its fate is the new one's now */
	return settle_end(en, a, OUTCOME_GATEWAY_ERROR,
	    "it never reached the gateway", now, e);
}

int
settle_lookup(struct engine *en, const char *ref, const struct found_list *l,
    msec now, struct err *e)
{
	struct ledger_attempt a;
	const struct found *f;
	int found = ledger_attempt_by_ref(en->ledger, ref, &a, e);

	if (found == -1)
		return -1;
	if (found == 0 || l == NULL || a.state != ATTEMPT_UNCERTAIN)
		return 0;
	if (settle_find(en, &a, l, 0, false, &f, e) == -1)
		return -1;
	if (f != NULL)
		return settle_adopt(en, &a, f, now, e);
	if (!l->complete)
		return 0;
	a.lookups++;
	if (a.lookups >= LISTINGS_NEEDED)
		return make_again(en, &a, now, e);
	return ledger_attempt_save(en->ledger, &a, e);
}

/* ---- deadlines --------------------------------------------------------- */

static struct effect *
ask_gateway(struct engine *en, enum effect_kind kind,
    const struct ledger_attempt *a)
{
	struct line *line = dispatch_line(en, a->gateway);
	struct effect *f;

	if (line == NULL)
		return NULL;	/* not in the configuration any more */
	f = engine_effect(en, kind);
	f->gateway = line->gateway;
	snprintf(f->submission.ref, sizeof(f->submission.ref), "%s", a->ref);
	snprintf(f->number, sizeof(f->number), "%s", a->number);
	snprintf(f->gateway_id, sizeof(f->gateway_id), "%s", a->gateway_id);
	f->submission.channel = a->channel;
	return f;
}

/* Can a word about the attempt still change anything? */
static int
still_matters(struct engine *en, const struct ledger_attempt *a, msec now,
    struct err *e)
{
	struct ledger_checkin c;

	if (now - a->sent_at < deadlines[DEADLINE_UNCERTAIN].at_most)
		return 1;
	if (a->checkin == 0)
		return 0;
	if (ledger_checkin_get(en->ledger, a->checkin, &c, e) == -1)
		return -1;
	return c.state == CHECKIN_ASKING;
}

static int
overdue_uncertain(struct engine *en, struct ledger_attempt *a, msec now,
    struct err *e)
{
	struct effect *f;
	struct buf body = BUF_EMPTY;
	int matters = still_matters(en, a, now, e);

	if (matters == -1)
		return -1;
	if (!matters)
		return settle_end(en, a, OUTCOME_GATEWAY_ERROR,
		    "it could not be found out whether it was made", now, e);
	a->deadline = now + deadlines[DEADLINE_UNCERTAIN].again;
	if (ledger_attempt_save(en->ledger, a, e) == -1 ||
	    ledger_attempt_body(en->ledger, a->id, &body, e) == -1 ||
	    signin_fill(en, a->notice, &body, e) == -1) {
		buf_release(&body);
		return -1;
	}
	if ((f = ask_gateway(en, EFFECT_LOOKUP, a)) != NULL) {
		f->words[0] = buf_take(&body);
		f->since = a->sent_at - LISTING_SLACK;
	}
	buf_release(&body);
	return 0;
}

/* 1 it is asked what became of the text; 0 nothing more is waited for. */
static int
poll_text(struct engine *en, struct ledger_attempt *a, msec now,
    struct err *e)
{
	const msec soonest = now + deadlines[DEADLINE_POLLED_TEXT].within;
	msec until, next = now + (now - a->sent_at);
	struct ledger_checkin c;

	if (!is_polled(en, a))
		return 0;
	if (checkin_of(en, a, &c, e) == -1)
		return -1;
	until = word_until(&c, a->sent_at);
	if (now >= until)
		return 0;
	if (next < soonest)
		next = soonest;
	a->deadline = next < until ? next : until;
	if (ledger_attempt_save(en->ledger, a, e) == -1)
		return -1;
	ask_gateway(en, EFFECT_POLL, a);
	return 1;
}

static int
overdue_accepted(struct engine *en, struct ledger_attempt *a, msec now,
    struct err *e)
{
	int polled = poll_text(en, a, now, e);

	if (polled != 0)
		return polled == -1 ? -1 : 0;
	if (a->channel == CHANNEL_TEXT)
		return settle_end(en, a, a->checkin != 0 ? OUTCOME_NO_REPLY :
		    OUTCOME_OK, "no receipt came", now, e);
	if (now - a->sent_at > deadlines[DEADLINE_CALL].at_most)
		return settle_end(en, a, OUTCOME_NO_ANSWER,
		    "no word came from the gateway", now, e);
	a->deadline = now + deadlines[DEADLINE_CALL].again;
	if (ledger_attempt_save(en->ledger, a, e) == -1)
		return -1;
	ask_gateway(en, EFFECT_POLL, a);
	return 0;
}

static int
overdue_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_attempt *a = arg;

	switch (a->state) {
	case ATTEMPT_SENDING:
		return become_uncertain(en, a, "no answer came", now, e);
	case ATTEMPT_UNCERTAIN:
		return overdue_uncertain(en, a, now, e);
	case ATTEMPT_ACCEPTED:
		return overdue_accepted(en, a, now, e);
	default:
		return 0;
	}
}

int
settle_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_attempt due[BATCH];
	int n = ledger_attempts_overdue(en->ledger, now, due, BATCH, e);

	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, overdue_one, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "attempt", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	if (n == BATCH)
		en->more = true;
	return n == -1 ? -1 : 0;
}

/* What a crash left: nobody knows whether these reached the gateway. */
int
settle_recover(struct engine *en, msec now, struct err *e)
{
	struct ledger_attempt a[BATCH];
	int n;

	if (en->done.recovered)
		return 0;
	if (restored_begin(en, now, e) == -1)
		return -1;
	do {
		n = ledger_attempts_sending(en->ledger, a, BATCH, e);
		for (int i = 0; i < n; i++)
			if (become_uncertain(en, &a[i],
			    "the daemon ended in between", now, e) == -1)
				return -1;
	} while (n == BATCH);
	if (n == -1 || ledger_emails_restart(en->ledger, now, e) == -1)
		return -1;
	en->done.recovered = true;
	return 0;
}
