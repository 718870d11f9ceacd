#include "exchange/server.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "net/fetch.h"
#include "net/httpd.h"

/* A request whose answer comes later, or never. */
struct held {
	struct server *server;
	struct held *next;
	struct httpd_exchange *asked;
	struct exchange_answer answer;
	struct loop_timer *timer;	/* NULL: never */
};

struct server {
	struct loop *loop;
	const struct clock *clock;
	struct exchange *x;
	struct httpd *httpd;
	struct fetch *fetch;
	struct loop_timer *timer;
	struct held *held;
	size_t complaints;	/* told so far */
	bool ending;
};

/* A webhook that is under way. */
struct under_way {
	struct server *server;
	uint64_t token;
};

static void pump(struct server *s);

static void
tell_complaints(struct server *s)
{
	for (; s->complaints < exchange_complaint_count(s->x);
	    s->complaints++)
		log_warn("exchange", "complaint: %s",
		    exchange_complaint(s->x, s->complaints));
}

static void
on_delivered(struct http_result *result, void *arg)
{
	struct under_way *w = arg;
	struct server *s = w->server;

	if (!s->ending) {
		exchange_delivered(s->x, clock_now(s->clock), w->token,
		    result);
		pump(s);
	}
	free(w);
}

/* Send what is due, and sleep until there is more. */
static void
pump(struct server *s)
{
	struct http_request q;
	struct under_way *w;
	uint64_t token;

	while (exchange_due(s->x, clock_now(s->clock), &q, &token)) {
		w = mem_alloc(sizeof(*w));
		*w = (struct under_way){ s, token };
		fetch_start(s->fetch, &q, on_delivered, w);
		http_request_release(&q);
	}
	msec next = exchange_next(s->x);
	loop_timer_arm(s->timer, next == NEVER ? NEVER
	    : clock_sleep_until(s->clock, next));
	tell_complaints(s);
}

static void
on_timer(void *arg)
{
	pump(arg);
}

static void
send_answer(struct httpd_exchange *asked, struct exchange_answer *a)
{
	const char *type = http_fields_get(&a->fields, "Content-Type");
	struct http_fields others = { 0 };

	for (size_t i = 0; i < a->fields.n; i++)
		if (strcmp(a->fields.items[i].name, "Content-Type") != 0)
			http_fields_add(&others, a->fields.items[i].name,
			    a->fields.items[i].value);
	httpd_answer(asked, a->status, type, buf_text(&a->body), a->body.len,
	    &others);
	http_fields_release(&others);
}

static void
free_held(struct held *held)
{
	loop_timer_free(held->timer);
	exchange_answer_release(&held->answer);
	free(held);
}

static void
on_later(void *arg)
{
	struct held *held = arg, **at = &held->server->held;

	while (*at != held)
		at = &(*at)->next;
	*at = held->next;
	send_answer(held->asked, &held->answer);
	free_held(held);
}

/* Takes the answer over. */
static void
hold(struct server *s, struct httpd_exchange *asked,
    struct exchange_answer *a)
{
	struct held *held = mem_alloc(sizeof(*held));

	held->server = s;
	held->asked = asked;
	held->answer = *a;
	held->next = s->held;
	s->held = held;
	if (a->fate == EXCHANGE_HANGS)
		return;
	held->timer = loop_timer_new(s->loop, on_later, held);
	loop_timer_arm(held->timer, clock_sleep_until(s->clock,
	    clock_now(s->clock) + a->later));
}

static void
on_request(struct httpd_exchange *asked, const struct http_incoming *in,
    void *arg)
{
	struct server *s = arg;
	struct exchange_answer a;

	/* what fell due before the request came happens before it */
	pump(s);
	exchange_request(s->x, clock_now(s->clock), in, &a);
	if (a.fate == EXCHANGE_HANGS || a.later > 0) {
		hold(s, asked, &a);
	} else if (a.fate == EXCHANGE_ANSWERS) {
		send_answer(asked, &a);
		exchange_answer_release(&a);
	} else {
		/* nobody can be unreachable who has been reached: the
		 * connection ends, as it does for EXCHANGE_DROPS */
		httpd_drop(asked);
		exchange_answer_release(&a);
	}
	pump(s);
}

struct server *
server_new(struct loop *l, const struct clock *clock, struct exchange *x)
{
	static const struct httpd_limits limits = {
		16384, 262144, 1024, 30 * MSEC_SECOND, 90 * MSEC_SECOND,
	};
	struct server *s = mem_alloc(sizeof(*s));

	s->loop = l;
	s->clock = clock;
	s->x = x;
	s->fetch = fetch_new(l);
	s->httpd = httpd_new(l, &limits, on_request, s);
	s->timer = loop_timer_new(l, on_timer, s);
	pump(s);
	return s;
}

void
server_free(struct server *s)
{
	if (s == NULL)
		return;
	s->ending = true;
	fetch_free(s->fetch);
	while (s->held != NULL) {
		struct held *held = s->held;
		s->held = held->next;
		httpd_drop(held->asked);
		free_held(held);
	}
	httpd_free(s->httpd);
	loop_timer_free(s->timer);
	free(s);
}

int
server_listen(struct server *s, const char *address, int *ret_port,
    struct err *e)
{
	if (strncmp(address, "127.", 4) != 0
	    && strncmp(address, "[::1]:", 6) != 0)
		return err_set(e, "the exchange listens on this machine only: "
		    "127.0.0.1:PORT or [::1]:PORT");
	if (httpd_listen_tcp(s->httpd, address, e) == -1)
		return -1;
	*ret_port = httpd_port(s->httpd);
	return 0;
}
