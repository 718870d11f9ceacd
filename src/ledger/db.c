/*
 * A run binds and reads by counting, not by number: the assertions at its
 * start and end hold the counts against the statement's own, so that a value
 * too few or a column too many stops in the first test that runs it.
 */
#include "ledger/db.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct db_statement *const tables[] = {
	turn_sql, checkins_sql, attempts_sql, replies_sql, flags_sql,
	notices_sql, settings_sql, view_sql, audit_sql, aside_sql,
	absences_sql, inbox_sql, visits_sql, concerns_sql, reviews_sql,
	asks_sql, signin_sql, bridges_sql, trials_sql,
};

const char *
db_sql(enum db_stmt stmt)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct db_statement *t = tables[i]; t->sql; t++)
			if (t->stmt == stmt)
				return t->sql;
	assert(false); /* a statement without its text */
	return "";
}

/* These tell of the row that they write. */
static bool
tells_its_row(enum db_stmt stmt)
{
	return stmt == SQL_ATTEMPT_ADD || stmt == SQL_ATTEMPT_SAVE ||
	    stmt == SQL_ATTEMPT_NOTE ||
	    stmt == SQL_CHECKIN_PLAN || stmt == SQL_CHECKIN_SAVE;
}

/* SQLite tells while it reads a statement what that will do; whether we like
 * it is asked too, and we like everything. */
static int
note_table(void *arg, int what, const char *name, const char *column,
    const char *base, const char *trigger)
{
	unsigned *touched = arg;

	(void)column;
	(void)base;
	(void)trigger;
	if (what == SQLITE_INSERT || what == SQLITE_UPDATE ||
	    what == SQLITE_DELETE)
		*touched |= wakes_table(name);
	return SQLITE_OK;
}

int
db_prepare(struct ledger *l, struct err *e)
{
	for (int i = 0; i < DB_STMT_COUNT; i++) {
		sqlite3_set_authorizer(l->db, note_table, &l->forgets[i]);
		int rc = sqlite3_prepare_v3(l->db, db_sql((enum db_stmt)i), -1,
		    SQLITE_PREPARE_PERSISTENT, &l->stmts[i], NULL);
		if (rc != SQLITE_OK)
			return db_fail(l, rc, "cannot read the tables", e);
		if (tells_its_row((enum db_stmt)i))
			l->forgets[i] = 0;
	}
	sqlite3_set_authorizer(l->db, NULL, NULL);
	return 0;
}

void
db_finalize(struct ledger *l)
{
	for (int i = 0; i < DB_STMT_COUNT; i++) {
		sqlite3_finalize(l->stmts[i]);
		l->stmts[i] = NULL;
	}
}

/* ---- how things fail --------------------------------------------------- */

enum ledger_fate
db_fate(int rc)
{
	switch (rc) {
	case SQLITE_IOERR_FSYNC:
	case SQLITE_IOERR_DIR_FSYNC:
	case SQLITE_IOERR_CORRUPTFS:
	case SQLITE_IOERR_DATA:
	case SQLITE_IOERR_NOMEM:
		return LEDGER_BROKEN;
	}
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
	case SQLITE_CONSTRAINT:	/* the rest: this statement, nothing more */
	case SQLITE_MISMATCH:
	case SQLITE_TOOBIG:
		return LEDGER_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return LEDGER_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_NOMEM:
	case SQLITE_MISUSE:
	case SQLITE_INTERNAL:
		return LEDGER_BROKEN;
	default:
		return LEDGER_FAILED;
	}
}

int
db_fail(struct ledger *l, int rc, const char *what, struct err *e)
{
	struct err why;

	l->fate = db_fate(rc);
	err_set(&why, "ledger: %s: %s", what, sqlite3_errmsg(l->db));
	if (l->fate != LEDGER_OK)
		turn_lose(l, l->fate, why.text);
	return err_set(e, "%s", why.text);
}

int
db_refuse(struct ledger *l, struct err *e, const char *fmt, ...)
{
	char text[sizeof(e->text)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	l->fate = LEDGER_OK;
	return err_set(e, "ledger: %s", text);
}

int
db_plain(struct ledger *l, enum db_stmt stmt)
{
	int rc = sqlite3_step(l->stmts[stmt]);

	sqlite3_reset(l->stmts[stmt]);
	return rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* ---- binding ----------------------------------------------------------- */

void
db_query(struct ledger *l, enum db_stmt stmt, struct query *q)
{
	*q = (struct query){ .l = l, .stmt = l->stmts[stmt],
		.forgets = l->forgets[stmt] };
	assert(!sqlite3_stmt_busy(q->stmt));
}

static void
bound(struct query *q, int rc)
{
	if (q->rc == SQLITE_OK)
		q->rc = rc;
}

void
db_bind_int(struct query *q, int64_t value)
{
	bound(q, sqlite3_bind_int64(q->stmt, ++q->bound, value));
}

void
db_bind_some(struct query *q, int64_t value)
{
	if (value != 0)
		db_bind_int(q, value);
	else
		bound(q, sqlite3_bind_null(q->stmt, ++q->bound));
}

void
db_bind_text(struct query *q, const char *text)
{
	bound(q, sqlite3_bind_text(q->stmt, ++q->bound, text, -1,
	    SQLITE_STATIC));
}

void
db_bind_word(struct query *q, const char *text)
{
	db_bind_text(q, text && *text ? text : NULL);
}

void
db_bind_bytes(struct query *q, const void *bytes, int n)
{
	bound(q, sqlite3_bind_blob(q->stmt, ++q->bound, bytes, n,
	    SQLITE_STATIC));
}

/* ---- running ----------------------------------------------------------- */

static int
step(struct query *q)
{
	if (q->rc != SQLITE_OK)
		return q->rc;
	assert(q->bound == sqlite3_bind_parameter_count(q->stmt));
	return sqlite3_step(q->stmt);
}

void
db_end(struct query *q)
{
	sqlite3_reset(q->stmt);
}

static int
fail(struct query *q, int rc, struct err *e)
{
	/* The words first: the reset would put others in their place. */
	struct err why;

	err_set(&why, "ledger: %s", rc == q->rc ? sqlite3_errstr(rc)
	    : sqlite3_errmsg(q->l->db));
	db_end(q);
	q->l->fate = db_fate(rc);
	if (q->l->fate != LEDGER_OK)
		turn_lose(q->l, q->l->fate, why.text);
	return err_set(e, "%s", why.text);
}

int
db_write(struct query *q, struct err *e)
{
	int rc;

	if (turn_write(q->l, e) == -1)
		return -1;
	rc = step(q);
	if (rc != SQLITE_DONE)
		return fail(q, rc, e);
	db_end(q);
	wakes_forget_table(&q->l->wakes, q->forgets);
	return sqlite3_changes(q->l->db);
}

int
db_insert(struct query *q, int64_t *ret_id, struct err *e)
{
	int n = db_write(q, e);

	if (n > 0)
		*ret_id = sqlite3_last_insert_rowid(q->l->db);
	return n;
}

int
db_upsert(struct query *q, struct err *e)
{
	sqlite3 *db = q->l->db;

	sqlite3_set_last_insert_rowid(db, 0);
	if (db_write(q, e) == -1)
		return -1;
	return sqlite3_last_insert_rowid(db) != 0 ? 1 : 0;
}

int
db_save(struct query *q, const char *what, int64_t id, struct err *e)
{
	int n = db_write(q, e);

	if (n == 0)
		return db_refuse(q->l, e, "there is no %s %lld", what,
		    (long long)id);
	return n == -1 ? -1 : 0;
}

int
db_next(struct query *q, struct err *e)
{
	int rc = step(q);

	assert(q->read == 0 || q->read == sqlite3_column_count(q->stmt));
	q->read = 0;
	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		return fail(q, rc, e);
	db_end(q);
	return 0;
}

/* ---- reading ----------------------------------------------------------- */

int64_t
db_int(struct query *q)
{
	return sqlite3_column_int64(q->stmt, q->read++);
}

int
db_small(struct query *q)
{
	int64_t value = db_int(q);

	return value > INT_MAX ? INT_MAX
	    : value < INT_MIN ? INT_MIN : (int)value;
}

const char *
db_word(struct query *q)
{
	return (const char *)sqlite3_column_text(q->stmt, q->read++);
}

void
db_text(struct query *q, char *ret, size_t size)
{
	const char *text = db_word(q);
	size_t n = text ? strlen(text) : 0;

	if (n >= size)
		n = size - 1;
	if (n > 0)
		memcpy(ret, text, n);
	ret[n] = '\0';
}

void
db_long_text(struct query *q, struct buf *b)
{
	const char *text = db_word(q);

	if (text)
		buf_add(b, text);
}

int
db_unknown(struct query *q, const char *what, struct err *e)
{
	return db_refuse(q->l, e, "a row holds an unknown %s; was the file "
	    "written by another program?", what);
}

/* ---- whole reads ------------------------------------------------------- */

int
db_read_name(struct query *q, void *row, struct err *e)
{
	(void)e;
	db_text(q, row, LEDGER_NAME_SIZE);
	return 0;
}

int
db_one(struct query *q, db_reader *reader, void *row, struct err *e)
{
	int n = db_next(q, e);

	if (n != 1)
		return n;
	n = reader(q, row, e) == -1 ? -1 : 1;
	assert(n == -1 || q->read == sqlite3_column_count(q->stmt));
	db_end(q);
	return n;
}

int
db_get(struct ledger *l, enum db_stmt stmt, const char *what, int64_t id,
    db_reader *reader, void *row, struct err *e)
{
	struct query q;
	int n;

	db_query(l, stmt, &q);
	db_bind_int(&q, id);
	n = db_one(&q, reader, row, e);
	if (n == 0)
		return db_refuse(l, e, "there is no %s %lld", what,
		    (long long)id);
	return n == -1 ? -1 : 0;
}

int
db_rows(struct query *q, db_reader *reader, void *rows, size_t size, int max,
    struct err *e)
{
	char *row = rows;
	int n = 0, more = 0;

	while (n < max && (more = db_next(q, e)) == 1) {
		if (reader(q, row + (size_t)n * size, e) == -1) {
			db_end(q);
			return -1;
		}
		n++;
	}
	db_end(q);
	return more == -1 ? -1 : n;
}

int
db_value(struct query *q, int64_t otherwise, int64_t *ret, struct err *e)
{
	int64_t value = otherwise;
	int n = db_next(q, e);

	if (n == -1)
		return -1;
	if (n == 1) {
		if (sqlite3_column_type(q->stmt, 0) != SQLITE_NULL)
			value = db_int(q);
		db_end(q);
	}
	*ret = value;
	return 0;
}

int
db_answer(struct query *q, struct err *e)
{
	int64_t value = 0;

	if (db_value(q, 0, &value, e) == -1)
		return -1;
	return value > INT_MAX ? INT_MAX : (int)value;
}

/* Whoever only reads does not see what others write. */
int
db_wake(struct ledger *l, enum wake which, enum db_stmt stmt, msec *ret,
    struct err *e)
{
	msec *at = &l->wakes.at[which];
	struct query q;

	if (*at == 0) {
		db_query(l, stmt, &q);
		if (db_value(&q, NEVER, at, e) == -1) {
			*at = 0;
			return -1;
		}
	}
	*ret = *at;
	if (l->mode == LEDGER_READ)
		*at = 0;
	return 0;
}
