#include "web/hooks.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "web/respond.h"

#define PREFIX "/hook/"
#define GATEWAY_NAME_MAX 49	/* as in a section's name */

struct hooks {
	struct engine *engine;
	struct hooks_ops ops;
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
refuse(struct httpd_exchange *x, struct gateway *g, enum hook_verdict verdict)
{
	const char *name = gateway_conf(g)->name;

	switch (verdict) {
	case HOOK_FORGED:
		log_warn("web", "hook with a wrong signature gateway=%s; does "
		    "public_url match, and the token?", name);
		respond_text(x, 403, "The signature does not fit.\n");
		return;
	case HOOK_BAD:
		log_warn("web", "hook makes no sense gateway=%s", name);
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
		refuse(x, g, verdict);
}

void
hooks_serve(struct httpd_exchange *x, const struct http_incoming *in, void *arg)
{
	struct hooks *h = arg;

	if (strcmp(in->path, "/health") == 0)
		health(h, x);
	else if (strncmp(in->path, PREFIX, strlen(PREFIX)) == 0)
		hook(h, x, in);
	else
		respond_text(x, 404, "Not found.\n");
}
