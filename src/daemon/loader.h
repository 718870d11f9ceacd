/*
 * loader.h - loading a scheme beside the loop, which turns meanwhile: a
 * nation's files take seconds.
 *
 * A thread of its own reads the files and checks them; it shares nothing with
 * anybody.  The zone is not touched: it is the process's (calendar.h).
 */
#ifndef LOADER_H
#define LOADER_H

#include "config/config.h"
#include "net/loop.h"

struct loader;

/*
 * Begin; the path is used until the end.  done is called once, in a turn of
 * the loop, and owns the scheme (NULL: it has mistakes) and the mistakes.
 * NULL where no descriptor is left.
 */
struct loader *loader_start(struct loop *l, const char *path,
    void (*done)(void *arg, struct config *c, struct config_notes *mistakes),
    void *arg, struct err *e) MUST_CHECK;

/* Waits for what is still being read; done is not called any more.  In done
 * as well.  NULL is fine. */
void loader_free(struct loader *l);

#endif /* LOADER_H */
