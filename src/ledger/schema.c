/*
 * What SQL can hold of the invariants is held here, by name, so that a bug
 * stops at the ledger's door and its message says which promise it broke.
 *
 * The statements keep to what SQLite and PostgreSQL both read; there, INTEGER
 * becomes BIGINT, BLOB becomes BYTEA, the ids become identities, and the
 * triggers at the end are written anew, and each INSERT that is asked for its
 * id ends in RETURNING id (see db_insert).  An index that ends in anything but
 * the id has the id behind it in SQLite by itself: PostgreSQL needs it named.
 *
 * The indexes on what is due hold only what is due, by a condition that each
 * of the statements repeats word by word: with a bound value in its place the
 * planner would read the whole table.
 *
 * A check-in exists before its flag, and is bound to it afterwards; so the
 * circle between the two needs no deferred keys, and every broken reference
 * is refused at its own statement, where only one event pays for it.  (The
 * two keys that look forward, checkin.flag and reply.attempt, PostgreSQL
 * wants added once both tables stand.)
 */
#include "ledger/schema.h"

#include "base/log.h"

static const char tables[] =
"CREATE TABLE meta ("
"	id INTEGER PRIMARY KEY CONSTRAINT meta_one CHECK (id = 1),"
"	kind TEXT NOT NULL"
"		CONSTRAINT meta_kind CHECK (kind IN ('live', 'rehearsal')),"
"	newest INTEGER NOT NULL DEFAULT 0"
") STRICT;"

"CREATE TABLE load ("
"	id INTEGER PRIMARY KEY,"
"	digest TEXT NOT NULL,"
"	live INTEGER NOT NULL CONSTRAINT load_live CHECK (live >= 0),"
"	mistakes INTEGER NOT NULL"
"		CONSTRAINT load_mistakes CHECK (mistakes >= 0),"
"	at INTEGER NOT NULL"
") STRICT;"
"CREATE INDEX load_good ON load (id) WHERE mistakes = 0;"

"CREATE TABLE live_since ("
"	participant TEXT NOT NULL,"
"	round TEXT NOT NULL,"
"	minute INTEGER NOT NULL"
"		CONSTRAINT live_minute CHECK (minute BETWEEN 0 AND 1440),"
"	since INTEGER NOT NULL,"
"	load INTEGER NOT NULL,"
"	PRIMARY KEY (participant, round)"
") STRICT;"

"CREATE TABLE incident ("
"	id INTEGER PRIMARY KEY,"
"	kind TEXT NOT NULL CONSTRAINT incident_kind CHECK (kind <> ''),"
"	subject TEXT NOT NULL,"
"	since INTEGER NOT NULL,"
"	ended_at INTEGER,"
"	detail TEXT NOT NULL"
") STRICT;"
"CREATE UNIQUE INDEX incident_open ON incident (kind, subject)"
"	WHERE ended_at IS NULL;"

"CREATE TABLE checkin ("
"	id INTEGER PRIMARY KEY,"
"	participant TEXT NOT NULL"
"		CONSTRAINT checkin_participant CHECK (participant <> ''),"
"	round TEXT NOT NULL CONSTRAINT checkin_round CHECK (round <> ''),"
"	date INTEGER NOT NULL,"
"	slot INTEGER NOT NULL,"
"	ladder TEXT NOT NULL,"
"	ladder_version TEXT NOT NULL,"
"	state TEXT NOT NULL CONSTRAINT checkin_state CHECK ("
	    ONE_OF_9("state", "due", "asking", "confirmed", "confirmed_late",
		"help_requested", "no_response", "undelivered", "missed",
		"cancelled")
"	),"
"	started_at INTEGER,"
"	wake_at INTEGER,"
"	flag_at INTEGER,"
"	confirmed_by TEXT CONSTRAINT checkin_confirmed_by CHECK ("
	    ONE_OF_4("confirmed_by", "key", "reply", "call_back", "human")
"	),"
"	closed_at INTEGER,"
"	reason TEXT,"
"	flag INTEGER REFERENCES flag (id),"
"	CONSTRAINT checkin_once UNIQUE (participant, date, round),"
"	CONSTRAINT checkin_wake_at_while_open CHECK"
"		((wake_at IS NOT NULL) = (state IN ('due', 'asking'))),"
"	CONSTRAINT checkin_closed_at_when_over CHECK"
"		((closed_at IS NULL) = (state IN ('due', 'asking'))),"
"	CONSTRAINT checkin_due_not_started CHECK (state <> 'due'"
"		OR (started_at IS NULL AND flag_at IS NULL)),"
"	CONSTRAINT checkin_asking_started CHECK (state <> 'asking'"
"		OR (started_at IS NOT NULL AND flag_at IS NOT NULL)),"
"	CONSTRAINT checkin_confirmed_by_somebody CHECK"
"		((confirmed_by IS NOT NULL) ="
"		(state IN ('confirmed', 'confirmed_late'))),"
"	CONSTRAINT checkin_flagged CHECK (flag IS NOT NULL"
"		OR (state <> 'help_requested' AND state <> 'no_response'"
"		AND state <> 'undelivered' AND state <> 'missed')),"
"	CONSTRAINT checkin_cancelled_why CHECK (state <> 'cancelled'"
"		OR reason IS NOT NULL)"
") STRICT;"
"CREATE INDEX checkin_wake ON checkin (wake_at) WHERE wake_at IS NOT NULL;"
"CREATE INDEX checkin_open ON checkin (id) WHERE closed_at IS NULL;"
"CREATE INDEX checkin_day ON checkin (date, round);"

"CREATE TABLE flag ("
"	id INTEGER PRIMARY KEY,"
"	code TEXT NOT NULL CONSTRAINT flag_has_code CHECK (code <> ''),"
"	participant TEXT,"
"	number TEXT,"
"	checkin INTEGER REFERENCES checkin (id),"
"	reason TEXT NOT NULL CONSTRAINT flag_reason CHECK ("
	    ONE_OF_9("reason", "help", "no_response", "undelivered", "missed",
		"gateway", "human_call", "unclear_reply", "stop", "opted_out")
"	),"
"	priority TEXT NOT NULL CONSTRAINT flag_priority CHECK ("
	    ONE_OF_3("priority", "urgent", "high", "normal")
"	),"
"	state TEXT NOT NULL CONSTRAINT flag_state CHECK ("
	    ONE_OF_3("state", "open", "claimed", "resolved")
"	),"
"	owner TEXT,"
"	asked TEXT,"
"	raised_at INTEGER NOT NULL,"
"	deadline INTEGER,"
"	coordinator_at INTEGER,"
"	claim_by INTEGER NOT NULL,"
"	incident INTEGER REFERENCES incident (id),"
"	disposition TEXT CONSTRAINT flag_disposition CHECK ("
	    ONE_OF_11("disposition", "own_word", "safe", "safe_helped", "chat",
		"ill", "hospital", "deceased", "not_located", "referred",
		"safeguarding", "settled")
"	),"
"	false_alarm TEXT CONSTRAINT flag_false_alarm CHECK ("
	    ONE_OF_15("false_alarm", "out", "asleep", "did_not_hear",
		"bath_or_garden", "phone_off", "on_phone", "voicemail",
		"call_blocker", "line_fault", "wrong_key", "visitor",
		"in_hospital", "on_holiday", "bad_time", "our_error")
"	),"
"	resolved_at INTEGER,"
"	CONSTRAINT flag_of_one CHECK (participant IS NULL OR number IS NULL),"
"	CONSTRAINT flag_deadline_while_open CHECK"
"		((deadline IS NULL) = (state = 'resolved')),"
"	CONSTRAINT flag_open_unowned CHECK (state <> 'open'"
"		OR owner IS NULL),"
"	CONSTRAINT flag_claimed_owner CHECK (state <> 'claimed'"
"		OR owner IS NOT NULL),"
"	CONSTRAINT flag_resolved_when CHECK"
"		((resolved_at IS NOT NULL) = (state = 'resolved')),"
"	CONSTRAINT flag_resolved_how CHECK"
"		((disposition IS NOT NULL) = (state = 'resolved')),"
"	CONSTRAINT flag_resolved_by_somebody CHECK (state <> 'resolved'"
"		OR disposition = 'own_word' OR owner IS NOT NULL),"
"	CONSTRAINT flag_help_ends_by_human CHECK (disposition IS NULL"
"		OR disposition <> 'own_word' OR reason NOT IN"
"		('help', 'stop')),"
"	CONSTRAINT flag_false_alarm_resolved CHECK (false_alarm IS NULL"
"		OR disposition IS NOT NULL)"
") STRICT;"
"CREATE UNIQUE INDEX flag_open_of ON flag (participant)"
"	WHERE resolved_at IS NULL;"
"CREATE UNIQUE INDEX flag_open_at ON flag (number)"
"	WHERE resolved_at IS NULL;"
"CREATE UNIQUE INDEX flag_open_code ON flag (code)"
"	WHERE resolved_at IS NULL;"
"CREATE INDEX flag_open ON flag (id) WHERE resolved_at IS NULL;"
"CREATE INDEX flag_owner ON flag (owner) WHERE resolved_at IS NULL;"
"CREATE INDEX flag_deadline ON flag (deadline) WHERE deadline IS NOT NULL;"
"CREATE INDEX flag_code ON flag (code);";

static const char more_tables[] =
"CREATE TABLE reply ("
"	id INTEGER PRIMARY KEY,"
"	ref TEXT CONSTRAINT reply_ref UNIQUE,"
"	participant TEXT,"
"	volunteer TEXT,"
"	number TEXT,"
"	channel TEXT NOT NULL CONSTRAINT reply_channel CHECK ("
	    ONE_OF_3("channel", "call", "text", "human")
"	),"
"	gateway TEXT NOT NULL,"
"	gateway_id TEXT,"
"	at INTEGER NOT NULL,"
"	text TEXT NOT NULL,"
"	reading TEXT CONSTRAINT reply_reading CHECK ("
	    ONE_OF_5("reading", "ok", "help", "stop", "away", "unclear")
"	),"
"	checkin INTEGER REFERENCES checkin (id),"
"	attempt INTEGER REFERENCES attempt (id),"
"	flag INTEGER REFERENCES flag (id),"
"	settle_at INTEGER,"
"	CONSTRAINT reply_read_or_settled CHECK (reading IS NOT NULL"
"		OR settle_at IS NOT NULL OR volunteer IS NOT NULL)"
") STRICT;"
"CREATE UNIQUE INDEX reply_gateway_id ON reply (gateway, gateway_id)"
"	WHERE gateway_id IS NOT NULL;"
"CREATE INDEX reply_settle ON reply (settle_at) WHERE settle_at IS NOT NULL;"
"CREATE INDEX reply_of ON reply (participant, at)"
"	WHERE participant IS NOT NULL;"

"CREATE TABLE notice ("
"	id INTEGER PRIMARY KEY,"
"	flag INTEGER REFERENCES flag (id),"
"	incident INTEGER REFERENCES incident (id),"
"	volunteer TEXT NOT NULL"
"		CONSTRAINT notice_volunteer CHECK (volunteer <> ''),"
"	channel TEXT NOT NULL CONSTRAINT notice_channel CHECK (channel IN"
"		('text', 'email')),"
"	kind TEXT NOT NULL CONSTRAINT notice_kind CHECK (kind <> ''),"
"	state TEXT NOT NULL CONSTRAINT notice_state CHECK ("
	    ONE_OF_4("state", "planned", "sending", "accepted", "failed")
"	),"
"	planned_at INTEGER NOT NULL,"
"	due_at INTEGER,"
"	sent_at INTEGER,"
"	ended_at INTEGER,"
"	tries INTEGER NOT NULL CONSTRAINT notice_tries CHECK (tries >= 0),"
"	detail TEXT NOT NULL,"
"	once TEXT CONSTRAINT notice_once UNIQUE,"
"	subject TEXT,"
"	body TEXT,"
"	CONSTRAINT notice_planned_due CHECK (state <> 'planned'"
"		OR due_at IS NOT NULL)"
") STRICT;"
"CREATE INDEX notice_email ON notice (due_at)"
"	WHERE state = 'planned' AND channel = 'email';"
"CREATE INDEX notice_email_sending ON notice (id)"
"	WHERE state = 'sending' AND channel = 'email';"
"CREATE INDEX notice_of ON notice (flag, volunteer)"
"	WHERE flag IS NOT NULL;"

"CREATE TABLE attempt ("
"	id INTEGER PRIMARY KEY,"
"	ref TEXT NOT NULL CONSTRAINT attempt_ref UNIQUE"
"		CONSTRAINT attempt_has_ref CHECK (ref <> ''),"
"	checkin INTEGER REFERENCES checkin (id),"
"	notice INTEGER REFERENCES notice (id),"
"	reply INTEGER REFERENCES reply (id),"
"	purpose TEXT NOT NULL CONSTRAINT attempt_purpose CHECK ("
	    ONE_OF_5("purpose", "urgent", "answer", "notice", "again", "first")
"	),"
"	step INTEGER NOT NULL CONSTRAINT attempt_step CHECK (step >= 0),"
"	channel TEXT NOT NULL CONSTRAINT attempt_channel CHECK ("
	    ONE_OF_3("channel", "call", "text", "human")
"	),"
"	number TEXT NOT NULL,"
"	gateway TEXT NOT NULL,"
"	gateway_id TEXT,"
"	state TEXT NOT NULL CONSTRAINT attempt_state CHECK ("
	    ONE_OF_5("state", "planned", "sending", "uncertain", "accepted",
		"ended")
"	),"
"	outcome TEXT CONSTRAINT attempt_outcome CHECK ("
	    ONE_OF_12("outcome", "ok", "help", "no_key", "machine", "busy",
		"no_answer", "refused", "bad_number", "opted_out",
		"undelivered", "no_reply", "gateway_error")
"	),"
"	rank INTEGER NOT NULL,"
"	sequence INTEGER NOT NULL,"
"	planned_at INTEGER NOT NULL,"
"	due_at INTEGER,"
"	sent_at INTEGER,"
"	answered_at INTEGER,"
"	ended_at INTEGER,"
"	deadline INTEGER,"
"	lookups INTEGER NOT NULL"
"		CONSTRAINT attempt_lookups CHECK (lookups >= 0),"
"	delays INTEGER NOT NULL"
"		CONSTRAINT attempt_delays CHECK (delays >= 0),"
"	instead_of INTEGER REFERENCES attempt (id),"
"	detail TEXT NOT NULL,"
"	body TEXT,"
"	CONSTRAINT attempt_for_one CHECK"
"		((CASE WHEN checkin IS NULL THEN 0 ELSE 1 END)"
"		+ (CASE WHEN notice IS NULL THEN 0 ELSE 1 END)"
"		+ (CASE WHEN reply IS NULL THEN 0 ELSE 1 END) = 1),"
"	CONSTRAINT attempt_text_has_body CHECK"
"		((body IS NOT NULL) = (channel = 'text')),"
"	CONSTRAINT attempt_planned_due CHECK (state <> 'planned'"
"		OR due_at IS NOT NULL),"
"	CONSTRAINT attempt_sent_when CHECK ((sent_at IS NOT NULL"
"		OR state IN ('planned', 'ended'))"
"		AND (sent_at IS NULL OR state <> 'planned')),"
"	CONSTRAINT attempt_deadline_while_open CHECK"
"		((deadline IS NULL) = (state IN ('planned', 'ended'))),"
"	CONSTRAINT attempt_ended_when CHECK"
"		((ended_at IS NOT NULL) = (state = 'ended')),"
"	CONSTRAINT attempt_ended_how CHECK (state <> 'ended'"
"		OR outcome IS NOT NULL),"
"	CONSTRAINT attempt_planned_open CHECK (state <> 'planned'"
"		OR outcome IS NULL)"
") STRICT;"
"CREATE UNIQUE INDEX attempt_gateway_id ON attempt (gateway, gateway_id)"
"	WHERE gateway_id IS NOT NULL;"
"CREATE INDEX attempt_due ON attempt (gateway, channel, purpose, due_at)"
"	WHERE state = 'planned';"
"CREATE INDEX attempt_deadline ON attempt (deadline)"
"	WHERE deadline IS NOT NULL;"
"CREATE INDEX attempt_unsettled ON attempt (number, channel)"
"	WHERE deadline IS NOT NULL;"
"CREATE INDEX attempt_of ON attempt (checkin) WHERE checkin IS NOT NULL;"
"CREATE INDEX attempt_answer ON attempt (number, planned_at)"
"	WHERE reply IS NOT NULL;"

"CREATE TABLE callback ("
"	id INTEGER PRIMARY KEY,"
"	hash BLOB NOT NULL CONSTRAINT callback_once UNIQUE"
"		CONSTRAINT callback_hash CHECK (length(hash) = 32),"
"	attempt INTEGER REFERENCES attempt (id),"
"	reply INTEGER REFERENCES reply (id),"
"	at INTEGER NOT NULL,"
"	gateway TEXT NOT NULL,"
"	kind TEXT NOT NULL CONSTRAINT callback_kind CHECK (kind <> ''),"
"	status TEXT,"
"	sequence INTEGER NOT NULL,"
"	code INTEGER NOT NULL,"
"	raw TEXT"
") STRICT;"

"CREATE TABLE cause ("
"	id INTEGER PRIMARY KEY,"
"	flag INTEGER NOT NULL REFERENCES flag (id),"
"	reason TEXT NOT NULL CONSTRAINT cause_reason CHECK ("
	    ONE_OF_9("reason", "help", "no_response", "undelivered", "missed",
		"gateway", "human_call", "unclear_reply", "stop", "opted_out")
"	),"
"	checkin INTEGER REFERENCES checkin (id),"
"	at INTEGER NOT NULL"
") STRICT;"
"CREATE INDEX cause_of ON cause (flag);"

"CREATE TABLE decision ("
"	id INTEGER PRIMARY KEY,"
"	at INTEGER NOT NULL,"
"	who TEXT NOT NULL CONSTRAINT decision_who CHECK (who <> ''),"
"	way TEXT NOT NULL CONSTRAINT decision_way CHECK (way <> ''),"
"	action TEXT NOT NULL CONSTRAINT decision_action CHECK (action <> ''),"
"	flag INTEGER REFERENCES flag (id),"
"	checkin INTEGER REFERENCES checkin (id),"
"	detail TEXT"
") STRICT;"
"CREATE INDEX decision_on ON decision (flag, who) WHERE flag IS NOT NULL;"

"CREATE TABLE optout ("
"	id INTEGER PRIMARY KEY,"
"	number TEXT NOT NULL CONSTRAINT optout_number CHECK (number <> ''),"
"	channel TEXT NOT NULL CONSTRAINT optout_channel CHECK ("
	    ONE_OF_3("channel", "call", "text", "human")
"	),"
"	source TEXT NOT NULL,"
"	at INTEGER NOT NULL,"
"	lifted_at INTEGER"
") STRICT;"
"CREATE UNIQUE INDEX optout_in_force ON optout (number, channel)"
"	WHERE lifted_at IS NULL;"

"CREATE TABLE hold ("
"	id INTEGER PRIMARY KEY,"
"	round TEXT NOT NULL,"
"	reason TEXT NOT NULL CONSTRAINT hold_reason CHECK (reason <> ''),"
"	who TEXT NOT NULL CONSTRAINT hold_who CHECK (who <> ''),"
"	since INTEGER NOT NULL,"
"	ended_at INTEGER,"
"	ended_by TEXT,"
"	CONSTRAINT hold_ended_by_somebody CHECK"
"		((ended_at IS NULL) = (ended_by IS NULL))"
") STRICT;"
"CREATE UNIQUE INDEX hold_in_force ON hold (round) WHERE ended_at IS NULL;";

/* The one text that is SQLite's own; see above. */
static const char triggers[] =
NEVER_CHANGED("callback")
NEVER_CHANGED("cause")
NEVER_CHANGED("decision");

/* What made its own handling fail. */
static const char aside[] =
"CREATE TABLE aside ("
"	id INTEGER PRIMARY KEY,"
"	kind TEXT NOT NULL CONSTRAINT aside_kind CHECK (kind <> ''),"
"	subject TEXT NOT NULL,"
"	at INTEGER NOT NULL,"
"	last_at INTEGER NOT NULL,"
"	times INTEGER NOT NULL CONSTRAINT aside_times CHECK (times > 0),"
"	why TEXT NOT NULL,"
"	content TEXT NOT NULL,"
"	CONSTRAINT aside_once UNIQUE (kind, subject)"
") STRICT;"
"CREATE INDEX aside_newest ON aside (last_at);";

const struct schema_step schema_steps[] = {
	{ { tables, more_tables, triggers } },
	{ { aside } },
	{ { schema_team } },
	{ { schema_reach } },
	{ { schema_follow } },
	{ { schema_ask } },
	{ { schema_signin } },
	{ { schema_bridge } },
	{ { schema_lean } },
	{ { schema_trial, schema_trial_attempt } },
	{ { schema_stranger } },
	{ { schema_tally, schema_lateness, schema_few } },
	{ { schema_promise } },
	{ { schema_near } },
	{ { schema_counted } },
};
const int schema_version = (int)COUNT(schema_steps);

int
schema_number(sqlite3 *db, const char *sql, int64_t *ret)
{
	sqlite3_stmt *s;
	int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int
run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

/* The step's texts, the look at the keys, and the number, as one. */
static int
climb(sqlite3 *db, const struct schema_step *step, int version)
{
	char *number;
	int64_t broken = 0;
	int rc = SQLITE_OK;

	for (int i = 0; i < SCHEMA_STEP_TEXTS && rc == SQLITE_OK; i++)
		if (step->sql[i])
			rc = run(db, step->sql[i]);
	if (rc == SQLITE_OK)
		rc = schema_number(db,
		    "SELECT count(*) FROM pragma_foreign_key_check", &broken);
	if (rc == SQLITE_OK && broken > 0)
		rc = SQLITE_CONSTRAINT_FOREIGNKEY;
	if (rc != SQLITE_OK)
		return rc;
	number = sqlite3_mprintf("PRAGMA application_id = %d;"
	    "PRAGMA user_version = %d;", SCHEMA_APPLICATION_ID, version);
	if (!number)
		return SQLITE_NOMEM;
	rc = run(db, number);
	sqlite3_free(number);
	return rc;
}

static int
climb_whole(sqlite3 *db, const struct schema_step *step, int version,
    struct err *e)
{
	int rc = run(db, "BEGIN IMMEDIATE");

	if (rc == SQLITE_OK)
		rc = climb(db, step, version);
	if (rc == SQLITE_OK)
		rc = run(db, "COMMIT");
	if (rc == SQLITE_OK)
		return rc;
	err_set(e, "cannot bring the ledger to version %d: %s", version,
	    rc == SQLITE_CONSTRAINT_FOREIGNKEY
	        ? "rows would refer to nothing" : sqlite3_errmsg(db));
	if (!sqlite3_get_autocommit(db))
		(void)run(db, "ROLLBACK");
	return rc;
}

int
schema_migrate(sqlite3 *db, const struct schema_step *steps, int n,
    struct err *e)
{
	int64_t version = 0;
	int rc = schema_number(db, "PRAGMA user_version", &version);

	if (rc != SQLITE_OK) {
		err_set(e, "%s", sqlite3_errmsg(db));
		return rc;
	}
	/* A table that is built anew drops the old one, which must not count
	 * as taking its rows away; SQLite hears this only between
	 * transactions. */
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	if (version > 0 && version < n)
		log_info("ledger", "led to a new version, with millions of"
		    " calls in it some minutes: from=%lld to=%d",
		    (long long)version, n);
	for (int v = (int)version; v < n && rc == SQLITE_OK; v++)
		rc = climb_whole(db, &steps[v], v + 1, e);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return rc;
}
