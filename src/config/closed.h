/*
 * closed.h - calendars, of closed days and of heat alerts, and which rounds
 * heed them.
 *
 * Inside config/ only; for the others see config_closed in config.h.
 */
#ifndef CLOSED_H
#define CLOSED_H

#include "config/load.h"

/* The calendars are in the configuration, and the rounds' names of them
 * become pointers; who names one that is not there is told so. */
void closed_settle(struct load *l);

/* On its closed days the round may begin at another time, for which the
 * hours hold as well. */
void closed_check_hours(struct load *l, const struct config_round *r,
    const struct hours *hours, struct config_place at, const char *key);

#endif /* CLOSED_H */
