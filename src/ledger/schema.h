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
extern const char schema_lean[];

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

#endif /* SCHEMA_H */
