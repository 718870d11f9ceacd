/*
 * Opening looks before it touches: nothing is written to a file that is not
 * a ledger of the right kind.
 *
 * The lock is a file of its own beside the ledger, since SQLite's locks come
 * and go with its transactions, and ours has to stand from the first look to
 * the last write.
 */
#include "ledger/db.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "ledger/schema.h"

/* The page cache (8 MiB) holds the open check-ins of 10,000 people; what the
 * WAL grew to in a burst is given back to the disk; a row that is replaced
 * fires its DELETE trigger only with recursive ones. */
static const char pragmas[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 16777216;"
    "PRAGMA cache_size = -8192;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA recursive_triggers = ON;";

/* Then nothing is locked for each look, and nothing is forced to a disk. */
static const char pragmas_of_simulation[] =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA synchronous = OFF;"
    "PRAGMA journal_mode = MEMORY;";

/* The path without a link in its folder, so that the refusal of links
 * concerns the ledger itself and not where an administrator put it. */
static char *
real_path(const char *path, struct err *e)
{
	char *copy = mem_dup(path), *copy2 = mem_dup(path), *ret = NULL;
	char *folder = realpath(dirname(copy), NULL);

	if (!folder)
		err_errno(e, "cannot use the folder of the ledger %s", path);
	else
		ret = mem_printf("%s/%s", strcmp(folder, "/") == 0 ? ""
		    : folder, basename(copy2));
	free(folder);
	free(copy);
	free(copy2);
	return ret;
}

static int
take_lock(struct ledger *l, const char *path, struct err *e)
{
	char *name = mem_printf("%s.lock", path);

	l->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (l->lock == -1) {
		err_errno(e, "cannot open %s", name);
		goto err0;
	}
	if (flock(l->lock, LOCK_EX | LOCK_NB) == -1) {
		if (errno == EWOULDBLOCK)
			err_set(e, "another daemon uses the ledger %s; stop "
			    "that one first", path);
		else
			err_errno(e, "cannot lock %s", name);
		goto err0;
	}
	free(name);
	return 0;
err0:
	free(name);
	return -1;
}

/* SQLite would make the file with whatever the umask leaves. */
static int
make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    0600);

	if (fd == -1)
		return errno == EEXIST ? 0
		    : err_errno(e, "cannot make the ledger %s", path);
	close(fd);
	return 0;
}

static int
on_commit(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct ledger *l = arg;

	(void)db;
	(void)name;
	l->wal_pages = pages;
	l->wal_behind = true;
	return SQLITE_OK;
}

static int
open_file(struct ledger *l, const char *path, struct err *e)
{
	static const struct {
		int what, on;
	} settings[] = {
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	};
	int how = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
	    SQLITE_OPEN_NOFOLLOW;

	how |= l->mode == LEDGER_READ ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	int rc = sqlite3_open_v2(path, &l->db, how, NULL);
	for (size_t i = 0; i < COUNT(settings) && rc == SQLITE_OK; i++)
		rc = sqlite3_db_config(l->db, settings[i].what,
		    settings[i].on, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(l->db, 0);
	if (rc != SQLITE_OK)
		return err_set(e, "cannot open the ledger %s: %s", path,
		    sqlite3_errmsg(l->db));
	return 0;
}

static int
unreadable(struct ledger *l, const char *path, struct err *e)
{
	return err_set(e, "cannot read the ledger %s: %s", path,
	    sqlite3_errmsg(l->db));
}

/* Is it a ledger, or nothing yet, and of a version that we know? */
static int
check_identity(struct ledger *l, const char *path, struct err *e)
{
	int64_t app = 0, version = 0, things = 0;
	int rc = schema_number(l->db, "PRAGMA application_id", &app);

	if (rc == SQLITE_OK)
		rc = schema_number(l->db, "PRAGMA user_version", &version);
	if (rc == SQLITE_OK)
		rc = schema_number(l->db,
		    "SELECT count(*) FROM sqlite_schema", &things);
	if (rc != SQLITE_OK && db_fate(rc) != LEDGER_BROKEN)
		return unreadable(l, path, e);
	bool blank = app == 0 && version == 0 && things == 0;
	if (rc != SQLITE_OK || (app != SCHEMA_APPLICATION_ID && !blank))
		return err_set(e, "%s is not a ledger of Ringround; give "
		    "another path, or move that file away", path);
	if (version > schema_version)
		return err_set(e, "the ledger %s is of version %lld, and this "
		    "program knows none above %d; use the newer program",
		    path, (long long)version, schema_version);
	if (l->mode == LEDGER_READ && version < schema_version)
		return err_set(e, "the ledger %s is %s; start the daemon once",
		    path, blank ? "empty" : "of an older version");
	return 0;
}

static const char *
kind(const struct ledger *l)
{
	return l->mode == LEDGER_LIVE ? "live" : "rehearsal";
}

/* Before the first statement is prepared there may be no table at all. */
static int
check_kind(struct ledger *l, const char *path, struct err *e)
{
	int64_t other = 0, tables = 0;
	int rc = schema_number(l->db, "SELECT count(*) FROM sqlite_schema "
	    "WHERE type = 'table' AND name = 'meta'", &tables);

	if (l->mode == LEDGER_READ || (rc == SQLITE_OK && tables == 0))
		return 0;
	if (rc == SQLITE_OK)
		rc = schema_number(l->db, l->mode == LEDGER_LIVE
		    ? "SELECT count(*) FROM meta WHERE kind <> 'live'"
		    : "SELECT count(*) FROM meta WHERE kind <> 'rehearsal'",
		    &other);
	if (rc != SQLITE_OK)
		return unreadable(l, path, e);
	if (other == 0)
		return 0;
	if (l->mode == LEDGER_LIVE)
		return err_set(e, "%s is the ledger of a rehearsal; a live "
		    "daemon needs one of its own", path);
	return err_set(e, "%s is a live ledger; a rehearsal needs one of its "
	    "own", path);
}

static int
make_ready(struct ledger *l, const char *path, struct err *e)
{
	int64_t wal = 0;
	int rc = schema_number(l->db,
	    "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &wal);

	if (rc == SQLITE_OK && wal == 0)
		rc = sqlite3_exec(l->db, "PRAGMA journal_mode = WAL", NULL,
		    NULL, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(l->db, pragmas, NULL, NULL, NULL);
	if (rc == SQLITE_OK && l->mode == LEDGER_SIMULATION)
		rc = sqlite3_exec(l->db, pragmas_of_simulation, NULL, NULL,
		    NULL);
	if (rc != SQLITE_OK)
		return err_set(e, "cannot make the ledger %s ready: %s", path,
		    sqlite3_errmsg(l->db));
	sqlite3_wal_hook(l->db, on_commit, l);
	l->wal_behind = true;	/* of the last run, as far as we know */
	if (schema_migrate(l->db, schema_steps, schema_version, e) !=
	    SQLITE_OK)
		return -1;
	/* Not before: what sorts millions of rows for an index goes to the
	 * disk, for in memory it would be a gigabyte. */
	rc = sqlite3_exec(l->db, "PRAGMA temp_store = MEMORY", NULL, NULL,
	    NULL);
	return rc == SQLITE_OK ? 0 : err_set(e, "%s", sqlite3_errmsg(l->db));
}

static int
write_kind(struct ledger *l, struct err *e)
{
	struct query q;

	db_query(l, SQL_META_ADD, &q);
	db_bind_text(&q, kind(l));
	if (db_write(&q, e) == -1)
		return -1;
	return ledger_commit(l, e) == LEDGER_OK ? 0 : -1;
}

static int
open_whole(struct ledger *l, const char *path, struct err *e)
{
	bool ours = l->mode != LEDGER_READ;

	if (!ours && access(path, F_OK) == -1)
		return err_errno(e, "cannot look into the ledger %s", path);
	if (ours && (take_lock(l, path, e) == -1 ||
	    make_file(path, e) == -1))
		return -1;
	if (open_file(l, path, e) == -1 || check_identity(l, path, e) == -1 ||
	    check_kind(l, path, e) == -1)
		return -1;
	if (ours && make_ready(l, path, e) == -1)
		return -1;
	if (db_prepare(l, e) == -1)
		return -1;
	return ours ? write_kind(l, e) : 0;
}

struct ledger *
ledger_open(const char *path, enum ledger_mode mode, struct err *e)
{
	struct ledger *l = mem_alloc(sizeof(*l));
	char *real;

	/* Else each small piece of memory is counted under a lock; once it has
	 * begun SQLite refuses to hear of it again. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	l->mode = mode;
	l->lock = -1;
	l->newest = -1;
	real = real_path(path, e);
	if (!real)
		goto err0;
	if (open_whole(l, real, e) == -1)
		goto err1;
	free(real);
	return l;
err1:
	free(real);
err0:
	ledger_close(l);
	return NULL;
}

void
ledger_close(struct ledger *l)
{
	if (!l)
		return;
	if (l->db && l->stmts[SQL_ROLLBACK])
		ledger_rollback(l);
	db_finalize(l);
	/* The last one to close moves the WAL into the file by itself. */
	sqlite3_close(l->db);
	if (l->lock != -1)
		close(l->lock);
	free(l);
}

/* ---- is it whole? ------------------------------------------------------ */

/* The WAL's inode; 0 where there is none. */
static ino_t
wal_inode(const struct ledger *l)
{
	const char *wal = sqlite3_filename_wal(sqlite3_db_filename(l->db,
	    "main"));
	struct stat st;

	return stat(wal, &st) == 0 ? st.st_ino : 0;
}

enum ledger_place
ledger_place(struct ledger *l)
{
	int moved = 0;

	if (sqlite3_file_control(l->db, "main", SQLITE_FCNTL_HAS_MOVED,
	    &moved) == SQLITE_OK && moved)
		return LEDGER_FILE_GONE;
	/* It is made with the first look, and stays until the last close. */
	if (l->wal_inode == 0)
		l->wal_inode = wal_inode(l);
	return l->wal_inode != wal_inode(l) ? LEDGER_WAL_GONE :
	    LEDGER_IN_PLACE;
}

static int
note_fault(void *arg, int n, char **values, char **names)
{
	bool *damaged = arg;

	(void)names;
	if (n == 1 && values[0] != NULL && sqlite3_stricmp(values[0], "ok"))
		*damaged = true;
	return 0;
}

bool
ledger_is_damaged(const char *path)
{
	sqlite3 *db = NULL;
	bool damaged = false;
	int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY |
	    SQLITE_OPEN_NOMUTEX, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, "PRAGMA quick_check (1)", note_fault,
		    &damaged, NULL);
	sqlite3_close(db);
	rc &= 0xff;
	return damaged || rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB;
}
