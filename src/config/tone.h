/*
 * tone.h - what manners and the law ask of what people hear and read; see
 * also rules/manners.h.
 */
#ifndef TONE_H
#define TONE_H

#include "config/load.h"

/* Warn of the messages that the scheme has written in one language: what
 * promotes or pries, a call that does not say who calls or is too long to be
 * remembered, a machine that is told a name. */
void tone_check(struct load *l, const struct draft_messages *d);

#endif /* TONE_H */
