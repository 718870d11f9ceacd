/*
 * daemon.h - the daemon as a whole: the loop that takes in what happened,
 * lets the engine work one turn, and lets out what the turn has committed.
 *
 * This room exists beside those of the plan of the house so that the main
 * stays on one screen: it joins net (the loop, curl, evhttp), web (routes)
 * and the engine, and owns them all.
 */
#ifndef DAEMON_H
#define DAEMON_H

#include "base/err.h"

struct daemon;

struct daemon_options {
	const char *config;	/* the main file */
	const char *rehearse;	/* "2026-12-04T08:58" local; NULL: live */
	int rate;		/* of a rehearsal: so many times as fast */
	bool accept_clock;	/* though it stands behind the ledger */
};

/* How a daemon's life ended: its exit status. */
enum daemon_end {
	DAEMON_DONE = 0,	/* asked to stop */
	DAEMON_FAILED = 1,	/* could not start: configuration, sockets */
	DAEMON_MISUSED = 2,	/* bad arguments */
	DAEMON_LEDGER = 3,	/* the ledger is damaged or gone: somebody has
				 * to look before it is started again */
	DAEMON_DISK = 4,	/* the disk failed a sync, or the WAL was taken
				 * away: what is on disk is whole, and a new
				 * start goes on from it */
};

/* Load the configuration, say what was found on standard output and error,
 * and start nothing. */
enum daemon_end daemon_check(const struct daemon_options *o);

/*
 * Load, open and listen; NULL with *e and *ret_end where that fails (the
 * configuration's mistakes are printed).  Then run until asked to stop by
 * SIGTERM or SIGINT: what is under way is finished, for ten seconds at most.
 */
struct daemon *daemon_new(const struct daemon_options *o,
    enum daemon_end *ret_end, struct err *e) MUST_CHECK;
enum daemon_end daemon_run(struct daemon *d);
void daemon_free(struct daemon *d);	/* NULL is fine */

#endif /* DAEMON_H */
