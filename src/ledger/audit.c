/*
 * The questions.  Each yields check-in, attempt and flag, and has ?1 as the
 * instant before which a thing should have been dealt with, and ?2 as how many
 * rows are wanted.  What a CHECK or UNIQUE of the schema refuses is not asked
 * again here.
 */
#include "ledger/audit.h"

#include "ledger/db.h"

/* A turn that was lost is tried again each second, and a row that failed by
 * itself after five minutes: what is older than this nobody looks at. */
#define GRACE (10 * MSEC_MINUTE)
/* An attempt may wait for a free line; a mail server may answer slowly. */
#define LONG_GRACE (2 * MSEC_HOUR)

const struct db_statement audit_sql[] = {
	{ SQL_AUDIT_FORGOTTEN, "SELECT id, 0, 0 FROM checkin"
	    " WHERE wake_at IS NOT NULL AND wake_at < ?1 LIMIT ?2" },
	{ SQL_AUDIT_ANOTHERS_FLAG, "SELECT checkin.id, 0, flag.id"
	    " FROM checkin JOIN flag ON flag.id = checkin.flag"
	    " WHERE flag.participant IS NULL"
	    " OR flag.participant <> checkin.participant LIMIT ?2" },
	{ SQL_AUDIT_MADE_TWICE, "SELECT max(checkin), max(id), 0"
	    " FROM attempt WHERE instead_of IS NOT NULL"
	    " GROUP BY instead_of HAVING count(*) > 1 LIMIT ?2" },
	{ SQL_AUDIT_TWO_AT_ONCE, "SELECT a.checkin, a.id, 0"
	    " FROM attempt a JOIN attempt b ON b.number = a.number"
	    " AND b.channel = a.channel AND b.id < a.id"
	    " WHERE a.deadline IS NOT NULL AND b.deadline IS NOT NULL"
	    " AND a.state IN ('sending', 'uncertain')"
	    " AND b.state IN ('sending', 'uncertain') LIMIT ?2" },
	{ SQL_AUDIT_AFTER_STOP, "SELECT attempt.checkin, attempt.id, 0"
	    " FROM optout JOIN attempt ON attempt.number = optout.number"
	    " AND attempt.channel = optout.channel"
	    " WHERE attempt.checkin IS NOT NULL"
	    " AND attempt.sent_at > optout.at AND"
	    " (optout.lifted_at IS NULL OR attempt.sent_at < optout.lifted_at)"
	    " LIMIT ?2" },
	{ SQL_AUDIT_KEY_LOST, "SELECT checkin.id, attempt.id, 0"
	    " FROM callback JOIN attempt ON attempt.id = callback.attempt"
	    " JOIN checkin ON checkin.id = attempt.checkin"
	    " WHERE callback.kind = 'key' AND callback.status IN ('1', '2')"
	    " AND checkin.state IN ('due', 'asking', 'no_response',"
	    " 'undelivered', 'missed') LIMIT ?2" },
	{ SQL_AUDIT_NOBODY_DECIDED, "SELECT checkin, 0, id FROM flag"
	    " WHERE state = 'resolved' AND NOT EXISTS (SELECT 1 FROM decision"
	    " WHERE decision.flag = flag.id) LIMIT ?2" },
	{ SQL_AUDIT_FLAG_RESTS, "SELECT checkin, 0, id FROM flag"
	    " WHERE deadline IS NOT NULL AND deadline < ?1 LIMIT ?2" },
	{ SQL_AUDIT_ATTEMPT_RESTS, "SELECT checkin, id, 0 FROM attempt"
	    " WHERE deadline IS NOT NULL AND deadline < ?1 LIMIT ?2" },
	/* While its gateway is down it may wait: that is an incident. */
	{ SQL_AUDIT_ATTEMPT_WAITS, "SELECT checkin, id, 0 FROM attempt"
	    " WHERE state = 'planned' AND due_at < ?1"
	    " AND NOT EXISTS (SELECT 1 FROM incident"
	    " WHERE kind = 'gateway_down' AND subject = attempt.gateway"
	    " AND ended_at IS NULL) LIMIT ?2" },
	{ SQL_AUDIT_REPLY_RESTS, "SELECT checkin, attempt, flag FROM reply"
	    " WHERE settle_at IS NOT NULL AND settle_at < ?1 LIMIT ?2" },
	{ SQL_AUDIT_MAIL_RESTS, "SELECT 0, 0, flag FROM notice"
	    " WHERE state = 'planned' AND channel = 'email' AND due_at < ?1"
	    " LIMIT ?2" },
	{ SQL_AUDIT_VISIT_RESTS, "SELECT 0, 0, flag FROM visit"
	    " WHERE deadline IS NOT NULL AND deadline < ?1 LIMIT ?2" },
	{ SQL_AUDIT_MAIL_SENDING, "SELECT 0, 0, flag FROM notice"
	    " WHERE state = 'sending' AND channel = 'email' AND sent_at < ?1"
	    " LIMIT ?2" },
	{ SQL_AUDIT_ASKS, "SELECT checkin.id, attempt.id,"
	    " checkin.participant, checkin.date, attempt.sent_at"
	    " FROM checkin JOIN attempt ON attempt.checkin = checkin.id"
	    " WHERE checkin.date >= ?1 AND attempt.sent_at >="
	    " (SELECT coalesce(max(at), 0) FROM load)" },
	{ SQL_AUDIT_SILENCE, "SELECT count(*),"
	    " coalesce(sum(state IN ('no_response', 'undelivered')), 0)"
	    " FROM checkin WHERE date = ?1 AND slot > ?2 AND slot <= ?3" },
	{ SQL_AUDIT_PAGES, "PRAGMA integrity_check (5)" },
	{ 0, NULL },
};

static const struct question {
	int rule;
	const char *name;
	enum db_stmt stmt;
	bool whole;		/* it reads whole tables */
	msec grace;
} questions[] = {
	{ 1, "a check-in that nobody looks at", SQL_AUDIT_FORGOTTEN, false,
	    GRACE },
	{ 1, "a check-in with another person's flag", SQL_AUDIT_ANOTHERS_FLAG,
	    true, 0 },
	{ 2, "an attempt made again twice", SQL_AUDIT_MADE_TWICE, true, 0 },
	{ 2, "two unsettled attempts to one number", SQL_AUDIT_TWO_AT_ONCE,
	    false, 0 },
	{ 3, "an attempt after STOP", SQL_AUDIT_AFTER_STOP, true, 0 },
	{ 4, "a key that confirmed nothing", SQL_AUDIT_KEY_LOST, true, 0 },
	{ 5, "a flag that ended by nobody's word", SQL_AUDIT_NOBODY_DECIDED,
	    true, 0 },
	{ 5, "a flag whose deadline passed", SQL_AUDIT_FLAG_RESTS, false,
	    GRACE },
	{ 6, "an attempt whose deadline passed", SQL_AUDIT_ATTEMPT_RESTS,
	    false, GRACE },
	{ 6, "an attempt that never leaves", SQL_AUDIT_ATTEMPT_WAITS, true,
	    LONG_GRACE },
	{ 6, "a call to us that never settles", SQL_AUDIT_REPLY_RESTS, false,
	    GRACE },
	{ 6, "somebody at a door who is not back", SQL_AUDIT_VISIT_RESTS,
	    false, GRACE },
	{ 6, "an e-mail that never leaves", SQL_AUDIT_MAIL_RESTS, false,
	    LONG_GRACE },
	/* Few are under way at a time. */
	{ 6, "an e-mail that never ends", SQL_AUDIT_MAIL_SENDING, false,
	    LONG_GRACE },
};

int
ledger_audit_count(void)
{
	return (int)COUNT(questions);
}

const char *
ledger_audit_name(int n)
{
	return questions[n].name;
}

int
ledger_audit(struct ledger *l, int n, bool whole, msec now,
    ledger_finding_fn *found, void *arg, struct err *e)
{
	const struct question *ask = &questions[n];
	struct query q;
	int more, rows = 0;

	if (ask->whole && !whole)
		return 0;
	db_query(l, ask->stmt, &q);
	db_bind_int(&q, now - ask->grace);
	db_bind_int(&q, AUDIT_ROWS_MAX);
	while ((more = db_next(&q, e)) == 1) {
		struct ledger_finding f = {
			.rule = ask->rule, .name = ask->name,
		};

		f.checkin = db_int(&q);
		f.attempt = db_int(&q);
		f.flag = db_int(&q);
		rows++;
		if (found(&f, arg) == -1) {
			db_end(&q);
			return err_set(e, "the audit was given up");
		}
	}
	return more == -1 ? -1 : rows;
}

int
ledger_audit_asks(struct ledger *l, localdate since, ledger_ask_fn *fn,
    void *arg, struct err *e)
{
	struct query q;
	int more;

	db_query(l, SQL_AUDIT_ASKS, &q);
	db_bind_int(&q, since);
	while ((more = db_next(&q, e)) == 1) {
		struct ledger_ask a;

		a.checkin = db_int(&q);
		a.attempt = db_int(&q);
		db_text(&q, a.participant, sizeof(a.participant));
		a.date = (localdate)db_int(&q);
		a.sent_at = db_int(&q);
		if (fn(&a, arg) == -1) {
			db_end(&q);
			return err_set(e, "the audit was given up");
		}
	}
	return more;
}

int
ledger_audit_pages(struct ledger *l, struct buf *ret, struct err *e)
{
	struct query q;
	int more, bad = 0;

	db_query(l, SQL_AUDIT_PAGES, &q);
	while ((more = db_next(&q, e)) == 1) {
		const char *word = db_word(&q);

		if (word == NULL || (ret->len == 0 && bad == 0 &&
		    sqlite3_stricmp(word, "ok") == 0))
			continue;
		buf_addf(ret, "%s%s", bad++ > 0 ? "; " : "", word);
	}
	return more == -1 ? -1 : bad > 0;
}

int
ledger_audit_silence(struct ledger *l, localdate date, msec after, msec until,
    int *ret_all, int *ret_silent, struct err *e)
{
	struct query q;
	int found;

	db_query(l, SQL_AUDIT_SILENCE, &q);
	db_bind_int(&q, date);
	db_bind_int(&q, after);
	db_bind_int(&q, until);
	found = db_next(&q, e);
	if (found != 1)
		return -1;
	*ret_all = db_small(&q);
	*ret_silent = db_small(&q);
	db_end(&q);
	return 0;
}
