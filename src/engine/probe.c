/*
 * A gateway in trouble that nothing is sent to would stay in trouble until
 * the next person's slot.  So it is asked for a listing of our own number: a
 * GET, which rings nobody, at a growing distance.  What it answers ends the
 * incident; a listing that fails says nothing new.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static bool
is_troubled(const struct line *line)
{
	return line->down || line->failures > 0;
}

/* After a start, or a lost turn, only the ledger knows of an incident. */
static int
recall(struct engine *en, struct line *line, struct err *e)
{
	int open;

	if (line->answered || line->down)
		return 0;
	open = trouble_gateway_is_down(en, line, e);
	if (open == 1)
		line->down = true;
	return open == -1 ? -1 : 0;
}

/* Not while what is sent finds out by itself, and not where a listing proves
 * nothing: our set-up may be refused for creates alone. */
static bool
is_wanted(struct line *line, msec now)
{
	msec first = deadlines[DEADLINE_GATEWAY_DOWN].within;
	msec at = line->failed_at + first;

	if (!is_troubled(line) || line->setup) {
		line->probe_at = 0;
		line->probes = 0;
		return false;
	}
	if (line->probe_at < at)
		line->probe_at = at;
	if (line->probe_at == first)
		line->probe_at = now + first;
	return now >= line->probe_at;
}

static void
ask(struct engine *en, struct line *line, msec now)
{
	const struct config_gateway *conf = gateway_conf(line->gateway);
	bool call = conf->call_from != NULL;
	const char *number = call ? conf->call_from : conf->text_from;
	msec distance = deadlines[DEADLINE_GATEWAY_DOWN].within
	    << (line->probes < 4 ? line->probes : 4);
	struct effect *f;

	if (distance > deadlines[DEADLINE_GATEWAY_DOWN].again)
		distance = deadlines[DEADLINE_GATEWAY_DOWN].again;
	line->probe_at = now + distance;
	line->probes++;
	if (number == NULL)
		return;
	random_name(en->random, line->probe, GATEWAY_REF_SIZE - 1);
	f = engine_effect(en, EFFECT_LOOKUP);
	f->gateway = line->gateway;
	f->submission.channel = call ? CHANNEL_CALL : CHANNEL_TEXT;
	f->since = now;
	f->words[0] = mem_dup("");
	snprintf(f->submission.ref, sizeof(f->submission.ref), "%s",
	    line->probe);
	snprintf(f->number, sizeof(f->number), "%s", number);
}

int
probe_run(struct engine *en, msec now, struct err *e)
{
	for (size_t i = 0; i < en->n_lines && !en->draining; i++) {
		struct line *line = &en->lines[i];

		if (recall(en, line, e) == -1)
			return -1;
		if (is_wanted(line, now))
			ask(en, line, now);
	}
	return 0;
}

int
probe_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	(void)now;
	(void)e;
	*ret = NEVER;
	for (size_t i = 0; i < en->n_lines && !en->draining; i++)
		if (en->lines[i].probe_at != 0 && en->lines[i].probe_at < *ret)
			*ret = en->lines[i].probe_at;
	return 0;
}

int
probe_answered(struct engine *en, const char *ref, bool told, msec now,
    struct err *e)
{
	for (size_t i = 0; i < en->n_lines; i++) {
		struct line *line = &en->lines[i];

		if (strcmp(line->probe, ref) != 0)
			continue;
		line->probe[0] = '\0';
		/* What failed meanwhile was asked later, and knows better. */
		if (!told || line->setup ||
		    line->failed_at > line->probe_at -
		    deadlines[DEADLINE_GATEWAY_DOWN].within)
			return 1;
		return trouble_gateway_up(en, line, now, e) == -1 ? -1 : 1;
	}
	return 0;
}
