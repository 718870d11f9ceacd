/*
 * libcurl tells by two callbacks what it waits for: descriptors and one
 * timer.  Each becomes an event; each event leads back into libcurl by
 * curl_multi_socket_action, after which the finished transfers are taken out
 * and put on a list, and only then are their owners told: so an owner may add
 * new transfers, and nobody is ever called from inside libcurl.
 */
#include "net/multi.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"

/* A backstop above our own limit, so that libcurl never queues: its queue
 * would count against the timeouts. */
#define MAX_CONNECTIONS (MULTI_MAX_RUNNING + 64)

/* A descriptor that libcurl waits for; it may be a connection's or its
 * resolver's, so it belongs to no transfer. */
struct sock {
	struct event event;
	LIST_ENTRY(sock) link;
};

TAILQ_HEAD(transfers, multi_transfer);

struct multi {
	struct event_base *base;
	CURLM *curl;
	struct event *timer;
	struct event *deliver;	/* a turn is wanted for those that ended */
	LIST_HEAD(, sock) socks;
	struct transfers waiting, running, ended;
	size_t n_waiting, n_running;
};

static void
must(bool good, const char *what)
{
	if (good)
		return;
	log_error("net", "libcurl cannot be set up: %s", what);
	abort();
}

static void act(struct multi *m, curl_socket_t fd, int what);

static void
on_socket_ready(evutil_socket_t fd, short what, void *arg)
{
	act(arg, fd, (what & EV_READ ? CURL_CSELECT_IN : 0) |
	    (what & EV_WRITE ? CURL_CSELECT_OUT : 0));
}

static void
drop_sock(struct sock *s)
{
	event_del(&s->event);
	LIST_REMOVE(s, link);
	free(s);
}

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *given)
{
	struct multi *m = arg;
	struct sock *s = given;
	short events = EV_PERSIST;

	(void)easy; /* may be one of libcurl's own */
	if (what == CURL_POLL_REMOVE) {
		if (s)
			drop_sock(s);
		return 0;
	}
	if (s) {
		event_del(&s->event);
	} else {
		s = mem_alloc(sizeof(*s));
		LIST_INSERT_HEAD(&m->socks, s, link);
		curl_multi_assign(m->curl, fd, s);
	}
	if (what & CURL_POLL_IN)
		events |= EV_READ;
	if (what & CURL_POLL_OUT)
		events |= EV_WRITE;
	event_assign(&s->event, m->base, fd, events, on_socket_ready, m);
	event_add(&s->event, NULL);
	return 0;
}

static int
on_timer_wanted(CURLM *curl, long ms, void *arg)
{
	struct multi *m = arg;
	struct timeval tv = {
		.tv_sec = ms / 1000,
		.tv_usec = ms % 1000 * 1000,
	};

	(void)curl;
	/* Also 0 only arms: libcurl must not be called from in here. */
	if (ms < 0)
		event_del(m->timer);
	else
		event_add(m->timer, &tv);
	return 0;
}

static void
open_curl(struct multi *m)
{
	int bad = 0;

	m->curl = curl_multi_init();
	must(m->curl, "no multi handle");
	bad |= curl_multi_setopt(m->curl, CURLMOPT_SOCKETFUNCTION, on_socket);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_SOCKETDATA, m);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_TIMERFUNCTION,
	    on_timer_wanted);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_TIMERDATA, m);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_PIPELINING,
	    (long)CURLPIPE_NOTHING);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_MAXCONNECTS,
	    (long)MULTI_MAX_RUNNING);
	bad |= curl_multi_setopt(m->curl, CURLMOPT_MAX_TOTAL_CONNECTIONS,
	    (long)MAX_CONNECTIONS);
	must(bad == 0, "an option of the multi handle");
}

/* libcurl may still tell of sockets while it cleans up, so they go last. */
static void
close_curl(struct multi *m)
{
	struct sock *s;

	curl_multi_cleanup(m->curl);
	m->curl = NULL;
	while ((s = LIST_FIRST(&m->socks)))
		drop_sock(s);
	event_del(m->timer);
}

/* Take a running transfer out of libcurl and onto the list of the ended. */
static void
finish(struct multi *m, struct multi_transfer *t, enum multi_end end,
    CURLcode code)
{
	curl_multi_remove_handle(m->curl, t->easy);
	TAILQ_REMOVE(&m->running, t, link);
	m->n_running--;
	t->end = end;
	t->code = code;
	TAILQ_INSERT_TAIL(&m->ended, t, link);
}

static void
begin(struct multi *m, struct multi_transfer *t)
{
	CURLMcode code = curl_multi_add_handle(m->curl, t->easy);

	if (code == CURLM_OK) {
		m->n_running++;
		TAILQ_INSERT_TAIL(&m->running, t, link);
		return;
	}
	log_error("net", "libcurl takes no transfer: %s",
	    curl_multi_strerror(code));
	t->end = MULTI_NOT_BEGUN;
	TAILQ_INSERT_TAIL(&m->ended, t, link);
	event_active(m->deliver, EV_TIMEOUT, 0);
}

static void
deliver(struct multi *m)
{
	struct multi_transfer *t;

	while ((t = TAILQ_FIRST(&m->ended))) {
		TAILQ_REMOVE(&m->ended, t, link);
		t->fn(t, t->end, t->code);
	}
	while (m->n_running < MULTI_MAX_RUNNING &&
	    (t = TAILQ_FIRST(&m->waiting))) {
		TAILQ_REMOVE(&m->waiting, t, link);
		m->n_waiting--;
		begin(m, t);
	}
}

static void
collect(struct multi *m)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(m->curl, &left))) {
		CURLcode code = msg->data.result; /* dies with the removal */
		struct multi_transfer *t;
		void *owner = NULL;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &owner);
		t = owner;
		if (t->connected && code == CURLE_OK)
			t->connected(t);
		else
			finish(m, t, MULTI_DONE, code);
	}
}

static void
act(struct multi *m, curl_socket_t fd, int what)
{
	int running;
	CURLMcode code = curl_multi_socket_action(m->curl, fd, what, &running);

	collect(m);
	if (code != CURLM_OK) {
		log_error("net", "libcurl lost its way: %s",
		    curl_multi_strerror(code));
		multi_rebuild(m);
	}
	deliver(m);
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static void
on_deliver(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	deliver(arg);
}

void
multi_rebuild(struct multi *m)
{
	struct multi_transfer *t;

	while ((t = TAILQ_FIRST(&m->running)))
		finish(m, t, MULTI_BROKEN, CURLE_ABORTED_BY_CALLBACK);
	close_curl(m);
	open_curl(m);
	event_active(m->deliver, EV_TIMEOUT, 0);
}

struct multi *
multi_new(struct loop *l)
{
	struct multi *m = mem_alloc(sizeof(*m));

	/* The first call is made before there is any thread; repeating it
	 * does nothing. */
	must(curl_global_init(CURL_GLOBAL_ALL) == CURLE_OK, "global");
	m->base = loop_base(l);
	LIST_INIT(&m->socks);
	TAILQ_INIT(&m->waiting);
	TAILQ_INIT(&m->running);
	TAILQ_INIT(&m->ended);
	m->timer = event_new(m->base, -1, 0, on_timer, m);
	m->deliver = event_new(m->base, -1, 0, on_deliver, m);
	must(m->timer && m->deliver, "no event");
	open_curl(m);
	return m;
}

void
multi_free(struct multi *m)
{
	if (!m)
		return;
	multi_cancel(m);
	close_curl(m);
	event_free(m->timer);
	event_free(m->deliver);
	free(m);
}

void
multi_add(struct multi *m, struct multi_transfer *t)
{
	t->code = CURLE_OK;
	curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
	if (m->n_running < MULTI_MAX_RUNNING && m->n_waiting == 0) {
		begin(m, t);
		return;
	}
	TAILQ_INSERT_TAIL(&m->waiting, t, link);
	m->n_waiting++;
}

void
multi_finish(struct multi *m, struct multi_transfer *t, CURLcode code)
{
	finish(m, t, MULTI_DONE, code);
	event_active(m->deliver, EV_TIMEOUT, 0);
}

void
multi_cancel(struct multi *m)
{
	struct multi_transfer *t;

	/* An owner that starts anew meanwhile is ended as well. */
	while (!TAILQ_EMPTY(&m->running) || !TAILQ_EMPTY(&m->waiting) ||
	    !TAILQ_EMPTY(&m->ended)) {
		while ((t = TAILQ_FIRST(&m->running)))
			finish(m, t, MULTI_CANCELLED,
			    CURLE_ABORTED_BY_CALLBACK);
		while ((t = TAILQ_FIRST(&m->waiting))) {
			TAILQ_REMOVE(&m->waiting, t, link);
			m->n_waiting--;
			t->end = MULTI_NOT_BEGUN;
			TAILQ_INSERT_TAIL(&m->ended, t, link);
		}
		t = TAILQ_FIRST(&m->ended);
		TAILQ_REMOVE(&m->ended, t, link);
		t->fn(t, t->end, t->code);
	}
}

struct event_base *
multi_base(const struct multi *m)
{
	return m->base;
}

size_t
multi_count(const struct multi *m)
{
	return m->n_running + m->n_waiting;
}

CURL *
multi_easy_new(void)
{
	CURL *easy = curl_easy_init();
	int bad = 0;

	must(easy, "no easy handle");
	/* No alarm signals, and no waiting for a resolver that hangs. */
	bad |= (int)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	/* No proxy but the one that is named, whatever the environment says. */
	bad |= (int)curl_easy_setopt(easy, CURLOPT_PROXY, "");
	bad |= (int)curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
	bad |= (int)curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16384L);
	must(bad == 0, "an option of an easy handle");
	return easy;
}
