/*
 * One person is asked: what each answer, and each silence, leads to.
 */
#include "rig.h"

#define SCHEME RIG_HEAD EDNA TEAM
#define MORNING "morning", RIG_DATE

static void
test_key_one(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n",
	    RIG_AT(7, 0));

	is_text(rig_checkin(r, "edna", MORNING), "due", "planned ahead");
	rig_run(r, RIG_AT(8, 59));
	is_int(r->n_creates, 0, "nobody is asked before the slot");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "edna", MORNING), "confirmed key", "key 1");
	is_text(rig_attempts(r, "edna", MORNING), "call ok", "one call");
	is_text(rig_clock(rig_nth(r, CHANNEL_CALL, EDNA_CALL, 0)), "09:00",
	    "at the slot");
	ok(rig_said(r, "Thank you"), "and is thanked");
	rig_run(r, RIG_AT(23, 0));
	is_int(r->n_creates, 1, "no more is made of it");
	is_int(rig_open_flags(r), 0, "no flag");
	rig_close(r);
}

static void
test_key_two(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 2\n"
	    EDNA_CALL " call key 1\n" TOM_TEXT " text silent\n",
	    RIG_AT(7, 0));

	rig_lines(r, EDNA_CALL " call key 2\n");
	rig_run(r, RIG_AT(9, 2));
	is_text(rig_checkin(r, "edna", MORNING), "help_requested", "key 2");
	is_text(rig_attempts(r, "edna", MORNING), "call help", "one call");
	ok(rig_said(r, "Somebody will ring you"), "and hears who rings");
	is_text(rig_flag(r, "edna"), "help open tom", "flagged at once");
	is_int(rig_texts_with(r, TOM_TEXT, "URGENT"), 1, "a volunteer");
	is_int(rig_texts_with(r, ASHA_TEXT, "URGENT"), 1, "the coordinator");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 1,
	    "the ladder has ended");
	/* A later OK does not take back a call for help. */
	rig_texts(r, EDNA_TEXT, "ok");
	rig_run(r, r->now + MSEC_MINUTE);
	is_text(rig_checkin(r, "edna", MORNING), "help_requested",
	    "help is never confirmed away");
	ok(strstr(rig_flag(r, "edna"), "help open"), "nor is its flag");
	is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
	    DISPOSITION_SAFE_HELPED), "", "a human closes it");
	is_text(rig_checkin(r, "edna", MORNING), "help_requested",
	    "what was asked for stays in the record");
	rig_close(r);
}

static void
test_key_nine(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 9 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "edna", MORNING), "confirmed key",
	    "9 hears it again, then 1");
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 1, "in one call");
	rig_close(r);

	r = rig_open(SCHEME, EDNA_CALL " call key 7 5 1\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "edna", MORNING), "confirmed key",
	    "wrong keys are asked again");
	rig_close(r);
}

static void
test_silence(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call silent\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 10));
	is_text(rig_checkin(r, "edna", MORNING), "asking",
	    "an answered call is no good news");
	is_text(rig_attempts(r, "edna", MORNING), "call no_key", "no key");
	rig_close(r);

	r = rig_open(SCHEME, EDNA_CALL " call voicemail\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 10));
	is_text(rig_checkin(r, "edna", MORNING), "asking",
	    "nor is a voicemail");
	is_int(rig_said(r, "Please ring 0 1 1 5, 4 9 6, 0 9 9 9."), 1,
	    "on which stays how to ring us back");
	rig_close(r);

	r = rig_open(SCHEME, EDNA_TEXT " text silent\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 20));
	is_text(rig_attempts(r, "edna", MORNING),
	    "call no_answer, call no_answer, text accepted",
	    "a receipt is no reply");
	is_text(rig_checkin(r, "edna", MORNING), "asking", "nor an OK");
	rig_close(r);
}

/* No answer three times: the whole way to the coordinator. */
static void
test_ladder(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 59));
	is_text(rig_clock(rig_nth(r, CHANNEL_CALL, EDNA_CALL, 1)), "09:15",
	    "the second call");
	is_text(rig_clock(rig_nth(r, CHANNEL_TEXT, EDNA_TEXT, 0)), "09:15",
	    "and a text beside it");
	is_text(rig_clock(rig_nth(r, CHANNEL_CALL, "07700 900129", 0)),
	    "09:30", "the alternate");
	is_int(r->creates[0].ring, 45 * MSEC_SECOND, "rings 45 s");
	is_int(rig_open_flags(r), 0, "no flag before its time");
	rig_run(r, RIG_AT(10, 0));
	rig_run(r, r->now + 10 * MSEC_SECOND);
	is_text(rig_checkin(r, "edna", MORNING), "no_response", "at 60");
	is_text(rig_attempts(r, "edna", MORNING), "call no_answer, "
	    "call no_answer, text no_reply, call no_answer", "four");
	is_text(rig_flag(r, "edna"), "no_response open tom", "a volunteer");
	is_int(rig_texts_with(r, TOM_TEXT, "10:15"), 1, "has until 10:15");
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 1, "by e-mail");
	is_int(rig_texts_with(r, ASHA_TEXT, ""), 0, "no coordinator yet");
	rig_run(r, RIG_AT(10, 16));
	is_text(rig_flag(r, "edna"), "no_response open grace", "the next");
	rig_run(r, RIG_AT(10, 31));
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 1, "the coordinator");
	rig_run(r, RIG_AT(11, 2));
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 3, "every 15 minutes");
	is_int(rig_texts_with(r, TOM_TEXT, ""), 1, "each of the others once");
	is_int(rig_texts_with(r, GRACE_TEXT, ""), 1, "so it is");
	rig_close(r);
}

static void
test_busy(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL
	    " call busy, key 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 14));
	is_text(rig_attempts(r, "walter", MORNING), "call busy, call ok",
	    "tried again");
	is_text(rig_clock(rig_nth(r, CHANNEL_CALL, WALTER_CALL, 1)), "09:10",
	    "after ten minutes");
	rig_close(r);

	r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL " call busy\n",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 59));
	is_text(rig_attempts(r, "walter", MORNING), "call busy, call busy, "
	    "call busy, call busy, call busy, call busy, call refused",
	    "0 10 15 25 30 40, and the day's cap at 50");
	rig_run(r, RIG_AT(10, 1));
	is_text(rig_checkin(r, "walter", MORNING), "no_response",
	    "and flagged all the same");
	rig_close(r);
}

static void
test_numbers_that_are_none(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL
	    " call no-such\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_text(rig_checkin(r, "walter", MORNING), "undelivered",
	    "the number could not be reached");
	ok(strstr(rig_flag(r, "walter"), "undelivered open"), "its flag");
	rig_close(r);

	r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL " call refused\n",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 1));
	is_text(rig_checkin(r, "walter", MORNING), "undelivered",
	    "refused by the gateway");
	rig_close(r);
}

int
main(void)
{
	test_key_one();
	test_key_two();
	test_key_nine();
	test_silence();
	test_ladder();
	test_busy();
	test_numbers_that_are_none();
	return tap_done();
}
