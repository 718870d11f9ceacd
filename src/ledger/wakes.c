#include "ledger/wakes.h"

#include <stdio.h>
#include <string.h>

static const char *const tables[WAKE_COUNT] = {
	[WAKE_CHECKIN] = "checkin",
	[WAKE_ATTEMPT] = "attempt",
	[WAKE_REPLY] = "reply",
	[WAKE_FLAG] = "flag",
	[WAKE_EMAIL] = "notice",
};

void
wakes_forget(struct wakes *w)
{
	memset(w, 0, sizeof(*w));
}

unsigned
wakes_table(const char *name)
{
	for (int i = 0; i < WAKE_COUNT; i++)
		if (strcmp(tables[i], name) == 0)
			return 1U << i;
	return 0;
}

void
wakes_forget_table(struct wakes *w, unsigned which)
{
	for (int i = 0; i < WAKE_COUNT; i++)
		if (which & 1U << i)
			w->at[i] = 0;
	if (which & 1U << WAKE_ATTEMPT)
		w->n_lines = 0;
}

/* What is unknown stays so. */
static void
sooner(msec *at, msec row)
{
	if (row != 0 && row < *at)
		*at = row;
}

void
wakes_row(struct wakes *w, enum wake which, msec at)
{
	sooner(&w->at[which], at);
}

static msec *
find_line(struct wakes *w, const char *gateway, enum channel channel)
{
	for (int i = 0; i < w->n_lines; i++)
		if (w->lines[i].channel == channel &&
		    strcmp(w->lines[i].gateway, gateway) == 0)
			return &w->lines[i].at;
	return NULL;
}

void
wakes_planned(struct wakes *w, const char *gateway, enum channel channel,
    msec at)
{
	msec *line = find_line(w, gateway, channel);

	if (line != NULL)
		sooner(line, at);
}

msec *
wakes_line(struct wakes *w, const char *gateway, enum channel channel)
{
	msec *line = find_line(w, gateway, channel);

	if (line != NULL || w->n_lines == WAKES_LINES)
		return line;
	snprintf(w->lines[w->n_lines].gateway, LEDGER_NAME_SIZE, "%s",
	    gateway);
	w->lines[w->n_lines].channel = channel;
	w->lines[w->n_lines].at = 0;
	return &w->lines[w->n_lines++].at;
}

bool
wakes_none_due(msec *at, msec now)
{
	if (*at > now)
		return true;
	*at = 0;
	return false;
}
