#include "engine/inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Back-off after failures in a row: 1 s, 2 s, 4 s .. 60 s, each with full
 * jitter in its upper half, so that many who wait do not come at once. */
#define BACK_OFF_MIN MSEC_SECOND
#define BACK_OFF_MAX (60 * MSEC_SECOND)

void
lines_close(struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		gateway_close(lines[i].gateway);
	free(lines);
}

int
lines_open(const struct config *conf, struct line **ret, size_t *ret_n,
    struct err *e)
{
	struct line *lines = mem_alloc((conf->n_gateways + 1) * sizeof(*lines));

	for (size_t i = 0; i < conf->n_gateways; i++) {
		lines[i].gateway = gateway_open(&conf->gateways[i],
		    conf->web.public_url, e);
		if (lines[i].gateway == NULL) {
			lines_close(lines, i);
			return -1;
		}
	}
	*ret = lines;
	*ret_n = conf->n_gateways;
	return 0;
}

static double
line_rate(const struct line *line, enum channel channel)
{
	const struct config_gateway *conf = gateway_conf(line->gateway);

	return channel == CHANNEL_CALL ? conf->calls_per_second :
	    conf->texts_per_second;
}

/* A token bucket that holds one second's worth, and at least one. */
static void
line_fill(struct line *line, enum channel channel, msec now)
{
	double rate = line_rate(line, channel);
	double most = rate > 1 ? rate : 1;
	msec past = now - line->filled_at[channel];

	if (past < 0)
		past = 0;
	if (line->filled_at[channel] == 0)
		line->tokens[channel] = 1;
	else
		line->tokens[channel] += rate * (double)past / 1000;
	if (line->tokens[channel] > most)
		line->tokens[channel] = most;
	line->filled_at[channel] = now;
}

int
line_room(struct line *line, enum channel channel, msec now, int max)
{
	const struct config_gateway *conf = gateway_conf(line->gateway);
	int room = conf->in_flight - line->in_flight;

	if (now < line->not_before)
		return 0;
	line_fill(line, channel, now);
	/* While it fails, one at a time finds out whether it works again. */
	if (line->failures > 0)
		room = line->in_flight == 0 ? 1 : 0;
	if (room > (int)line->tokens[channel])
		room = (int)line->tokens[channel];
	return room < max ? room : max;
}

void
line_take(struct line *line, enum channel channel)
{
	line->tokens[channel] -= 1;
	line->in_flight++;
}

void
line_give_back(struct line *line, enum channel channel)
{
	line->tokens[channel] += 1;
	line->in_flight--;
}

void
lines_doubt(struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		lines[i].answered = lines[i].down = false;
}

msec
line_ready_at(struct line *line, enum channel channel, msec now)
{
	const struct config_gateway *conf = gateway_conf(line->gateway);
	double lacks;
	msec at = now;

	/* An answer of what is under way posts an event by itself. */
	if (line->in_flight >= conf->in_flight ||
	    (line->failures > 0 && line->in_flight > 0))
		return NEVER;
	line_fill(line, channel, now);
	lacks = 1 - line->tokens[channel];
	if (lacks > 0)
		at = now + 1 + (msec)(lacks * 1000 / line_rate(line, channel));
	return at > line->not_before ? at : line->not_before;
}

void
line_failed(struct line *line, struct random *random, msec wait, msec now)
{
	msec most = BACK_OFF_MIN << (line->failures < 6 ? line->failures : 6);

	if (most > BACK_OFF_MAX)
		most = BACK_OFF_MAX;
	line->failures++;
	line->failed_at = now;
	if (wait == 0)
		wait = most / 2 + (msec)random_below(random,
		    (uint32_t)(most / 2) + 1);
	if (now + wait > line->not_before)
		line->not_before = now + wait;
}

void
line_worked(struct line *line)
{
	line->failures = 0;
	line->not_before = 0;
	line->setup = false;
	line->answered = true;
}

const char *
engine_gateway_state(const struct engine *en, const char *name)
{
	for (size_t i = 0; i < en->n_lines; i++) {
		const struct line *line = &en->lines[i];

		if (strcmp(gateway_conf(line->gateway)->name, name) != 0)
			continue;
		if (line->down || line->failures > 0)
			return "down";
		return line->answered ? "up" : "unknown";
	}
	return "unknown";
}

int
engine_in_flight(const struct engine *en)
{
	int n = 0;

	for (size_t i = 0; i < en->n_lines; i++)
		n += en->lines[i].in_flight;
	return n;
}
