/*
 * Contacts who were asked about somebody, and have not answered.
 */
#include "ledger/db.h"

const struct db_statement asks_sql[] = {
	{ SQL_ASK_ADD, "INSERT INTO ask (flag, number, name, code, who, at,"
	    " until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)" },
	{ SQL_ASK_BY, "SELECT id, flag, number, name, code, who, at, until"
	    " FROM ask WHERE number = ?1 AND answered_at IS NULL"
	    " AND code = ?2 AND until > ?3 ORDER BY id DESC LIMIT 1" },
	{ SQL_ASK_ANSWERED, "UPDATE ask SET answered_at = ?2"
	    " WHERE id = ?1 AND answered_at IS NULL" },
	{ 0, NULL },
};

static int
read_ask(struct query *q, void *row, struct err *e)
{
	struct ledger_ask_contact *a = row;

	(void)e;
	a->id = db_int(q);
	a->flag = db_int(q);
	db_text(q, a->number, sizeof(a->number));
	db_text(q, a->name, sizeof(a->name));
	db_text(q, a->code, sizeof(a->code));
	db_text(q, a->who, sizeof(a->who));
	a->at = db_int(q);
	a->until = db_int(q);
	return 0;
}

int
ledger_ask_contact_add(struct ledger *l, struct ledger_ask_contact *a,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ASK_ADD, &q);
	db_bind_int(&q, a->flag);
	db_bind_text(&q, a->number);
	db_bind_text(&q, a->name);
	db_bind_text(&q, a->code);
	db_bind_text(&q, a->who);
	db_bind_int(&q, a->at);
	db_bind_int(&q, a->until);
	return db_insert(&q, &a->id, e) == -1 ? -1 : 0;
}

int
ledger_ask_contact_by(struct ledger *l, const char *number, const char *code,
    msec now, struct ledger_ask_contact *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_ASK_BY, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, code);
	db_bind_int(&q, now);
	return db_one(&q, read_ask, ret, e);
}

int
ledger_ask_contact_answered(struct ledger *l, int64_t id, msec at,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ASK_ANSWERED, &q);
	db_bind_int(&q, id);
	db_bind_int(&q, at);
	return db_write(&q, e) == -1 ? -1 : 0;
}
