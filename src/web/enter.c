/*
 * Signing in: ask for a link, open it, press its button; and signing out.
 *
 * Opening a link does nothing, and shows the same whether it is good or not:
 * mail scanners and previews of messages open links.  Asking gives the same
 * answer whether we know the number or not, after the same wait for a turn's
 * commit.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "web/limits.h"
#include "web/page.h"
#include "web/respond.h"

#define TYPED_MAX 254	/* an e-mail address at its longest */
#define LINK_TOKEN 32	/* characters */

/* ---- pages ------------------------------------------------------------- */

static void
begin(struct look *k, const char *title)
{
	frame_begin(&k->html, k->root,
	    engine_config(k->pages->engine)->service.name, title, "", NULL,
	    false);
	html_line(&k->html, "h1", NULL, title);
}

static void
answer(struct look *k, int status)
{
	frame_end(&k->html);
	frame_answer(k->x, engine_config(k->pages->engine), status, &k->html,
	    NULL);
}

static void
show_ask(struct look *k)
{
	struct html *h = &k->html;

	begin(k, "Sign in");
	html_line(h, "p", NULL, "For the volunteers and coordinators of this "
	    "service. We send you a link; it opens your list for today.");
	html_form(h, "/in", "card");
	html_line(h, "label", HTML("for", "to"),
	    "Your mobile number or e-mail address");
	html_void(h, "input", HTML("id", "to", "name", "to", "type", "text",
	    "required", "", "maxlength", "254", "autocomplete", "username",
	    "autocapitalize", "none", "spellcheck", "false", "aria-describedby",
	    "to-help"));
	html_line(h, "p", HTML("id", "to-help", "class", "hint"),
	    "The one that the office has of you.");
	html_line(h, "button", HTML("class", "primary"), "Send me a link");
	html_close(h);
	answer(k, 200);
}

static void
show_button(struct look *k)
{
	struct html *h = &k->html;

	begin(k, "Sign in");
	html_line(h, "p", NULL, "One more step, so that nobody but you uses "
	    "the link.");
	html_form(h, k->path, "card");
	html_line(h, "button", HTML("class", "primary", "autofocus", ""),
	    "Sign in");
	html_close(h);
	html_open(h, "p", HTML("class", "hint"));
	html_text(h, "You stay signed in on this device until the end of the "
	    "day. It does not work? ");
	html_link(h, "/in", NULL, "Ask for another link");
	html_text(h, ".");
	html_close(h);
	answer(k, 200);
}

/* ---- asking for a link ------------------------------------------------- */

static int
act_ask(struct look *k, struct err *e)
{
	return engine_send_link(k->pages->engine, form_get(&k->form, "to"),
	    k->now, e);
}

static void
answer_lost(struct look *k)
{
	respond_text(k->x, 503, "This could not be written down, so nothing "
	    "has happened. Please try again in a minute; if it is urgent, "
	    "ring the office.\n");
}

static void
answer_asked(struct look *k, enum turn_fate fate, const struct err *e)
{
	(void)e;
	if (fate == TURN_LOST) {
		answer_lost(k);
		return;
	}
	begin(k, "Look at your messages");
	html_line(&k->html, "p", NULL, "If this is the number or address of "
	    "one of us, a link is on its way to it. It works once, for ten "
	    "minutes.");
	html_open(&k->html, "p", HTML("class", "hint"));
	html_text(&k->html, "Nothing came after a few minutes? ");
	html_link(&k->html, "/in", NULL, "Ask again");
	html_text(&k->html, ", at most a few times in an hour, or ring the "
	    "office.");
	html_close(&k->html);
	answer(k, 200);
}

static void
ask(struct look *k)
{
	const char *to = form_get(&k->form, "to");

	if (to && *to && strlen(to) <= TYPED_MAX) {
		look_post(k, act_ask, answer_asked);
		return;
	}
	look_say(k, 400, "Sign in", "Please give the mobile number or e-mail "
	    "address that the office has of you.");
	look_free(k);
}

/* ---- a link's button --------------------------------------------------- */

static bool
is_link(const char *token)
{
	return strlen(token) == LINK_TOKEN &&
	    strspn(token, "0123456789abcdef") == LINK_TOKEN;
}

static int
act_enter(struct look *k, struct err *e)
{
	uint8_t token[(PAGE_TOKEN_SIZE - 1) / 2], hash[CRYPTO_SHA256_SIZE];
	struct buf hex = BUF_EMPTY;

	crypto_random(token, sizeof(token));
	buf_add_hex(&hex, token, sizeof(token));
	memcpy(k->token, buf_text(&hex), PAGE_TOKEN_SIZE);
	explicit_bzero(hex.data, hex.len);
	buf_release(&hex);
	crypto_sha256(k->token, strlen(k->token), hash);
	return engine_sign_in(k->pages->engine, k->rest, hash, k->address,
	    k->now, e);
}

static void
answer_entered(struct look *k, enum turn_fate fate, const struct err *e)
{
	struct http_fields fields = { 0 };

	if (fate == TURN_LOST) {
		answer_lost(k);
	} else if (fate == TURN_REFUSED) {
		look_say(k, 403, "Sign in", e->text);
	} else {
		look_set_cookie(k, k->token, &fields);
		look_send_to(k, "/", &fields);
	}
}

/* ---- signing out ------------------------------------------------------- */

static int
act_leave(struct look *k, struct err *e)
{
	return engine_sign_out(k->pages->engine, k->session.id,
	    k->session.volunteer, k->now, e);
}

static void
answer_left(struct look *k, enum turn_fate fate, const struct err *e)
{
	struct http_fields fields = { 0 };

	(void)e;
	if (fate == TURN_LOST) {
		answer_lost(k);
		return;
	}
	look_set_cookie(k, "", &fields);
	look_send_to(k, "/in", &fields);
}

static void
leave(struct look *k, const struct http_incoming *in)
{
	struct err e;

	if (look_find(k, in, &e) == 1 && look_has_csrf(k)) {
		look_post(k, act_leave, answer_left);
		return;
	}
	look_send_to(k, "/in", NULL);
	look_free(k);
}

/* ---- routes ------------------------------------------------------------ */

static void
serve_post(struct look *k, const struct http_incoming *in)
{
	struct limits *of = strcmp(k->path, "/in") == 0 ? k->pages->asks :
	    k->pages->tries;

	if (!limits_take(of, k->address, clock_monotonic())) {
		look_say(k, 429, "Too often", "Somebody at your place has "
		    "asked for this very often. Please wait for a few "
		    "minutes, or ring the office.");
		look_free(k);
	} else if (!look_is_ours(k, in)) {
		look_say(k, 403, "Not from here", "This was not sent by a "
		    "page of this service. Please begin here.");
		look_free(k);
	} else if (strcmp(k->path, "/out") == 0) {
		leave(k, in);
	} else if (*k->rest) {
		look_post(k, act_enter, answer_entered);
	} else {
		ask(k);
	}
}

bool
enter_serve(struct look *k, const struct http_incoming *in)
{
	bool link = strncmp(k->path, "/in/", 4) == 0 && is_link(k->path + 4);

	if (!link && strcmp(k->path, "/in") != 0 &&
	    (strcmp(k->path, "/out") != 0 || k->method != HTTP_POST))
		return false;
	if (link)
		k->rest = k->path + 4;
	if (k->method == HTTP_POST) {
		serve_post(k, in);
		return true;
	}
	if (link)
		show_button(k);
	else
		show_ask(k);
	look_free(k);
	return true;
}
