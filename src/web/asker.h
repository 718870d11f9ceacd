/*
 * asker.h - who asks on the control socket, and whether they may.
 */
#ifndef ASKER_H
#define ASKER_H

#include "config/config.h"

#define ASKER_SIZE 64

/*
 * The peer's user as the name that stands in the record: a volunteer's id; or
 * an administrator's (root's, the daemon's own) user name.  -1 for all others,
 * with a sentence that says what to write where.
 */
int asker_find(const struct config *c, int64_t peer_uid,
    char ret[ASKER_SIZE], struct err *e) MUST_CHECK;

#endif /* ASKER_H */
