/*
 * Test calls and texts.
 */
#include "ledger/trials.h"

#include "ledger/db.h"

#define SELECT "SELECT id, participant, channel, number, who, way, at,"     \
	" until, outcome, ended_at, confirmed_by, confirmed_at FROM trial "

const struct db_statement trials_sql[] = {
	{ SQL_TRIAL_ADD, "INSERT INTO trial (participant, channel, number,"
	    " who, way, at, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)" },
	{ SQL_TRIAL_GET, SELECT "WHERE id = ?1" },
	{ SQL_TRIAL_ENDED, "UPDATE trial SET outcome = ?2, ended_at = ?3"
	    " WHERE id = ?1 AND ended_at IS NULL" },
	{ SQL_TRIAL_CONFIRMED, "UPDATE trial SET confirmed_by = ?2,"
	    " confirmed_at = ?3 WHERE id = ?1 AND confirmed_at IS NULL" },
	{ SQL_TRIAL_NEWEST, SELECT "WHERE participant = ?1"
	    " ORDER BY id DESC LIMIT 1" },
	{ SQL_TRIAL_PASSED, SELECT "WHERE participant = ?1"
	    " AND confirmed_at IS NOT NULL ORDER BY id DESC LIMIT 1" },
	{ SQL_TRIAL_AT, SELECT "WHERE number = ?1 AND confirmed_at IS NULL"
	    " AND channel = 'text' AND until > ?2 ORDER BY id DESC LIMIT 1" },
	{ SQL_TRIAL_SINCE, "SELECT count(*) FROM trial"
	    " WHERE participant = ?1 AND at >= ?2" },
	{ 0, NULL },
};

static int
read_trial(struct query *q, void *row, struct err *e)
{
	struct ledger_trial *t = row;

	t->id = db_int(q);
	db_text(q, t->participant, sizeof(t->participant));
	if (channel_from_name(db_word(q), &t->channel) == -1)
		return db_unknown(q, "channel of a test", e);
	db_text(q, t->number, sizeof(t->number));
	db_text(q, t->who, sizeof(t->who));
	db_text(q, t->way, sizeof(t->way));
	t->at = db_int(q);
	t->until = db_int(q);
	if (outcome_from_name(db_word(q), &t->outcome) == -1)
		return db_unknown(q, "outcome of a test", e);
	t->ended_at = db_int(q);
	if (confirmed_by_from_name(db_word(q), &t->confirmed_by) == -1)
		return db_unknown(q, "way in which a test was confirmed", e);
	t->confirmed_at = db_int(q);
	return 0;
}

int
ledger_trial_add(struct ledger *l, struct ledger_trial *t, struct err *e)
{
	struct query q;

	db_query(l, SQL_TRIAL_ADD, &q);
	db_bind_text(&q, t->participant);
	db_bind_text(&q, channel_name(t->channel));
	db_bind_text(&q, t->number);
	db_bind_text(&q, t->who);
	db_bind_text(&q, t->way);
	db_bind_int(&q, t->at);
	db_bind_int(&q, t->until);
	return db_insert(&q, &t->id, e) == -1 ? -1 : 0;
}

int
ledger_trial_get(struct ledger *l, int64_t id, struct ledger_trial *ret,
    struct err *e)
{
	return db_get(l, SQL_TRIAL_GET, "test", id, read_trial, ret, e);
}

static int
set(struct ledger *l, enum db_stmt stmt, int64_t id, const char *word,
    msec at, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_int(&q, id);
	db_bind_text(&q, word);
	db_bind_int(&q, at);
	return db_write(&q, e);
}

int
ledger_trial_ended(struct ledger *l, int64_t id, enum outcome outcome, msec at,
    struct err *e)
{
	return set(l, SQL_TRIAL_ENDED, id, outcome_name(outcome), at, e);
}

int
ledger_trial_confirmed(struct ledger *l, int64_t id, enum confirmed_by by,
    msec at, struct err *e)
{
	return set(l, SQL_TRIAL_CONFIRMED, id, confirmed_by_name(by), at, e);
}

static int
find(struct ledger *l, enum db_stmt stmt, const char *participant,
    struct ledger_trial *ret, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_text(&q, participant);
	return db_one(&q, read_trial, ret, e);
}

int
ledger_trial_newest(struct ledger *l, const char *participant,
    struct ledger_trial *ret, struct err *e)
{
	return find(l, SQL_TRIAL_NEWEST, participant, ret, e);
}

int
ledger_trial_passed(struct ledger *l, const char *participant,
    struct ledger_trial *ret, struct err *e)
{
	return find(l, SQL_TRIAL_PASSED, participant, ret, e);
}

int
ledger_trial_at(struct ledger *l, const char *number, msec now,
    struct ledger_trial *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_TRIAL_AT, &q);
	db_bind_text(&q, number);
	db_bind_int(&q, now);
	return db_one(&q, read_trial, ret, e);
}

int
ledger_trials_since(struct ledger *l, const char *participant, msec since,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_TRIAL_SINCE, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, since);
	return db_answer(&q, e);
}
