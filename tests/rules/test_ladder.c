/*
 * The ladder: 0 call / 15 call, text / 30 call alternate, flag at 60.
 * Instants are minutes after minute 0.
 */
#include "tap.h"

#include "rules/ladder.h"

#define MIN MSEC_MINUTE
#define START (1000 * MSEC_HOUR)
#define NOT (-1)		/* no instant */

static const struct ladder standard = {
	.name = "standard",
	.steps = {
		{ .after = 0, .call = true },
		{ .after = 15 * MIN, .call = true, .text = true },
		{ .after = 30 * MIN, .call = true, .call_alternate = true },
	},
	.n_steps = 3,
	.flag_after = 60 * MIN,
};

static const struct ladder texts = {
	.name = "texts",
	.steps = {
		{ .after = 0, .text = true },
		{ .after = 20 * MIN, .text = true },
		{ .after = 40 * MIN, .call = true },
	},
	.n_steps = 3,
	.flag_after = 60 * MIN,
};

/* A try, as short as a table wants it: sent and ended in minutes. */
struct line {
	int step;
	enum channel channel;
	enum attempt_state state;
	enum outcome outcome;
	int sent, ended;
};

#define CALL(step, how, sent, ended) \
	{ step, CHANNEL_CALL, ATTEMPT_ENDED, OUTCOME_##how, sent, ended }
#define TEXT(step, how, sent, ended) \
	{ step, CHANNEL_TEXT, ATTEMPT_ENDED, OUTCOME_##how, sent, ended }
#define OPEN_CALL(step, state, sent) \
	{ step, CHANNEL_CALL, ATTEMPT_##state, OUTCOME_NONE, sent, NOT }
#define OPEN_TEXT(step, state, sent) \
	{ step, CHANNEL_TEXT, ATTEMPT_##state, OUTCOME_NONE, sent, NOT }

#define TRIES_MAX 8

struct ladder_case {
	const char *name;
	const struct ladder *ladder;
	bool no_call, no_text;		/* means */
	int now;
	int n;
	struct line tries[TRIES_MAX];
	const char *want;	/* "call 0", "call+text 1", "retry call 1",
				 * "wait 15", "flag" */
};

static const struct ladder_case cases[] = {
	{ "at once", &standard, 0, 0, 0, 0, { { 0 } }, "call 0" },
	{ "begun late", &standard, 0, 0, 7, 0, { { 0 } }, "call 0" },
	{ "wait for the second", &standard, 0, 0, 1, 1,
	    { CALL(0, NO_ANSWER, 0, 1) }, "wait 15" },
	{ "both channels", &standard, 0, 0, 15, 1,
	    { CALL(0, NO_ANSWER, 0, 1) }, "call+text 1" },
	{ "only a call", &standard, 0, 1, 15, 1,
	    { CALL(0, NO_KEY, 0, 1) }, "call 1" },
	{ "only a text: the first step is passed over", &standard, 1, 0, 0,
	    0, { { 0 } }, "wait 15" },
	{ "only a text: at its step", &standard, 1, 0, 15, 0, { { 0 } },
	    "text 1" },
	{ "only a text: the last step is passed over", &standard, 1, 0, 31,
	    1, { TEXT(1, NO_REPLY, 15, 16) }, "wait 60" },
	{ "the alternate", &standard, 0, 0, 30, 3,
	    { CALL(0, NO_ANSWER, 0, 1), CALL(1, NO_ANSWER, 15, 16),
	      OPEN_TEXT(1, ACCEPTED, 15) }, "call alternate 2" },
	{ "nothing is left but the flag", &standard, 0, 0, 40, 4,
	    { CALL(0, NO_ANSWER, 0, 1), CALL(1, NO_ANSWER, 15, 16),
	      OPEN_TEXT(1, ACCEPTED, 15), CALL(2, NO_ANSWER, 30, 31) },
	    "wait 60" },
	{ "flag", &standard, 0, 0, 60, 1, { CALL(0, NO_ANSWER, 0, 1) },
	    "flag" },
	{ "flag, whatever is under way", &standard, 0, 0, 61, 1,
	    { OPEN_CALL(0, UNCERTAIN, 0) }, "flag" },
	{ "no means at all", &standard, 1, 1, 0, 0, { { 0 } }, "flag" },
	{ "no means any more", &standard, 1, 1, 16, 1,
	    { CALL(0, NO_ANSWER, 0, 1) }, "wait 60" },

	/* busy */
	{ "busy: wait ten", &standard, 0, 0, 5, 1, { CALL(0, BUSY, 0, 0) },
	    "wait 10" },
	{ "busy: again", &standard, 0, 0, 10, 1, { CALL(0, BUSY, 0, 0) },
	    "retry call 0" },
	{ "the next step takes a retry's place", &standard, 0, 0, 12, 2,
	    { CALL(0, BUSY, 0, 0), CALL(0, BUSY, 10, 10) }, "wait 15" },
	{ "at that step", &standard, 0, 0, 15, 2,
	    { CALL(0, BUSY, 0, 0), CALL(0, BUSY, 10, 10) }, "call+text 1" },
	{ "busy beside a text: only the call again", &standard, 0, 0, 25, 3,
	    { CALL(0, BUSY, 0, 0), CALL(1, BUSY, 15, 15),
	      OPEN_TEXT(1, ACCEPTED, 15) }, "retry call 1" },
	{ "busy for thirty minutes: no more", &standard, 0, 1, 59, 4,
	    { CALL(2, BUSY, 18, 18), CALL(2, BUSY, 28, 28),
	      CALL(2, BUSY, 38, 38), CALL(2, BUSY, 48, 48) }, "wait 60" },
	{ "a retry that would come with the flag", &standard, 0, 0, 55, 1,
	    { CALL(2, BUSY, 50, 50) }, "wait 60" },

	/* the gateway's errors */
	{ "error: wait two", &standard, 0, 0, 1, 1,
	    { CALL(0, GATEWAY_ERROR, 0, 0) }, "wait 2" },
	{ "error: again", &standard, 0, 0, 2, 1,
	    { CALL(0, GATEWAY_ERROR, 0, 0) }, "retry call 0" },
	{ "second error: wait five", &standard, 0, 0, 3, 2,
	    { CALL(0, GATEWAY_ERROR, 0, 0), CALL(0, GATEWAY_ERROR, 2, 2) },
	    "wait 7" },
	{ "third error: ten, but the step is sooner", &standard, 0, 0, 8, 3,
	    { CALL(0, GATEWAY_ERROR, 0, 0), CALL(0, GATEWAY_ERROR, 2, 2),
	      CALL(0, GATEWAY_ERROR, 7, 7) }, "wait 15" },
	{ "the last step is tried to the end", &standard, 0, 0, 47, 3,
	    { CALL(2, GATEWAY_ERROR, 30, 30), CALL(2, GATEWAY_ERROR, 32, 32),
	      CALL(2, GATEWAY_ERROR, 37, 37) },
	    "retry call alternate 2" },
	{ "no answer is none of them", &standard, 0, 0, 2, 1,
	    { CALL(0, NO_ANSWER, 0, 0) }, "wait 15" },
	{ "a bad number is none of them", &standard, 0, 0, 2, 1,
	    { CALL(0, BAD_NUMBER, 0, 0) }, "wait 15" },
	{ "what is planned instead stands for it", &standard, 0, 0, 5, 2,
	    { CALL(0, GATEWAY_ERROR, 0, 3), OPEN_CALL(0, PLANNED, NOT) },
	    "wait 15" },

	/* late */
	{ "sent late: the next keeps its distance", &standard, 0, 0, 16, 1,
	    { CALL(0, NO_ANSWER, 10, 11) }, "wait 25" },
	{ "and comes then", &standard, 0, 0, 25, 1,
	    { CALL(0, NO_ANSWER, 10, 11) }, "call+text 1" },
	{ "the flag does not move", &standard, 0, 0, 60, 1,
	    { CALL(0, NO_ANSWER, 50, 51) }, "flag" },
	{ "a minute is the ordinary wait", &standard, 0, 0, 15, 1,
	    { CALL(0, NO_ANSWER, 1, 2) }, "call+text 1" },
	{ "what never left was not late", &standard, 0, 0, 15, 1,
	    { CALL(0, REFUSED, NOT, 12) }, "call+text 1" },

	/* blocked */
	{ "blocked while it is planned", &standard, 0, 0, 20, 1,
	    { OPEN_CALL(0, PLANNED, NOT) }, "wait 60" },
	{ "blocked while it is sending", &standard, 0, 0, 20, 1,
	    { OPEN_CALL(0, SENDING, 2) }, "wait 60" },
	{ "its instant first, blocked or not", &standard, 0, 0, 20, 1,
	    { OPEN_CALL(0, SENDING, 14) }, "wait 29" },
	{ "blocked while it is uncertain", &standard, 0, 0, 20, 1,
	    { OPEN_CALL(0, UNCERTAIN, 0) }, "wait 60" },
	{ "not while it is accepted", &standard, 0, 0, 15, 1,
	    { OPEN_CALL(0, ACCEPTED, 0) }, "call+text 1" },
	{ "not by the other channel", &texts, 0, 0, 40, 2,
	    { TEXT(0, NO_REPLY, 0, 20), OPEN_TEXT(1, UNCERTAIN, 20) },
	    "call 2" },
};

static void
as_tries(const struct line *lines, int n, struct ladder_try *ret)
{
	for (int i = 0; i < n; i++)
		ret[i] = (struct ladder_try){
			.step = lines[i].step,
			.channel = lines[i].channel,
			.state = lines[i].state,
			.outcome = lines[i].outcome,
			.sent_at = lines[i].sent == NOT ? 0 :
			    START + lines[i].sent * MIN,
			.ended_at = lines[i].ended == NOT ? 0 :
			    START + lines[i].ended * MIN,
		};
}

/* The plan in words. */
static void
say(const struct ladder_plan *p, char *ret, size_t size)
{
	if (p->flag)
		snprintf(ret, size, "flag%s", p->look_again == NEVER ? "" :
		    ", and looks again");
	else if (p->make_call || p->make_text)
		snprintf(ret, size, "%s%s%s%s%s %d", p->retry ? "retry " : "",
		    p->make_call ? "call" : "",
		    p->make_call && p->make_text ? "+" : "",
		    p->make_text ? "text" : "",
		    p->make_call && p->call_alternate ? " alternate" : "",
		    p->step);
	else
		snprintf(ret, size, "wait %g",
		    (double)(p->look_again - START) / MIN);
}

static void
test_next(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct ladder_case *c = &cases[i];
		struct ladder_means means = { !c->no_call, !c->no_text };
		struct ladder_try tries[TRIES_MAX];
		struct ladder_plan plan;
		char said[64];

		as_tries(c->tries, c->n, tries);
		ladder_next(c->ladder, START, &means, tries, c->n,
		    START + c->now * MIN, &plan);
		say(&plan, said, sizeof(said));
		is_text(said, c->want, "%s", c->name);
		ok(plan.flag || plan.make_call || plan.make_text ||
		    plan.look_again > START + c->now * MIN,
		    "%s: looks ahead", c->name);
	}
}

struct verdict_case {
	const char *name;
	bool no_call, no_text;
	int n;
	struct line tries[TRIES_MAX];
	enum flag_reason want;
};

static const struct verdict_case verdicts[] = {
	{ "nobody answered", 0, 0, 1, { CALL(0, NO_ANSWER, 0, 1) },
	    FLAG_NO_RESPONSE },
	{ "one of them rang", 0, 0, 2, { CALL(0, BAD_NUMBER, 0, 0),
	    OPEN_TEXT(1, ACCEPTED, 15) }, FLAG_NO_RESPONSE },
	{ "busy is somebody", 0, 0, 1, { CALL(0, BUSY, 0, 1) },
	    FLAG_NO_RESPONSE },
	{ "no number that works", 0, 0, 2, { CALL(0, BAD_NUMBER, 0, 0),
	    TEXT(1, UNDELIVERED, 15, 16) }, FLAG_UNDELIVERED },
	{ "refused by the gateway", 0, 0, 1, { CALL(0, REFUSED, 0, 0) },
	    FLAG_UNDELIVERED },
	{ "the gateway's error", 0, 0, 2, { CALL(0, GATEWAY_ERROR, 0, 0),
	    CALL(1, BAD_NUMBER, 0, 0) }, FLAG_GATEWAY },
	{ "never came out", 0, 0, 1, { OPEN_CALL(0, PLANNED, NOT) },
	    FLAG_GATEWAY },
	{ "never became clear", 0, 0, 1, { OPEN_CALL(0, UNCERTAIN, 0) },
	    FLAG_GATEWAY },
	{ "opted out of all", 1, 1, 0, { { 0 } }, FLAG_OPTED_OUT },
	{ "opted out in between", 0, 1, 1, { TEXT(0, OPTED_OUT, 0, 0) },
	    FLAG_OPTED_OUT },
	{ "none was made", 0, 0, 0, { { 0 } }, FLAG_MISSED },
	{ "our own gate let none out", 0, 0, 2, { CALL(0, REFUSED, NOT, 0),
	    CALL(1, REFUSED, NOT, 15) }, FLAG_MISSED },
	{ "our own gate, and a dead number", 0, 0, 2,
	    { CALL(0, REFUSED, NOT, 0), CALL(1, BAD_NUMBER, 15, 15) },
	    FLAG_UNDELIVERED },
};

static void
test_verdict(void)
{
	for (size_t i = 0; i < COUNT(verdicts); i++) {
		const struct verdict_case *c = &verdicts[i];
		struct ladder_means means = { !c->no_call, !c->no_text };
		struct ladder_try tries[TRIES_MAX];

		as_tries(c->tries, c->n, tries);
		is_text(flag_reason_name(ladder_verdict(&means, tries, c->n)),
		    flag_reason_name(c->want), "verdict: %s", c->name);
	}
}

int
main(void)
{
	struct ladder late_flag = standard;

	test_next();
	test_verdict();
	is_int(ladder_step_at(&standard, START, 2), START + 30 * MIN, "at 30");
	is_int(ladder_last_send(&standard), 60 * MIN,
	    "a busy line is tried up to the flag");
	late_flag.flag_after = 180 * MIN;
	is_int(ladder_last_send(&late_flag), 60 * MIN, "but for 30 minutes");
	is_int(ladder_last_send(&texts), 60 * MIN, "the last is a call");
	return tap_done();
}
