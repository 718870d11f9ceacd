/*
 * hooks.h - the routes of the public listener: the gateways' hooks, and
 * whether the daemon is well.
 *
 *	/hook/NAME/...	what a gateway tells; its driver reads it.  2xx only
 *			once it is on disk
 *	/play/HEX.mp3	a recording that a gateway plays in a call: its name is
 *			a hash of what it holds
 *	/health		200, or 503 with the reason
 *
 * Anybody may knock here: nothing personal is answered, nothing that was sent
 * comes back, and the journal gets ids only.
 */
#ifndef HOOKS_H
#define HOOKS_H

#include "engine/engine.h"
#include "net/httpd.h"

struct hooks_ops {
	/* NULL where all is well, else why not, for administrators: "the
	 * ledger cannot be written".  Nothing personal. */
	const char *(*unwell)(void *arg);
	void *arg;
};

struct hooks;

/* As control_new. */
struct hooks *hooks_new(struct engine *en, const struct hooks_ops *ops);
void hooks_free(struct hooks *h);		/* NULL is fine */

/* Is the path one of a hook's, a recording's, or /health? */
bool hooks_own(const char *path);

/* For httpd: arg is the struct hooks. */
void hooks_serve(struct httpd_exchange *x, const struct http_incoming *in,
    void *arg);

#endif /* HOOKS_H */
