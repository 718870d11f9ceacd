/*
 * hold.h - the holds in force, as hold and resume show them.
 */
#ifndef HOLD_H
#define HOLD_H

#include "base/json.h"
#include "cli/paint.h"

void hold_show(const json_t *doc, struct paint *p);

#endif /* HOLD_H */
