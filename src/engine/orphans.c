/*
 * What a new configuration leaves without anybody who would deal with it:
 * attempts of a gateway that is gone, and e-mails without a server.  (Flags of
 * volunteers who have left are followup.c's, check-ins the planner's.)
 */
#include "engine/inside.h"

#include <stdio.h>

static int
move_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_attempt *a = arg;
	const struct config_gateway *g = config_gateway_for(en->conf,
	    a->channel);

	if (g == NULL)
		return settle_end(en, a, OUTCOME_GATEWAY_ERROR,
		    "its gateway is no longer in the scheme", now, e);
	snprintf(a->gateway, sizeof(a->gateway), "%s", g->name);
	return ledger_attempt_save(en->ledger, a, e);
}

/* All of a gateway's that wait to be made, of a channel and purpose. */
static int
move_some(struct engine *en, const char *gateway, enum channel channel,
    enum purpose purpose, msec now, struct err *e)
{
	struct ledger_attempt a[BATCH];
	int n;

	do {
		n = ledger_attempts_due(en->ledger, gateway, channel, purpose,
		    NEVER, a, BATCH, e);
		for (int i = 0; i < n; i++)
			if (move_one(en, &a[i], now, e) == -1)
				return -1;
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

static int
move_all(struct engine *en, const char *gateway, msec now, struct err *e)
{
	for (int p = 0; p < PURPOSE_COUNT; p++)
		if (move_some(en, gateway, CHANNEL_CALL, (enum purpose)p, now,
		    e) == -1 || move_some(en, gateway, CHANNEL_TEXT,
		    (enum purpose)p, now, e) == -1)
			return -1;
	return 0;
}

int
orphans_run(struct engine *en, msec now, struct err *e)
{
	char gateway[LEDGER_NAME_SIZE] = "";
	int found;

	while ((found = ledger_attempts_gateway(en->ledger, gateway, gateway,
	    e)) == 1)
		if (dispatch_line(en, gateway) == NULL &&
		    move_all(en, gateway, now, e) == -1)
			return -1;
	return found == -1 ? -1 : notices_orphans(en, now, e);
}
