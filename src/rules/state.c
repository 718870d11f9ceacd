/*
 * Every list of words is one table, indexed by its value; a name that is NULL
 * is the "none" of its list.  The tests walk each table both ways.
 */
#include "rules/state.h"

#include <string.h>

static const char *const channels[CHANNEL_COUNT] = {
	[CHANNEL_CALL] = "call",
	[CHANNEL_TEXT] = "text",
	[CHANNEL_HUMAN] = "human",
};

static const char *const checkin_states[CHECKIN_STATE_COUNT] = {
	[CHECKIN_DUE] = "due",
	[CHECKIN_ASKING] = "asking",
	[CHECKIN_CONFIRMED] = "confirmed",
	[CHECKIN_CONFIRMED_LATE] = "confirmed_late",
	[CHECKIN_HELP_REQUESTED] = "help_requested",
	[CHECKIN_NO_RESPONSE] = "no_response",
	[CHECKIN_UNDELIVERED] = "undelivered",
	[CHECKIN_MISSED] = "missed",
	[CHECKIN_CANCELLED] = "cancelled",
};

static const char *const confirmed_bys[CONFIRMED_BY_COUNT] = {
	[CONFIRMED_BY_NOBODY] = NULL,
	[CONFIRMED_BY_KEY] = "key",
	[CONFIRMED_BY_REPLY] = "reply",
	[CONFIRMED_BY_CALL_BACK] = "call_back",
	[CONFIRMED_BY_HUMAN] = "human",
};

static const char *const attempt_states[ATTEMPT_STATE_COUNT] = {
	[ATTEMPT_PLANNED] = "planned",
	[ATTEMPT_SENDING] = "sending",
	[ATTEMPT_UNCERTAIN] = "uncertain",
	[ATTEMPT_ACCEPTED] = "accepted",
	[ATTEMPT_ENDED] = "ended",
};

static const char *const outcomes[OUTCOME_COUNT] = {
	[OUTCOME_NONE] = NULL,
	[OUTCOME_OK] = "ok",
	[OUTCOME_HELP] = "help",
	[OUTCOME_NO_KEY] = "no_key",
	[OUTCOME_MACHINE] = "machine",
	[OUTCOME_BUSY] = "busy",
	[OUTCOME_NO_ANSWER] = "no_answer",
	[OUTCOME_REFUSED] = "refused",
	[OUTCOME_BAD_NUMBER] = "bad_number",
	[OUTCOME_OPTED_OUT] = "opted_out",
	[OUTCOME_UNDELIVERED] = "undelivered",
	[OUTCOME_NO_REPLY] = "no_reply",
	[OUTCOME_GATEWAY_ERROR] = "gateway_error",
};

static const char *const purposes[PURPOSE_COUNT] = {
	[PURPOSE_URGENT] = "urgent",
	[PURPOSE_ANSWER] = "answer",
	[PURPOSE_NOTICE] = "notice",
	[PURPOSE_AGAIN] = "again",
	[PURPOSE_FIRST] = "first",
};

static const char *const flag_states[FLAG_STATE_COUNT] = {
	[FLAG_OPEN] = "open",
	[FLAG_CLAIMED] = "claimed",
	[FLAG_RESOLVED] = "resolved",
};

static const char *const flag_reasons[FLAG_REASON_COUNT] = {
	[FLAG_HELP] = "help",
	[FLAG_NO_RESPONSE] = "no_response",
	[FLAG_UNDELIVERED] = "undelivered",
	[FLAG_MISSED] = "missed",
	[FLAG_GATEWAY] = "gateway",
	[FLAG_HUMAN_CALL] = "human_call",
	[FLAG_UNCLEAR_REPLY] = "unclear_reply",
	[FLAG_STOP] = "stop",
	[FLAG_OPTED_OUT] = "opted_out",
};

static const char *const priorities[PRIORITY_COUNT] = {
	[PRIORITY_URGENT] = "urgent",
	[PRIORITY_HIGH] = "high",
	[PRIORITY_NORMAL] = "normal",
};

static const char *const dispositions[DISPOSITION_COUNT] = {
	[DISPOSITION_NONE] = NULL,
	[DISPOSITION_OWN_WORD] = "own_word",
	[DISPOSITION_SAFE] = "safe",
	[DISPOSITION_SAFE_HELPED] = "safe_helped",
	[DISPOSITION_CHAT] = "chat",
	[DISPOSITION_ILL] = "ill",
	[DISPOSITION_HOSPITAL] = "hospital",
	[DISPOSITION_DECEASED] = "deceased",
	[DISPOSITION_NOT_LOCATED] = "not_located",
	[DISPOSITION_REFERRED] = "referred",
	[DISPOSITION_SAFEGUARDING] = "safeguarding",
	[DISPOSITION_SETTLED] = "settled",
};

static const char *const false_alarms[FALSE_ALARM_COUNT] = {
	[FALSE_ALARM_NONE] = NULL,
	[FALSE_ALARM_OUT] = "out",
	[FALSE_ALARM_ASLEEP] = "asleep",
	[FALSE_ALARM_DID_NOT_HEAR] = "did_not_hear",
	[FALSE_ALARM_BATH_OR_GARDEN] = "bath_or_garden",
	[FALSE_ALARM_PHONE_OFF] = "phone_off",
	[FALSE_ALARM_ON_PHONE] = "on_phone",
	[FALSE_ALARM_VOICEMAIL] = "voicemail",
	[FALSE_ALARM_CALL_BLOCKER] = "call_blocker",
	[FALSE_ALARM_LINE_FAULT] = "line_fault",
	[FALSE_ALARM_WRONG_KEY] = "wrong_key",
	[FALSE_ALARM_VISITOR] = "visitor",
	[FALSE_ALARM_IN_HOSPITAL] = "in_hospital",
	[FALSE_ALARM_ON_HOLIDAY] = "on_holiday",
	[FALSE_ALARM_BAD_TIME] = "bad_time",
	[FALSE_ALARM_OUR_ERROR] = "our_error",
};

static const char *const incident_kinds[INCIDENT_KIND_COUNT] = {
    [INCIDENT_GATEWAY_DOWN] = "gateway_down",
    [INCIDENT_MAIL_DOWN] = "mail_down",
    [INCIDENT_OUTAGE] = "outage",
    [INCIDENT_SILENCE] = "silence",
    [INCIDENT_AUDIT] = "audit",
    [INCIDENT_SET_ASIDE] = "set_aside",
    [INCIDENT_PEOPLE_DROPPED] = "people_dropped",
    [INCIDENT_CLOCK_BEHIND] = "clock_behind",
    [INCIDENT_CLOCK_FORWARD] = "clock_forward",
    [INCIDENT_INBOX] = "inbox_unread",
};

static const char *const absences[ABSENCE_COUNT] = {
	[ABSENCE_AWAY] = "away",
	[ABSENCE_PAUSED] = "paused",
	[ABSENCE_HOSPITAL] = "hospital",
	[ABSENCE_DECEASED] = "deceased",
};

static const char *const consents[CONSENT_COUNT] = {
	[CONSENT_NONE] = NULL,
	[CONSENT_GIVEN] = "given",
	[CONSENT_REFUSED] = "refused",
	[CONSENT_NOT_SOUGHT] = "not_sought",
};

static const char *const review_kinds[REVIEW_KIND_COUNT] = {
	[REVIEW_SILENT] = "silent",
	[REVIEW_FALSE_ALARMS] = "false_alarms",
	[REVIEW_LINE] = "line",
	[REVIEW_DRIFT] = "drift",
	[REVIEW_UNCONFIRMED] = "unconfirmed",
	[REVIEW_LONG_PAUSE] = "long_pause",
	[REVIEW_BLOCKER] = "blocker",
	[REVIEW_HOSPITAL] = "hospital",
	[REVIEW_UNTESTED] = "untested",
	[REVIEW_NO_CONTACT] = "no_contact",
};

static const char *const bridge_results[BRIDGE_RESULT_COUNT] = {
	[BRIDGE_ANSWERED] = "answered",
	[BRIDGE_BUSY] = "busy",
	[BRIDGE_NO_ANSWER] = "no_answer",
	[BRIDGE_GIVEN_UP] = "given_up",
	[BRIDGE_FAILED] = "failed",
	[BRIDGE_NOT_TAKEN] = "not_taken",
	[BRIDGE_UNKNOWN] = "unknown",
};

/* The place of the name in the list, or -1. */
static int
find(const char *const *names, int n, const char *text)
{
	for (int i = 0; i < n; i++) {
		if (text && names[i] ? strcmp(text, names[i]) == 0
		                     : text == names[i])
			return i;
	}
	return -1;
}

/* A word as a human types it in the form of the names: blanks around it are
 * dropped, those within and "-" become "_", capitals small.  "" where it is
 * too long to be any of them. */
static void
tidy(const char *text, char ret[32])
{
	size_t len = 0;

	for (; *text; text++) {
		char c = *text;
		if (c == ' ' || c == '\t' || c == '-' || c == '_') {
			if (len == 0 || ret[len - 1] == '_')
				continue;
			c = '_';
		} else if (c >= 'A' && c <= 'Z') {
			c = (char)(c - 'A' + 'a');
		}
		if (len == 31) {
			len = 0;
			break;
		}
		ret[len++] = c;
	}
	while (len > 0 && ret[len - 1] == '_')
		len--;
	ret[len] = '\0';
}

/* The name, or the only one that begins so; -1 for none or several. */
static int
find_forgiving(const char *const *names, int n, const char *text)
{
	char word[32];
	int found = -1;

	if (!text)
		return find(names, n, NULL);
	tidy(text, word);
	if (word[0] == '\0')
		return -1;
	for (int i = 0; i < n; i++) {
		if (!names[i] || strncmp(word, names[i], strlen(word)) != 0)
			continue;
		if (names[i][strlen(word)] == '\0')
			return i;
		found = found == -1 ? i : -2;
	}
	return found >= 0 ? found : -1;
}

/* The functions of one list: NAME_name and NAME_from_name. */
#define NAMES(word, names, count, how)                       \
	const char *word##_name(enum word value)             \
	{                                                    \
		return names[value];                         \
	}                                                    \
	int word##_from_name(const char *text, enum word *ret) \
	{                                                    \
		int i = how(names, count, text);             \
		if (i == -1)                                 \
			return -1;                           \
		*ret = (enum word)i;                         \
		return 0;                                    \
	}

NAMES(channel, channels, CHANNEL_COUNT, find)
NAMES(checkin_state, checkin_states, CHECKIN_STATE_COUNT, find)
NAMES(confirmed_by, confirmed_bys, CONFIRMED_BY_COUNT, find)
NAMES(attempt_state, attempt_states, ATTEMPT_STATE_COUNT, find)
NAMES(outcome, outcomes, OUTCOME_COUNT, find)
NAMES(purpose, purposes, PURPOSE_COUNT, find)
NAMES(flag_state, flag_states, FLAG_STATE_COUNT, find)
NAMES(flag_reason, flag_reasons, FLAG_REASON_COUNT, find)
NAMES(priority, priorities, PRIORITY_COUNT, find)
NAMES(incident_kind, incident_kinds, INCIDENT_KIND_COUNT, find)
NAMES(absence, absences, ABSENCE_COUNT, find)
NAMES(consent, consents, CONSENT_COUNT, find)
NAMES(review_kind, review_kinds, REVIEW_KIND_COUNT, find)
NAMES(bridge_result, bridge_results, BRIDGE_RESULT_COUNT, find)
NAMES(disposition, dispositions, DISPOSITION_COUNT, find_forgiving)
NAMES(false_alarm, false_alarms, FALSE_ALARM_COUNT, find_forgiving)

const char *
absence_why(enum absence a)
{
	return a == ABSENCE_HOSPITAL ? "in hospital" :
	    a == ABSENCE_DECEASED ? "has died" : absences[a];
}

bool
absence_stops_all(enum absence a)
{
	return a == ABSENCE_HOSPITAL || a == ABSENCE_DECEASED;
}

bool
checkin_state_is_final(enum checkin_state s)
{
	return s != CHECKIN_DUE && s != CHECKIN_ASKING;
}

/* What each reason brings with it. */
static const struct {
	enum priority priority;
	bool own_word;
	enum checkin_state state;
} reasons[FLAG_REASON_COUNT] = {
	[FLAG_HELP] = { PRIORITY_URGENT, false, CHECKIN_HELP_REQUESTED },
	[FLAG_NO_RESPONSE] = { PRIORITY_HIGH, true, CHECKIN_NO_RESPONSE },
	[FLAG_UNDELIVERED] = { PRIORITY_HIGH, true, CHECKIN_UNDELIVERED },
	[FLAG_MISSED] = { PRIORITY_HIGH, true, CHECKIN_MISSED },
	/* Nobody could be asked, and the person's number is not at fault. */
	[FLAG_GATEWAY] = { PRIORITY_HIGH, true, CHECKIN_UNDELIVERED },
	/* A volunteer is to ring: the call itself decides. */
	[FLAG_HUMAN_CALL] = { PRIORITY_NORMAL, true, CHECKIN_MISSED },
	[FLAG_UNCLEAR_REPLY] = { PRIORITY_NORMAL, true, CHECKIN_NO_RESPONSE },
	/* Who says STOP is alive; what follows from it is set-up. */
	[FLAG_STOP] = { PRIORITY_NORMAL, false, CHECKIN_NO_RESPONSE },
	[FLAG_OPTED_OUT] = { PRIORITY_HIGH, true, CHECKIN_UNDELIVERED },
};

enum priority
flag_reason_priority(enum flag_reason r)
{
	return reasons[r].priority;
}

bool
flag_reason_ends_by_own_word(enum flag_reason r)
{
	return reasons[r].own_word;
}

enum checkin_state
flag_reason_checkin_state(enum flag_reason r)
{
	return reasons[r].state;
}
