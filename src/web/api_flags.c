#include "web/api.h"

#include <string.h>

#include "web/api_json.h"

/* Resolved flags that `all` shows: more than a year of a busy scheme. */
#define ALL_FLAGS 1000

void
api_flags_fill(json_t *o, const struct config *c, const struct view_flag *v)
{
	const struct ledger_flag *f = &v->flag;
	const struct config_participant *p =
	    config_participant(c, f->participant);

	api_json_put_text(o, "code", f->code);
	api_json_put_text(o, "participant", f->participant);
	api_json_put_text(o, "name", p ? p->name : NULL);
	api_json_put_text(o, "number", f->number);
	api_json_put_text(o, "round", v->round);
	api_json_put_date(o, "date",
	    v->date != 0 ? v->date : calendar_date(f->raised_at));
	api_json_put_text(o, "reason", flag_reason_name(f->reason));
	api_json_put_text(o, "priority", priority_name(f->priority));
	api_json_put_text(o, "state", flag_state_name(f->state));
	api_json_put_text(o, "owner", f->owner);
	api_json_put_text(o, "asked", f->asked);
	api_json_put_instant(o, "raised_at", f->raised_at);
	api_json_put_instant(o, "deadline", f->deadline);
	api_json_put(o, "incident",
	    f->incident ? json_integer(f->incident) : json_null());
	api_json_put_text(o, "disposition", disposition_name(f->disposition));
	api_json_put_text(o, "false_alarm_reason",
	    false_alarm_name(f->false_alarm));
	api_json_put_instant(o, "resolved_at", f->resolved_at);
	api_json_put_text(o, "handed_to", f->handed_to);
	api_json_put_text(o, "spoken_to", f->spoken_to);
	api_json_put_instant(o, "contact_at", f->contact_at);
	api_json_put_text(o, "referred_to", f->referred_to);
	api_json_put_instant(o, "ring_by", f->ring_by);
}

void
api_flags_hide(json_t *o)
{
	const char *how = json_string_value(json_object_get(o,
	    "disposition"));

	if (how && strcmp(how, disposition_name(DISPOSITION_SAFEGUARDING)) ==
	    0)
		api_json_put(o, "disposition", json_null());
}

struct gathering {
	json_t *array;
	const struct api_source *source;
};

static int
add_flag(const struct view_flag *v, void *arg)
{
	struct gathering *g = arg;
	json_t *o = json_object();

	api_flags_fill(o, g->source->config, v);
	if (g->source->restricted)
		api_flags_hide(o);
	api_json_append(g->array, o);
	return 0;
}

/* The step in hand of each that is open: asked when the walk is over. */
static int
put_steps(const struct api_source *s, json_t *flags, struct err *e)
{
	struct script_advice a;
	struct ledger_flag f;
	json_t *o;
	size_t i;

	json_array_foreach(flags, i, o) {
		const char *code = json_string_value(json_object_get(o,
		    "code"));

		api_json_put_text(o, "step", NULL);
		if (!json_is_null(json_object_get(o, "disposition")) ||
		    ledger_flag_by_code(s->ledger, code, &f, e) != 1 ||
		    f.state == FLAG_RESOLVED)
			continue;
		if (engine_script(s->config, s->ledger, &f, !s->restricted,
		        s->now, &a, e) == -1)
			return -1;
		api_json_put_text(o, "step", script_step_name(a.step));
	}
	return 0;
}

json_t *
api_flags(const struct api_source *s, bool all, struct err *e)
{
	struct gathering g = { json_array(), s };
	json_t *o;

	if (view_flags(s->ledger, all, ALL_FLAGS, add_flag, &g, e) == -1 ||
	    put_steps(s, g.array, e) == -1) {
		json_decref(g.array);
		return NULL;
	}
	o = api_json_new("flags");
	api_json_put_instant(o, "now", s->now);
	api_json_put(o, "flags", g.array);
	return o;
}

/* The last that they wrote; null. */
static int
put_words(json_t *o, const struct api_source *s, const struct ledger_flag *f,
    struct err *e)
{
	struct ledger_reply r;
	int found = view_words(s->ledger, f, &r, e);
	json_t *wrote = found == 1 ? json_object() : json_null();

	if (found == 1) {
		api_json_put_instant(wrote, "at", r.at);
		api_json_put_text(wrote, "text", r.text);
	}
	api_json_put(o, "wrote", wrote);
	return found == -1 ? -1 : 0;
}

json_t *
api_flag(const struct api_source *s, const char *code, bool *ret_found,
    struct err *e)
{
	struct view_flag v;
	int found = view_flag(s->ledger, code, &v, e);
	json_t *o;

	*ret_found = found != 0;
	if (found == 0)
		err_set(e, "there is no flag with that code; `ringround flags "
		    "--all` lists them");
	if (found != 1)
		return NULL;
	o = api_json_new("flag");
	api_flags_fill(o, s->config, &v);
	if (s->restricted)
		api_flags_hide(o);
	if (put_words(o, s, &v.flag, e) == 0 && api_script_put(o, s, &v.flag,
	        e) == 0)
		return o;
	json_decref(o);
	return NULL;
}
