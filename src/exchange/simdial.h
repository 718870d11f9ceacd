/*
 * simdial.h - somebody in a call is put through to another: the call to that
 * other one (the leg), which lasts until either side hangs up.
 *
 * The leg is a call of its own, with a line, a habit and a status callback;
 * its direction is outbound-dial, so that nobody takes it for a create.
 */
#ifndef SIMDIAL_H
#define SIMDIAL_H

#include "exchange/simcall.h"

/* The document of a call has come to a Dial, whose Number follows it.  False
 * where nobody can be dialled: it was complained of. */
bool simdial_begin(struct exchange *x, msec now, struct simcall *c,
    const struct twiml_step *dial);

/* So long they talk, from now on. */
msec simdial_talk(const struct simcall *leg);

/* A call has ended: its leg ends with it; the call that it is the leg of goes
 * on. */
void simdial_ended(struct exchange *x, msec now, struct simcall *c);

#endif /* SIMDIAL_H */
