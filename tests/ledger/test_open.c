#include "rig.h"

#include <sys/stat.h>

#include "base/log.h"
#include "ledger/schema.h"

static int
opens(enum ledger_mode mode, struct err *e)
{
	struct ledger *l = ledger_open(rig_path, mode, e);

	ledger_close(l);
	return l ? 0 : -1;
}

static void
test_new(void)
{
	char wal[128];
	struct ledger *l;
	struct stat st;

	refused(opens(LEDGER_READ, e), "cannot look", "nothing to look into");
	ok(access(rig_path, F_OK) == -1, "looking makes no file");
	l = rig_open();
	is_int(stat(rig_path, &st), 0, "a file");
	is_int(st.st_mode & 0777, 0600, "for nobody else");
	is_int(rig_number(l, "PRAGMA application_id"), SCHEMA_APPLICATION_ID,
	    "its identity");
	is_int(rig_number(l, "PRAGMA user_version"), schema_version,
	    "its version");
	is_int(rig_number(l, "PRAGMA synchronous"), 2, "synchronous FULL");
	is_int(rig_number(l, "PRAGMA foreign_keys"), 1, "keys are looked at");
	is_int(rig_number(l, "PRAGMA wal_autocheckpoint"), 0,
	    "no checkpoint within a commit");
	is_int(rig_number(l, "SELECT journal_mode = 'wal' "
	    "FROM pragma_journal_mode"), 1, "WAL");
	is_int(rig_number(l, "SELECT count(*) FROM sqlite_schema WHERE "
	    "type = 'table' AND sql NOT LIKE '%STRICT'"), 0,
	    "all tables are strict");
	ok(rig_sql(l, "SELECT \"nothing\" FROM meta") != SQLITE_OK,
	    "a column that is none is no text");
	snprintf(wal, sizeof(wal), "%s-wal", rig_path);
	is_int(stat(wal, &st), 0, "its WAL");
	is_int(st.st_mode & 0777, 0600, "for nobody else either");
	ledger_close(l);
	ledger_close(NULL);
}

static void
test_lock(void)
{
	struct ledger *l = rig_open(), *other;
	struct err why;

	refused(opens(LEDGER_LIVE, e), "another daemon", "one daemon");
	refused(opens(LEDGER_REHEARSAL, e), "another daemon",
	    "of whatever kind");
	other = ledger_open(rig_path, LEDGER_READ, &why);
	ok(other, "looking needs no lock");
	if (other) {
		msec newest = -1;

		worked(ledger_newest(other, &newest, e), "a look");
		refused(ledger_touch(other, 7, e), "readonly",
		    "a look writes nothing");
		is_int(ledger_last_fate(other), LEDGER_FAILED, "by its fate");
	}
	ledger_close(other);
	ledger_close(l);
	worked(opens(LEDGER_LIVE, e), "the lock ends with it");
}

static void
test_kinds(void)
{
	worked(opens(LEDGER_READ, e), "closed well, it can be looked into");
	refused(opens(LEDGER_REHEARSAL, e), "is a live ledger",
	    "a rehearsal leaves a live one alone");
	rig_end();
	rig_begin();
	worked(opens(LEDGER_REHEARSAL, e), "a rehearsal's");
	worked(opens(LEDGER_REHEARSAL, e), "again");
	refused(opens(LEDGER_LIVE, e), "of a rehearsal",
	    "a live daemon leaves it alone");
	worked(opens(LEDGER_READ, e), "looking takes either");
	rig_end();
	rig_begin();
}

/* A file that SQL makes, outside of any ledger. */
static void
make_file(const char *sql)
{
	sqlite3 *db;

	sqlite3_open(rig_path, &db);
	is_int(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "made by %s",
	    sql);
	sqlite3_close(db);
}

static void
test_foreign(void)
{
	char link[128], before[4096] = "", after[4096] = "";
	FILE *f;

	make_file("CREATE TABLE shopping (thing TEXT)");
	f = fopen(rig_path, "r");
	is_int(fread(before, 1, sizeof(before), f), sizeof(before), "read");
	fclose(f);
	refused(opens(LEDGER_LIVE, e), "is not a ledger", "another's tables");
	refused(opens(LEDGER_READ, e), "is not a ledger", "nor to look into");
	f = fopen(rig_path, "r");
	is_int(fread(after, 1, sizeof(after), f), sizeof(after), "read");
	fclose(f);
	is_int(memcmp(before, after, sizeof(after)), 0, "and left as it was");
	rig_end();
	rig_begin();

	f = fopen(rig_path, "w");
	for (int i = 0; i < 100; i++)
		fputs("Dear diary, nobody rang today.\n", f);
	fclose(f);
	refused(opens(LEDGER_LIVE, e), "is not a ledger", "no database");
	rig_end();
	rig_begin();

	make_file("PRAGMA application_id = 1380535879; "
	    "PRAGMA user_version = 999; CREATE TABLE later (x)");
	refused(opens(LEDGER_LIVE, e), "is of version 999", "a newer version");
	refused(opens(LEDGER_READ, e), "is of version 999", "to look into");
	rig_end();
	rig_begin();

	f = fopen(rig_path, "w");
	fclose(f);
	refused(opens(LEDGER_READ, e), "is empty", "nothing in it yet");
	worked(opens(LEDGER_LIVE, e), "an empty file becomes one");
	snprintf(link, sizeof(link), "%s.link", rig_path);
	is_int(symlink(rig_path, link), 0, "a link");
	struct err why;
	ok(!ledger_open(link, LEDGER_LIVE, &why), "no ledger behind a link");
	unlink(link);
	snprintf(link, sizeof(link), "%s.link.lock", rig_path);
	unlink(link);
	ok(!ledger_open("/tmp/no/such/folder/ledger", LEDGER_LIVE, &why),
	    "no folder");
	ok(strstr(why.text, "folder"), "says so");
	rig_end();
	rig_begin();
}

/* ---- migrations -------------------------------------------------------- */

static int
migrate(sqlite3 *db, const struct schema_step *steps, int n, struct err *e)
{
	return schema_migrate(db, steps, n, e) == SQLITE_OK ? 0 : -1;
}

static void
test_migrations(void)
{
	static const struct schema_step good[] = {
		{ { "CREATE TABLE a (id INTEGER PRIMARY KEY);"
		    "CREATE TABLE b (a INTEGER REFERENCES a (id))" } },
		{ { "INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (1)" } },
		/* built anew: the old one goes while b refers to it */
		{ { "CREATE TABLE a2 (id INTEGER PRIMARY KEY, word TEXT);"
		    "INSERT INTO a2 SELECT id, 'x' FROM a", "DROP TABLE a",
		    "ALTER TABLE a2 RENAME TO a" } },
	};
	static const struct schema_step bad[] = {
		{ { "" } }, { { "" } }, { { "" } },
		{ { "CREATE TABLE c (x)", "INSERT INTO nowhere VALUES (1)" } },
	};
	static const struct schema_step dangling[] = {
		{ { "" } }, { { "" } }, { { "" } }, { { "DELETE FROM a" } },
	};
	sqlite3 *db;
	int64_t n = -1;

	sqlite3_open(rig_path, &db);
	worked(migrate(db, good, 1, e), "to version 1");
	worked(migrate(db, good, 3, e), "to version 3");
	is_int(schema_number(db, "PRAGMA user_version", &n), 0, "the version");
	is_int(n, 3, "is 3");
	is_int(schema_number(db, "SELECT count(*) FROM b JOIN a ON "
	    "a.id = b.a WHERE word = 'x'", &n), 0, "the rows");
	is_int(n, 1, "are kept");
	refused(migrate(db, bad, 4, e), "to version 4", "a step that fails");
	is_int(schema_number(db, "SELECT count(*) FROM sqlite_schema "
	    "WHERE name = 'c'", &n), 0, "what it did");
	is_int(n, 0, "is undone");
	refused(migrate(db, dangling, 4, e), "refer to nothing",
	    "a step that leaves broken keys");
	is_int(schema_number(db, "SELECT count(*) FROM a", &n), 0, "its row");
	is_int(n, 1, "is kept");
	is_int(schema_number(db, "PRAGMA user_version", &n), 0, "the version");
	is_int(n, 3, "is still 3");
	is_int(schema_number(db, "PRAGMA foreign_keys", &n), 0, "keys");
	is_int(n, 1, "are looked at again");
	worked(migrate(db, good, 3, e), "nothing left to do");
	sqlite3_close(db);
	rig_end();
	rig_begin();
}

/* From no version at all through each that ever was: here, each prefix. */
static void
test_every_version(void)
{
	for (int from = 0; from < schema_version; from++) {
		sqlite3 *db;

		sqlite3_open(rig_path, &db);
		worked(migrate(db, schema_steps, from, e), "version %d", from);
		sqlite3_close(db);
		worked(opens(LEDGER_LIVE, e), "led on from version %d", from);
		rig_end();
		rig_begin();
	}
}

static void
take_line(enum log_level level, const char *line, void *arg)
{
	(void)level;
	snprintf(arg, 200, "%s", line);
}

/* What version 1 holds stands in version 2, which can set things aside. */
static void
test_from_version_1(void)
{
	sqlite3 *db;
	struct ledger *l;
	char said[200] = "";

	sqlite3_open(rig_path, &db);
	worked(migrate(db, schema_steps, 1, e), "a ledger of version 1");
	is_int(sqlite3_exec(db, "INSERT INTO meta VALUES (1, 'live', 77);"
	    "INSERT INTO incident VALUES (5, 'outage', '', 1, NULL, 'why');"
	    "INSERT INTO checkin (id, participant, round, date, slot, ladder,"
	    " ladder_version, state, wake_at) VALUES (9, 'edna', 'morning',"
	    " 20791, 5, 'standard', 'v', 'due', 5)", NULL, NULL, NULL),
	    SQLITE_OK, "with rows in it");
	sqlite3_close(db);
	log_set_sink(take_line, said);
	l = rig_open();
	log_set_sink(NULL, NULL);
	ok(strstr(said, "led to a new version") != NULL &&
	    strstr(said, "from=1 to=") != NULL, "said: %s", said);
	is_int(rig_number(l, "PRAGMA user_version"), schema_version,
	    "is led on");
	is_int(rig_number(l, "SELECT newest FROM meta"), 77, "its instant");
	is_int(rig_number(l, "SELECT count(*) FROM checkin WHERE id = 9 AND "
	    "state = 'due'"), 1, "its check-in");
	is_int(rig_number(l, "SELECT count(*) FROM incident"), 1,
	    "and its incident are there");
	is_int(rig_number(l, "SELECT count(*) FROM aside"), 0,
	    "and nothing was set aside");
	ledger_close(l);
	rig_end();
	rig_begin();
}

int
main(void)
{
	rig_begin();
	test_new();
	test_lock();
	test_kinds();
	test_foreign();
	test_migrations();
	test_every_version();
	test_from_version_1();
	rig_end();
	return tap_done();
}
