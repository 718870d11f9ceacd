/*
 * The last look before somebody's telephone rings.  What was right when an
 * attempt was planned may not be any more: a word came, a day was closed, a
 * number was taken off the list.  allow_numbers is asked here, in the one
 * place from which anything is sent.
 */
#include "engine/inside.h"

#include <string.h>

#include "engine/plan.h"
#include "engine/trial.h"

static int
refuse(enum outcome outcome, const char *why, enum outcome *ret_outcome,
    const char **ret_why)
{
	*ret_outcome = outcome;
	*ret_why = why;
	return 0;
}

/* May this person be asked by the check-in's attempt now? */
static int
allows_asking(struct engine *en, const struct ledger_attempt *a,
    const struct ledger_checkin *c, msec now, enum outcome *ret_outcome,
    const char **ret_why, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);
	int creates, held, away;

	if (c->state != CHECKIN_ASKING)
		return refuse(OUTCOME_REFUSED, "the check-in has ended",
		    ret_outcome, ret_why);
	if (p == NULL || !p->live)
		return refuse(OUTCOME_REFUSED, "not live", ret_outcome,
		    ret_why);
	if ((away = plan_is_away(en->ledger, p, calendar_date(now), ret_why,
	    e)) != 0)
		return away == -1 ? -1 : refuse(OUTCOME_REFUSED, *ret_why,
		    ret_outcome, ret_why);
	if (!hours_contain(&p->contact_hours, now))
		return refuse(OUTCOME_REFUSED, "outside the contact hours",
		    ret_outcome, ret_why);
	if ((held = ledger_held(en->ledger, c->round, e)) == -1)
		return -1;
	if (held)
		return refuse(OUTCOME_NONE, "on hold", ret_outcome, ret_why);
	creates = ledger_creates_on(en->ledger, c->participant, c->date, e);
	if (creates == -1)
		return -1;
	if (creates >= en->conf->service.max_attempts_per_day)
		return refuse(OUTCOME_REFUSED, "the day's cap is reached",
		    ret_outcome, ret_why);
	(void)a;
	return 1;
}

int
gate_allows(struct engine *en, const struct ledger_attempt *a,
    const struct ledger_checkin *c, msec now, enum outcome *ret_outcome,
    const char **ret_why, struct err *e)
{
	int out, wanted, silent;

	if (!config_allows(en->conf, a->number))
		return refuse(OUTCOME_REFUSED, "not in allow_numbers",
		    ret_outcome, ret_why);
	out = ledger_opted_out(en->ledger, a->number, a->channel, e);
	if (out == -1)
		return -1;
	if (out)
		return refuse(OUTCOME_OPTED_OUT, "opted out", ret_outcome,
		    ret_why);
	if (a->notice != 0 && (wanted = notices_still_wanted(en, a->notice,
	    now, e)) != 1)
		return wanted == -1 ? -1 : refuse(OUTCOME_REFUSED,
		    "it is of no use any more", ret_outcome, ret_why);
	if (a->trial != 0 && (wanted = trial_still_wanted(en, a->trial, now,
	    e)) != 1)
		return wanted == -1 ? -1 : refuse(OUTCOME_REFUSED,
		    "it is of no use any more", ret_outcome, ret_why);
	/* An answer that promises a call by an instant comes in time. */
	if (a->reply != 0 && now - a->planned_at >=
	    deadlines[DEADLINE_ANSWER_PLANNED].within)
		return refuse(OUTCOME_REFUSED, "too late for an answer",
		    ret_outcome, ret_why);
	if (a->reply != 0 && (silent = absences_silence(en, a->number, now,
	    e)) != 0)
		return silent == -1 ? -1 : refuse(OUTCOME_REFUSED,
		    "all contact has ended", ret_outcome, ret_why);
	if (a->checkin == 0)
		return 1;
	return allows_asking(en, a, c, now, ret_outcome, ret_why, e);
}

static int
channel_works(struct engine *en, const struct config_participant *p,
    enum channel channel, bool wanted, bool *ret, struct err *e)
{
	const char *number = config_number(p, channel, false);
	int out;

	*ret = false;
	if (!wanted || number == NULL ||
	    config_gateway_for(en->conf, channel) == NULL)
		return 0;
	if ((out = ledger_opted_out(en->ledger, number, channel, e)) == -1)
		return -1;
	*ret = !out;
	return 0;
}

int
gate_means(struct engine *en, const struct config_participant *p,
    struct ladder_means *ret, struct err *e)
{
	if (channel_works(en, p, CHANNEL_CALL, p->call_channel, &ret->call,
	    e) == -1)
		return -1;
	return channel_works(en, p, CHANNEL_TEXT, p->text_channel, &ret->text,
	    e);
}
