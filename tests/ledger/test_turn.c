#include "rig.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

static int64_t
count(struct ledger *l)
{
	return rig_number(l, "SELECT count(*) FROM checkin");
}

static int
plan(struct ledger *l, const char *who, struct err *e)
{
	struct ledger_checkin c = { .date = RIG_DATE, .slot = RIG_NINE };

	put_text(c.participant, who);
	put_text(c.round, "morning");
	put_text(c.ladder, "daily");
	put_text(c.ladder_version, "v1");
	return ledger_checkin_plan(l, &c, e);
}

/* One event that plans a check-in, kept or not. */
static void
event(struct ledger *l, const char *who, bool keep)
{
	worked(ledger_event_begin(l, e), "an event begins");
	worked(plan(l, who, e), "%s is planned", who);
	worked(ledger_event_end(l, keep, e), "the event ends");
}

static void
test_events(struct ledger *l)
{
	msec newest;

	event(l, "ada", true);
	event(l, "bob", false);
	event(l, "cyd", true);
	gives(LEDGER_OK, ledger_commit(l, e), "commit");
	is_int(count(l), 2, "what was undone took no other with it");
	gives(LEDGER_OK, ledger_commit(l, e), "a commit of nothing");

	worked(ledger_event_begin(l, e), "an event");
	worked(ledger_newest(l, &newest, e), "that only looks");
	worked(ledger_event_end(l, true, e), "ends");
	is_int(sqlite3_get_autocommit(l->db), 1, "and began nothing");

	event(l, "dan", true);
	ledger_rollback(l);
	is_int(count(l), 2, "a turn that is rolled back");
	gives(LEDGER_OK, ledger_begin(l, e), "begin");
	gives(LEDGER_OK, ledger_begin(l, e), "begun already");
	gives(LEDGER_OK, ledger_commit(l, e), "commit");

	/* A statement that is refused loses its event, not the turn. */
	event(l, "eve", true);
	worked(ledger_event_begin(l, e), "an event");
	refused(plan(l, "", e), "checkin_participant", "refused");
	is_int(ledger_last_fate(l), LEDGER_OK, "only the event is lost");
	worked(ledger_event_end(l, false, e), "undone");
	gives(LEDGER_OK, ledger_commit(l, e), "commit");
	is_int(count(l), 3, "the other event is kept");
}

/* An event that holds others. */
static void
test_nested(struct ledger *l)
{
	int64_t before = count(l);

	worked(ledger_event_begin(l, e), "an outer event");
	event(l, "nan", true);
	event(l, "ned", false);
	worked(plan(l, "nia", e), "the outer's own");
	worked(ledger_event_begin(l, e), "an inner one");
	worked(ledger_event_begin(l, e), "one in that");
	worked(plan(l, "noa", e), "writes");
	worked(ledger_event_end(l, true, e), "kept");
	worked(ledger_event_end(l, false, e), "and undone around it");
	worked(ledger_event_end(l, true, e), "the outer is kept");
	worked(ledger_event_begin(l, e), "another outer one");
	event(l, "ola", true);
	worked(ledger_event_end(l, false, e), "takes its inner ones with it");
	gives(LEDGER_OK, ledger_commit(l, e), "commit");
	is_int(count(l), before + 2, "nan and nia");
}

static void
test_newest(struct ledger *l)
{
	msec newest = -1;

	worked(ledger_newest(l, &newest, e), "the newest");
	is_int(newest, 0, "of a new ledger");
	worked(ledger_touch(l, 1000, e), "touch");
	worked(ledger_touch(l, 900, e), "it never goes back");
	worked(ledger_newest(l, &newest, e), "the newest");
	is_int(newest, 1000, "moved on");
	ledger_rollback(l);
	worked(ledger_newest(l, &newest, e), "after a rollback");
	is_int(newest, 0, "as on disk");
	worked(ledger_event_begin(l, e), "an event");
	worked(ledger_touch(l, 2000, e), "touch");
	worked(ledger_event_end(l, false, e), "undone");
	worked(ledger_newest(l, &newest, e), "after the undoing");
	is_int(newest, 0, "as on disk");
	worked(ledger_touch(l, 3000, e), "touch");
	gives(LEDGER_OK, ledger_commit(l, e), "commit");
	is_int(rig_number(l, "SELECT newest FROM meta"), 3000, "on disk");
}

static void
test_busy(struct ledger *l)
{
	int64_t before = count(l);
	sqlite3 *other;

	sqlite3_open(rig_path, &other);
	is_int(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), 0,
	    "somebody else writes");
	gives(LEDGER_BUSY, ledger_begin(l, e), "busy at once");
	worked(ledger_event_begin(l, e), "an event");
	is_int(ledger_last_fate(l), LEDGER_OK, "begins anew");
	refused(plan(l, "fay", e), "locked", "a write");
	is_int(ledger_last_fate(l), LEDGER_BUSY, "busy");
	refused(ledger_event_end(l, true, e), "locked", "the event");
	refused(ledger_event_begin(l, e), "locked", "another one");
	is_int(ledger_last_fate(l), LEDGER_BUSY, "the turn is lost");
	sqlite3_exec(other, "COMMIT", NULL, NULL, NULL);
	/* Free now; but half a turn is never written. */
	refused(plan(l, "fay", e), "locked", "still the same turn");
	gives(LEDGER_BUSY, ledger_commit(l, e), "its fate");
	is_int(count(l), before, "nothing of it is there");
	event(l, "fay", true);
	gives(LEDGER_OK, ledger_commit(l, e), "the next turn");
	is_int(count(l), before + 1, "is kept");
	sqlite3_close(other);
}

static void
test_full(struct ledger *l)
{
	char who[32], pragma[64];
	int64_t before = count(l), pages = rig_number(l, "PRAGMA page_count");
	int result = 0;

	snprintf(pragma, sizeof(pragma), "PRAGMA max_page_count = %lld",
	    (long long)pages + 2);
	rig_sql(l, pragma);
	for (int i = 0; i < 5000 && result == 0; i++) {
		snprintf(who, sizeof(who), "person%d", i);
		result = plan(l, who, NULL);
	}
	is_int(result, -1, "the disk is full");
	is_int(ledger_last_fate(l), LEDGER_FAILED, "so says the fate");
	is_int(sqlite3_get_autocommit(l->db), 1, "the turn is rolled back");
	is_int(plan(l, "gus", NULL), -1, "and stays so");
	gives(LEDGER_FAILED, ledger_commit(l, e), "its end");
	is_int(count(l), before, "nothing of it is there");
	rig_sql(l, "PRAGMA max_page_count = 1000000");
	event(l, "gus", true);
	gives(LEDGER_OK, ledger_commit(l, e), "room again");
	is_int(count(l), before + 1, "kept");
}

static void
test_checkpoint(struct ledger *l)
{
	char who[32];

	is_int(ledger_checkpoint(l), 0, "all is in the file");
	is_int(ledger_checkpoint(l), 0, "and nothing left to do");
	for (int i = 0; i < 40; i++) {
		snprintf(who, sizeof(who), "wal%d", i);
		if (plan(l, who, NULL) == -1 ||
		    ledger_commit(l, NULL) != LEDGER_OK)
			ok(false, "turn %d", i);
	}
	ok(l->wal_pages > 40, "%d pages wait in the WAL", l->wal_pages);
	is_int(ledger_checkpoint(l), 0, "all moved");
	worked(plan(l, "walter", e), "a turn");
	gives(LEDGER_OK, ledger_commit(l, e), "after it");
	ok(l->wal_pages < 40, "begins the WAL anew (%d)", l->wal_pages);
}

/* A sync that fails is the end of all trust. */
static void
test_broken(struct ledger *l)
{
	turn_lose(l, LEDGER_BROKEN, "a sync failed");
	gives(LEDGER_BROKEN, ledger_commit(l, e), "broken");
	gives(LEDGER_BROKEN, ledger_begin(l, e), "and for good");
	refused(plan(l, "hal", e), "a sync failed", "nothing is written");
	is_int(ledger_checkpoint(l), -1, "nor moved");
}

static void
test_fates(void)
{
	static const struct {
		int rc;
		enum ledger_fate want;
	} rows[] = {
		{ SQLITE_OK, LEDGER_OK }, { SQLITE_BUSY, LEDGER_BUSY },
		{ SQLITE_BUSY_SNAPSHOT, LEDGER_BUSY },
		{ SQLITE_FULL, LEDGER_FAILED },
		{ SQLITE_READONLY, LEDGER_FAILED },
		{ SQLITE_IOERR_WRITE, LEDGER_FAILED },
		{ SQLITE_IOERR_FSYNC, LEDGER_BROKEN },
		{ SQLITE_CORRUPT, LEDGER_BROKEN },
		{ SQLITE_NOTADB, LEDGER_BROKEN },
		{ SQLITE_CONSTRAINT_CHECK, LEDGER_OK },
		{ SQLITE_CONSTRAINT_DATATYPE, LEDGER_OK },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_int(db_fate(rows[i].rc), rows[i].want, "fate of %s",
		    sqlite3_errstr(rows[i].rc));
}

/* ---- sudden ends ------------------------------------------------------- */

/* Forever: a check-in, its attempt, both kept or neither.  After each commit
 * its number goes to the parent, as a promise. */
static void __attribute__((noreturn))
child(int out, int round)
{
	struct ledger *l = ledger_open(rig_path, LEDGER_LIVE, NULL);
	struct ledger_checkin c[2];

	for (int i = 0; l; i++) {
		char who[32], ref[LEDGER_REF_SIZE];
		struct ledger_attempt a;

		snprintf(who, sizeof(who), "k%d.%d", round, i);
		snprintf(ref, sizeof(ref), "r%d.%d", round, i);
		if (plan(l, who, NULL) == -1 || ledger_checkins_of(l, who,
		    RIG_DATE, c, 2, NULL) != 1)
			break;
		a = rig_attempt(c[0].id, ref, "+441154960001", RIG_NINE);
		if (ledger_attempt_add(l, &a, NULL, NULL) == -1 ||
		    ledger_commit(l, NULL) != LEDGER_OK ||
		    write(out, &a.id, sizeof(a.id)) != sizeof(a.id))
			break;
		if (i % 50 == 49)
			ledger_checkpoint(l);
	}
	_exit(1);
}

static void
kill_once(int round)
{
	int64_t promise = 0, next;
	struct ledger *l;
	int pipes[2], wanted = 1 + round * 7 % 90;
	pid_t pid;

	is_int(pipe(pipes), 0, "a pipe");
	pid = fork();
	if (pid == 0) {
		close(pipes[0]);
		child(pipes[1], round);
	}
	close(pipes[1]);
	for (int i = 0; i < wanted &&
	    read(pipes[0], &next, sizeof(next)) == sizeof(next); i++)
		promise = next;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	while (read(pipes[0], &next, sizeof(next)) == sizeof(next))
		promise = next;
	close(pipes[0]);
	l = ledger_open(rig_path, LEDGER_READ, NULL);
	ok(l && rig_number(l, "SELECT max(id) FROM attempt") >= promise,
	    "who only looks sees it at once");
	ledger_close(l);
	l = rig_open();
	ok(promise > 0 && rig_number(l, "SELECT max(id) FROM attempt") >=
	    promise, "killed after %lld: what was promised is there",
	    (long long)promise);
	is_int(rig_number(l, "SELECT count(*) FROM checkin WHERE "
	    "participant LIKE 'k%' AND id NOT IN "
	    "(SELECT checkin FROM attempt)"), 0, "and no half of a turn");
	is_int(rig_number(l, "SELECT integrity_check = 'ok' FROM "
	    "pragma_integrity_check"), 1, "and the file is whole");
	ledger_close(l);
}

/* A value too few is our own bug, and ends the process. */
static void
test_counts(void)
{
#ifndef NDEBUG
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		struct rlimit none = { 0, 0 };
		struct ledger *l = ledger_open(rig_path, LEDGER_READ, NULL);
		struct query q;

		setrlimit(RLIMIT_CORE, &none);
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		db_query(l, SQL_CHECKIN_OF, &q);
		db_bind_text(&q, "ada");
		_exit(db_next(&q, NULL) == -1 ? 2 : 3);
	}
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT,
	    "two values too few stop the process (status %d)", status);
#endif
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	test_fates();
	test_newest(l);
	test_events(l);
	test_nested(l);
	test_busy(l);
	test_full(l);
	test_checkpoint(l);
	test_broken(l);
	ledger_close(l);
	test_counts();
	for (int i = 0; i < 20; i++)
		kill_once(i);
	rig_end();
	return tap_done();
}
