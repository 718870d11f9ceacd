/*
 * carrier.h - carries what the engine lets out to the gateways and the mail
 * server, and brings their answers back as posted events.
 *
 * It decides nothing: drivers build and read the bytes, net moves them.  What
 * is under way is known by the gateway's name, so that a reload may replace a
 * gateway in between.
 */
#ifndef CARRIER_H
#define CARRIER_H

#include "base/clock.h"
#include "engine/engine.h"
#include "net/fetch.h"

struct carrier;

/* clock says what an e-mail's Date shall be. */
struct carrier *carrier_new(struct fetch *fetch, const struct clock *clock);
void carrier_free(struct carrier *c);	/* after its fetch; NULL is fine */

/* What the engine is to be made with; then the engine itself. */
const struct engine_ops *carrier_ops(const struct carrier *c);
void carrier_serve(struct carrier *c, struct engine *en);

#endif /* CARRIER_H */
