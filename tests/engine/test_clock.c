/*
 * The machine's clock is set while the daemon runs: forward and back, by
 * minutes, hours and days.
 */
#include "rig.h"

#define SCHEME RIG_HEAD WALTER TEAM
#define WELL WALTER_CALL " call key 1\n"
#define ASHA_MAIL "asha@example.org"

static int
calls(struct rig *r)
{
	return rig_count(r, CHANNEL_CALL, WALTER_CALL, 0);
}

/* At the engine's own time. */
static void
run_to(struct rig *r, msec at)
{
	rig_run(r, at - r->skew);
}

static void
test_forward_minutes(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 57));
	rig_step_clock(r, 5 * MSEC_MINUTE);
	run_to(r, RIG_AT(9, 10));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "five minutes forward: asked at once");
	is_int(calls(r), 1, "once");
	is_int(rig_mails_with(r, ASHA_MAIL, "clock"), 0,
	    "and that is worth nobody's minute");
	ok(rig_logged(r, "set forward by 5 min"), "it is in the journal");
	rig_close(r);
}

static void
test_forward_hours(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 30));
	rig_step_clock(r, MSEC_HOUR);
	run_to(r, RIG_AT(9, 40));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "an hour forward: asked late");
	is_int(rig_mails_with(r, ASHA_MAIL, "clock went forward"), 1,
	    "the coordinator hears of it by e-mail");
	is_int(rig_texts_with(r, ASHA_TEXT, "60 min forward"), 1,
	    "and by text");
	rig_close(r);

	r = rig_open(SCHEME, WELL, RIG_AT(7, 0));
	rig_run(r, RIG_AT(8, 30));
	rig_step_clock(r, 3 * MSEC_HOUR);
	run_to(r, RIG_AT(11, 40));
	ok(strncmp(rig_checkin(r, "walter", "morning", RIG_DATE), "missed",
	    6) == 0, "three hours forward: missed");
	ok(strncmp(rig_flag(r, "walter"), "missed", 6) == 0, "and flagged");
	is_int(calls(r), 0, "not asked at the wrong time");
	run_to(r, rig_instant(RIG_DATE + 1, 9, 10));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1),
	    "confirmed key", "the next day is as ever");
	rig_close(r);
}

static void
test_forward_days(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));

	rig_run(r, RIG_AT(12, 0));
	is_int(calls(r), 1, "a day as ever");
	rig_step_clock(r, 3 * MSEC_DAY);
	run_to(r, rig_instant(RIG_DATE + 3, 12, 30));
	for (int d = 1; d <= 3; d++)
		ok(strncmp(rig_checkin(r, "walter", "morning", RIG_DATE + d),
		    "missed", 6) == 0, "three days forward: day %d is missed",
		    d);
	is_int(rig_open_flags(r), 1, "one flag for all of them");
	is_int(rig_mails_with(r, ASHA_MAIL, "clock went forward"), 1,
	    "the coordinator hears of the clock");
	is_int(calls(r), 1, "nobody is asked for days that are gone");
	run_to(r, rig_instant(RIG_DATE + 4, 9, 30));
	is_int(calls(r), 2, "and it goes on");
	rig_close(r);
}

static void
test_back_a_little(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	is_int(calls(r), 1, "asked at nine");
	rig_step_clock(r, -90 * MSEC_SECOND);
	run_to(r, RIG_AT(9, 30));
	is_int(calls(r), 1, "nine o'clock comes again: not asked again");
	rig_step_clock(r, -5 * MSEC_MINUTE);
	ok(engine_why_silent(r->engine), "five minutes back: nobody is asked");
	run_to(r, RIG_AT(9, 31));
	ok(!engine_why_silent(r->engine), "until it has caught up");
	is_int(rig_mails_with(r, ASHA_MAIL, "clock"), 0,
	    "which nobody has to know");
	is_int(rig_incidents(r), 0, "no incident");
	rig_close(r);
}

static void
test_back_hours(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 0));
	rig_step_clock(r, -2 * MSEC_HOUR);
	run_to(r, RIG_AT(8, 1));
	is_int(rig_mails_with(r, ASHA_MAIL, "clock is wrong"), 1,
	    "two hours back: the coordinator hears by e-mail");
	is_int(rig_texts_with(r, ASHA_TEXT, "behind"), 1, "and by text");
	is_int(rig_incidents(r), 1, "it is an incident");
	run_to(r, RIG_AT(9, 30));
	is_int(calls(r), 1, "nine o'clock comes again: not asked again");
	run_to(r, RIG_AT(10, 30));
	ok(!engine_why_silent(r->engine), "it has caught up");
	is_int(rig_incidents(r), 0, "the incident has ended");
	is_int(rig_mails_with(r, ASHA_MAIL, "clock is wrong"), 1,
	    "told once");
	run_to(r, rig_instant(RIG_DATE + 1, 10, 0));
	is_int(calls(r), 2, "the next day is as ever");
	rig_close(r);
}

/* Somebody asks for help while nobody may be asked. */
static void
test_back_days(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA TEAM, EDNA_CALL " call key 1\n"
	    TOM_TEXT " text reply \"YES {code}\"\n",
	    rig_instant(RIG_DATE - 3, 7, 0));
	int before;

	rig_run(r, RIG_AT(12, 0));
	before = rig_count(r, CHANNEL_CALL, EDNA_CALL, 0);
	is_int(before, 4, "four days as ever");
	rig_step_clock(r, -3 * MSEC_DAY);
	run_to(r, rig_instant(RIG_DATE - 3, 13, 0));
	rig_texts(r, EDNA_TEXT, "help");
	run_to(r, rig_instant(RIG_DATE - 3, 13, 30));
	ok(strncmp(rig_flag(r, "edna"), "help", 4) == 0,
	    "three days back: a call for help is taken");
	is_text(rig_flag(r, "edna"), "help claimed tom",
	    "and a volunteer has it");
	run_to(r, RIG_AT(11, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), before,
	    "those days come again, and nobody is asked twice");
	run_to(r, rig_instant(RIG_DATE + 1, 10, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), before + 1,
	    "until it has caught up");
	rig_close(r);
}

/* It was too far ahead, and an administrator says that it is right now. */
static void
test_accepted(void)
{
	struct rig *r = rig_open(SCHEME, WELL, RIG_AT(7, 0));
	struct err e;

	rig_run(r, RIG_AT(8, 0));
	rig_step_clock(r, 30 * MSEC_DAY);
	run_to(r, rig_instant(RIG_DATE + 30, 8, 5));
	rig_kill(r);
	r->skew = 0;
	rig_start(r, NULL);
	ok(engine_why_silent(r->engine), "back by 30 days: nobody is asked");
	is_int(ledger_rewind(r->ledger, r->now, &e), 0, "it is accepted");
	rig_run(r, r->now + MSEC_MINUTE);
	ok(!engine_why_silent(r->engine), "and all goes on");
	ok(strstr(rig_flag(r, "walter"), "missed open"),
	    "whose turn it was meanwhile stands on the list");
	rig_run(r, rig_instant(RIG_DATE + 2, 9, 10));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 2),
	    "confirmed key", "and is asked from the day after tomorrow");
	is_int(calls(r), 1, "once");
	rig_close(r);
}

int
main(void)
{
	test_forward_minutes();
	test_forward_hours();
	test_forward_days();
	test_back_a_little();
	test_back_hours();
	test_back_days();
	test_accepted();
	return tap_done();
}
