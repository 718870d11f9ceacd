/*
 * The frame of every page, and the fields of every answer.
 *
 * Nothing inline is allowed, neither style nor script, so that even markup
 * that slipped in could do nothing; nothing is fetched from anywhere else.
 * The referrer goes to ourselves only: with "no-referrer" browsers would also
 * send "Origin: null" with our own forms, and that is looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url.h"
#include "web/page.h"
#include "web/version.h"

#define POLICY "default-src 'none'; style-src 'self'; script-src 'self'; " \
	"connect-src 'self'; form-action 'self'; base-uri 'none'; " \
	"frame-ancestors 'none'"

char *
frame_root(const struct config *c)
{
	struct url u;

	if (url_parse(c->web.public_url, &u, NULL) == -1)
		return mem_dup("");
	return mem_dup(u.path);
}

static bool
is_https(const struct config *c)
{
	return strncmp(c->web.public_url, "https:", 6) == 0;
}

void
frame_fields(const struct config *c, struct http_fields *f)
{
	http_fields_add(f, "Content-Security-Policy", POLICY);
	http_fields_add(f, "X-Content-Type-Options", "nosniff");
	http_fields_add(f, "Referrer-Policy", "same-origin");
	http_fields_add(f, "Cross-Origin-Opener-Policy", "same-origin");
	http_fields_add(f, "Cross-Origin-Resource-Policy", "same-origin");
	if (is_https(c))
		http_fields_add(f, "Strict-Transport-Security",
		    "max-age=31536000");
}

void
frame_answer(struct httpd_exchange *x, const struct config *c, int status,
    struct html *taken, struct http_fields *more)
{
	struct http_fields fields = { 0 };

	if (!more)
		more = &fields;
	frame_fields(c, more);
	http_fields_add(more, "Cache-Control", "no-store");
	httpd_answer(x, status, "text/html; charset=utf-8",
	    buf_text(&taken->out), taken->out.len, more);
	http_fields_release(more);
	html_release(taken);
}

void
frame_asset(struct httpd_exchange *x, const struct config *c,
    const char *type, const char *text)
{
	struct http_fields fields = { 0 };

	frame_fields(c, &fields);
	http_fields_add(&fields, "Cache-Control", "public, max-age=86400");
	httpd_answer(x, 200, type, text, strlen(text), &fields);
	http_fields_release(&fields);
}

/* ---- the page ---------------------------------------------------------- */

static const struct place {
	const char *path, *words;
	bool coordinators;
} places[] = {
	{ "/list", "My list", false },
	{ "/morning", "This morning", true },
	{ "/flags", "Flags", true },
	{ "/people", "People", true },
	{ "/texts", "To read", true },
	{ "/team", "Team", true },
};

/* The version lets a browser keep a file for as long as it is the same. */
static void
asset_link(struct html *h, const char *tag, const char *path)
{
	char *whole = mem_printf("%s%s?v=%s", h->root, path, VERSION_TEXT);

	if (strcmp(tag, "link") == 0) {
		html_void(h, "link", HTML("rel", "stylesheet", "href",
		    whole));
	} else {
		html_open(h, "script", HTML("src", whole, "defer", ""));
		html_close(h);
	}
	free(whole);
}

static void
head(struct html *h, const char *service, const char *title, bool live)
{
	html_open(h, "head", NULL);
	html_void(h, "meta", HTML("charset", "utf-8"));
	html_void(h, "meta", HTML("name", "viewport", "content",
	    "width=device-width, initial-scale=1"));
	html_void(h, "meta", HTML("name", "robots", "content",
	    "noindex, nofollow"));
	html_void(h, "meta", HTML("name", "format-detection", "content",
	    "telephone=no"));
	html_open(h, "title", NULL);
	html_textf(h, "%s \xc2\xb7 %s", title, service);
	html_close(h);
	asset_link(h, "link", "/style.css");
	if (live)
		asset_link(h, "script", "/script.js");
	html_close(h);
}

static void
menu(struct html *h, const char *path, const struct config_volunteer *viewer)
{
	html_open(h, "nav", HTML("aria-label", "Pages"));
	html_open(h, "ul", NULL);
	for (size_t i = 0; i < COUNT(places); i++) {
		char *whole;

		if (places[i].coordinators && !viewer->coordinator)
			continue;
		whole = mem_printf("%s%s", h->root, places[i].path);
		html_open(h, "li", NULL);
		html_line(h, "a", HTML("href", whole, "aria-current",
		    strcmp(path, places[i].path) == 0 ? "page" : NULL),
		    places[i].words);
		html_close(h);
		free(whole);
	}
	html_close(h);
	html_close(h);
}

void
frame_begin(struct html *h, const char *root, const char *service,
    const char *title, const char *path, const struct config_volunteer *viewer,
    bool live)
{
	html_begin(h, root);
	html_open(h, "html", HTML("lang", "en-GB"));
	head(h, service, title, live);
	html_open(h, "body", NULL);
	html_line(h, "a", HTML("class", "skip", "href", "#main"),
	    "To the content");
	html_open(h, "header", NULL);
	html_line(h, "p", HTML("class", "service"), service);
	if (viewer) {
		menu(h, path, viewer);
		html_open(h, "p", HTML("class", "danger"));
		html_text(h, "Immediate danger: ");
		html_line(h, "a", HTML("href", "tel:999"), "ring 999");
		html_text(h, " first.");
		html_close(h);
	}
	html_close(h);
	html_open(h, "main", HTML("id", "main", "data-live",
	    live ? "20" : NULL));
}

void
frame_end(struct html *h)
{
	html_close_to(h, 0);
}
