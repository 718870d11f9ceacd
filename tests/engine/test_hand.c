/*
 * A flag on its way from one human to another: by text and by page, taken,
 * declined, lapsed; two who claim at once; and as many as one carries.
 */
#include "rig.h"

#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA TEAM
#define ZOE                                                          \
	"[volunteer zoe]\nname = Zoe Quaye\nmobile = 07700 900204\n" \
	"areas = Sneinton\nduty = mon-sun 18:00-20:00\n"
#define GRACE_TOO                                                    \
	"[volunteer gracie]\nname = Grace Lamb\n"                    \
	"mobile = 07700 900205\nareas = Sneinton\n"                  \
	"duty = mon-sun 08:00-20:00\n"
#define FAR                                                          \
	"[volunteer fay]\nname = Fay Hill\nmobile = 07700 900206\n"  \
	"areas = Bulwell\nduty = mon-sun 08:00-20:00\n"

/* Edna is flagged, and Tom has it. */
static struct rig *
claimed(const char *scheme)
{
	struct rig *r = rig_open(scheme, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 0) + 30 * MSEC_SECOND);
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "Tom has it");
	return r;
}

static void
say(struct rig *r, const char *number, const char *verb, const char *more)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s%s", verb, rig_code(r, "edna"),
	    more);
	rig_texts(r, number, text);
}

static const char *
handed_to(struct rig *r)
{
	static struct ledger_flag f;

	f = rig_flag_row(r, "edna");
	return f.handed_to;
}

static void
test_taken(void)
{
	struct rig *r = claimed(SCHEME);

	say(r, TOM_TEXT, "PASS", " Grace");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "his until she takes it");
	is_text(handed_to(r), "grace", "and on its way to Grace");
	rig_run(r, r->now + MSEC_MINUTE);
	ok(strstr(rig_text(r, GRACE_TEXT), "Tom Reid would hand flag") &&
	    !strstr(rig_text(r, GRACE_TEXT), "Edna"), "she is told: %s",
	    rig_text(r, GRACE_TEXT));
	rig_texts(r, GRACE_TEXT, "yes");
	is_text(rig_flag(r, "edna"), "no_response claimed grace", "hers");
	is_text(handed_to(r), "", "and nobody else's");
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "is Grace Obi's now"), 1,
	    "he hears so");
	rig_run(r, RIG_AT(10, 40));
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 0, "nobody was alarmed");
	rig_close(r);
}

static void
test_not_taken(void)
{
	struct rig *r = claimed(SCHEME);

	is_text(rig_hand_over(r, rig_code(r, "edna"), "tom", "grace"), "",
	    "by page");
	rig_run(r, r->now + 14 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "she has her claim_by, and he has it");
	rig_run(r, r->now + 2 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "then it goes on: nobody else is left but the coordinator");
	is_int(rig_texts_with(r, ASHA_TEXT, "needs a volunteer"), 1, "told");
	is_int(rig_texts_with(r, TOM_TEXT, "not yours any more"), 1,
	    "and so is Tom");
	rig_close(r);

	r = claimed(SCHEME);
	say(r, TOM_TEXT, "give", " to grace obi");
	is_text(handed_to(r), "grace", "given to Grace");
	say(r, GRACE_TEXT, "NO", "");
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "she cannot: on at once");
	rig_close(r);

	r = claimed(SCHEME);
	rig_lines(r, GRACE_TEXT " text undelivered\n");
	say(r, TOM_TEXT, "PASS", " Grace");
	rig_run(r, r->now + 3 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "nor was she reached: soon, not at her deadline");
	rig_close(r);
}

static void
test_to_whom(void)
{
	struct rig *r = claimed(SCHEME ZOE GRACE_TOO FAR);

	say(r, TOM_TEXT, "PASS", " Grace");
	is_text(handed_to(r), "", "there are two of them");
	ok(strstr(rig_text(r, TOM_TEXT), "Grace Lamb (gracie) or Grace Obi "
	    "(grace)"), "so it is asked back: %s", rig_text(r, TOM_TEXT));
	say(r, TOM_TEXT, "PASS", " Gracie please");
	is_text(handed_to(r), "gracie", "an id says which");
	say(r, TOM_TEXT, "PASS", " Grace Obi");
	is_text(handed_to(r), "grace", "a name does, and he may think again");
	say(r, TOM_TEXT, "PASS", " Zoe");
	ok(strstr(rig_text(r, TOM_TEXT), "not on duty"), "Zoe is at home: %s",
	    rig_text(r, TOM_TEXT));
	say(r, TOM_TEXT, "PASS", " Bob");
	ok(strstr(rig_text(r, TOM_TEXT), "nobody of the team"), "who? %s",
	    rig_text(r, TOM_TEXT));
	say(r, TOM_TEXT, "PASS", " Fay");
	ok(strstr(rig_text(r, TOM_TEXT), "not in an area"), "elsewhere: %s",
	    rig_text(r, TOM_TEXT));
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_count(r, CHANNEL_TEXT, "07700 900204", 0), 0,
	    "who is off duty hears nothing");
	say(r, "07700 900205", "PASS", " Fay");
	ok(strstr(rig_text(r, "07700 900205"), "Tom Reid has flag"),
	    "only its owner hands it over: %s", rig_text(r, "07700 900205"));
	is_text(rig_hand_over(r, rig_code(r, "edna"), "asha", "asha"), "",
	    "the coordinator takes it");
	is_text(rig_flag(r, "edna"), "no_response claimed asha", "at once");
	rig_close(r);
}

/* What nobody has: whoever hands it over has it until then. */
static void
test_open(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_text(rig_hand_over(r, rig_code(r, "edna"), "asha", "grace"), "",
	    "the coordinator gives it to Grace");
	is_text(rig_flag(r, "edna"), "no_response claimed asha",
	    "and has it till then");
	is_text(rig_claim(r, rig_code(r, "edna"), "grace"), "", "taken");
	is_text(rig_flag(r, "edna"), "no_response claimed grace", "hers");
	rig_close(r);
}

struct both {
	const char *code;
	char why[2][480];
};

static int
claim_both(struct engine *en, void *arg, msec now, struct err *e)
{
	static const char *const who[] = { "tom", "grace" };
	struct both *b = arg;

	(void)e;
	for (int i = 0; i < 2; i++) {
		struct err why = { "" };

		if (engine_claim(en, b->code, who[i], "text", now,
		    &why) == -1)
			snprintf(b->why[i], sizeof(b->why[i]), "%s",
			    why.text);
	}
	return 0;
}

/* In the same turn one gets it, the other is told who has it. */
static void
test_at_once(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));
	struct both b = { .code = NULL };
	char lines[200], code[LEDGER_CODE_SIZE];

	rig_run(r, RIG_AT(10, 1));
	b.code = rig_code(r, "edna");
	is_text(rig_in_turn(r, claim_both, &b), "", "both at once");
	is_text(b.why[0], "", "one gets it");
	ok(strstr(b.why[1], "Tom Reid has flag") != NULL, "the other hears "
	    "who: %s", b.why[1]);
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 1));
	snprintf(code, sizeof(code), "%s", rig_code(r, "edna"));
	snprintf(lines, sizeof(lines), "%s texts \"YES %s\" to %s\n"
	    "%s texts \"YES %s\" to %s\n", TOM_TEXT, code, LETTERBOX,
	    GRACE_TEXT, code, LETTERBOX);
	rig_lines(r, lines);
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "is yours") +
	    rig_texts_with(r, GRACE_TEXT, "is yours"), 1, "one of two texts");
	is_int(rig_texts_with(r, TOM_TEXT, "already") +
	    rig_texts_with(r, GRACE_TEXT, "already"), 1, "not the other");
	rig_close(r);
}

static void
test_carries(void)
{
#define ONE "[volunteer tom]\nname = Tom Reid\nmobile = 07700 900202\n"  \
	"areas = Sneinton\nduty = mon-sun 08:00-20:00\ncarries = 1\n"
	struct rig *r = rig_open(RIG_HEAD EDNA WALTER ASHA ONE GRACE, "",
	    RIG_AT(7, 0));
	char code[LEDGER_CODE_SIZE];

	rig_run(r, RIG_AT(10, 5));
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "his first");
	snprintf(code, sizeof(code), "%s", rig_code(r, "walter"));
	ok(strstr(rig_claim(r, code, "tom"), "as many as may be") != NULL,
	    "no second");
	ok(strstr(rig_hand_over(r, code, "asha", "tom"), "as many") != NULL,
	    "nor by hand-over");
	is_text(rig_flag(r, "walter"), "no_response open grace",
	    "it stays where it was");
	is_text(rig_claim(r, code, "asha"), "", "a coordinator may");
	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_SAFE), "", "he has room again");
	is_text(rig_hand_over(r, code, "asha", "tom"), "", "now");
	rig_close(r);
}

/* Every step stands in the record: who, what, from where. */
static void
test_recorded(void)
{
	struct rig *r = claimed(SCHEME);
	sqlite3_stmt *s;
	char all[400] = "";

	say(r, TOM_TEXT, "PASS", " Grace");
	is_text(rig_claim(r, rig_code(r, "edna"), "grace"), "", "taken");
	sqlite3_prepare_v2(handle_of(r->ledger), "SELECT who || ' ' || way ||"
	    " ' ' || action || ' ' || coalesce(detail, '') FROM decision"
	    " ORDER BY id", -1, &s, NULL);
	while (sqlite3_step(s) == SQLITE_ROW)
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s; ",
		    (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	is_text(all, "tom socket claim ; tom text hand_over grace; "
	    "grace socket claim ; ", "all of it");
	rig_close(r);
}

int
main(void)
{
	test_taken();
	test_not_taken();
	test_to_whom();
	test_open();
	test_at_once();
	test_carries();
	test_recorded();
	return tap_done();
}
