#include "web/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "web/api_json.h"

#define FLAGS_MAX 1000

struct sheet {
	const struct config *config;
	const char *who;
	json_t *array;
	int64_t *checkins;	/* of each flag; 0 for none */
	size_t n, cap;
};

static json_t *
contacts(const struct config_participant *p)
{
	json_t *array = json_array();

	for (uint16_t i = 0; i < p->n_contacts; i++) {
		const struct config_contact *c = &p->contacts[i];
		json_t *o = json_object();

		api_json_put_text(o, "name", c->name);
		api_json_put_text(o, "relation", c->relation);
		api_json_put_text(o, "number", c->number);
		api_json_put_bool(o, "keyholder", c->keyholder);
		api_json_append(array, o);
	}
	return array;
}

static void
fill_person(json_t *o, const struct config_participant *p)
{
	if (!p)
		return;
	api_json_put_text(o, "call_me", p->call_me);
	api_json_put_text(o, "phone", p->phone);
	api_json_put_text(o, "alternate", p->alternate);
	api_json_put_text(o, "text", p->text);
	api_json_put_text(o, "area", p->area);
	api_json_put_text(o, "language", p->language);
	api_json_put(o, "contacts", contacts(p));
}

static bool
is_theirs(const struct ledger_flag *f, const char *who)
{
	return !who || strcmp(f->owner, who) == 0 ||
	    (f->owner[0] == '\0' && strcmp(f->asked, who) == 0);
}

static int
add_flag(const struct view_flag *v, void *arg)
{
	struct sheet *s = arg;
	json_t *o;

	if (!is_theirs(&v->flag, s->who))
		return 0;
	o = json_object();
	api_flags_fill(o, s->config, v);
	fill_person(o, config_participant(s->config, v->flag.participant));
	api_json_append(s->array, o);
	mem_reserve(&s->checkins, s->n, &s->cap, sizeof(*s->checkins));
	s->checkins[s->n++] = v->flag.checkin;
	return 0;
}

static int
add_attempt(const struct ledger_attempt *a, void *arg)
{
	json_t *o;

	if (a->sent_at == 0)
		return 0;
	o = json_object();
	api_json_put_instant(o, "at", a->sent_at);
	api_json_put_text(o, "channel", channel_name(a->channel));
	api_json_put_text(o, "outcome", outcome_name(a->outcome));
	api_json_append(arg, o);
	return 0;
}

/* The views lend a row at a time, so what belongs to a flag comes after. */
static int
add_attempts(struct sheet *s, struct ledger *l, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		json_t *tried = json_array();

		api_json_put(json_array_get(s->array, i), "attempts", tried);
		if (s->checkins[i] != 0 && view_attempts_of(l, s->checkins[i],
		    add_attempt, tried, e) == -1)
			return -1;
	}
	return 0;
}

json_t *
api_sheet(const struct api_source *source, const char *who, struct err *e)
{
	const struct config *c = source->config;
	struct sheet s = { .config = c, .who = who, .array = json_array() };
	const struct config_volunteer *v = who ? config_volunteer(c, who) :
	    NULL;
	json_t *o = NULL;

	if (view_flags(source->ledger, false, FLAGS_MAX, add_flag, &s,
	    e) == 0 && add_attempts(&s, source->ledger, e) == 0) {
		o = api_json_new("sheet");
		api_json_put_instant(o, "now", source->now);
		api_json_put_text(o, "service", c->service.name);
		api_json_put_text(o, "office_phone", c->service.office_phone);
		api_json_put_text(o, "country_code", c->service.country_code);
		api_json_put_text(o, "for", v ? v->name : NULL);
		api_json_put(o, "flags", s.array);
	} else {
		json_decref(s.array);
	}
	free(s.checkins);
	return o;
}
