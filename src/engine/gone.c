#include "engine/gone.h"

#include <string.h>

#include "base/log.h"
#include "engine/inside.h"

/* A removal of more people than both is refused (design.md 4). */
#define REMOVALS_PEOPLE 5
#define REMOVALS_PERCENT 5
/* They are named, as far as there is room in a line, and in an e-mail. */
#define ROOM_IN_LINE 200
#define ROOM_IN_MAIL 8000
/* So many are counted in a turn: a few milliseconds. */
#define PART 1000

static void
count_one(struct engine_gone *g, const struct config *conf, const char *id)
{
	const struct config_participant *p = config_participant(conf, id);

	g->live++;
	if (p != NULL && p->live)
		return;
	if (g->named == g->gone && g->ids.len + strlen(id) < ROOM_IN_MAIL) {
		buf_addf(&g->ids, "%s%s", g->named > 0 ? ", " : "", id);
		g->named++;
	}
	g->gone++;
}

int
engine_count_gone(struct engine *en, const struct config *conf,
    struct engine_gone *g, struct err *e)
{
	char ids[PART][LEDGER_NAME_SIZE];
	int n = ledger_live_some(en->ledger, g->last, ids, PART, e);

	if (n == -1)
		return -1;
	for (int i = 0; i < n; i++)
		count_one(g, conf, ids[i]);
	if (n > 0)
		memcpy(g->last, ids[n - 1], sizeof(g->last));
	return n == PART;
}

static bool
is_too_many(const struct engine_gone *g)
{
	return g->gone > REMOVALS_PEOPLE &&
	    g->gone * 100 > g->live * REMOVALS_PERCENT;
}

void
engine_name_gone(const struct engine_gone *g, size_t room, struct buf *ret)
{
	const char *ids = buf_text(&g->ids);
	size_t whole = 0, n;
	int named = 0;

	while (ids[whole] != '\0') {
		n = strcspn(ids + whole + (whole > 0 ? 2 : 0), ",") +
		    (whole > 0 ? 2 : 0);
		if (whole + n > room)
			break;
		whole += n;
		named++;
	}
	buf_addn(ret, ids, whole);
	if (g->gone > named)
		buf_addf(ret, " and %d more", g->gone - named);
}

int
gone_check(const struct engine_gone *g, int accept_removals, struct err *e)
{
	struct buf ids = BUF_EMPTY;

	if (g->gone <= accept_removals || !is_too_many(g))
		return 0;
	engine_name_gone(g, ROOM_IN_LINE, &ids);
	err_set(e, "this would drop %d of %d live people (%s); if that is "
	    "meant, say: ringround reload --accept-removals %d", g->gone,
	    g->live, buf_text(&ids), g->gone);
	buf_release(&ids);
	return -1;
}

/* ---- at the start ------------------------------------------------------ */

/* Once; who they are by e-mail alone. */
static int
tell(struct engine *en, const struct engine_gone *g, const char *ids,
    msec now, struct err *e)
{
	struct buf words = BUF_EMPTY, body = BUF_EMPTY;
	int64_t incident;
	bool fresh;
	int result = ledger_incident_open(en->ledger, INCIDENT_PEOPLE_DROPPED,
	    "", "people are no longer in the scheme", now, &incident, &fresh,
	    e);

	if (result == -1 || !fresh)
		return result;
	buf_addf(&words, "%s: %d of %d live people are no longer in the "
	    "scheme. If that is meant, say: ringround reload "
	    "--accept-removals %d. Until then they stand on the list as "
	    "missed.", en->conf->service.name, g->gone, g->live, g->gone);
	buf_addf(&body, "%s\n\nThey are: %s\n", buf_text(&words), ids);
	result = notices_tell_coordinators(en, "incident", 0, incident, true,
	    buf_text(&words), "people are missing in the scheme",
	    buf_text(&body), now, e);
	buf_release(&words);
	buf_release(&body);
	return result;
}

int
gone_at_start(struct engine *en, msec now, struct err *e)
{
	struct engine_gone g = { .gone = 0 };
	struct buf ids = BUF_EMPTY;
	int result;

	en->done.dropped = false;
	if (en->done.removals_accepted)
		return trouble_end(en, INCIDENT_PEOPLE_DROPPED, now, e);
	do
		result = engine_count_gone(en, en->conf, &g, e);
	while (result == 1);
	en->done.dropped = result == 0 && is_too_many(&g);
	if (en->done.dropped) {
		engine_name_gone(&g, ROOM_IN_MAIL, &ids);
		log_error("engine", "dropped: people=%d of=%d: %s", g.gone,
		    g.live, buf_text(&ids));
		result = tell(en, &g, buf_text(&ids), now, e);
	}
	buf_release(&ids);
	buf_release(&g.ids);
	return result;
}
