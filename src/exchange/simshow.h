/*
 * simshow.h - calls and texts as the API shows them (gateways.md 1.2, 1.3),
 * one by one and in lists.
 */
#ifndef SIMSHOW_H
#define SIMSHOW_H

#include "exchange/simcall.h"
#include "exchange/simtext.h"

/* A new reference, the caller's. */
json_t *simshow_call(const struct exchange *x, const struct simcall *c);
json_t *simshow_text(const struct exchange *x, const struct simtext *t);

/* The list that a query asks for, newest first.  path is the list's own. */
json_t *simshow_list(struct exchange *x, msec now, bool text,
    const char *path, const struct form *query);

#endif /* SIMSHOW_H */
