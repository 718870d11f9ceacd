#include "web/hooks.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "web/respond.h"

#define PREFIX "/hook/"
#define HEALTH "/health"
#define GATEWAY_NAME_MAX 49	/* as in a section's name */
/* Anybody may knock: who does so all day must not fill the journal, which
 * would drop lines that matter. */
#define TELL_AGAIN MSEC_MINUTE

struct hooks {
	struct engine *engine;
	struct hooks_ops ops;
	msec tell_after;	/* of refused ones, by the monotonic clock */
	int untold;
};

struct hooks *
hooks_new(struct engine *en, const struct hooks_ops *ops)
{
	struct hooks *h = mem_alloc(sizeof(*h));

	h->engine = en;
	h->ops = *ops;
	return h;
}

void
hooks_free(struct hooks *h)
{
	free(h);
}

/* ---- is the daemon well? ----------------------------------------------- */

static void
health(struct hooks *h, struct httpd_exchange *x)
{
	const char *unwell = h->ops.unwell(h->ops.arg);
	json_t *doc = json_object();

	api_json_put_text(doc, "status", unwell ? "unwell" : "ok");
	if (unwell)
		api_json_put_text(doc, "reason", unwell);
	respond_json(x, unwell ? 503 : 200, doc);
}

/* ---- hooks ------------------------------------------------------------- */

static void
answered(void *arg, const struct hook_answer *answer)
{
	struct httpd_exchange *x = arg;

	if (answer)
		respond_bytes(x, answer->status, answer->content_type,
		    buf_text(&answer->body), answer->body.len);
	else
		respond_text(x, 503, "Not now; please send it again.\n");
}

/* The gateway that the path "/hook/NAME/..." names; NULL if none. */
static struct gateway *
find_gateway(struct engine *en, const char *path)
{
	const char *name = path + strlen(PREFIX);
	size_t n = strcspn(name, "/");
	char copy[GATEWAY_NAME_MAX + 1];

	if (n == 0 || n > GATEWAY_NAME_MAX || name[n] != '/')
		return NULL;
	memcpy(copy, name, n);
	copy[n] = '\0';
	return engine_gateway(en, copy);
}

static void
tell_refused(struct hooks *h, struct gateway *g, const char *what)
{
	msec mono = clock_monotonic();

	if (mono < h->tell_after) {
		h->untold++;
		return;
	}
	log_warn("web", "hook %s gateway=%s untold_before=%d", what,
	    gateway_conf(g)->name, h->untold);
	h->tell_after = mono + TELL_AGAIN;
	h->untold = 0;
}

static void
refuse(struct hooks *h, struct httpd_exchange *x, struct gateway *g,
    enum hook_verdict verdict)
{
	switch (verdict) {
	case HOOK_FORGED:
		tell_refused(h, g, "with a wrong signature (does public_url "
		    "match, and the token?)");
		respond_text(x, 403, "The signature does not fit.\n");
		return;
	case HOOK_BAD:
		tell_refused(h, g, "makes no sense");
		respond_text(x, 400, "This is no hook.\n");
		return;
	default:
		respond_text(x, 404, "Not found.\n");
	}
}

static void
hook(struct hooks *h, struct httpd_exchange *x, const struct http_incoming *in)
{
	struct gateway *g = find_gateway(h->engine, in->path);
	enum hook_verdict verdict;
	struct event event = { .text = NULL };

	if (!g) {
		respond_text(x, 404, "Not found.\n");
		return;
	}
	verdict = gateway_read_hook(g, in, &event);
	if (verdict == HOOK_EVENT)
		engine_post_event(h->engine, g, &event, answered, x);
	else
		refuse(h, x, g, verdict);
}

/* ---- recordings -------------------------------------------------------- */

/* Found among what was loaded, by the whole path: nothing of it reaches the
 * disk.  It never changes, so the gateway may keep it. */
static void
play(struct hooks *h, struct httpd_exchange *x, const struct http_incoming *in)
{
	const struct config_recording *r = config_play(
	    engine_config(h->engine), in->path);
	struct http_fields extra = { 0 };

	if (in->method != HTTP_GET || !r) {
		respond_text(x, 404, "Not found.\n");
		return;
	}
	http_fields_add(&extra, "Cache-Control", "max-age=86400, immutable");
	httpd_answer(x, 200, r->type, r->bytes, r->n, &extra);
	http_fields_release(&extra);
}

bool
hooks_own(const char *path)
{
	return strcmp(path, HEALTH) == 0 ||
	    strncmp(path, PREFIX, strlen(PREFIX)) == 0 ||
	    strncmp(path, CONFIG_PLAY, strlen(CONFIG_PLAY)) == 0;
}

void
hooks_serve(struct httpd_exchange *x, const struct http_incoming *in, void *arg)
{
	struct hooks *h = arg;

	if (strcmp(in->path, HEALTH) == 0)
		health(h, x);
	else if (strncmp(in->path, PREFIX, strlen(PREFIX)) == 0)
		hook(h, x, in);
	else if (strncmp(in->path, CONFIG_PLAY, strlen(CONFIG_PLAY)) == 0)
		play(h, x, in);
	else
		respond_text(x, 404, "Not found.\n");
}
