#include "ledger/db.h"

#define SELECT "SELECT " ATTEMPT_COLUMNS " FROM attempt "

#define FIRST_DUE(purpose)                                                   \
	"SELECT min(due_at) AS due FROM attempt WHERE state = 'planned'"     \
	" AND gateway = ?1 AND channel = ?2 AND purpose = '" purpose "'"

const struct db_statement attempts_sql[] = {
	{ SQL_ATTEMPT_ADD, "INSERT INTO attempt (ref, checkin, notice, reply,"
	    " purpose, step, channel, number, gateway, gateway_id, state,"
	    " outcome, rank, sequence, planned_at, due_at, sent_at,"
	    " answered_at, ended_at, deadline, lookups, delays, instead_of,"
	    " detail, body, trial)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
	    " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,"
	    " ?25, ?26)" },
	{ SQL_ATTEMPT_GET, SELECT "WHERE id = ?1" },
	{ SQL_ATTEMPT_BY_REF, SELECT "WHERE ref = ?1" },
	{ SQL_ATTEMPT_BY_GATEWAY_ID, SELECT
	    "WHERE gateway = ?1 AND gateway_id = ?2" },
	{ SQL_ATTEMPT_SAVE, "UPDATE attempt SET gateway = ?2, gateway_id = ?3,"
	    " state = ?4, outcome = ?5, rank = ?6, sequence = ?7,"
	    " due_at = ?8, sent_at = ?9, answered_at = ?10, ended_at = ?11,"
	    " deadline = ?12, lookups = ?13, delays = ?14, detail = ?15"
	    " WHERE id = ?1" },
	/* What no index holds: an UPDATE goes to each index of which it names
	 * a column, also where that stays as it is. */
	{ SQL_ATTEMPT_NOTE, "UPDATE attempt SET outcome = ?2, rank = ?3,"
	    " sequence = ?4, sent_at = ?5, answered_at = ?6, lookups = ?7,"
	    " delays = ?8, detail = ?9 WHERE id = ?1" },
	/* How late the first of its check-in was, in whole seconds, rounded
	 * up: what is told is never better than what was.  From the instant
	 * at which it was to be made, had the ladder begun at the slot. */
	{ SQL_ATTEMPT_COUNT, "INSERT INTO lateness (date, seconds, n)"
	    " SELECT date, (attempt.sent_at - attempt.planned_at"
	    " + coalesce(started_at, slot) - slot + 999) / 1000, ?2"
	    " FROM attempt JOIN checkin ON checkin.id = attempt.checkin"
	    " WHERE attempt.id = ?1 AND NOT EXISTS (SELECT 1 FROM attempt o"
	    " WHERE o.checkin = attempt.checkin AND o.sent_at IS NOT NULL"
	    " AND o.id <> attempt.id)"
	    " ON CONFLICT (date, seconds) DO UPDATE SET n = n + excluded.n" },
	{ SQL_ATTEMPT_BODY, "SELECT body FROM attempt WHERE id = ?1" },
	{ SQL_ATTEMPT_OF, SELECT "WHERE checkin = ?1 ORDER BY id LIMIT ?2" },
	{ SQL_ATTEMPT_DUE, SELECT "WHERE state = 'planned' AND gateway = ?1"
	    " AND channel = ?2 AND purpose = ?3 AND due_at <= ?4"
	    " ORDER BY due_at, id LIMIT ?5" },
	/* The index is parted by purpose: five looks, not one walk. */
	{ SQL_ATTEMPT_WAKE, "SELECT min(due) FROM (" FIRST_DUE("urgent")
	    " UNION ALL " FIRST_DUE("answer") " UNION ALL "
	    FIRST_DUE("notice") " UNION ALL " FIRST_DUE("again")
	    " UNION ALL " FIRST_DUE("first") ")" },
	{ SQL_ATTEMPT_OVERDUE, SELECT "WHERE deadline <= ?1"
	    " ORDER BY deadline, id LIMIT ?2" },
	{ SQL_ATTEMPT_DEADLINE, "SELECT deadline FROM attempt"
	    " WHERE deadline IS NOT NULL ORDER BY deadline LIMIT 1" },
	{ SQL_ATTEMPT_GATEWAY, "SELECT gateway FROM attempt"
	    " WHERE state = 'planned' AND gateway > ?1"
	    " ORDER BY gateway LIMIT 1" },
	{ SQL_ATTEMPT_SENDING, SELECT "WHERE deadline IS NOT NULL"
	    " AND state = 'sending' ORDER BY deadline, id LIMIT ?1" },
	{ SQL_ATTEMPT_TAKEN, "SELECT CASE"
	    " WHEN EXISTS (SELECT 1 FROM attempt"
	    " WHERE deadline IS NOT NULL AND number = ?1 AND channel = ?2"
	    " AND (state <> 'accepted' OR channel = 'call'))"
	    " THEN 1"
	    " WHEN ?2 = 'call' AND EXISTS (SELECT 1 FROM reply"
	    " WHERE settle_at > ?3 AND number = ?1 AND channel = 'call')"
	    " THEN 1"
	    " WHEN ?2 = 'call' AND EXISTS (SELECT 1 FROM bridge"
	    " WHERE ended_at IS NULL AND number = ?1) THEN 1 ELSE 0 END" },
	{ SQL_ATTEMPT_CREATES, "SELECT count(*) FROM checkin"
	    " JOIN attempt ON attempt.checkin = checkin.id"
	    " WHERE checkin.participant = ?1 AND checkin.date = ?2"
	    " AND attempt.sent_at IS NOT NULL" },
	{ SQL_ATTEMPT_ANSWERS, "SELECT count(*) FROM attempt"
	    " WHERE reply IS NOT NULL AND number = ?1 AND planned_at >= ?2" },
	{ 0, NULL },
};

/* The row stands as the attempt does. */
static void
note_row(struct ledger_attempt *a)
{
	a->row.accepted = a->state == ATTEMPT_ACCEPTED;
	a->row.bound = a->gateway_id[0] != '\0';
	a->row.sent = a->sent_at != 0;
	a->row.deadline = a->deadline;
}

/* Is all that an index holds in the row already?  Most callbacks tell of an
 * attempt that is and stays accepted. */
static bool
is_indexed(const struct ledger_attempt *a)
{
	return a->state == ATTEMPT_ACCEPTED && a->row.accepted &&
	    a->row.bound == (a->gateway_id[0] != '\0') &&
	    a->row.sent == (a->sent_at != 0) &&
	    a->row.deadline == a->deadline;
}

int
attempts_read(struct query *q, void *row, struct err *e)
{
	struct ledger_attempt *a = row;

	a->id = db_int(q);
	db_text(q, a->ref, sizeof(a->ref));
	a->checkin = db_int(q);
	a->notice = db_int(q);
	a->reply = db_int(q);
	if (purpose_from_name(db_word(q), &a->purpose) == -1)
		return db_unknown(q, "purpose of an attempt", e);
	a->step = db_small(q);
	if (channel_from_name(db_word(q), &a->channel) == -1)
		return db_unknown(q, "channel of an attempt", e);
	db_text(q, a->number, sizeof(a->number));
	db_text(q, a->gateway, sizeof(a->gateway));
	db_text(q, a->gateway_id, sizeof(a->gateway_id));
	if (attempt_state_from_name(db_word(q), &a->state) == -1)
		return db_unknown(q, "state of an attempt", e);
	if (outcome_from_name(db_word(q), &a->outcome) == -1)
		return db_unknown(q, "outcome of an attempt", e);
	a->rank = db_small(q);
	a->sequence = db_small(q);
	a->planned_at = db_int(q);
	a->due_at = db_int(q);
	a->sent_at = db_int(q);
	a->answered_at = db_int(q);
	a->ended_at = db_int(q);
	a->deadline = db_int(q);
	a->lookups = db_small(q);
	a->delays = db_small(q);
	a->instead_of = db_int(q);
	db_text(q, a->detail, sizeof(a->detail));
	note_row(a);
	a->trial = db_int(q);
	return 0;
}

/* What may change in an attempt's life stands between what may not. */
static void
bind_progress(struct query *q, const struct ledger_attempt *a)
{
	db_bind_text(q, a->gateway);
	db_bind_word(q, a->gateway_id);
	db_bind_text(q, attempt_state_name(a->state));
	db_bind_text(q, outcome_name(a->outcome));
	db_bind_int(q, a->rank);
	db_bind_int(q, a->sequence);
}

static void
bind_instants(struct query *q, const struct ledger_attempt *a)
{
	db_bind_some(q, a->due_at);
	db_bind_some(q, a->sent_at);
	db_bind_some(q, a->answered_at);
	db_bind_some(q, a->ended_at);
	db_bind_some(q, a->deadline);
	db_bind_int(q, a->lookups);
	db_bind_int(q, a->delays);
}

/* When it falls due, as planned or in the gateway's hands. */
static void
note_wakes(struct ledger *l, const struct ledger_attempt *a)
{
	wakes_row(&l->wakes, WAKE_ATTEMPT, a->deadline);
	if (a->state == ATTEMPT_PLANNED)
		wakes_planned(&l->wakes, a->gateway, a->channel, a->due_at);
}

int
ledger_attempt_add(struct ledger *l, struct ledger_attempt *a,
    const char *body, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_ADD, &q);
	db_bind_text(&q, a->ref);
	db_bind_some(&q, a->checkin);
	db_bind_some(&q, a->notice);
	db_bind_some(&q, a->reply);
	db_bind_text(&q, purpose_name(a->purpose));
	db_bind_int(&q, a->step);
	db_bind_text(&q, channel_name(a->channel));
	db_bind_text(&q, a->number);
	bind_progress(&q, a);
	db_bind_int(&q, a->planned_at);
	bind_instants(&q, a);
	db_bind_some(&q, a->instead_of);
	db_bind_text(&q, a->detail);
	db_bind_text(&q, body);
	db_bind_some(&q, a->trial);
	note_wakes(l, a);
	if (db_insert(&q, &a->id, e) == -1)
		return -1;
	note_row(a);
	return 0;
}

/* One of a check-in that is sent, or was not after all, is counted. */
static int
count(struct ledger *l, const struct ledger_attempt *a, int n, struct err *e)
{
	struct query q;

	if (a->checkin == 0)
		return 0;
	db_query(l, SQL_ATTEMPT_COUNT, &q);
	db_bind_int(&q, a->id);
	db_bind_int(&q, n);
	return db_write(&q, e) == -1 ? -1 : 0;
}

static int
save_progress(struct ledger *l, const struct ledger_attempt *a, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_NOTE, &q);
	db_bind_int(&q, a->id);
	db_bind_text(&q, outcome_name(a->outcome));
	db_bind_int(&q, a->rank);
	db_bind_int(&q, a->sequence);
	db_bind_some(&q, a->sent_at);
	db_bind_some(&q, a->answered_at);
	db_bind_int(&q, a->lookups);
	db_bind_int(&q, a->delays);
	db_bind_text(&q, a->detail);
	return db_save(&q, "attempt", a->id, e);
}

int
ledger_attempt_save(struct ledger *l, struct ledger_attempt *a, struct err *e)
{
	bool sent = a->sent_at != 0;
	struct query q;

	if (is_indexed(a))
		return save_progress(l, a, e);
	if (a->row.sent && !sent && count(l, a, -1, e) == -1)
		return -1;
	db_query(l, SQL_ATTEMPT_SAVE, &q);
	db_bind_int(&q, a->id);
	bind_progress(&q, a);
	bind_instants(&q, a);
	db_bind_text(&q, a->detail);
	note_wakes(l, a);
	if (db_save(&q, "attempt", a->id, e) == -1 ||
	    (sent && !a->row.sent && count(l, a, 1, e) == -1))
		return -1;
	note_row(a);
	return 0;
}

int
ledger_attempt_get(struct ledger *l, int64_t id, struct ledger_attempt *ret,
    struct err *e)
{
	return db_get(l, SQL_ATTEMPT_GET, "attempt", id, attempts_read, ret, e);
}

int
ledger_attempt_by_ref(struct ledger *l, const char *ref,
    struct ledger_attempt *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_BY_REF, &q);
	db_bind_text(&q, ref);
	return db_one(&q, attempts_read, ret, e);
}

int
ledger_attempt_by_gateway_id(struct ledger *l, const char *gateway,
    const char *gateway_id, struct ledger_attempt *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_BY_GATEWAY_ID, &q);
	db_bind_text(&q, gateway);
	db_bind_word(&q, gateway_id);
	return db_one(&q, attempts_read, ret, e);
}

static int
read_body(struct query *q, void *row, struct err *e)
{
	(void)e;
	db_long_text(q, row);
	return 0;
}

int
ledger_attempt_body(struct ledger *l, int64_t id, struct buf *ret,
    struct err *e)
{
	return db_get(l, SQL_ATTEMPT_BODY, "attempt", id, read_body, ret, e);
}

int
ledger_attempts_of(struct ledger *l, int64_t checkin,
    struct ledger_attempt *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_OF, &q);
	db_bind_int(&q, checkin);
	db_bind_int(&q, max);
	return db_rows(&q, attempts_read, ret, sizeof(*ret), max, e);
}

int
ledger_attempts_due(struct ledger *l, const char *gateway,
    enum channel channel, enum purpose purpose, msec now,
    struct ledger_attempt *ret, int max, struct err *e)
{
	msec *wake = wakes_line(&l->wakes, gateway, channel);
	struct query q;

	if (wake != NULL && wakes_none_due(wake, now))
		return 0;
	db_query(l, SQL_ATTEMPT_DUE, &q);
	db_bind_text(&q, gateway);
	db_bind_text(&q, channel_name(channel));
	db_bind_text(&q, purpose_name(purpose));
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, attempts_read, ret, sizeof(*ret), max, e);
}

int
ledger_attempts_wake(struct ledger *l, const char *gateway,
    enum channel channel, msec *ret, struct err *e)
{
	msec *wake = wakes_line(&l->wakes, gateway, channel);
	struct query q;

	if (wake != NULL && *wake != 0) {
		*ret = *wake;
		return 0;
	}
	db_query(l, SQL_ATTEMPT_WAKE, &q);
	db_bind_text(&q, gateway);
	db_bind_text(&q, channel_name(channel));
	if (db_value(&q, NEVER, ret, e) == -1)
		return -1;
	if (wake != NULL && l->mode != LEDGER_READ)
		*wake = *ret;
	return 0;
}

int
ledger_attempts_overdue(struct ledger *l, msec now,
    struct ledger_attempt *ret, int max, struct err *e)
{
	struct query q;

	if (wakes_none_due(&l->wakes.at[WAKE_ATTEMPT], now))
		return 0;
	db_query(l, SQL_ATTEMPT_OVERDUE, &q);
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, attempts_read, ret, sizeof(*ret), max, e);
}

int
ledger_attempts_deadline(struct ledger *l, msec *ret, struct err *e)
{
	return db_wake(l, WAKE_ATTEMPT, SQL_ATTEMPT_DEADLINE, ret, e);
}

int
ledger_attempts_gateway(struct ledger *l, const char *after,
    char ret[LEDGER_NAME_SIZE], struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_GATEWAY, &q);
	db_bind_text(&q, after);
	return db_one(&q, db_read_name, ret, e);
}

int
ledger_attempts_sending(struct ledger *l, struct ledger_attempt *ret, int max,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_SENDING, &q);
	db_bind_int(&q, max);
	return db_rows(&q, attempts_read, ret, sizeof(*ret), max, e);
}

int
ledger_number_taken(struct ledger *l, const char *number,
    enum channel channel, msec now, struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_TAKEN, &q);
	db_bind_text(&q, number);
	db_bind_text(&q, channel_name(channel));
	db_bind_int(&q, now);
	return db_answer(&q, e);
}

int
ledger_creates_on(struct ledger *l, const char *participant, localdate date,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_CREATES, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, date);
	return db_answer(&q, e);
}

int
ledger_answers_since(struct ledger *l, const char *number, msec since,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_ATTEMPT_ANSWERS, &q);
	db_bind_text(&q, number);
	db_bind_int(&q, since);
	return db_answer(&q, e);
}
