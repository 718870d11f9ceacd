/*
 * next.h - everybody's next slot, as plan and check show it.
 */
#ifndef NEXT_H
#define NEXT_H

#include "base/json.h"
#include "cli/paint.h"

/* doc's "next_slots", beside its "now". */
void next_show(const json_t *doc, struct paint *p);

#endif /* NEXT_H */
