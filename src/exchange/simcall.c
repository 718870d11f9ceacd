#include "exchange/simcall.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/simdial.h"
#include "exchange/simhook.h"
#include "exchange/simwalk.h"

/* How long things take on the line. */
#define TO_DIAL 300		/* from the create */
#define TO_RING 1500
#define TO_BUSY 1200
#define TO_OFF (5 * MSEC_SECOND)
#define TO_FAIL 900
#define TO_DETECT (4 * MSEC_SECOND)
#define TO_GREETING_END (9 * MSEC_SECOND)

static const char *const status_names[] = {
	[SIMCALL_QUEUED] = "queued",
	[SIMCALL_INITIATED] = "initiated",
	[SIMCALL_RINGING] = "ringing",
	[SIMCALL_IN_PROGRESS] = "in-progress",
	[SIMCALL_COMPLETED] = "completed",
	[SIMCALL_BUSY] = "busy",
	[SIMCALL_FAILED] = "failed",
	[SIMCALL_NO_ANSWER] = "no-answer",
	[SIMCALL_CANCELED] = "canceled",
};

const char *
simcall_status_name(enum simcall_status s)
{
	return status_names[s];
}

const char *
simcall_direction(const struct simcall *c)
{
	return c->inbound ? "inbound" : c->parent != NULL ? "outbound-dial" :
	    "outbound-api";
}

const char *
simcall_from(const struct simcall *c)
{
	return c->withheld[0] != '\0' ? c->withheld : c->from->number;
}

struct simcall *
simcall_new(struct exchange *x, msec now, bool inbound, struct person *to,
    struct person *from)
{
	struct simcall *c = mem_alloc(sizeof(*c));

	mem_reserve(&x->calls, x->n_calls, &x->cap_calls,
	    sizeof(struct simcall *));
	exchange_sid(x, "CA", x->n_calls, c->sid);
	c->nth = x->n_calls;
	x->calls[x->n_calls++] = c;
	c->inbound = inbound;
	c->to = to;
	c->from = from;
	c->who = inbound ? from : to;
	c->earlier = c->who->last_call;
	c->who->last_call = c;
	c->created = c->updated = now;
	c->timeout = SIMCALL_TIMEOUT;
	c->time_limit = SIMCALL_TIME_LIMIT;
	c->habit = mem_alloc(sizeof(*c->habit));
	return c;
}

void
simcall_free(struct simcall *c)
{
	simhook_release_track(&c->track);
	simwalk_free(c->walk);
	free(c->url);
	free(c->twiml);
	free(c->fallback);
	free(c->async_url);
	free(c->habit);
	free(c);
}

void
simcall_wake_at(struct exchange *x, struct simcall *c, msec at)
{
	agenda_add(&x->agenda, at, INSIDE_CALL, c, ++c->turn);
}

void
simcall_add_standard(const struct exchange *x, const struct simcall *c,
    struct simhook *h)
{
	static const char *const countries[] = {
		"FromCountry", "ToCountry", "CallerCountry", "CalledCountry",
	};
	/* empty ones are signed too, by their name alone */
	static const char *const empty[] = {
		"FromCity", "FromState", "FromZip", "ToCity", "ToState",
		"ToZip", "CallerCity", "CallerState", "CallerZip",
		"CalledCity", "CalledState", "CalledZip",
	};
	const char *from = simcall_from(c);

	simhook_add(h, "CallSid", c->sid);
	simhook_add(h, "AccountSid", x->account_sid);
	simhook_add(h, "From", from);
	simhook_add(h, "To", c->to->number);
	simhook_add(h, "Caller", from);
	simhook_add(h, "Called", c->to->number);
	simhook_add(h, "CallStatus", simcall_status_name(c->status));
	simhook_add(h, "ApiVersion", API_VERSION);
	simhook_add(h, "Direction", simcall_direction(c));
	if (c->parent != NULL)
		simhook_add(h, "ParentCallSid", c->parent->sid);
	for (size_t i = 0; i < COUNT(countries); i++)
		simhook_add(h, countries[i], "GB");
	for (size_t i = 0; i < COUNT(empty); i++)
		simhook_add(h, empty[i], "");
}

static void
add_number(struct simhook *h, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	simhook_add(h, name, text);
}

static void
add_end(struct simhook *h, const struct simcall *c)
{
	int64_t seconds = c->started > 0
	    ? (c->ended - c->started + 999) / 1000 : 0;

	add_number(h, "CallDuration", seconds);
	add_number(h, "Duration", (seconds + 59) / 60);
	if (c->sip > 0)
		add_number(h, "SipResponseCode", c->sip);
	if (c->answered_by != NULL && !c->async)
		simhook_add(h, "AnsweredBy", c->answered_by);
}

/* Tell a progress to whoever asked for that kind of it. */
static void
tell(struct exchange *x, msec now, struct simcall *c, unsigned int kind)
{
	bool last = kind == SIMCALL_TELL_COMPLETED;
	const char *url = c->inbound ? x->call_end_url : c->track.url;
	char date[INSIDE_DATE_SIZE];
	struct simhook *h;

	c->updated = now;
	if (url == NULL || (c->tell & kind) == 0)
		return;
	h = simhook_new(x, now, SIMHOOK_STATUS, url, c->track.get, c);
	simcall_add_standard(x, c, h);
	simhook_add(h, "Timestamp", exchange_date(now, "+0000", date));
	simhook_add(h, "CallbackSource", "call-progress-events");
	add_number(h, "SequenceNumber", c->sequence++);
	if (last)
		add_end(h, c);
	simhook_send_progress(x, &c->track, h, now + 20, last);
}

/* What nobody asks for any more once a call has ended. */
static void
shed(struct simcall *c)
{
	simwalk_free(c->walk);
	c->walk = NULL;
	free(c->url);
	free(c->twiml);
	free(c->fallback);
	free(c->async_url);
	free(c->habit);
	c->url = c->twiml = c->fallback = c->async_url = NULL;
	c->habit = NULL;
}

static void
plan_ring_back(struct exchange *x, msec now, const struct simcall *c)
{
	struct inside_ring *ring;

	if (c->inbound || c->parent != NULL || c->n_keys > 0 ||
	    c->habit->rings_back == NEVER)
		return;
	ring = mem_alloc(sizeof(*ring));
	ring->from = c->who;
	ring->to = c->from;
	ring->habit = (struct habit){
		.kind = HABIT_ANSWERS, .stays = NEVER, .rings_back = NEVER,
		.delivery = HABIT_DRAWN, .after = HABIT_DRAWN,
	};
	memcpy(ring->habit.keys, c->habit->back_keys, HABIT_KEYS_SIZE);
	agenda_add(&x->agenda, now + c->habit->rings_back, INSIDE_RING, ring,
	    0);
}

void
simcall_end(struct exchange *x, msec now, struct simcall *c,
    enum simcall_status status)
{
	static const int sip[] = {
		[SIMCALL_COMPLETED] = 200, [SIMCALL_BUSY] = 486,
		[SIMCALL_FAILED] = 404, [SIMCALL_NO_ANSWER] = 487,
		[SIMCALL_CANCELED] = 487,
	};

	if (c->status >= SIMCALL_COMPLETED)
		return;
	c->status = status;
	c->ended = now;
	if (c->sip == 0)
		c->sip = sip[status];
	c->turn++;	/* nothing that was planned for it holds any more */
	if (c->who->line == c)
		c->who->line = NULL;
	tell(x, now, c, SIMCALL_TELL_COMPLETED);
	plan_ring_back(x, now, c);
	shed(c);
	simdial_ended(x, now, c);
}

void
simcall_place(struct exchange *x, msec now, struct simcall *c,
    const struct habit *h)
{
	c->dialled = now + TO_DIAL > x->next_dial ? now + TO_DIAL
	    : x->next_dial;
	x->next_dial = c->dialled + MSEC_SECOND / x->calls_per_second;
	x->used[0] = c->from;
	*c->habit = *h;
	x->count.calls++;
	simcall_wake_at(x, c, c->dialled);
}

/* Off the queue: what does the network say? */
static void
dial(struct exchange *x, msec now, struct simcall *c)
{
	bool engaged = c->who->line != NULL;

	c->status = SIMCALL_INITIATED;
	tell(x, now, c, SIMCALL_TELL_INITIATED);
	c->result = SIMCALL_RINGING;
	if (c->habit->kind == HABIT_NO_SUCH) {
		c->result = SIMCALL_FAILED;
		c->sip = c->habit->code;
		simcall_wake_at(x, c, now + TO_FAIL);
	} else if (c->habit->kind == HABIT_OFF) {
		c->result = SIMCALL_NO_ANSWER;
		c->sip = 480;
		simcall_wake_at(x, c, now + TO_OFF);
	} else if (c->habit->kind == HABIT_BUSY || engaged) {
		c->result = SIMCALL_BUSY;
		simcall_wake_at(x, c, now + TO_BUSY);
	} else {
		simcall_wake_at(x, c, now + TO_RING);
	}
}

static void
ring(struct exchange *x, msec now, struct simcall *c)
{
	bool picked_up = c->habit->kind != HABIT_NO_ANSWER
	    && c->habit->after < c->timeout;

	if (c->result != SIMCALL_RINGING || c->who->line != NULL) {
		/* another call may have come between dialling and ringing */
		simcall_end(x, now, c, c->result != SIMCALL_RINGING ? c->result
		    : SIMCALL_BUSY);
		return;
	}
	c->who->line = c;
	c->status = SIMCALL_RINGING;
	c->result = picked_up ? SIMCALL_IN_PROGRESS : SIMCALL_NO_ANSWER;
	tell(x, now, c, SIMCALL_TELL_RINGING);
	simcall_wake_at(x, c, now + (picked_up ? c->habit->after
	    : c->timeout));
}

static const char *
detected(const struct simcall *c)
{
	if (c->habit->kind != HABIT_VOICEMAIL)
		return "human";
	return c->detection == SIMCALL_DETECT ? "machine_start"
	    : "machine_end_beep";
}

static void
tell_detection(struct exchange *x, msec now, struct simcall *c, msec took)
{
	struct simhook *h;

	if (c->async_url == NULL)
		return;
	h = simhook_new(x, now, SIMHOOK_STATUS, c->async_url, false, c);
	simhook_add(h, "CallSid", c->sid);
	simhook_add(h, "AccountSid", x->account_sid);
	simhook_add(h, "AnsweredBy", c->answered_by);
	add_number(h, "MachineDetectionDuration", took);
	simhook_send(x, h, now + took);
}

static void
answered(struct exchange *x, msec now, struct simcall *c)
{
	msec took = 0;

	c->status = SIMCALL_IN_PROGRESS;
	c->started = now;
	tell(x, now, c, SIMCALL_TELL_ANSWERED);
	if (c->parent != NULL) {
		simcall_wake_at(x, c, now + simdial_talk(c));
		return;
	}
	if (c->detection != SIMCALL_NO_DETECTION) {
		c->answered_by = detected(c);
		took = c->detection == SIMCALL_DETECT_END
		    && c->habit->kind == HABIT_VOICEMAIL ? TO_GREETING_END
		    : TO_DETECT;
	}
	if (c->async) {
		tell_detection(x, now, c, took);
		took = 0;
	}
	/* until the detection has decided, whoever answered hears nothing */
	simwalk_begin(x, now, c, now + took);
}

void
simcall_go(struct exchange *x, msec now, struct simcall *c, uint32_t turn)
{
	if (turn != c->turn)
		return;
	switch (c->status) {
	case SIMCALL_QUEUED:
		dial(x, now, c);
		break;
	case SIMCALL_INITIATED:
		ring(x, now, c);
		break;
	case SIMCALL_RINGING:
		/* who rings us and waits for an answer gives up at last */
		if (!c->inbound && c->result == SIMCALL_IN_PROGRESS)
			answered(x, now, c);
		else
			simcall_end(x, now, c, c->inbound ? SIMCALL_NO_ANSWER
			    : c->result);
		break;
	case SIMCALL_IN_PROGRESS:
		if (c->parent != NULL)
			simcall_end(x, now, c, SIMCALL_COMPLETED);
		else
			simwalk_go(x, now, c);
		break;
	case SIMCALL_COMPLETED:
	case SIMCALL_BUSY:
	case SIMCALL_FAILED:
	case SIMCALL_NO_ANSWER:
	case SIMCALL_CANCELED:
		break;
	}
}

/* Those who hide their number: two of the ways in which gateways say so. */
static void
withhold(struct exchange *x, struct simcall *c)
{
	static const char *const ways[] = { "+266696687", "Anonymous" };
	const char *way = ways[random_below(&x->random, 2)];

	memcpy(c->withheld, way, strlen(way) + 1);
}

void
simcall_ring_in(struct exchange *x, msec now, struct person *from,
    struct person *to, const struct habit *h)
{
	struct simcall *c;
	struct random r;

	x->count.calls_in++;
	if (x->call_url == NULL) {
		exchange_complain(x, now, "somebody rang, and no URL is set "
		    "for calls that come in");
		return;
	}
	c = simcall_new(x, now, true, to, from);
	*c->habit = *h;
	person_chance(&x->people, from, x->count.calls_in << 32, &r);
	habit_settle(c->habit, &r);
	if (strcmp(from->number, SCENARIO_WITHHELD) == 0)
		withhold(x, c);
	else
		from->line = c;
	c->url = mem_dup(x->call_url);
	c->tell = SIMCALL_TELL_COMPLETED;
	c->dialled = now;
	c->status = SIMCALL_RINGING;
	simwalk_begin(x, now, c, now);
}
