#include "exchange/simdial.h"

#include <string.h>

#include "base/mem.h"
#include "exchange/simwalk.h"

#define TO_DIAL 300
#define TALK (90 * MSEC_SECOND)		/* two people */
#define LISTEN (25 * MSEC_SECOND)	/* one, and a machine */

static const char *
why_not(struct exchange *x, const struct twiml_step *dial)
{
	if (dial->caller == NULL)
		return "code 13214: a Dial has no callerId, and would show "
		    "the number of whoever is put through";
	if (!exchange_owns(x, dial->caller))
		return "code 13214: callerId is none of the account's numbers";
	return NULL;
}

bool
simdial_begin(struct exchange *x, msec now, struct simcall *c,
    const struct twiml_step *dial)
{
	const struct twiml_step *number = dial + 1;
	const char *why = why_not(x, dial);
	struct simcall *leg;
	struct habit h;

	if (why != NULL) {
		exchange_complain(x, now, "%s", why);
		return false;
	}
	leg = simcall_new(x, now, false, person_at(&x->people, number->text),
	    person_at(&x->people, dial->caller));
	leg->parent = c;
	c->leg = leg;
	leg->timeout = dial->timeout;
	leg->time_limit = dial->limit;
	exchange_draw_track(x, now, false, number->text, &leg->track);
	leg->track.url = mem_dup(number->callback);
	leg->tell = SIMCALL_TELL_COMPLETED;
	/* A human's call: whoever decides what people do about ours is not
	 * asked. */
	person_next_habit(&x->people, leg->to, false, &h);
	if (h.kind == HABIT_REFUSED)
		h = (struct habit){ .kind = HABIT_NO_SUCH, .code = 404,
			.rings_back = NEVER };
	*leg->habit = h;
	x->count.through++;
	leg->dialled = now + TO_DIAL;
	simcall_wake_at(x, leg, leg->dialled);
	return true;
}

msec
simdial_talk(const struct simcall *leg)
{
	msec most = leg->habit->kind == HABIT_VOICEMAIL ? LISTEN : TALK;

	if (leg->habit->stays < most)
		most = leg->habit->stays;
	return leg->time_limit < most ? leg->time_limit : most;
}

void
simdial_ended(struct exchange *x, msec now, struct simcall *c)
{
	struct simcall *leg = c->leg, *parent = c->parent;

	if (leg != NULL) {
		c->leg = NULL;
		simcall_end(x, now, leg, leg->status == SIMCALL_IN_PROGRESS ?
		    SIMCALL_COMPLETED : SIMCALL_CANCELED);
	}
	if (parent != NULL && parent->leg == c) {
		parent->leg = NULL;
		simwalk_go_on(x, now, parent, c);
	}
}
