/*
 * Flags, and what joins them: causes and decisions, which are only ever
 * added to.
 */
#include "ledger/db.h"

#define SELECT "SELECT " FLAG_COLUMNS("") " FROM flag "

const struct db_statement flags_sql[] = {
	{ SQL_FLAG_ADD, "INSERT INTO flag (code, participant, number, checkin,"
	    " reason, priority, state, owner, asked, raised_at, deadline,"
	    " coordinator_at, claim_by, incident, disposition, false_alarm,"
	    " resolved_at, handed_to, spoken_to, contact_at, referred_to,"
	    " ring_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	    " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)" },
	{ SQL_FLAG_SAVE, "UPDATE flag SET code = ?2, participant = ?3,"
	    " number = ?4, checkin = ?5, reason = ?6, priority = ?7,"
	    " state = ?8, owner = ?9, asked = ?10, raised_at = ?11,"
	    " deadline = ?12, coordinator_at = ?13, claim_by = ?14,"
	    " incident = ?15, disposition = ?16, false_alarm = ?17,"
	    " resolved_at = ?18, handed_to = ?19, spoken_to = ?20,"
	    " contact_at = ?21, referred_to = ?22, ring_by = ?23"
	    " WHERE id = ?1" },
	{ SQL_FLAG_GET, SELECT "WHERE id = ?1" },
	{ SQL_FLAG_BY_CODE, SELECT "WHERE code = ?1 ORDER BY id DESC LIMIT 1" },
	{ SQL_FLAG_OPEN_OF, SELECT
	    "WHERE participant = ?1 AND resolved_at IS NULL" },
	{ SQL_FLAG_OPEN_AT, SELECT
	    "WHERE number = ?1 AND resolved_at IS NULL" },
	{ SQL_FLAG_OVERDUE, SELECT
	    "WHERE deadline IS NOT NULL AND deadline <= ?1"
	    " ORDER BY deadline, id LIMIT ?2" },
	{ SQL_FLAG_DEADLINE, "SELECT deadline FROM flag"
	    " WHERE deadline IS NOT NULL ORDER BY deadline LIMIT 1" },
	{ SQL_FLAG_OPEN_AFTER, SELECT "WHERE resolved_at IS NULL AND id > ?1"
	    " ORDER BY id LIMIT ?2" },
	/* Of those that are not resolved, only claimed ones have an owner. */
	{ SQL_FLAG_HELD, "SELECT count(*) FROM flag"
	    " WHERE owner = ?1 AND resolved_at IS NULL" },
	{ SQL_FLAG_ASKED, "SELECT count(*) FROM flag"
	    " WHERE asked = ?1 AND state = 'open'" },
	{ SQL_FLAG_WAS_TOLD, "SELECT CASE"
	    " WHEN EXISTS (SELECT 1 FROM notice"
	    " WHERE flag = ?1 AND volunteer = ?2) THEN 1"
	    " WHEN EXISTS (SELECT 1 FROM decision"
	    " WHERE flag = ?1 AND who = ?2) THEN 1 ELSE 0 END" },
	{ SQL_CAUSE_ADD, "INSERT INTO cause (flag, reason, checkin, at)"
	    " VALUES (?1, ?2, ?3, ?4)" },
	{ SQL_DECISION_ADD, "INSERT INTO decision (at, who, way, action, flag,"
	    " checkin, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)" },
	{ 0, NULL },
};

int
flags_read(struct query *q, void *row, struct err *e)
{
	struct ledger_flag *f = row;
	const char *word;

	f->id = db_int(q);
	db_text(q, f->code, sizeof(f->code));
	db_text(q, f->participant, sizeof(f->participant));
	db_text(q, f->number, sizeof(f->number));
	f->checkin = db_int(q);
	if (flag_reason_from_name(db_word(q), &f->reason) == -1)
		return db_unknown(q, "reason of a flag", e);
	if (priority_from_name(db_word(q), &f->priority) == -1)
		return db_unknown(q, "priority of a flag", e);
	if (flag_state_from_name(db_word(q), &f->state) == -1)
		return db_unknown(q, "state of a flag", e);
	db_text(q, f->owner, sizeof(f->owner));
	db_text(q, f->asked, sizeof(f->asked));
	f->raised_at = db_int(q);
	f->deadline = db_int(q);
	f->coordinator_at = db_int(q);
	f->claim_by = db_int(q);
	f->incident = db_int(q);
	f->disposition = DISPOSITION_NONE;
	word = db_word(q);
	if (word && disposition_from_name(word, &f->disposition) == -1)
		return db_unknown(q, "disposition of a flag", e);
	f->false_alarm = FALSE_ALARM_NONE;
	word = db_word(q);
	if (word && false_alarm_from_name(word, &f->false_alarm) == -1)
		return db_unknown(q, "reason of a false alarm", e);
	f->resolved_at = db_int(q);
	db_text(q, f->handed_to, sizeof(f->handed_to));
	db_text(q, f->spoken_to, sizeof(f->spoken_to));
	f->contact_at = db_int(q);
	db_text(q, f->referred_to, sizeof(f->referred_to));
	f->ring_by = db_int(q);
	return 0;
}

static void
bind_flag(struct query *q, const struct ledger_flag *f)
{
	db_bind_text(q, f->code);
	db_bind_word(q, f->participant);
	db_bind_word(q, f->number);
	db_bind_some(q, f->checkin);
	db_bind_text(q, flag_reason_name(f->reason));
	db_bind_text(q, priority_name(f->priority));
	db_bind_text(q, flag_state_name(f->state));
	db_bind_word(q, f->owner);
	db_bind_word(q, f->asked);
	db_bind_int(q, f->raised_at);
	db_bind_some(q, f->deadline);
	db_bind_some(q, f->coordinator_at);
	db_bind_int(q, f->claim_by);
	db_bind_some(q, f->incident);
	db_bind_text(q, disposition_name(f->disposition));
	db_bind_text(q, false_alarm_name(f->false_alarm));
	db_bind_some(q, f->resolved_at);
	db_bind_word(q, f->handed_to);
	db_bind_word(q, f->spoken_to);
	db_bind_some(q, f->contact_at);
	db_bind_word(q, f->referred_to);
	db_bind_some(q, f->ring_by);
}

int
ledger_flag_add(struct ledger *l, struct ledger_flag *f, struct err *e)
{
	struct query q;

	db_query(l, SQL_FLAG_ADD, &q);
	bind_flag(&q, f);
	return db_insert(&q, &f->id, e) == -1 ? -1 : 0;
}

int
ledger_flag_save(struct ledger *l, const struct ledger_flag *f,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_FLAG_SAVE, &q);
	db_bind_int(&q, f->id);
	bind_flag(&q, f);
	return db_save(&q, "flag", f->id, e);
}

int
ledger_flag_get(struct ledger *l, int64_t id, struct ledger_flag *ret,
    struct err *e)
{
	return db_get(l, SQL_FLAG_GET, "flag", id, flags_read, ret, e);
}

static int
flag_by(struct ledger *l, enum db_stmt stmt, const char *key,
    struct ledger_flag *ret, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_word(&q, key);
	return db_one(&q, flags_read, ret, e);
}

int
ledger_flag_by_code(struct ledger *l, const char *code,
    struct ledger_flag *ret, struct err *e)
{
	return flag_by(l, SQL_FLAG_BY_CODE, code, ret, e);
}

int
ledger_flag_open_of(struct ledger *l, const char *participant,
    struct ledger_flag *ret, struct err *e)
{
	return flag_by(l, SQL_FLAG_OPEN_OF, participant, ret, e);
}

int
ledger_flag_open_at(struct ledger *l, const char *number,
    struct ledger_flag *ret, struct err *e)
{
	return flag_by(l, SQL_FLAG_OPEN_AT, number, ret, e);
}

int
ledger_flags_overdue(struct ledger *l, msec now, struct ledger_flag *ret,
    int max, struct err *e)
{
	struct query q;

	if (wakes_none_due(&l->wakes.at[WAKE_FLAG], now))
		return 0;
	db_query(l, SQL_FLAG_OVERDUE, &q);
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, flags_read, ret, sizeof(*ret), max, e);
}

int
ledger_flags_deadline(struct ledger *l, msec *ret, struct err *e)
{
	return db_wake(l, WAKE_FLAG, SQL_FLAG_DEADLINE, ret, e);
}

int
ledger_flags_open(struct ledger *l, int64_t after, struct ledger_flag *ret,
    int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_FLAG_OPEN_AFTER, &q);
	db_bind_int(&q, after);
	db_bind_int(&q, max);
	return db_rows(&q, flags_read, ret, sizeof(*ret), max, e);
}

static int
count_of(struct ledger *l, enum db_stmt stmt, const char *volunteer,
    struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_text(&q, volunteer);
	return db_answer(&q, e);
}

int
ledger_flags_held(struct ledger *l, const char *volunteer, struct err *e)
{
	return count_of(l, SQL_FLAG_HELD, volunteer, e);
}

int
ledger_flags_asked(struct ledger *l, const char *volunteer, struct err *e)
{
	return count_of(l, SQL_FLAG_ASKED, volunteer, e);
}

int
ledger_flag_was_told(struct ledger *l, int64_t flag, const char *volunteer,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_FLAG_WAS_TOLD, &q);
	db_bind_int(&q, flag);
	db_bind_text(&q, volunteer);
	return db_answer(&q, e);
}

int
ledger_cause_add(struct ledger *l, int64_t flag, enum flag_reason reason,
    int64_t checkin, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_CAUSE_ADD, &q);
	db_bind_int(&q, flag);
	db_bind_text(&q, flag_reason_name(reason));
	db_bind_some(&q, checkin);
	db_bind_int(&q, at);
	return db_write(&q, e) == -1 ? -1 : 0;
}

int
ledger_decision_add(struct ledger *l, const struct ledger_decision *d,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_DECISION_ADD, &q);
	db_bind_int(&q, d->at);
	db_bind_text(&q, d->who);
	db_bind_text(&q, d->from);
	db_bind_text(&q, d->action);
	db_bind_some(&q, d->flag);
	db_bind_some(&q, d->checkin);
	db_bind_word(&q, d->detail);
	return db_write(&q, e) == -1 ? -1 : 0;
}
