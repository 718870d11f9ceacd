/*
 * trial.h - whether a person has confirmed a test call or text, as the daemon
 * knows it.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "cli/cli.h"

/* Where the daemon tells of a person's tests. */
void trial_target(const char *id, struct buf *ret);

/* "2026-12-04, by call" of the newest that was confirmed, for the key tested;
 * NULL where there is none, or no daemon to ask.  The caller frees. */
char *trial_confirmed(const struct cli *c, const char *id);

#endif /* TRIAL_H */
