/*
 * How far the texts to us were fetched.
 */
#include "ledger/db.h"

const struct db_statement inbox_sql[] = {
	{ SQL_INBOX_SEEN, "SELECT seen FROM inbox WHERE gateway = ?1" },
	{ SQL_INBOX_SET, "INSERT INTO inbox (gateway, seen) VALUES (?1, ?2)"
	    " ON CONFLICT (gateway) DO UPDATE SET seen = excluded.seen"
	    " WHERE inbox.seen < excluded.seen" },
	{ 0, NULL },
};

int
ledger_inbox_seen(struct ledger *l, const char *gateway, msec *ret,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_INBOX_SEEN, &q);
	db_bind_text(&q, gateway);
	return db_value(&q, 0, ret, e);
}

int
ledger_inbox_set(struct ledger *l, const char *gateway, msec seen,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_INBOX_SET, &q);
	db_bind_text(&q, gateway);
	db_bind_int(&q, seen);
	return db_write(&q, e) == -1 ? -1 : 0;
}
