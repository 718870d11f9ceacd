/*
 * Texts that come in: from a volunteer, from a participant, from a stranger.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "engine/speech.h"
#include "engine/trial.h"
#include "rules/away.h"
#include "rules/number.h"
#include "rules/words.h"

struct letter {
	struct ledger_reply reply;
	const struct config_participant *people[16]; /* live, at the number */
	size_t n;
	const struct config_participant *asked;	/* the one it must be from */
	bool stale;	/* it was written on an earlier day, and says no more
			 * than that */
};

/* An automatic answer, but never more than a few a day to one number: two
 * machines must not talk to each other. */
static int
answer_trip(struct engine *en, const struct ledger_reply *r,
    const struct config_participant *p, enum message m,
    const struct trip *trip, msec now, struct err *e)
{
	struct buf text = BUF_EMPTY;
	struct number to;
	int sent, result;

	/* A landline can send texts, but not receive them. */
	if (number_read(r->number, en->conf->service.country_code, &to,
	    e) == -1 || !to.textable)
		return 0;
	sent = ledger_answers_since(en->ledger, r->number, now - MSEC_DAY, e);
	if (sent == -1)
		return -1;
	if (sent >= ANSWERS_A_DAY)
		return 0;
	speech_text(en, p, m, trip, now, &text);
	result = dispatch_text(en, PURPOSE_ANSWER, 0, r->id, r->number,
	    buf_text(&text), now, e);
	buf_release(&text);
	return result;
}

static int
answer(struct engine *en, const struct ledger_reply *r,
    const struct config_participant *p, enum message m, msec now,
    struct err *e)
{
	return answer_trip(en, r, p, m, NULL, now, e);
}

/* Who lives at the number, and whose word is it?  Of several, the one who is
 * being asked, where that is exactly one. */
static int
find_people(struct engine *en, struct letter *l, msec now, struct err *e)
{
	size_t n = 0, asking = 0;
	const struct config_participant *const *at =
	    config_people_at(en->conf, l->reply.number, &n);
	const struct config_participant *who = NULL;

	for (size_t i = 0; i < n && l->n < COUNT(l->people); i++) {
		bool asked;

		if (!at[i]->live)
			continue;
		l->people[l->n++] = at[i];
		if (word_is_awaited(en, at[i]->id, now, &asked, e) == -1)
			return -1;
		if (asked) {
			asking++;
			who = at[i];
		}
	}
	if (l->n == 1)
		l->asked = l->people[0];
	else if (asking == 1)
		l->asked = who;
	return 0;
}

/* ---- what it says ------------------------------------------------------ */

/* A volunteer who takes no texts cannot be told of a flag by one. */
static int
tell_of_volunteer(struct engine *en, const struct config_volunteer *v,
    msec now, struct err *e)
{
	char text[200];

	snprintf(text, sizeof(text), "%s: the number of %s has sent STOP and "
	    "gets no texts any more, until it sends START.",
	    en->conf->service.name, v->name);
	return notices_tell_coordinators(en, "stop", 0, 0, false, text,
	    "a volunteer's number has sent STOP", text, now, e);
}

int
letters_stop(struct engine *en, const char *number, enum channel channel,
    const char *source, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer_at(en->conf,
	    number);
	size_t n = 0;
	const struct config_participant *const *people =
	    config_people_at(en->conf, number, &n);
	int64_t flag;
	int added = ledger_optout_add(en->ledger, number, channel, source, now,
	    e);

	if (added != 1)
		return added;
	for (size_t i = 0; i < n; i++)
		if (people[i]->live && flags_raise(en, people[i]->id,
		    FLAG_STOP, 0, 0, now, &flag, e) == -1)
			return -1;
	return v != NULL ? tell_of_volunteer(en, v, now, e) : 0;
}

static int
heed_stop(struct engine *en, struct letter *l, msec now, struct err *e)
{
	return letters_stop(en, l->reply.number, CHANNEL_TEXT, "text", now,
	    e);
}

static int
heed_help(struct engine *en, struct letter *l, msec now, struct err *e)
{
	/* Which of two it is does not matter before somebody rings. */
	for (size_t i = 0; i < l->n; i++)
		if ((l->asked == NULL || l->asked == l->people[i]) &&
		    word_help(en, l->people[i]->id, 0, true, now, e) == -1)
			return -1;
	return answer(en, &l->reply, l->asked != NULL ? l->asked :
	    l->people[0], MESSAGE_TEXT_RING_YOU, now, e);
}

static int
heed_ok(struct engine *en, struct letter *l, msec now, struct err *e)
{
	if (trial_reply(en, l->reply.number, now, e) == -1)
		return -1;
	if (l->asked != NULL) {
		if (word_ok(en, l->asked->id, CONFIRMED_BY_REPLY, 0, now,
		    e) == -1)
			return -1;
		return answer(en, &l->reply, l->asked, MESSAGE_TEXT_THANKS,
		    now, e);
	}
	/* Several share it: it confirms nobody, and a human finds out who. */
	for (size_t i = 0; i < l->n; i++) {
		bool asking;
		int awaited = word_is_awaited(en, l->people[i]->id, now,
		    &asking, e);

		if (awaited == -1 || (awaited && word_unclear(en,
		    l->people[i]->id, 0, now, e) == -1))
			return -1;
	}
	return answer(en, &l->reply, l->people[0], MESSAGE_TEXT_WHO, now, e);
}

static int
heed_unclear(struct engine *en, struct letter *l, msec now, struct err *e)
{
	for (size_t i = 0; i < l->n; i++)
		if ((l->asked == NULL || l->asked == l->people[i]) &&
		    word_unclear(en, l->people[i]->id, 0, now, e) == -1)
			return -1;
	return answer(en, &l->reply, l->asked != NULL ? l->asked :
	    l->people[0], MESSAGE_TEXT_UNCLEAR, now, e);
}

/* What is not clear to its last day, or not whose it is, a human reads. */
static int
heed_away(struct engine *en, struct letter *l, const char *text, msec now,
    struct err *e)
{
	struct trip trip;
	int noted = 0;

	if (l->asked != NULL && !l->stale)
		noted = trips_text(en, l->asked, text, now, &trip, e);
	if (noted != 1)
		return noted == -1 ? -1 : heed_unclear(en, l, now, e);
	return answer_trip(en, &l->reply, l->asked, MESSAGE_TEXT_AWAY, &trip,
	    now, e);
}

/* BACK, from somebody who is away.  1 it was that; 0, -1. */
static int
heed_back(struct engine *en, struct letter *l, const char *text, msec now,
    struct err *e)
{
	int back = 0;

	if (l->asked != NULL && !l->stale &&
	    away_is_back(text, l->asked->language))
		back = trips_back(en, l->asked, "text", now, e);
	if (back != 1)
		return back;
	snprintf(l->reply.reading, sizeof(l->reply.reading), "%s",
	    reading_name(READING_AWAY));
	if (ledger_reply_save(en->ledger, &l->reply, e) == -1 ||
	    answer(en, &l->reply, l->asked, MESSAGE_TEXT_BACK, now, e) == -1)
		return -1;
	return 1;
}

static int
heed(struct engine *en, struct letter *l, enum reading reading,
    const char *text, msec now, struct err *e)
{
	int back;

	switch (reading) {
	case READING_OK:
		return l->stale ? heed_unclear(en, l, now, e) :
		    heed_ok(en, l, now, e);
	case READING_HELP:
		return heed_help(en, l, now, e);
	case READING_STOP:
		return heed_stop(en, l, now, e);
	case READING_AWAY:
		return heed_away(en, l, text, now, e);
	case READING_UNCLEAR:
		break;
	}
	if ((back = heed_back(en, l, text, now, e)) != 0)
		return back == -1 ? -1 : 0;
	return heed_unclear(en, l, now, e);
}

/* All of it is read, also what the ledger has no room for: it may end in
 * HELP. */
static enum reading
read_letter(struct engine *en, const struct letter *l, const struct event *ev)
{
	const char *text = ev->text != NULL ? ev->text : "";
	const struct config_participant *p = l->asked != NULL ? l->asked :
	    l->n > 0 ? l->people[0] : NULL;
	struct reply_words words = en->conf->words;
	enum reading reading;
	char *names;

	/* What the gateway took as its own word it has answered, and heeds. */
	if (ev->opt_out)
		return READING_STOP;
	if (ev->opt_help)
		return READING_HELP;
	if (p == NULL)
		return reply_read(text, NULL, &words, NULL);
	words.names = names = mem_printf("%s, %s", p->name, p->call_me);
	reading = reply_read(text, p->language, &words, NULL);
	free(names);
	return reading;
}

/* A bare START, as it was told to whoever sent STOP. */
static bool
says_start(const char *text)
{
	struct buf words = BUF_EMPTY;
	bool yes;

	words_normalise(text, &words);
	yes = strcmp(buf_text(&words), "start") == 0 ||
	    strcmp(buf_text(&words), "unstop") == 0;
	buf_release(&words);
	return yes;
}

/* START lifts what STOP closed; the coordinator is told by the record.  1 it
 * was that, 0 the number had not been closed, -1 failed. */
static int
heed_start(struct engine *en, struct letter *l, const struct event *ev,
    msec now, struct err *e)
{
	int lifted;

	if (!ev->opt_in && !says_start(l->reply.text))
		return 0;
	lifted = ledger_optout_lift(en->ledger, l->reply.number,
	    CHANNEL_TEXT, now, e);
	return lifted == 0 && ev->opt_in ? 1 : lifted;
}

/* From somebody whom no participant's number fits. */
static int
from_stranger(struct engine *en, struct letter *l, const struct event *ev,
    msec now, struct err *e)
{
	enum reading reading = read_letter(en, l, ev);
	int started;

	snprintf(l->reply.reading, sizeof(l->reply.reading), "%s",
	    reading_name(reading));
	if (ledger_reply_add(en->ledger, &l->reply, e) == -1)
		return -1;
	if (reading == READING_STOP)
		return heed_stop(en, l, now, e);
	if ((started = heed_start(en, l, ev, now, e)) != 0)
		return started == -1 ? -1 : 0;
	if (flags_raise_stranger(en, l->reply.number, now, e) == -1)
		return -1;
	return word_flagged(en, &l->reply, e);
}

static int
from_participant(struct engine *en, struct letter *l, const struct event *ev,
    msec now, struct err *e)
{
	enum reading reading = read_letter(en, l, ev);
	int started;

	snprintf(l->reply.participant, sizeof(l->reply.participant), "%s",
	    l->asked != NULL ? l->asked->id : l->people[0]->id);
	snprintf(l->reply.reading, sizeof(l->reply.reading), "%s",
	    reading_name(reading));
	/* Of several at the number it is not known whose turn is meant. */
	if ((l->asked != NULL && word_about(en, &l->reply, now, e) == -1) ||
	    ledger_reply_add(en->ledger, &l->reply, e) == -1)
		return -1;
	if ((started = heed_start(en, l, ev, now, e)) != 0)
		return started == -1 ? -1 : 0;
	if (heed(en, l, reading, ev->text != NULL ? ev->text : "", now,
	    e) == -1)
		return -1;
	return word_flagged(en, &l->reply, e);
}

/* OK from somebody who is not live yet, and was sent a test.  1 it was that;
 * 0 a human reads it; -1. */
static int
from_tested(struct engine *en, struct letter *l, const struct event *ev,
    msec now, struct err *e)
{
	int found;

	l->asked = trial_person_at(en, l->reply.number, now, &found, e);
	if (l->asked == NULL || l->stale ||
	    read_letter(en, l, ev) != READING_OK) {
		l->asked = NULL;
		return found == -1 ? -1 : 0;
	}
	snprintf(l->reply.participant, sizeof(l->reply.participant), "%s",
	    l->asked->id);
	snprintf(l->reply.reading, sizeof(l->reply.reading), "%s",
	    reading_name(READING_OK));
	if (ledger_reply_add(en->ledger, &l->reply, e) == -1 ||
	    trial_reply(en, l->reply.number, now, e) == -1 ||
	    answer(en, &l->reply, l->asked, MESSAGE_TEXT_THANKS, now, e) == -1)
		return -1;
	return 1;
}

/* Copy what there is room for, in whole characters. */
static void
copy_text(char *ret, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (n >= size) {
		n = size - 1;
		while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(ret, text, n);
	ret[n] = '\0';
}

static void
fill_letter(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct letter *l)
{
	struct ledger_reply *r = &l->reply;

	memset(l, 0, sizeof(*l));
	(void)number_normalise_inbound(ev->from,
	    en->conf->service.country_code, r->number);
	r->channel = CHANNEL_TEXT;
	r->at = now;
	l->stale = ev->came != 0 && ev->came < now &&
	    calendar_date(ev->came) != calendar_date(now);
	snprintf(r->gateway, sizeof(r->gateway), "%s", gateway_conf(g)->name);
	snprintf(r->gateway_id, sizeof(r->gateway_id), "%s", ev->gateway_id);
	copy_text(r->text, sizeof(r->text), ev->text != NULL ? ev->text : "");
}

/* Our own numbers never talk to themselves. */
static bool
is_ours(const struct engine *en, const char *number)
{
	for (size_t i = 0; i < en->conf->n_gateways; i++) {
		const struct config_gateway *g = &en->conf->gateways[i];

		if ((g->text_from != NULL &&
		    strcmp(g->text_from, number) == 0) ||
		    (g->call_from != NULL &&
		    strcmp(g->call_from, number) == 0))
			return true;
	}
	return false;
}

int
letters_hear(struct engine *en, struct gateway *g, const struct event *ev,
    msec now, struct err *e)
{
	const struct config_volunteer *v;
	struct letter l;
	int theirs;

	fill_letter(en, g, ev, now, &l);
	if (is_ours(en, l.reply.number)) {
		log_warn("engine", "a text from our own number is dropped");
		return 0;
	}
	if (find_people(en, &l, now, e) == -1)
		return -1;
	if ((theirs = contacts_hear(en, &l.reply, now, e)) != 0)
		return theirs == -1 ? -1 : 0;
	if (l.n == 0 && (theirs = from_tested(en, &l, ev, now, e)) != 0)
		return theirs == -1 ? -1 : 0;
	v = config_volunteer_at(en->conf, l.reply.number);
	if (v != NULL && read_letter(en, &l, ev) != READING_STOP &&
	    !ev->opt_in && !says_start(l.reply.text)) {
		theirs = team_text(en, v, &l.reply, l.n == 0, now, e);
		if (theirs != 0)
			return theirs == -1 ? -1 : 0;
	}
	if (l.n == 0)
		return from_stranger(en, &l, ev, now, e);
	return from_participant(en, &l, ev, now, e);
}
