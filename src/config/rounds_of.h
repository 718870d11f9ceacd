/*
 * rounds_of.h - the rounds that participants name, and whether they can be
 * asked there.
 */
#ifndef ROUNDS_OF_H
#define ROUNDS_OF_H

#include "config/load.h"

/*
 * Turn what each participant wrote as round into the rounds, and check that
 * a live one can be reached by a step of each, within their own hours.
 */
void rounds_of_people(struct load *l);

/*
 * Do the slots of the round, its spread and its ladder lie inside the hours?
 * If not, a mistake at the place, about the hours that key gives.
 */
void rounds_of_check_hours(struct load *l, const struct config_round *r,
    const struct hours *hours, struct config_place at, const char *key);

#endif /* ROUNDS_OF_H */
