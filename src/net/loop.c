#include "net/loop.h"

#include <event2/event.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "base/log.h"
#include "base/mem.h"

/* No sum of it and a clock's reading overflows. */
#define LONGEST (3650 * MSEC_DAY)

struct loop {
	struct event_base *base;
	msec busy_since;	/* monotonic; 0: nobody has been served */
};

struct loop_timer {
	struct event *event;
	msec due;		/* monotonic */
	void (*fn)(void *);
	void *arg;
};

struct loop_signal {
	struct event *event;
	void (*fn)(int, void *);
	void *arg;
};

struct loop_watch {
	struct event *event;
	void (*fn)(int, void *);
	void *arg;
};

static void *
must_malloc(size_t n)
{
	return mem_grow(NULL, n, 1);
}

static void *
must_realloc(void *old, size_t n)
{
	return mem_grow(old, n, 1);
}

static void
take_log(int severity, const char *line)
{
	/* evhttp complains of what strangers send, and quotes it. */
	if (strncmp(line, "evhttp_", 7) == 0)
		severity = EVENT_LOG_DEBUG;
	if (severity == EVENT_LOG_ERR)
		log_error("net", "libevent: %s", line);
	else if (severity == EVENT_LOG_WARN)
		log_warn("net", "libevent: %s", line);
	else
		log_debug("net", "libevent: %s", line);
}

/* libevent gives up only on its own broken state: end where a core shows. */
static void
take_fatal(int code)
{
	log_error("net", "libevent cannot go on code=%d", code);
	abort();
}

static void *
must(void *made, const char *what)
{
	if (!made) {
		log_error("net", "libevent makes no %s", what);
		abort();
	}
	return made;
}

static void
set_up_once(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	event_set_mem_functions(must_malloc, must_realloc, free);
	event_set_log_callback(take_log);
	event_set_fatal_callback(take_fatal);
	/* Peers go away while we write; libcurl leaves this to us too. */
	signal(SIGPIPE, SIG_IGN);
}

/* Changes of what is waited for are told to the kernel once a turn: an answer
 * takes reading and writing on and off several times in one.  The kernel then
 * hears of a closed one late, which is harmless where nobody else has it open:
 * so a listener that systemd handed over is closed a turn later (httpd.c), and
 * we have no child. */
static struct event_base *
new_base(void)
{
	struct event_config *how = must(event_config_new(), "event base");
	struct event_base *base;

	event_config_set_flag(how, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
	base = must(event_base_new_with_config(how), "event base");
	event_config_free(how);
	return base;
}

struct loop *
loop_new(void)
{
	struct loop *l;

	set_up_once();
	l = mem_alloc(sizeof(*l));
	l->base = new_base();
	return l;
}

void
loop_free(struct loop *l)
{
	if (!l)
		return;
	event_base_free(l->base);
	free(l);
}

static int
pass(struct loop *l, int how, struct err *e)
{
	/* 1: nothing is waited for; that is not a failure, but no reason to
	 * come back either. */
	if (event_base_loop(l->base, how) == -1)
		return err_set(e, "the event loop failed");
	return 0;
}

int
loop_turn(struct loop *l, struct err *e)
{
	l->busy_since = 0;
	return pass(l, EVLOOP_ONCE, e);
}

int
loop_look(struct loop *l, struct err *e)
{
	/* NONBLOCK alone goes on for as long as anything is ready: somebody who
	 * sends fast enough would keep it for ever. */
	return pass(l, EVLOOP_ONCE | EVLOOP_NONBLOCK, e);
}

void
loop_serve(struct loop *l)
{
	if (l->busy_since == 0)
		l->busy_since = clock_monotonic();
}

msec
loop_busy_since(const struct loop *l)
{
	return l->busy_since != 0 ? l->busy_since : clock_monotonic();
}

struct event_base *
loop_base(struct loop *l)
{
	return l->base;
}

static void
add_timer(struct loop_timer *t, msec from_now)
{
	struct timeval tv = {
		.tv_sec = from_now / 1000,
		.tv_usec = from_now % 1000 * 1000,
	};

	event_add(t->event, &tv);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct loop_timer *t = arg;
	msec left = t->due - clock_monotonic();

	(void)fd;
	(void)what;
	/* libevent counts by a coarser clock, and from the turn's beginning. */
	if (left > 0)
		add_timer(t, left);
	else
		t->fn(t->arg);
}

struct loop_timer *
loop_timer_new(struct loop *l, void (*fn)(void *), void *arg)
{
	struct loop_timer *t = mem_alloc(sizeof(*t));

	t->fn = fn;
	t->arg = arg;
	t->event = must(event_new(l->base, -1, 0, on_timer, t), "timer");
	return t;
}

void
loop_timer_arm(struct loop_timer *t, msec from_now)
{
	if (from_now == NEVER) {
		loop_timer_disarm(t);
		return;
	}
	if (from_now < 0)
		from_now = 0;
	if (from_now > LONGEST)
		from_now = LONGEST;
	t->due = clock_monotonic() + from_now;
	add_timer(t, from_now);
}

void
loop_timer_disarm(struct loop_timer *t)
{
	event_del(t->event);
}

void
loop_timer_free(struct loop_timer *t)
{
	if (!t)
		return;
	event_free(t->event);
	free(t);
}

static void
on_signal(evutil_socket_t number, short what, void *arg)
{
	struct loop_signal *s = arg;

	(void)what;
	s->fn(number, s->arg);
}

struct loop_signal *
loop_signal_new(struct loop *l, int number, void (*fn)(int, void *), void *arg)
{
	struct loop_signal *s = mem_alloc(sizeof(*s));

	s->fn = fn;
	s->arg = arg;
	s->event = must(evsignal_new(l->base, number, on_signal, s), "signal");
	event_add(s->event, NULL);
	return s;
}

void
loop_signal_free(struct loop_signal *s)
{
	if (!s)
		return;
	event_free(s->event);
	free(s);
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct loop_watch *w = arg;

	(void)what;
	w->fn(fd, w->arg);
}

struct loop_watch *
loop_watch_new(struct loop *l, int fd, void (*fn)(int, void *), void *arg)
{
	struct loop_watch *w = mem_alloc(sizeof(*w));

	w->fn = fn;
	w->arg = arg;
	w->event = must(event_new(l->base, fd, EV_READ | EV_PERSIST,
	    on_readable, w), "watch");
	event_add(w->event, NULL);
	return w;
}

void
loop_watch_free(struct loop_watch *w)
{
	if (!w)
		return;
	event_free(w->event);
	free(w);
}
