/*
 * Who is at somebody's door, and by when they are expected back.
 */
#include "ledger/db.h"

#define COLUMNS "id, flag, who, company, out_at, back_by, back_at, deadline"
#define SELECT "SELECT " COLUMNS " FROM visit "

const struct db_statement visits_sql[] = {
	{ SQL_VISIT_ADD, "INSERT INTO visit (flag, who, company, out_at,"
	    " back_by, deadline) VALUES (?1, ?2, ?3, ?4, ?5, ?5)" },
	{ SQL_VISIT_SAVE, "UPDATE visit SET back_at = ?2, deadline = ?3"
	    " WHERE id = ?1" },
	/* The newest that is not back, or else the newest. */
	{ SQL_VISIT_OF, SELECT "WHERE flag = ?1 ORDER BY CASE WHEN back_at IS"
	    " NULL THEN 0 ELSE 1 END, id DESC LIMIT 1" },
	{ SQL_VISIT_OVERDUE, SELECT "WHERE deadline <= ?1"
	    " ORDER BY deadline LIMIT ?2" },
	{ SQL_VISIT_DEADLINE, "SELECT deadline FROM visit"
	    " WHERE deadline IS NOT NULL ORDER BY deadline LIMIT 1" },
	{ 0, NULL },
};

static int
read_visit(struct query *q, void *row, struct err *e)
{
	struct ledger_visit *v = row;

	(void)e;
	v->id = db_int(q);
	v->flag = db_int(q);
	db_text(q, v->who, sizeof(v->who));
	db_text(q, v->company, sizeof(v->company));
	v->out_at = db_int(q);
	v->back_by = db_int(q);
	v->back_at = db_int(q);
	v->deadline = db_int(q);
	return 0;
}

int
ledger_visit_add(struct ledger *l, struct ledger_visit *v, struct err *e)
{
	struct query q;

	db_query(l, SQL_VISIT_ADD, &q);
	db_bind_int(&q, v->flag);
	db_bind_text(&q, v->who);
	db_bind_text(&q, v->company);
	db_bind_int(&q, v->out_at);
	db_bind_int(&q, v->back_by);
	v->deadline = v->back_by;
	return db_insert(&q, &v->id, e) == -1 ? -1 : 0;
}

int
ledger_visit_save(struct ledger *l, const struct ledger_visit *v,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_VISIT_SAVE, &q);
	db_bind_int(&q, v->id);
	db_bind_some(&q, v->back_at);
	db_bind_some(&q, v->deadline);
	return db_save(&q, "visit", v->id, e);
}

int
ledger_visit_of(struct ledger *l, int64_t flag, struct ledger_visit *ret,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_VISIT_OF, &q);
	db_bind_int(&q, flag);
	return db_one(&q, read_visit, ret, e);
}

int
ledger_visits_overdue(struct ledger *l, msec now, struct ledger_visit *ret,
    int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_VISIT_OVERDUE, &q);
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, read_visit, ret, sizeof(*ret), max, e);
}

int
ledger_visits_deadline(struct ledger *l, msec *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_VISIT_DEADLINE, &q);
	return db_value(&q, NEVER, ret, e);
}
