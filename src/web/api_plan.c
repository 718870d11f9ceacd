#include "web/api.h"

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

static int
add_item(const struct plan_item *item, void *arg)
{
	json_t *o = json_object();

	api_json_put_text(o, "participant", item->participant->id);
	api_json_put_text(o, "name", item->participant->name);
	api_json_put_text(o, "round", item->round->name);
	api_json_put_instant(o, "slot", item->slot);
	api_json_put_text(o, "ladder", item->round->ladder->name);
	api_json_put(o, "steps", steps_json(item));
	api_json_put_text(o, "skipped", plan_skip_name(item->skip));
	api_json_append(arg, o);
	return 0;
}

json_t *
api_next_slots(const struct api_source *s)
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
		api_json_put_instant(o, "at",
		    plan_next_slot(s->config, s->ledger, p, s->now));
		api_json_append(array, o);
	}
	return array;
}

json_t *
api_plan(const struct api_source *s, localdate date, struct err *e)
{
	json_t *checkins = json_array(), *o;

	if (plan_day(s->config, s->ledger, date, s->now, add_item, checkins,
	        e) == -1) {
		json_decref(checkins);
		return NULL;
	}
	o = api_json_new("plan");
	api_json_put_instant(o, "now", s->now);
	api_json_put_date(o, "date", date);
	api_json_put(o, "checkins", checkins);
	api_json_put(o, "next_slots", api_next_slots(s));
	return o;
}
