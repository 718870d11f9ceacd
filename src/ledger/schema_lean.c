/*
 * What costs more than it gives.  An open check-in is one that has an instant
 * to be looked at, so the index of those instants lists the open ones too.
 */
#include "ledger/schema.h"

const char schema_lean[] =
"DROP INDEX checkin_open;";

/* What is counted is counted by the ledger, where it is saved.  A trigger of
 * an UPDATE took longer than the UPDATE, also where it had nothing to do. */
const char schema_counted[] =
"DROP TRIGGER tally_moved;"
"DROP TRIGGER lateness_sent;"
"DROP TRIGGER lateness_unsent;";

/* A callback is known again by its hash among those of its attempt, and not
 * among all: the next hash stands anywhere, so that each callback wrote a page
 * of its own, and with years of them read one, too. */
const char schema_near[] =
"CREATE TABLE callback_new ("
"	id INTEGER PRIMARY KEY,"
"	hash BLOB NOT NULL"
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
"INSERT INTO callback_new SELECT id, hash, attempt, reply, at, gateway, kind,"
"	status, sequence, code, raw FROM callback;"
"DROP TABLE callback;"
"ALTER TABLE callback_new RENAME TO callback;"
"CREATE UNIQUE INDEX callback_once ON callback (attempt, hash)"
"	WHERE attempt IS NOT NULL;"
"CREATE UNIQUE INDEX callback_once_else ON callback (hash)"
"	WHERE attempt IS NULL;"
NEVER_CHANGED("callback");
