/*
 * Who is not to be asked, and until when.
 */
#include "ledger/db.h"

#define COLUMNS "id, participant, kind, first, last, way, who, at, flag,"    \
	" note, ended_at, ended_by"
#define SELECT "SELECT " COLUMNS " FROM absence "

/* More than anybody has in force at a time. */
#define OF_ONE_MAX 16

const struct db_statement absences_sql[] = {
	{ SQL_ABSENCE_ADD, "INSERT INTO absence (participant, kind, first,"
	    " last, way, who, at, flag, note)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)" },
	{ SQL_ABSENCE_END, "UPDATE absence SET ended_at = ?2, ended_by = ?3"
	    " WHERE id = ?1 AND ended_at IS NULL" },
	{ SQL_ABSENCE_ON, SELECT "WHERE participant = ?1"
	    " AND ended_at IS NULL AND first <= ?2 AND last >= ?2"
	    " LIMIT ?3" },
	{ SQL_ABSENCE_OF, SELECT "WHERE participant = ?1"
	    " AND ended_at IS NULL AND last >= ?2 LIMIT ?3" },
	{ SQL_ABSENCE_ALL, SELECT "WHERE ended_at IS NULL AND last >= ?1"
	    " AND first <= ?1 AND id > ?2 ORDER BY id LIMIT ?3" },
	{ SQL_ABSENCE_WAS, "SELECT count(*) FROM absence"
	    " WHERE participant = ?1 AND first <= ?2 AND last >= ?2"
	    " AND at < ?3 AND (ended_at IS NULL OR ended_at > ?3)" },
	{ 0, NULL },
};

static int
read_absence(struct query *q, void *row, struct err *e)
{
	struct ledger_absence *a = row;

	a->id = db_int(q);
	db_text(q, a->participant, sizeof(a->participant));
	if (absence_from_name(db_word(q), &a->kind) == -1)
		return db_unknown(q, "kind of an absence", e);
	a->first = (localdate)db_small(q);
	a->last = (localdate)db_small(q);
	db_text(q, a->from, sizeof(a->from));
	db_text(q, a->who, sizeof(a->who));
	a->at = db_int(q);
	a->flag = db_int(q);
	db_text(q, a->note, sizeof(a->note));
	a->ended_at = db_int(q);
	db_text(q, a->ended_by, sizeof(a->ended_by));
	return 0;
}

int
ledger_absence_add(struct ledger *l, struct ledger_absence *a, struct err *e)
{
	struct query q;

	db_query(l, SQL_ABSENCE_ADD, &q);
	db_bind_text(&q, a->participant);
	db_bind_text(&q, absence_name(a->kind));
	db_bind_int(&q, a->first);
	db_bind_int(&q, a->last);
	db_bind_text(&q, a->from);
	db_bind_text(&q, a->who);
	db_bind_int(&q, a->at);
	db_bind_some(&q, a->flag);
	db_bind_text(&q, a->note);
	return db_insert(&q, &a->id, e) == -1 ? -1 : 0;
}

int
ledger_absence_end(struct ledger *l, int64_t id, const char *who, msec at,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ABSENCE_END, &q);
	db_bind_int(&q, id);
	db_bind_int(&q, at);
	db_bind_text(&q, who);
	return db_write(&q, e);
}

static int
of_one(struct ledger *l, enum db_stmt stmt, const char *participant,
    localdate date, struct ledger_absence *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, date);
	db_bind_int(&q, max);
	return db_rows(&q, read_absence, ret, sizeof(*ret), max, e);
}

int
ledger_absence_on(struct ledger *l, const char *participant, localdate date,
    struct ledger_absence *ret, struct err *e)
{
	struct ledger_absence all[OF_ONE_MAX];
	int strictest = 0;
	int n = of_one(l, SQL_ABSENCE_ON, participant, date, all, OF_ONE_MAX,
	    e);

	if (n < 1)
		return n;
	for (int i = 1; i < n; i++)
		if (all[i].kind > all[strictest].kind)
			strictest = i;
	*ret = all[strictest];
	return 1;
}

int
ledger_absences_of(struct ledger *l, const char *participant, localdate date,
    struct ledger_absence *ret, int max, struct err *e)
{
	return of_one(l, SQL_ABSENCE_OF, participant, date, ret, max, e);
}

int
ledger_absences_on(struct ledger *l, localdate date, int64_t after,
    struct ledger_absence *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_ABSENCE_ALL, &q);
	db_bind_int(&q, date);
	db_bind_int(&q, after);
	db_bind_int(&q, max);
	return db_rows(&q, read_absence, ret, sizeof(*ret), max, e);
}

int
ledger_absence_was(struct ledger *l, const char *participant, localdate date,
    msec instant, struct err *e)
{
	struct query q;

	db_query(l, SQL_ABSENCE_WAS, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, date);
	db_bind_int(&q, instant);
	return db_answer(&q, e);
}
