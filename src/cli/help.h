/*
 * help.h - what --help says, made from the table of commands.
 */
#ifndef HELP_H
#define HELP_H

#include "cli/cli.h"

/* Of one command, or of all where it is NULL. */
void help_show(const struct cli_command *command, struct paint *p);

#endif /* HELP_H */
