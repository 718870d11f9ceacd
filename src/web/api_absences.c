#include "web/api.h"

#include "engine/plan.h"
#include "web/api_json.h"

#define BATCH 64

static json_t *
absence_json(const struct config_participant *p, const char *id,
    enum absence kind, localdate first, localdate last)
{
	json_t *o = json_object();

	api_json_put_text(o, "participant", id);
	api_json_put_text(o, "name", p ? p->name : NULL);
	api_json_put_text(o, "kind", absence_name(kind));
	api_json_put_date(o, "from", first);
	if (last == LEDGER_OPEN_END)
		api_json_put(o, "until", json_null());
	else
		api_json_put_date(o, "until", last);
	return o;
}

/* What the ledger holds. */
static int
add_decided(const struct api_source *s, localdate today, json_t *array,
    struct err *e)
{
	struct ledger_absence a[BATCH];
	int64_t after = 0;
	int n;

	do {
		n = ledger_absences_on(s->ledger, today, after, a, BATCH, e);
		for (int i = 0; i < n; i++) {
			json_t *o = absence_json(config_participant(s->config,
			    a[i].participant), a[i].participant, a[i].kind,
			    a[i].first, a[i].last);

			api_json_put_text(o, "who", a[i].who);
			api_json_put_text(o, "way", a[i].from);
			api_json_put_text(o, "note", a[i].note);
			api_json_append(array, o);
			after = a[i].id;
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

/* What the files say. */
static void
add_planned(const struct api_source *s, localdate today, json_t *array)
{
	for (size_t i = 0; i < s->config->n_absent; i++) {
		const struct config_participant *p = s->config->absent[i];

		for (int k = 0; k < p->n_away; k++) {
			const struct config_away *away = &p->away[k];
			json_t *o;

			if (today < away->from || today > away->to)
				continue;
			o = absence_json(p, p->id, away->paused ?
			    ABSENCE_PAUSED : ABSENCE_AWAY, away->from,
			    away->to);
			api_json_put_text(o, "who", NULL);
			api_json_put_text(o, "way", "file");
			api_json_put_text(o, "note", away->why);
			api_json_append(array, o);
		}
	}
}

json_t *
api_absences_array(const struct api_source *s, struct err *e)
{
	localdate today = calendar_date(s->now);
	json_t *array = json_array();

	if (add_decided(s, today, array, e) == -1) {
		json_decref(array);
		return NULL;
	}
	add_planned(s, today, array);
	return array;
}

json_t *
api_absences(const struct api_source *s, struct err *e)
{
	json_t *array = api_absences_array(s, e), *o;

	if (!array)
		return NULL;
	o = api_json_new("absences");
	api_json_put(o, "away", array);
	return o;
}
