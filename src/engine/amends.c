/*
 * A hook that makes its own handling fail.  It is answered 503 the first time:
 * what was in its way may have passed when the gateway comes again.  The
 * second time it is acknowledged, since it would come for ever; it stands in
 * the ledger, with what was said.  No gateway is bound to come again, so at
 * the first time already a human is asked to look after whoever spoke, at once
 * where it was a call for help.
 * Nobody hears thanks for a word that could not be written down.
 */
#include "engine/inside.h"

#include <string.h>

#include "base/log.h"
#include "engine/speech.h"
#include "rules/number.h"

struct speaker {
	const struct event *event;
	struct ledger_attempt attempt;	/* id 0: none */
	struct ledger_reply reply;	/* id 0: none */
	bool help;			/* it was asked for */
};

static bool
asks_for_help(const struct engine *en, const struct event *ev)
{
	if (ev->kind == EVENT_KEY)
		return ev->key == '2';
	return ev->kind == EVENT_TEXT && (ev->opt_help || (ev->text != NULL &&
	    reply_read(ev->text, NULL, &en->conf->words, NULL) ==
	    READING_HELP));
}

static int
find_speaker(struct engine *en, struct gateway *g, const struct event *ev,
    struct speaker *ret, struct err *e)
{
	const char *name = gateway_conf(g)->name;
	int found = 0;

	memset(ret, 0, sizeof(*ret));
	ret->event = ev;
	ret->help = asks_for_help(en, ev);
	if (ev->ref[0] != '\0')
		found = ledger_attempt_by_ref(en->ledger, ev->ref,
		    &ret->attempt, e);
	if (found == 0 && ev->gateway_id[0] != '\0')
		found = ledger_attempt_by_gateway_id(en->ledger, name,
		    ev->gateway_id, &ret->attempt, e);
	if (found == 0)
		ret->attempt.id = 0;
	if (found == 0 && ev->ref[0] != '\0' && (found =
	    ledger_reply_by_ref(en->ledger, ev->ref, &ret->reply, e)) == 0)
		ret->reply.id = 0;
	return found == -1 ? -1 : 0;
}

/* A flag for the person: of help, where that is what was asked for. */
static int
flag(struct engine *en, const struct speaker *s, const char *participant,
    int64_t checkin, msec now, struct err *e)
{
	int64_t ignored;

	return s->help ? flags_raise(en, participant, FLAG_HELP, checkin, 0,
	    now, &ignored, e) : word_unclear(en, participant, checkin, now, e);
}

static int
look_after_key(struct engine *en, const struct speaker *s, msec now,
    struct err *e)
{
	struct ledger_checkin c;

	if (s->attempt.checkin != 0) {
		if (ledger_checkin_get(en->ledger, s->attempt.checkin, &c,
		    e) == -1)
			return -1;
		return flag(en, s, c.participant, c.id, now, e);
	}
	if (s->reply.id == 0 || s->reply.participant[0] == '\0')
		return 0;
	return flag(en, s, s->reply.participant, 0, now, e);
}

static int
look_after_number(struct engine *en, const struct speaker *s, msec now,
    struct err *e)
{
	const char *from = s->event->from;
	const struct config_participant *const *people = NULL;
	char number[NUMBER_SIZE] = "";
	size_t n = 0, live = 0;

	if (number_normalise_inbound(from, en->conf->service.country_code,
	    number) == NUMBER_FROM_E164)
		people = config_people_at(en->conf, number, &n);
	else
		number[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		if (!people[i]->live)
			continue;
		live++;
		if (flag(en, s, people[i]->id, 0, now, e) == -1)
			return -1;
	}
	return live > 0 ? 0 : flags_raise_stranger(en, number, now, e);
}

/* Whoever spoke is a human's business now. */
static int
look_after(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct speaker *s = arg;

	switch (s->event->kind) {
	case EVENT_KEY:
		return look_after_key(en, s, now, e);
	case EVENT_TEXT:
	case EVENT_RING:
		return look_after_number(en, s, now, e);
	default:
		return 0;	/* the deadlines find out */
	}
}

static void
answer(struct engine *en, struct gateway *g, const struct event *ev, msec now,
    struct hook_answer *ret)
{
	struct speech s;

	if (ev->kind != EVENT_KEY && ev->kind != EVENT_RING) {
		gateway_acknowledge(g, ev->kind, ret);
		return;
	}
	speech_say(en, (struct hearer){ NULL, NULL }, ev->kind == EVENT_KEY ?
	    MESSAGE_NO_KEY : MESSAGE_STRANGER, NULL, now, &s);
	gateway_say(g, &s.script, ret);
	speech_release(&s);
}

int
amends_hook(struct engine *en, struct gateway *g, const struct event *ev,
    bool again, msec now, struct hook_answer *ret, struct err *e)
{
	struct speaker s;
	int kept;

	if (again) {
		hook_answer_release(ret);
		memset(ret, 0, sizeof(*ret));
		answer(en, g, ev, now, ret);
		return 1;
	}
	if (find_speaker(en, g, ev, &s, e) == -1)
		return ledger_last_fate(en->ledger) == LEDGER_OK ? 0 : -1;
	kept = engine_piece(en, look_after, &s, now, e);
	if (kept == 0)
		log_error("engine", "nobody could be asked to look after "
		    "whoever spoke: %s", e->text);
	return kept == -1 ? -1 : 0;
}
