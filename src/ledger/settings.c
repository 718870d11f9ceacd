/*
 * What holds for more than one check-in: the newest instant, since when
 * people are live, opt-outs, holds, incidents and loads.
 */
#include "ledger/db.h"
#include "ledger/incidents.h"

const struct db_statement settings_sql[] = {
	{ SQL_META_ADD, "INSERT INTO meta (id, kind) VALUES (1, ?1)"
	    " ON CONFLICT (id) DO NOTHING" },
	{ SQL_META_NEWEST, "SELECT newest FROM meta WHERE id = 1" },
	{ SQL_META_REWIND, "UPDATE meta SET newest = ?1"
	    " WHERE id = 1 AND newest > ?1" },
	{ SQL_META_TOUCH, "UPDATE meta SET newest = ?1"
	    " WHERE id = 1 AND newest < ?1" },

	{ SQL_LIVE_SET, "INSERT INTO live_since"
	    " (participant, round, minute, since, load)"
	    " VALUES (?1, ?2, ?3, ?4, ?5)"
	    " ON CONFLICT (participant, round) DO UPDATE SET"
	    " since = CASE WHEN live_since.minute = excluded.minute"
	    " THEN live_since.since ELSE excluded.since END,"
	    " minute = excluded.minute, load = excluded.load" },
	{ SQL_LIVE_END, "DELETE FROM live_since WHERE load <> ?1"
	    " AND participant > ?2 AND participant <= ?3" },
	{ SQL_LIVE_SOME, "SELECT DISTINCT participant FROM live_since"
	    " WHERE participant > ?1 ORDER BY participant LIMIT ?2" },
	{ SQL_LIVE_SINCE, "SELECT since FROM live_since"
	    " WHERE participant = ?1 AND round = ?2" },

	{ SQL_OPTOUT_ADD, "INSERT INTO optout (number, channel, source, at)"
	    " VALUES (?1, ?2, ?3, ?4)"
	    " ON CONFLICT (number, channel) WHERE lifted_at IS NULL"
	    " DO NOTHING" },
	{ SQL_OPTOUT_LIFT, "UPDATE optout SET lifted_at = ?3"
	    " WHERE number = ?1 AND channel = ?2 AND lifted_at IS NULL" },
	{ SQL_OPTOUT_IS, "SELECT 1 FROM optout"
	    " WHERE number = ?1 AND channel = ?2 AND lifted_at IS NULL" },

	{ SQL_HOLD_ADD, "INSERT INTO hold (round, reason, who, since)"
	    " VALUES (?1, ?2, ?3, ?4)"
	    " ON CONFLICT (round) WHERE ended_at IS NULL DO NOTHING" },
	{ SQL_HOLD_SINCE, "SELECT since FROM hold"
	    " WHERE round = ?1 AND ended_at IS NULL" },
	{ SQL_HOLD_END, "UPDATE hold SET ended_at = ?2, ended_by = ?3"
	    " WHERE round = ?1 AND ended_at IS NULL" },
	/* Two looks: for a list in an IN SQLite makes a table, each time. */
	{ SQL_HOLD_IS, "SELECT"
	    " EXISTS (SELECT 1 FROM hold WHERE round = ''"
	    " AND ended_at IS NULL)"
	    " OR EXISTS (SELECT 1 FROM hold WHERE round = ?1"
	    " AND ended_at IS NULL)" },

	{ SQL_INCIDENT_ADD, "INSERT INTO incident"
	    " (kind, subject, since, detail) VALUES (?1, ?2, ?3, ?4)"
	    " ON CONFLICT (kind, subject) WHERE ended_at IS NULL"
	    " DO NOTHING" },
	{ SQL_INCIDENT_END, "UPDATE incident SET ended_at = ?3"
	    " WHERE kind = ?1 AND subject = ?2 AND ended_at IS NULL" },
	{ SQL_INCIDENT_REWORD, "UPDATE incident SET detail = ?3"
	    " WHERE kind = ?1 AND subject = ?2 AND ended_at IS NULL"
	    " AND detail <> ?3" },
	{ SQL_INCIDENT_IS, "SELECT id FROM incident"
	    " WHERE kind = ?1 AND subject = ?2 AND ended_at IS NULL" },
	{ SQL_INCIDENT_SINCE, "SELECT since FROM incident WHERE id = ?1" },

	{ SQL_LOAD_ADD, "INSERT INTO load (digest, live, mistakes, at)"
	    " VALUES (?1, ?2, ?3, ?4)" },
	{ 0, NULL },
};

/* ---- the newest instant ------------------------------------------------ */

int
ledger_newest(struct ledger *l, msec *ret, struct err *e)
{
	struct query q;

	if (l->newest == -1) {
		db_query(l, SQL_META_NEWEST, &q);
		if (db_value(&q, 0, &l->newest, e) == -1)
			return -1;
	}
	*ret = l->newest;
	return 0;
}

/* Called every turn: costs a write only where the instant is really newer. */
int
ledger_touch(struct ledger *l, msec now, struct err *e)
{
	struct query q;
	msec newest;

	if (ledger_newest(l, &newest, e) == -1)
		return -1;
	if (now <= newest)
		return 0;
	db_query(l, SQL_META_TOUCH, &q);
	db_bind_int(&q, now);
	if (db_write(&q, e) == -1)
		return -1;
	l->newest = now;
	return 0;
}

int
ledger_rewind(struct ledger *l, msec now, struct err *e)
{
	struct query q;

	db_query(l, SQL_META_REWIND, &q);
	db_bind_int(&q, now);
	l->newest = -1;
	if (db_write(&q, e) == -1)
		return -1;
	return ledger_commit(l, e) == LEDGER_OK ? 0 : -1;
}

/* ---- who may be asked since when --------------------------------------- */

int
ledger_live(struct ledger *l, const char *participant, const char *round,
    int minute, int64_t load, msec now, struct err *e)
{
	struct query q;

	db_query(l, SQL_LIVE_SET, &q);
	db_bind_text(&q, participant);
	db_bind_text(&q, round);
	db_bind_int(&q, minute);
	db_bind_int(&q, now);
	db_bind_int(&q, load);
	return db_write(&q, e) == -1 ? -1 : 0;
}

int
ledger_live_end(struct ledger *l, int64_t load, const char *after,
    const char *upto, struct err *e)
{
	struct query q;

	db_query(l, SQL_LIVE_END, &q);
	db_bind_int(&q, load);
	db_bind_text(&q, after);
	/* To SQLite any bytes come behind every text. */
	if (upto != NULL)
		db_bind_text(&q, upto);
	else
		db_bind_bytes(&q, "", 1);
	return db_write(&q, e) == -1 ? -1 : 0;
}

int
ledger_live_some(struct ledger *l, const char *after,
    char (*ret)[LEDGER_NAME_SIZE], int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_LIVE_SOME, &q);
	db_bind_text(&q, after);
	db_bind_int(&q, max);
	return db_rows(&q, db_read_name, ret, LEDGER_NAME_SIZE, max, e);
}

int
ledger_live_since(struct ledger *l, const char *participant,
    const char *round, msec *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_LIVE_SINCE, &q);
	db_bind_text(&q, participant);
	db_bind_text(&q, round);
	return db_value(&q, NEVER, ret, e);
}

/* ---- opt-out ----------------------------------------------------------- */

int
ledger_optout_add(struct ledger *l, const char *number, enum channel channel,
    const char *source, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_OPTOUT_ADD, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, channel_name(channel));
	db_bind_text(&q, source);
	db_bind_int(&q, at);
	return db_write(&q, e);
}

int
ledger_optout_lift(struct ledger *l, const char *number,
    enum channel channel, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_OPTOUT_LIFT, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, channel_name(channel));
	db_bind_int(&q, at);
	return db_write(&q, e);
}

int
ledger_opted_out(struct ledger *l, const char *number, enum channel channel,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_OPTOUT_IS, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, channel_name(channel));
	return db_answer(&q, e);
}

/* ---- hold -------------------------------------------------------------- */

static int
already_held(struct ledger *l, const char *round, struct err *e)
{
	char day[CALENDAR_DATE_SIZE], clock[CALENDAR_CLOCK_SIZE];
	struct query q;
	msec at;

	db_query(l, SQL_HOLD_SINCE, &q);
	db_bind_text(&q, round);
	if (db_value(&q, 0, &at, e) == -1)
		return -1;
	l->fate = LEDGER_OK;
	return err_set(e, "%s%s is held since %s %s; end that by resume first",
	    *round ? "the round " : "all asking", round,
	    calendar_format_date(calendar_date(at), day),
	    calendar_format_clock(at, clock));
}

int
ledger_hold_add(struct ledger *l, const char *round, const char *reason,
    const char *who, msec at, struct err *e)
{
	struct query q;
	int n;

	db_query(l, SQL_HOLD_ADD, &q);
	db_bind_text(&q, round);
	db_bind_text(&q, reason);
	db_bind_text(&q, who);
	db_bind_int(&q, at);
	n = db_write(&q, e);
	if (n == 0)
		return already_held(l, round, e);
	return n == -1 ? -1 : 0;
}

int
ledger_hold_end(struct ledger *l, const char *round, const char *who,
    msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_HOLD_END, &q);
	db_bind_text(&q, round);
	db_bind_int(&q, at);
	db_bind_text(&q, who);
	return db_write(&q, e);
}

int
ledger_held(struct ledger *l, const char *round, struct err *e)
{
	struct query q;

	db_query(l, SQL_HOLD_IS, &q);
	db_bind_text(&q, round);
	return db_answer(&q, e);
}

/* ---- incidents and loads ----------------------------------------------- */

int
settings_read_incident(struct query *q, void *row, struct err *e)
{
	struct ledger_incident *i = row;

	i->id = db_int(q);
	if (incident_kind_from_name(db_word(q), &i->kind) == -1)
		return db_unknown(q, "kind of an incident", e);
	db_text(q, i->subject, sizeof(i->subject));
	i->since = db_int(q);
	i->ended_at = db_int(q);
	db_text(q, i->detail, sizeof(i->detail));
	return 0;
}

int
ledger_incident_open(struct ledger *l, enum incident_kind kind,
    const char *subject, const char *detail, msec at, int64_t *ret_id,
    bool *ret_new, struct err *e)
{
	struct query q;
	int64_t id = 0;
	int n;

	db_query(l, SQL_INCIDENT_ADD, &q);
	db_bind_text(&q, incident_kind_name(kind));
	db_bind_text(&q, subject);
	db_bind_int(&q, at);
	db_bind_text(&q, detail ? detail : "");
	n = db_insert(&q, &id, e);
	if (n == -1 || (n == 0 &&
	    ledger_incident_is_open(l, kind, subject, &id, e) == -1))
		return -1;
	*ret_id = id;
	*ret_new = n > 0;
	return 0;
}

int
ledger_incident_end(struct ledger *l, enum incident_kind kind,
    const char *subject, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_INCIDENT_END, &q);
	db_bind_text(&q, incident_kind_name(kind));
	db_bind_text(&q, subject);
	db_bind_int(&q, at);
	return db_write(&q, e);
}

int
ledger_incident_reword(struct ledger *l, enum incident_kind kind,
    const char *subject, const char *detail, struct err *e)
{
	struct query q;

	db_query(l, SQL_INCIDENT_REWORD, &q);
	db_bind_text(&q, incident_kind_name(kind));
	db_bind_text(&q, subject);
	db_bind_text(&q, detail ? detail : "");
	return db_write(&q, e);
}

int
ledger_incident_is_open(struct ledger *l, enum incident_kind kind,
    const char *subject, int64_t *ret_id, struct err *e)
{
	struct query q;
	int64_t id;

	db_query(l, SQL_INCIDENT_IS, &q);
	db_bind_text(&q, incident_kind_name(kind));
	db_bind_text(&q, subject);
	if (db_value(&q, 0, &id, e) == -1)
		return -1;
	if (id == 0)
		return 0;
	*ret_id = id;
	return 1;
}

int
ledger_incident_since(struct ledger *l, int64_t id, msec *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_INCIDENT_SINCE, &q);
	db_bind_int(&q, id);
	return db_value(&q, 0, ret, e);
}

int
ledger_load_add(struct ledger *l, const char *digest, int live, int mistakes,
    msec at, int64_t *ret_load, struct err *e)
{
	struct query q;

	db_query(l, SQL_LOAD_ADD, &q);
	db_bind_text(&q, digest);
	db_bind_int(&q, live);
	db_bind_int(&q, mistakes);
	db_bind_int(&q, at);
	return db_insert(&q, ret_load, e) == -1 ? -1 : 0;
}
