/*
 * deadlines.h - every state that is not final: how long it lasts where nobody
 * says anything, who acts on it then, and what becomes of it (invariant 6).
 *
 * The numbers stand here alone.  Whatever enters such a state takes its
 * deadline from its row, and tests/engine/test_deadlines walks the rows: it
 * puts something into each state, lets time pass before gateways and mail
 * servers that never answer, and sees it acted on by its number.  It walks the
 * words of rules/state.h too: a state that is not final and has no row is
 * found there.
 */
#ifndef DEADLINES_H
#define DEADLINES_H

#include "engine/engine.h"

/* What a caller is promised. */
#define RING_YOU_WITHIN (15 * MSEC_MINUTE)

enum deadline {
	DEADLINE_DUE,
	DEADLINE_ASKING,
	DEADLINE_ASKING_HUMAN,	/* a volunteer is to ring the person */
	DEADLINE_STEP_PLANNED,	/* an attempt of a check-in */
	DEADLINE_NOTICE_PLANNED,	/* one that carries a notice */
	DEADLINE_BRIDGE_PLANNED,	/* one that rings a volunteer */
	DEADLINE_ANSWER_PLANNED,	/* one that answers somebody */
	DEADLINE_SENDING,
	DEADLINE_UNCERTAIN,
	DEADLINE_CALL,		/* the gateway has it */
	DEADLINE_TEXT,		/* ... and a reply is waited for */
	DEADLINE_RECEIPT,	/* ... no more than a receipt is */
	DEADLINE_POLLED_TEXT,	/* ... and neither is brought to us */
	DEADLINE_QUESTION,	/* put to somebody who rings us */
	DEADLINE_FLAG_OPEN,	/* a volunteer was told */
	DEADLINE_FLAG_LEFT,	/* the coordinators were */
	DEADLINE_SILENCE_HOLD,	/* they were, of many at once */
	DEADLINE_CLAIMED,
	DEADLINE_PROMISED,	/* and the person waits for a call */
	DEADLINE_OWNER_ASKED,	/* how it stands */
	DEADLINE_HANDED,	/* to another, who has not taken it */
	DEADLINE_NIGHT,		/* ... for the night */
	DEADLINE_DECIDED,	/* an agency is waited for */
	DEADLINE_VISIT,		/* somebody is at a door */
	DEADLINE_CONTACT,	/* was asked by text to ring somebody */
	DEADLINE_TRIAL,		/* somebody was sent a test */
	DEADLINE_REVIEW,
	DEADLINE_HOSPITAL,	/* an absence without an end */
	DEADLINE_TEXT_NOTICE,
	DEADLINE_MAIL_PLANNED,
	DEADLINE_MAIL_SENDING,
	DEADLINE_GATEWAY_DOWN,
	DEADLINE_MAIL_DOWN,
	DEADLINE_OUTAGE,
	DEADLINE_SILENCE,
	DEADLINE_AUDIT,
	DEADLINE_SET_ASIDE,
	DEADLINE_DROPPED,
	DEADLINE_CLOCK_BEHIND,
	DEADLINE_CLOCK_FORWARD,
	DEADLINE_INBOX,		/* texts cannot be fetched */
	DEADLINE_INCIDENT,	/* of whatever kind */
	DEADLINE_HOLD,
	DEADLINE_LISTING,	/* of a ledger that was put back */
	DEADLINE_INBOX_LIST,	/* of texts to us */
	DEADLINE_COUNT,
};

/* What is in the state: the enum of its states, where it has any. */
enum deadline_of {
	OF_CHECKIN,		/* enum checkin_state */
	OF_ATTEMPT,		/* enum attempt_state */
	OF_FLAG,		/* enum flag_state */
	OF_NOTICE,		/* enum notice_state */
	OF_INCIDENT,		/* enum incident_kind: an open one */
	OF_OTHERS,		/* it is there, or it is not */
};

typedef int deadline_reaper(struct engine *en, msec now, struct err *e);

struct deadline_row {
	const char *name;	/* for tests and people */
	enum deadline_of of;
	int state;
	const char *key;	/* of the scheme, where that has a say: the time
				 * that it names goes before the others; NULL */
	msec within;		/* it is acted on after so long */
	msec again;		/* and then so often; 0: once is enough */
	msec at_most;		/* acted on after so long, it has ended; 0: at
				 * once; NEVER: when a human ends it, or what it
				 * waits for, and they are asked each time */
	deadline_reaper *reaper;
	const char *then;	/* what becomes of it */
};

extern const struct deadline_row deadlines[DEADLINE_COUNT];

/* Is the reaper called by itself, turn by turn? */
bool engine_runs(deadline_reaper *reaper);

#endif /* DEADLINES_H */
