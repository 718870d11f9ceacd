/*
 * What a contact was asked: to ring somebody, and to reply with a code.
 */
#include "ledger/schema.h"

const char schema_ask[] =
"CREATE TABLE ask ("
"	id INTEGER PRIMARY KEY,"
"	flag INTEGER NOT NULL REFERENCES flag (id),"
"	number TEXT NOT NULL CONSTRAINT ask_number CHECK (number <> ''),"
"	name TEXT NOT NULL CONSTRAINT ask_name CHECK (name <> ''),"
"	code TEXT NOT NULL CONSTRAINT ask_code CHECK (length(code) = 4),"
"	who TEXT NOT NULL CONSTRAINT ask_who CHECK (who <> ''),"
"	at INTEGER NOT NULL,"
"	until INTEGER NOT NULL,"
"	answered_at INTEGER"
") STRICT;"
"CREATE INDEX ask_open ON ask (number) WHERE answered_at IS NULL;"
"CREATE INDEX ask_of ON ask (flag);";
