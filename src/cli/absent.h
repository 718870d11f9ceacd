/*
 * absent.h - who is away, shown to people.
 */
#ifndef ABSENT_H
#define ABSENT_H

#include "base/json.h"
#include "cli/paint.h"

/* The array of absences of a status, or of what `absent` and `back` answer. */
void absent_list(const json_t *away, struct paint *p);
void absent_show(const json_t *doc, struct paint *p);

#endif /* ABSENT_H */
