/*
 * site.h - which service the command line is about: its files.
 */
#ifndef SITE_H
#define SITE_H

#include "cli/cli.h"
#include "config/config.h"

/*
 * The path of the daemon's socket, from the main file alone: whoever wants to
 * claim a flag must not be stopped by a mistake that somebody is just making
 * in another file, nor need to read the secrets.  The caller frees; NULL with
 * *e where the file cannot be read or names neither socket nor database.
 */
char *site_socket(const char *conf_path, struct err *e) MUST_CHECK;

/*
 * The whole configuration, with its zone in force; its secrets are made up, so
 * that whoever may not read them can look at the rest, and play it.  Where it
 * has mistakes they are told on standard error, and the answer is NULL.
 */
struct config *site_config(const char *conf_path) MUST_CHECK;

/* Tell notes on standard error, each with its file and line; kind is put
 * before the message ("warning: ", ""). */
void site_tell(const struct config_notes *notes, const char *kind);

#endif /* SITE_H */
