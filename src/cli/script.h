/*
 * script.h - the step in hand of a flag, shown to people.
 */
#ifndef CLI_SCRIPT_H
#define CLI_SCRIPT_H

#include "base/json.h"
#include "cli/paint.h"

/* A flag's document, which may have a script. */
void script_show(const json_t *flag, struct paint *p);

#endif /* CLI_SCRIPT_H */
