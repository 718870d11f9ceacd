/*
 * "One of us will ring you by 10:15": what was promised to whoever asked for
 * help is told to whoever takes it, and looked after until a call is noted.
 */
#include "rig.h"

#define SCHEME RIG_HEAD EDNA TEAM
#define ASKED RIG_AT(9, 30)
#define LATE "promised a call by 09:45. Please ring them now"
#define BROKEN "promised a call by 09:45, and none is noted"

static void
say(struct rig *r, const char *number, const char *verb)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s", verb, rig_code(r, "edna"));
	rig_texts(r, number, text);
}

/* Edna asks for help at half past nine, and Tom takes it after a while. */
static struct rig *
asked(msec after)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, ASKED);
	rig_texts(r, EDNA_TEXT, "help");
	ok(strstr(rig_text(r, EDNA_TEXT), "ring you by 09:45"),
	    "she is promised: %s", rig_text(r, EDNA_TEXT));
	rig_run(r, ASKED + after);
	say(r, TOM_TEXT, "YES");
	ok(strstr(rig_text(r, TOM_TEXT), "promised a call by 09:45."),
	    "Tom hears it with the flag: %s", rig_text(r, TOM_TEXT));
	return r;
}

static void
test_kept(void)
{
	struct rig *r = asked(5 * MSEC_MINUTE);

	ok(rig_flag_row(r, "edna").ring_by == ASKED + 15 * MSEC_MINUTE,
	    "it is kept in mind");
	rig_run(r, ASKED + 10 * MSEC_MINUTE);
	say(r, TOM_TEXT, "TRIED");
	ok(rig_flag_row(r, "edna").ring_by == 0, "he has rung her");
	rig_run(r, ASKED + 60 * MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 0,
	    "and is left alone");
	is_int(rig_texts_with(r, ASHA_TEXT, BROKEN), 0, "so is Asha");
	rig_run(r, ASKED + 71 * MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1,
	    "for as long as ever");
	rig_close(r);
}

static void
test_broken(void)
{
	struct rig *r = asked(5 * MSEC_MINUTE);

	rig_run(r, ASKED + 15 * MSEC_MINUTE - MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, LATE), 0, "there is time");
	rig_run(r, ASKED + 15 * MSEC_MINUTE + MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, LATE), 1, "he is reminded");
	is_int(rig_texts_with(r, ASHA_TEXT, BROKEN), 1,
	    "and Asha hears of it");
	rig_run(r, ASKED + 44 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "help claimed tom", "it is his still");
	rig_run(r, ASKED + 46 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "help open grace",
	    "without a word it goes on");
	say(r, GRACE_TEXT, "YES");
	rig_run(r, ASKED + 60 * MSEC_MINUTE);
	is_int(rig_texts_with(r, GRACE_TEXT, LATE), 1,
	    "she is reminded soon");
	is_int(rig_texts_with(r, ASHA_TEXT, BROKEN), 1,
	    "Asha has heard of it already");
	rig_close(r);
}

/* Who takes it at the last minute is not asked in the same. */
static void
test_taken_late(void)
{
	struct rig *r = asked(14 * MSEC_MINUTE);

	rig_run(r, ASKED + 18 * MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, LATE), 0, "he may be ringing");
	rig_run(r, ASKED + 19 * MSEC_MINUTE + MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, LATE), 1, "after five minutes");
	is_text(rig_resolve(r, rig_code(r, "edna"), "tom", DISPOSITION_SAFE),
	    "", "she is safe");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "that is all");
	rig_close(r);
}

/* She asks again: before anybody rang, the first promise stands; after that
 * there is a new one, and whoever has it is told. */
static void
test_again(void)
{
	struct rig *r = asked(2 * MSEC_MINUTE);

	rig_run(r, ASKED + 4 * MSEC_MINUTE);
	rig_texts(r, EDNA_TEXT, "help");
	ok(rig_flag_row(r, "edna").ring_by == ASKED + 15 * MSEC_MINUTE,
	    "the first holds");
	is_int(rig_texts_with(r, TOM_TEXT, "URGENT"), 1, "he knows");
	say(r, TOM_TEXT, "TRIED");
	rig_run(r, ASKED + 8 * MSEC_MINUTE);
	rig_texts(r, EDNA_TEXT, "help");
	rig_run(r, ASKED + 9 * MSEC_MINUTE);
	ok(rig_flag_row(r, "edna").ring_by == ASKED + 23 * MSEC_MINUTE,
	    "then there is another");
	is_int(rig_texts_with(r, TOM_TEXT, "URGENT"), 2, "which he is told");
	is_text(rig_flag(r, "edna"), "help claimed tom", "it stays his");
	rig_run(r, ASKED + 24 * MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "promised a call by 09:53. Please"),
	    1, "and held to");
	rig_close(r);
}

/* A coordinator who has it is told once, as its owner. */
static void
test_coordinator(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, ASKED);
	rig_texts(r, EDNA_TEXT, "help");
	say(r, ASHA_TEXT, "YES");
	rig_run(r, ASKED + 16 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "help claimed asha", "she has it");
	is_int(rig_texts_with(r, ASHA_TEXT, LATE), 1, "she is reminded");
	is_int(rig_texts_with(r, ASHA_TEXT, BROKEN), 0, "and not told twice");
	rig_close(r);
}

int
main(void)
{
	test_coordinator();
	test_kept();
	test_broken();
	test_taken_late();
	test_again();
	return tap_done();
}
