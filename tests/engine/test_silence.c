/*
 * Many are silent at once (domain.md 5): one incident, of which coordinators
 * hear first, and volunteers an hour later at most; but help is never held,
 * nor who is frail, and nobody is forgotten for it.
 */
#include "rig.h"

#include "ledger/handle.h"

#define PEOPLE 20
#define SILENT 8
/* They are flagged in their order, the fifth makes it many. */
#define SOONER 4

/* The last two of the silent are frail. */
static char *
scheme(void)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, RIG_SERVICE RIG_GATEWAY "calls_per_second = 5\n" RIG_REST
	    RIG_MORNING TEAM
	    "[ladder frail]\nstep = 0 call\nstep = 30 call\n"
	    "flag_after = 60m\nhold_in_silence = no\n"
	    "[round frail]\nat = 09:00\nladder = frail\n");
	for (int i = 0; i < PEOPLE; i++)
		buf_addf(&b, "[participant p%02d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 960%03d\n"
		    "text = 07700 9003%02d\narea = Sneinton\nround = %s\n"
		    RIG_LIVE, i, i, i, i >= SILENT - 2 && i < SILENT ?
		    "frail" : "morning");
	return buf_take(&b);
}

/* At one past ten the silent are flagged. */
static struct rig *
silence(void)
{
	char *all = scheme();
	struct buf lines = BUF_EMPTY;
	struct rig *r;

	for (int i = SILENT; i < PEOPLE; i++)
		buf_addf(&lines, "01632 960%03d call key 1\n", i);
	r = rig_open(all, buf_text(&lines), RIG_AT(8, 0));
	rig_run(r, RIG_AT(10, 1));
	is_int(rig_incidents(r), 1, "one incident");
	is_int(rig_open_flags(r), SILENT, "each has their flag");
	free(all);
	buf_release(&lines);
	return r;
}

/* How many volunteers were told of the person's flag so far. */
static int
told_of(struct rig *r, int who)
{
	char id[16], sql[256];
	sqlite3_stmt *s = NULL;
	int n = -1;

	snprintf(id, sizeof(id), "p%02d", who);
	snprintf(sql, sizeof(sql), "SELECT count(DISTINCT volunteer) FROM"
	    " notice JOIN flag ON flag.id = notice.flag WHERE volunteer <>"
	    " 'asha' AND notice.kind = 'flag' AND participant = '%s'", id);
	if (sqlite3_prepare_v2(handle_of(r->ledger), sql, -1, &s, NULL) ==
	    SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

static int
held(struct rig *r)
{
	int n = 0;

	for (int i = 0; i < SILENT; i++)
		n += told_of(r, i) == 0;
	return n;
}

static void
test_held(void)
{
	struct rig *r = silence();

	is_int(rig_texts_with(r, ASHA_TEXT, "of the 20 people"), 1,
	    "the coordinator is told once: %s", rig_text(r, ASHA_TEXT));
	is_int(rig_texts_with(r, ASHA_TEXT, "needs a volunteer"), 0,
	    "and not of each");
	is_int(held(r), SILENT - SOONER - 2, "volunteers are not yet told");
	for (int i = SILENT - 2; i < SILENT; i++)
		is_int(told_of(r, i), 1, "but of the frail (p%02d)", i);
	rig_run(r, RIG_AT(10, 59));
	is_int(held(r), SILENT - SOONER - 2, "so it is for an hour");
	is_int(rig_texts_with(r, ASHA_TEXT, "flags. Please see"), 2,
	    "in which the coordinator is reminded twice");
	rig_run(r, RIG_AT(11, 2));
	is_int(held(r), 0, "then everybody's goes to a volunteer");
	rig_run(r, RIG_AT(11, 20));
	ok(rig_texts_with(r, ASHA_TEXT, "needs a volunteer") > 0,
	    "and to the coordinator");
	rig_close(r);
}

/* What is not the silence's goes its way. */
static void
test_help(void)
{
	struct rig *r = silence();

	rig_texts(r, "07700 900304", "HELP");
	rig_run(r, RIG_AT(10, 2));
	ok(strstr(rig_flag(r, "p04"), "help open") != NULL, "help: %s",
	    rig_flag(r, "p04"));
	ok(told_of(r, 4) > 0, "is told at once");
	ok(rig_texts_with(r, ASHA_TEXT, "URGENT") > 0, "to all");
	rig_texts(r, "07700 900319", "please ring me");
	rig_run(r, RIG_AT(10, 3));
	ok(told_of(r, 19) > 0, "so is anybody's");
	rig_texts(r, "07700 900305", "OK");
	rig_run(r, RIG_AT(11, 2));
	is_text(rig_flag(r, "p05"), "no_response resolved own_word",
	    "their own word ends it");
	is_int(told_of(r, 5), 0, "without a volunteer's minute");
	rig_close(r);
}

/* Whoever takes it has it; given back, it waits with the others. */
static void
test_taken(void)
{
	struct rig *r = silence();

	is_text(rig_claim(r, rig_code(r, "p04"), "asha"), "", "she takes one");
	is_text(rig_hand_over(r, rig_code(r, "p04"), "asha", "tom"), "",
	    "and hands it to Tom, who knows the street");
	rig_run(r, RIG_AT(10, 3));
	is_int(rig_texts_with(r, TOM_TEXT, "would hand flag"), 1, "told");
	rig_run(r, RIG_AT(10, 20));
	ok(strstr(rig_flag(r, "p04"), "open") != NULL, "he does not take it");
	rig_run(r, RIG_AT(11, 2));
	ok(told_of(r, 4) > 0, "it is not forgotten");
	rig_close(r);
}

/* A daemon that dies meanwhile knows on. */
static void
test_restart(void)
{
	struct rig *r = silence();

	rig_run(r, RIG_AT(10, 20));
	rig_kill(r);
	rig_run(r, RIG_AT(10, 25));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(10, 59));
	is_int(held(r), SILENT - SOONER - 2, "held over a restart");
	rig_kill(r);
	rig_run(r, RIG_AT(11, 30));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(11, 32));
	is_int(held(r), 0, "and over when it is");
	rig_close(r);
}

/* The next hour's silence is the same incident, and nothing of it is held. */
static void
test_once_a_day(void)
{
	struct rig *r = silence();

	rig_run(r, RIG_AT(12, 0));
	is_int(rig_incidents(r), 1, "it stands for the day");
	is_int(rig_mails_with(r, "asha@example.org", "many were not heard"), 1,
	    "told once");
	for (int i = 0; i < SILENT; i++) {
		char id[8];

		snprintf(id, sizeof(id), "p%02d", i);
		is_text(rig_resolve(r, rig_code(r, id), "asha",
		    DISPOSITION_SAFE_HELPED), "", "%s is found", id);
	}
	rig_run(r, rig_instant(RIG_DATE + 1, 1, 0));
	is_int(rig_incidents(r), 0, "over with the day");
	rig_run(r, rig_instant(RIG_DATE + 1, 10, 1));
	is_int(rig_incidents(r), 1, "and a new one the next");
	rig_close(r);
}

int
main(void)
{
	test_held();
	test_help();
	test_taken();
	test_restart();
	test_once_a_day();
	return tap_done();
}
