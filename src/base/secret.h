/*
 * secret.h - secrets from files: never in the configuration, never logged.
 */
#ifndef SECRET_H
#define SECRET_H

#include "base/err.h"

/*
 * Read the secret in a file: its first line, without the line's end.  A file
 * of the same name in systemd's credentials folder ($CREDENTIALS_DIRECTORY)
 * is preferred.  Errors: missing, unreadable, empty, longer than 4096 bytes.
 * *ret_world says whether others than owner and group may read the file that
 * was read.  The caller frees *ret by mem_free_secret.
 */
int secret_read(const char *path, char **ret, bool *ret_world,
    struct err *e) MUST_CHECK;

/* The same for a secret of many lines, such as a private key: all of the file,
 * as it stands, up to 64 KiB. */
int secret_read_whole(const char *path, char **ret, bool *ret_world,
    struct err *e) MUST_CHECK;

#endif /* SECRET_H */
