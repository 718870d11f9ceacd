/*
 * db.h - how the ledger's own files speak to SQLite.  For them alone.
 *
 * Every statement has its place in enum db_stmt and its text in the table of
 * the file that runs it; all are prepared when the ledger opens, so that a
 * slip in any of them is found at the start.  A struct query is one run of
 * one statement: bind its values in their order, run it, read its columns in
 * theirs.  Whatever way a run ends it resets the statement, because a SELECT
 * left standing keeps the WAL from ever being begun anew.
 */
#ifndef DB_H
#define DB_H

#include <sqlite3.h>
#include <sys/types.h>

#include "ledger/ledger.h"
#include "ledger/wakes.h"

enum db_stmt {
	SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK, SQL_SAVEPOINT, SQL_RELEASE,
	SQL_UNDO,

	SQL_CHECKIN_PLAN, SQL_CHECKIN_GET, SQL_CHECKIN_SAVE, SQL_CHECKIN_AWAKE,
	SQL_CHECKIN_WAKE, SQL_CHECKIN_OF, SQL_CHECKIN_OPEN_AT,
	SQL_CHECKIN_OPEN, SQL_CHECKIN_COUNT, SQL_CHECKIN_FLAG,

	SQL_ATTEMPT_ADD, SQL_ATTEMPT_GET, SQL_ATTEMPT_BY_REF,
	SQL_ATTEMPT_BY_GATEWAY_ID, SQL_ATTEMPT_SAVE, SQL_ATTEMPT_NOTE,
	SQL_ATTEMPT_COUNT, SQL_ATTEMPT_BODY,
	SQL_ATTEMPT_OF, SQL_ATTEMPT_DUE, SQL_ATTEMPT_WAKE, SQL_ATTEMPT_OVERDUE,
	SQL_ATTEMPT_DEADLINE, SQL_ATTEMPT_GATEWAY, SQL_ATTEMPT_SENDING,
	SQL_ATTEMPT_TAKEN, SQL_ATTEMPT_CREATES, SQL_ATTEMPT_ANSWERS,

	SQL_CALLBACK_ADD,

	SQL_REPLY_ADD, SQL_REPLY_SAVE, SQL_REPLY_GET, SQL_REPLY_BY_REF,
	SQL_REPLY_BY_GATEWAY_ID, SQL_REPLY_UNSETTLED, SQL_REPLY_WAKE,

	SQL_FLAG_ADD, SQL_FLAG_SAVE, SQL_FLAG_GET, SQL_FLAG_BY_CODE,
	SQL_FLAG_OPEN_OF, SQL_FLAG_OPEN_AT, SQL_FLAG_OVERDUE,
	SQL_FLAG_DEADLINE, SQL_FLAG_OPEN_AFTER, SQL_FLAG_HELD, SQL_FLAG_ASKED,
	SQL_FLAG_WAS_TOLD, SQL_CAUSE_ADD, SQL_DECISION_ADD,

	SQL_NOTICE_ADD, SQL_NOTICE_GET, SQL_NOTICE_SAVE, SQL_NOTICE_WORDS,
	SQL_NOTICE_DUE, SQL_NOTICE_UNANSWERED, SQL_NOTICE_WAKE,
	SQL_NOTICE_RESTART, SQL_NOTICE_FAILED,

	SQL_META_ADD, SQL_META_NEWEST, SQL_META_TOUCH, SQL_META_REWIND,
	SQL_LIVE_SET,
	SQL_LIVE_END, SQL_LIVE_SOME, SQL_LIVE_SINCE, SQL_OPTOUT_ADD,
	SQL_OPTOUT_LIFT,
	SQL_OPTOUT_IS, SQL_HOLD_ADD, SQL_HOLD_SINCE, SQL_HOLD_END, SQL_HOLD_IS,
	SQL_INCIDENT_ADD, SQL_INCIDENT_END, SQL_INCIDENT_REWORD,
	SQL_INCIDENT_IS, SQL_INCIDENT_SINCE, SQL_LOAD_ADD,

	SQL_VIEW_ROUNDS, SQL_VIEW_LATENESS, SQL_VIEW_FLAGS_OPEN,
	SQL_VIEW_FLAGS_COUNT,
	SQL_VIEW_FLAGS_ALL, SQL_VIEW_FLAG, SQL_VIEW_INCIDENTS, SQL_VIEW_HOLDS,
	SQL_VIEW_CHECKINS, SQL_VIEW_REPLIES, SQL_VIEW_STRANGER,
	SQL_VIEW_CANCELLED, SQL_VIEW_HELD,
	SQL_VIEW_TOLD, SQL_VIEW_STORY, SQL_VIEW_LOADED, SQL_VIEW_MISTAKES,

	SQL_AUDIT_FORGOTTEN, SQL_AUDIT_ANOTHERS_FLAG, SQL_AUDIT_MADE_TWICE,
	SQL_AUDIT_TWO_AT_ONCE, SQL_AUDIT_AFTER_STOP, SQL_AUDIT_KEY_LOST,
	SQL_AUDIT_NOBODY_DECIDED, SQL_AUDIT_FLAG_RESTS,
	SQL_AUDIT_ATTEMPT_RESTS, SQL_AUDIT_ATTEMPT_WAITS,
	SQL_AUDIT_REPLY_RESTS, SQL_AUDIT_MAIL_RESTS, SQL_AUDIT_MAIL_SENDING,
	SQL_AUDIT_ASKS, SQL_AUDIT_SILENCE, SQL_AUDIT_PAGES,

	SQL_ASIDE_AGAIN, SQL_ASIDE_ADD, SQL_ASIDE_TRIM, SQL_VIEW_ASIDES,

	SQL_ABSENCE_ADD, SQL_ABSENCE_END, SQL_ABSENCE_ON, SQL_ABSENCE_OF,
	SQL_ABSENCE_ALL, SQL_ABSENCE_WAS,

	SQL_INBOX_SEEN, SQL_INBOX_SET,

	SQL_VISIT_ADD, SQL_VISIT_SAVE, SQL_VISIT_OF, SQL_VISIT_OVERDUE,
	SQL_VISIT_DEADLINE, SQL_CONCERN_ADD, SQL_CONCERN_OF, SQL_REVIEW_ADD,
	SQL_REVIEW_CLOSE, SQL_REVIEW_OPEN, SQL_REVIEW_STATES,
	SQL_REVIEW_ALARMS, SQL_REVIEW_OUTCOMES, SQL_REVIEW_TRIES,
	SQL_AUDIT_VISIT_RESTS, SQL_ASK_ADD, SQL_ASK_BY, SQL_ASK_ANSWERED,
	SQL_LINK_ADD, SQL_LINK_BY_HASH, SQL_LINK_FITS, SQL_LINK_USE,
	SQL_LINK_SINCE, SQL_SESSION_ADD, SQL_SESSION_BY_HASH, SQL_SESSION_END,
	SQL_SESSION_OPEN, SQL_SIGHT_ADD,

	SQL_BRIDGE_ADD, SQL_BRIDGE_SAVE, SQL_BRIDGE_GET, SQL_BRIDGE_OPEN,

	SQL_TRIAL_ADD, SQL_TRIAL_GET, SQL_TRIAL_ENDED, SQL_TRIAL_CONFIRMED,
	SQL_TRIAL_NEWEST, SQL_TRIAL_PASSED, SQL_TRIAL_AT, SQL_TRIAL_SINCE,

	DB_STMT_COUNT
};

/* A place and its text; a table of them ends with a NULL text. */
struct db_statement {
	enum db_stmt stmt;
	const char *sql;
};
extern const struct db_statement turn_sql[], checkins_sql[], attempts_sql[],
    replies_sql[], flags_sql[], notices_sql[], settings_sql[], view_sql[],
    audit_sql[], aside_sql[], absences_sql[], inbox_sql[],
    visits_sql[], concerns_sql[], reviews_sql[], asks_sql[],
    signin_sql[], bridges_sql[], trials_sql[];

/* The text of a statement. */
const char *db_sql(enum db_stmt stmt);

struct ledger {
	sqlite3 *db;
	sqlite3_stmt *stmts[DB_STMT_COUNT];
	enum ledger_mode mode;
	int lock;			/* the lock's descriptor; -1 for none */

	enum { TURN_NONE, TURN_OPEN, TURN_LOST } turn;
	int events;			/* begun, one within the other */
	int saved;			/* of those, with a savepoint */
	enum ledger_fate fate;		/* of the last -1 */
	enum ledger_fate lost;		/* why the turn is */
	struct err why;			/* the same in words */
	bool broken;			/* a sync failed: nothing more */
	ino_t wal_inode;	/* 0: not looked at yet */

	int wal_pages;			/* after the last commit */
	bool wal_behind;		/* some of them are not in the file */
	msec newest;			/* what meta holds; -1 for unknown */
	struct wakes wakes;
	unsigned forgets[DB_STMT_COUNT]; /* tables of which wakes forgets */
};

/* ---- files as a whole -------------------------------------------------- */

int db_prepare(struct ledger *l, struct err *e) MUST_CHECK;
void db_finalize(struct ledger *l);

enum ledger_fate db_fate(int rc);

/* A failure of SQLite: words, fate, and the turn is lost where the fate is
 * not LEDGER_OK.  Returns -1. */
int db_fail(struct ledger *l, int rc, const char *what, struct err *e);

/* An error of ours, that loses no more than the event.  Returns -1. */
int db_refuse(struct ledger *l, struct err *e, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Run a statement without values, such as COMMIT: SQLite's result code. */
int db_plain(struct ledger *l, enum db_stmt stmt);

/* ---- one run of one statement ------------------------------------------ */

struct query {
	struct ledger *l;
	sqlite3_stmt *stmt;
	int bound;	/* values so far */
	int read;	/* columns so far */
	int rc;		/* the first failure to bind */
	unsigned forgets;	/* see struct ledger */
};

void db_query(struct ledger *l, enum db_stmt stmt, struct query *q);

/* Text and bytes are not copied: they have to stand until the run is over. */
void db_bind_int(struct query *q, int64_t value);
void db_bind_some(struct query *q, int64_t value);	/* 0 is NULL */
void db_bind_text(struct query *q, const char *text);	/* NULL is NULL */
void db_bind_word(struct query *q, const char *text);	/* "" is NULL too */
void db_bind_bytes(struct query *q, const void *bytes, int n);

/* Write: opens the turn and the event's savepoint where that is still to be
 * done.  Returns how many rows were changed, or -1. */
int db_write(struct query *q, struct err *e) MUST_CHECK;
/*
 * The same for the INSERT of one row, with its id: 1 inserted, 0 not (ON
 * CONFLICT DO NOTHING), -1 failed.  The id comes from SQLite's API and not
 * from a RETURNING, which PostgreSQL will need: with one, SQLite 3.40 takes
 * the INSERT for several, and looks through each whole table that refers to
 * the one that is written.
 */
int db_insert(struct query *q, int64_t *ret_id, struct err *e) MUST_CHECK;
/* The same for the INSERT of one row that may change one that is there instead:
 * 1 inserted, 0 not, -1 failed. */
int db_upsert(struct query *q, struct err *e) MUST_CHECK;
/* The same for the UPDATE of one row that has to be there: 0 or -1. */
int db_save(struct query *q, const char *what, int64_t id,
    struct err *e) MUST_CHECK;

/* The next row: 1, or 0 after the last, or -1.  After 0 and -1 the run is
 * over; db_end ends it before. */
int db_next(struct query *q, struct err *e) MUST_CHECK;
void db_end(struct query *q);

int64_t db_int(struct query *q);		/* NULL is 0 */
int db_small(struct query *q);
/* NULL is ""; what does not fit is cut. */
void db_text(struct query *q, char *ret, size_t size);
void db_long_text(struct query *q, struct buf *b);
/* NULL where it is; stands until the next row. */
const char *db_word(struct query *q);
/* A word of a list that this program does not know. */
int db_unknown(struct query *q, const char *what, struct err *e);

/* Reads one row's columns into a struct: 0 or -1. */
typedef int db_reader(struct query *q, void *row, struct err *e);
/* That of a row which is one name: row is a char[LEDGER_NAME_SIZE]. */
db_reader db_read_name;

/* At most one row: 1 found, 0 not, -1 failed. */
int db_one(struct query *q, db_reader *reader, void *row,
    struct err *e) MUST_CHECK;
/* The row with the id, which has to be there: 0 or -1. */
int db_get(struct ledger *l, enum db_stmt stmt, const char *what, int64_t id,
    db_reader *reader, void *row, struct err *e) MUST_CHECK;
/* Up to max rows of the given size: the count, or -1. */
int db_rows(struct query *q, db_reader *reader, void *rows, size_t size,
    int max, struct err *e) MUST_CHECK;
/* One number of one row; otherwise where there is none.  0 or -1. */
int db_value(struct query *q, int64_t otherwise, int64_t *ret,
    struct err *e) MUST_CHECK;
/* The same for a small one, as the result: it, or -1. */
int db_answer(struct query *q, struct err *e) MUST_CHECK;
/* When something of that kind is next due, by the statement where it is not
 * known; NEVER.  0 or -1. */
int db_wake(struct ledger *l, enum wake which, enum db_stmt stmt, msec *ret,
    struct err *e) MUST_CHECK;

/* Open the turn, and the event's savepoint, before a write. */
int turn_write(struct ledger *l, struct err *e) MUST_CHECK;
/* The turn cannot be kept: roll back, and remember why. */
void turn_lose(struct ledger *l, enum ledger_fate fate, const char *why);

/* Read rows of other files' tables, in the order of their columns. */
#define CHECKIN_COLUMNS(t)						\
	t "id, " t "participant, " t "round, " t "date, " t "slot, "	\
	t "ladder, " t "ladder_version, " t "state, " t "started_at, "	\
	t "wake_at, " t "flag_at, " t "confirmed_by, " t "closed_at, "	\
	t "reason, " t "flag"
db_reader checkins_read;

#define ATTEMPT_COLUMNS							\
	"id, ref, checkin, notice, reply, purpose, step, channel, "	\
	"number, gateway, gateway_id, state, outcome, rank, sequence, "	\
	"planned_at, due_at, sent_at, answered_at, ended_at, deadline, "\
	"lookups, delays, instead_of, detail, trial"
db_reader attempts_read;

#define REPLY_COLUMNS							\
	"id, ref, participant, volunteer, number, channel, gateway, "	\
	"gateway_id, at, text, reading, checkin, attempt, flag, "	\
	"settle_at"
db_reader replies_read;

#define FLAG_COLUMNS(t)							\
	t "id, " t "code, " t "participant, " t "number, " t "checkin, "\
	t "reason, " t "priority, " t "state, " t "owner, " t "asked, "	\
	t "raised_at, " t "deadline, " t "coordinator_at, "		\
	t "claim_by, " t "incident, " t "disposition, "			\
	t "false_alarm, " t "resolved_at, " t "handed_to, "		\
	t "spoken_to, " t "contact_at, " t "referred_to, " t "ring_by"
db_reader flags_read;

#define INCIDENT_COLUMNS "id, kind, subject, since, ended_at, detail"
db_reader settings_read_incident;

#endif /* DB_H */
