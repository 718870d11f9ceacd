/*
 * evhttp hides its connections until a request is whole, so each is met when
 * its bufferevent is asked for: that is a peer, with a deadline of our own,
 * since evhttp's time-out begins anew with every byte.
 *
 *	READING --whole--> SERVING --answer--> WRITING --taken--> IDLE
 *	   ^                                                        |
 *	   +-----------------------first byte-----------------------+
 *
 * A peer whose deadline has passed is shut down at the socket.  evhttp sees
 * the end of the stream, frees its own things in its own time and tells us;
 * nothing of evhttp's is ever freed from here.
 */
#include "net/httpd.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/incoming.h"
#include "net/listener.h"
#include "net/tls.h"

#define MAX_LISTENERS 8
#define ACCEPT_PAUSE MSEC_SECOND
/* At the limit whoever has not said a whole request within this makes way: a
 * proxy, or a gateway, says it at once. */
#define PATIENCE_AT_LIMIT 50
/* Shaking hands takes two ways there and back, if it has begun at all. */
#define PATIENCE_FOR_TLS MSEC_SECOND

enum peer_state {
	PEER_READING,
	PEER_SERVING,
	PEER_WRITING,
	PEER_IDLE,
};

struct peer {
	struct httpd *httpd;
	struct bufferevent *bev;	/* evhttp's */
	int fd;
	bool speaks_tls;
	int64_t uid;			/* -1 on TCP */
	char address[INET6_ADDRSTRLEN];	/* "" on a Unix socket */
	enum peer_state state;
	msec deadline;			/* monotonic */
	bool refused;			/* this answer is its last */
	struct httpd_exchange *exchange;	/* while SERVING */
	TAILQ_ENTRY(peer) link;
};

struct httpd_exchange {
	struct peer *peer;		/* NULL: the connection has gone */
	struct evhttp_request *req;	/* NULL: gone with it */
};

struct listener {
	struct evhttp_bound_socket *bound;
	bool lent;			/* systemd has it open, too */
	char *path;			/* of a Unix socket that we made */
	struct stat made;
};

TAILQ_HEAD(peers, peer);

struct httpd {
	struct evhttp *http;
	struct loop *loop;
	struct tls *tls;		/* of new connections; NULL: none */
	struct httpd_limits limits;
	httpd_fn *fn;
	void *arg;
	struct listener listeners[MAX_LISTENERS];
	size_t n_listeners;
	int port;
	struct peers fresh;	/* evhttp has not set them up yet */
	struct peers peers;
	size_t n_peers;		/* fresh ones too */
	struct peer **by_fd;
	size_t n_by_fd;
	struct event *greet;
	struct loop_timer *sweep;
	bool sweeping;		/* it is armed */
	struct loop_timer *resume;
	bool paused, draining;
	LIST_ENTRY(httpd) link;
	struct incoming incoming;	/* used for one after the other */
};

/* All there are: a listener that fails knows only its evhttp. */
static LIST_HEAD(, httpd) servers = LIST_HEAD_INITIALIZER(servers);

/* Listening on and off. */

static void
pause_accepting(struct httpd *h)
{
	h->paused = true;
	for (size_t i = 0; i < h->n_listeners; i++)
		evconnlistener_disable(evhttp_bound_socket_get_listener(
		    h->listeners[i].bound));
}

static void
resume_accepting(struct httpd *h)
{
	if (!h->paused || h->draining || h->n_peers >= h->limits.connections)
		return;
	h->paused = false;
	for (size_t i = 0; i < h->n_listeners; i++)
		evconnlistener_enable(evhttp_bound_socket_get_listener(
		    h->listeners[i].bound));
}

/* Those that are lent, or our own. */
static void
close_listeners(struct httpd *h, bool lent)
{
	size_t left = 0;

	for (size_t i = 0; i < h->n_listeners; i++) {
		struct listener *l = &h->listeners[i];

		if (l->lent != lent) {
			h->listeners[left++] = *l;
			continue;
		}
		evhttp_del_accept_socket(h->http, l->bound);
		free(l->path);
	}
	h->n_listeners = left;
}

static void
on_resume(void *arg)
{
	struct httpd *h = arg;

	if (h->draining)
		close_listeners(h, true);
	else
		resume_accepting(h);
}

/* Most likely out of descriptors: it would only fail again at once. */
static void
on_accept_error(struct evconnlistener *listener, void *arg)
{
	const char *why = evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR());
	struct httpd *h;

	(void)listener;
	LIST_FOREACH(h, &servers, link)
		if (h->http == arg)
			break;
	if (!h)
		return;
	log_warn("net", "no connection can be accepted for the moment: %s",
	    why);
	pause_accepting(h);
	loop_timer_arm(h->resume, ACCEPT_PAUSE);
}

/* Peers. */

static void
set_state(struct peer *p, enum peer_state state, msec within)
{
	p->state = state;
	p->deadline = within == NEVER ? NEVER : clock_monotonic() + within;
}

static void
cut(struct peer *p)
{
	p->deadline = NEVER;
	shutdown(p->fd, SHUT_RDWR);
}

static void
arm_sweep(struct httpd *h)
{
	msec shortest = h->limits.request < h->limits.idle ? h->limits.request
	    : h->limits.idle;
	msec period = shortest / 8;

	/* Not anew: whoever knocks often would put it off for ever. */
	if (h->sweeping)
		return;
	h->sweeping = true;
	if (period > MSEC_SECOND)
		period = MSEC_SECOND;
	if (h->n_peers >= h->limits.connections && period > PATIENCE_AT_LIMIT)
		period = PATIENCE_AT_LIMIT;
	loop_timer_arm(h->sweep, period > 5 ? period : 5);
}

static msec
patience(const struct peer *p)
{
	return p->speaks_tls && tls_has_begun(p->bev) ? PATIENCE_FOR_TLS
	    : PATIENCE_AT_LIMIT;
}

/* At the limit the peer that has been idle for longest makes way; where none
 * is idle, all that take their time. */
static void
make_room(struct httpd *h)
{
	msec now = clock_monotonic();
	struct peer *p, *longest = NULL;

	TAILQ_FOREACH(p, &h->peers, link)
		if (p->state == PEER_IDLE && p->deadline != NEVER &&
		    (!longest || p->deadline < longest->deadline))
			longest = p;
	if (longest) {
		cut(longest);
		return;
	}
	TAILQ_FOREACH(p, &h->peers, link)
		if (p->state == PEER_READING && p->deadline != NEVER &&
		    p->deadline - h->limits.request + patience(p) < now)
			cut(p);
}

static void
on_sweep(void *arg)
{
	struct httpd *h = arg;
	msec now = clock_monotonic();
	struct peer *p;

	h->sweeping = false;
	TAILQ_FOREACH(p, &h->peers, link)
		if (p->deadline <= now ||
		    (h->draining && p->state == PEER_IDLE))
			cut(p);
	if (h->n_peers >= h->limits.connections)
		make_room(h);
	if (h->n_peers > 0)
		arm_sweep(h);
}

/* Bytes have come (or been taken out: then n_added is 0). */
static void
on_input(struct evbuffer *input, const struct evbuffer_cb_info *info, void *arg)
{
	struct peer *p = arg;

	(void)input;
	if (info->n_added > 0 && p->state == PEER_IDLE)
		set_state(p, PEER_READING, p->httpd->limits.request);
}

static void
on_close(struct evhttp_connection *conn, void *arg)
{
	struct peer *p = arg;
	struct httpd *h = p->httpd;
	struct httpd_exchange *x = p->exchange;

	evhttp_connection_set_closecb(conn, NULL, NULL);
	if (p->speaks_tls)
		tls_say_end(p->bev);
	evbuffer_remove_cb(bufferevent_get_input(p->bev), on_input, p);
	if (x) {
		x->peer = NULL;
		/* A request that evhttp has parted from its connection is ours
		 * to free; any other goes with the connection. */
		if (evhttp_request_get_connection(x->req))
			x->req = NULL;
	}
	h->by_fd[p->fd] = NULL;
	TAILQ_REMOVE(&h->peers, p, link);
	h->n_peers--;
	free(p);
	resume_accepting(h);
}

/* evhttp asks for the bufferevent of a connection that it has accepted. */
static struct bufferevent *
on_accept(struct event_base *base, void *arg)
{
	struct httpd *h = arg;
	struct peer *p = mem_alloc(sizeof(*p));

	p->httpd = h;
	p->speaks_tls = h->tls != NULL;
	p->bev = h->tls ? tls_accept(h->tls, base)
	    : bufferevent_socket_new(base, -1, 0);
	TAILQ_INSERT_TAIL(&h->fresh, p, link);
	if (++h->n_peers >= h->limits.connections)
		pause_accepting(h);
	event_active(h->greet, EV_TIMEOUT, 0);
	return p->bev;
}

static int64_t
peer_uid(int fd)
{
	int domain = 0;
	struct ucred cred;
	socklen_t len = sizeof(domain);

	if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len) == -1 ||
	    domain != AF_UNIX)
		return -1;
	len = sizeof(cred);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len) == -1)
		return -1;
	return cred.uid;
}

/* An IPv4 address that came to an IPv6 socket is written as what it is. */
static void
peer_address(int fd, char ret[INET6_ADDRSTRLEN])
{
	struct sockaddr_storage from = { .ss_family = AF_UNSPEC };
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	socklen_t len = sizeof(from);

	ret[0] = '\0';
	if (getpeername(fd, (struct sockaddr *)&from, &len) == -1)
		return;
	if (from.ss_family == AF_INET) {
		memcpy(&four, &from, sizeof(four));
		inet_ntop(AF_INET, &four.sin_addr, ret, INET6_ADDRSTRLEN);
	} else if (from.ss_family == AF_INET6) {
		memcpy(&six, &from, sizeof(six));
		inet_ntop(AF_INET6, &six.sin6_addr, ret, INET6_ADDRSTRLEN);
		if (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr))
			memmove(ret, ret + 7, strlen(ret + 7) + 1);
	}
}

static void
remember_fd(struct httpd *h, struct peer *p)
{
	size_t need = (size_t)p->fd + 1;

	if (need > h->n_by_fd) {
		need += 64;
		h->by_fd = mem_grow(h->by_fd, need, sizeof(*h->by_fd));
		memset(h->by_fd + h->n_by_fd, 0,
		    (need - h->n_by_fd) * sizeof(*h->by_fd));
		h->n_by_fd = need;
	}
	h->by_fd[p->fd] = p;
}

static void
greet(struct httpd *h, struct peer *p)
{
	void *conn = NULL;
	int on = 1;

	/* evhttp gives its connection to its own callbacks; there is no other
	 * way to it before the first request is whole. */
	bufferevent_getcb(p->bev, NULL, NULL, NULL, &conn);
	if (!conn || evhttp_connection_get_bufferevent(conn) != p->bev)
		abort(); /* no evhttp that we know */
	p->fd = bufferevent_getfd(p->bev);
	p->uid = peer_uid(p->fd);
	peer_address(p->fd, p->address);
	if (p->uid == -1)
		setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	evhttp_connection_set_closecb(conn, on_close, p);
	evbuffer_add_cb(bufferevent_get_input(p->bev), on_input, p);
	remember_fd(h, p);
	set_state(p, PEER_READING, h->limits.request);
}

/* evhttp has set up the connections that it accepted in this turn, and has
 * not yet read from any. */
static void
on_greet(evutil_socket_t fd, short what, void *arg)
{
	struct httpd *h = arg;
	struct peer *p;

	(void)fd;
	(void)what;
	while ((p = TAILQ_FIRST(&h->fresh))) {
		TAILQ_REMOVE(&h->fresh, p, link);
		TAILQ_INSERT_TAIL(&h->peers, p, link);
		greet(h, p);
		arm_sweep(h);
	}
	if (h->n_peers >= h->limits.connections) {
		make_room(h);
		/* Sooner than the sweep that is armed. */
		loop_timer_arm(h->sweep, PATIENCE_AT_LIMIT);
	}
}

/* Requests. */

static void
on_request(struct evhttp_request *req, void *arg)
{
	struct httpd *h = arg;
	struct evhttp_connection *conn = evhttp_request_get_connection(req);
	struct peer *p = h->by_fd[bufferevent_getfd(
	    evhttp_connection_get_bufferevent(conn))];
	struct httpd_exchange *x = mem_alloc(sizeof(*x));

	x->peer = p;
	x->req = req;
	p->exchange = x;
	loop_serve(h->loop);
	set_state(p, PEER_SERVING, NEVER);
	if (!incoming_read(&h->incoming, req)) {
		p->refused = true;
		evhttp_add_header(evhttp_request_get_output_headers(req),
		    "Connection", "close");
		httpd_answer(x, 400, "text/plain", "bad request\n", 12, NULL);
		return;
	}
	h->incoming.in.peer_uid = p->uid;
	h->incoming.in.peer_address = p->address[0] ? p->address : NULL;
	h->fn(x, &h->incoming.in, h->arg);
}

/* The answer has been written. */
static void
on_taken(struct evhttp_request *req, void *arg)
{
	struct peer *p = arg;
	struct httpd *h = p->httpd;
	msec idle = h->limits.idle;

	(void)req;
	if (p->refused) {
		/* evhttp keeps a CONNECT's connection open whatever we say. */
		struct evbuffer *input = bufferevent_get_input(p->bev);

		evbuffer_drain(input, evbuffer_get_length(input));
		cut(p);
		return;
	}
	/* Others may be waiting at the door. */
	if (h->n_peers >= h->limits.connections && idle > MSEC_SECOND)
		idle = MSEC_SECOND;
	/* What was sent on ahead may be a part of the next request. */
	if (evbuffer_get_length(bufferevent_get_input(p->bev)) > 0)
		set_state(p, PEER_READING, h->limits.request);
	else
		set_state(p, PEER_IDLE, idle);
}

void
httpd_answer(struct httpd_exchange *x, int status, const char *content_type,
    const char *body, size_t n, const struct http_fields *extra)
{
	struct evhttp_request *req = x->req;
	struct peer *p = x->peer;
	struct evkeyvalq *fields;
	struct evbuffer *out;

	free(x);
	if (!p) {
		if (req)
			evhttp_request_free(req);
		return;
	}
	p->exchange = NULL;
	set_state(p, PEER_WRITING, p->httpd->limits.request);
	fields = evhttp_request_get_output_headers(req);
	if (content_type)
		evhttp_add_header(fields, "Content-Type", content_type);
	if (p->httpd->draining)
		evhttp_add_header(fields, "Connection", "close");
	for (size_t i = 0; extra && i < extra->n; i++)
		evhttp_add_header(fields, extra->items[i].name,
		    extra->items[i].value);
	evhttp_request_set_on_complete_cb(req, on_taken, p);
	out = evbuffer_new();
	evbuffer_add(out, body, n);
	evhttp_send_reply(req, status, NULL, out);
	evbuffer_free(out);
}

void
httpd_drop(struct httpd_exchange *x)
{
	if (x->peer)
		cut(x->peer);
	/* into nowhere: it only has the request freed */
	httpd_answer(x, 500, NULL, "", 0, NULL);
}

/* The whole. */

struct httpd *
httpd_new(struct loop *l, const struct httpd_limits *limits, httpd_fn *fn,
    void *arg)
{
	static const struct httpd_limits defaults = HTTPD_LIMITS;
	struct httpd *h = mem_alloc(sizeof(*h));

	h->limits = limits ? *limits : defaults;
	h->fn = fn;
	h->arg = arg;
	h->loop = l;
	LIST_INSERT_HEAD(&servers, h, link);
	TAILQ_INIT(&h->fresh);
	TAILQ_INIT(&h->peers);
	h->http = evhttp_new(loop_base(l));
	h->greet = event_new(loop_base(l), -1, 0, on_greet, h);
	if (!h->http || !h->greet)
		abort();
	h->sweep = loop_timer_new(l, on_sweep, h);
	h->resume = loop_timer_new(l, on_resume, h);
	evhttp_set_max_headers_size(h->http, (ev_ssize_t)h->limits.head);
	evhttp_set_max_body_size(h->http, (ev_ssize_t)h->limits.body);
	/* CONNECT comes to us to be refused, see on_taken. */
	evhttp_set_allowed_methods(h->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST |
	    EVHTTP_REQ_CONNECT);
	evhttp_set_default_content_type(h->http, NULL);
	/* Only a net below our own deadlines. */
	evhttp_set_timeout(h->http, (int)(h->limits.idle / 1000) + 60);
	evhttp_set_bevcb(h->http, on_accept, h);
	evhttp_set_gencb(h->http, on_request, h);
	return h;
}

void
httpd_free(struct httpd *h)
{
	if (!h)
		return;
	on_greet(-1, 0, h); /* so that each is told of */
	httpd_stop_accepting(h);
	close_listeners(h, true);
	evhttp_free(h->http);
	event_free(h->greet);
	loop_timer_free(h->sweep);
	loop_timer_free(h->resume);
	free(h->by_fd);
	incoming_release(&h->incoming);
	LIST_REMOVE(h, link);
	tls_free(h->tls);
	free(h);
}

/* Takes fd over, also on failure. */
static int
add_listener(struct httpd *h, int fd, struct listener **ret, struct err *e)
{
	struct listener *l = &h->listeners[h->n_listeners];

	*l = (struct listener){ 0 };
	if (h->n_listeners < MAX_LISTENERS)
		l->bound = evhttp_accept_socket_with_handle(h->http, fd);
	if (!l->bound) {
		close(fd);
		return err_set(e, "no further socket can be listened on");
	}
	evconnlistener_set_error_cb(evhttp_bound_socket_get_listener(l->bound),
	    on_accept_error);
	h->n_listeners++;
	if (h->port == 0)
		h->port = listener_port(fd);
	if (ret)
		*ret = l;
	return 0;
}

int
httpd_use_tls(struct httpd *h, const char *chain, const char *key,
    struct err *e)
{
	struct tls *t = NULL;

	if (chain && !(t = tls_new(chain, key, e)))
		return -1;
	tls_free(h->tls);
	h->tls = t;
	return 0;
}

int
httpd_check_tls(const char *chain, const char *key, struct err *e)
{
	struct tls *t = tls_new(chain, key, e);

	tls_free(t);
	return t ? 0 : -1;
}

int
httpd_listen_tcp(struct httpd *h, const char *address, struct err *e)
{
	int fd = listener_tcp(address, e);

	return fd == -1 ? -1 : add_listener(h, fd, NULL, e);
}

int
httpd_listen_unix(struct httpd *h, const char *path, mode_t mode,
    struct err *e)
{
	int fd = listener_unix(path, mode, e);
	struct listener *l;

	if (fd == -1 || add_listener(h, fd, &l, e) == -1)
		return -1;
	if (stat(path, &l->made) == 0)
		l->path = mem_dup(path);
	return 0;
}

int
httpd_adopt_fd(struct httpd *h, int fd, struct err *e)
{
	struct listener *l;

	if (h->n_listeners == MAX_LISTENERS)
		return err_set(e, "no further socket can be listened on");
	if (listener_adopt(fd, e) == -1 || add_listener(h, fd, &l, e) == -1)
		return -1;
	l->lent = true;
	return 0;
}

int
httpd_port(const struct httpd *h)
{
	return h->port;
}

/* Remove the socket's file, unless another program has put its own there. */
static void
remove_file(const struct listener *l)
{
	struct stat st;

	if (l->path && stat(l->path, &st) == 0 && st.st_ino == l->made.st_ino &&
	    st.st_dev == l->made.st_dev)
		unlink(l->path);
}

void
httpd_stop_accepting(struct httpd *h)
{
	h->draining = true;
	for (size_t i = 0; i < h->n_listeners; i++)
		remove_file(&h->listeners[i]);
	close_listeners(h, false);
	/* The others a turn later, when the kernel has heard that nobody waits
	 * for them (loop.c): it would tell us of them for ever. */
	pause_accepting(h);
	loop_timer_arm(h->resume, 0);
	on_sweep(h);
}

size_t
httpd_open_count(const struct httpd *h)
{
	return h->n_peers;
}
