/*
 * What made its own handling fail, kept apart so that nothing is lost and
 * somebody can look at it.  Ever the same thing is one row that counts.
 */
#include "ledger/db.h"

const struct db_statement aside_sql[] = {
	{ SQL_ASIDE_AGAIN, "UPDATE aside SET times = times + 1, last_at = ?3,"
	    " why = ?4 WHERE kind = ?1 AND subject = ?2" },
	/* A fault that strikes everything must not fill the disk: so many in a
	 * minute, and of so many the oldest go. */
	{ SQL_ASIDE_ADD, "INSERT INTO aside"
	    " (kind, subject, at, last_at, times, why, content)"
	    " SELECT ?1, ?2, ?3, ?3, 1, ?4, ?5"
	    " WHERE (SELECT count(*) FROM aside"
	    " WHERE at > ?3 - 60000) < 60" },
	{ SQL_ASIDE_TRIM, "DELETE FROM aside"
	    " WHERE id <= (SELECT max(id) FROM aside) - 1000" },
	{ 0, NULL },
};

static void
bind(struct query *q, const char *kind, const char *subject, msec at,
    const char *why)
{
	db_bind_text(q, kind);
	db_bind_text(q, subject);
	db_bind_int(q, at);
	db_bind_text(q, why);
}

int
ledger_aside(struct ledger *l, const char *kind, const char *subject,
    const char *why, const char *content, msec at, struct err *e)
{
	struct query q;
	int known;

	db_query(l, SQL_ASIDE_AGAIN, &q);
	bind(&q, kind, subject, at, why);
	known = db_write(&q, e);
	if (known != 0)
		return known == -1 ? -1 : 2;
	db_query(l, SQL_ASIDE_ADD, &q);
	bind(&q, kind, subject, at, why);
	db_bind_text(&q, content);
	if ((known = db_write(&q, e)) != 1)
		return known;
	db_query(l, SQL_ASIDE_TRIM, &q);
	return db_write(&q, e) == -1 ? -1 : 1;
}
