/*
 * rehearse.h - the exchange of a rehearsal, put together from its settings:
 * clock, scenario, people, server; and what is said at its end.
 */
#ifndef REHEARSE_H
#define REHEARSE_H

#include <stdio.h>

#include "exchange/server.h"
#include "exchange/settings.h"

struct rehearse {
	struct clock clock;
	struct exchange *x;
	struct server *server;
};

/* Begin to serve, and say on standard output where; the same word goes into
 * the ports file.  r must stay where it is. */
int rehearse_begin(struct rehearse *r, struct loop *l,
    const struct settings *s, struct err *e) MUST_CHECK;
void rehearse_end(struct rehearse *r);

/* Print what was received.  1 where there were complaints, else 0. */
int rehearse_summary(const struct rehearse *r, FILE *out);

#endif /* REHEARSE_H */
