/*
 * Who is being put through to whom, and how that went.
 */
#include "ledger/db.h"

#define SELECT "SELECT notice, flag, who, way, number, asked_at, through_at," \
	" ended_at, result FROM bridge "

const struct db_statement bridges_sql[] = {
	{ SQL_BRIDGE_ADD, "INSERT INTO bridge (notice, flag, who, way, number,"
	    " asked_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)" },
	{ SQL_BRIDGE_SAVE, "UPDATE bridge SET through_at = ?2, ended_at = ?3,"
	    " result = ?4 WHERE notice = ?1" },
	{ SQL_BRIDGE_GET, SELECT "WHERE notice = ?1" },
	{ SQL_BRIDGE_OPEN, SELECT "WHERE ended_at IS NULL AND number = ?1"
	    " UNION ALL " SELECT "WHERE ended_at IS NULL AND who = ?2"
	    " LIMIT 1" },
	{ 0, NULL },
};

static int
read_bridge(struct query *q, void *row, struct err *e)
{
	struct ledger_bridge *b = row;

	b->notice = db_int(q);
	b->flag = db_int(q);
	db_text(q, b->who, sizeof(b->who));
	db_text(q, b->way, sizeof(b->way));
	db_text(q, b->number, sizeof(b->number));
	b->asked_at = db_int(q);
	b->through_at = db_int(q);
	b->ended_at = db_int(q);
	if (bridge_result_from_name(db_word(q), &b->result) == -1)
		return db_unknown(q, "result of a call put through", e);
	return 0;
}

int
ledger_bridge_add(struct ledger *l, const struct ledger_bridge *b,
    struct err *e)
{
	struct query q;
	int64_t id;

	db_query(l, SQL_BRIDGE_ADD, &q);
	db_bind_int(&q, b->notice);
	db_bind_int(&q, b->flag);
	db_bind_text(&q, b->who);
	db_bind_text(&q, b->way);
	db_bind_text(&q, b->number);
	db_bind_int(&q, b->asked_at);
	return db_insert(&q, &id, e) == -1 ? -1 : 0;
}

int
ledger_bridge_save(struct ledger *l, const struct ledger_bridge *b,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_BRIDGE_SAVE, &q);
	db_bind_int(&q, b->notice);
	db_bind_some(&q, b->through_at);
	db_bind_some(&q, b->ended_at);
	db_bind_text(&q, bridge_result_name(b->result));
	return db_save(&q, "call put through", b->notice, e);
}

int
ledger_bridge_get(struct ledger *l, int64_t notice, struct ledger_bridge *ret,
    struct err *e)
{
	return db_get(l, SQL_BRIDGE_GET, "call put through", notice,
	    read_bridge, ret, e);
}

int
ledger_bridge_open(struct ledger *l, const char *number, const char *who,
    struct ledger_bridge *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_BRIDGE_OPEN, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, who);
	return db_one(&q, read_bridge, ret, e);
}
