#include "web/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "net/form.h"
#include "rules/claim.h"
#include "web/api.h"
#include "web/asker.h"
#include "web/orders.h"
#include "web/respond.h"
#include "web/version.h"

#define FROM "socket"
#define ACCEPT_MAX 1000000

struct control {
	struct engine *engine;
	struct control_ops ops;
};

/* One question: what its route is given. */
struct question {
	struct control *control;
	struct httpd_exchange *x;
	const char *name;		/* of its route: "claim" */
	const struct form *form;	/* the query, or the body */
	const char *who;
};

struct control *
control_new(struct engine *en, const struct control_ops *ops)
{
	struct control *c = mem_alloc(sizeof(*c));

	c->engine = en;
	c->ops = *ops;
	return c;
}

void
control_free(struct control *c)
{
	free(c);
}

/* A volunteer does not see all that a coordinator or administrator does. */
static struct api_source
source(struct control *c, const char *who)
{
	const struct config_volunteer *v =
	    config_volunteer(engine_config(c->engine), who);

	return (struct api_source){
		.restricted = v && !v->coordinator,
		.config = engine_config(c->engine),
		.ledger = engine_ledger(c->engine),
		.engine = c->engine,
		.now = c->ops.now(c->ops.arg),
	};
}

/* ---- reading ----------------------------------------------------------- */

static void
answer_doc(struct httpd_exchange *x, json_t *doc, const struct err *e)
{
	if (doc)
		respond_json(x, 200, doc);
	else
		respond_error(x, 500, e->text);
}

static void
get_status(const struct question *q)
{
	const struct control_ops *ops = &q->control->ops;
	struct api_source s = source(q->control, q->who);
	struct err e;
	json_t *doc = api_status(&s, &e), *loop;
	msec at;

	if (doc && ops->longest) {
		loop = json_object();
		api_json_put_int(loop, "longest_ms",
		    ops->longest(ops->arg, &at));
		api_json_put_instant(loop, "at", at);
		api_json_put(doc, "loop", loop);
	}
	answer_doc(q->x, doc, &e);
}

static void
get_plan(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	const char *text = form_get(q->form, "date");
	localdate date = calendar_date(s.now);
	struct err e;

	if (text && calendar_parse_date(text, &date, &e) == -1)
		respond_error(q->x, 400, e.text);
	else
		answer_doc(q->x, api_plan(&s, date, &e), &e);
}

static void
get_flags(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	struct err e;

	answer_doc(q->x,
	    api_flags(&s, form_get(q->form, "all") != NULL, &e), &e);
}

static void
get_sheet(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	const char *who = form_get(q->form, "for");
	struct err e;

	if (who && !config_volunteer(s.config, who))
		respond_error(q->x, 404, "there is no volunteer of that id");
	else
		answer_doc(q->x, api_sheet(&s, who, &e), &e);
}

static void
get_history(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	const char *id = form_get(q->form, "id");
	bool found = false;
	json_t *doc;
	struct err e;

	if (!id || strlen(id) >= LEDGER_NAME_SIZE) {
		respond_error(q->x, 400, "whose history? Give an id");
		return;
	}
	doc = api_history(&s, id, &found, &e);
	if (!doc && !found)
		respond_error(q->x, 404, e.text);
	else
		answer_doc(q->x, doc, &e);
}

static void
get_absences(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	struct err e;

	answer_doc(q->x, api_absences(&s, &e), &e);
}

static void
get_reviews(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	struct err e;

	answer_doc(q->x, api_reviews(&s, &e), &e);
}

static void
get_trial(const struct question *q)
{
	struct api_source s = source(q->control, q->who);
	const char *id = form_get(q->form, "participant");
	struct err e;

	if (!id || strlen(id) >= LEDGER_NAME_SIZE)
		respond_error(q->x, 400, "whose test? Give an id");
	else
		answer_doc(q->x, api_trial(&s, id, &e), &e);
}

/* Of one flag: the document that fn makes. */
static void
get_of_flag(const struct question *q, const struct api_source *s,
    json_t *(*fn)(const struct api_source *, const char *, bool *,
    struct err *))
{
	const char *typed = form_get(q->form, "code");
	char code[CLAIM_CODE_SIZE];
	bool found = true;
	json_t *doc;
	struct err e;

	if (!typed || claim_normalise_code(typed, code) == -1) {
		respond_error(q->x, 400, "that is not the code of a flag; "
		    "`ringround flags` lists them");
		return;
	}
	doc = fn(s, code, &found, &e);
	if (!doc && !found)
		respond_error(q->x, 404, e.text);
	else
		answer_doc(q->x, doc, &e);
}

static void
get_flag(const struct question *q)
{
	struct api_source s = source(q->control, q->who);

	get_of_flag(q, &s, api_flag);
}

static void
get_concerns(const struct question *q)
{
	struct api_source s = source(q->control, q->who);

	if (s.restricted)
		respond_error(q->x, 403, "only coordinators see that");
	else
		get_of_flag(q, &s, api_concerns);
}

static void
get_version(const struct question *q)
{
	json_t *doc = api_json_new("version");

	api_json_put_text(doc, "version", VERSION_TEXT);
	respond_json(q->x, 200, doc);
}

/* ---- changing ---------------------------------------------------------- */

/* Lost orders end after the control has: only what was kept looks at it. */
static void
answer_order(void *arg, const struct order *o, int status, const struct err *e)
{
	struct api_source s;
	bool found;
	struct err failed;

	if (status != 200) {
		respond_error(o->x, status, e->text);
		return;
	}
	s = source(arg, o->who);
	if (orders_about_trial(o)) {
		answer_doc(o->x, api_trial(&s, o->participant, &failed),
		    &failed);
		return;
	}
	answer_doc(o->x, orders_about_flag(o) ?
	    api_flag(&s, o->code, &found, &failed) : orders_about_absence(o) ?
	    api_absences(&s, &failed) : orders_about_review(o) ?
	    api_reviews(&s, &failed) : api_holds(&s, &failed), &failed);
}

static void
post_order(const struct question *q)
{
	struct order_door door = {
		q->control->engine, FROM, answer_order, q->control,
	};

	orders_post(&door, q->name, q->form, q->who, q->x);
}

/* ---- reload ------------------------------------------------------------ */

struct control_reload {
	struct control *control;
	struct httpd_exchange *x;
};

static void
post_reload(const struct question *q)
{
	const struct control_ops *ops = &q->control->ops;
	const char *text = form_get(q->form, "accept_removals");
	struct control_reload *asked;
	int64_t accept = 0;
	struct err e;

	if (text && num_int(text, 0, ACCEPT_MAX, &accept, &e) == -1) {
		respond_error(q->x, 400, e.text);
		return;
	}
	asked = mem_alloc(sizeof(*asked));
	asked->control = q->control;
	asked->x = q->x;
	ops->reload(ops->arg, (int)accept, q->who, asked);
}

static json_t *
mistakes_json(const struct config_notes *notes)
{
	json_t *array = json_array();

	for (size_t i = 0; notes && i < notes->n; i++) {
		json_t *o = json_object();

		api_json_put_text(o, "file", notes->items[i].place.file);
		api_json_put_int(o, "line", notes->items[i].place.line);
		api_json_put_text(o, "message", notes->items[i].message);
		api_json_append(array, o);
	}
	return array;
}

void
control_reload_answer(struct control_reload *asked, enum turn_fate fate,
    const struct config_notes *mistakes, const struct err *e)
{
	json_t *doc = api_json_new("reload");

	api_json_put_bool(doc, "ok", fate == TURN_KEPT);
	api_json_put(doc, "mistakes", mistakes_json(mistakes));
	if (fate == TURN_KEPT) {
		const struct config *c =
		    engine_config(asked->control->engine);

		api_json_put_int(doc, "participants",
		    (int64_t)c->n_participants);
		api_json_put_int(doc, "live", (int64_t)c->n_live);
	} else {
		api_json_put_text(doc, "error", e->text);
	}
	respond_json(asked->x, fate == TURN_KEPT ? 200 :
	    fate == TURN_REFUSED ? 409 : 503, doc);
	free(asked);
}

/* ---- routes ------------------------------------------------------------ */

#define PREFIX "/api/"

static const struct route {
	enum http_method method;
	const char *name;
	void (*serve)(const struct question *q);
} routes[] = {
	{ HTTP_GET, "status", get_status },
	{ HTTP_GET, "plan", get_plan },
	{ HTTP_GET, "flags", get_flags },
	{ HTTP_GET, "sheet", get_sheet },
	{ HTTP_GET, "history", get_history },
	{ HTTP_GET, "absences", get_absences },
	{ HTTP_GET, "flag", get_flag },
	{ HTTP_GET, "concerns", get_concerns },
	{ HTTP_GET, "reviews", get_reviews },
	{ HTTP_GET, "trial", get_trial },
	{ HTTP_GET, "version", get_version },
	{ HTTP_POST, "reload", post_reload },
};

/* "claim" of "/api/claim"; "" where it is none of ours. */
static const char *
name_of(const struct http_incoming *in)
{
	return strncmp(in->path, PREFIX, strlen(PREFIX)) == 0 ?
	    in->path + strlen(PREFIX) : "";
}

/* All orders are posted; the others stand in the table. */
static const struct route *
find_route(const char *name, enum http_method method, bool *ret_known)
{
	static const struct route an_order = { HTTP_POST, "", post_order };

	*ret_known = orders_know(name);
	if (*ret_known)
		return method == HTTP_POST ? &an_order : NULL;
	for (size_t i = 0; i < COUNT(routes); i++) {
		if (strcmp(routes[i].name, name) != 0)
			continue;
		*ret_known = true;
		if (routes[i].method == method)
			return &routes[i];
	}
	return NULL;
}

static int
read_form(const struct http_incoming *in, struct form *ret, struct err *e)
{
	if (in->method == HTTP_GET)
		return form_parse(in->query, strlen(in->query), ret, e);
	if (in->body_len > 0 && !http_is_form(in->content_type))
		return err_set(e, "the body is to be a form");
	return form_parse(in->body, in->body_len, ret, e);
}

void
control_serve(struct httpd_exchange *x, const struct http_incoming *in,
    void *arg)
{
	struct control *c = arg;
	struct question q = { .control = c, .x = x, .name = name_of(in) };
	char who[ASKER_SIZE];
	struct form form;
	bool known;
	const struct route *route = find_route(q.name, in->method, &known);
	struct err e;

	if (!route) {
		respond_error(x, known ? 405 : 404, known ?
		    "this is asked the other way (GET, POST)" :
		    "there is no such thing to ask");
	} else if (asker_find(engine_config(c->engine), in->peer_uid, who,
	        &e) == -1) {
		respond_error(x, 403, e.text);
	} else if (read_form(in, &form, &e) == -1) {
		respond_error(x, 400, e.text);
	} else {
		q.form = &form;
		q.who = who;
		route->serve(&q);
		form_release(&form);
	}
}
