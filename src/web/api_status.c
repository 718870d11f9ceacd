#include "web/api.h"

#include <string.h>

#include "ledger/view.h"
#include "web/api_json.h"

static json_t *
round_json(const char *name, const int counts[CHECKIN_STATE_COUNT])
{
	json_t *o = json_object();

	api_json_put_text(o, "round", name);
	for (int i = 0; i < CHECKIN_STATE_COUNT; i++)
		api_json_put_int(o,
		    checkin_state_name((enum checkin_state)i), counts[i]);
	return o;
}

static int
add_round(const struct view_round *r, void *arg)
{
	api_json_append(arg, round_json(r->round, r->counts));
	return 0;
}

/* The array's round of that name, or NULL. */
static json_t *
find_round(const json_t *rounds, const char *name)
{
	size_t i;
	json_t *r;

	json_array_foreach(rounds, i, r)
		if (strcmp(json_string_value(json_object_get(r, "round")),
		        name) == 0)
			return r;
	return NULL;
}

/*
 * Today's rounds in the order of the configuration, also those that have no
 * check-in yet; then what the ledger holds of rounds that are gone from it.
 */
static json_t *
rounds_json(const struct api_source *s, localdate today, struct err *e)
{
	static const int none[CHECKIN_STATE_COUNT];
	json_t *kept = json_array(), *all = json_array(), *r;
	size_t i;

	if (view_rounds(s->ledger, today, add_round, kept, e) == -1) {
		json_decref(kept);
		json_decref(all);
		return NULL;
	}
	for (i = 0; i < s->config->n_rounds; i++) {
		const struct config_round *round = &s->config->rounds[i];

		r = find_round(kept, round->name);
		if (r)
			json_array_append(all, r);
		else if (config_has_day(round, today))
			api_json_append(all, round_json(round->name, none));
	}
	json_array_foreach(kept, i, r)
		if (!config_round(s->config, json_string_value(
		        json_object_get(r, "round"))))
			json_array_append(all, r);
	json_decref(kept);
	return all;
}

static int
count_flag(const struct view_flag *f, void *arg)
{
	int *counts = arg;

	counts[f->flag.state]++;
	return 0;
}

static json_t *
flag_counts(const struct api_source *s, struct err *e)
{
	int counts[FLAG_STATE_COUNT] = { 0 };
	json_t *o;

	if (view_flags(s->ledger, false, INT32_MAX, count_flag, counts,
	        e) == -1)
		return NULL;
	o = json_object();
	api_json_put_int(o, "open", counts[FLAG_OPEN]);
	api_json_put_int(o, "claimed", counts[FLAG_CLAIMED]);
	return o;
}

static int
add_incident(const struct ledger_incident *incident, void *arg)
{
	json_t *o;

	if (incident->ended_at != 0)
		return 0;
	o = json_object();
	api_json_put_int(o, "id", incident->id);
	api_json_put_text(o, "kind", incident_kind_name(incident->kind));
	api_json_put_text(o, "subject", incident->subject);
	api_json_put_instant(o, "since", incident->since);
	api_json_put_text(o, "detail", incident->detail);
	api_json_append(arg, o);
	return 0;
}

static json_t *
incidents_json(const struct api_source *s, struct err *e)
{
	json_t *array = json_array();

	if (view_incidents(s->ledger, add_incident, array, e) == 0)
		return array;
	json_decref(array);
	return NULL;
}

static int
add_hold(const struct view_hold *h, void *arg)
{
	json_t *o = json_object();

	api_json_put_text(o, "round", h->round);
	api_json_put_text(o, "reason", h->reason);
	api_json_put_text(o, "who", h->who);
	api_json_put_instant(o, "since", h->since);
	api_json_append(arg, o);
	return 0;
}

static json_t *
holds_json(const struct api_source *s, struct err *e)
{
	json_t *array = json_array();

	if (view_holds(s->ledger, add_hold, array, e) == 0)
		return array;
	json_decref(array);
	return NULL;
}

json_t *
api_holds(const struct api_source *s, struct err *e)
{
	json_t *holds = holds_json(s, e), *o;

	if (!holds)
		return NULL;
	o = api_json_new("holds");
	api_json_put(o, "holds", holds);
	return o;
}

static int
add_cancelled(const struct ledger_checkin *c, void *arg)
{
	json_t *o = json_object();

	api_json_put_text(o, "participant", c->participant);
	api_json_put_text(o, "round", c->round);
	api_json_put_text(o, "reason", c->reason);
	api_json_append(arg, o);
	return 0;
}

static json_t *
cancelled_json(const struct api_source *s, localdate today, struct err *e)
{
	json_t *array = json_array();

	if (view_cancelled(s->ledger, today, add_cancelled, array, e) == 0)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *
gateways_json(const struct api_source *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->config->n_gateways; i++) {
		const char *name = s->config->gateways[i].name;
		json_t *o = json_object();

		api_json_put_text(o, "name", name);
		api_json_put_text(o, "state", s->engine ?
		    engine_gateway_state(s->engine, name) : "unknown");
		api_json_append(array, o);
	}
	return array;
}

/* Whole seconds, rounded up: what is shown is never better than what was. */
static void
put_seconds(json_t *o, const char *key, msec length)
{
	if (length < 0)
		api_json_put(o, key, json_null());
	else
		api_json_put_int(o, key,
		    (length + MSEC_SECOND - 1) / MSEC_SECOND);
}

static json_t *
lateness_json(const struct api_source *s, localdate today, struct err *e)
{
	msec p50, max;
	json_t *o;

	if (view_lateness(s->ledger, today, &p50, &max, e) == -1)
		return NULL;
	o = json_object();
	put_seconds(o, "p50_s", p50);
	put_seconds(o, "max_s", max);
	return o;
}

static json_t *
load_json(const struct api_source *s, struct err *e)
{
	msec loaded_at;
	int mistakes;
	json_t *o;

	if (view_load_state(s->ledger, &loaded_at, &mistakes, e) == -1)
		return NULL;
	o = json_object();
	api_json_put_instant(o, "loaded_at", loaded_at);
	api_json_put_int(o, "mistakes", mistakes);
	return o;
}

/* A part that could not be read ends the whole: half a status misleads. */
static int
put_part(json_t *object, const char *key, json_t *part)
{
	if (!part)
		return -1;
	api_json_put(object, key, part);
	return 0;
}

json_t *
api_status(const struct api_source *s, struct err *e)
{
	localdate today = calendar_date(s->now);
	json_t *o = api_json_new("status");

	api_json_put_text(o, "service", s->config->service.name);
	api_json_put_bool(o, "running", s->engine != NULL);
	api_json_put_text(o, "silent",
	    s->engine ? engine_why_silent(s->engine) : NULL);
	api_json_put_instant(o, "now", s->now);
	api_json_put_date(o, "date", today);
	if (put_part(o, "rounds", rounds_json(s, today, e)) == -1 ||
	    put_part(o, "flags", flag_counts(s, e)) == -1 ||
	    put_part(o, "incidents", incidents_json(s, e)) == -1 ||
	    put_part(o, "holds", holds_json(s, e)) == -1 ||
	    put_part(o, "cancelled", cancelled_json(s, today, e)) == -1 ||
	    put_part(o, "away", api_absences_array(s, e)) == -1 ||
	    put_part(o, "gateways", gateways_json(s)) == -1 ||
	    put_part(o, "lateness", lateness_json(s, today, e)) == -1 ||
	    put_part(o, "config", load_json(s, e)) == -1) {
		json_decref(o);
		return NULL;
	}
	api_json_put_instant(o, "next_wake",
	    s->engine ? engine_wake(s->engine) : NEVER);
	api_json_put(o, "loop", json_null());	/* its owner fills that in */
	return o;
}
