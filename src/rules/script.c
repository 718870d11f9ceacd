/*
 * The steps are those of the escalation ladder behind a flag: ring, contacts,
 * checklist, doorstep, a human's decision.  The times count from the flag.
 */
#include "rules/script.h"

#include <string.h>

#define RING_TIMES 2
#define CONTACT_TIMES 2
/* Then it is to be decided, whatever was done; or so long before the close. */
#define DECIDE_AFTER (180 * MSEC_MINUTE)
#define DECIDE_BEFORE_CLOSE (60 * MSEC_MINUTE)

#define NOTED(n) (1u << (n))
#define ALWAYS NOTED(NOTE_WORD)

static const struct {
	const char *name, *title, *words, *stop;
	unsigned notes;
} steps[SCRIPT_STEP_COUNT] = {
	[SCRIPT_CLAIM] = { "claim", "Take it",
	    "Nobody has this flag yet. Claim it if you can see to it now.",
	    "If you cannot, say NO: the next one is asked at once.", 0 },
	[SCRIPT_SETUP] = { "setup", "Put their set-up right",
	    "They are alive. Find out what they want: another number, texts "
	    "in place of calls, other times, or no more of it. To decline is "
	    "their right.",
	    "A coordinator changes the set-up.", ALWAYS },
	[SCRIPT_READ] = { "read", "Read what came, and ring back",
	    "Nobody knows this number. Read the words, ring it, and find out "
	    "who it is.",
	    "If somebody needs help, stay on the line and tell the "
	    "coordinator.", ALWAYS | NOTED(NOTE_TRIED_PERSON) },
	[SCRIPT_RING] = { "ring", "Ring the person, twice",
	    "Say who you are and why you ring. Let it ring long, and leave "
	    "some minutes between the two. On voicemail say only the service "
	    "and our number.",
	    "If they are hurt or frightened, do not hang up: get help on "
	    "another phone.", ALWAYS | NOTED(NOTE_TRIED_PERSON) },
	[SCRIPT_CONTACTS] = { "contacts", "Ring their contact",
	    "In their order, two tries each. Ask when they last heard from "
	    "the person and whether they know where they are. Say no more "
	    "than that you cannot reach them.",
	    "When all were tried, hand over to the coordinator.",
	    ALWAYS | NOTED(NOTE_TRIED_CONTACT) |
	    NOTED(NOTE_SPOKE_TO_CONTACT) | NOTED(NOTE_TRIED_PERSON) },
	[SCRIPT_CHECKLIST] = { "checklist", "Before anybody goes to the door",
	    "Look for an innocent reason first: go through the checklist and "
	    "note what you find.",
	    "This is a coordinator's step: hand over if you are none.",
	    ALWAYS | NOTED(NOTE_CHECKED) | NOTED(NOTE_TRIED_PERSON) },
	[SCRIPT_DOORSTEP] = { "doorstep", "Somebody goes to the door",
	    "A keyholder or a neighbour first; tell a neighbour nothing about "
	    "why. Else two volunteers together. Knock and call; never go in, "
	    "even if asked to. Note who goes and by when they are back, and "
	    "note it when they are.",
	    "If you see or hear somebody in trouble, ring 999 and stay "
	    "outside.",
	    ALWAYS | NOTED(NOTE_OUT) | NOTED(NOTE_BACK) },
	[SCRIPT_DECIDE] = { "decide", "Decide, and record it",
	    "999 where life or limb is at risk; 101 or another agency; or "
	    "wait, with the reason. Have the facts ready: last heard, known "
	    "risks, what was tried. Note agency, time, reference, what they "
	    "said they would do, and when you will ask again.",
	    "A human decides this, never the machine: the coordinator, or "
	    "whoever stands at the door.",
	    ALWAYS | NOTED(NOTE_DECIDED) | NOTED(NOTE_OUT) |
	    NOTED(NOTE_BACK) },
	[SCRIPT_CHASE] = { "chase", "Ask what became of it",
	    "At the time that you noted, ring the agency with the reference. "
	    "If nobody went, decide anew.",
	    "Before you go off duty, hand it over with all of this.",
	    ALWAYS | NOTED(NOTE_DECIDED) | NOTED(NOTE_TRIED_PERSON) |
	    NOTED(NOTE_OUT) | NOTED(NOTE_BACK) },
	[SCRIPT_HAND_OVER] = { "hand_over", "The day is over: hand over",
	    "A coordinator is named for the night. Note what was done, and "
	    "make sure that they have taken it before you stop.",
	    "It stays yours until then.", ALWAYS },
};

static const char *const whys[FLAG_REASON_COUNT] = {
	[FLAG_HELP] = "They asked us for help.",
	[FLAG_NO_RESPONSE] = "They did not answer their check-in.",
	[FLAG_UNDELIVERED] = "We could not reach their number for the "
	    "check-in.",
	[FLAG_MISSED] = "We did not ask them when we should have; that was "
	    "our fault.",
	[FLAG_GATEWAY] = "We could not ask them: our way to the telephone "
	    "network failed.",
	[FLAG_HUMAN_CALL] = "Their check-in is a call from one of us, at this "
	    "time.",
	[FLAG_UNCLEAR_REPLY] = "They told us something that the machine could "
	    "not read.",
	[FLAG_STOP] = "They asked us to stop.",
	[FLAG_OPTED_OUT] = "No way is left on which we may ask them.",
};

static const char *const notes[NOTE_COUNT] = {
	[NOTE_WORD] = "note",
	[NOTE_TRIED_PERSON] = "tried_person",
	[NOTE_TRIED_CONTACT] = "tried_contact",
	[NOTE_SPOKE_TO_CONTACT] = "spoke_to_contact",
	[NOTE_CHECKED] = "checked",
	[NOTE_OUT] = "out",
	[NOTE_BACK] = "back",
	[NOTE_DECIDED] = "decided",
};

static const struct {
	const char *name, *question;
} items[ITEM_COUNT] = {
	[ITEM_ABSENCE] = { "absence", "A planned absence that was not written "
	    "down?" },
	[ITEM_APPOINTMENT] = { "appointment", "An appointment: GP, hospital, "
	    "day centre?" },
	[ITEM_HOSPITAL] = { "hospital", "Admitted to hospital? Ring the "
	    "wards." },
	[ITEM_CARER] = { "carer", "Does a carer or a care agency know?" },
	[ITEM_LANDLORD] = { "landlord", "Does the housing office, warden or "
	    "landlord know?" },
	[ITEM_LAST_HEARD] = { "last_heard", "When were they last well, and "
	    "who says so?" },
	[ITEM_RISKS] = { "risks", "What risks are known: falls, illness, "
	    "somebody else?" },
	[ITEM_LINE] = { "line", "A fault on the line, a power cut, an "
	    "incident of ours?" },
};

static const char *const decisions[DECISION_COUNT] = {
	[DECISION_999] = "999",
	[DECISION_101] = "101",
	[DECISION_OTHER] = "other",
	[DECISION_WAIT] = "wait",
};

/* Must it be decided now? */
static bool
time_is_up(const struct script_facts *f)
{
	return f->now >= f->raised_at + DECIDE_AFTER ||
	    (f->now >= f->closes_at - DECIDE_BEFORE_CLOSE &&
	    f->now < f->closes_at);
}

/* The contact to ring next; -1 where all were tried. */
static int
next_contact(const struct script_facts *f)
{
	for (int i = 0; i < f->n_contacts && i < SCRIPT_CONTACTS_MAX; i++)
		if (!f->contacts[i].spoken &&
		    f->contacts[i].tried < CONTACT_TIMES)
			return i;
	return -1;
}

static int
first_keyholder(const struct script_facts *f)
{
	for (int i = 0; i < f->n_contacts && i < SCRIPT_CONTACTS_MAX; i++)
		if (f->contacts[i].keyholder)
			return i;
	return -1;
}

static enum script_step
find_step(const struct script_facts *f, int contact)
{
	if (f->state == FLAG_OPEN)
		return SCRIPT_CLAIM;
	if (f->reason == FLAG_STOP || f->reason == FLAG_OPTED_OUT)
		return SCRIPT_SETUP;
	if (f->stranger)
		return SCRIPT_READ;
	if (f->out)
		return SCRIPT_DOORSTEP;
	if (f->now >= f->closes_at && !f->coordinator)
		return SCRIPT_HAND_OVER;
	if (f->decided)
		return SCRIPT_CHASE;
	if (f->tried_person < RING_TIMES)
		return SCRIPT_RING;
	if (time_is_up(f))
		return SCRIPT_DECIDE;
	if (contact != -1)
		return SCRIPT_CONTACTS;
	if (f->checked != (1u << ITEM_COUNT) - 1)
		return SCRIPT_CHECKLIST;
	return f->was_back ? SCRIPT_DECIDE : SCRIPT_DOORSTEP;
}

void
script_next(const struct script_facts *f, struct script_advice *ret)
{
	int contact = next_contact(f);

	ret->step = find_step(f, contact);
	ret->contact = ret->step == SCRIPT_CONTACTS ? contact : -1;
	ret->keyholder = ret->step == SCRIPT_DOORSTEP ? first_keyholder(f) :
	    -1;
	ret->title = steps[ret->step].title;
	ret->why = whys[f->reason];
	ret->words = steps[ret->step].words;
	ret->stop = steps[ret->step].stop;
	ret->notes = steps[ret->step].notes;
}

/* ---- names ------------------------------------------------------------- */

const char *
script_step_name(enum script_step s)
{
	return steps[s].name;
}

const char *
note_name(enum note n)
{
	return notes[n];
}

const char *
script_item_name(enum script_item i)
{
	return items[i].name;
}

const char *
script_item_question(enum script_item i)
{
	return items[i].question;
}

const char *
script_decision_name(enum script_decision d)
{
	return decisions[d];
}

int
note_from_name(const char *text, enum note *ret)
{
	for (int i = 0; i < NOTE_COUNT; i++)
		if (strcmp(text, notes[i]) == 0) {
			*ret = (enum note)i;
			return 0;
		}
	return -1;
}

int
script_item_from_name(const char *text, enum script_item *ret)
{
	for (int i = 0; i < ITEM_COUNT; i++)
		if (strcmp(text, items[i].name) == 0) {
			*ret = (enum script_item)i;
			return 0;
		}
	return -1;
}

int
script_decision_from_name(const char *text, enum script_decision *ret)
{
	for (int i = 0; i < DECISION_COUNT; i++)
		if (strcmp(text, decisions[i]) == 0) {
			*ret = (enum script_decision)i;
			return 0;
		}
	return -1;
}
