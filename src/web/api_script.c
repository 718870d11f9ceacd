#include "web/api.h"

#include "web/api_json.h"

static json_t *
notes_json(const struct script_advice *a)
{
	json_t *array = json_array();

	for (int i = 0; i < NOTE_COUNT; i++)
		if (a->notes & (1u << i))
			api_json_append(array,
			    json_string(note_name((enum note)i)));
	return array;
}

static json_t *
checklist_json(void)
{
	json_t *array = json_array();

	for (int i = 0; i < ITEM_COUNT; i++) {
		json_t *o = json_object();

		api_json_put_text(o, "item",
		    script_item_name((enum script_item)i));
		api_json_put_text(o, "question",
		    script_item_question((enum script_item)i));
		api_json_append(array, o);
	}
	return array;
}

static void
put_contact(json_t *o, const char *key, const struct config_participant *p,
    int place)
{
	const struct config_contact *c;
	json_t *contact;

	if (!p || place < 0 || place >= p->n_contacts) {
		api_json_put(o, key, json_null());
		return;
	}
	c = &p->contacts[place];
	contact = json_object();
	api_json_put_int(contact, "place", place + 1);
	api_json_put_text(contact, "name", c->name);
	api_json_put_text(contact, "relation", c->relation);
	api_json_put_text(contact, "number", c->number);
	api_json_put(o, key, contact);
}

static json_t *
script_json(const struct script_advice *a, const struct config_participant *p)
{
	json_t *o = json_object();

	api_json_put_text(o, "first", SCRIPT_FIRST);
	api_json_put_text(o, "step", script_step_name(a->step));
	api_json_put_text(o, "title", a->title);
	api_json_put_text(o, "why", a->why);
	api_json_put_text(o, "words", a->words);
	api_json_put_text(o, "stop", a->stop);
	put_contact(o, "contact", p, a->contact);
	put_contact(o, "keyholder", p, a->keyholder);
	api_json_put(o, "notes", notes_json(a));
	api_json_put(o, "checklist", a->step == SCRIPT_CHECKLIST ?
	    checklist_json() : json_null());
	return o;
}

int
api_script_put(json_t *o, const struct api_source *s,
    const struct ledger_flag *f, struct err *e)
{
	struct script_advice a;

	if (f->state == FLAG_RESOLVED) {
		api_json_put(o, "script", json_null());
		return 0;
	}
	if (engine_script(s->config, s->ledger, f, !s->restricted, s->now, &a,
	        e) == -1)
		return -1;
	api_json_put(o, "script", script_json(&a, config_participant(
	    s->config, f->participant)));
	return 0;
}
