/*
 * Shared technical trouble: one incident, told once, never a flag for each
 * person whom it touches.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "ledger/audit.h"

/* Failures in a row after which a gateway counts as down. */
#define FAILURES_DOWN 3

/* So often in a row has an e-mail to fail (some ten minutes, by notices.c). */
#define MAIL_TRIES_DOWN 3

/* Correlated silence (domain.md 5): of those whose slot lay in this time so
 * large a part, and so many, at once. */
#define SILENCE_FOR (30 * MSEC_MINUTE)
#define SILENCE_PERCENT 20
#define SILENCE_PEOPLE 5

/* Coordinators are told by e-mail; by text too where another gateway than
 * the one in trouble carries texts. */
static int
tell(struct engine *en, const char *gateway, const char *subject,
    const char *words, int64_t incident, msec now, struct err *e)
{
	const struct config_gateway *texts =
	    config_gateway_for(en->conf, CHANNEL_TEXT);
	bool by_text = texts != NULL && (gateway == NULL ||
	    strcmp(texts->name, gateway) != 0);
	struct buf text = BUF_EMPTY;
	int result;

	buf_addf(&text, "%s: %s", en->conf->service.name, words);
	result = notices_tell_coordinators(en, "incident", 0, incident, true,
	    by_text ? buf_text(&text) : NULL, subject, buf_text(&text), now,
	    e);
	buf_release(&text);
	return result;
}

int
trouble_end(struct engine *en, enum incident_kind kind, msec now,
    struct err *e)
{
	return ledger_incident_end(en->ledger, kind, "", now, e) == -1 ? -1 :
	    0;
}

static int
tell_down(struct engine *en, const struct line *line, bool setup,
    const char *detail, int64_t incident, msec now, struct err *e)
{
	const char *name = gateway_conf(line->gateway)->name;
	char words[256];

	snprintf(words, sizeof(words), "the gateway %s %s (%s). Nobody is "
	    "reached through it; each person's flag comes at its time.", name,
	    setup ? "refuses us" : "cannot be reached", detail);
	return tell(en, name, setup ? "the gateway refuses us" :
	    "the gateway is down", words, incident, now, e);
}

/* It is down already, for another reason by now: that it refuses us is for a
 * human to mend, and told anew. */
static int
still_down(struct engine *en, const struct line *line, bool refuses,
    const char *detail, msec now, struct err *e)
{
	const char *name = gateway_conf(line->gateway)->name;
	int64_t id;
	int changed = ledger_incident_reword(en->ledger,
	    INCIDENT_GATEWAY_DOWN, name, detail, e);

	if (changed != 1)
		return changed;
	log_warn("engine", "gateway=%s is still down, now: %s", name, detail);
	if (!refuses)
		return 0;
	if (ledger_incident_is_open(en->ledger, INCIDENT_GATEWAY_DOWN, name,
	    &id, e) == -1)
		return -1;
	return tell_down(en, line, true, detail, id, now, e);
}

int
trouble_gateway(struct engine *en, struct line *line, bool setup,
    const char *detail, msec now, struct err *e)
{
	const char *name = gateway_conf(line->gateway)->name;
	bool refuses = setup && !line->setup;
	int64_t id;
	bool fresh;

	if (setup)
		line->setup = true;
	else if (line->failures < FAILURES_DOWN && !line->down)
		return 0;
	if (line->down)
		return still_down(en, line, refuses, detail, now, e);
	if (ledger_incident_open(en->ledger, INCIDENT_GATEWAY_DOWN, name,
	    detail, now, &id, &fresh, e) == -1)
		return -1;
	line->down = true;
	if (!fresh)
		return 0;
	log_error("engine", "gateway=%s is down: %s", name, detail);
	return tell_down(en, line, setup, detail, id, now, e);
}

int
trouble_gateway_is_down(struct engine *en, const struct line *line,
    struct err *e)
{
	int64_t id;

	return ledger_incident_is_open(en->ledger, INCIDENT_GATEWAY_DOWN,
	    gateway_conf(line->gateway)->name, &id, e);
}

int
trouble_gateway_up(struct engine *en, struct line *line, msec now,
    struct err *e)
{
	const char *name = gateway_conf(line->gateway)->name;
	bool first = !line->answered;
	char words[128];
	int ended;

	line_worked(line);
	if (!line->down && !first)
		return 0;
	line->down = false;
	ended = ledger_incident_end(en->ledger, INCIDENT_GATEWAY_DOWN, name,
	    now, e);
	if (ended != 1)
		return ended;
	log_info("engine", "gateway=%s works again", name);
	snprintf(words, sizeof(words), "the gateway %s works again.", name);
	return tell(en, name, "the gateway works again", words, 0, now, e);
}

/* By text above all: an e-mail of it waits until it works again. */
int
trouble_mail(struct engine *en, int tries, const char *detail, msec now,
    struct err *e)
{
	char words[256];
	int64_t id;
	bool fresh;

	if (tries < MAIL_TRIES_DOWN)
		return 0;
	if (ledger_incident_open(en->ledger, INCIDENT_MAIL_DOWN, "", detail,
	    now, &id, &fresh, e) == -1)
		return -1;
	if (!fresh)
		return 0;
	log_error("engine", "e-mail cannot be sent: %s", detail);
	snprintf(words, sizeof(words), "e-mail cannot be sent (%.80s). "
	    "Notices go by text until it can.", detail);
	return tell(en, NULL, "e-mail could not be sent", words, id, now, e);
}

int
trouble_mail_up(struct engine *en, msec now, struct err *e)
{
	int ended = ledger_incident_end(en->ledger, INCIDENT_MAIL_DOWN, "",
	    now, e);

	if (ended != 1)
		return ended;
	log_info("engine", "e-mail works again");
	return tell(en, NULL, "e-mail works again", "e-mail works again.", 0,
	    now, e);
}

/* The coordinators look for the one cause first; who may be at risk sooner is
 * told of at once all the same. */
static int
tell_silence(struct engine *en, int64_t id, int silent, int all, msec now,
    struct err *e)
{
	char until[CALENDAR_CLOCK_SIZE], words[480];

	snprintf(words, sizeof(words), "%d of the %d people whose turn it was "
	    "in half an hour were not heard from. So many at once may have one "
	    "cause: a power cut, or a telephone provider. Please find out, and "
	    "ring first whoever is most at risk. Every flag stands, and "
	    "nothing is closed for it; volunteers are told of those without a "
	    "call for help at %s, unless somebody has them by then: ringround "
	    "flags", silent, all, calendar_format_clock(now +
	    deadlines[DEADLINE_SILENCE_HOLD].within, until));
	return tell(en, NULL, "many were not heard from", words, id, now, e);
}

int
trouble_silence_holds(struct engine *en, msec now, msec *ret_until,
    int64_t *ret_id, struct err *e)
{
	msec since;
	int open = ledger_incident_is_open(en->ledger, INCIDENT_SILENCE, "",
	    ret_id, e);

	if (open != 1)
		return open;
	if (ledger_incident_since(en->ledger, *ret_id, &since, e) == -1)
		return -1;
	*ret_until = since + deadlines[DEADLINE_SILENCE_HOLD].within;
	return now < *ret_until;
}

int
trouble_silence(struct engine *en, const struct ledger_checkin *c, msec now,
    struct err *e)
{
	int64_t id;
	int all, silent, open;
	bool fresh;

	open = ledger_incident_is_open(en->ledger, INCIDENT_SILENCE, "", &id,
	    e);
	if (open != 0)
		return open == -1 ? -1 : 0;
	if (ledger_audit_silence(en->ledger, c->date, c->slot - SILENCE_FOR,
	    c->slot, &all, &silent, e) == -1)
		return -1;
	silent++;	/* and this one, who is not written down as such yet */
	if (silent < SILENCE_PEOPLE || silent * 100 < all * SILENCE_PERCENT)
		return 0;
	if (ledger_incident_open(en->ledger, INCIDENT_SILENCE, "",
	    "many people at once were not heard from", now, &id, &fresh,
	    e) == -1)
		return -1;
	log_error("engine", "silence: people=%d of=%d", silent, all);
	return tell_silence(en, id, silent, all, now, e);
}

/* Our own fault, for some time of a day. */
static int
open_outage(struct engine *en, msec now, int64_t *ret, struct err *e)
{
	bool fresh;

	if (ledger_incident_open(en->ledger, INCIDENT_OUTAGE, "",
	    "check-ins were not made in time", now, ret, &fresh, e) == -1)
		return -1;
	if (!fresh)
		return 0;
	log_error("engine", "an outage: check-ins were missed");
	return tell(en, NULL, "check-ins were missed", "Ringround was not "
	    "running, or was on hold, when people should have been asked. "
	    "They stand on the list as missed: please see that somebody rings "
	    "them.", *ret, now, e);
}

/* A start is no new day: what began today stands. */
static int
end_yesterdays(struct engine *en, enum incident_kind kind, msec now,
    struct err *e)
{
	int64_t id;
	msec since;
	int open = ledger_incident_is_open(en->ledger, kind, "", &id, e);

	if (open != 1)
		return open;
	if (ledger_incident_since(en->ledger, id, &since, e) == -1)
		return -1;
	return calendar_date(since) < calendar_date(now) ?
	    trouble_end(en, kind, now, e) : 0;
}

int
trouble_new_day(struct engine *en, msec now, struct err *e)
{
	if (end_yesterdays(en, INCIDENT_SILENCE, now, e) == -1 ||
	    end_yesterdays(en, INCIDENT_SET_ASIDE, now, e) == -1)
		return -1;
	return end_yesterdays(en, INCIDENT_OUTAGE, now, e);
}

int
trouble_incident_for(struct engine *en, enum flag_reason reason, msec now,
    int64_t *ret, struct err *e)
{
	int64_t id;
	msec until;
	int held;

	*ret = 0;
	if (reason == FLAG_MISSED)
		return open_outage(en, now, ret, e);
	if (reason == FLAG_NO_RESPONSE || reason == FLAG_UNDELIVERED) {
		held = trouble_silence_holds(en, now, &until, &id, e);
		*ret = held == 1 ? id : 0;
		return held == -1 ? -1 : 0;
	}
	if (reason != FLAG_GATEWAY)
		return 0;
	for (size_t i = 0; i < en->n_lines; i++) {
		int open = ledger_incident_is_open(en->ledger,
		    INCIDENT_GATEWAY_DOWN,
		    gateway_conf(en->lines[i].gateway)->name, ret, e);

		if (open != 0)
			return open == -1 ? -1 : 0;
	}
	return 0;
}
