/*
 * What the team decides about people and flags: who is not to be asked and
 * until when; whom a flag was handed to, and whom its owner spoke to.
 *
 * An open end is a date that never comes, so that one comparison serves both
 * kinds of end, and an index finds who is away today.
 */
#include "ledger/schema.h"

const char schema_team[] =
"CREATE TABLE absence ("
"	id INTEGER PRIMARY KEY,"
"	participant TEXT NOT NULL"
"		CONSTRAINT absence_participant CHECK (participant <> ''),"
"	kind TEXT NOT NULL CONSTRAINT absence_kind CHECK (kind = 'away'"
"		OR kind = 'paused' OR kind = 'hospital' OR kind = 'deceased'),"
"	first INTEGER NOT NULL,"
"	last INTEGER NOT NULL,"
"	way TEXT NOT NULL CONSTRAINT absence_way CHECK (way <> ''),"
"	who TEXT NOT NULL CONSTRAINT absence_who CHECK (who <> ''),"
"	at INTEGER NOT NULL,"
"	flag INTEGER REFERENCES flag (id),"
"	note TEXT NOT NULL,"
"	ended_at INTEGER,"
"	ended_by TEXT,"
"	CONSTRAINT absence_in_order CHECK (last >= first),"
"	CONSTRAINT absence_pause_ends CHECK (last < 2147483647"
"		OR kind = 'hospital' OR kind = 'deceased'),"
"	CONSTRAINT absence_ended_by_somebody CHECK"
"		((ended_at IS NULL) = (ended_by IS NULL))"
") STRICT;"
"CREATE INDEX absence_of ON absence (participant);"
"CREATE INDEX absence_in_force ON absence (participant)"
"	WHERE ended_at IS NULL;"
"CREATE INDEX absence_last ON absence (last) WHERE ended_at IS NULL;"

"ALTER TABLE flag ADD COLUMN handed_to TEXT;"
"ALTER TABLE flag ADD COLUMN spoken_to TEXT;"
"ALTER TABLE flag ADD COLUMN contact_at INTEGER;"
"ALTER TABLE flag ADD COLUMN referred_to TEXT;";
