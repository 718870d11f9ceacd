/*
 * faulty.h - a disk that fails when it is told to.
 *
 * A shim over SQLite's own file system.  It counts what changes a file,
 * makes the n-th of it fail, once or from then on, and remembers what was
 * written since the last sync, so that a power cut can take it back.
 */
#ifndef FAULTY_H
#define FAULTY_H

#include <stdbool.h>
#include <stdint.h>

/* From now on every file that SQLite opens is on this disk. */
void faulty_begin(void);

enum faulty_kind {
	FAULTY_WRITE = 1, FAULTY_SYNC = 2, FAULTY_TRUNCATE = 4,
	FAULTY_ANY = 7,
};

/* The n-th (from 1) change of these kinds from now on fails with SQLite's
 * code, and where for_ever each after it too.  0: none fails. */
void faulty_fail(int64_t n, int kinds, bool for_ever, int code);

/* How many changes there were since faulty_fail, and how many have failed. */
int64_t faulty_count(void);
int64_t faulty_failed(void);

/*
 * The power is cut and comes back: what was written since each file's last
 * sync is taken back; where seed is not 0 only some of it, as drawn, as disks
 * that write in another order do.  The files must have been closed, or be
 * abandoned.  Returns how many writes were lost.
 */
int faulty_power_cut(uint64_t seed);

/* Forget all that was written and not synced; it is safe now. */
void faulty_settle(void);

#endif /* FAULTY_H */
