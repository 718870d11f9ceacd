/*
 * Test calls and texts: what confirms one, what does not, and who is never
 * rung by one.
 */
#include "rig.h"

#include "ledger/trials.h"

#define NOT_LIVE(id, name, more)                                     \
	"[participant " id "]\nname = Mrs " name "\ncall_me = " name \
	"\nround = morning\nconsent = 2026-09-01, spoken\n" more
#define DORIS NOT_LIVE("doris", "Doris", "phone = 0115 496 0160\n")
#define DORIS_CALL "0115 496 0160"
#define LILY NOT_LIVE("lily", "Lily", "text = 07700 900162\n")
#define LILY_TEXT "07700 900162"
#define SCHEME RIG_HEAD DORIS LILY WALTER TEAM

struct trying {
	const char *id, *by, *who;
};

static int
do_try(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct trying *t = arg;

	return engine_try(en, t->id, t->by, t->who, "page", now, e);
}

static const char *
try(struct rig *r, const char *id, const char *by, const char *who)
{
	struct trying t = { id, by, who };

	return rig_in_turn(r, do_try, &t);
}

/* "call ok key": channel, outcome, and what confirmed it. */
static const char *
newest(struct rig *r, const char *id)
{
	static char said[80];
	struct ledger_trial t;
	struct err e;

	if (ledger_trial_newest(r->ledger, id, &t, &e) != 1)
		return "none";
	snprintf(said, sizeof(said), "%s %s %s", channel_name(t.channel),
	    t.outcome != OUTCOME_NONE ? outcome_name(t.outcome) : "-",
	    t.confirmed_at != 0 ? confirmed_by_name(t.confirmed_by) : "-");
	return said;
}

static struct rig *
begin(const char *lines)
{
	return rig_open(SCHEME, lines, RIG_AT(10, 0));
}

static void
test_call(void)
{
	struct rig *r = begin(DORIS_CALL " call key 1\n" WALTER_CALL
	    " call key 1\n");

	is_text(newest(r, "doris"), "none", "nobody has tried");
	is_text(try(r, "doris", "", "asha"), "", "ordered");
	rig_run(r, RIG_AT(10, 5));
	is_text(newest(r, "doris"), "call ok key", "key 1 confirms");
	is_int(rig_count(r, CHANNEL_CALL, DORIS_CALL, 0), 1, "one call");
	ok(rig_said(r, "Thank you Doris") == 1, "she hears it");
	is_int(rig_open_flags(r), 0, "no flag");
	rig_run(r, rig_instant(RIG_DATE + 1, 12, 0));
	is_int(rig_count(r, CHANNEL_CALL, DORIS_CALL, 0), 1,
	    "live she is by a human's word alone");
	rig_close(r);
}

static void
test_not_confirmed(void)
{
	struct rig *r = begin(DORIS_CALL " call no-answer\n");

	is_text(try(r, "doris", "call", "asha"), "", "ordered");
	rig_run(r, RIG_AT(10, 10));
	is_text(newest(r, "doris"), "call no_answer -", "no answer is none");
	rig_lines(r, DORIS_CALL " call silent\n");
	is_text(try(r, "doris", "call", "asha"), "", "again");
	rig_run(r, RIG_AT(10, 20));
	is_text(newest(r, "doris"), "call no_key -", "a voice is none");
	is_int(rig_open_flags(r), 0, "and nobody is alarmed");
	rig_close(r);
}

/* A plea is one in a test, too. */
static void
test_help(void)
{
	struct rig *r = begin(DORIS_CALL " call key 2\n");

	is_text(try(r, "doris", "", "asha"), "", "ordered");
	rig_run(r, RIG_AT(10, 5));
	ok(strncmp(rig_flag(r, "doris"), "help ", 5) == 0, "flagged: %s",
	    rig_flag(r, "doris"));
	is_text(newest(r, "doris"), "call help -", "and not confirmed");
	rig_close(r);
}

static void
test_text(void)
{
	struct rig *r = begin("");

	is_text(try(r, "lily", "", "asha"), "", "ordered");
	rig_run(r, RIG_AT(10, 5));
	is_text(newest(r, "lily"), "text ok -", "a receipt is no word");
	rig_texts(r, LILY_TEXT, "who is this?");
	rig_run(r, RIG_AT(10, 6));
	is_text(newest(r, "lily"), "text ok -", "nor is a question");
	is_int(rig_open_flags(r), 1, "which a human reads");
	rig_texts(r, LILY_TEXT, "Yes I am fine thanks");
	rig_run(r, RIG_AT(10, 8));
	is_text(newest(r, "lily"), "text ok reply", "OK confirms");
	is_int(rig_texts_with(r, LILY_TEXT, "thank you Lily"), 1,
	    "she is thanked");
	is_int(rig_open_flags(r), 1, "and no second flag");
	rig_close(r);
}

/* Who is live all the same, by hand: their OK is both. */
static void
test_live(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA TEAM, EDNA_CALL " call key 1\n",
	    RIG_AT(8, 30));
	struct ledger_review v[4];
	struct err e;

	is_int(ledger_reviews_open(r->ledger, 0, v, 4, &e), 1,
	    "live without a test: a review");
	is_text(try(r, "edna", "text", "asha"), "", "ordered");
	rig_run(r, RIG_AT(8, 35));
	rig_texts(r, EDNA_TEXT, "ok");
	rig_run(r, RIG_AT(9, 30));
	is_text(newest(r, "edna"), "text ok reply", "confirmed");
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "confirmed reply", "and so is today");
	ok(ledger_review_close(r->ledger, v[0].id, "asha", "tried", r->now,
	    &e) == 1 && ledger_commit(r->ledger, &e) == LEDGER_OK, "closed");
	rig_run(r, rig_instant(RIG_DATE + 20, 12, 0));
	is_int(ledger_reviews_open(r->ledger, 0, v, 4, &e), 0,
	    "and not raised again");
	rig_close(r);
}

static void
refused(struct rig *r, const char *id, const char *by, const char *who,
    const char *why)
{
	const char *said = try(r, id, by, who);

	ok(strstr(said, why) != NULL, "refused, %s: %s", why, said);
}

static void
test_refused(void)
{
	struct rig *r = begin(DORIS_CALL " call no-answer\n");

	refused(r, "doris", "", "tom", "only a coordinator");
	refused(r, "nobody", "", "asha", "no participant nobody");
	refused(r, "doris", "text", "asha", "no number for it");
	refused(r, "doris", "human", "asha", "call or text");
	is_text(rig_away(r, "lily", ABSENCE_HOSPITAL, 0, 0), "", "hospital");
	refused(r, "lily", "", "asha", "hospital");
	is_text(rig_hold(r, ""), "", "a hold");
	refused(r, "doris", "", "asha", "on hold");
	is_text(rig_resume(r, ""), "", "no hold");
	for (int i = 0; i < 5; i++) {
		is_text(try(r, "doris", "", "asha"), "", "ordered");
		refused(r, "doris", "", "asha", "under way");
		rig_run(r, r->now + 10 * MSEC_MINUTE);
	}
	refused(r, "doris", "", "asha", "5 tests in a day");
	rig_run(r, rig_instant(RIG_DATE + 2, 20, 30));
	refused(r, "doris", "", "asha", "contact hours");
	is_int(rig_count(r, CHANNEL_CALL, DORIS_CALL, 0), 5, "no more calls");
	rig_close(r);
}

/* The engine dies around each of its commits: one call, and its word. */
static void
test_death(void)
{
	for (int n = 1; n <= 4; n++) {
		struct rig *r = begin(DORIS_CALL " call key 1\n");

		is_text(try(r, "doris", "", "asha"), "", "ordered");
		rig_die(r, n, n % 2 ? RIG_BEFORE_COMMIT : RIG_AFTER_COMMIT);
		rig_run(r, RIG_AT(11, 30));
		ok(rig_count(r, CHANNEL_CALL, DORIS_CALL, 0) <= 1,
		    "death %d: one call", n);
		ok(rig_made(r) <= 1, "death %d: and no other", n);
		rig_close(r);
	}
}

int
main(void)
{
	test_call();
	test_not_confirmed();
	test_help();
	test_text();
	test_live();
	test_refused();
	test_death();
	return tap_done();
}
