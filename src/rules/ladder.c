/*
 * The climbing in one picture, for a ladder 0 / 15 / 30 with the flag at 60:
 *
 *	0        15        30                  60
 *	|--------|---------|-------------------|
 *	step 0   step 1    step 2              flag
 *
 * What was attempted so far is all the state there is: the step reached is
 * the highest one among the tries.  Everything else is computed from it, so
 * that a restart in the middle goes on exactly where it was.
 */
#include "rules/ladder.h"

/* A step that left so much later than planned was late: those after it keep
 * their distance from it.  Less is the ordinary wait for a free line. */
#define LATE (60 * MSEC_SECOND)

static msec
earlier(msec a, msec b)
{
	return a < b ? a : b;
}

static msec
later(msec a, msec b)
{
	return a > b ? a : b;
}

static bool
step_is_usable(const struct ladder_step *s, const struct ladder_means *means)
{
	return (s->call && means->call) || (s->text && means->text);
}

/* Neither with the gateway for sure, nor over. */
static bool
try_is_unsettled(const struct ladder_try *t)
{
	return t->state == ATTEMPT_PLANNED || t->state == ATTEMPT_SENDING ||
	    t->state == ATTEMPT_UNCERTAIN;
}

static bool
is_blocked(const struct ladder_step *s, const struct ladder_means *means,
    const struct ladder_try *tries, int n)
{
	for (int i = 0; i < n; i++) {
		if (!try_is_unsettled(&tries[i]))
			continue;
		if (tries[i].channel == CHANNEL_CALL && s->call && means->call)
			return true;
		if (tries[i].channel == CHANNEL_TEXT && s->text && means->text)
			return true;
	}
	return false;
}

/* The highest step that was begun; -1 for none. */
static int
step_reached(const struct ladder_try *tries, int n)
{
	int reached = -1;

	for (int i = 0; i < n; i++)
		if (tries[i].step > reached)
			reached = tries[i].step;
	return reached;
}

/* When the step's first attempt that reached the gateway left; 0 for none. */
static msec
step_sent_at(const struct ladder_try *tries, int n, int step)
{
	for (int i = 0; i < n; i++)
		if (tries[i].step == step && tries[i].sent_at != 0 &&
		    tries[i].outcome != OUTCOME_GATEWAY_ERROR)
			return tries[i].sent_at;
	return 0;
}

msec
ladder_step_at(const struct ladder *l, msec start, int i)
{
	return start + l->steps[i].after;
}

/* When step next falls due, after step reached was begun (or -1). */
static msec
step_due(const struct ladder *l, msec start, const struct ladder_try *tries,
    int n, int reached, int next)
{
	msec due = ladder_step_at(l, start, next);
	msec sent;

	if (reached < 0)
		return due;
	sent = step_sent_at(tries, n, reached);
	if (sent > ladder_step_at(l, start, reached) + LATE)
		due = later(due, sent + l->steps[next].after -
		    l->steps[reached].after);
	return due;
}

/* The last attempt of the step on the channel, and what to count of it. */
struct chain {
	const struct ladder_try *first_busy, *last;
	int errors;	/* gateway errors in a row at its end */
};

static struct chain
chain_of(const struct ladder_try *tries, int n, int step, enum channel channel)
{
	struct chain c = { NULL, NULL, 0 };

	for (int i = 0; i < n; i++) {
		const struct ladder_try *t = &tries[i];

		if (t->step != step || t->channel != channel)
			continue;
		c.last = t;
		c.errors = t->outcome == OUTCOME_GATEWAY_ERROR ?
		    c.errors + 1 : 0;
		if (t->outcome == OUTCOME_BUSY && c.first_busy == NULL)
			c.first_busy = t;
	}
	return c;
}

/* When the step is to be tried again on the channel; NEVER where it is not:
 * only busy lines and a gateway's errors do not use up an attempt. */
static msec
retry_at(const struct ladder_try *tries, int n, int step, enum channel channel)
{
	struct chain c = chain_of(tries, n, step, channel);
	msec at;

	if (c.last == NULL || c.last->state != ATTEMPT_ENDED)
		return NEVER;
	if (c.last->outcome == OUTCOME_BUSY) {
		at = c.last->ended_at + LADDER_BUSY_AGAIN;
		return at <= c.first_busy->ended_at + LADDER_BUSY_FOR ?
		    at : NEVER;
	}
	if (c.last->outcome == OUTCOME_GATEWAY_ERROR)
		return c.last->ended_at +
		    (c.errors == 1 ? LADDER_ERROR_AGAIN_1 :
		     c.errors == 2 ? LADDER_ERROR_AGAIN_2 :
				     LADDER_ERROR_AGAIN_3);
	return NEVER;
}

static void
plan_step(const struct ladder_step *s, int i,
    const struct ladder_means *means, struct ladder_plan *ret)
{
	ret->step = i;
	ret->make_call = s->call && means->call;
	ret->make_text = s->text && means->text;
	ret->call_alternate = s->call_alternate;
	ret->text_alternate = s->text_alternate;
}

/* A retry of the step reached, where it comes before the next step. */
static void
plan_retry(const struct ladder *l, const struct ladder_means *means,
    const struct ladder_try *tries, int n, int reached, msec before, msec now,
    struct ladder_plan *ret)
{
	const struct ladder_step *s = &l->steps[reached];
	struct ladder_means due = { false, false };
	msec call = means->call ? retry_at(tries, n, reached, CHANNEL_CALL) :
	    NEVER;
	msec text = means->text ? retry_at(tries, n, reached, CHANNEL_TEXT) :
	    NEVER;

	if (call < before && call > now)
		ret->look_again = earlier(ret->look_again, call);
	if (text < before && text > now)
		ret->look_again = earlier(ret->look_again, text);
	due.call = call < before && call <= now;
	due.text = text < before && text <= now;
	if (due.call || due.text) {
		plan_step(s, reached, &due, ret);
		ret->retry = true;
	}
}

void
ladder_next(const struct ladder *l, msec start,
    const struct ladder_means *means, const struct ladder_try *tries, int n,
    msec now, struct ladder_plan *ret)
{
	msec flag_at = start + l->flag_after;
	int reached = step_reached(tries, n);
	int next = reached + 1;
	msec due = NEVER;

	*ret = (struct ladder_plan){ .look_again = flag_at };
	if (now >= flag_at || (n == 0 && !means->call && !means->text)) {
		ret->flag = true;
		ret->look_again = NEVER;
		return;
	}
	while (next < l->n_steps && !step_is_usable(&l->steps[next], means))
		next++;
	if (next < l->n_steps) {
		due = step_due(l, start, tries, n, reached, next);
		if (now < due)
			ret->look_again = earlier(ret->look_again, due);
		else if (!is_blocked(&l->steps[next], means, tries, n)) {
			plan_step(&l->steps[next], next, means, ret);
			return;
		} /* else whatever settles the attempt looks again */
	}
	if (reached >= 0)
		plan_retry(l, means, tries, n, reached, earlier(due, flag_at),
		    now, ret);
}

/* Could the person have noticed it? */
static bool
try_was_noticeable(const struct ladder_try *t)
{
	switch (t->outcome) {
	case OUTCOME_OK:
	case OUTCOME_HELP:
	case OUTCOME_NO_KEY:
	case OUTCOME_MACHINE:
	case OUTCOME_BUSY:
	case OUTCOME_NO_ANSWER:
	case OUTCOME_NO_REPLY:
		return true;
	default:
		return t->outcome == OUTCOME_NONE &&
		    t->state == ATTEMPT_ACCEPTED;
	}
}

/* Ended by our own gate: nothing was made, for no fault of the number. */
static bool
try_was_held_back(const struct ladder_try *t)
{
	return t->outcome == OUTCOME_REFUSED && t->sent_at == 0;
}

enum flag_reason
ladder_verdict(const struct ladder_means *means,
    const struct ladder_try *tries, int n)
{
	bool gateway = false, undelivered = false, opted_out = false;

	for (int i = 0; i < n; i++) {
		const struct ladder_try *t = &tries[i];

		if (try_was_noticeable(t))
			return FLAG_NO_RESPONSE;
		if (try_is_unsettled(t) || t->outcome == OUTCOME_GATEWAY_ERROR)
			gateway = true;
		else if (t->outcome == OUTCOME_OPTED_OUT)
			opted_out = true;
		else if (!try_was_held_back(t))
			undelivered = true;
	}
	if (gateway)
		return FLAG_GATEWAY;
	if (undelivered)
		return FLAG_UNDELIVERED;
	if (opted_out || (!means->call && !means->text))
		return FLAG_OPTED_OUT;
	return FLAG_MISSED;
}

msec
ladder_last_send(const struct ladder *l)
{
	msec last = 0;

	for (int i = 0; i < l->n_steps; i++) {
		msec end = i + 1 < l->n_steps ? l->steps[i + 1].after :
		    l->flag_after;
		msec at = l->steps[i].after;

		/* A busy line is tried again until the next step. */
		if (l->steps[i].call)
			at = later(at, earlier(at + LADDER_BUSY_FOR, end));
		last = later(last, at);
	}
	return last;
}
