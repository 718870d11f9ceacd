/*
 * checks.h - what must hold between sections.
 *
 * Each section has been parsed by itself; here a round finds its ladder, a
 * person their rounds, and what none of them can see alone is checked: hours,
 * steps, gateways, messages, areas, duties, secrets.
 */
#ifndef CHECKS_H
#define CHECKS_H

#include "config/load.h"

/*
 * Join what was read, and tell every mistake and doubt.  Afterwards the
 * configuration holds gateways, ladders, rounds, messages, words and
 * volunteers; the participants (still in the load) know their rounds.
 */
void checks_run(struct load *l);

#endif /* CHECKS_H */
