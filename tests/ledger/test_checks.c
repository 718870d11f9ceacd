/*
 * What the tables refuse by themselves: a bug above them must not get by.
 */
#include "rig.h"

static const char good_rows[] =
    "INSERT INTO checkin (id, participant, round, date, slot, ladder,"
    " ladder_version, state, wake_at)"
    " VALUES (1, 'ada', 'morning', 20790, 9, 'daily', 'v1', 'due', 9),"
    " (2, 'bob', 'morning', 20790, 9, 'daily', 'v1', 'due', 9),"
    " (3, 'cyd', 'morning', 20790, 9, 'daily', 'v1', 'due', 9);"
    "UPDATE checkin SET state = 'asking', started_at = 9, flag_at = 99"
    " WHERE id = 2;"
    "INSERT INTO flag (id, code, participant, reason, priority, state,"
    " raised_at, deadline, claim_by)"
    " VALUES (1, 'AAAA', 'ada', 'help', 'urgent', 'open', 9, 99, 60),"
    " (2, 'BBBB', 'bob', 'no_response', 'high', 'open', 9, 99, 60);"
    "INSERT INTO flag (id, code, number, reason, priority, state,"
    " raised_at, deadline, claim_by) VALUES (3, 'CCCC', '+441154960003',"
    " 'unclear_reply', 'normal', 'open', 9, 99, 60);"
    "INSERT INTO notice (id, flag, volunteer, channel, kind, state,"
    " planned_at, due_at, tries, detail, once) VALUES (1, 1, 'vera', 'email',"
    " 'flag', 'planned', 9, 9, 0, '', 'once');"
    "INSERT INTO reply (id, ref, participant, channel, gateway, gateway_id,"
    " at, text, reading) VALUES (1, 'rr', 'ada', 'text', 'main', 'SM9', 9,"
    " 'ok', 'ok');"
    "INSERT INTO attempt (id, ref, checkin, purpose, step, channel, number,"
    " gateway, gateway_id, state, rank, sequence, planned_at, due_at,"
    " lookups, delays, detail) VALUES (1, 'a1', 1, 'first', 0, 'call',"
    " '+441154960001', 'main', 'CA1', 'planned', -1, -1, 9, 9, 0, 0, ''),"
    " (2, 'a2', 1, 'first', 0, 'call', '+441154960001', 'main', 'CA2',"
    " 'planned', -1, -1, 9, 9, 0, 0, '');"
    "UPDATE attempt SET state = 'accepted', sent_at = 9, deadline = 99"
    " WHERE id = 2;"
    "INSERT INTO callback (id, hash, attempt, at, gateway, kind, sequence,"
    " code) VALUES (1, x'000102030405060708090a0b0c0d0e0f"
    "000102030405060708090a0b0c0d0e0f', 1, 9, 'main', 'progress', 0, 0),"
    " (2, x'000102030405060708090a0b0c0d0e0f"
    "000102030405060708090a0b0c0d0e0f', NULL, 9, 'main', 'progress', 0, 0);"
    "INSERT INTO cause (id, flag, reason, at) VALUES (1, 1, 'help', 9);"
    "INSERT INTO decision (id, at, who, way, action, flag)"
    " VALUES (1, 9, 'vera', 'text', 'claim', 1);"
    "INSERT INTO optout (number, channel, source, at)"
    " VALUES ('+441154960001', 'text', 'text', 9);"
    "INSERT INTO hold (round, reason, who, since) VALUES ('', 'x', 'z', 9);"
    "INSERT INTO incident (kind, subject, since, detail)"
    " VALUES ('outage', '', 9, '');";

/* What is tried, and the name that its refusal says. */
static const struct {
	const char *sql, *name;
} refusals[] = {
	{ "UPDATE checkin SET state = 'asleep'", "checkin_state" },
	{ "UPDATE checkin SET slot = 'noon'", "INTEGER column checkin.slot" },
	{ "UPDATE checkin SET wake_at = NULL WHERE id = 1",
	    "checkin_wake_at_while_open" },
	{ "UPDATE checkin SET wake_at = NULL WHERE id = 2",
	    "checkin_wake_at_while_open" },
	{ "UPDATE checkin SET state = 'confirmed', confirmed_by = 'key',"
	    " closed_at = 10 WHERE id = 2", "checkin_wake_at_while_open" },
	{ "UPDATE checkin SET state = 'confirmed', confirmed_by = 'key',"
	    " wake_at = NULL WHERE id = 2", "checkin_closed_at_when_over" },
	{ "UPDATE checkin SET closed_at = 10 WHERE id = 2",
	    "checkin_closed_at_when_over" },
	{ "UPDATE checkin SET started_at = 9 WHERE id = 1",
	    "checkin_due_not_started" },
	{ "UPDATE checkin SET flag_at = 9 WHERE id = 1",
	    "checkin_due_not_started" },
	{ "UPDATE checkin SET state = 'asking' WHERE id = 1",
	    "checkin_asking_started" },
	{ "UPDATE checkin SET flag_at = NULL WHERE id = 2",
	    "checkin_asking_started" },
	{ "UPDATE checkin SET state = 'confirmed', closed_at = 10,"
	    " wake_at = NULL WHERE id = 2", "checkin_confirmed_by_somebody" },
	{ "UPDATE checkin SET state = 'confirmed_late', closed_at = 10,"
	    " wake_at = NULL WHERE id = 2", "checkin_confirmed_by_somebody" },
	{ "UPDATE checkin SET state = 'confirmed', confirmed_by = 'machine',"
	    " closed_at = 10, wake_at = NULL WHERE id = 2",
	    "checkin_confirmed_by" },
	{ "UPDATE checkin SET confirmed_by = 'key' WHERE id = 2",
	    "checkin_confirmed_by_somebody" },
	{ "UPDATE checkin SET state = 'no_response', closed_at = 10,"
	    " wake_at = NULL WHERE id = 2", "checkin_flagged" },
	{ "UPDATE checkin SET state = 'undelivered', closed_at = 10,"
	    " wake_at = NULL WHERE id = 2", "checkin_flagged" },
	{ "UPDATE checkin SET state = 'missed', closed_at = 10,"
	    " wake_at = NULL WHERE id = 1", "checkin_flagged" },
	{ "UPDATE checkin SET state = 'help_requested', closed_at = 10,"
	    " wake_at = NULL WHERE id = 2", "checkin_flagged" },
	{ "UPDATE checkin SET state = 'cancelled', closed_at = 10,"
	    " wake_at = NULL WHERE id = 1", "checkin_cancelled_why" },
	{ "UPDATE checkin SET flag = 77 WHERE id = 1", "FOREIGN KEY" },
	{ "UPDATE checkin SET participant = 'ada' WHERE id = 2",
	    "UNIQUE constraint failed: checkin.participant" },
	{ "UPDATE checkin SET participant = ''", "checkin_participant" },
	{ "UPDATE checkin SET round = ''", "checkin_round" },

	{ "UPDATE attempt SET checkin = NULL WHERE id = 1",
	    "attempt_for_one" },
	{ "UPDATE attempt SET notice = 1 WHERE id = 1", "attempt_for_one" },
	{ "UPDATE attempt SET checkin = 77", "FOREIGN KEY" },
	{ "UPDATE attempt SET instead_of = 77", "FOREIGN KEY" },
	{ "UPDATE attempt SET body = 'hello' WHERE id = 1",
	    "attempt_text_has_body" },
	{ "UPDATE attempt SET channel = 'text' WHERE id = 1",
	    "attempt_text_has_body" },
	{ "UPDATE attempt SET due_at = NULL WHERE id = 1",
	    "attempt_planned_due" },
	{ "UPDATE attempt SET sent_at = 9 WHERE id = 1",
	    "attempt_sent_when" },
	{ "UPDATE attempt SET outcome = 'ok' WHERE id = 1",
	    "attempt_planned_open" },
	{ "UPDATE attempt SET state = 'sending', deadline = 99 WHERE id = 1",
	    "attempt_sent_when" },
	{ "UPDATE attempt SET state = 'sending', sent_at = 9 WHERE id = 1",
	    "attempt_deadline_while_open" },
	{ "UPDATE attempt SET state = 'uncertain', deadline = NULL"
	    " WHERE id = 2", "attempt_deadline_while_open" },
	{ "UPDATE attempt SET deadline = NULL WHERE id = 2",
	    "attempt_deadline_while_open" },
	{ "UPDATE attempt SET state = 'ended', outcome = 'ok', ended_at = 10"
	    " WHERE id = 2", "attempt_deadline_while_open" },
	{ "UPDATE attempt SET state = 'ended', outcome = 'ok',"
	    " deadline = NULL WHERE id = 2", "attempt_ended_when" },
	{ "UPDATE attempt SET state = 'ended', ended_at = 10,"
	    " deadline = NULL WHERE id = 2", "attempt_ended_how" },
	{ "UPDATE attempt SET ended_at = 10 WHERE id = 2",
	    "attempt_ended_when" },
	{ "UPDATE attempt SET ref = 'a1' WHERE id = 2",
	    "UNIQUE constraint failed: attempt.ref" },
	{ "UPDATE attempt SET ref = '' WHERE id = 2", "attempt_has_ref" },
	{ "UPDATE attempt SET gateway_id = 'CA1' WHERE id = 2",
	    "UNIQUE constraint failed: attempt.gateway" },
	{ "UPDATE attempt SET step = -1", "attempt_step" },
	{ "UPDATE attempt SET lookups = -1", "attempt_lookups" },
	{ "UPDATE attempt SET delays = -1", "attempt_delays" },

	{ "UPDATE flag SET participant = 'ada', number = NULL WHERE id = 2",
	    "UNIQUE constraint failed: flag.participant" },
	{ "UPDATE flag SET participant = NULL, number = '+441154960003'"
	    " WHERE id = 2", "UNIQUE constraint failed: flag.number" },
	{ "UPDATE flag SET code = 'AAAA' WHERE id = 2",
	    "UNIQUE constraint failed: flag.code" },
	{ "UPDATE flag SET code = ''", "flag_has_code" },
	{ "UPDATE flag SET number = '+441154960009' WHERE id = 1",
	    "flag_of_one" },
	{ "UPDATE flag SET deadline = NULL WHERE id = 1",
	    "flag_deadline_while_open" },
	{ "UPDATE flag SET owner = 'vera' WHERE id = 1", "flag_open_unowned" },
	{ "UPDATE flag SET state = 'claimed' WHERE id = 1",
	    "flag_claimed_owner" },
	{ "UPDATE flag SET resolved_at = 10 WHERE id = 1",
	    "flag_resolved_when" },
	{ "UPDATE flag SET state = 'resolved', disposition = 'safe',"
	    " deadline = NULL, owner = 'vera' WHERE id = 1",
	    "flag_resolved_when" },
	{ "UPDATE flag SET state = 'resolved', resolved_at = 10,"
	    " deadline = NULL, owner = 'vera' WHERE id = 1",
	    "flag_resolved_how" },
	{ "UPDATE flag SET disposition = 'safe' WHERE id = 1",
	    "flag_resolved_how" },
	{ "UPDATE flag SET state = 'resolved', resolved_at = 10,"
	    " deadline = NULL, disposition = 'safe' WHERE id = 1",
	    "flag_resolved_by_somebody" },
	{ "UPDATE flag SET state = 'resolved', resolved_at = 10,"
	    " deadline = NULL, disposition = 'own_word' WHERE id = 1",
	    "flag_help_ends_by_human" },
	{ "UPDATE flag SET false_alarm = 'asleep' WHERE id = 1",
	    "flag_false_alarm_resolved" },
	{ "UPDATE flag SET disposition = 'fine' WHERE id = 1",
	    "flag_disposition" },
	{ "UPDATE flag SET false_alarm = 'moon' WHERE id = 1",
	    "flag_false_alarm" },
	{ "UPDATE flag SET incident = 77 WHERE id = 1", "FOREIGN KEY" },
	{ "DELETE FROM flag WHERE id = 1", "FOREIGN KEY" },

	{ "UPDATE reply SET reading = NULL", "reply_read_or_settled" },
	{ "UPDATE reply SET reading = 'fine'", "reply_reading" },
	{ "UPDATE reply SET flag = 77", "FOREIGN KEY" },
	{ "INSERT INTO reply (gateway, gateway_id, channel, at, text, reading)"
	    " VALUES ('main', 'SM9', 'text', 9, '', 'ok')",
	    "UNIQUE constraint failed: reply.gateway" },
	{ "UPDATE notice SET state = 'lost'", "notice_state" },
	{ "UPDATE notice SET due_at = NULL", "notice_planned_due" },
	{ "UPDATE notice SET channel = 'fax'", "notice_channel" },
	{ "UPDATE notice SET volunteer = ''", "notice_volunteer" },

	{ "INSERT INTO callback (hash, attempt, at, gateway, kind, sequence,"
	    " code) SELECT hash, attempt, 10, 'main', 'key', 0, 0 FROM callback"
	    " WHERE id = 1",
	    "UNIQUE constraint failed: callback.attempt, callback.hash" },
	{ "INSERT INTO callback (hash, at, gateway, kind, sequence, code)"
	    " SELECT hash, 10, 'main', 'key', 0, 0 FROM callback"
	    " WHERE attempt IS NULL",
	    "UNIQUE constraint failed: callback.hash" },
	{ "INSERT INTO callback (hash, at, gateway, kind, sequence, code)"
	    " VALUES (x'00', 10, 'main', 'key', 0, 0)", "callback_hash" },
	{ "UPDATE callback SET at = 10", "callback is only ever added to" },
	{ "DELETE FROM callback", "callback is only ever added to" },
	{ "UPDATE cause SET at = 10", "cause is only ever added to" },
	{ "DELETE FROM cause", "cause is only ever added to" },
	{ "INSERT OR REPLACE INTO decision (id, at, who, way, action)"
	    " VALUES (1, 9, 'x', 'y', 'z')", "decision is only ever added to" },
	{ "UPDATE decision SET who = 'nobody'",
	    "decision is only ever added to" },
	{ "DELETE FROM decision", "decision is only ever added to" },
	{ "INSERT INTO decision (at, who, way, action) VALUES (9,'','x','y')",
	    "decision_who" },

	{ "INSERT INTO optout (number, channel, source, at)"
	    " VALUES ('+441154960001', 'text', 'text', 10)",
	    "UNIQUE constraint failed: optout" },
	{ "INSERT INTO hold (round, reason, who, since)"
	    " VALUES ('', 'x', 'z', 10)",
	    "UNIQUE constraint failed: hold.round" },
	{ "UPDATE hold SET ended_at = 10", "hold_ended_by_somebody" },
	{ "INSERT INTO incident (kind, subject, since, detail)"
	    " VALUES ('outage', '', 10, '')",
	    "UNIQUE constraint failed: incident" },
	{ "INSERT INTO meta (id, kind) VALUES (2, 'live')", "meta_one" },
	{ "UPDATE meta SET kind = 'other'", "meta_kind" },
	{ "INSERT INTO live_since VALUES ('a', 'b', 1441, 9, 1)",
	    "live_minute" },
};

static void
test_refusals(struct ledger *l)
{
	int rc = rig_sql(l, good_rows);

	if (!ok(rc == SQLITE_OK, "good rows are taken"))
		printf("#   %s\n", sqlite3_errmsg(l->db));
	for (size_t i = 0; i < COUNT(refusals); i++) {
		const char *why;

		rig_sql(l, "SAVEPOINT try");
		rc = rig_sql(l, refusals[i].sql);
		why = rc == SQLITE_OK ? "taken" : sqlite3_errmsg(l->db);
		if (!ok(rc != SQLITE_OK && strstr(why, refusals[i].name),
		    "%s refuses %s", refusals[i].name, refusals[i].sql))
			printf("#   %s\n", why);
		rig_sql(l, "ROLLBACK TO try; RELEASE try");
	}
}

/* Each name of the rules is a word that the tables take. */
static void
word(struct ledger *l, const char *format, const char *name)
{
	char sql[400];
	int rc;

	if (!name)
		return;
	snprintf(sql, sizeof(sql), "%s '%s' WHERE id = 3", format, name);
	rig_sql(l, "SAVEPOINT try");
	rc = rig_sql(l, sql);
	if (!ok(rc == SQLITE_OK, "%s", sql))
		printf("#   %s\n", sqlite3_errmsg(l->db));
	rig_sql(l, "ROLLBACK TO try; RELEASE try");
}

static void
test_checkin_words(struct ledger *l)
{
	for (int i = 0; i < CHECKIN_STATE_COUNT; i++)
		word(l, i == CHECKIN_DUE
		    ? "UPDATE checkin SET state ="
		    : i == CHECKIN_ASKING
		    ? "UPDATE checkin SET started_at = 9, flag_at = 9, state ="
		    : i == CHECKIN_CONFIRMED || i == CHECKIN_CONFIRMED_LATE
		    ? "UPDATE checkin SET wake_at = NULL, closed_at = 9,"
		      " confirmed_by = 'key', state ="
		    : "UPDATE checkin SET wake_at = NULL, closed_at = 9,"
		      " reason = 'x', flag = 1, state =",
		    checkin_state_name((enum checkin_state)i));
	for (int i = 0; i < CONFIRMED_BY_COUNT; i++)
		word(l, "UPDATE checkin SET wake_at = NULL, closed_at = 9,"
		    " state = 'confirmed', confirmed_by =",
		    confirmed_by_name((enum confirmed_by)i));
}

static void
test_attempt_words(struct ledger *l)
{
	rig_sql(l, "INSERT INTO attempt (id, ref, checkin, purpose, step,"
	    " channel, number, gateway, state, rank, sequence, planned_at,"
	    " lookups, delays, detail, ended_at, outcome) VALUES (3, 'a3', 1,"
	    " 'first', 0, 'call', '', 'main', 'ended', -1, -1, 9, 0, 0, '',"
	    " 9, 'ok')");
	rig_sql(l, "INSERT INTO reply (id, channel, gateway, at, text,"
	    " reading) VALUES (3, 'text', 'main', 9, '', 'ok')");
	rig_sql(l, "INSERT INTO optout (id, number, channel, source, at)"
	    " VALUES (3, 'x', 'text', '', 9)");
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		const char *name = channel_name((enum channel)i);

		word(l, i == CHANNEL_TEXT
		    ? "UPDATE attempt SET body = '', channel ="
		    : "UPDATE attempt SET channel =", name);
		word(l, "UPDATE reply SET channel =", name);
		word(l, "UPDATE optout SET channel =", name);
	}
	for (int i = 0; i < ATTEMPT_STATE_COUNT; i++)
		word(l, i == ATTEMPT_ENDED ? "UPDATE attempt SET state ="
		    : i == ATTEMPT_PLANNED ? "UPDATE attempt SET due_at = 9,"
		      " ended_at = NULL, outcome = NULL, state ="
		    : "UPDATE attempt SET sent_at = 9, deadline = 99,"
		      " ended_at = NULL, outcome = NULL, state =",
		    attempt_state_name((enum attempt_state)i));
	for (int i = 0; i < OUTCOME_COUNT; i++)
		word(l, "UPDATE attempt SET outcome =",
		    outcome_name((enum outcome)i));
	for (int i = 0; i < PURPOSE_COUNT; i++)
		word(l, "UPDATE attempt SET purpose =",
		    purpose_name((enum purpose)i));
}

static void
test_flag_words(struct ledger *l)
{
	for (int i = 0; i < FLAG_STATE_COUNT; i++)
		word(l, i == FLAG_OPEN ? "UPDATE flag SET state ="
		    : i == FLAG_CLAIMED ? "UPDATE flag SET owner = 'v', state ="
		    : "UPDATE flag SET owner = 'v', disposition = 'safe',"
		      " deadline = NULL, resolved_at = 9, state =",
		    flag_state_name((enum flag_state)i));
	for (int i = 0; i < FLAG_REASON_COUNT; i++) {
		const char *name = flag_reason_name((enum flag_reason)i);
		char sql[200];

		word(l, "UPDATE flag SET reason =", name);
		snprintf(sql, sizeof(sql), "INSERT INTO cause"
		    " (flag, reason, at) VALUES (1, '%s', 9)", name);
		is_int(rig_sql(l, sql), SQLITE_OK, "%s", sql);
	}
	for (int i = 0; i < PRIORITY_COUNT; i++)
		word(l, "UPDATE flag SET priority =",
		    priority_name((enum priority)i));
	for (int i = 0; i < DISPOSITION_COUNT; i++)
		word(l, "UPDATE flag SET state = 'resolved', owner = 'v',"
		    " deadline = NULL, resolved_at = 9, disposition =",
		    disposition_name((enum disposition)i));
	for (int i = 0; i < FALSE_ALARM_COUNT; i++)
		word(l, "UPDATE flag SET state = 'resolved', owner = 'v',"
		    " deadline = NULL, resolved_at = 9, disposition = 'safe',"
		    " false_alarm =",
		    false_alarm_name((enum false_alarm)i));
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	test_refusals(l);
	test_checkin_words(l);
	test_attempt_words(l);
	test_flag_words(l);
	ledger_close(l);
	rig_end();
	return tap_done();
}
