/*
 * One that makes its own handling fail: it is undone, set aside and told, and
 * the others of its turn are kept.
 */
#include "rig.h"

#include "ledger/handle.h"

#define SCHEME RIG_HEAD WALTER EDNA TEAM
#define MORNING "morning", RIG_DATE
#define NO_CONFIRMING "CREATE TEMP TRIGGER spoil BEFORE UPDATE ON "	\
	"main.checkin WHEN OLD.participant = 'walter' AND "		\
	"NEW.state = 'confirmed' BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
#define NO_HELPING "CREATE TEMP TRIGGER spoil BEFORE UPDATE ON "	\
	"main.checkin WHEN NEW.state = 'help_requested' "		\
	"BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
#define NO_CALLS "CREATE TEMP TRIGGER spoil BEFORE INSERT ON "		\
	"main.attempt WHEN NEW.number = '+441154960130' "		\
	"BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
#define NO_UNKNOWN "CREATE TEMP TRIGGER spoil BEFORE INSERT ON "	\
	"main.callback WHEN NEW.kind = 'unknown' "			\
	"BEGIN SELECT RAISE(ABORT, 'spoilt'); END"

static void
sql(struct rig *r, const char *text)
{
	is_int(sqlite3_exec(handle_of(r->ledger), text, NULL, NULL, NULL),
	    SQLITE_OK, "the ledger is disturbed, or is so no more");
}

static int64_t
number(struct rig *r, const char *text)
{
	sqlite3_stmt *s;
	int64_t n = -1;

	if (sqlite3_prepare_v2(handle_of(r->ledger), text, -1, &s, NULL) ==
	    SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* ---- hooks of ours ----------------------------------------------------- */

struct heard {
	int taken, refused;
};

static void
answered(void *arg, const struct hook_answer *answer)
{
	struct heard *h = arg;

	if (answer != NULL)
		h->taken++;
	else
		h->refused++;
}

static const char *
ref_of(struct rig *r, const char *number)
{
	char to[LEDGER_NUMBER_SIZE];

	rig_e164(number, to);
	for (size_t i = 0; i < r->n_creates; i++)
		if (strcmp(r->creates[i].to, to) == 0)
			return r->creates[i].ref;
	return "";
}

static void
post(struct rig *r, enum event_kind kind, const char *ref, char key, int tag,
    struct heard *ret)
{
	struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = kind;
	ev.key = key;
	ev.sequence = -1;
	snprintf(ev.ref, sizeof(ev.ref), "%s", ref);
	memcpy(ev.hash, &tag, sizeof(tag));
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    answered, ret);
}

static void
test_hook(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(8, 59));
	struct heard walter = { 0, 0 }, edna = { 0, 0 }, others = { 0, 0 };

	r->may_stumble = true;
	rig_run(r, RIG_AT(9, 0) + 20 * MSEC_SECOND);
	sql(r, NO_CONFIRMING);
	for (int i = 0; i < 20; i++)
		post(r, EVENT_UNKNOWN, "", 0, 100 + i, &others);
	post(r, EVENT_KEY, ref_of(r, WALTER_CALL), '1', 1, &walter);
	post(r, EVENT_KEY, ref_of(r, EDNA_CALL), '1', 2, &edna);
	for (int i = 0; i < 20; i++)
		post(r, EVENT_UNKNOWN, "", 0, 200 + i, &others);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(walter.refused, 1, "the gateway is told to come again");
	is_int(edna.taken, 1, "the one behind it is taken");
	is_int(others.taken, 40, "and all the others of the turn");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed key",
	    "what they say is kept");
	is_text(rig_checkin(r, "walter", MORNING), "asking",
	    "nothing is half done");
	ok(strstr(rig_flag(r, "walter"), "unclear_reply") != NULL,
	    "a human looks after whoever spoke: %s", rig_flag(r, "walter"));
	is_int(number(r, "SELECT count(*) FROM aside WHERE kind = 'hook' "
	    "AND times = 1 AND content LIKE '%key=1%'"), 1, "it is set aside");
	post(r, EVENT_KEY, ref_of(r, WALTER_CALL), '1', 1, &walter);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(walter.taken, 1, "the second time it is acknowledged");
	is_int(number(r, "SELECT times FROM aside"), 2, "and counted");
	is_int(number(r, "SELECT count(*) FROM incident "
	    "WHERE kind = 'set_aside'"), 1, "one incident");
	rig_run(r, RIG_AT(11, 0));
	is_int(rig_mails_with(r, "asha@example.org", "could not be dealt"), 1,
	    "told once");
	is_text(rig_checkin(r, "walter", MORNING), "no_response",
	    "the deadline stood");
	rig_close(r);
}

/* A call for help that cannot be dealt with is a call for help. */
static void
test_help(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(8, 59));
	struct heard h = { 0, 0 };

	r->may_stumble = true;
	rig_run(r, RIG_AT(9, 0) + 20 * MSEC_SECOND);
	sql(r, NO_HELPING);
	post(r, EVENT_KEY, ref_of(r, WALTER_CALL), '2', 1, &h);
	rig_run(r, r->now + 5 * MSEC_SECOND);
	is_int(h.refused, 1, "the gateway is told to come again");
	ok(strncmp(rig_flag(r, "walter"), "help", 4) == 0,
	    "and humans are told at once: %s", rig_flag(r, "walter"));
	ok(rig_texts_with(r, ASHA_TEXT, "URGENT") > 0, "as of help");
	sql(r, "DROP TRIGGER spoil");
	rig_close(r);
}

/* What stood in its way has passed when the gateway comes again. */
static void
test_passing(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(8, 59));
	struct heard h = { 0, 0 };

	r->may_stumble = true;
	rig_run(r, RIG_AT(9, 0) + 20 * MSEC_SECOND);
	sql(r, NO_CONFIRMING);
	post(r, EVENT_KEY, ref_of(r, WALTER_CALL), '1', 1, &h);
	rig_run(r, r->now + MSEC_SECOND);
	sql(r, "DROP TRIGGER spoil");
	post(r, EVENT_KEY, ref_of(r, WALTER_CALL), '1', 1, &h);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(h.taken, 1, "then it is taken");
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "and counts");
	rig_close(r);
}

static void
test_flood(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));
	struct heard h = { 0, 0 };

	r->may_stumble = true;
	sql(r, NO_UNKNOWN);
	for (int i = 0; i < 200; i++)
		post(r, EVENT_UNKNOWN, "", 0, i + 1, &h);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(h.refused, 200, "none of a flood is acknowledged");
	is_int(number(r, "SELECT count(*) FROM aside"), 60,
	    "so many are kept in a minute");
	rig_run(r, r->now + 2 * MSEC_MINUTE);
	post(r, EVENT_UNKNOWN, "", 0, 999, &h);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(number(r, "SELECT count(*) FROM aside"), 61,
	    "and then it goes on");
	sql(r, "UPDATE aside SET id = id + 1000000 WHERE id = 61");
	rig_run(r, r->now + 2 * MSEC_MINUTE);
	post(r, EVENT_UNKNOWN, "", 0, 1000, &h);
	rig_run(r, r->now + MSEC_SECOND);
	is_int(number(r, "SELECT count(*) FROM aside"), 2,
	    "of more than a thousand the oldest go");
	rig_close(r);
}

/* A row that falls due and cannot be handled. */
static void
test_row(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(8, 59));

	r->may_stumble = true;
	sql(r, NO_CALLS);
	rig_run(r, RIG_AT(9, 20));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 0, "no call");
	ok(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0) > 0, "others are asked");
	ok(number(r, "SELECT times FROM aside WHERE kind = 'checkin'") > 1,
	    "it is set aside and tried again");
	is_int(number(r, "SELECT count(*) FROM aside"), 1, "in one row");
	sql(r, "DROP TRIGGER spoil");
	rig_run(r, RIG_AT(9, 26));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "and asked when that works");
	rig_run(r, RIG_AT(12, 0));
	ok(strcmp(rig_flag(r, "walter"), "none") != 0, "nobody is forgotten");
	rig_close(r);
}

int
main(void)
{
	test_hook();
	test_help();
	test_passing();
	test_flood();
	test_row();
	return tap_done();
}
