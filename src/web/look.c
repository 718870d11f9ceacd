#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "base/url.h"
#include "web/page.h"

/* "__Host-": a browser takes it only over https, from this very host, for all
 * of its paths; no neighbour can set it. */
#define COOKIE_SAFE "__Host-ringround"
#define COOKIE_PLAIN "ringround"

/* ---- where from -------------------------------------------------------- */

/* What stands last in the last field of the name: added by whoever spoke to
 * us, behind all that others may have made up.  NULL for none. */
static const char *
last_field(const struct http_fields *f, const char *name)
{
	const char *last = NULL;

	for (size_t i = 0; i < f->n; i++)
		if (strcasecmp(f->items[i].name, name) == 0)
			last = f->items[i].value;
	return last;
}

/* The address that a proxy on this machine has added; whoever is not on it
 * could write there what they like. */
static void
read_address(const struct http_incoming *in, char ret[LEDGER_ADDRESS_SIZE])
{
	const char *peer = in->peer_address ? in->peer_address : "";
	const char *list = last_field(&in->fields, "X-Forwarded-For");
	struct in6_addr parsed;
	const char *last;
	size_t n;

	snprintf(ret, LEDGER_ADDRESS_SIZE, "%s", peer);
	if (!list || !url_is_loopback(peer))
		return;
	last = strrchr(list, ',');
	last = last ? last + 1 : list;
	last += strspn(last, " ");
	n = strcspn(last, " ");
	if (n == 0 || n >= LEDGER_ADDRESS_SIZE)
		return;
	memcpy(ret, last, n);
	ret[n] = '\0';
	if (inet_pton(AF_INET, ret, &parsed) != 1 &&
	    inet_pton(AF_INET6, ret, &parsed) != 1)
		snprintf(ret, LEDGER_ADDRESS_SIZE, "%s", peer);
}

/* "https://check-in.example.org", as a browser writes its origin. */
static char *
our_origin(const struct config *c)
{
	struct url u;
	bool six;
	int usual;

	if (url_parse(c->web.public_url, &u, NULL) == -1)
		return mem_dup("");
	six = strchr(u.host, ':') != NULL;
	usual = strcmp(u.scheme, "https") == 0 ? 443 : 80;
	if (u.port == usual)
		return mem_printf("%s://%s%s%s", u.scheme, six ? "[" : "",
		    u.host, six ? "]" : "");
	return mem_printf("%s://%s%s%s:%d", u.scheme, six ? "[" : "", u.host,
	    six ? "]" : "", u.port);
}

bool
look_is_ours(const struct look *k, const struct http_incoming *in)
{
	const char *origin = http_fields_get(&in->fields, "Origin");
	const char *site = http_fields_get(&in->fields, "Sec-Fetch-Site");
	char *ours;
	bool same;

	if (site && strcmp(site, "same-origin") != 0)
		return false;
	if (!origin)
		return true; /* an old browser: the token has to do */
	ours = our_origin(engine_config(k->pages->engine));
	same = strcasecmp(origin, ours) == 0;
	free(ours);
	return same && http_fields_count(&in->fields, "Origin") == 1;
}

/* ---- who --------------------------------------------------------------- */

static bool
is_https(const struct config *c)
{
	return strncmp(c->web.public_url, "https:", 6) == 0;
}

static const char *
cookie_name(const struct config *c)
{
	return is_https(c) ? COOKIE_SAFE : COOKIE_PLAIN;
}

static bool
is_token(const char *text, size_t n)
{
	return n == PAGE_TOKEN_SIZE - 1 &&
	    strspn(text, "0123456789abcdef") >= n;
}

/* The first cookie of our name that looks like one of ours. */
static bool
read_cookie(const char *name, const char *field, char ret[PAGE_TOKEN_SIZE])
{
	size_t len = strlen(name), n;

	for (const char *at = field; *at; at += n + (at[n] == ';')) {
		at += strspn(at, " ");
		n = strcspn(at, ";");
		if (n <= len || strncmp(at, name, len) != 0 ||
		    at[len] != '=' || !is_token(at + len + 1, n - len - 1))
			continue;
		memcpy(ret, at + len + 1, PAGE_TOKEN_SIZE - 1);
		ret[PAGE_TOKEN_SIZE - 1] = '\0';
		return true;
	}
	return false;
}

/* What a form of this session carries: it tells nothing of the token. */
static void
make_csrf(struct look *k)
{
	char *of = mem_printf("form %s", k->token);
	uint8_t hash[CRYPTO_SHA256_SIZE];
	struct buf hex = BUF_EMPTY;

	crypto_sha256(of, strlen(of), hash);
	buf_add_hex(&hex, hash, (PAGE_CSRF_SIZE - 1) / 2);
	memcpy(k->csrf, buf_text(&hex), PAGE_CSRF_SIZE);
	buf_release(&hex);
	free(of);
}

int
look_find(struct look *k, const struct http_incoming *in, struct err *e)
{
	struct engine *en = k->pages->engine;
	const char *field = http_fields_get(&in->fields, "Cookie");
	msec now = k->pages->ops.now(k->pages->ops.arg);
	uint8_t hash[CRYPTO_SHA256_SIZE];
	struct ledger_session s;
	int found;

	if (!field || !read_cookie(cookie_name(engine_config(en)), field,
	        k->token))
		return 0;
	crypto_sha256(k->token, strlen(k->token), hash);
	found = ledger_session_by_hash(engine_ledger(en), hash, &s, e);
	if (found != 1)
		return found;
	if (s.ended_at != 0 || now >= s.until ||
	    !config_volunteer(engine_config(en), s.volunteer))
		return 0;
	k->session = s;
	make_csrf(k);
	return 1;
}

bool
look_has_csrf(const struct look *k)
{
	const char *given = form_get(&k->form, "csrf");

	return k->session.id != 0 && given &&
	    strlen(given) == PAGE_CSRF_SIZE - 1 &&
	    crypto_equal(given, k->csrf, PAGE_CSRF_SIZE - 1);
}

void
look_set_cookie(const struct look *k, const char *token,
    struct http_fields *ret)
{
	const struct config *c = engine_config(k->pages->engine);
	char *cookie = mem_printf("%s=%s; Path=/; HttpOnly; SameSite=Strict%s"
	    "%s", cookie_name(c), token, is_https(c) ? "; Secure" : "",
	    *token ? "" : "; Max-Age=0");

	http_fields_add(ret, "Set-Cookie", cookie);
	free(cookie);
}

/* ---- its life ---------------------------------------------------------- */

struct look *
look_new(struct pages *p, struct httpd_exchange *x,
    const struct http_incoming *in, struct form *taken)
{
	struct look *k = mem_alloc(sizeof(*k));
	size_t n;

	k->pages = p;
	k->x = x;
	k->method = in->method;
	k->root = frame_root(engine_config(p->engine));
	n = strlen(k->root);
	/* A proxy may have taken it away already. */
	k->path = mem_dup(in->path + (strncmp(in->path, k->root, n) == 0 &&
	    in->path[n] == '/' ? n : 0));
	k->rest = "";
	k->form = *taken;
	*taken = (struct form){ 0 };
	read_address(in, k->address);
	k->status = 200;
	return k;
}

void
look_free(struct look *k)
{
	html_release(&k->html);
	form_release(&k->form);
	explicit_bzero(k->token, sizeof(k->token));
	free(k->root);
	free(k->path);
	free(k);
}

static int
handle(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct look *k = (struct look *)ev;

	k->now = now;
	k->config = engine_config(en);
	k->ledger = engine_ledger(en);
	k->viewer = k->session.id != 0 ?
	    config_volunteer(k->config, k->session.volunteer) : NULL;
	if (k->session.id != 0 && !k->viewer)
		return err_set(e, "You are not of the team any more.");
	return k->act(k, e);
}

static void
done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct look *k = (struct look *)ev;

	k->answer(k, fate, e);
	look_free(k);
}

void
look_post(struct look *k, int (*act)(struct look *k, struct err *e),
    void (*answer)(struct look *k, enum turn_fate fate, const struct err *e))
{
	k->event.handle = handle;
	k->event.done = done;
	k->act = act;
	k->answer = answer;
	engine_post(k->pages->engine, &k->event);
}

/* ---- short answers ----------------------------------------------------- */

void
look_say(struct look *k, int status, const char *title, const char *sentence)
{
	const struct config *c = engine_config(k->pages->engine);
	const struct config_volunteer *viewer = k->session.id != 0 ?
	    config_volunteer(c, k->session.volunteer) : NULL;
	struct html h;

	frame_begin(&h, k->root, c->service.name, title, "", viewer, false);
	html_line(&h, "h1", NULL, title);
	html_line(&h, "p", NULL, sentence);
	html_open(&h, "p", NULL);
	html_link(&h, viewer ? "/list" : "/in", "button",
	    viewer ? "To my list" : "To sign in");
	html_close(&h);
	frame_end(&h);
	frame_answer(k->x, c, status, &h, NULL);
}

void
look_send_to(struct look *k, const char *path, struct http_fields *more)
{
	const struct config *c = engine_config(k->pages->engine);
	struct http_fields fields = { 0 };
	char *whole = mem_printf("%s%s", k->root, path);

	if (!more)
		more = &fields;
	frame_fields(c, more);
	http_fields_add(more, "Cache-Control", "no-store");
	http_fields_add(more, "Location", whole);
	httpd_answer(k->x, 303, NULL, "", 0, more);
	http_fields_release(more);
	free(whole);
}
