/*
 * flag.h - flags, as the commands about them show and change them.
 */
#ifndef FLAG_H
#define FLAG_H

#include "cli/cli.h"

/* An empty table of flags; one row of it. */
struct table *flag_table(void);
void flag_row(struct table *t, const json_t *flag, const char *now);

/* Show the one flag that a command has changed. */
void flag_show(const json_t *flag, struct paint *p);

#endif /* FLAG_H */
