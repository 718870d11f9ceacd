#include "web/api.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/plan.h"
#include "web/api_json.h"

static json_t *
steps_json(const struct plan_item *item)
{
	json_t *array = json_array();

	for (int i = 0; i < item->n_steps; i++) {
		const struct plan_step *step = &item->steps[i];
		json_t *o = json_object();

		api_json_put_instant(o, "at", step->at);
		api_json_put_text(o, "channel", channel_name(step->channel));
		api_json_put_text(o, "number", step->number);
		api_json_append(array, o);
	}
	return array;
}

/*
 * A day's plan on its way into JSON.  Where the day is today, whoever is still
 * to be asked has their next slot in it, and the ledger need not be asked a
 * second time: that halves the work for a large scheme.
 */
struct gathering {
	const struct api_source *source;
	json_t *checkins;
	msec *next;	/* by the place of the participant; 0: not known */
	bool today;
};

static void
note_next(struct gathering *g, const struct plan_item *item)
{
	msec *next = &g->next[item->participant -
	    g->source->config->participants];

	if (g->today && item->skip == PLAN_ASKED &&
	    item->slot > g->source->now && (*next == 0 || item->slot < *next))
		*next = item->slot;
}

static int
add_item(const struct plan_item *item, void *arg)
{
	struct gathering *g = arg;
	json_t *o = json_object();

	api_json_put_text(o, "participant", item->participant->id);
	api_json_put_text(o, "name", item->participant->name);
	api_json_put_text(o, "round", item->round->name);
	api_json_put_instant(o, "slot", item->slot);
	api_json_put_text(o, "ladder", item->round->ladder->name);
	api_json_put(o, "steps", steps_json(item));
	api_json_put_text(o, "skipped", plan_skip_name(item->skip));
	api_json_put_text(o, "away", item->away_why);
	api_json_append(g->checkins, o);
	note_next(g, item);
	return 0;
}

/* known: as next above; NULL where nothing is. */
static json_t *
next_slots(const struct api_source *s, const msec *known)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->config->n_participants; i++) {
		const struct config_participant *p =
		    &s->config->participants[i];
		json_t *o;

		if (!p->live)
			continue;
		o = json_object();
		api_json_put_text(o, "participant", p->id);
		api_json_put_text(o, "name", p->name);
		api_json_put_instant(o, "at", known && known[i] != 0 ?
		    known[i] : plan_next_slot(s->config, s->ledger, p,
		        s->now));
		api_json_append(array, o);
	}
	return array;
}

json_t *
api_next_slots(const struct api_source *s)
{
	return next_slots(s, NULL);
}

json_t *
api_plan(const struct api_source *s, localdate date, struct err *e)
{
	struct gathering g = {
		.source = s,
		.checkins = json_array(),
		.next = mem_alloc((s->config->n_participants + 1) *
		    sizeof(*g.next)),
		.today = date == calendar_date(s->now),
	};
	json_t *o = NULL;

	if (plan_day(s->config, s->ledger, date, s->now, add_item, &g,
	        e) == 0) {
		o = api_json_new("plan");
		api_json_put_instant(o, "now", s->now);
		api_json_put_date(o, "date", date);
		api_json_put(o, "checkins", json_incref(g.checkins));
		api_json_put(o, "next_slots", next_slots(s, g.next));
	}
	json_decref(g.checkins);
	free(g.next);
	return o;
}
