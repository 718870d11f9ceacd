#include "web/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "net/form.h"
#include "rules/claim.h"
#include "rules/text.h"
#include "web/api.h"
#include "web/asker.h"
#include "web/respond.h"
#include "web/version.h"

#define FROM "socket"
#define NOTE_MAX 1000	/* characters of a note */
#define ACCEPT_MAX 1000000

struct control {
	struct engine *engine;
	struct control_ops ops;
};

/* One question: what its route is given. */
struct question {
	struct control *control;
	struct httpd_exchange *x;
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

static struct api_source
source(struct control *c)
{
	return (struct api_source){
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
	struct api_source s = source(q->control);
	struct err e;

	answer_doc(q->x, api_status(&s, &e), &e);
}

static void
get_plan(const struct question *q)
{
	struct api_source s = source(q->control);
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
	struct api_source s = source(q->control);
	struct err e;

	answer_doc(q->x,
	    api_flags(&s, form_get(q->form, "all") != NULL, &e), &e);
}

static void
get_history(const struct question *q)
{
	struct api_source s = source(q->control);
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
get_version(const struct question *q)
{
	json_t *doc = api_json_new("version");

	api_json_put_text(doc, "version", VERSION_TEXT);
	respond_json(q->x, 200, doc);
}

/* ---- changing ---------------------------------------------------------- */

/* Something that a human decided, on its way through the engine. */
struct order {
	struct turn_event event;	/* first: the engine knows this */
	struct control *control;
	struct httpd_exchange *x;
	int (*act)(struct engine *en, const struct order *o, msec now,
	    struct err *e);
	bool about_flag;		/* answered with the flag */
	char who[ASKER_SIZE];
	char code[CLAIM_CODE_SIZE];
	enum disposition disposition;
	enum false_alarm false_alarm;
	char *round;			/* never NULL */
	char *words;			/* reason or note; never NULL */
};

static int
order_handle(struct engine *en, struct turn_event *ev, msec now,
    struct err *e)
{
	struct order *o = (struct order *)ev;

	return o->act(en, o, now, e);
}

static void
show_kept(struct order *o)
{
	struct api_source s = source(o->control);
	bool found;
	struct err e;

	if (o->about_flag)
		answer_doc(o->x, api_flag(&s, o->code, &found, &e), &e);
	else
		answer_doc(o->x, api_holds(&s, &e), &e);
}

/* Lost events end after the control has: only what was kept looks at it. */
static void
order_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct order *o = (struct order *)ev;

	if (fate == TURN_REFUSED)
		respond_error(o->x, 409, e->text);
	else if (fate == TURN_LOST)
		respond_error(o->x, 503, "it could not be written down, "
		    "so nothing has happened; try again in a minute, and see "
		    "`systemctl status ringround`");
	else
		show_kept(o);
	free(o->round);
	free(o->words);
	free(o);
}

/* What people type, on one line of proper UTF-8 and no longer than max
 * characters; NULL where it is longer.  The caller frees. */
static char *
clean_words(const char *text, size_t max)
{
	struct buf b = BUF_EMPTY;
	size_t n = 0;
	uint32_t c;

	for (; text && (c = text_next(&text)) != 0; n++) {
		if (n == max) {
			buf_release(&b);
			return NULL;
		}
		text_add(&b, c < 0x20 || c == 0x7f ? ' ' : c);
	}
	return buf_take(&b);
}

static struct order *
new_order(const struct question *q, bool about_flag,
    int (*act)(struct engine *, const struct order *, msec, struct err *))
{
	struct order *o = mem_alloc(sizeof(*o));

	o->event.handle = order_handle;
	o->event.done = order_done;
	o->control = q->control;
	o->x = q->x;
	o->act = act;
	o->about_flag = about_flag;
	memcpy(o->who, q->who, strlen(q->who) + 1);
	o->round = mem_dup("");
	o->words = mem_dup("");
	return o;
}

static void
drop_order(struct order *o, const char *why)
{
	respond_error(o->x, 400, why);
	free(o->round);
	free(o->words);
	free(o);
}

static void
post(struct order *o)
{
	engine_post(o->control->engine, &o->event);
}

/* The flag's code, as it was typed; false after an answer. */
static bool
take_code(const struct question *q, struct order *o)
{
	const char *code = form_get(q->form, "code");

	if (code && claim_normalise_code(code, o->code) == 0)
		return true;
	drop_order(o, "that is not the code of a flag; `ringround flags` "
	    "lists them");
	return false;
}

static bool
take_words(const struct question *q, const char *key, size_t max,
    struct order *o)
{
	char *words = clean_words(form_get(q->form, key), max);

	if (!words) {
		drop_order(o, "that is too long; say it shorter");
		return false;
	}
	free(o->words);
	o->words = words;
	return true;
}

static int
act_claim(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_claim(en, o->code, o->who, FROM, now, e);
}

static void
post_claim(const struct question *q)
{
	struct order *o = new_order(q, true, act_claim);

	if (take_code(q, o))
		post(o);
}

static int
act_release(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_release(en, o->code, o->who, FROM, now, e);
}

static void
post_release(const struct question *q)
{
	struct order *o = new_order(q, true, act_release);

	if (take_code(q, o))
		post(o);
}

static int
act_resolve(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_resolve(en, o->code, o->who, FROM, o->disposition,
	    o->false_alarm, *o->words ? o->words : NULL, now, e);
}

static void
post_resolve(const struct question *q)
{
	struct order *o = new_order(q, true, act_resolve);
	const char *how = form_get(q->form, "disposition");
	const char *why = form_get(q->form, "reason");

	if (!how || disposition_from_name(how, &o->disposition) == -1 ||
	    !disposition_name(o->disposition) ||
	    o->disposition == DISPOSITION_OWN_WORD)
		drop_order(o, "that is no disposition; `ringround resolve "
		    "--help` lists them");
	else if (why && *why && false_alarm_from_name(why,
	        &o->false_alarm) == -1)
		drop_order(o, "that is no reason of a false alarm; "
		    "`ringround resolve --help` lists them");
	else if (take_words(q, "note", NOTE_MAX, o) && take_code(q, o))
		post(o);
}

/* The round that a hold is about, "" for all; false after an answer. */
static bool
take_round(const struct question *q, struct order *o)
{
	const char *round = form_get(q->form, "round");

	if (!round || !*round)
		return true;
	if (!config_round(engine_config(q->control->engine), round)) {
		drop_order(o, "there is no such round; `ringround status` "
		    "lists them");
		return false;
	}
	free(o->round);
	o->round = mem_dup(round);
	return true;
}

static int
act_hold(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_hold(en, o->round, o->words, o->who, now, e);
}

static void
post_hold(const struct question *q)
{
	struct order *o = new_order(q, false, act_hold);

	if (!take_round(q, o) ||
	    !take_words(q, "reason", LEDGER_DETAIL_SIZE / 4, o))
		return;
	if (strspn(o->words, " ") == strlen(o->words))
		drop_order(o, "why? A hold needs a reason, which everybody "
		    "will see");
	else
		post(o);
}

static int
act_resume(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_resume(en, o->round, o->who, now, e);
}

/* A hold outlives its round, so any name will do: the ledger knows. */
static void
post_resume(const struct question *q)
{
	struct order *o = new_order(q, false, act_resume);
	const char *round = form_get(q->form, "round");

	if (round && strlen(round) >= LEDGER_NAME_SIZE) {
		drop_order(o, "there is no such round");
		return;
	}
	if (round) {
		free(o->round);
		o->round = mem_dup(round);
	}
	post(o);
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

static const struct route {
	enum http_method method;
	const char *path;
	void (*serve)(const struct question *q);
} routes[] = {
	{ HTTP_GET, "/api/status", get_status },
	{ HTTP_GET, "/api/plan", get_plan },
	{ HTTP_GET, "/api/flags", get_flags },
	{ HTTP_GET, "/api/history", get_history },
	{ HTTP_GET, "/api/version", get_version },
	{ HTTP_POST, "/api/claim", post_claim },
	{ HTTP_POST, "/api/release", post_release },
	{ HTTP_POST, "/api/resolve", post_resolve },
	{ HTTP_POST, "/api/hold", post_hold },
	{ HTTP_POST, "/api/resume", post_resume },
	{ HTTP_POST, "/api/reload", post_reload },
};

static const struct route *
find_route(const struct http_incoming *in, bool *ret_path_known)
{
	*ret_path_known = false;
	for (size_t i = 0; i < COUNT(routes); i++) {
		if (strcmp(routes[i].path, in->path) != 0)
			continue;
		*ret_path_known = true;
		if (routes[i].method == in->method)
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
	struct question q = { .control = c, .x = x };
	char who[ASKER_SIZE];
	struct form form;
	bool known;
	const struct route *route = find_route(in, &known);
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
