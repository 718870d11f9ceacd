/*
 * What was done about a flag: the script follows the notes, whoever goes to a
 * door is expected back, a decision is asked about, another's word confirms,
 * and a concern is for coordinators.
 */
#include "rig.h"

#include "engine/audit.h"
#include "ledger/handle.h"

#define CONTACTS                                                     \
	"contact = Paul Clarke, son, 07700 900130, agreed 2026-09-01\n" \
	"contact = Mrs Iris Moore, neighbour, 0115 496 0131, keyholder,"     \
	" agreed 2026-09-01\n"
#define EDNA_TOO RIG_PERSON("edna", "Mrs Edna Clarke",               \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	CONTACTS)
#define SCHEME RIG_HEAD EDNA_TOO TEAM

static struct rig *
claimed(const char *scheme)
{
	struct rig *r = rig_open(scheme, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "Tom has it");
	return r;
}

struct jotting {
	const char *code, *who;
	struct noted n;
};

static int
do_note(struct engine *en, void *arg, msec now, struct err *e)
{
	struct jotting *j = arg;

	return engine_note(en, j->code, &j->n, j->who, "page", now, e);
}

static struct noted
of_kind(enum note kind)
{
	return (struct noted){ .kind = kind, .with = "", .agency = "",
		.reference = "", .words = "" };
}

static const char *
jot(struct rig *r, const char *who, struct noted n)
{
	struct jotting j = { rig_code(r, "edna"), who, n };

	return rig_in_turn(r, do_note, &j);
}

static const char *
step(struct rig *r, bool coordinator)
{
	struct ledger_flag f = rig_flag_row(r, "edna");
	struct script_advice a;
	struct err e;

	if (engine_script(r->conf, r->ledger, &f, coordinator, r->now, &a,
	    &e) == -1)
		return e.text[0] != '\0' ? "failed" : "";
	return script_step_name(a.step);
}

static void
test_steps(void)
{
	struct rig *r = claimed(SCHEME);
	struct noted n = of_kind(NOTE_TRIED_PERSON);

	is_text(step(r, false), "ring", "ring her");
	is_text(jot(r, "tom", n), "", "no answer");
	is_text(jot(r, "tom", n), "", "twice");
	is_text(step(r, false), "contacts", "then her contacts");
	n = of_kind(NOTE_TRIED_CONTACT);
	ok(strstr(jot(r, "tom", n), "which contact") != NULL, "which?");
	n.contact = 3;
	ok(strstr(jot(r, "tom", n), "They have 2") != NULL, "no third");
	n.contact = 1;
	is_text(jot(r, "tom", n), "", "the son");
	is_text(jot(r, "tom", n), "", "the son again");
	n = of_kind(NOTE_SPOKE_TO_CONTACT);
	n.contact = 2;
	n.words = "not seen since Tuesday";
	is_text(jot(r, "tom", n), "", "the neighbour");
	is_text(step(r, false), "checklist", "then the coordinator's list");
	ok(strstr(jot(r, "grace", n), "Tom Reid has flag") != NULL,
	    "another's flag is not noted upon");
	n = of_kind(NOTE_CHECKED);
	for (int i = 0; i < ITEM_COUNT; i++) {
		n.item = (enum script_item)i;
		is_text(jot(r, "asha", n), "", "item %d", i);
	}
	is_text(step(r, true), "doorstep", "somebody goes");
	ok(strstr(jot(r, "tom", of_kind(NOTE_WORD)), "what is to be") != NULL,
	    "an empty note is none");
	rig_close(r);
}

/* A note is a word: nobody is asked whether they are still at it. */
static void
test_note_is_a_word(void)
{
	struct rig *r = claimed(SCHEME);

	rig_run(r, RIG_AT(10, 55));
	is_text(jot(r, "tom", of_kind(NOTE_TRIED_PERSON)), "", "noted");
	rig_run(r, RIG_AT(11, 50));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 0, "not asked yet");
	rig_run(r, RIG_AT(11, 56));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "an hour later");
	rig_close(r);
}

static void
test_doorstep(void)
{
	struct rig *r = claimed(SCHEME);
	struct noted n = of_kind(NOTE_OUT);

	ok(strstr(jot(r, "tom", n), "by when") != NULL, "when are they back?");
	n.until = RIG_AT(10, 45);
	n.with = "Grace";
	is_text(jot(r, "tom", n), "", "Tom goes, with Grace");
	ok(strstr(jot(r, "tom", n), "at the door still") != NULL, "once");
	rig_run(r, RIG_AT(10, 44));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 0, "in time");
	rig_run(r, RIG_AT(10, 46));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by 10:45"), 1,
	    "not back: the coordinator hears at once");
	is_int(rig_mails_with(r, "asha@example.org", "not back from a door"),
	    1, "by e-mail too");
	rig_run(r, RIG_AT(11, 1));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 2, "and again");
	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_SAFE), "", "she is well");
	rig_run(r, RIG_AT(11, 16));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 3,
	    "that ends the flag, and not the way home");
	is_text(jot(r, "tom", of_kind(NOTE_BACK)), "", "back");
	rig_run(r, RIG_AT(12, 30));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 3, "all is well");
	ok(strstr(jot(r, "tom", of_kind(NOTE_BACK)), "nobody is at") != NULL,
	    "once");
	rig_close(r);
}

/* The same by text, from the street. */
static void
test_by_text(void)
{
	struct rig *r = claimed(SCHEME);
	char text[64];

	snprintf(text, sizeof(text), "no answer %s", rig_code(r, "edna"));
	rig_texts(r, TOM_TEXT, text);
	rig_texts(r, TOM_TEXT, text);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "no answer is no refusal");
	is_text(step(r, false), "contacts", "noted twice");
	snprintf(text, sizeof(text), "OUT %s", rig_code(r, "edna"));
	rig_texts(r, TOM_TEXT, text);
	ok(strstr(rig_text(r, TOM_TEXT), "by when you will be back"),
	    "until when? %s", rig_text(r, TOM_TEXT));
	snprintf(text, sizeof(text), "OUT %s 10:45 with Grace",
	    rig_code(r, "edna"));
	rig_texts(r, TOM_TEXT, text);
	ok(strstr(rig_text(r, TOM_TEXT), "never go in"), "told: %s",
	    rig_text(r, TOM_TEXT));
	rig_run(r, RIG_AT(10, 46));
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by 10:45"), 1,
	    "not back");
	snprintf(text, sizeof(text), "BACK %s", rig_code(r, "edna"));
	rig_texts(r, TOM_TEXT, text);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "back from the door, and his still");
	rig_texts(r, TOM_TEXT, text);
	ok(strstr(rig_flag(r, "edna"), "open") != NULL,
	    "BACK again gives it back");
	rig_close(r);
}

static void
test_decision(void)
{
	struct rig *r = claimed(SCHEME);
	struct noted n = of_kind(NOTE_DECIDED);

	n.decision = DECISION_101;
	n.words = "they will not send anybody";
	n.until = RIG_AT(14, 0);
	ok(strstr(jot(r, "tom", n), "which agency") != NULL, "whom?");
	n.agency = "police";
	n.reference = "NP-123";
	n.until = 0;
	ok(strstr(jot(r, "tom", n), "when will you ask") != NULL, "when?");
	n.until = RIG_AT(14, 0);
	is_text(jot(r, "tom", n), "", "recorded");
	is_text(step(r, true), "chase", "then asked about");
	rig_run(r, RIG_AT(13, 59));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 0, "not before");
	rig_run(r, RIG_AT(14, 1));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "at that time");
	rig_close(r);
}

struct says {
	const char *id, *by, *who;
};

static int
do_confirm(struct engine *en, void *arg, msec now, struct err *e)
{
	struct says *s = arg;

	return engine_confirm(en, s->id, s->by, s->who, "page", now, e);
}

static void
test_confirm(void)
{
	struct rig *r = claimed(SCHEME);
	struct says s = { "edna", "her son Paul", "grace" };

	ok(strstr(rig_in_turn(r, do_confirm, &s), "Tom Reid has flag"),
	    "who has it, ends it");
	s.who = "tom";
	s.by = " ";
	ok(strstr(rig_in_turn(r, do_confirm, &s), "Give a name"), "by whom?");
	s.by = "her son Paul";
	is_text(rig_in_turn(r, do_confirm, &s), "", "her son says so");
	is_text(rig_flag(r, "edna"), "no_response resolved safe", "ended");
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed_late human", "confirmed by a human");
	is_text(rig_flag_row(r, "edna").spoken_to, "her son Paul", "by name");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_in_turn(r, do_confirm, &s), "", "before any flag");
	rig_run(r, RIG_AT(10, 30));
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed human", "asked no more");
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 1, "rung once");
	rig_close(r);
}

/* ---- a contact, by a code ---------------------------------------------- */

#define PAUL "07700 900130"
#define SHARED RIG_HEAD RIG_PERSON("edna", "Mrs Edna Clarke",                \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	"sharing = 2026-09-01, her son\n" CONTACTS) TEAM

struct asking {
	const char *code;
	int contact;
};

static int
do_ask(struct engine *en, void *arg, msec now, struct err *e)
{
	struct asking *a = arg;

	return engine_ask_contact(en, a->code, a->contact, "tom", "page", now,
	    e);
}

static const char *
ask(struct rig *r, int contact)
{
	struct asking a = { rig_code(r, "edna"), contact };

	return rig_in_turn(r, do_ask, &a);
}

static void
test_contact(void)
{
	struct rig *r = claimed(SCHEME);
	char text[64], code[5] = "";
	const char *at;

	ok(strstr(ask(r, 1), "not on record") != NULL,
	    "she never agreed that her son is told");
	rig_close(r);

	r = claimed(SHARED);
	ok(strstr(ask(r, 2), "no number for texts") != NULL, "a landline");
	ok(strstr(ask(r, 3), "They have 2") != NULL, "no third");
	is_text(ask(r, 1), "", "Paul is asked");
	rig_run(r, r->now + MSEC_MINUTE);
	at = strstr(rig_text(r, PAUL), "OK ");
	ok(at != NULL && strstr(rig_text(r, PAUL), "ring Edna") != NULL &&
	    strstr(rig_text(r, PAUL), "Clarke") == NULL, "by a first name: %s",
	    rig_text(r, PAUL));
	snprintf(code, sizeof(code), "%.4s", at != NULL ? at + 3 : "");
	snprintf(text, sizeof(text), "OK %s", code);
	rig_texts(r, GRACE_TEXT, text);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "the code counts from his number alone");
	/* One digit off. */
	snprintf(text, sizeof(text), "OK %c%s", code[0] == '9' ? '0' :
	    code[0] + 1, code + 1);
	rig_texts(r, PAUL, text);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "another code confirms nothing");
	is_int(rig_open_flags(r), 2, "and is read by a human");
	snprintf(text, sizeof(text), "not OK %s", code);
	rig_texts(r, PAUL, text);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "nor does anything but a plain OK");
	snprintf(text, sizeof(text), "Ok %s, thanks", code);
	rig_texts(r, PAUL, text);
	is_text(rig_flag(r, "edna"), "no_response resolved safe", "that does");
	is_text(rig_flag_row(r, "edna").spoken_to, "Paul Clarke", "by name");
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed_late human", "a human confirms");
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "a contact says"), 1,
	    "and Tom hears so");
	rig_close(r);
}

/* ---- safeguarding ------------------------------------------------------ */

struct worry {
	const char *code, *who;
	struct ledger_concern c;
};

static int
do_concern(struct engine *en, void *arg, msec now, struct err *e)
{
	struct worry *w = arg;

	return engine_concern(en, w->code, &w->c, w->who, "page", now, e);
}

static int
print_step(const struct view_step *s, void *arg)
{
	struct buf *b = arg;

	buf_addf(b, "%s %s; ", s->action, s->detail);
	return 0;
}

static int
count_concern(const struct ledger_concern *c, void *arg)
{
	int *n = arg;

	*n += c->words[0] != '\0' && (*n != 1 || c->referred_at != 0);
	return 0;
}

static void
test_concern(void)
{
	struct rig *r = claimed(SCHEME);
	struct ledger_flag f = rig_flag_row(r, "edna");
	struct worry w = { f.code, "tom", { .words = "", .referred_to = "",
		.consent_why = "" } };
	struct resolution how = { .disposition = DISPOSITION_SAFEGUARDING,
		.note = "he takes her pension" };
	struct buf story = BUF_EMPTY;
	struct err e;
	int n = 0;

	ok(strstr(rig_in_turn(r, do_concern, &w), "what is the concern"),
	    "what?");
	w.c.words = "she said: he takes my pension";
	is_text(rig_in_turn(r, do_concern, &w), "", "recorded");
	w.c.referred_to = "adult social care";
	w.c.consent = CONSENT_NOT_SOUGHT;
	ok(strstr(rig_in_turn(r, do_concern, &w), "without their consent"),
	    "why?");
	w.c.consent_why = "he was in the room";
	is_text(rig_in_turn(r, do_concern, &w), "", "and referred");
	is_int(ledger_concerns(r->ledger, f.id, count_concern, &n, &e), 0,
	    "read");
	is_int(n, 2, "both, with when it was referred");
	is_text(rig_resolve_how(r, f.code, "tom", &how), "", "closed as such");
	is_int(view_flag_story(r->ledger, f.id, print_step, &story, &e), 0,
	    "the story");
	ok(strstr(buf_text(&story), "pension") == NULL &&
	    strstr(buf_text(&story), "safeguarding") == NULL,
	    "which volunteers read holds nothing of it: %s",
	    buf_text(&story));
	ok(sqlite3_exec(handle_of(r->ledger), "UPDATE concern SET words = ''",
	    NULL, NULL, NULL) != SQLITE_OK, "nothing is ever changed");
	buf_release(&story);
	rig_close(r);
}

/* ---- a volunteer rings in the machine's place -------------------------- */

static void
test_human(void)
{
#define HUMAN RIG_HEAD RIG_PERSON("edna", "Mrs Edna Clarke",                 \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	"channel = human\n") TEAM
	struct rig *r = rig_open(HUMAN, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	is_text(rig_flag(r, "edna"), "human_call open tom",
	    "at the slot it is on a list");
	rig_run(r, RIG_AT(9, 16));
	is_text(rig_flag(r, "edna"), "human_call open grace",
	    "with the same deadlines");
	rig_run(r, RIG_AT(9, 31));
	is_text(rig_flag(r, "edna"), "human_call open asha",
	    "and the coordinator");
	is_text(rig_claim(r, rig_code(r, "edna"), "grace"), "", "Grace rings");
	is_text(jot(r, "grace", of_kind(NOTE_TRIED_PERSON)), "",
	    "no answer");
	is_text(rig_attempts(r, "edna", "morning", RIG_DATE),
	    "human no_answer", "stands among the attempts");
	is_text(rig_resolve(r, rig_code(r, "edna"), "grace",
	    DISPOSITION_CHAT), "", "then they talked");
	is_text(rig_attempts(r, "edna", "morning", RIG_DATE),
	    "human no_answer, human ok", "as does that");
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed human", "confirmed");
	rig_close(r);
}

int
main(void)
{
	test_steps();
	test_note_is_a_word();
	test_doorstep();
	test_by_text();
	test_decision();
	test_confirm();
	test_contact();
	test_concern();
	test_human();
	return tap_done();
}
