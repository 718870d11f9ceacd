/*
 * Test calls and texts.
 */
#include "web/api.h"

#include "ledger/trials.h"
#include "web/api_json.h"

/* In one word: what whoever waits beside the telephone wants to know. */
static const char *
state_of(const struct ledger_trial *t, msec now)
{
	if (t->confirmed_at != 0)
		return "confirmed";
	if (t->ended_at == 0)
		return "under_way";
	if (t->channel == CHANNEL_TEXT && t->outcome == OUTCOME_OK &&
	    now < t->until)
		return "delivered";
	return "not_confirmed";
}

static json_t *
trial_json(const struct ledger_trial *t, msec now)
{
	json_t *o = json_object();

	api_json_put_text(o, "channel", channel_name(t->channel));
	api_json_put_text(o, "number", t->number);
	api_json_put_text(o, "who", t->who);
	api_json_put_instant(o, "at", t->at);
	api_json_put_text(o, "state", state_of(t, now));
	api_json_put_text(o, "outcome", outcome_name(t->outcome));
	api_json_put_text(o, "confirmed_by", confirmed_by_name(
	    t->confirmed_by));
	api_json_put_instant(o, "confirmed_at", t->confirmed_at);
	return o;
}

json_t *
api_trial(const struct api_source *s, const char *participant, struct err *e)
{
	const struct config_participant *p =
	    config_participant(s->config, participant);
	struct ledger_trial newest, passed;
	int any = ledger_trial_newest(s->ledger, participant, &newest, e);
	int good = any == -1 ? -1 : ledger_trial_passed(s->ledger, participant,
	    &passed, e);
	json_t *o;

	if (good == -1)
		return NULL;
	o = api_json_new("trial");
	api_json_put_text(o, "participant", participant);
	api_json_put_text(o, "lacks", p && !config_has_contact(p) ? "contact" :
	    NULL);
	api_json_put(o, "newest", any ? trial_json(&newest, s->now) :
	    json_null());
	api_json_put(o, "confirmed", good ? trial_json(&passed, s->now) :
	    json_null());
	return o;
}
