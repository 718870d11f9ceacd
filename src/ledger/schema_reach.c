/*
 * How far the texts that came in were fetched from each gateway, by its own
 * clock; and the calls in which somebody is put through to another.
 */
#include "ledger/schema.h"

const char schema_reach[] =
"CREATE TABLE inbox ("
"	gateway TEXT PRIMARY KEY CONSTRAINT inbox_gateway CHECK"
"		(gateway <> ''),"
"	seen INTEGER NOT NULL"
") STRICT;"

"CREATE TABLE bridge ("
"	attempt INTEGER PRIMARY KEY REFERENCES attempt (id),"
"	flag INTEGER NOT NULL REFERENCES flag (id),"
"	who TEXT NOT NULL CONSTRAINT bridge_who CHECK (who <> ''),"
"	way TEXT NOT NULL CONSTRAINT bridge_way CHECK (way <> ''),"
"	number TEXT NOT NULL CONSTRAINT bridge_number CHECK (number <> ''),"
"	contact INTEGER NOT NULL CONSTRAINT bridge_contact CHECK"
"		(contact >= 0),"
"	dialled_at INTEGER,"
"	result TEXT"
") STRICT;"
"CREATE INDEX bridge_of ON bridge (flag) WHERE result IS NULL;";
