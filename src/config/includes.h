/*
 * includes.h - which files the include lines of [service] mean.
 */
#ifndef INCLUDES_H
#define INCLUDES_H

#include "config/load.h"

/*
 * The paths, pattern by pattern, within one in the order of their names; no
 * file twice, and not the main file.  A pattern whose folder is missing is a
 * mistake, one that fits nothing a warning.  The caller frees each path and
 * the array.
 */
char **includes_find(struct load *l, size_t *ret_n);

/* A name in an include line as a path from where we are: dir is the main
 * file's folder.  As a pattern, what is special in dir is escaped.  The caller
 * frees. */
char *includes_whole(const char *dir, const char *name, bool pattern);

/* Would the whole pattern take the path up? */
bool includes_fit(const char *pattern, const char *path);

#endif /* INCLUDES_H */
