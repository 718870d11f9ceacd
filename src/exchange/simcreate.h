/*
 * simcreate.h - creates: whether each parameter is what Twilio would take
 * (gateways.md 1.2 and 1.3), and the ledger of all that was asked for.
 */
#ifndef SIMCREATE_H
#define SIMCREATE_H

#include "exchange/simapi.h"

/* Create a call or a text, or refuse it.  fault is what will go wrong with
 * the answer. */
void simcreate(struct exchange *x, msec now, bool text,
    const struct form *form, enum fault_kind fault,
    struct exchange_answer *ret);

/* A create that came, and was struck before it had any effect. */
void simcreate_struck(struct exchange *x, msec now, bool text,
    const struct form *form, enum fault_kind fault);

#endif /* SIMCREATE_H */
