/*
 * messages.h - whether the messages are there, fit to be said, and short
 * enough, once all sections are read.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "config/load.h"

/*
 * Check each language's messages for the channels that the rounds use, and
 * put our own plain English where one may be missing.  Afterwards no text is
 * NULL.  Warn of texts that travel in several parts, and of their tone.
 */
void messages_check(struct load *l, bool calls, bool texts);

/* The most that a whole call may hold, escaped for the gateway: greeting,
 * the question three times, and the words for silence. */
#define MESSAGES_CALL_MAX 2500

#endif /* MESSAGES_H */
