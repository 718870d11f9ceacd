/*
 * One turn of the loop, one transaction; one event, one savepoint.
 *
 * Both begin with the first write and not before, so that turns and events
 * that only look cost nothing.  It begins IMMEDIATE: a transaction that first
 * reads and then writes can be refused in the middle, for good.
 *
 * SQLite may end the transaction by itself when a write fails (a full disk).
 * The next write would then stand alone, outside of any turn.  So a failure
 * of that kind makes the turn LOST: it is rolled back whole, and nothing
 * more is written until the turn has been ended and its fate been told.
 */
#include "ledger/db.h"

#include <assert.h>

/* Beyond so many pages (16 MiB) the WAL is not left to an idle moment: moving
 * them takes some 25 ms, and four times as many four times as long. */
#define WAL_PAGES_MAX 4096

const struct db_statement turn_sql[] = {
	{ SQL_BEGIN, "BEGIN IMMEDIATE" },
	{ SQL_COMMIT, "COMMIT" },
	{ SQL_ROLLBACK, "ROLLBACK" },
	{ SQL_SAVEPOINT, "SAVEPOINT event" },
	{ SQL_RELEASE, "RELEASE SAVEPOINT event" },
	{ SQL_UNDO, "ROLLBACK TO SAVEPOINT event" },
	{ 0, NULL },
};

static void
roll_back(struct ledger *l)
{
	if (!sqlite3_get_autocommit(l->db))
		(void)db_plain(l, SQL_ROLLBACK);
	l->newest = -1;
	wakes_forget(&l->wakes);
}

void
turn_lose(struct ledger *l, enum ledger_fate fate, const char *why)
{
	if (fate == LEDGER_BROKEN)
		l->broken = true;
	if (!l->stmts[SQL_ROLLBACK] || l->turn == TURN_LOST)
		return;
	roll_back(l);
	l->turn = TURN_LOST;
	l->lost = fate;
	err_set(&l->why, "%s", why);
}

enum ledger_fate
ledger_begin(struct ledger *l, struct err *e)
{
	int rc;

	if (l->turn == TURN_OPEN)
		return LEDGER_OK;
	if (l->turn == TURN_LOST || l->broken) {
		l->fate = l->broken ? LEDGER_BROKEN : l->lost;
		err_set(e, "%s", l->why.text);
		return l->fate;
	}
	rc = db_plain(l, SQL_BEGIN);
	if (rc == SQLITE_OK) {
		l->turn = TURN_OPEN;
		l->fate = LEDGER_OK;
		return LEDGER_OK;
	}
	l->fate = db_fate(rc);
	if (l->fate == LEDGER_OK)
		l->fate = LEDGER_FAILED;
	err_set(&l->why, "ledger: cannot begin to write: %s",
	    sqlite3_errmsg(l->db));
	if (l->fate == LEDGER_BROKEN)
		l->broken = true;
	err_set(e, "%s", l->why.text);
	return l->fate;
}

int
turn_write(struct ledger *l, struct err *e)
{
	struct err why;
	enum ledger_fate fate = ledger_begin(l, &why);
	int rc;

	if (fate != LEDGER_OK) {
		turn_lose(l, fate, why.text);
		return err_set(e, "%s", why.text);
	}
	while (l->saved < l->events) {
		rc = db_plain(l, SQL_SAVEPOINT);
		if (rc != SQLITE_OK)
			return db_fail(l, rc, "cannot begin an event", e);
		l->saved++;
	}
	return 0;
}

/* Right after a commit, which is safe already: how this ends changes nothing
 * about it, except that a failed sync ends all trust. */
static void
bound_wal(struct ledger *l)
{
	if (l->wal_pages > WAL_PAGES_MAX)
		(void)ledger_checkpoint(l);
}

enum ledger_fate
ledger_commit(struct ledger *l, struct err *e)
{
	enum ledger_fate fate = LEDGER_OK;
	int rc;

	assert(l->events == 0);
	if (l->turn == TURN_LOST) {
		fate = l->fate = l->lost;
		err_set(e, "%s", l->why.text);
	} else if (l->turn == TURN_OPEN) {
		rc = db_plain(l, SQL_COMMIT);
		if (rc != SQLITE_OK) {
			(void)db_fail(l, rc, "cannot keep the turn", e);
			/* whatever it was, it was the whole turn */
			if (l->fate == LEDGER_OK)
				l->fate = LEDGER_FAILED;
			fate = l->fate;
			roll_back(l);
		}
	}
	l->turn = TURN_NONE;
	if (fate == LEDGER_OK)
		bound_wal(l);
	return fate;
}

void
ledger_rollback(struct ledger *l)
{
	roll_back(l);
	l->turn = TURN_NONE;
	l->events = l->saved = 0;
}

int
ledger_event_begin(struct ledger *l, struct err *e)
{
	if (l->turn == TURN_LOST) {
		l->fate = l->lost;
		return err_set(e, "%s", l->why.text);
	}
	l->events++;
	l->fate = LEDGER_OK;	/* what failed before is not this event's */
	return 0;
}

int
ledger_event_end(struct ledger *l, bool keep, struct err *e)
{
	bool written = l->saved == l->events;
	int rc = SQLITE_OK;

	assert(l->events > 0);
	l->events--;
	if (written)
		l->saved--;
	if (l->turn == TURN_LOST) {
		l->fate = l->lost;
		return err_set(e, "%s", l->why.text);
	}
	if (!written)
		return 0;
	if (!keep) {
		l->newest = -1;
		wakes_forget(&l->wakes);
		rc = db_plain(l, SQL_UNDO);
	}
	if (rc == SQLITE_OK)
		rc = db_plain(l, SQL_RELEASE);
	return rc == SQLITE_OK ? 0 : db_fail(l, rc, "cannot end an event", e);
}

enum ledger_fate
ledger_last_fate(const struct ledger *l)
{
	return l->fate;
}

int
ledger_behind(const struct ledger *l)
{
	return l->wal_behind && !l->broken ? l->wal_pages : 0;
}

int
ledger_checkpoint(struct ledger *l)
{
	int pages = 0, done = 0, rc;

	if (!l->wal_behind || l->broken)
		return l->broken ? -1 : 0;
	rc = sqlite3_wal_checkpoint_v2(l->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
	    &pages, &done);
	if (rc != SQLITE_OK && db_fate(rc) != LEDGER_BUSY) {
		l->fate = db_fate(rc);
		if (l->fate == LEDGER_BROKEN)
			l->broken = true;
		err_set(&l->why, "ledger: cannot move the WAL into the file: "
		    "%s", sqlite3_errmsg(l->db));
		return -1;
	}
	if (pages < 0)
		return l->wal_pages;
	l->wal_behind = pages > done;
	return pages - done;
}
