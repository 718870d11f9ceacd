#include "ledger/db.h"

#include <stdlib.h>

#define SELECT "SELECT " CHECKIN_COLUMNS("") " FROM checkin "

const struct db_statement checkins_sql[] = {
	/* Writes nothing where there is nothing to set anew: a whole day is
	 * planned again at every load. */
	{ SQL_CHECKIN_PLAN, "INSERT INTO checkin"
	    " (participant, round, date, slot, ladder, ladder_version,"
	    " state, wake_at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'due', ?4)"
	    " ON CONFLICT (participant, date, round) DO UPDATE SET"
	    " slot = excluded.slot, ladder = excluded.ladder,"
	    " ladder_version = excluded.ladder_version,"
	    " wake_at = excluded.slot"
	    " WHERE checkin.state = 'due' AND"
	    " (checkin.slot <> excluded.slot"
	    " OR checkin.wake_at <> excluded.slot"
	    " OR checkin.ladder <> excluded.ladder"
	    " OR checkin.ladder_version <> excluded.ladder_version)" },
	/* By us and not by a trigger, whose every call costs SQLite a frame. */
	{ SQL_CHECKIN_COUNT, "INSERT INTO tally (date, round, state, n)"
	    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (date, round, state)"
	    " DO UPDATE SET n = n + excluded.n" },
	{ SQL_CHECKIN_GET, SELECT "WHERE id = ?1" },
	{ SQL_CHECKIN_SAVE, "UPDATE checkin SET slot = ?2, ladder = ?3,"
	    " ladder_version = ?4, state = ?5, started_at = ?6,"
	    " wake_at = ?7, flag_at = ?8, confirmed_by = ?9,"
	    " closed_at = ?10, reason = ?11 WHERE id = ?1 AND state = ?12" },
	/* Apart: what refers to another table is looked up there. */
	{ SQL_CHECKIN_FLAG, "UPDATE checkin SET flag = ?2 WHERE id = ?1" },
	{ SQL_CHECKIN_AWAKE, SELECT "WHERE wake_at <= ?1"
	    " ORDER BY wake_at, id LIMIT ?2" },
	{ SQL_CHECKIN_WAKE, "SELECT wake_at FROM checkin"
	    " WHERE wake_at IS NOT NULL ORDER BY wake_at LIMIT 1" },
	/* Sorted by us: SQLite makes a table for it, for one row or two. */
	{ SQL_CHECKIN_OF, SELECT "WHERE participant = ?1 AND date = ?2"
	    " LIMIT ?3" },
	/* Two, because a comparison of pairs walks all of that instant; and at
	 * nine o'clock nearly everybody is to be looked at. */
	{ SQL_CHECKIN_OPEN_AT, SELECT "WHERE wake_at = ?1 AND id > ?2"
	    " ORDER BY id LIMIT ?3" },
	{ SQL_CHECKIN_OPEN, SELECT "WHERE wake_at > ?1"
	    " ORDER BY wake_at, id LIMIT ?2" },
	{ 0, NULL },
};

/* The row stands as the check-in does. */
static void
note_row(struct ledger_checkin *c)
{
	c->row.state = c->state;
	c->row.flag = c->flag;
}

int
checkins_read(struct query *q, void *row, struct err *e)
{
	struct ledger_checkin *c = row;

	c->id = db_int(q);
	db_text(q, c->participant, sizeof(c->participant));
	db_text(q, c->round, sizeof(c->round));
	c->date = (localdate)db_small(q);
	c->slot = db_int(q);
	db_text(q, c->ladder, sizeof(c->ladder));
	db_text(q, c->ladder_version, sizeof(c->ladder_version));
	if (checkin_state_from_name(db_word(q), &c->state) == -1)
		return db_unknown(q, "state of a check-in", e);
	c->started_at = db_int(q);
	c->wake_at = db_int(q);
	c->flag_at = db_int(q);
	if (confirmed_by_from_name(db_word(q), &c->confirmed_by) == -1)
		return db_unknown(q, "way of confirming", e);
	c->closed_at = db_int(q);
	db_text(q, c->reason, sizeof(c->reason));
	c->flag = db_int(q);
	note_row(c);
	return 0;
}

/* So many more of its round and day stand in the state. */
static int
count(struct ledger *l, const struct ledger_checkin *c,
    enum checkin_state state, int n, struct err *e)
{
	struct query q;

	db_query(l, SQL_CHECKIN_COUNT, &q);
	db_bind_int(&q, c->date);
	db_bind_text(&q, c->round);
	db_bind_text(&q, checkin_state_name(state));
	db_bind_int(&q, n);
	return db_write(&q, e) == -1 ? -1 : 0;
}

int
ledger_checkin_plan(struct ledger *l, const struct ledger_checkin *c,
    struct err *e)
{
	struct query q;
	int inserted;

	db_query(l, SQL_CHECKIN_PLAN, &q);
	db_bind_text(&q, c->participant);
	db_bind_text(&q, c->round);
	db_bind_int(&q, c->date);
	db_bind_int(&q, c->slot);
	db_bind_text(&q, c->ladder);
	db_bind_text(&q, c->ladder_version);
	wakes_row(&l->wakes, WAKE_CHECKIN, c->slot);
	inserted = db_upsert(&q, e);
	return inserted != 1 ? inserted : count(l, c, CHECKIN_DUE, 1, e);
}

int
ledger_checkin_get(struct ledger *l, int64_t id, struct ledger_checkin *ret,
    struct err *e)
{
	return db_get(l, SQL_CHECKIN_GET, "check-in", id, checkins_read, ret,
	    e);
}

static int
save_flag(struct ledger *l, const struct ledger_checkin *c, struct err *e)
{
	struct query q;

	db_query(l, SQL_CHECKIN_FLAG, &q);
	db_bind_int(&q, c->id);
	db_bind_some(&q, c->flag);
	return db_save(&q, "check-in", c->id, e);
}

static int
save_progress(struct ledger *l, const struct ledger_checkin *c,
    struct err *e)
{
	struct query q;
	int n;

	db_query(l, SQL_CHECKIN_SAVE, &q);
	db_bind_int(&q, c->id);
	db_bind_int(&q, c->slot);
	db_bind_text(&q, c->ladder);
	db_bind_text(&q, c->ladder_version);
	db_bind_text(&q, checkin_state_name(c->state));
	db_bind_some(&q, c->started_at);
	db_bind_some(&q, c->wake_at);
	db_bind_some(&q, c->flag_at);
	db_bind_text(&q, confirmed_by_name(c->confirmed_by));
	db_bind_some(&q, c->closed_at);
	db_bind_word(&q, c->reason);
	db_bind_text(&q, checkin_state_name(c->row.state));
	wakes_row(&l->wakes, WAKE_CHECKIN, c->wake_at);
	n = db_write(&q, e);
	if (n == 0)
		return db_refuse(l, e, "there is no check-in %lld that is %s",
		    (long long)c->id, checkin_state_name(c->row.state));
	return n == -1 ? -1 : 0;
}

int
ledger_checkin_save(struct ledger *l, struct ledger_checkin *c,
    struct err *e)
{
	/* Some states want a flag: it comes first. */
	if ((c->flag != c->row.flag && save_flag(l, c, e) == -1) ||
	    save_progress(l, c, e) == -1)
		return -1;
	if (c->state != c->row.state &&
	    (count(l, c, c->row.state, -1, e) == -1 ||
	    count(l, c, c->state, 1, e) == -1))
		return -1;
	note_row(c);
	return 0;
}

int
ledger_checkins_awake(struct ledger *l, msec now, struct ledger_checkin *ret,
    int max, struct err *e)
{
	struct query q;

	if (wakes_none_due(&l->wakes.at[WAKE_CHECKIN], now))
		return 0;
	db_query(l, SQL_CHECKIN_AWAKE, &q);
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, checkins_read, ret, sizeof(*ret), max, e);
}

int
ledger_checkins_wake(struct ledger *l, msec *ret, struct err *e)
{
	return db_wake(l, WAKE_CHECKIN, SQL_CHECKIN_WAKE, ret, e);
}

static int
by_slot(const void *a, const void *b)
{
	const struct ledger_checkin *x = a, *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

int
ledger_checkins_of(struct ledger *l, const char *participant, localdate date,
    struct ledger_checkin *ret, int max, struct err *e)
{
	struct query q;
	int n;

	db_query(l, SQL_CHECKIN_OF, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, date);
	db_bind_int(&q, max);
	n = db_rows(&q, checkins_read, ret, sizeof(*ret), max, e);
	if (n > 1)
		qsort(ret, (size_t)n, sizeof(*ret), by_slot);
	return n;
}

int
ledger_checkins_open(struct ledger *l, const struct ledger_checkin *after,
    struct ledger_checkin *ret, int max, struct err *e)
{
	struct query q;
	int n = 0, more;

	if (after != NULL) {
		db_query(l, SQL_CHECKIN_OPEN_AT, &q);
		db_bind_int(&q, after->wake_at);
		db_bind_int(&q, after->id);
		db_bind_int(&q, max);
		n = db_rows(&q, checkins_read, ret, sizeof(*ret), max, e);
		if (n == -1 || n == max)
			return n;
	}
	db_query(l, SQL_CHECKIN_OPEN, &q);
	db_bind_int(&q, after != NULL ? after->wake_at : 0);
	db_bind_int(&q, max - n);
	more = db_rows(&q, checkins_read, ret + n, sizeof(*ret), max - n, e);
	return more == -1 ? -1 : n + more;
}
