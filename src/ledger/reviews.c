/*
 * Whose set-up needs a look, and what tells: a person's last days, by index.
 */
#include "ledger/db.h"

#define COLUMNS "id, participant, kind, raised_at, detail, closed_at,"       \
	" closed_by, word"

const struct db_statement reviews_sql[] = {
	/* One that a human closed of late is not raised again at once. */
	{ SQL_REVIEW_ADD, "INSERT INTO review (participant, kind, raised_at,"
	    " detail) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1"
	    " FROM review WHERE participant = ?1 AND kind = ?2"
	    " AND (closed_at IS NULL OR closed_at > ?5))" },
	{ SQL_REVIEW_CLOSE, "UPDATE review SET closed_at = ?2, closed_by = ?3,"
	    " word = ?4 WHERE id = ?1 AND closed_at IS NULL" },
	{ SQL_REVIEW_OPEN, "SELECT " COLUMNS " FROM review"
	    " WHERE closed_at IS NULL AND id > ?1 ORDER BY id LIMIT ?2" },
	{ SQL_REVIEW_STATES, "SELECT"
	    " coalesce(sum(state = 'no_response'), 0)"
	    " FROM checkin WHERE participant = ?1 AND date >= ?2" },
	{ SQL_REVIEW_ALARMS, "SELECT count(*) FROM (SELECT DISTINCT flag.id"
	    " FROM checkin JOIN flag ON flag.id = checkin.flag"
	    " WHERE checkin.participant = ?1 AND checkin.date >= ?2"
	    " AND flag.false_alarm IS NOT NULL)" },
	{ SQL_REVIEW_OUTCOMES, "SELECT attempt.outcome FROM checkin"
	    " JOIN attempt ON attempt.checkin = checkin.id"
	    " WHERE checkin.participant = ?1 AND checkin.date >= ?2"
	    " AND attempt.sent_at IS NOT NULL AND attempt.outcome IS NOT NULL"
	    " ORDER BY checkin.date DESC, attempt.id DESC LIMIT ?3" },
	/* How many attempts each confirmed check-in took, the newest first. */
	{ SQL_REVIEW_TRIES, "SELECT (SELECT count(*) FROM attempt"
	    " WHERE attempt.checkin = checkin.id"
	    " AND attempt.sent_at IS NOT NULL)"
	    " FROM checkin WHERE participant = ?1 AND date >= ?2"
	    " AND confirmed_by IN ('key', 'reply')"
	    " ORDER BY date DESC LIMIT ?3" },
	{ 0, NULL },
};

static int
read_review(struct query *q, void *row, struct err *e)
{
	struct ledger_review *r = row;

	r->id = db_int(q);
	db_text(q, r->participant, sizeof(r->participant));
	if (review_kind_from_name(db_word(q), &r->kind) == -1)
		return db_unknown(q, "kind of a review", e);
	r->raised_at = db_int(q);
	db_text(q, r->detail, sizeof(r->detail));
	r->closed_at = db_int(q);
	db_text(q, r->closed_by, sizeof(r->closed_by));
	db_text(q, r->word, sizeof(r->word));
	return 0;
}

int
ledger_review_raise(struct ledger *l, const char *participant,
    enum review_kind kind, const char *detail, msec not_since, msec at,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_REVIEW_ADD, &q);
	db_bind_text(&q, participant);
	db_bind_text(&q, review_kind_name(kind));
	db_bind_int(&q, at);
	db_bind_text(&q, detail);
	db_bind_int(&q, not_since);
	return db_write(&q, e);
}

int
ledger_review_close(struct ledger *l, int64_t id, const char *who,
    const char *word, msec at, struct err *e)
{
	struct query q;

	db_query(l, SQL_REVIEW_CLOSE, &q);
	db_bind_int(&q, id);
	db_bind_int(&q, at);
	db_bind_text(&q, who);
	db_bind_text(&q, word);
	return db_write(&q, e);
}

int
ledger_reviews_open(struct ledger *l, int64_t after,
    struct ledger_review *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, SQL_REVIEW_OPEN, &q);
	db_bind_int(&q, after);
	db_bind_int(&q, max);
	return db_rows(&q, read_review, ret, sizeof(*ret), max, e);
}

static int
count_since(struct ledger *l, enum db_stmt stmt, const char *participant,
    localdate since, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, since);
	return db_answer(&q, e);
}

int
ledger_silent_since(struct ledger *l, const char *participant,
    localdate since, struct err *e)
{
	return count_since(l, SQL_REVIEW_STATES, participant, since, e);
}

int
ledger_false_alarms_since(struct ledger *l, const char *participant,
    localdate since, struct err *e)
{
	return count_since(l, SQL_REVIEW_ALARMS, participant, since, e);
}

int
ledger_outcomes_since(struct ledger *l, const char *participant,
    localdate since, enum outcome *ret, int max, struct err *e)
{
	struct query q;
	int more, n = 0;

	db_query(l, SQL_REVIEW_OUTCOMES, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, since);
	db_bind_int(&q, max);
	while ((more = db_next(&q, e)) == 1)
		if (outcome_from_name(db_word(&q), &ret[n++]) == -1)
			return db_unknown(&q, "outcome of an attempt", e);
	return more == -1 ? -1 : n;
}

int
ledger_tries_since(struct ledger *l, const char *participant, localdate since,
    int *ret, int max, struct err *e)
{
	struct query q;
	int more, n = 0;

	db_query(l, SQL_REVIEW_TRIES, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, since);
	db_bind_int(&q, max);
	while ((more = db_next(&q, e)) == 1)
		ret[n++] = db_small(&q);
	return more == -1 ? -1 : n;
}
