/*
 * A gateway that cannot reach us: texts are fetched from its list, and what
 * became of ours is asked for.
 */
#include "rig.h"

#define ROUND_OF_TEXTS                                               \
	"[round letters]\n"                                          \
	"days = mon-sun\n"                                           \
	"at = 09:00\n"                                               \
	"ladder = gentle\n"
#define TEXTER(id, name, number) RIG_PERSON(id, "Mrs " name " Clarke",  \
	"call_me = " name "\nround = letters\nchannel = text\n"     \
	"text = " number "\n")
#define EDNA_TEXT_ONLY TEXTER("edna", "Edna", EDNA_TEXT)
#define NAN_TEXT "07700 900124"
#define NAN TEXTER("nan", "Nan", NAN_TEXT)
#define ODA_TEXT "07700 900125"
#define ODA TEXTER("oda", "Oda", ODA_TEXT)
#define SCHEME RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n"        \
	"inbound = poll\npoll_every = 30s\n" RIG_REST ROUND_OF_TEXTS \
	EDNA_TEXT_ONLY NAN ODA TEAM

static struct rig *
open_at(const char *lines, msec now)
{
	rig_polls = true;
	return rig_open(SCHEME, lines, now);
}

/* Everybody of the round, without anything that reaches us. */
static void
test_a_round(void)
{
	struct rig *r = open_at(EDNA_TEXT " text reply \"OK\" after 2m\n"
	    NAN_TEXT " text reply \"help me\" after 1m\n"
	    ODA_TEXT " text silent\n" TOM_TEXT " text silent\n",
	    RIG_AT(8, 50));

	rig_run(r, RIG_AT(9, 4));
	is_text(rig_checkin(r, "edna", "letters", RIG_DATE),
	    "confirmed reply", "who answers is heard within a minute");
	is_text(rig_checkin(r, "nan", "letters", RIG_DATE), "help_requested",
	    "so is who asks for help");
	rig_run(r, RIG_AT(9, 6));
	ok(rig_texts_with(r, TOM_TEXT, "needs") > 0 ||
	    rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) > 0,
	    "and a volunteer is told: %s", rig_text(r, TOM_TEXT));
	rig_run(r, RIG_AT(11, 10));
	is_text(rig_checkin(r, "oda", "letters", RIG_DATE), "no_response",
	    "silence is no good news");
	is_int((int)r->n_answers, 0, "no hook has come at all");
	is_int(rig_incidents(r), 0, "and no trouble");
	rig_close(r);
}

/* Read again, after a restart too, a text is taken once. */
static void
test_once(void)
{
	struct rig *r = open_at("", RIG_AT(8, 50));
	int answers;

	rig_run(r, RIG_AT(9, 1));
	rig_texts(r, EDNA_TEXT, "all well");
	rig_run(r, RIG_AT(9, 3));
	answers = rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0);
	is_int(answers, 2, "asked, and thanked");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 30));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), answers,
	    "thanked once");
	rig_die(r, 3, RIG_BEFORE_COMMIT);
	rig_texts(r, NAN_TEXT, "ok");
	rig_run(r, RIG_AT(9, 40));
	is_int(r->deaths, 1, "it died on the way");
	is_text(rig_checkin(r, "nan", "letters", RIG_DATE), "confirmed reply",
	    "and what came is heard all the same");
	is_int(rig_count(r, CHANNEL_TEXT, NAN_TEXT, 0), 2, "once");
	rig_close(r);
}

/* What waited while we were away: HELP counts whenever it was written, an OK
 * of yesterday is none of today. */
static void
test_late(void)
{
	struct rig *r = open_at("", RIG_AT(8, 50));

	rig_run(r, RIG_AT(21, 0));
	rig_kill(r);
	rig_run(r, RIG_AT(22, 0));
	rig_texts(r, EDNA_TEXT, "ok");
	rig_texts(r, NAN_TEXT, "help");
	rig_run(r, RIG_AT(32, 50));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(33, 10));
	ok(strncmp(rig_checkin(r, "edna", "letters", RIG_DATE + 1),
	    "confirmed", 9) != 0, "an OK of yesterday confirms nothing: %s",
	    rig_checkin(r, "edna", "letters", RIG_DATE + 1));
	ok(strncmp(rig_flag(r, "nan"), "help", 4) == 0, "HELP is heard: %s",
	    rig_flag(r, "nan"));
	rig_close(r);
}

/* A list that cannot be read is told of, and over when it can be. */
static void
test_trouble(void)
{
	struct rig *r = open_at("", RIG_AT(8, 50));

	rig_run(r, RIG_AT(9, 1));
	rig_lines(r, "fault error-before 503 lookups for 10m\n");
	rig_texts(r, EDNA_TEXT, "ok");
	rig_run(r, RIG_AT(9, 6));
	is_int(rig_incidents(r), 1, "one incident");
	ok(rig_mails_with(r, "asha@example.org", "cannot be fetched") == 1,
	    "the coordinator has an e-mail");
	rig_run(r, RIG_AT(9, 13));
	is_int(rig_incidents(r), 0, "it is over");
	is_text(rig_checkin(r, "edna", "letters", RIG_DATE),
	    "confirmed reply", "and what waited is heard");
	rig_close(r);
}

/* What a callback would have told comes by asking. */
static void
test_fates(void)
{
	struct rig *r = open_at(EDNA_TEXT " text undelivered 30005\n"
	    TOM_TEXT " text undelivered 30003\n", RIG_AT(8, 50));

	rig_run(r, RIG_AT(9, 5));
	ok(strstr(rig_attempts(r, "edna", "letters", RIG_DATE),
	    "text bad_number") != NULL, "a number that is none: %s",
	    rig_attempts(r, "edna", "letters", RIG_DATE));
	ok(strstr(rig_attempts(r, "nan", "letters", RIG_DATE),
	    "text accepted") != NULL, "delivered is no word: %s",
	    rig_attempts(r, "nan", "letters", RIG_DATE));
	rig_close(r);
}

/* Modest: some two wake-ups a minute with nothing to do. */
static void
test_modest(void)
{
	struct rig *r = open_at("", RIG_AT(21, 30));
	int turns = 0;

	while (r->now < RIG_AT(22, 30)) {
		msec next = engine_wake(r->engine);

		rig_run(r, next > r->now ? next : r->now + 1);
		turns++;
	}
	ok(turns < 60 * 8, "%d wake-ups in an hour", turns);
	rig_close(r);
}

int
main(void)
{
	test_a_round();
	test_once();
	test_late();
	test_trouble();
	test_fates();
	test_modest();
	return tap_done();
}
