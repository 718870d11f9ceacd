/*
 * schema.h - the tables, and the ladder of versions that leads to them.
 *
 * For the ledger's own files.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <sqlite3.h>

#include "base/err.h"

/* "RING" in the file's header: what file(1) and we know a ledger by. */
#define SCHEMA_APPLICATION_ID 0x52494e47

/* Up to this many texts of SQL lead from one version to the next. */
#define SCHEMA_STEP_TEXTS 3

struct schema_step {
	const char *sql[SCHEMA_STEP_TEXTS];	/* NULL where there are fewer */
};

/* Steps that have a file of their own. */
extern const char schema_signin[];

/* Step i leads from version i to i + 1. */
extern const struct schema_step schema_steps[];
extern const int schema_version;

/* The steps that stand in files of their own. */
extern const char schema_team[], schema_follow[], schema_ask[];
extern const char schema_reach[], schema_bridge[];
extern const char schema_lean[], schema_near[], schema_counted[];
extern const char schema_trial[], schema_trial_attempt[],
    schema_stranger[];
extern const char schema_tally[], schema_lateness[], schema_few[];
extern const char schema_promise[];

/*
 * Lead the file from its user_version up to n, each step in one transaction
 * together with the version's number, and with every foreign key looked at
 * before it is kept.  Returns SQLite's result code; where that is not
 * SQLITE_OK the file stands at the last good version, and *e says why.
 */
int schema_migrate(sqlite3 *db, const struct schema_step *steps, int n,
    struct err *e) MUST_CHECK;

/* The whole number that a PRAGMA or SELECT gives; SQLite's result code. */
int schema_number(sqlite3 *db, const char *sql, int64_t *ret) MUST_CHECK;

/*
 * Is the column one of the words?  As a chain of OR and not as IN: for more
 * than two words SQLite 3.40 fills a table of its own with them, each time
 * that a CHECK is looked at, which took most of the time of a write.
 */
#define IS(c, w) c " = '" w "' OR "
#define ONE_OF_2(c, w, v) IS(c, w) c " = '" v "'"
#define ONE_OF_3(c, w, ...) IS(c, w) ONE_OF_2(c, __VA_ARGS__)
#define ONE_OF_4(c, w, ...) IS(c, w) ONE_OF_3(c, __VA_ARGS__)
#define ONE_OF_5(c, w, ...) IS(c, w) ONE_OF_4(c, __VA_ARGS__)
#define ONE_OF_6(c, w, ...) IS(c, w) ONE_OF_5(c, __VA_ARGS__)
#define ONE_OF_7(c, w, ...) IS(c, w) ONE_OF_6(c, __VA_ARGS__)
#define ONE_OF_8(c, w, ...) IS(c, w) ONE_OF_7(c, __VA_ARGS__)
#define ONE_OF_9(c, w, ...) IS(c, w) ONE_OF_8(c, __VA_ARGS__)
#define ONE_OF_10(c, w, ...) IS(c, w) ONE_OF_9(c, __VA_ARGS__)
#define ONE_OF_11(c, w, ...) IS(c, w) ONE_OF_10(c, __VA_ARGS__)
#define ONE_OF_12(c, w, ...) IS(c, w) ONE_OF_11(c, __VA_ARGS__)
#define ONE_OF_13(c, w, ...) IS(c, w) ONE_OF_12(c, __VA_ARGS__)
#define ONE_OF_14(c, w, ...) IS(c, w) ONE_OF_13(c, __VA_ARGS__)
#define ONE_OF_15(c, w, ...) IS(c, w) ONE_OF_14(c, __VA_ARGS__)

/* What was decided, told and caused is never taken back. */
#define NEVER_CHANGED(table)						\
	"CREATE TRIGGER " table "_kept BEFORE DELETE ON " table		\
	" BEGIN SELECT RAISE(ABORT, '" table " is only ever added to'); END;" \
	"CREATE TRIGGER " table "_final BEFORE UPDATE ON " table	\
	" BEGIN SELECT RAISE(ABORT, '" table " is only ever added to'); END;"

#endif /* SCHEMA_H */
