/*
 * Test calls and texts, made for a human's order before a person is live, and
 * confirmed by the person alone: key 1, or a reply read as OK.
 *
 * They hear and read just what every day will bring.  Whoever presses 2 needs
 * help, test or not.
 */
#include "engine/trial.h"

#include <stdio.h>
#include <string.h>

#include "engine/plan.h"
#include "engine/speech.h"
#include "ledger/trials.h"

#define A_DAY_AT_MOST 5		/* of one person */
/* What waits longer is not made any more: the coordinator stands beside. */
#define WAITS (deadlines[DEADLINE_ANSWER_PLANNED].within)

/* Which channel, where whoever orders does not say. */
static enum channel
usual_channel(const struct engine *en, const struct config_participant *p)
{
	bool calls = config_gateway_for(en->conf, CHANNEL_CALL) != NULL;

	return calls && config_number(p, CHANNEL_CALL, false) != NULL &&
	    (p->call_channel || p->human_channel || !p->text_channel) ?
	    CHANNEL_CALL : CHANNEL_TEXT;
}

/* May they be rung or written to at all, and now? */
static int
check_person(struct engine *en, const struct config_participant *p,
    const char *number, enum channel channel, msec now, struct err *e)
{
	const char *why;
	int yes;

	if (number == NULL || config_gateway_for(en->conf, channel) == NULL)
		return err_set(e, "%s cannot be tried by %s: there is no %s",
		    p->id, channel_name(channel), number == NULL ?
		    "number for it" : "gateway for it");
	if (!config_allows(en->conf, number))
		return err_set(e, "their number is not among allow_numbers; "
		    "add it there first");
	if (!hours_contain(&p->contact_hours, now))
		return err_set(e, "it is outside their contact hours; try "
		    "again within them");
	yes = ledger_opted_out(en->ledger, number, channel, e);
	if (yes == 1)
		return err_set(e, "they have asked us to stop");
	if (yes == 0)
		yes = plan_is_away(en->ledger, p, calendar_date(now), &why, e);
	return yes == 1 ? err_set(e, "of them it is written: %s", why) : yes;
}

/* Nobody is pestered by tests either. */
static int
check_others(struct engine *en, const char *participant, msec now,
    struct err *e)
{
	struct ledger_trial t;
	int n = ledger_held(en->ledger, "", e);

	if (n == 1)
		return err_set(e, "all asking is on hold; end that by "
		    "`ringround resume`");
	if (n == 0)
		n = ledger_trial_newest(en->ledger, participant, &t, e);
	if (n == 1 && t.ended_at == 0 && now - t.at < WAITS)
		return err_set(e, "a test of theirs is under way already");
	if (n == -1)
		return -1;
	n = ledger_trials_since(en->ledger, participant, now - MSEC_DAY, e);
	return n < A_DAY_AT_MOST ? n == -1 ? -1 : 0 : err_set(e, "%d tests in "
	    "a day are enough; find out what is wrong, and try tomorrow", n);
}

static int
plan_trial(struct engine *en, const struct config_participant *p,
    struct ledger_trial *t, msec now, struct err *e)
{
	struct buf text = BUF_EMPTY;
	struct ledger_attempt a;
	int result;

	if (ledger_trial_add(en->ledger, t, e) == -1)
		return -1;
	dispatch_new_attempt(en, t->channel, t->number, PURPOSE_ANSWER, now,
	    &a);
	a.trial = t->id;
	if (t->channel == CHANNEL_TEXT)
		speech_text(en, p, MESSAGE_TEXT, NULL, now, &text);
	result = ledger_attempt_add(en->ledger, &a, t->channel ==
	    CHANNEL_TEXT ? buf_text(&text) : NULL, e);
	buf_release(&text);
	return result;
}

int
engine_try(struct engine *en, const char *participant, const char *by,
    const char *who, const char *from, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);
	const struct config_participant *p =
	    config_participant(en->conf, participant);
	struct ledger_trial t = { .at = now,
		.until = now + deadlines[DEADLINE_TRIAL].within };
	const char *number;

	if (v != NULL && !v->coordinator)
		return err_set(e, "only a coordinator has somebody tried");
	if (p == NULL || config_has_left(p, calendar_date(now)))
		return err_set(e, "there is no participant %s", participant);
	t.channel = usual_channel(en, p);
	if (by[0] != '\0' && (channel_from_name(by, &t.channel) == -1 ||
	    t.channel == CHANNEL_HUMAN))
		return err_set(e, "by is call or text");
	number = config_number(p, t.channel, false);
	if (check_person(en, p, number, t.channel, now, e) == -1 ||
	    check_others(en, p->id, now, e) == -1)
		return -1;
	snprintf(t.participant, sizeof(t.participant), "%s", p->id);
	snprintf(t.number, sizeof(t.number), "%s", number);
	snprintf(t.who, sizeof(t.who), "%s", who);
	snprintf(t.way, sizeof(t.way), "%s", from);
	if (plan_trial(en, p, &t, now, e) == -1)
		return -1;
	return flags_record(en, who, from, "try", 0, 0, p->id, now, e);
}

int
trial_whose(struct engine *en, int64_t trial, char ret[LEDGER_NAME_SIZE],
    struct err *e)
{
	struct ledger_trial t;

	if (ledger_trial_get(en->ledger, trial, &t, e) == -1)
		return -1;
	memcpy(ret, t.participant, LEDGER_NAME_SIZE);
	return 0;
}

int
trial_still_wanted(struct engine *en, int64_t trial, msec now, struct err *e)
{
	const struct config_participant *p;
	struct ledger_trial t;
	const char *why;
	int away;

	if (ledger_trial_get(en->ledger, trial, &t, e) == -1)
		return -1;
	p = config_participant(en->conf, t.participant);
	if (p == NULL || t.confirmed_at != 0 || now - t.at >= WAITS ||
	    !hours_contain(&p->contact_hours, now))
		return 0;
	away = plan_is_away(en->ledger, p, calendar_date(now), &why, e);
	return away == -1 ? -1 : !away;
}

int
trial_confirm(struct engine *en, int64_t trial, enum confirmed_by by, msec now,
    struct err *e)
{
	return ledger_trial_confirmed(en->ledger, trial, by, now, e) == -1 ?
	    -1 : 0;
}

int
trial_reply(struct engine *en, const char *number, msec now, struct err *e)
{
	struct ledger_trial t;
	int found = ledger_trial_at(en->ledger, number, now, &t, e);

	if (found != 1)
		return found;
	return trial_confirm(en, t.id, CONFIRMED_BY_REPLY, now, e) == -1 ?
	    -1 : 1;
}

const struct config_participant *
trial_person_at(struct engine *en, const char *number, msec now,
    int *ret_found, struct err *e)
{
	struct ledger_trial t;

	*ret_found = ledger_trial_at(en->ledger, number, now, &t, e);
	return *ret_found == 1 ? config_participant(en->conf, t.participant) :
	    NULL;
}
