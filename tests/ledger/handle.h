/*
 * handle.h - SQLite's handle of a ledger, for tests that watch or disturb it.
 * Apart from db.h, which the engine's tests cannot include.
 */
#ifndef HANDLE_H
#define HANDLE_H

#include <sqlite3.h>

struct ledger;

sqlite3 *handle_of(struct ledger *l);

#endif /* HANDLE_H */
