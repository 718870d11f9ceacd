/*
 * What is looked at every few seconds is counted as it happens, for counting
 * it then would walk the day, which may be a million people long.
 */
#include "ledger/schema.h"

/* A row that counts what is none is left: a day has few of them. */
#define COUNT_ONE(row, sign)						\
	" INSERT INTO tally (date, round, state, n)"			\
	" VALUES (" row ".date, " row ".round, " row ".state, " sign "1)" \
	" ON CONFLICT (date, round, state) DO UPDATE SET n = n " sign " 1;"

/* How many check-ins of a round stand where. */
const char schema_tally[] =
"CREATE TABLE tally ("
"	date INTEGER NOT NULL,"
"	round TEXT NOT NULL,"
"	state TEXT NOT NULL,"
"	n INTEGER NOT NULL,"
"	PRIMARY KEY (date, round, state)"
") WITHOUT ROWID, STRICT;"
"INSERT INTO tally SELECT date, round, state, count(*) FROM checkin"
"	GROUP BY date, round, state;"
"CREATE TRIGGER tally_moved AFTER UPDATE OF state ON checkin"
" WHEN old.state <> new.state"
" BEGIN" COUNT_ONE("old", "-") COUNT_ONE("new", "+") " END;"
"CREATE TRIGGER tally_gone AFTER DELETE ON checkin"
" BEGIN" COUNT_ONE("old", "-") " END;";

/* Of those that an attempt is for: no other of its check-in was sent. */
#define FIRST_OF(row)							\
	" FROM checkin WHERE id = " row ".checkin AND NOT EXISTS ("	\
	"SELECT 1 FROM attempt WHERE checkin = " row ".checkin"		\
	" AND sent_at IS NOT NULL AND id <> " row ".id)"

/* Whole seconds, rounded up: what is told is never better than what was.  From
 * the instant at which it was to be made, had the ladder begun at the slot. */
#define LATE(row) "(" row ".sent_at - " row ".planned_at"		\
	" + coalesce(started_at, slot) - slot + 999) / 1000"

#define COUNT_LATE(row, sign)						\
	" INSERT INTO lateness (date, seconds, n)"			\
	" SELECT date, " LATE(row) ", " sign "1" FIRST_OF(row)		\
	" ON CONFLICT (date, seconds) DO UPDATE SET n = n " sign " 1;"

/* By how much the first attempts of a date were late.  What a gateway made and
 * a ledger that was restored did not know is not among them: it is added as
 * sent. */
const char schema_lateness[] =
"CREATE TABLE lateness ("
"	date INTEGER NOT NULL,"
"	seconds INTEGER NOT NULL,"
"	n INTEGER NOT NULL,"
"	PRIMARY KEY (date, seconds)"
") WITHOUT ROWID, STRICT;"
"INSERT INTO lateness SELECT date, seconds, count(*) FROM"
" (SELECT checkin.date AS date, min(attempt.sent_at),"
"	" LATE("attempt") " AS seconds"
"	FROM checkin JOIN attempt ON attempt.checkin = checkin.id"
"	WHERE attempt.sent_at IS NOT NULL GROUP BY checkin.id)"
" GROUP BY date, seconds;"
"CREATE TRIGGER lateness_sent AFTER UPDATE OF sent_at ON attempt"
" WHEN old.sent_at IS NULL AND new.sent_at IS NOT NULL"
"	AND new.checkin IS NOT NULL"
" BEGIN" COUNT_LATE("new", "+") " END;"
"CREATE TRIGGER lateness_unsent AFTER UPDATE OF sent_at ON attempt"
" WHEN old.sent_at IS NOT NULL AND new.sent_at IS NULL"
"	AND old.checkin IS NOT NULL"
" BEGIN" COUNT_LATE("old", "-") " END;";

/* Few of many: whom flags wait for that nobody has yet, and what was taken off
 * a day. */
const char schema_few[] =
"CREATE INDEX flag_asked ON flag (asked) WHERE state = 'open';"
"CREATE INDEX checkin_cancelled ON checkin (date, slot)"
"	WHERE state = 'cancelled';";
