/*
 * What following up brings: who is at somebody's door, whose set-up needs a
 * look, and what is told to coordinators only.
 */
#include "ledger/schema.h"

const char schema_follow[] =
"CREATE TABLE visit ("
"	id INTEGER PRIMARY KEY,"
"	flag INTEGER NOT NULL REFERENCES flag (id),"
"	who TEXT NOT NULL CONSTRAINT visit_who CHECK (who <> ''),"
"	company TEXT NOT NULL,"
"	out_at INTEGER NOT NULL,"
"	back_by INTEGER NOT NULL,"
"	back_at INTEGER,"
"	deadline INTEGER,"
"	CONSTRAINT visit_comes_back CHECK (back_by > out_at),"
"	CONSTRAINT visit_deadline_while_out CHECK"
"		((deadline IS NULL) = (back_at IS NOT NULL))"
") STRICT;"
"CREATE INDEX visit_of ON visit (flag);"
"CREATE INDEX visit_deadline ON visit (deadline) WHERE deadline IS NOT NULL;"

"CREATE TABLE review ("
"	id INTEGER PRIMARY KEY,"
"	participant TEXT NOT NULL"
"		CONSTRAINT review_participant CHECK (participant <> ''),"
"	kind TEXT NOT NULL CONSTRAINT review_kind CHECK (kind <> ''),"
"	raised_at INTEGER NOT NULL,"
"	detail TEXT NOT NULL,"
"	closed_at INTEGER,"
"	closed_by TEXT,"
"	word TEXT,"
"	CONSTRAINT review_closed_by_somebody CHECK"
"		((closed_at IS NULL) = (closed_by IS NULL)"
"		AND (closed_at IS NULL) = (word IS NULL))"
") STRICT;"
"CREATE UNIQUE INDEX review_open_of ON review (participant, kind)"
"	WHERE closed_at IS NULL;"
"CREATE INDEX review_open ON review (id) WHERE closed_at IS NULL;"
"CREATE INDEX review_of ON review (participant, kind, closed_at);"

"CREATE TABLE concern ("
"	id INTEGER PRIMARY KEY,"
"	flag INTEGER NOT NULL REFERENCES flag (id),"
"	at INTEGER NOT NULL,"
"	who TEXT NOT NULL CONSTRAINT concern_who CHECK (who <> ''),"
"	way TEXT NOT NULL CONSTRAINT concern_way CHECK (way <> ''),"
"	words TEXT NOT NULL CONSTRAINT concern_words CHECK (words <> ''),"
"	referred_to TEXT,"
"	referred_at INTEGER,"
"	consent TEXT CONSTRAINT concern_consent CHECK (consent = 'given'"
"		OR consent = 'refused' OR consent = 'not_sought'),"
"	consent_why TEXT,"
"	CONSTRAINT concern_referred_when CHECK"
"		((referred_to IS NULL) = (referred_at IS NULL)),"
"	CONSTRAINT concern_without_consent CHECK (consent IS NULL"
"		OR consent = 'given' OR consent_why IS NOT NULL)"
") STRICT;"
"CREATE INDEX concern_of ON concern (flag);"
NEVER_CHANGED("concern");

/* By when the person was promised a call, until one is noted. */
const char schema_promise[] =
"ALTER TABLE flag ADD COLUMN ring_by INTEGER;";
