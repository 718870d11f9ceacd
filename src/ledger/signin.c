#include "ledger/db.h"

#include <string.h>

#include "ledger/signin.h"

#define HASH_SIZE 32

#define LINK "SELECT id, volunteer, notice, made_at, until, used_at FROM link "
#define SESSION "SELECT id, volunteer, link, since, until, address, ended_at," \
	" ended_by FROM session "

const struct db_statement signin_sql[] = {
	{ SQL_LINK_ADD, "INSERT INTO link (hash, volunteer, notice, made_at,"
	    " until) VALUES (?1, ?2, ?3, ?4, ?5)" },
	{ SQL_LINK_BY_HASH, LINK "WHERE hash = ?1" },
	{ SQL_LINK_FITS, "SELECT count(*) FROM link"
	    " WHERE notice = ?1 AND hash = ?2" },
	{ SQL_LINK_USE, "UPDATE link SET used_at = ?2 WHERE id = ?1"
	    " AND used_at IS NULL" },
	{ SQL_LINK_SINCE, "SELECT count(*) FROM link"
	    " WHERE volunteer = ?1 AND made_at > ?2" },
	{ SQL_SESSION_ADD, "INSERT INTO session (hash, volunteer, link, since,"
	    " until, address) VALUES (?1, ?2, ?3, ?4, ?5, ?6)" },
	{ SQL_SESSION_BY_HASH, SESSION "WHERE hash = ?1" },
	{ SQL_SESSION_END, "UPDATE session SET ended_at = ?2, ended_by = ?3"
	    " WHERE id = ?1 AND ended_at IS NULL" },
	{ SQL_SESSION_OPEN, SESSION "WHERE ended_at IS NULL AND id > ?1"
	    " ORDER BY id LIMIT ?2" },
	/* Who looks again within the time has not looked anew. */
	{ SQL_SIGHT_ADD, "INSERT INTO sight (at, who, whose, what, way,"
	    " address) SELECT ?1, ?2, ?3, ?4, ?5, ?6"
	    " WHERE NOT EXISTS (SELECT 1 FROM sight WHERE whose = ?3"
	    " AND who = ?2 AND what = ?4 AND at > ?7 AND at <= ?1"
	    " AND address = ?6)" },
	{ 0, NULL },
};

/* ---- links ------------------------------------------------------------- */

static int
read_link(struct query *q, void *row, struct err *e)
{
	struct ledger_link *n = row;

	(void)e;
	n->id = db_int(q);
	db_text(q, n->volunteer, sizeof(n->volunteer));
	n->notice = db_int(q);
	n->made_at = db_int(q);
	n->until = db_int(q);
	n->used_at = db_int(q);
	return 0;
}

int
ledger_link_add(struct ledger *l, struct ledger_link *n, const uint8_t *hash,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_LINK_ADD, &q);
	db_bind_bytes(&q, hash, HASH_SIZE);
	db_bind_text(&q, n->volunteer);
	db_bind_int(&q, n->notice);
	db_bind_int(&q, n->made_at);
	db_bind_int(&q, n->until);
	return db_insert(&q, &n->id, e) == 1 ? 0 : -1;
}

int
ledger_link_by_hash(struct ledger *l, const uint8_t *hash,
    struct ledger_link *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_LINK_BY_HASH, &q);
	db_bind_bytes(&q, hash, HASH_SIZE);
	return db_one(&q, read_link, ret, e);
}

int
ledger_link_fits(struct ledger *l, int64_t notice, const uint8_t *hash,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_LINK_FITS, &q);
	db_bind_int(&q, notice);
	db_bind_bytes(&q, hash, HASH_SIZE);
	return db_answer(&q, e);
}

int
ledger_link_use(struct ledger *l, int64_t id, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_LINK_USE, &q);
	db_bind_int(&q, id);
	db_bind_int(&q, at);
	return db_write(&q, e);
}

int
ledger_links_since(struct ledger *l, const char *volunteer, msec since,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_LINK_SINCE, &q);
	db_bind_text(&q, volunteer);
	db_bind_int(&q, since);
	return db_answer(&q, e);
}

/* ---- sessions ---------------------------------------------------------- */

static int
read_session(struct query *q, void *row, struct err *e)
{
	struct ledger_session *s = row;

	(void)e;
	s->id = db_int(q);
	db_text(q, s->volunteer, sizeof(s->volunteer));
	s->link = db_int(q);
	s->since = db_int(q);
	s->until = db_int(q);
	db_text(q, s->address, sizeof(s->address));
	s->ended_at = db_int(q);
	db_text(q, s->ended_by, sizeof(s->ended_by));
	return 0;
}

int
ledger_session_add(struct ledger *l, struct ledger_session *s,
    const uint8_t *hash, struct err *e)
{
	struct query q;

	db_query(l, SQL_SESSION_ADD, &q);
	db_bind_bytes(&q, hash, HASH_SIZE);
	db_bind_text(&q, s->volunteer);
	db_bind_int(&q, s->link);
	db_bind_int(&q, s->since);
	db_bind_int(&q, s->until);
	db_bind_text(&q, s->address);
	return db_insert(&q, &s->id, e) == 1 ? 0 : -1;
}

int
ledger_session_by_hash(struct ledger *l, const uint8_t *hash,
    struct ledger_session *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_SESSION_BY_HASH, &q);
	db_bind_bytes(&q, hash, HASH_SIZE);
	return db_one(&q, read_session, ret, e);
}

int
ledger_session_end(struct ledger *l, int64_t id, const char *by, msec at,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_SESSION_END, &q);
	db_bind_int(&q, id);
	db_bind_int(&q, at);
	db_bind_text(&q, by);
	return db_write(&q, e);
}

int
ledger_sessions_open(struct ledger *l, int64_t after,
    struct ledger_session *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_SESSION_OPEN, &q);
	db_bind_int(&q, after);
	db_bind_int(&q, max);
	return db_rows(&q, read_session, ret, sizeof(*ret), max, e);
}

/* ---- who looked at whom ------------------------------------------------ */

int
ledger_sight_add(struct ledger *l, const struct ledger_sight *s,
    msec again_after, struct err *e)
{
	struct query q;

	db_query(l, SQL_SIGHT_ADD, &q);
	db_bind_int(&q, s->at);
	db_bind_text(&q, s->who);
	db_bind_text(&q, s->whose);
	db_bind_text(&q, s->what);
	db_bind_text(&q, s->way);
	db_bind_text(&q, s->address);
	db_bind_int(&q, s->at - again_after);
	return db_write(&q, e) == -1 ? -1 : 0;
}
