/*
 * script.h - what to do next about a flag: the step in hand, in a few words,
 * with what can be noted and when to stop and hand over.
 *
 * A pure rule: given why the flag was raised, what was noted so far, the
 * contacts and the instant.  Nothing here decides for anybody: whether 999 or
 * 101 is rung is a human's decision, which is recorded.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "rules/state.h"

/* Stands above every script. */
#define SCRIPT_FIRST "Immediate danger: ring 999 first."

enum script_step {
	SCRIPT_CLAIM,		/* nobody has it yet */
	SCRIPT_SETUP,		/* a matter of set-up, not of safety */
	SCRIPT_READ,		/* words of somebody whom we do not know */
	SCRIPT_RING,		/* the person, twice */
	SCRIPT_CONTACTS,	/* each in their order, twice */
	SCRIPT_CHECKLIST,	/* before anybody goes to the door */
	SCRIPT_DOORSTEP,
	SCRIPT_DECIDE,		/* 999, 101, another agency, or wait */
	SCRIPT_CHASE,		/* what became of it */
	SCRIPT_HAND_OVER,	/* the day is over */
};
#define SCRIPT_STEP_COUNT 10

/* What can be noted. */
enum note {
	NOTE_WORD,		/* anything else, in words */
	NOTE_TRIED_PERSON,	/* rang them, no answer */
	NOTE_TRIED_CONTACT,	/* rang this one, no answer */
	NOTE_SPOKE_TO_CONTACT,	/* who could not say that all is well */
	NOTE_CHECKED,		/* an item of the checklist */
	NOTE_OUT,		/* somebody goes to the door */
	NOTE_BACK,		/* and is back from there */
	NOTE_DECIDED,
};
#define NOTE_COUNT 8

enum script_item {
	ITEM_ABSENCE,		/* a planned absence that nobody wrote down? */
	ITEM_APPOINTMENT,
	ITEM_HOSPITAL,
	ITEM_CARER,
	ITEM_LANDLORD,
	ITEM_LAST_HEARD,
	ITEM_RISKS,
	ITEM_LINE,		/* a fault, a power cut, an incident? */
};
#define ITEM_COUNT 8

enum script_decision {
	DECISION_999,
	DECISION_101,
	DECISION_OTHER,		/* another agency */
	DECISION_WAIT,
};
#define DECISION_COUNT 4

#define SCRIPT_CONTACTS_MAX 16

struct script_facts {
	enum flag_reason reason;
	enum flag_state state;
	bool stranger;
	bool coordinator;	/* whoever reads it is one */
	int tried_person;
	int n_contacts;
	struct script_contact {
		int tried;
		bool spoken, keyholder;
	} contacts[SCRIPT_CONTACTS_MAX];
	unsigned checked;	/* bits of enum script_item */
	bool out, was_back;	/* at the door now; somebody has been there */
	bool decided;
	msec raised_at, closes_at, now;	/* closes_at: of this day */
};

struct script_advice {
	enum script_step step;
	int contact;		/* of CONTACTS: the place of whom to ring */
	int keyholder;		/* of DOORSTEP: the first one's; -1 */
	const char *title;
	const char *why;	/* the flag is there, in a sentence */
	const char *words;
	const char *stop;	/* when to stop, and to whom it goes */
	unsigned notes;		/* bits of enum note */
};

void script_next(const struct script_facts *f, struct script_advice *ret);

const char *script_step_name(enum script_step s);
const char *note_name(enum note n);
const char *script_item_name(enum script_item i);
const char *script_item_question(enum script_item i);
const char *script_decision_name(enum script_decision d);
int note_from_name(const char *text, enum note *ret) MUST_CHECK;
int script_item_from_name(const char *text, enum script_item *ret) MUST_CHECK;
int script_decision_from_name(const char *text,
    enum script_decision *ret) MUST_CHECK;

#endif /* SCRIPT_H */
