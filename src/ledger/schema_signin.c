/*
 * Who may look: links to sign in, sessions, and what was looked at.  Of what
 * opens a door only the SHA-256 is kept.
 */
#include "ledger/schema.h"

const char schema_signin[] =
"CREATE TABLE link ("
"	id INTEGER PRIMARY KEY,"
"	hash BLOB NOT NULL CONSTRAINT link_unique UNIQUE"
"		CONSTRAINT link_hash CHECK (length(hash) = 32),"
"	volunteer TEXT NOT NULL"
"		CONSTRAINT link_volunteer CHECK (volunteer <> ''),"
"	notice INTEGER NOT NULL CONSTRAINT link_notice UNIQUE"
"		REFERENCES notice (id),"
"	made_at INTEGER NOT NULL,"
"	until INTEGER NOT NULL CONSTRAINT link_until CHECK (until > made_at),"
"	used_at INTEGER"
") STRICT;"
"CREATE INDEX link_of ON link (volunteer, made_at);"

/* One link, one session: that is what "once" means. */
"CREATE TABLE session ("
"	id INTEGER PRIMARY KEY,"
"	hash BLOB NOT NULL CONSTRAINT session_unique UNIQUE"
"		CONSTRAINT session_hash CHECK (length(hash) = 32),"
"	volunteer TEXT NOT NULL"
"		CONSTRAINT session_volunteer CHECK (volunteer <> ''),"
"	link INTEGER NOT NULL CONSTRAINT session_once UNIQUE"
"		REFERENCES link (id),"
"	since INTEGER NOT NULL,"
"	until INTEGER NOT NULL,"
"	address TEXT NOT NULL,"
"	ended_at INTEGER,"
"	ended_by TEXT,"
"	CONSTRAINT session_ended_by_somebody CHECK"
"		((ended_at IS NULL) = (ended_by IS NULL))"
") STRICT;"
"CREATE INDEX session_open ON session (id) WHERE ended_at IS NULL;"

"CREATE TABLE sight ("
"	id INTEGER PRIMARY KEY,"
"	at INTEGER NOT NULL,"
"	who TEXT NOT NULL CONSTRAINT sight_who CHECK (who <> ''),"
"	whose TEXT NOT NULL CONSTRAINT sight_whose CHECK (whose <> ''),"
"	what TEXT NOT NULL CONSTRAINT sight_what CHECK (what <> ''),"
"	way TEXT NOT NULL CONSTRAINT sight_way CHECK (way <> ''),"
"	address TEXT NOT NULL"
") STRICT;"
"CREATE INDEX sight_of ON sight (whose, who, what, at);"
NEVER_CHANGED("sight");
