/*
 * Texts to us, of a gateway that brings none (inbound = poll): its list is
 * asked for every so often, and each text in it is heard as if a hook had
 * brought it.  The ledger holds how far the list was read, by the gateway's
 * own clock; it is read again from some time before, because lists may lag,
 * and whatever was heard before is known by its hash.
 *
 * A text that waited until the next day is no word about that day.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

#define OVERLAP (10 * MSEC_MINUTE)
/* So often in a row has it to fail before people are told. */
#define FAILURES_TOLD 4

struct news {
	struct turn_event event;	/* first */
	struct engine *engine;
	char gateway[LEDGER_NAME_SIZE];
	msec seen;
	char fault[128];		/* "": all was read */
};

/* ---- asking ------------------------------------------------------------ */

static int
ask(struct engine *en, struct line *line, msec now, struct err *e)
{
	const struct config_gateway *g = gateway_conf(line->gateway);
	struct effect *f;
	msec seen;

	if (ledger_inbox_seen(en->ledger, g->name, &seen, e) == -1)
		return -1;
	line->inbox_asked = now;
	line->inbox_at = now + g->poll_every;
	f = engine_effect(en, EFFECT_INBOX);
	f->gateway = line->gateway;
	f->since = seen > 0 ? seen - OVERLAP : 0;
	return 0;
}

static bool
is_polled(const struct engine *en, const struct line *line)
{
	const struct config_gateway *g = gateway_conf(line->gateway);

	return g->polls && g->texts && !g->text_from_letters && !en->draining;
}

/* When the list is to be asked for.  One that no answer came of is not waited
 * for without an end. */
static msec
wanted_at(const struct engine *en, const struct line *line)
{
	msec given_up = line->inbox_asked + en->rate *
	    deadlines[DEADLINE_INBOX_LIST].within;

	return line->inbox_asked == 0 || line->inbox_at > given_up ?
	    line->inbox_at : given_up;
}

int
inbox_run(struct engine *en, msec now, struct err *e)
{
	for (size_t i = 0; i < en->n_lines; i++) {
		struct line *line = &en->lines[i];

		/* A clock that was set back must not put it off. */
		if (line->inbox_at > now + MSEC_HOUR)
			line->inbox_at = now;
		if (line->inbox_asked > now)
			line->inbox_asked = now;
		if (is_polled(en, line) && now >= wanted_at(en, line) &&
		    ask(en, line, now, e) == -1)
			return -1;
	}
	return 0;
}

int
inbox_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	(void)now;
	(void)e;
	*ret = NEVER;
	for (size_t i = 0; i < en->n_lines; i++) {
		const struct line *line = &en->lines[i];

		if (is_polled(en, line) && wanted_at(en, line) < *ret)
			*ret = wanted_at(en, line);
	}
	return 0;
}

/* ---- what was listed --------------------------------------------------- */

static int
failed(struct engine *en, struct line *line, const struct news *news,
    msec now, struct err *e)
{
	char words[400];
	int64_t id;
	bool fresh;

	if (++line->inbox_failures < FAILURES_TOLD)
		return 0;
	if (ledger_incident_open(en->ledger, INCIDENT_INBOX, news->gateway,
	    news->fault, now, &id, &fresh, e) == -1)
		return -1;
	if (!fresh)
		return 0;
	log_error("engine", "gateway=%s: texts cannot be fetched: %s",
	    news->gateway, news->fault);
	snprintf(words, sizeof(words), "%s: texts to us cannot be fetched from "
	    "the gateway %s (%s). Who replies by text is not heard until they "
	    "can be; each person's flag comes at its time.",
	    en->conf->service.name, news->gateway, news->fault);
	return notices_tell_coordinators(en, "incident", 0, id, true, words,
	    "texts to us cannot be fetched", words, now, e);
}

static int
worked(struct engine *en, struct line *line, const struct news *news,
    msec now, struct err *e)
{
	int ended = 0;

	if (line->inbox_failures > 0 || !line->inbox_told)
		ended = ledger_incident_end(en->ledger, INCIDENT_INBOX,
		    news->gateway, now, e);
	if (ended == -1 || ledger_inbox_set(en->ledger, news->gateway,
	    news->seen, e) == -1)
		return -1;
	if (ended == 1)
		log_info("engine", "gateway=%s: texts can be fetched again",
		    news->gateway);
	line->inbox_failures = 0;
	line->inbox_told = true;
	return 0;
}

static int
handle_news(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct news *news = (struct news *)ev;
	struct line *line = dispatch_line(en, news->gateway);

	if (line == NULL)
		return 0;	/* just removed */
	if (news->fault[0] != '\0')
		return failed(en, line, news, now, e);
	return worked(en, line, news, now, e);
}

static void
news_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct news *news = (struct news *)ev;
	struct line *line = dispatch_line(news->engine, news->gateway);

	if (fate != TURN_KEPT)
		log_error("engine", "a list of texts was not taken: %s",
		    e->text);
	if (line != NULL)
		line->inbox_asked = 0;
	free(news);
}

void
engine_post_inbox(struct engine *en, const char *gateway, struct inbox *taken,
    const char *fault)
{
	struct news *news = mem_alloc(sizeof(*news));

	/* The oldest first, and what it all means behind them: with one of
	 * them lost, the list is not done either. */
	for (size_t i = taken->n; i-- > 0;)
		inputs_post_listed(en, gateway, &taken->items[i],
		    taken->date);
	news->event.handle = handle_news;
	news->event.done = news_done;
	news->event.again = true;
	news->engine = en;
	news->seen = taken->newest > 0 ? taken->newest : taken->date;
	snprintf(news->gateway, sizeof(news->gateway), "%s", gateway);
	snprintf(news->fault, sizeof(news->fault), "%s",
	    fault != NULL ? fault : "");
	inbox_release(taken);
	engine_post(en, &news->event);
}
