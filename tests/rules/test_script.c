#include "rules/script.h"

#include <string.h>

#include "tap.h"

#define AT(minutes) ((minutes) * MSEC_MINUTE)

static struct script_advice a;

/* A flag of ten o'clock, of a day that closes at eight in the evening. */
static struct script_facts
facts(msec minutes)
{
	return (struct script_facts){
		.reason = FLAG_NO_RESPONSE, .state = FLAG_CLAIMED,
		.coordinator = true, .n_contacts = 2,
		.contacts = { { .keyholder = false },
		{ .keyholder = true } }, .raised_at = AT(600),
		.closes_at = AT(1200), .now = AT(600 + minutes),
	};
}

static const char *
step(const struct script_facts *f)
{
	script_next(f, &a);
	return script_step_name(a.step);
}

static void
test_ladder(void)
{
	struct script_facts f = facts(5);

	f.state = FLAG_OPEN;
	is_text(step(&f), "claim", "nobody has it");
	f.state = FLAG_CLAIMED;
	is_text(step(&f), "ring", "the person first");
	f.tried_person = 1;
	is_text(step(&f), "ring", "twice");
	f.tried_person = 2;
	is_text(step(&f), "contacts", "then contacts");
	is_int(a.contact, 0, "in order");
	f.contacts[0].tried = 1;
	is_int((step(&f), a.contact), 0, "two tries each");
	f.contacts[0].tried = 2;
	is_int((step(&f), a.contact), 1, "then the next");
	f.contacts[1].spoken = true;
	is_text(step(&f), "checklist", "who was spoken to is not rung again");
	f.checked = 0x7f;
	is_text(step(&f), "checklist", "all of it");
	f.checked = 0xff;
	is_text(step(&f), "doorstep", "then the door");
	is_int(a.keyholder, 1, "a keyholder first");
	ok(a.notes & (1u << NOTE_OUT), "who goes is noted");
	f.out = true;
	is_text(step(&f), "doorstep", "while they are there");
	f.out = false;
	f.was_back = true;
	is_text(step(&f), "decide", "then a human decides");
	ok(a.notes & (1u << NOTE_DECIDED), "and notes it");
	f.decided = true;
	is_text(step(&f), "chase", "and asks what became of it");
}

static void
test_time(void)
{
	struct script_facts f = facts(200);

	is_text(step(&f), "ring", "late, but nobody rang them yet");
	f.tried_person = 2;
	is_text(step(&f), "decide", "after three hours it is decided");
	f = facts(179);
	f.tried_person = 2;
	is_text(step(&f), "contacts", "not before");
	f.now = AT(1140);
	f.raised_at = AT(1130);
	is_text(step(&f), "decide", "or an hour before the close");
	f.now = AT(1200);
	is_text(step(&f), "contacts", "at night a coordinator goes on");
	f.coordinator = false;
	is_text(step(&f), "hand_over", "and a volunteer hands over");
	f.out = true;
	is_text(step(&f), "doorstep", "once they are back");
}

static void
test_others(void)
{
	struct script_facts f = facts(5);

	f.reason = FLAG_STOP;
	is_text(step(&f), "setup", "STOP is set-up");
	f = facts(5);
	f.stranger = true;
	is_text(step(&f), "read", "a stranger's words");
	f = facts(5);
	f.n_contacts = 0;
	f.tried_person = 2;
	is_text(step(&f), "checklist", "nobody to ring");
	f.checked = 0xff;
	is_int((step(&f), a.keyholder), -1, "and no key");
}

/* Short enough to be read at a door, and every name goes both ways. */
static void
test_words(void)
{
	enum note n;
	enum script_item i;
	enum script_decision d;

	ok(strstr(SCRIPT_FIRST, "999") != NULL, "999 stands above all");
	for (int w = 0; w < FLAG_REASON_COUNT; w++) {
		struct script_facts f = facts(5);

		f.reason = (enum flag_reason)w;
		script_next(&f, &a);
		ok(a.why != NULL && (strstr(a.why, "check-in was missed") ==
		    NULL), "why it is there: %s", a.why);
		ok(w != FLAG_HELP || strstr(a.why, "help") != NULL,
		    "help is called so");
	}
	for (int s = 0; s < SCRIPT_STEP_COUNT; s++)
		ok(script_step_name((enum script_step)s) != NULL, "step %d",
		    s);
	for (int k = 0; k < NOTE_COUNT; k++)
		ok(note_from_name(note_name((enum note)k), &n) == 0 &&
		    (int)n == k, "note %d", k);
	for (int k = 0; k < ITEM_COUNT; k++)
		ok(script_item_from_name(script_item_name(
		    (enum script_item)k), &i) == 0 && (int)i == k &&
		    script_item_question(i)[0] != '\0', "item %d", k);
	for (int k = 0; k < DECISION_COUNT; k++)
		ok(script_decision_from_name(script_decision_name(
		    (enum script_decision)k), &d) == 0 && (int)d == k,
		    "decision %d", k);
	ok(note_from_name("dancing", &n) == -1 &&
	    script_item_from_name("", &i) == -1 &&
	    script_decision_from_name("112", &d) == -1, "no others");
}

int
main(void)
{
	test_ladder();
	test_time();
	test_others();
	test_words();
	return tap_done();
}
