#include "web/pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/num.h"
#include "web/assets.h"
#include "web/limits.h"
#include "web/orders.h"
#include "web/page.h"
#include "web/respond.h"

#define LOST "This could not be written down, so nothing has happened. " \
	"Please try again in a minute, or ring the office.\n"

/* Of links: an office with one address may have twenty people. */
#define ASKS_BURST 20
#define ASKS_EVERY MSEC_MINUTE
#define ASKS_ALL 100
#define ASKS_ALL_EVERY (2 * MSEC_SECOND)
/* Of all else that a stranger asks. */
#define TRIES_BURST 60
#define TRIES_EVERY (2 * MSEC_SECOND)
#define TRIES_ALL 600
#define TRIES_ALL_EVERY 100

static const struct page pages[] = {
	{ "/list", "My list", .live = true, .show = page_list },
	{ "/flag/", "Flag", .live = true, .heads = true, .show = page_flag },
	{ "/morning", "This morning", .coordinators = true, .live = true,
	    .show = page_morning },
	{ "/flags", "All flags", .coordinators = true, .live = true,
	    .show = page_flags },
	{ "/people", "People", .coordinators = true, .show = page_people },
	{ "/person/", "Person", .coordinators = true, .heads = true,
	    .show = page_person },
	{ "/texts", "To read", .coordinators = true, .show = page_texts },
	{ "/team", "Team", .coordinators = true, .show = page_team },
};

struct pages *
pages_new(struct engine *en, const struct pages_ops *ops)
{
	struct pages *p = mem_alloc(sizeof(*p));

	p->engine = en;
	p->ops = *ops;
	p->asks = limits_new(ASKS_BURST, ASKS_EVERY, ASKS_ALL, ASKS_ALL_EVERY);
	p->tries = limits_new(TRIES_BURST, TRIES_EVERY, TRIES_ALL,
	    TRIES_ALL_EVERY);
	return p;
}

void
pages_free(struct pages *p)
{
	if (!p)
		return;
	limits_free(p->asks);
	limits_free(p->tries);
	free(p);
}

/* ---- a page ------------------------------------------------------------ */

/* The same for what there is not and for what is not theirs to see. */
static void
not_found(struct look *k)
{
	look_say(k, 404, "Not here", "There is no such page, or it is not for "
	    "you to see.");
}

static int
make_page(struct look *k, struct err *e)
{
	frame_begin(&k->html, k->root, k->config->service.name,
	    k->page->title, k->page->path, k->viewer, k->page->live);
	if (!k->page->heads)
		html_line(&k->html, "h1", NULL, k->page->title);
	if (k->page->show(k, e) == -1)
		return -1;
	if (k->failed)
		return err_set(e, "who has looked cannot be written down");
	return 0;
}

static void
send_page(struct look *k, enum turn_fate fate, const struct err *e)
{
	if (fate == TURN_LOST) {
		respond_text(k->x, 503, "Not now: the service cannot write "
		    "down what happens. Please try again in a minute, or ring "
		    "the office.\n");
	} else if (fate == TURN_REFUSED) {
		look_say(k, 500, "That went wrong", e->text);
	} else if (k->status == 404) {
		not_found(k);
	} else {
		frame_end(&k->html);
		frame_answer(k->x, k->config, k->status, &k->html, NULL);
	}
}

/* Its page, or NULL; sets the rest of the path. */
static const struct page *
find_page(struct look *k)
{
	for (size_t i = 0; i < COUNT(pages); i++) {
		size_t n = strlen(pages[i].path);

		if (pages[i].path[n - 1] == '/' ?
		    strncmp(k->path, pages[i].path, n) != 0 || !k->path[n] :
		    strcmp(k->path, pages[i].path) != 0)
			continue;
		k->rest = k->path + n;
		return &pages[i];
	}
	return NULL;
}

static void
serve_page(struct look *k)
{
	const struct config_volunteer *viewer = config_volunteer(
	    engine_config(k->pages->engine), k->session.volunteer);

	if (strcmp(k->path, "/") == 0) {
		look_send_to(k, viewer->coordinator ? "/morning" : "/list",
		    NULL);
	} else if ((k->page = find_page(k)) &&
	    (!k->page->coordinators || viewer->coordinator)) {
		look_post(k, make_page, send_page);
		return;
	} else {
		not_found(k);
	}
	look_free(k);
}

/* ---- orders ------------------------------------------------------------ */

/* Which orders a page may give, and who.  What anybody may order has the code
 * of a flag that is theirs to see. */
static const struct page_order {
	const char *name;
	bool coordinators;
	const char *then;	/* the page behind it, "?": with what was done
				 * to the flag; NULL: the flag's own */
} page_orders[] = {
	{ "claim", false, NULL },
	{ "decline", false, "/list?" },
	{ "release", false, "/list?" },
	{ "resolve", false, "/list?" },
	{ "hand-over", false, NULL },
	{ "note", false, NULL },
	{ "call", false, NULL },
	{ "ask-contact", false, NULL },
	{ "concern", false, NULL },
	{ "confirm", false, "/list?" },
	{ "review", true, "/texts" },
	{ "away", true, "/person/" },
	{ "back", true, "/person/" },
	{ "hold", true, "/morning" },
	{ "resume", true, "/morning" },
};

static const struct page_order *
find_order(const char *name)
{
	for (size_t i = 0; i < COUNT(page_orders); i++)
		if (strcmp(page_orders[i].name, name) == 0)
			return &page_orders[i];
	return NULL;
}

/* Where a browser goes when the order stands in the ledger. */
static void
go_on(struct look *k, const struct order *o)
{
	const struct page_order *p = find_order(k->rest);
	const char *given = form_get(&k->form, "code");
	char code[CLAIM_CODE_SIZE], *path;

	if (p->coordinators)
		path = mem_printf("%s%s", p->then, o->participant);
	else if (!given || claim_normalise_code(given, code) == -1)
		path = mem_dup("/list");
	else if (p->then)
		path = mem_printf("%s%s=%s", p->then, p->name, code);
	else
		path = mem_printf("/flag/%s", code);
	look_send_to(k, path, NULL);
	free(path);
}

static void
answer_order(void *arg, const struct order *o, int status, const struct err *e)
{
	struct look *k = arg;

	if (status == 200)
		go_on(k, o);
	else if (status == 503)
		respond_text(k->x, 503, LOST);
	else
		look_say(k, status, "That did not work", e->text);
	look_free(k);
}

/* May the viewer order it: theirs to see, if it is about a flag? */
static bool
may_order(struct look *k, const struct page_order *p)
{
	const char *code = form_get(&k->form, "code"), *whose;
	char own[CLAIM_CODE_SIZE];
	struct ledger_flag f;
	struct err e;

	k->config = engine_config(k->pages->engine);
	k->viewer = config_volunteer(k->config, k->session.volunteer);
	if (!p || (p->coordinators && !k->viewer->coordinator))
		return false;
	if (p->coordinators)
		return true;
	if (!code || claim_normalise_code(code, own) == -1 ||
	    ledger_flag_by_code(engine_ledger(k->pages->engine), own, &f,
	        &e) != 1 || !parts_may_see(k, &f))
		return false;
	/* Of nobody but the flag's own person. */
	whose = form_get(&k->form, "participant");
	return !whose || strcmp(whose, f.participant) == 0;
}

/* ---- sessions ---------------------------------------------------------- */

static int
act_end(struct look *k, struct err *e)
{
	int64_t id;

	if (num_int(k->rest, 1, INT64_MAX, &id, e) == -1)
		return -1;
	return engine_sign_out(k->pages->engine, id, k->viewer->id, k->now, e);
}

static void
answer_end(struct look *k, enum turn_fate fate, const struct err *e)
{
	if (fate == TURN_KEPT)
		look_send_to(k, "/team", NULL);
	else if (fate == TURN_LOST)
		respond_text(k->x, 503, LOST);
	else
		look_say(k, 404, "That did not work", e->text);
}

static bool
serve_session(struct look *k)
{
	const struct config_volunteer *viewer = config_volunteer(
	    engine_config(k->pages->engine), k->session.volunteer);

	if (!viewer->coordinator || strncmp(k->path, "/session/", 9) != 0)
		return false;
	k->rest = k->path + 9;
	look_post(k, act_end, answer_end);
	return true;
}

static void
serve_order(struct look *k)
{
	struct order_door door = {
		k->pages->engine, "page", answer_order, k,
	};

	if (serve_session(k))
		return;
	if (strncmp(k->path, "/order/", 7) == 0)
		k->rest = k->path + 7;
	if (may_order(k, find_order(k->rest))) {
		orders_post(&door, k->rest, &k->form, k->session.volunteer,
		    k->x);
		return;
	}
	not_found(k);
	look_free(k);
}

/* ---- whoever comes ----------------------------------------------------- */

/*
 * A link from elsewhere, such as a mail read in a browser: the cookie does not
 * come along, because it is Strict.  So a page of ours goes on by itself, which
 * then is from here.
 */
static void
step_inside(struct look *k)
{
	const struct config *c = engine_config(k->pages->engine);
	/* Only to what there is: "//elsewhere" is a path too. */
	const char *path = find_page(k) ? k->path : "/";
	char *to = mem_printf("0;url=%s%s", k->root, path);
	struct html h;

	html_begin(&h, k->root);
	html_open(&h, "html", HTML("lang", "en-GB"));
	html_open(&h, "head", NULL);
	html_void(&h, "meta", HTML("charset", "utf-8"));
	html_void(&h, "meta", HTML("http-equiv", "refresh", "content", to));
	html_line(&h, "title", NULL, c->service.name);
	html_close(&h);
	html_open(&h, "body", NULL);
	html_link(&h, path, NULL, "Go on");
	html_close_to(&h, 0);
	frame_answer(k->x, c, 200, &h, NULL);
	free(to);
	look_free(k);
}

static void
serve_stranger(struct look *k, const struct http_incoming *in)
{
	const char *site = http_fields_get(&in->fields, "Sec-Fetch-Site");

	if (k->method == HTTP_GET && site && strcmp(site, "cross-site") == 0) {
		step_inside(k);
		return;
	}
	if (!limits_take(k->pages->tries, k->address, clock_monotonic()))
		look_say(k, 429, "Too often", "Please wait for a moment.");
	else if (k->method == HTTP_GET)
		look_send_to(k, "/in", NULL);
	else
		look_say(k, 403, "Sign in", "You are not signed in any more, "
		    "so nothing has happened.");
	look_free(k);
}

static void
serve_look(struct look *k, const struct http_incoming *in)
{
	struct err e;
	int found;

	if (enter_serve(k, in))
		return;
	found = look_find(k, in, &e);
	if (found == 0) {
		serve_stranger(k, in);
		return;
	}
	if (found == 1 && k->method == HTTP_GET) {
		serve_page(k);
		return;
	}
	if (found == 1 && look_is_ours(k, in) && look_has_csrf(k)) {
		serve_order(k);
		return;
	}
	if (found == -1)
		respond_text(k->x, 503, "Not now; please try again in a "
		    "minute.\n");
	else
		look_say(k, 403, "Not from here", "This was not sent by a "
		    "page of this service, or by one that was too old, so "
		    "nothing has happened.");
	look_free(k);
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
pages_serve(struct pages *p, struct httpd_exchange *x,
    const struct http_incoming *in)
{
	const struct config *c = engine_config(p->engine);
	struct form form = { 0 };
	struct look *k;
	struct err e;

	if (read_form(in, &form, &e) == -1) {
		respond_text(x, 400, "This makes no sense.\n");
		return;
	}
	k = look_new(p, x, in, &form);
	if (strcmp(k->path, "/style.css") == 0) {
		frame_asset(x, c, "text/css; charset=utf-8", assets_style);
		look_free(k);
	} else if (strcmp(k->path, "/script.js") == 0) {
		frame_asset(x, c, "text/javascript; charset=utf-8",
		    assets_script);
		look_free(k);
	} else {
		serve_look(k, in);
	}
}
