/*
 * The two doors: the public listener, to which gateways bring their hooks and
 * the team its browsers, and the control socket for the people of this
 * machine.
 */
#include "base/log.h"
#include "base/url.h"
#include "daemon/inside.h"
#include "daemon/service.h"

/* The control socket: its owner and group. */
#define CONTROL_MODE 0660

static msec
tell_now(void *arg)
{
	const struct daemon *d = arg;

	return clock_now(&d->clock);
}

static msec
tell_longest(void *arg, msec *ret_at)
{
	const struct daemon *d = arg;

	*ret_at = d->longest_at;
	return d->longest;
}

static void
start_reload(void *arg, int accept_removals, const char *who,
    struct control_reload *asked)
{
	(void)who;
	reload_start(arg, accept_removals, asked);
}

static int
listen_public(struct daemon *d, struct err *e)
{
	int fd = service_socket("hook");

	if (fd != -1)
		return httpd_adopt_fd(d->public, fd, e);
	return httpd_listen_tcp(d->public, d->conf->web.listen, e);
}

static int
listen_control(struct daemon *d, struct err *e)
{
	int fd = service_socket("control");

	if (fd != -1)
		return httpd_adopt_fd(d->control, fd, e);
	return httpd_listen_unix(d->control, d->conf->service.socket,
	    CONTROL_MODE, e);
}

static void
serve_public(struct httpd_exchange *x, const struct http_incoming *in,
    void *arg)
{
	struct daemon *d = arg;

	if (d->conf->web.pages && !hooks_own(in->path))
		pages_serve(d->pages, x, in);
	else
		hooks_serve(x, in, d->hooks);
}

int
doors_use_tls(struct daemon *d, const struct config *c, struct err *e)
{
	if (httpd_use_tls(d->public, c->web.tls_cert, c->web.tls_key, e) == -1)
		return err_wrap(e, "tls_cert of [web]");
	return 0;
}

int
doors_open(struct daemon *d, const char *(*why_unwell)(void *arg),
    struct err *e)
{
	struct hooks_ops hooks = { .unwell = why_unwell, .arg = d };
	struct pages_ops pages = { .now = tell_now, .arg = d };
	struct control_ops control = {
		.now = tell_now, .reload = start_reload,
		.longest = tell_longest, .arg = d,
	};

	d->hooks = hooks_new(d->engine, &hooks);
	d->pages = pages_new(d->engine, &pages);
	d->commands = control_new(d->engine, &control);
	d->public = httpd_new(d->loop, NULL, serve_public, d);
	d->control = httpd_new(d->loop, NULL, control_serve, d->commands);
	if (doors_use_tls(d, d->conf, e) == -1 || listen_public(d, e) == -1 ||
	  listen_control(d, e) == -1)
		return -1;
	log_info("daemon", "listening: port=%d", httpd_port(d->public));
	return 0;
}

void
doors_close(struct daemon *d)
{
	httpd_free(d->public);
	httpd_free(d->control);
	hooks_free(d->hooks);
	pages_free(d->pages);
	control_free(d->commands);
}
