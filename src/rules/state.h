/*
 * state.h - the words of the ledger: states, outcomes, reasons.
 *
 * Each list stands once, here; the names are what the tables hold, what JSON
 * shows and what people read.  Order within a list carries no meaning unless
 * it is said.
 */
#ifndef STATE_H
#define STATE_H

#include "base/base.h"

enum channel { CHANNEL_CALL, CHANNEL_TEXT, CHANNEL_HUMAN };
#define CHANNEL_COUNT 3

enum checkin_state {
	CHECKIN_DUE,
	CHECKIN_ASKING,
	CHECKIN_CONFIRMED,
	CHECKIN_CONFIRMED_LATE,
	CHECKIN_HELP_REQUESTED,
	CHECKIN_NO_RESPONSE,
	CHECKIN_UNDELIVERED,	/* we could not reach the number */
	CHECKIN_MISSED,		/* our fault */
	CHECKIN_CANCELLED,
};
#define CHECKIN_STATE_COUNT 9

enum confirmed_by {
	CONFIRMED_BY_NOBODY,
	CONFIRMED_BY_KEY,
	CONFIRMED_BY_REPLY,
	CONFIRMED_BY_CALL_BACK,
	CONFIRMED_BY_HUMAN,
};
#define CONFIRMED_BY_COUNT 5

enum attempt_state {
	ATTEMPT_PLANNED,
	ATTEMPT_SENDING, /* on disk before its first byte is on the wire */
	ATTEMPT_UNCERTAIN,	/* the gateway may have it or not */
	ATTEMPT_ACCEPTED,
	ATTEMPT_ENDED,
};
#define ATTEMPT_STATE_COUNT 5

enum outcome {
	OUTCOME_NONE,
	OUTCOME_OK,
	OUTCOME_HELP,
	OUTCOME_NO_KEY,		/* somebody or something answered, no key */
	OUTCOME_MACHINE,
	OUTCOME_BUSY,
	OUTCOME_NO_ANSWER,
	OUTCOME_REFUSED,	/* by the gateway for this number or our gate */
	OUTCOME_BAD_NUMBER,
	OUTCOME_OPTED_OUT,
	OUTCOME_UNDELIVERED,
	OUTCOME_NO_REPLY,
	OUTCOME_GATEWAY_ERROR,
};
#define OUTCOME_COUNT 13

/* What an attempt is for.  The order is the order of service: a volunteer's
 * notice and an answer to somebody go before the backlog of first calls. */
enum purpose {
	PURPOSE_URGENT,	/* a notice of a call for help */
	PURPOSE_ANSWER,	/* to somebody who has just written */
	PURPOSE_NOTICE,	/* to a volunteer */
	PURPOSE_AGAIN,	/* a later step or a retry of a check-in */
	PURPOSE_FIRST,	/* the first step of a check-in */
};
#define PURPOSE_COUNT 5

enum flag_state { FLAG_OPEN, FLAG_CLAIMED, FLAG_RESOLVED };
#define FLAG_STATE_COUNT 3

/* In order of urgency: a flag with several causes shows the first of them. */
enum flag_reason {
	FLAG_HELP,
	FLAG_NO_RESPONSE,
	FLAG_UNDELIVERED,
	FLAG_MISSED,
	FLAG_GATEWAY,	/* the gateway could not be reached in time */
	FLAG_HUMAN_CALL,	/* channel = human: a volunteer is to ring */
	FLAG_UNCLEAR_REPLY,
	FLAG_STOP,	/* the person sent STOP */
	FLAG_OPTED_OUT,	/* no channel is left to ask on */
};
#define FLAG_REASON_COUNT 9

enum priority { PRIORITY_URGENT, PRIORITY_HIGH, PRIORITY_NORMAL };
#define PRIORITY_COUNT 3

/* How a flag ended.  OWN_WORD is the participant's own later word; all others
 * are a named human's. */
enum disposition {
	DISPOSITION_NONE,
	DISPOSITION_OWN_WORD,
	DISPOSITION_SAFE,		/* a false alarm: the reason says why */
	DISPOSITION_SAFE_HELPED,	/* safe, and needed some help */
	DISPOSITION_CHAT,		/* wanted a chat */
	DISPOSITION_ILL,		/* ill or injured, being looked after */
	DISPOSITION_HOSPITAL,
	DISPOSITION_DECEASED,
	DISPOSITION_NOT_LOCATED,
	DISPOSITION_REFERRED,
	DISPOSITION_SAFEGUARDING,
	DISPOSITION_SETTLED,		/* a matter of set-up, put right */
};
#define DISPOSITION_COUNT 12

enum false_alarm {
	FALSE_ALARM_NONE,
	FALSE_ALARM_OUT,		/* out, or forgot to say */
	FALSE_ALARM_ASLEEP,
	FALSE_ALARM_DID_NOT_HEAR,
	FALSE_ALARM_BATH_OR_GARDEN,
	FALSE_ALARM_PHONE_OFF,
	FALSE_ALARM_ON_PHONE,
	FALSE_ALARM_VOICEMAIL,
	FALSE_ALARM_CALL_BLOCKER,
	FALSE_ALARM_LINE_FAULT,
	FALSE_ALARM_WRONG_KEY,
	FALSE_ALARM_VISITOR,
	FALSE_ALARM_IN_HOSPITAL,
	FALSE_ALARM_ON_HOLIDAY,
	FALSE_ALARM_BAD_TIME,
	FALSE_ALARM_OUR_ERROR,
};
#define FALSE_ALARM_COUNT 16

/* Shared technical trouble, of which people are told once. */
enum incident_kind {
	INCIDENT_GATEWAY_DOWN,
	INCIDENT_MAIL_DOWN,
	INCIDENT_OUTAGE,    /* check-ins were missed by our fault */
	INCIDENT_SILENCE,   /* many at once were not heard from */
	INCIDENT_AUDIT,	    /* an invariant does not hold */
	INCIDENT_SET_ASIDE, /* something could not be dealt with */
	INCIDENT_PEOPLE_DROPPED,
	INCIDENT_CLOCK_BEHIND,
	INCIDENT_CLOCK_FORWARD,
	INCIDENT_INBOX,	    /* texts to us cannot be fetched */
};
#define INCIDENT_KIND_COUNT 10

/* Why somebody is not to be asked, by what the ledger holds: the stricter
 * later.  The first two always have an end; the last never ends but by a
 * coordinator's correction. */
enum absence {
	ABSENCE_AWAY,
	ABSENCE_PAUSED,
	ABSENCE_HOSPITAL,
	ABSENCE_DECEASED,
};
#define ABSENCE_COUNT 4

/* Did the person agree that a concern is passed on?  Not a condition of it. */
enum consent {
	CONSENT_NONE,		/* nothing was said of it */
	CONSENT_GIVEN,
	CONSENT_REFUSED,
	CONSENT_NOT_SOUGHT,
};
#define CONSENT_COUNT 4

/* Why somebody's set-up needs a look. */
enum review_kind {
	REVIEW_SILENT,		/* three non-responses in a fortnight */
	REVIEW_FALSE_ALARMS,	/* more than two in thirty days */
	REVIEW_LINE,		/* most of what is sent does not arrive */
	REVIEW_DRIFT,		/* answers later and later */
	REVIEW_UNCONFIRMED,	/* contact details a year old */
	REVIEW_LONG_PAUSE,
	REVIEW_BLOCKER,		/* new, and never a key: blocker, hearing? */
	REVIEW_HOSPITAL,	/* a week of it */
	REVIEW_UNTESTED,	/* live, but no test was confirmed */
	REVIEW_NO_CONTACT,	/* live, but none has agreed, nor was waived */
};
#define REVIEW_KIND_COUNT 10

/* How it went where a volunteer was to be put through to a person. */
enum bridge_result {
	BRIDGE_NONE,		/* it is going on */
	BRIDGE_ANSWERED,	/* the line was picked up, by whomever */
	BRIDGE_BUSY,
	BRIDGE_NO_ANSWER,
	BRIDGE_GIVEN_UP,	/* the volunteer hung up before */
	BRIDGE_FAILED,
	BRIDGE_NOT_TAKEN,	/* the volunteer did not take it */
	BRIDGE_UNKNOWN,		/* the gateway never told */
};
#define BRIDGE_RESULT_COUNT 8

/* The name of each value, as the ledger and JSON hold it.  "none" values
 * (nobody, none) give NULL. */
const char *channel_name(enum channel c);
const char *checkin_state_name(enum checkin_state s);
const char *confirmed_by_name(enum confirmed_by b);
const char *attempt_state_name(enum attempt_state s);
const char *outcome_name(enum outcome o);
const char *purpose_name(enum purpose p);
const char *flag_state_name(enum flag_state s);
const char *flag_reason_name(enum flag_reason r);
const char *priority_name(enum priority p);
const char *disposition_name(enum disposition d);
const char *false_alarm_name(enum false_alarm f);
const char *incident_kind_name(enum incident_kind k);
const char *absence_name(enum absence a);
const char *consent_name(enum consent c);
const char *review_kind_name(enum review_kind k);
const char *bridge_result_name(enum bridge_result r);

/* And back: 0, or -1 where no value has the name.  NULL text is the "none"
 * value where there is one. */
int channel_from_name(const char *text, enum channel *ret) MUST_CHECK;
int checkin_state_from_name(const char *text,
    enum checkin_state *ret) MUST_CHECK;
int confirmed_by_from_name(const char *text, enum confirmed_by *ret) MUST_CHECK;
int attempt_state_from_name(const char *text,
    enum attempt_state *ret) MUST_CHECK;
int outcome_from_name(const char *text, enum outcome *ret) MUST_CHECK;
int purpose_from_name(const char *text, enum purpose *ret) MUST_CHECK;
int flag_state_from_name(const char *text, enum flag_state *ret) MUST_CHECK;
int flag_reason_from_name(const char *text, enum flag_reason *ret) MUST_CHECK;
int priority_from_name(const char *text, enum priority *ret) MUST_CHECK;
int incident_kind_from_name(
    const char *text, enum incident_kind *ret) MUST_CHECK;
int absence_from_name(const char *text, enum absence *ret) MUST_CHECK;
int consent_from_name(const char *text, enum consent *ret) MUST_CHECK;
int review_kind_from_name(const char *text, enum review_kind *ret) MUST_CHECK;
int bridge_result_from_name(const char *text,
    enum bridge_result *ret) MUST_CHECK;

/* A human types these two: blanks, case and "-" for "_" are forgiven, and an
 * unambiguous beginning is enough ("hosp"). */
int disposition_from_name(const char *text, enum disposition *ret) MUST_CHECK;
int false_alarm_from_name(const char *text, enum false_alarm *ret) MUST_CHECK;

/* The reason of a check-in that it cancelled: "in hospital". */
const char *absence_why(enum absence a);

/* Does all contact end, until a human says otherwise? */
bool absence_stops_all(enum absence a);

/* Is the check-in over, and can only a late confirmation still change it? */
bool checkin_state_is_final(enum checkin_state s);

/* How urgent a flag of the reason is. */
enum priority flag_reason_priority(enum flag_reason r);

/* May the participant's own later word end a flag of the reason?  Help never:
 * only a human ends that; nor do matters of set-up (STOP). */
bool flag_reason_ends_by_own_word(enum flag_reason r);

/* The check-in state that a flag of the reason goes with, where it is raised
 * at the end of a ladder. */
enum checkin_state flag_reason_checkin_state(enum flag_reason r);

#endif /* STATE_H */
