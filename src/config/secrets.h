/*
 * secrets.h - the keys that name a file with a secret.
 */
#ifndef SECRETS_H
#define SECRETS_H

#include "config/load.h"

/*
 * Read the secret that a key of the section being read names.  Remembers
 * where others may read the file: whether that is a mistake is known only
 * when all gateways are (secrets_check).  *ret belongs to the configuration;
 * config_free wipes it.
 */
int secrets_read(struct load *l, const char *key, const char *path,
    char **ret, struct err *e) MUST_CHECK;

/* The same for a secret of many lines. */
int secrets_read_whole(struct load *l, const char *key, const char *path,
    char **ret, struct err *e) MUST_CHECK;

/* Tell of each file that others may read: a warning where every gateway is on
 * this machine, else a mistake. */
void secrets_check(struct load *l);

#endif /* SECRETS_H */
