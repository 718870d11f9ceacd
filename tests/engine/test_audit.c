/*
 * The auditor: each question finds what it asks for, put into the ledger by
 * hand behind the engine's back, and finds nothing on days that went well.
 */
#include "rig.h"

#include "engine/audit.h"
#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define BEATS RIG_SERVICE "heartbeat_url = http://127.0.0.1:9/beat\n"      \
	RIG_GATEWAY "calls_per_second = 1\n" RIG_REST RIG_MORNING WALTER TEAM
#define MORNING "morning", RIG_DATE

static char found[2000];

static int
note(const struct ledger_finding *f, void *arg)
{
	size_t n = strlen(found);

	(void)arg;
	snprintf(found + n, sizeof(found) - n, "%d %s; ", f->rule, f->name);
	return 0;
}

static int
audit(struct rig *r, enum audit_depth depth)
{
	struct err e = { "" };
	int n;

	found[0] = '\0';
	n = audit_run(r->ledger, r->conf, r->now, depth, note, NULL, &e);
	if (n == -1)
		printf("# %s\n", e.text);
	return n;
}

/* Behind the schema's back too: what a CHECK refuses is not asked. */
static void
spoil(struct rig *r, const char *sql)
{
	sqlite3 *db = handle_of(r->ledger);
	char *why = NULL;

	ok(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK,
	    "spoilt: %.60s", sql);
	if (why != NULL)
		printf("# %s\n", why);
	sqlite3_free(why);
}

static const struct spoilt {
	const char *sql, *finding;
	enum audit_depth depth;
} faults[] = {
	{ "UPDATE checkin SET wake_at = wake_at - 90000000 WHERE participant ="
	    " 'edna' AND wake_at IS NOT NULL",
	    "1 a check-in that nobody looks at", AUDIT_OPEN },
	{ "UPDATE checkin SET flag = (SELECT id FROM flag WHERE participant ="
	    " 'edna') WHERE participant = 'walter' AND closed_at NOT NULL",
	    "1 a check-in with another person's flag", AUDIT_WHOLE },
	{ "UPDATE checkin SET round = 'gone' WHERE participant = 'walter'",
	    "1 a slot without a check-in", AUDIT_WHOLE },
	{ "UPDATE attempt SET instead_of = 1 WHERE id IN (2, 3)",
	    "2 an attempt made again twice", AUDIT_WHOLE },
	{ "UPDATE attempt SET state = 'uncertain', ended_at = NULL,"
	    " deadline = 9000000000000, number = '+441154960123',"
	    " channel = 'call', body = NULL WHERE id IN (1, 2)",
	    "2 two unsettled attempts to one number", AUDIT_OPEN },
	{ "INSERT INTO optout (number, channel, source, at) VALUES"
	    " ('+441154960123', 'call', 'text', 1)",
	    "3 an attempt after STOP", AUDIT_WHOLE },
	{ "UPDATE attempt SET sent_at = sent_at + 43200000 WHERE id = 1",
	    "3 an attempt outside the contact hours", AUDIT_WHOLE },
	{ "INSERT INTO attempt (ref, checkin, purpose, step, channel, number,"
	    " gateway, state, outcome, rank, sequence, planned_at, sent_at,"
	    " ended_at, lookups, delays, detail) SELECT 'x' || value, 1,"
	    " 'first', 0, 'call', '+441154960123', 'main', 'ended', 'busy', 0,"
	    " 0, 1, (SELECT sent_at FROM attempt WHERE id = 1), 2, 0, 0, ''"
	    " FROM (WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT"
	    " value + 1 FROM n WHERE value < 12) SELECT value FROM n)",
	    "3 an attempt above the day's cap", AUDIT_WHOLE },
	{ "INSERT INTO absence (participant, kind, first, last, way, who, at,"
	    " note) VALUES ('edna', 'hospital', 1, 2147483647, 'page',"
	    " 'tom', 1, '')", "3 an attempt while away", AUDIT_WHOLE },
	{ "INSERT INTO callback (hash, attempt, at, gateway, kind, status,"
	    " sequence, code) SELECT zeroblob(32), attempt.id, 1, 'main',"
	    " 'key', '1', 0, 0 FROM attempt JOIN checkin ON checkin.id ="
	    " attempt.checkin WHERE participant = 'edna' LIMIT 1",
	    "4 a key that confirmed nothing", AUDIT_WHOLE },
	{ "UPDATE flag SET state = 'resolved', owner = 'tom', resolved_at = 1,"
	    " disposition = 'safe', deadline = NULL; DELETE FROM decision",
	    "5 a flag that ended by nobody's word", AUDIT_WHOLE },
	{ "UPDATE flag SET deadline = deadline - 7200000 WHERE deadline IS NOT"
	    " NULL", "5 a flag whose deadline passed", AUDIT_OPEN },
	{ "UPDATE attempt SET state = 'accepted', ended_at = NULL,"
	    " deadline = 1 WHERE id = 1",
	    "6 an attempt whose deadline passed", AUDIT_OPEN },
	{ "UPDATE attempt SET state = 'planned', outcome = NULL, ended_at ="
	    " NULL, sent_at = NULL, deadline = NULL, due_at = 1 WHERE id = 1",
	    "6 an attempt that never leaves", AUDIT_WHOLE },
	{ "INSERT INTO reply (channel, gateway, at, text, settle_at) VALUES"
	    " ('call', 'main', 1, '', 1)",
	    "6 a call to us that never settles", AUDIT_OPEN },
	{ "INSERT INTO visit (flag, who, company, out_at, back_by, deadline)"
	    " SELECT id, 'tom', '', 1, 2, 2 FROM flag LIMIT 1",
	    "6 somebody at a door who is not back", AUDIT_OPEN },
	{ "UPDATE notice SET state = 'planned', due_at = 1 WHERE channel ="
	    " 'email'", "6 an e-mail that never leaves", AUDIT_OPEN },
	{ "UPDATE notice SET state = 'sending', sent_at = 1 WHERE channel ="
	    " 'email'", "6 an e-mail that never ends", AUDIT_OPEN },
};

/* Walter was heard, Edna is flagged. */
static struct rig *
morning(const char *scheme)
{
	struct rig *r = rig_open(scheme, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 14));
	return r;
}

static void
test_each(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct rig *r = morning(SCHEME);

		is_int(audit(r, AUDIT_WHOLE), 0, "a morning is in order");
		printf("%s%s", found[0] != '\0' ? "# " : "", found);
		printf("%s", found[0] != '\0' ? "\n" : "");
		spoil(r, "PRAGMA foreign_keys = OFF; BEGIN");
		spoil(r, faults[i].sql);
		ok(audit(r, faults[i].depth) > 0 &&
		    strstr(found, faults[i].finding) != NULL, "found: %s",
		    faults[i].finding);
		if (strstr(found, faults[i].finding) == NULL)
			printf("# but: %s\n", found);
		spoil(r, "ROLLBACK; PRAGMA foreign_keys = ON");
		is_int(audit(r, AUDIT_WHOLE), 0, "and no more");
		rig_close(r);
	}
}

/* The questions of the table are all that there are. */
static void
test_no_question_untried(void)
{
	for (int i = 0; i < ledger_audit_count(); i++) {
		bool tried = false;

		for (size_t k = 0; k < COUNT(faults); k++)
			if (strcmp(faults[k].finding + 2,
			    ledger_audit_name(i)) == 0)
				tried = true;
		ok(tried, "tried: %s", ledger_audit_name(i));
	}
}

static int
note_incident(const struct ledger_incident *i, void *arg)
{
	bool *named = arg;
	long long checkin;
	int rule;

	if (i->kind == INCIDENT_AUDIT && sscanf(i->detail, "invariant %d, "
	    "check-in %lld: ", &rule, &checkin) == 2)
		*named = rule == 5 && checkin > 0;
	return 0;
}

/* The daemon finds it by itself, tells once, and says when it is over. */
static void
test_told(void)
{
	struct rig *r = morning(SCHEME);
	bool named = false;
	struct err e;
	int lines;

	/* Out of the index's sight the engine itself would mend it. */
	r->may_stumble = true;
	spoil(r, "CREATE TRIGGER broken BEFORE UPDATE ON flag BEGIN SELECT"
	    " RAISE(ABORT, 'broken'); END");
	rig_run(r, RIG_AT(10, 40));
	is_int(rig_mails_with(r, "asha@example.org", "fault in itself"), 1,
	    "the coordinator is told, once");
	ok(rig_texts_with(r, ASHA_TEXT, "inside Ringround") == 1 &&
	    rig_texts_with(r, ASHA_TEXT, "ringround audit") == 2,
	    "by text too, with what to do");
	ok(rig_logged(r, "rule=5"), "the journal names rule and flag");
	is_int(rig_incidents(r), 2, "it is an incident, as is what caused it");
	is_int(view_incidents(r->ledger, note_incident, &named, &e), 0,
	    "what `ringround status` shows");
	ok(named, "names rule and check-in");
	lines = rig_mails_with(r, "asha@example.org", "fault in itself");
	rig_run(r, RIG_AT(11, 40));
	is_int(rig_mails_with(r, "asha@example.org", "fault in itself"),
	    lines, "not every five minutes");
	spoil(r, "DROP TRIGGER broken");
	rig_run(r, RIG_AT(12, 10));
	is_int(rig_incidents(r), 1, "it ends when all is in order");
	rig_close(r);
}

/* The heart beats each minute, and only while all is well. */
static void
test_beats(void)
{
	struct rig *r = rig_open(BEATS, WALTER_CALL " call no-answer\n",
	    RIG_AT(8, 0));
	int beats;

	rig_run(r, RIG_AT(8, 30));
	ok(r->beats >= 29 && r->beats <= 32, "each minute (%d)", r->beats);
	rig_run(r, RIG_AT(10, 14));
	r->may_stumble = true;
	spoil(r, "CREATE TRIGGER broken BEFORE UPDATE ON flag BEGIN SELECT"
	    " RAISE(ABORT, 'broken'); END");
	rig_run(r, RIG_AT(10, 45));
	beats = r->beats;
	rig_run(r, RIG_AT(11, 30));
	is_int(r->beats, beats, "not while an audit finds something");
	spoil(r, "DROP TRIGGER broken");
	rig_run(r, RIG_AT(12, 30));
	ok(r->beats > beats, "and again when it is mended");
	rig_close(r);

	r = rig_open(BEATS, "fault unreachable all\n", RIG_AT(8, 0));
	rig_run(r, RIG_AT(9, 10));
	beats = r->beats;
	rig_run(r, RIG_AT(9, 50));
	is_int(r->beats, beats, "nor while nobody can be asked");
	rig_close(r);
}

/* E-mail that cannot be sent is told by text. */
static void
test_mail_down(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	r->mail_fate = POST_LATER;
	rig_run(r, RIG_AT(10, 30));
	is_int(rig_texts_with(r, ASHA_TEXT, "e-mail cannot be sent"), 1,
	    "told once, by text");
	is_int(rig_incidents(r), 1, "an incident");
	r->mail_fate = POST_ACCEPTED;
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_incidents(r), 0, "that ends when it works again");
	is_int(rig_texts_with(r, ASHA_TEXT, "e-mail works again"), 1,
	    "which is told");
	rig_close(r);
}

static char *
crowd(int people)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, RIG_SERVICE RIG_GATEWAY "calls_per_second = 5\n" RIG_REST
	    RIG_MORNING TEAM);
	for (int i = 0; i < people; i++)
		buf_addf(&b, "[participant p%02d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 960%03d\n"
		    "area = Sneinton\nround = morning\n" RIG_LIVE, i, i);
	return buf_take(&b);
}

static void
test_silence(int people, int silent, int incidents)
{
	char *scheme = crowd(people);
	struct buf lines = BUF_EMPTY;
	struct rig *r;

	for (int i = silent; i < people; i++)
		buf_addf(&lines, "01632 960%03d call key 1\n", i);
	r = rig_open(scheme, buf_text(&lines), RIG_AT(8, 0));
	rig_run(r, RIG_AT(10, 10));
	is_int(rig_incidents(r), incidents, "%d of %d silent", silent, people);
	is_int(rig_open_flags(r), silent, "each has their flag");
	is_int(rig_mails_with(r, "asha@example.org", "many were not heard"),
	    incidents, "told once, or not");
	rig_run(r, rig_instant(RIG_DATE + 1, 1, 0));
	is_int(rig_incidents(r), 0, "over with the day");
	rig_close(r);
	free(scheme);
	buf_release(&lines);
}

int
main(void)
{
	test_no_question_untried();
	test_each();
	test_told();
	test_beats();
	test_mail_down();
	test_silence(20, 5, 1);
	test_silence(20, 4, 0);
	test_silence(40, 7, 0);
	return tap_done();
}
