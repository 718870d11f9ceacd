#include "engine/inside.h"

/* The parts of a call's life, by the gateway's side. */
#define RINGS MSEC_MINUTE
#define LASTS (5 * MSEC_MINUTE)	/* the TimeLimit that drivers give */
#define QUEUES (3 * MSEC_MINUTE)

#define NO_WORD_FOR (30 * MSEC_MINUTE)	/* then an attempt is given up */

const struct deadline_row deadlines[DEADLINE_COUNT] = {
	/* ---- check-ins: wake_at */
	[DEADLINE_DUE] = { "a check-in that is due", OF_CHECKIN, CHECKIN_DUE,
	    .key = "max_late", .again = 5 * MSEC_MINUTE, .reaper = climb_run,
	    .then = "is asked; where it is on hold for longer, missed" },
	[DEADLINE_ASKING] = { "a check-in that is asked", OF_CHECKIN,
	    CHECKIN_ASKING, .key = "flag_after", .again = 5 * MSEC_MINUTE,
	    .reaper = climb_run, .then = "is flagged" },
	[DEADLINE_ASKING_HUMAN] = { "a check-in that a volunteer asks",
	    OF_CHECKIN, CHECKIN_ASKING, .key = "contact_hours",
	    .reaper = climb_run, .then = "is missed, and flagged" },

	/* ---- attempts: due_at while they are planned, then deadline */
	[DEADLINE_STEP_PLANNED] = { "an attempt that waits to be made",
	    OF_ATTEMPT, ATTEMPT_PLANNED, .key = "flag_after",
	    .again = 2 * MSEC_MINUTE, .reaper = climb_run,
	    .then = "ends with its check-in" },
	[DEADLINE_NOTICE_PLANNED] = { "a notice's text that waits to be sent",
	    OF_ATTEMPT, ATTEMPT_PLANNED, .within = 60 * MSEC_MINUTE,
	    .again = MSEC_MINUTE, .at_most = 60 * MSEC_MINUTE,
	    .reaper = dispatch_run, .then = "is of no use any more" },
	[DEADLINE_ANSWER_PLANNED] = { "an answer that waits to be sent",
	    OF_ATTEMPT, ATTEMPT_PLANNED, .within = RING_YOU_WITHIN,
	    .again = MSEC_MINUTE, .at_most = RING_YOU_WITHIN,
	    .reaper = dispatch_run, .then = "is of no use any more" },
	/* Longer than any request may take; by the machine's clock. */
	[DEADLINE_SENDING] = { "an attempt under way to its gateway",
	    OF_ATTEMPT, ATTEMPT_SENDING, .within = 60 * MSEC_SECOND,
	    .reaper = settle_run, .then = "is uncertain" },
	/* A callback may come; then the gateway is asked. */
	[DEADLINE_UNCERTAIN] = { "an attempt that may have been made or not",
	    OF_ATTEMPT, ATTEMPT_UNCERTAIN, .key = "flag_after",
	    .within = 45 * MSEC_SECOND, .again = 60 * MSEC_SECOND,
	    .at_most = NO_WORD_FOR, .reaper = settle_run,
	    .then = "is looked up, and given up after its check-in" },
	[DEADLINE_CALL] = { "a call that the gateway makes", OF_ATTEMPT,
	    ATTEMPT_ACCEPTED, .within = RINGS + LASTS + QUEUES,
	    .again = 2 * MSEC_MINUTE, .at_most = NO_WORD_FOR,
	    .reaper = settle_run, .then = "is asked after, then given up" },
	[DEADLINE_TEXT] = { "a text that waits for a reply", OF_ATTEMPT,
	    ATTEMPT_ACCEPTED, .key = "flag_after", .within = MSEC_MINUTE,
	    .reaper = settle_run, .then = "was not replied to" },
	[DEADLINE_RECEIPT] = { "a text that waits for a receipt", OF_ATTEMPT,
	    ATTEMPT_ACCEPTED, .within = 60 * MSEC_MINUTE,
	    .reaper = settle_run, .then = "counts as sent" },
	/* Then each time that it is twice as old, as long as its row says. */
	[DEADLINE_POLLED_TEXT] = { "a text that nothing is told of",
	    OF_ATTEMPT, ATTEMPT_ACCEPTED, .within = MSEC_MINUTE,
	    .at_most = 60 * MSEC_MINUTE, .reaper = settle_run,
	    .then = "is asked after, then counts as sent or not replied to" },

	/* ---- replies: settle_at */
	[DEADLINE_QUESTION] = { "a question to somebody who rings us",
	    OF_OTHERS, 0, .within = 5 * MSEC_MINUTE, .reaper = hear_run,
	    .then = "was a sign of life, and is a human's business" },

	/* ---- flags: deadline.  Only a human ends them. */
	[DEADLINE_FLAG_OPEN] = { "a flag that a volunteer was told of",
	    OF_FLAG, FLAG_OPEN, .key = "claim_by", .at_most = NEVER,
	    .reaper = followup_run, .then = "goes to the next" },
	[DEADLINE_FLAG_LEFT] = { "a flag that the coordinators were told of",
	    OF_FLAG, FLAG_OPEN, .again = 15 * MSEC_MINUTE, .at_most = NEVER,
	    .reaper = followup_run, .then = "is told to them again" },
	[DEADLINE_CLAIMED] = { "a flag that somebody has", OF_FLAG,
	    FLAG_CLAIMED, .within = 60 * MSEC_MINUTE, .at_most = NEVER,
	    .reaper = followup_run, .then = "its owner is asked" },
	[DEADLINE_OWNER_ASKED] = { "a flag whose owner was asked", OF_FLAG,
	    FLAG_CLAIMED, .within = 30 * MSEC_MINUTE,
	    .reaper = followup_run, .then = "is open again" },
	[DEADLINE_HANDED] = { "a flag that another is to take", OF_FLAG,
	    FLAG_CLAIMED, .key = "claim_by", .reaper = followup_run,
	    .then = "goes to the next" },
	[DEADLINE_NIGHT] = { "a flag with a name for the night", OF_FLAG,
	    FLAG_CLAIMED, .again = 15 * MSEC_MINUTE, .at_most = NEVER,
	    .reaper = followup_run, .then = "they are asked to take it" },
	/* The human says when, within this. */
	[DEADLINE_DECIDED] = { "a flag that waits for an agency", OF_FLAG,
	    FLAG_CLAIMED, .within = MSEC_DAY, .reaper = followup_run,
	    .then = "its owner is asked" },

	/* ---- what goes with a flag: a visit's deadline, an ask's until */
	/* Again they say when, within this. */
	[DEADLINE_VISIT] = { "somebody at a door", OF_OTHERS, 0,
	    .within = 4 * MSEC_HOUR, .again = 15 * MSEC_MINUTE,
	    .at_most = NEVER, .reaper = notes_run,
	    .then = "the coordinators are told, and again" },
	[DEADLINE_CONTACT] = { "a contact who is to ring somebody",
	    OF_OTHERS, 0, .within = MSEC_DAY, .reaper = followup_run,
	    .then = "their code is none any more; the flag went on" },

	/* ---- what is not urgent, and is not forgotten either */
	[DEADLINE_REVIEW] = { "somebody's set-up that needs a look",
	    OF_OTHERS, 0, .again = 7 * MSEC_DAY, .at_most = NEVER,
	    .reaper = watch_run, .then = "the coordinators are told" },
	[DEADLINE_HOSPITAL] = { "an absence without an end", OF_OTHERS, 0,
	    .again = 7 * MSEC_DAY, .at_most = NEVER, .reaper = reviews_run,
	    .then = "is a matter of review" },

	/* ---- notices: due_at and sent_at of an e-mail; a text's attempt is
	 * planned, sending, uncertain, and may be made once more */
	[DEADLINE_TEXT_NOTICE] = { "a notice by text", OF_NOTICE,
	    NOTICE_PLANNED, .at_most = 4 * MSEC_HOUR, .reaper = settle_run,
	    .then = "has failed, and the next is told" },
	[DEADLINE_MAIL_PLANNED] = { "an e-mail that is to be sent", OF_NOTICE,
	    NOTICE_PLANNED, .within = MSEC_MINUTE, .again = 30 * MSEC_MINUTE,
	    .at_most = MSEC_DAY, .reaper = notices_run,
	    .then = "is tried again, and has failed after a day" },
	[DEADLINE_MAIL_SENDING] = { "an e-mail under way to its server",
	    OF_NOTICE, NOTICE_SENDING, .within = 10 * MSEC_MINUTE,
	    .again = 5 * MSEC_MINUTE, .at_most = 10 * MSEC_MINUTE,
	    .reaper = watch_run, .then = "is to be sent again" },

	/* ---- incidents */
	[DEADLINE_GATEWAY_DOWN] = { "a gateway that is down", OF_INCIDENT,
	    INCIDENT_GATEWAY_DOWN, .within = MSEC_MINUTE,
	    .again = 10 * MSEC_MINUTE, .at_most = NEVER, .reaper = probe_run,
	    .then = "is asked whether it works" },
	[DEADLINE_MAIL_DOWN] = { "e-mail that is down", OF_INCIDENT,
	    INCIDENT_MAIL_DOWN, .within = MSEC_MINUTE,
	    .again = 30 * MSEC_MINUTE, .at_most = NEVER,
	    .reaper = notices_run, .then = "the next e-mail finds out" },
	[DEADLINE_OUTAGE] = { "an outage of ours", OF_INCIDENT,
	    INCIDENT_OUTAGE, .at_most = MSEC_DAY, .reaper = planner_run,
	    .then = "ends with the day" },
	[DEADLINE_SILENCE] = { "silence of many", OF_INCIDENT,
	    INCIDENT_SILENCE, .at_most = MSEC_DAY, .reaper = planner_run,
	    .then = "ends with the day" },
	[DEADLINE_AUDIT] = { "a fault that the audit found", OF_INCIDENT,
	    INCIDENT_AUDIT, .again = 5 * MSEC_MINUTE, .at_most = NEVER,
	    .reaper = watch_run, .then = "is looked at again" },
	[DEADLINE_SET_ASIDE] = { "something that was set aside", OF_INCIDENT,
	    INCIDENT_SET_ASIDE, .at_most = MSEC_DAY, .reaper = planner_run,
	    .then = "is told anew when it happens another day" },
	[DEADLINE_DROPPED] = { "people who are missing in the scheme",
	    OF_INCIDENT, INCIDENT_PEOPLE_DROPPED, .again = MSEC_DAY,
	    .at_most = NEVER, .reaper = watch_run,
	    .then = "the coordinators are told again" },
	[DEADLINE_CLOCK_BEHIND] = { "a clock that is behind", OF_INCIDENT,
	    INCIDENT_CLOCK_BEHIND, .again = 5 * MSEC_SECOND,
	    .at_most = NEVER, .reaper = wallclock_look,
	    .then = "ends when it has caught up" },
	[DEADLINE_CLOCK_FORWARD] = { "a clock that went forward",
	    OF_INCIDENT, INCIDENT_CLOCK_FORWARD, .reaper = wallclock_look,
	    .then = "ends as it is told" },
	[DEADLINE_INBOX] = { "texts to us that cannot be fetched",
	    OF_INCIDENT, INCIDENT_INBOX, .key = "poll_every",
	    .at_most = NEVER, .reaper = inbox_run,
	    .then = "are asked for again" },
	[DEADLINE_INCIDENT] = { "an incident", OF_INCIDENT, -1,
	    .again = MSEC_DAY, .at_most = NEVER, .reaper = watch_run,
	    .then = "the coordinators are told again" },

	/* ---- what is no row with a state */
	[DEADLINE_HOLD] = { "a hold", OF_OTHERS, 0, .again = 4 * MSEC_HOUR,
	    .at_most = NEVER, .reaper = watch_run,
	    .then = "the coordinators are told again" },
	[DEADLINE_LISTING] = { "a gateway asked what it made before",
	    OF_OTHERS, 0, .within = 2 * MSEC_MINUTE,
	    .again = 2 * MSEC_SECOND, .at_most = 6 * MSEC_MINUTE,
	    .reaper = dispatch_run, .then = "people are asked all the same" },
	[DEADLINE_INBOX_LIST] = { "a gateway asked for texts to us",
	    OF_OTHERS, 0, .within = 5 * MSEC_MINUTE, .reaper = inbox_run,
	    .then = "is asked again" },
};
