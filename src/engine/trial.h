/*
 * trial.h - what the engine's other files ask about test calls and texts.  As
 * inside.h has it.
 */
#ifndef ENGINE_TRIAL_H
#define ENGINE_TRIAL_H

#include "engine/inside.h"

/* Whom it is to. */
int trial_whose(struct engine *en, int64_t trial, char ret[LEDGER_NAME_SIZE],
    struct err *e) MUST_CHECK;
/* Is it still to be made?  1, 0, -1. */
int trial_still_wanted(struct engine *en, int64_t trial, msec now,
    struct err *e) MUST_CHECK;
int trial_confirm(struct engine *en, int64_t trial, enum confirmed_by by,
    msec now, struct err *e) MUST_CHECK;
/* OK from a number confirms the test text that it was sent: 1; 0 there is
 * none; -1. */
int trial_reply(struct engine *en, const char *number, msec now,
    struct err *e) MUST_CHECK;
/* Whom a test text to the number waits for; NULL. */
const struct config_participant *trial_person_at(struct engine *en,
    const char *number, msec now, int *ret_found, struct err *e);

#endif /* ENGINE_TRIAL_H */
