/*
 * An attempt's way out: planned on disk, looked at by the gate, sending on
 * disk, commit, and only then on the wire.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "engine/bridge.h"
#include "engine/speech.h"
#include "engine/trial.h"

/* A number that is taken is looked at again so much later. */
#define TAKEN_AGAIN (10 * MSEC_SECOND)
/* A ref begins with its instant in so many letters; 130 bits that nobody may
 * guess are left. */
#define REF_INSTANT (MSEC_SECOND / 10)
#define REF_DIGITS 6
#define RINGS (45 * MSEC_SECOND)	/* where no ladder says it */

struct line *
dispatch_line(struct engine *en, const char *gateway)
{
	for (size_t i = 0; i < en->n_lines; i++)
		if (strcmp(gateway_conf(en->lines[i].gateway)->name,
		    gateway) == 0)
			return &en->lines[i];
	return NULL;
}

void
dispatch_ref(struct engine *en, msec now, char ret[GATEWAY_REF_SIZE])
{
	uint64_t instant = (uint64_t)(now / REF_INSTANT);

	random_name(en->random, ret, GATEWAY_REF_SIZE - 1);
	for (int i = REF_DIGITS - 1; i >= 0; i--, instant /= 26)
		ret[i] = (char)('a' + instant % 26);
}

void
dispatch_new_attempt(struct engine *en, enum channel channel,
    const char *number, enum purpose purpose, msec now,
    struct ledger_attempt *ret)
{
	const struct config_gateway *g = config_gateway_for(en->conf, channel);

	memset(ret, 0, sizeof(*ret));
	dispatch_ref(en, now, ret->ref);
	ret->purpose = purpose;
	ret->channel = channel;
	snprintf(ret->number, sizeof(ret->number), "%s", number);
	snprintf(ret->gateway, sizeof(ret->gateway), "%s",
	    g != NULL ? g->name : "");
	ret->state = ATTEMPT_PLANNED;
	ret->rank = ret->sequence = -1;
	ret->planned_at = ret->due_at = now;
}

int
dispatch_text(struct engine *en, enum purpose purpose, int64_t notice,
    int64_t reply, const char *number, const char *text, msec now,
    struct err *e)
{
	struct ledger_attempt a;

	if (config_gateway_for(en->conf, CHANNEL_TEXT) == NULL)
		return 0;
	dispatch_new_attempt(en, CHANNEL_TEXT, number, purpose, now, &a);
	a.notice = notice;
	a.reply = reply;
	return ledger_attempt_add(en->ledger, &a, text, e);
}

int
dispatch_whose(struct engine *en, const struct ledger_attempt *a,
    struct ledger_checkin *ret, struct err *e)
{
	if (a->checkin != 0)
		return ledger_checkin_get(en->ledger, a->checkin, ret, e);
	memset(ret, 0, sizeof(*ret));
	return a->trial == 0 ? 0 : trial_whose(en, a->trial, ret->participant,
	    e);
}

/* The words of a call, for the person whom the check-in asks. */
static void
fill_call(struct engine *en, struct effect *f, const struct ledger_attempt *a,
    const struct ledger_checkin *c)
{
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);
	struct speech s;

	speech_ask(en, (struct hearer){ p, c->round }, NULL, true, MESSAGE_ASK,
	    a->ref, 0, &s);
	f->script = s.script;
	f->words[0] = buf_take(&s.before);
	f->words[1] = buf_take(&s.ask);
	f->words[2] = buf_take(&s.after);
	f->submission.ring = p->ring != 0 ? p->ring : 0;
	speech_release(&s);
}

/* How long it rings, where the person has no say: as their ladder has it. */
static msec
ring_for(const struct engine *en, const struct ledger_checkin *c)
{
	const struct config_round *r = config_round(en->conf, c->round);
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);

	if (r == NULL && p != NULL && p->n_rounds > 0)
		r = p->rounds[0];	/* a test is as what will come */
	return r != NULL && r->ladder != NULL ? r->ladder->ring : RINGS;
}

/* A text is wanted until the flag is raised; others for an hour. */
static msec
valid_for(const struct ledger_attempt *a, const struct ledger_checkin *c,
    msec now)
{
	if (a->checkin != 0 && c->flag_at > now)
		return c->flag_at - now;
	return MSEC_HOUR;
}

static int
let_out(struct engine *en, struct line *line, struct ledger_attempt *a,
    const struct ledger_checkin *c, msec now, struct err *e)
{
	struct effect *f;
	struct buf body = BUF_EMPTY;
	int filled;

	a->state = ATTEMPT_SENDING;
	a->sent_at = now;
	a->deadline = now + deadlines[DEADLINE_SENDING].within * en->rate;
	if (ledger_attempt_save(en->ledger, a, e) == -1 ||
	    ledger_attempt_body(en->ledger, a->id, &body, e) == -1 ||
	    (filled = signin_fill(en, a->notice, &body, e)) == -1) {
		buf_release(&body);
		return -1;
	}
	if (!filled) {
		buf_release(&body);
		return settle_end(en, a, OUTCOME_REFUSED, "its link was lost",
		    now, e);
	}
	f = engine_effect(en, EFFECT_SUBMIT);
	f->gateway = line->gateway;
	snprintf(f->submission.ref, sizeof(f->submission.ref), "%s", a->ref);
	snprintf(f->number, sizeof(f->number), "%s", a->number);
	f->submission.channel = a->channel;
	f->submission.valid = valid_for(a, c, now);
	line_take(line, a->channel);
	if (a->channel == CHANNEL_TEXT)
		f->words[0] = mem_dup(buf_text(&body));
	buf_release(&body);
	if (a->channel == CHANNEL_CALL && a->notice != 0)
		return bridge_fill(en, f, a, e);
	if (a->channel == CHANNEL_CALL)
		fill_call(en, f, a, c);
	if (a->channel == CHANNEL_CALL && f->submission.ring == 0)
		f->submission.ring = ring_for(en, c);
	return 0;
}

/* One planned attempt: out, put off, or ended by the gate. */
static int
dispatch_one(struct engine *en, struct line *line, struct ledger_attempt *a,
    msec now, struct err *e)
{
	struct ledger_checkin c;
	enum outcome outcome = OUTCOME_NONE;
	const char *why = NULL;
	int yes;

	if (dispatch_whose(en, a, &c, e) == -1)
		return -1;
	if ((yes = gate_allows(en, a, &c, now, &outcome, &why, e)) == -1)
		return -1;
	if (!yes && outcome == OUTCOME_NONE) {
		a->due_at = now + deadlines[DEADLINE_STEP_PLANNED].again;
		return ledger_attempt_save(en->ledger, a, e);
	}
	if (!yes)
		return settle_end(en, a, outcome, why, now, e);
	yes = ledger_number_taken(en->ledger, a->number, a->channel, now, e);
	if (yes == -1)
		return -1;
	if (yes) {
		a->due_at = now + TAKEN_AGAIN;
		return ledger_attempt_save(en->ledger, a, e);
	}
	yes = restored_holds(en, line, a, &c, now, e);
	if (yes != 0)
		return yes == -1 ? -1 : 0;
	return let_out(en, line, a, &c, now, e);
}

struct dispatch_piece {
	struct line *line;
	struct ledger_attempt *attempt;
};

static int
run_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct dispatch_piece *d = arg;

	return dispatch_one(en, d->line, d->attempt, now, e);
}

/* What fails by itself is put off, so that it is not the first again. */
static int
put_off(struct engine *en, void *arg, msec now, struct err *e)
{
	struct dispatch_piece *d = arg;
	struct ledger_attempt a;

	if (ledger_attempt_get(en->ledger, d->attempt->id, &a, e) == -1)
		return -1;
	a.due_at = now + 5 * MSEC_MINUTE;
	return ledger_attempt_save(en->ledger, &a, e);
}

/* All of a purpose that are due, while there is room.  Sets *ret_full where
 * there may be more. */
static int
dispatch_purpose(struct engine *en, struct line *line, enum channel channel,
    enum purpose purpose, msec now, bool *ret_full, struct err *e)
{
	static _Thread_local struct ledger_attempt due[BATCH];
	int n = ledger_attempts_due(en->ledger,
	    gateway_conf(line->gateway)->name, channel, purpose, now, due,
	    BATCH, e);

	*ret_full = n == BATCH;
	for (int i = 0; i < n && line_room(line, channel, now, 1) > 0; i++) {
		struct dispatch_piece d = { line, &due[i] };
		int kept = engine_piece(en, run_one, &d, now, e);

		if (kept == 0 && aside_row(en, "attempt", due[i].id, now,
		    e) == -1)
			return -1;
		if (kept == 0)
			kept = engine_piece(en, put_off, &d, now, e);
		if (kept == -1)
			return -1;
		if (kept == 0)	/* it would be found again and again */
			*ret_full = false;
	}
	return n == -1 ? -1 : 0;
}

static int
dispatch_channel(struct engine *en, struct line *line, enum channel channel,
    msec now, struct err *e)
{
	msec first;

	if (ledger_attempts_wake(en->ledger, gateway_conf(line->gateway)->name,
	    channel, &first, e) == -1)
		return -1;
	for (int p = 0; p < PURPOSE_COUNT && first <= now; p++) {
		bool full = true;

		/* Nobody is asked by a wrong clock; volunteers are told. */
		if (en->clock_ok_at != 0 && (p == PURPOSE_AGAIN ||
		    p == PURPOSE_FIRST))
			continue;

		while (full && line_room(line, channel, now, 1) > 0)
			if (dispatch_purpose(en, line, channel,
			    (enum purpose)p, now, &full, e) == -1)
				return -1;
	}
	return 0;
}

int
dispatch_run(struct engine *en, msec now, struct err *e)
{
	for (size_t i = 0; i < en->n_lines && !en->draining; i++) {
		struct line *line = &en->lines[i];

		if (dispatch_channel(en, line, CHANNEL_CALL, now, e) == -1 ||
		    dispatch_channel(en, line, CHANNEL_TEXT, now, e) == -1)
			return -1;
	}
	return 0;
}

int
dispatch_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	static const enum channel channels[] = { CHANNEL_CALL, CHANNEL_TEXT };
	msec first = NEVER;

	for (size_t i = 0; i < en->n_lines && !en->draining; i++) {
		struct line *line = &en->lines[i];
		const char *name = gateway_conf(line->gateway)->name;

		for (size_t k = 0; k < COUNT(channels); k++) {
			msec due, ready;

			if (ledger_attempts_wake(en->ledger, name, channels[k],
			    &due, e) == -1)
				return -1;
			if (due == NEVER)
				continue;
			ready = line_ready_at(line, channels[k], now);
			if (ready > due)
				due = ready;
			if (due < first)
				first = due;
		}
	}
	*ret = first;
	return 0;
}
