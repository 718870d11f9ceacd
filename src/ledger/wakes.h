/*
 * wakes.h - when something is next due, kept from turn to turn.  For the
 * ledger's own files alone.
 *
 * Most turns have one hook or one answer to write down, and nothing is due.
 * To ask the tables each time what is next costs more than the turn itself,
 * so what they said is kept: not the instant itself, but one before which
 * surely nothing is due.  A row that is written makes it sooner, never later;
 * a statement that does not tell which row it changed, and whatever is undone,
 * make it unknown.  So it can be too soon, which costs one more look, and
 * never too late, which would forget somebody.
 */
#ifndef WAKES_H
#define WAKES_H

#include "ledger/ledger.h"

enum wake {
	WAKE_CHECKIN, WAKE_ATTEMPT, WAKE_REPLY, WAKE_FLAG, WAKE_EMAIL,
	WAKE_COUNT
};

/* The planned attempts of so many gateways' channels are kept apart. */
#define WAKES_LINES 8

struct wakes {
	msec at[WAKE_COUNT];		/* 0: unknown */
	struct {
		char gateway[LEDGER_NAME_SIZE];
		enum channel channel;
		msec at;
	} lines[WAKES_LINES];
	int n_lines;
};

/* All is unknown. */
void wakes_forget(struct wakes *w);
/* What the table with that name holds is unknown. */
void wakes_forget_table(struct wakes *w, unsigned tables);
/* The bit of a table; 0 where nothing of it falls due. */
unsigned wakes_table(const char *name);

/* A row that falls due then (0: never) was written. */
void wakes_row(struct wakes *w, enum wake which, msec at);
void wakes_planned(struct wakes *w, const char *gateway, enum channel channel,
    msec at);

/* The place of a gateway's channel, where *at is 0 if unknown; NULL where
 * there are too many. */
msec *wakes_line(struct wakes *w, const char *gateway, enum channel channel);

/* Is surely nothing due?  Where something may be, the instant is unknown from
 * here on: the caller looks. */
bool wakes_none_due(msec *at, msec now);

#endif /* WAKES_H */
