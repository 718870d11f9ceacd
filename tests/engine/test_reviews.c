/*
 * Whose set-up needs a look: each rule raises its review, once, and nobody is
 * alarmed.
 */
#include "rig.h"

#include "ledger/handle.h"

#define CALM RIG_HEAD EDNA WALTER TEAM
#define DAY(n, hour, minute) rig_instant(RIG_DATE + (n), hour, minute)

/* "silent line" of one person. */
static const char *
reviews(struct rig *r, const char *who)
{
	static char all[400];
	struct ledger_review v[64];
	struct err e;
	int n = ledger_reviews_open(r->ledger, 0, v, 64, &e);

	all[0] = '\0';
	for (int i = 0; i < n; i++)
		if (strcmp(v[i].participant, who) == 0)
			snprintf(all + strlen(all), sizeof(all) - strlen(all),
			    "%s%s", all[0] != '\0' ? " " : "",
			    review_kind_name(v[i].kind));
	if (n == -1)
		snprintf(all, sizeof(all), "%.390s", e.text);
	return all;
}

static void
test_silent(void)
{
	struct rig *r = rig_open(CALM, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	is_text(reviews(r, "edna"), "untested", "live without a test");
	for (int d = 0; d < 4; d++) {
		rig_run(r, DAY(d, 11, 0));
		is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
		    DISPOSITION_NOT_LOCATED), "", "day %d", d);
	}
	is_text(reviews(r, "edna"), "untested silent", "three in a fortnight");
	is_text(reviews(r, "walter"), "untested", "not of who answers");
	rig_kill(r);
	rig_start(r, NULL);
	is_text(reviews(r, "edna"), "untested silent",
	    "once, over a restart");
	rig_close(r);
}

struct closing {
	const char *who, *word;
	int64_t id;
};

static int
do_close(struct engine *en, void *arg, msec now, struct err *e)
{
	struct closing *c = arg;

	return engine_review_close(en, c->id, c->who, "page", c->word, now,
	    e);
}

/* An editor can make somebody live of whom that is not so. */
static void
test_no_contact(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM
	    "[participant edna]\nname = Mrs Edna Clarke\ncall_me = Edna\n"
	    "area = Sneinton\nround = morning\nphone = 0115 496 0123\n"
	    "consent = 2026-09-01, spoken\nlive = yes\n"
	    "contact = Mr Brian Clarke, son, 07700 900124\n", "",
	    RIG_AT(7, 0));

	is_text(reviews(r, "edna"), "no_contact untested",
	    "live, and her son has not agreed");
	is_text(reviews(r, "walter"), "untested", "not where it was waived");
	rig_close(r);
}

static void
test_closed(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL
	    " call key 1\n", RIG_AT(7, 0));
	struct closing c = { "tom", "tested", 1 };

	is_text(reviews(r, "walter"), "untested", "raised");
	ok(strstr(rig_in_turn(r, do_close, &c), "only a coordinator"), "who");
	c.who = "asha";
	c.word = "";
	ok(strstr(rig_in_turn(r, do_close, &c), "what was done"), "what");
	c.word = "rang her";
	is_text(rig_in_turn(r, do_close, &c), "", "closed");
	ok(strstr(rig_in_turn(r, do_close, &c), "no open review"), "once");
	rig_run(r, DAY(6, 12, 0));
	is_text(reviews(r, "walter"), "", "it rests");
	rig_run(r, DAY(8, 12, 0));
	is_text(reviews(r, "walter"), "untested", "and comes again");
	is_int(rig_texts_with(r, ASHA_TEXT, "review"), 0, "never alarmed");
	rig_close(r);
}

/* A new person behind a call blocker: the same day. */
static void
test_blocker(void)
{
	struct rig *r = rig_open(CALM, WALTER_CALL " call silent\n" EDNA_CALL
	    " call no-answer\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 5));
	is_text(reviews(r, "walter"), "untested blocker", "the same day");
	is_text(reviews(r, "edna"), "untested", "not of who did not answer");
	rig_close(r);
}

static void
test_absences(void)
{
	struct rig *r = rig_open(CALM, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	is_text(rig_away(r, "edna", ABSENCE_HOSPITAL, 0, 0), "", "hospital");
	is_text(rig_away(r, "walter", ABSENCE_PAUSED, 0, RIG_DATE + 40), "",
	    "a long pause");
	rig_run(r, DAY(6, 12, 0));
	is_text(reviews(r, "edna"), "untested", "not yet");
	is_text(reviews(r, "walter"), "untested long_pause", "a long pause");
	rig_run(r, DAY(7, 12, 0));
	is_text(reviews(r, "edna"), "untested hospital", "a week");
	rig_close(r);
}

/* Counted from rows as the engine leaves them. */
static void
make(struct rig *r, const char *sql)
{
	char *why = NULL;

	ok(sqlite3_exec(handle_of(r->ledger), sql, NULL, NULL, &why) ==
	    SQLITE_OK, "made: %.40s %s", sql, why ? why : "");
	sqlite3_free(why);
}

static void
test_counts(void)
{
	struct rig *r = rig_open(CALM, EDNA_CALL " call key 1\n" WALTER_CALL
	    " call no-such\n", RIG_AT(7, 0));

	/* Walter's line is dead, and he is found each day. */
	for (int d = 0; d < 5; d++) {
		rig_run(r, DAY(d, 12, 0));
		(void)rig_resolve_how(r, rig_code(r, "walter"), "asha",
		    &(struct resolution){ .disposition = DISPOSITION_SAFE,
		    .false_alarm = FALSE_ALARM_LINE_FAULT });
	}
	rig_run(r, DAY(5, 7, 0));
	ok(strstr(reviews(r, "walter"), "false_alarms") != NULL,
	    "false alarms: %s", reviews(r, "walter"));
	/* Edna used to answer the first, and now the third. */
	for (int d = 5; d < 14; d++)
		rig_run(r, DAY(d, 12, 0));
	make(r, "INSERT INTO attempt (ref, checkin, purpose, step, channel,"
	    " number, gateway, state, outcome, rank, sequence, planned_at,"
	    " sent_at, ended_at, lookups, delays, detail) SELECT 'y' ||"
	    " checkin.id || '-' || k, checkin.id, 'again', 1, 'call', '+44',"
	    " 'main', 'ended', 'no_answer', 0, 0, 1, 1, 2, 0, 0, '' FROM"
	    " checkin, (SELECT 1 AS k UNION SELECT 2) WHERE participant ="
	    " 'edna' AND closed_at NOT NULL AND date > 20791 + 6");
	rig_run(r, DAY(14, 7, 0));
	ok(strstr(reviews(r, "edna"), "drift") != NULL, "a drift: %s",
	    reviews(r, "edna"));
	rig_close(r);
}

#define CONTACT "contact = Brian, son, 07700 900124, agreed 2025-11-01"

/* Numbers that nobody has looked at for a year. */
static void
test_contacts(void)
{
	static const struct {
		const char *what, *lines, *want;
	} cases[] = {
		{ "agreed a year ago", CONTACT "\n", "unconfirmed" },
		{ "confirmed since", CONTACT ", confirmed 2026-06-01\n", "" },
		{ "all confirmed since", CONTACT "\nconfirmed = 2026-06-01\n",
		    "" },
		{ "confirmed too long ago", CONTACT
		    "\nconfirmed = 2025-11-20\n", "unconfirmed" },
		{ "nothing is known", "contact = Brian, son, 07700 900124\n",
		    "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *scheme = mem_printf("%s%s%stested = 2026-01-01\n%s",
		    RIG_HEAD, WALTER, cases[i].lines, TEAM);
		struct rig *r = rig_open(scheme, WALTER_CALL " call key 1\n",
		    RIG_AT(7, 0));

		is_text(reviews(r, "walter"), cases[i].want, "%s",
		    cases[i].what);
		rig_close(r);
		free(scheme);
	}
}

/* Eight of the last ten that did not arrive, and not seven. */
static void
test_line(void)
{
	for (int failed = 7; failed <= 8; failed++) {
		struct rig *r = rig_open(CALM, EDNA_CALL " call key 1\n"
		    WALTER_CALL " call key 1\n", RIG_AT(7, 0));
		char *sql = mem_printf("UPDATE attempt SET outcome ="
		    " 'undelivered' WHERE id IN (SELECT attempt.id FROM"
		    " attempt JOIN checkin ON checkin.id = attempt.checkin"
		    " WHERE participant = 'edna' ORDER BY date DESC LIMIT %d)",
		    failed);

		rig_run(r, DAY(11, 12, 0));
		make(r, sql);
		rig_run(r, DAY(12, 7, 0));
		is_int(strstr(reviews(r, "edna"), "line") != NULL,
		    failed == 8, "%d of 10: %s", failed, reviews(r, "edna"));
		is_text(reviews(r, "walter"), "untested", "not of others");
		rig_close(r);
		free(sql);
	}
}

int
main(void)
{
	test_contacts();
	test_line();
	test_silent();
	test_no_contact();
	test_closed();
	test_blocker();
	test_absences();
	test_counts();
	return tap_done();
}
