/*
 * How SQLite goes about the statements that every turn runs: none of them
 * walks a table, and none of them sorts.  The plan depends on the words of a
 * statement and of its index, so this is a test and not a measurement.
 */
#include "rig.h"

static const struct {
	enum db_stmt stmt;
	const char *index;	/* that it has to use; NULL for any */
} hot[] = {
	{ SQL_CHECKIN_PLAN, NULL },
	{ SQL_CHECKIN_COUNT, NULL },
	{ SQL_CHECKIN_FLAG, NULL },
	{ SQL_VIEW_ROUNDS, NULL },
	{ SQL_VIEW_LATENESS, NULL },
	{ SQL_VIEW_CANCELLED, "checkin_cancelled" },
	{ SQL_CHECKIN_GET, NULL },
	{ SQL_CHECKIN_SAVE, NULL },
	{ SQL_CHECKIN_AWAKE, "checkin_wake" },
	{ SQL_CHECKIN_WAKE, "checkin_wake" },
	{ SQL_CHECKIN_OPEN_AT, "checkin_wake (wake_at=? AND rowid>?)" },
	{ SQL_CHECKIN_OPEN, "checkin_wake (wake_at>?)" },
	{ SQL_ATTEMPT_ADD, NULL },
	{ SQL_ATTEMPT_GET, NULL },
	{ SQL_ATTEMPT_SAVE, NULL },
	{ SQL_ATTEMPT_NOTE, NULL },
	{ SQL_ATTEMPT_COUNT, "attempt_of" },
	{ SQL_ATTEMPT_BY_REF, "autoindex_attempt" },
	{ SQL_ATTEMPT_BY_GATEWAY_ID, "attempt_gateway_id" },
	{ SQL_ATTEMPT_OF, "attempt_of" },
	{ SQL_ATTEMPT_DUE, "attempt_due" },
	{ SQL_ATTEMPT_WAKE, "attempt_due" },
	{ SQL_ATTEMPT_OVERDUE, "attempt_deadline" },
	{ SQL_ATTEMPT_DEADLINE, "attempt_deadline" },
	{ SQL_ATTEMPT_TAKEN, "attempt_unsettled" },
	{ SQL_ATTEMPT_TAKEN, "reply_settle" },
	{ SQL_ATTEMPT_TAKEN, "bridge_number" },
	{ SQL_BRIDGE_OPEN, "bridge_number" },
	{ SQL_BRIDGE_OPEN, "bridge_who" },
	{ SQL_ATTEMPT_CREATES, "attempt_of" },
	{ SQL_ATTEMPT_CREATES, "autoindex_checkin" },
	{ SQL_ATTEMPT_ANSWERS, "attempt_answer" },
	{ SQL_CALLBACK_ADD, NULL },
	{ SQL_REPLY_ADD, NULL },
	{ SQL_REPLY_BY_REF, "autoindex_reply" },
	{ SQL_REPLY_BY_GATEWAY_ID, "reply_gateway_id" },
	{ SQL_REPLY_UNSETTLED, "reply_settle" },
	{ SQL_REPLY_WAKE, "reply_settle" },
	{ SQL_VIEW_STRANGER, "reply_stranger" },
	{ SQL_FLAG_BY_CODE, "flag_code" },
	{ SQL_FLAG_OPEN_OF, "flag_open_of" },
	{ SQL_FLAG_OPEN_AT, "flag_open_at" },
	{ SQL_FLAG_OVERDUE, "flag_deadline" },
	{ SQL_FLAG_DEADLINE, "flag_deadline" },
	{ SQL_FLAG_OPEN_AFTER, "flag_open" },
	{ SQL_FLAG_HELD, "flag_owner" },
	{ SQL_FLAG_ASKED, "flag_asked" },
	{ SQL_FLAG_WAS_TOLD, "notice_of" },
	{ SQL_FLAG_WAS_TOLD, "decision_on" },
	{ SQL_NOTICE_DUE, "notice_email" },
	{ SQL_NOTICE_WAKE, "notice_email" },
	{ SQL_NOTICE_FAILED, "notice_of" },
	{ SQL_ATTEMPT_GATEWAY, "attempt_due" },
	{ SQL_META_NEWEST, NULL },
	{ SQL_META_TOUCH, NULL },
	{ SQL_LIVE_SET, NULL },
	{ SQL_LIVE_END, "autoindex_live_since" },
	{ SQL_LIVE_SOME, "autoindex_live_since" },
	{ SQL_LIVE_SINCE, NULL },
	{ SQL_OPTOUT_IS, "optout_in_force" },
	{ SQL_HOLD_IS, "hold_in_force" },
	{ SQL_INCIDENT_IS, "incident_open" },
	{ SQL_REPLY_SAVE, NULL },
	{ SQL_FLAG_ADD, NULL },
	{ SQL_FLAG_SAVE, NULL },
	{ SQL_CAUSE_ADD, NULL },
	{ SQL_DECISION_ADD, NULL },
	{ SQL_NOTICE_ADD, NULL },
	{ SQL_NOTICE_SAVE, NULL },
	{ SQL_OPTOUT_ADD, NULL },
	{ SQL_OPTOUT_LIFT, "optout_in_force" },
	{ SQL_HOLD_ADD, NULL },
	{ SQL_INCIDENT_ADD, NULL },
	{ SQL_INCIDENT_END, "incident_open" },
	{ SQL_INCIDENT_REWORD, "incident_open" },
	{ SQL_LOAD_ADD, NULL },
	{ SQL_LINK_ADD, NULL },
	{ SQL_LINK_BY_HASH, "autoindex_link" },
	{ SQL_LINK_FITS, "autoindex_link" },
	{ SQL_LINK_USE, NULL },
	{ SQL_LINK_SINCE, "link_of" },
	{ SQL_SESSION_ADD, NULL },
	{ SQL_SESSION_BY_HASH, "autoindex_session" },
	{ SQL_SESSION_END, NULL },
	{ SQL_SESSION_OPEN, "session_open" },
	{ SQL_SIGHT_ADD, "sight_of" },
	{ SQL_AUDIT_FORGOTTEN, "checkin_wake" },
	{ SQL_AUDIT_TWO_AT_ONCE, "attempt_unsettled" },
	{ SQL_AUDIT_FLAG_RESTS, "flag_deadline" },
	{ SQL_AUDIT_ATTEMPT_RESTS, "attempt_deadline" },
	{ SQL_AUDIT_REPLY_RESTS, "reply_settle" },
	{ SQL_AUDIT_MAIL_RESTS, "notice_email" },
	{ SQL_AUDIT_SILENCE, "checkin_day" },
	{ SQL_AUDIT_VISIT_RESTS, "visit_deadline" },
	{ SQL_ABSENCE_ON, "absence_in_force" },
	{ SQL_ABSENCE_OF, "absence_in_force" },
	{ SQL_ABSENCE_WAS, "absence_of" },
	{ SQL_VISIT_OVERDUE, "visit_deadline" },
	{ SQL_VISIT_DEADLINE, "visit_deadline" },
	{ SQL_CONCERN_OF, "concern_of" },
	{ SQL_ASK_BY, "ask_open" },
	{ SQL_REVIEW_ADD, "review_of" },
	{ SQL_REVIEW_OPEN, "review_open" },
	{ SQL_REVIEW_STATES, "autoindex_checkin" },
	{ SQL_REVIEW_TRIES, "autoindex_checkin" },
};

/*
 * Not a walk: an ordered read of a partial index from its beginning, that
 * stops after its first row.  SQLite calls it a scan.
 */
static bool
is_first_of_index(enum db_stmt stmt, const char *step)
{
	const char *sql = db_sql(stmt);
	size_t n = strlen(sql);

	return strstr(step, " INDEX ") && n > 7 &&
	    strcmp(sql + n - 7, "LIMIT 1") == 0;
}

static void
test_one(struct ledger *l, enum db_stmt stmt, const char *index)
{
	sqlite3_stmt *s = NULL;
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", db_sql(stmt));
	bool found = index == NULL, good = true;
	char faults[400] = "";

	is_int(sqlite3_prepare_v2(l->db, sql, -1, &s, NULL), SQLITE_OK, "%s",
	    sql);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(s, 3);

		if (index && strstr(step, index))
			found = true;
		if (strstr(step, "TEMP B-TREE") || strstr(step, "AUTOMATIC") ||
		    (strncmp(step, "SCAN", 4) == 0 &&
		    strcmp(step, "SCAN CONSTANT ROW") != 0 &&
		    !is_first_of_index(stmt, step))) {
			good = false;
			snprintf(faults, sizeof(faults), "%s", step);
		}
	}
	if (!ok(good, "neither a walk nor a sort"))
		printf("#   %s\n", faults);
	ok(found, "by %s", index ? index : "whatever it likes");
	sqlite3_finalize(s);
	sqlite3_free(sql);
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	for (size_t i = 0; i < COUNT(hot); i++)
		test_one(l, hot[i].stmt, hot[i].index);
	ledger_close(l);
	rig_end();
	return tap_done();
}
