/*
 * A copy of the ledger is put back in the middle of a morning: the gateway is
 * asked before anybody is, and nobody is rung for what was done already.
 */
#include "rig.h"

#define SCHEME RIG_HEAD EDNA WALTER STAN VERA TEAM
#define CALLS(r, number) rig_count(r, CHANNEL_CALL, number, 0)

static void
copy_file(struct rig *r, const char *from, const char *to)
{
	char path[2][160], piece[4096];
	FILE *in, *out;
	size_t n;

	snprintf(path[0], sizeof(path[0]), "%s/%s", r->folder, from);
	snprintf(path[1], sizeof(path[1]), "%s/%s", r->folder, to);
	in = fopen(path[0], "re");
	out = fopen(path[1], "we");
	while (in != NULL && out != NULL &&
	    (n = fread(piece, 1, sizeof(piece), in)) > 0)
		(void)!fwrite(piece, 1, n, out);
	ok(in != NULL && out != NULL && fclose(in) == 0 && fclose(out) == 0,
	    "%s is copied to %s", from, to);
}

/* Lived through until the given minute of the hour after nine, from a copy
 * of ten to nine. */
static struct rig *
put_back(const char *habits, int minute)
{
	struct rig *r = rig_open(SCHEME, habits, RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	/* Closed, it is one file. */
	copy_file(r, "ringround.db", "copy.db");
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, minute));
	rig_kill(r);
	copy_file(r, "copy.db", "ringround.db");
	r->restored = true;
	rig_start(r, NULL);
	return r;
}

/* Two calls were made that nobody answered: they count as two steps. */
static void
test_steps(void)
{
	struct rig *r = put_back(WALTER_CALL " call no-answer, no-answer, "
	    "key 1\n" EDNA_CALL " call key 1\n" COUPLE_CALL " call key 1\n",
	    20);

	is_int(CALLS(r, WALTER_CALL), 2, "two calls, which the copy lacks");
	rig_run(r, RIG_AT(9, 30));
	ok(rig_logged(r, "older than what was done"), "it is noticed");
	is_int(CALLS(r, WALTER_CALL), 2, "he is not rung again at once");
	rig_run(r, RIG_AT(12, 0));
	is_text(rig_attempts(r, "walter", "morning", RIG_DATE),
	    "call no_answer, call no_answer, call ok",
	    "both are adopted, and the third is made");
	is_int(CALLS(r, WALTER_CALL), 3, "three calls in all");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "he is heard");
	rig_close(r);
}

/* Whoever pressed 1 meanwhile is not taken for well: the next step asks. */
static void
test_lost_key(void)
{
	struct rig *r = put_back(EDNA_CALL " call key 1\n" EDNA_TEXT
	    " text reply \"ok\"\n" COUPLE_CALL " call no-answer\n", 10);

	is_int(CALLS(r, EDNA_CALL), 1, "one call, and a key that is lost");
	rig_run(r, RIG_AT(9, 15));
	is_int(CALLS(r, EDNA_CALL), 1, "not rung again at once");
	rig_run(r, RIG_AT(12, 0));
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed key", "but by the next step");
	is_int(CALLS(r, EDNA_CALL), 2, "once");
	ok(strstr(rig_flag(r, "stan"), "open") || strstr(rig_flag(r, "stan"),
	    "claimed"), "and whoever is silent is flagged: %s",
	    rig_flag(r, "stan"));
	rig_close(r);
}

/* A couple: four calls to one number, each asked for by name. */
static void
test_couple(void)
{
	struct rig *r = put_back(COUPLE_CALL " call no-answer\n", 59);
	int before = CALLS(r, COUPLE_CALL);

	ok(before >= 4, "the couple was rung: %d times", before);
	rig_run(r, RIG_AT(13, 0));
	is_int(CALLS(r, COUPLE_CALL), 6, "three times each in all");
	is_int(rig_open_flags(r), 4, "everybody is flagged");
	rig_close(r);
}

/* An ordinary downtime: the gateway knows of nothing, and all are asked. */
static void
test_downtime(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n" EDNA_CALL
	    " call key 1\n" COUPLE_CALL " call key 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 55));
	rig_kill(r);
	rig_run(r, RIG_AT(9, 20));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 22));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "after a downtime: asked within two minutes");
	is_int(CALLS(r, COUPLE_CALL), 2, "and both of a couple");
	rig_close(r);
}

/* Lists fail: people are asked all the same, some minutes later. */
static void
test_no_lists(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n"
	    "fault error-before 503 lookups\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 55));
	rig_kill(r);
	rig_run(r, RIG_AT(9, 20));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 30));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "no list is had: he is asked all the same");
	ok(rig_logged(r, "does not say what it made"), "which is said");
	rig_close(r);
}

/* A copy of the day before: what was made yesterday is not taken for what is
 * asked today. */
static void
test_yesterdays_copy(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call no-answer, "
	    "no-answer, no-answer, no-answer, key 1\n" EDNA_CALL
	    " call key 1\n" EDNA_TEXT " text reply \"OK\"\n"
	    COUPLE_CALL " call key 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	copy_file(r, "ringround.db", "copy.db");
	rig_start(r, NULL);
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 10));
	is_int(CALLS(r, WALTER_CALL), 4, "three calls yesterday, one today");
	rig_kill(r);
	copy_file(r, "copy.db", "ringround.db");
	r->restored = true;
	rig_start(r, NULL);
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 14));
	is_int(CALLS(r, WALTER_CALL), 4, "he is not rung again at once");
	rig_run(r, rig_instant(RIG_DATE + 1, 12, 0));
	is_text(rig_attempts(r, "walter", "morning", RIG_DATE + 1),
	    "call no_answer, call ok", "today's is adopted, and no other");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1),
	    "confirmed key", "he is heard");
	rig_close(r);
}

static void
hear(void *arg, const struct hook_answer *answer)
{
	char *said = arg;

	if (answer != NULL)
		snprintf(said, 800, "%s", buf_text(&answer->body));
}

/* It is put back while people are on the telephone. */
static void
test_help_meanwhile(void)
{
	struct rig *r = put_back(WALTER_CALL " call silent\n", 1);
	struct event ev = {
		.kind = EVENT_KEY, .channel = CHANNEL_CALL, .key = '2',
		.ref = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .hash = { 1 },
		.from = LINE, .to = "+441154960130",
	};

	char said[800] = "";

	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    hear, said);
	rig_run(r, r->now + MSEC_SECOND);
	ok(strstr(rig_flag(r, "walter"), "help") != NULL,
	    "who asks for help in a call that the copy lacks gets it: %s",
	    rig_flag(r, "walter"));
	ok(strstr(said, "Somebody will ring you") != NULL, "and hears so: %s",
	    said);
	rig_close(r);
}

int
main(void)
{
	test_yesterdays_copy();
	test_help_meanwhile();
	test_steps();
	test_lost_key();
	test_couple();
	test_downtime();
	test_no_lists();
	return tap_done();
}
