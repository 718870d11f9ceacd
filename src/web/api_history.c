/*
 * The views lend a row at a time and the ledger must not be used meanwhile:
 * so a list is gathered first, and what belongs to each of its rows after.
 */
#include "web/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "web/api_json.h"

#define HISTORY_CHECKINS 100
#define HISTORY_REPLIES 200

struct checkins {
	json_t *array;
	int64_t *ids;
	size_t n, cap;
};

static int
add_attempt(const struct ledger_attempt *a, void *arg)
{
	json_t *o = json_object();

	api_json_put_text(o, "id", a->ref);
	api_json_put_int(o, "step", a->step);
	api_json_put_text(o, "channel", channel_name(a->channel));
	api_json_put_text(o, "number", a->number);
	api_json_put_text(o, "gateway", a->gateway);
	api_json_put_text(o, "gateway_id", a->gateway_id);
	api_json_put_text(o, "state", attempt_state_name(a->state));
	api_json_put_text(o, "outcome", outcome_name(a->outcome));
	api_json_put_instant(o, "sent_at", a->sent_at);
	api_json_put_instant(o, "ended_at", a->ended_at);
	api_json_put_text(o, "detail", a->detail);
	api_json_append(arg, o);
	return 0;
}

static int
add_checkin(const struct view_checkin *v, void *arg)
{
	const struct ledger_checkin *c = &v->checkin;
	struct checkins *list = arg;
	json_t *o = json_object();

	api_json_put_text(o, "round", c->round);
	api_json_put_date(o, "date", c->date);
	api_json_put_instant(o, "slot", c->slot);
	api_json_put_text(o, "state", checkin_state_name(c->state));
	api_json_put_text(o, "confirmed_by",
	    confirmed_by_name(c->confirmed_by));
	api_json_put_text(o, "flag", v->flag);
	api_json_put_instant(o, "closed_at", c->closed_at);
	api_json_put_text(o, "reason", c->reason);
	api_json_append(list->array, o);
	mem_reserve(&list->ids, list->n, &list->cap, sizeof(*list->ids));
	list->ids[list->n++] = c->id;
	return 0;
}

static json_t *
checkins_json(const struct api_source *s, const char *participant,
    struct err *e)
{
	struct checkins list = { .array = json_array() };
	int done = view_checkins_of(s->ledger, participant, HISTORY_CHECKINS,
	    add_checkin, &list, e);

	for (size_t i = 0; done == 0 && i < list.n; i++) {
		json_t *attempts = json_array();

		done = view_attempts_of(s->ledger, list.ids[i], add_attempt,
		    attempts, e);
		api_json_put(json_array_get(list.array, i), "attempts",
		    attempts);
	}
	free(list.ids);
	if (done == 0)
		return list.array;
	json_decref(list.array);
	return NULL;
}

/* What a reply is about has other names outside than in the ledger. */
static int
put_about(const struct api_source *s, const struct ledger_reply *r, json_t *o,
    struct err *e)
{
	struct ledger_checkin c;
	struct ledger_attempt a;
	struct ledger_flag f;

	memset(&c, 0, sizeof(c));
	memset(&a, 0, sizeof(a));
	memset(&f, 0, sizeof(f));
	if ((r->checkin != 0 && ledger_checkin_get(s->ledger, r->checkin, &c,
	    e) == -1) || (r->attempt != 0 && ledger_attempt_get(s->ledger,
	    r->attempt, &a, e) == -1) || (r->flag != 0 && ledger_flag_get(
	    s->ledger, r->flag, &f, e) == -1))
		return -1;
	api_json_put_text(o, "round", c.round);
	if (r->checkin != 0)
		api_json_put_date(o, "date", c.date);
	else
		api_json_put(o, "date", json_null());
	api_json_put_text(o, "attempt", a.ref);
	api_json_put_text(o, "flag", f.code);
	return 0;
}

struct replies {
	json_t *array;
	struct ledger_reply *of;	/* the rows, for what they are about */
	size_t n, cap;
};

static int
add_reply(const struct ledger_reply *r, void *arg)
{
	struct replies *list = arg;
	json_t *o = json_object();

	api_json_put_instant(o, "at", r->at);
	api_json_put_text(o, "channel", channel_name(r->channel));
	api_json_put_text(o, "text", r->text);
	api_json_put_text(o, "reading", r->reading);
	api_json_put_text(o, "number", r->number);
	api_json_append(list->array, o);
	mem_reserve(&list->of, list->n, &list->cap, sizeof(*list->of));
	list->of[list->n++] = *r;
	return 0;
}

static json_t *
replies_json(const struct api_source *s, const char *participant,
    struct err *e)
{
	struct replies list = { .array = json_array() };
	int done = view_replies_of(s->ledger, participant, HISTORY_REPLIES,
	    add_reply, &list, e);

	for (size_t i = 0; done == 0 && i < list.n; i++)
		done = put_about(s, &list.of[i], json_array_get(list.array, i),
		    e);
	free(list.of);
	if (done == 0)
		return list.array;
	json_decref(list.array);
	return NULL;
}

static int
add_step(const struct view_step *step, void *arg)
{
	json_t *o = json_object();

	api_json_put_instant(o, "at", step->at);
	api_json_put_text(o, "who", step->who);
	api_json_put_text(o, "from", step->from);
	api_json_put_text(o, "action", step->action);
	api_json_put_text(o, "detail", step->detail);
	api_json_append(arg, o);
	return 0;
}

static bool
has_code(const json_t *flags, const char *code)
{
	size_t i;
	const json_t *f;

	json_array_foreach(flags, i, f)
		if (strcmp(json_string_value(json_object_get(f, "code")),
		        code) == 0)
			return true;
	return false;
}

/* One flag with its story, unless it stands there already. */
static int
add_flag(const struct api_source *s, const char *code, json_t *flags,
    struct err *e)
{
	struct view_flag v;
	json_t *o, *story;
	int found;

	if (has_code(flags, code))
		return 0;
	found = view_flag(s->ledger, code, &v, e);
	if (found != 1)
		return found;
	o = json_object();
	api_json_put_text(o, "code", v.flag.code);
	api_json_put_text(o, "reason", flag_reason_name(v.flag.reason));
	api_json_put_text(o, "state", flag_state_name(v.flag.state));
	api_json_put_text(o, "owner", v.flag.owner);
	api_json_put_instant(o, "raised_at", v.flag.raised_at);
	api_json_put_text(o, "disposition",
	    disposition_name(v.flag.disposition));
	api_json_put_text(o, "false_alarm_reason",
	    false_alarm_name(v.flag.false_alarm));
	if (s->restricted)
		api_flags_hide(o);
	story = json_array();
	api_json_put(o, "story", story);
	api_json_append(flags, o);
	return view_flag_story(s->ledger, v.flag.id, add_step, story, e);
}

/* The open flag first, then those of the check-ins. */
static json_t *
flags_json(const struct api_source *s, const char *participant,
    const json_t *checkins, struct err *e)
{
	struct ledger_flag open;
	json_t *flags = json_array();
	const json_t *c;
	size_t i;
	int done = ledger_flag_open_of(s->ledger, participant, &open, e);

	if (done == 1)
		done = add_flag(s, open.code, flags, e);
	json_array_foreach(checkins, i, c) {
		const json_t *code = json_object_get(c, "flag");

		if (done != -1 && json_is_string(code))
			done = add_flag(s, json_string_value(code), flags, e);
	}
	if (done != -1)
		return flags;
	json_decref(flags);
	return NULL;
}

static json_t *
contacts_json(const struct config_participant *p)
{
	json_t *array = json_array();

	for (int i = 0; i < p->n_contacts; i++) {
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
put_person(json_t *o, const struct config_participant *p)
{
	api_json_put_text(o, "name", p->name);
	api_json_put_text(o, "phone", p->phone);
	api_json_put_text(o, "alternate", p->alternate);
	api_json_put_text(o, "text", p->text);
	api_json_put(o, "contacts", contacts_json(p));
}

json_t *
api_history(const struct api_source *s, const char *participant,
    bool *ret_found, struct err *e)
{
	const struct config_participant *p =
	    config_participant(s->config, participant);
	json_t *checkins, *replies, *flags = NULL, *o;

	*ret_found = true;
	checkins = checkins_json(s, participant, e);
	replies = checkins ? replies_json(s, participant, e) : NULL;
	if (replies)
		flags = flags_json(s, participant, checkins, e);
	if (!flags)
		goto err1;
	if (!p && json_array_size(checkins) == 0 &&
	    json_array_size(replies) == 0) {
		*ret_found = false;
		err_set(e, "nobody of that id is or was on the list; "
		    "`ringround plan` lists everybody");
		goto err1;
	}
	o = api_json_new("history");
	api_json_put_text(o, "participant", participant);
	if (p)
		put_person(o, p);
	api_json_put(o, "checkins", checkins);
	api_json_put(o, "replies", replies);
	api_json_put(o, "flags", flags);
	return o;
err1:
	json_decref(flags);
	json_decref(replies);
	json_decref(checkins);
	return NULL;
}
