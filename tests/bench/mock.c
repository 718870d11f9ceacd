/*
 * A gateway that speaks Twilio's dialect as fast as it can: each create is
 * accepted under an id of its own, and where it is asked to, followed by one
 * signed status callback to the address that the create gave.
 *
 *	mock [-d MS] [-k CONNECTIONS] [-t TOKEN] [-l FILE]
 *
 * -d answers so much later, -k posts callbacks on so many connections, -l
 * keeps what a caller of hooks needs: id, address, number a line.  The port
 * is the first line of its output.  GET /stats tells what has been.  It ends
 * with its standard input.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "gateway/twilio_sign.h"
#include "net/form.h"
#include "wire.h"

struct job {
	struct job *next;
	struct wire *to;		/* whom to answer; NULL: a callback */
	long long at;			/* us */
	bool call;
	char id[35];
	char *address, *number;
};

struct queue {
	struct job *first, **last;
};

static struct event_base *base;
static struct event *timer;
static struct queue answers, callbacks;
static struct crypto_mac *key;
static FILE *list;
static long long delay;
static int n_callers;
static unsigned run;
static struct {
	unsigned long creates, connections, told, refused, waiting;
	long long first, last, last_told;
} stats;

static long long
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void
push(struct queue *q, struct job *j)
{
	j->next = NULL;
	*q->last = j;
	q->last = &j->next;
}

static struct job *
pop(struct queue *q)
{
	struct job *j = q->first;

	q->first = j->next;
	if (q->first == NULL)
		q->last = &q->first;
	return j;
}

static void
job_free(struct job *j)
{
	free(j->address);
	free(j->number);
	free(j);
}

/* ---- answers ----------------------------------------------------------- */

static void
answer(struct wire *w, const char *status, const char *body)
{
	buf_addf(&w->out, "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %zu\r\n\r\n%s", status, strlen(body), body);
	wire_flush(w);
}

/* As long as Twilio's own. */
static void
answer_create(struct wire *w, const struct job *j)
{
	const char *kind = j->call ? "Calls" : "Messages";
	struct buf b = BUF_EMPTY;

	buf_addf(&b, "{\"account_sid\":\"AC00000000000000000000000000000001\","
	    "\"api_version\":\"2010-04-01\",\"date_created\":\"Thu, 24 Aug "
	    "2026 05:01:45 +0000\",\"date_updated\":\"Thu, 24 Aug 2026 "
	    "05:01:45 +0000\",\"direction\":\"outbound-api\",\"error_code\":"
	    "null,\"error_message\":null,\"price\":null,\"price_unit\":"
	    "\"USD\",\"sid\":\"%s\",\"status\":\"queued\","
	    "\"subresource_uris\":{\"media\":\"/2010-04-01/Accounts/"
	    "AC00000000000000000000000000000001/%s/%s/Media.json\"},\"uri\":"
	    "\"/2010-04-01/Accounts/AC00000000000000000000000000000001/%s/"
	    "%s.json\"}", j->id, kind, j->id, kind, j->id);
	answer(w, "201 Created", buf_text(&b));
	buf_release(&b);
}

static void
answer_stats(struct wire *w)
{
	char text[400];

	snprintf(text, sizeof(text), "{\"creates\":%lu,\"connections\":%lu,"
	    "\"told\":%lu,\"refused\":%lu,\"waiting\":%lu,\"first_us\":%lld,"
	    "\"last_us\":%lld,\"last_told_us\":%lld}", stats.creates,
	    stats.connections, stats.told, stats.refused, stats.waiting,
	    stats.first, stats.last, stats.last_told);
	answer(w, "200 OK", text);
}

/* ---- callbacks --------------------------------------------------------- */

struct caller {
	struct wire *wire;
	bool busy;
};
static struct caller *callers;

/* "http://127.0.0.1:PORT/PATH#...": the port and the path. */
static int
split(const char *address, const char **ret_path)
{
	const char *colon = strchr(address + 7, ':');

	*ret_path = strchr(address + 7, '/');
	return colon != NULL && *ret_path != NULL ?
	    (int)wire_number(colon + 1) : 0;
}

static void
add_body(struct buf *b, const struct job *j)
{
	form_add(b, "AccountSid", "AC00000000000000000000000000000001");
	form_add(b, j->call ? "CallSid" : "MessageSid", j->id);
	form_add(b, j->call ? "CallStatus" : "MessageStatus",
	    j->call ? "completed" : "sent");
	form_add(b, "From", "+15550002222");
	form_add(b, "To", j->number);
}

static void
call_back(struct caller *c, const struct job *j)
{
	char signature[TWILIO_SIGN_SIZE];
	struct buf body = BUF_EMPTY;
	const char *path;
	struct form form;
	struct err e;
	int port = split(j->address, &path);

	add_body(&body, j);
	if (form_parse(buf_text(&body), body.len, &form, &e) == -1)
		abort();
	twilio_sign_make(key, j->address, &form, signature);
	buf_addf(&c->wire->out, "POST %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n"
	    "X-Twilio-Signature: %s\r\nContent-Length: %zu\r\n\r\n%s",
	    (int)strcspn(path, "#"), path, port, signature, body.len,
	    buf_text(&body));
	c->busy = true;
	wire_flush(c->wire);
	form_release(&form);
	buf_release(&body);
}

static void call_all(void);

static void
on_told(struct wire *w, const char *head, size_t n, const char *body,
    size_t body_len)
{
	struct caller *c = w->arg;

	(void)n;
	(void)body;
	(void)body_len;
	if (head[9] == '2')
		stats.told++;
	else
		stats.refused++;
	stats.last_told = now_us();
	c->busy = false;
	call_all();
}

static void
call_all(void)
{
	for (int i = 0; i < n_callers && callbacks.first != NULL; i++) {
		struct caller *c = &callers[i];
		const char *path;
		struct job *j;

		if (c->busy)
			continue;
		j = pop(&callbacks);
		stats.waiting--;
		if (c->wire == NULL)
			c->wire = wire_new(base, wire_connect(
			    split(j->address, &path)), on_told, c);
		call_back(c, j);
		job_free(j);
	}
}

/* ---- creates ----------------------------------------------------------- */

static void
finish(struct job *j)
{
	answer_create(j->to, j);
	if (list != NULL)
		fprintf(list, "%s %s %s\n", j->id, j->address, j->number);
	if (n_callers == 0 || j->address[0] == '\0') {
		job_free(j);
		return;
	}
	push(&callbacks, j);
	stats.waiting++;
}

static void
on_timer(evutil_socket_t fd, short what, void *arg)
{
	long long now = now_us();
	struct timeval wait;

	(void)fd;
	(void)what;
	(void)arg;
	while (answers.first != NULL && answers.first->at <= now)
		finish(pop(&answers));
	call_all();
	if (answers.first == NULL)
		return;
	now = answers.first->at - now;
	wait.tv_sec = now / 1000000;
	wait.tv_usec = now % 1000000;
	event_add(timer, &wait);
}

static void
create(struct wire *w, bool call, const char *body, size_t n)
{
	struct job *j = mem_alloc(sizeof(*j));
	const char *value;
	struct form form;
	struct err e;

	if (form_parse(body, n, &form, &e) == -1)
		abort();
	j->to = w;
	j->call = call;
	snprintf(j->id, sizeof(j->id), "%s%08x%024lx", call ? "CA" : "SM", run,
	    stats.creates++);
	value = form_get(&form, "StatusCallback");
	j->address = mem_dup(value != NULL ? value : "");
	value = form_get(&form, "To");
	j->number = mem_dup(value != NULL ? value : "");
	form_release(&form);
	stats.last = now_us();
	if (stats.first == 0)
		stats.first = stats.last;
	j->at = stats.last + delay;
	if (delay == 0) {
		finish(j);
		call_all();
		return;
	}
	push(&answers, j);
	if (answers.first == j)
		on_timer(-1, 0, NULL);
}

static void
on_request(struct wire *w, const char *head, size_t n, const char *body,
    size_t body_len)
{
	size_t line = (size_t)((const char *)memchr(head, '\r', n) - head);
	bool post = strncmp(head, "POST ", 5) == 0;

	if (post && memmem(head, line, "/Messages.json", 14) != NULL)
		create(w, false, body, body_len);
	else if (post && memmem(head, line, "/Calls.json", 11) != NULL)
		create(w, true, body, body_len);
	else
		answer_stats(w);
}

static void
on_accept(evutil_socket_t fd, short what, void *arg)
{
	int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	(void)what;
	(void)arg;
	if (peer == -1)
		return;
	stats.connections++;
	wire_new(base, peer, on_request, NULL);
}

static void
on_end(evutil_socket_t fd, short what, void *arg)
{
	char byte;

	(void)what;
	(void)arg;
	if (read(fd, &byte, 1) <= 0)
		event_base_loopbreak(base);
}

int
main(int argc, char **argv)
{
	const char *token = "12345";
	int c, fd;

	while ((c = getopt(argc, argv, "d:k:t:l:")) != -1) {
		switch (c) {
		case 'd':
			delay = wire_number(optarg) * 1000;
			break;
		case 'k':
			n_callers = (int)wire_number(optarg);
			break;
		case 't':
			token = optarg;
			break;
		case 'l':
			list = fopen(optarg, "w");
			break;
		default:
			return 2;
		}
	}
	run = (unsigned)time(NULL) ^ (unsigned)getpid() << 12;
	key = crypto_mac_sha1(token, strlen(token));
	callers = mem_alloc(sizeof(*callers) * (size_t)(n_callers + 1));
	answers.last = &answers.first;
	callbacks.last = &callbacks.first;
	base = event_base_new();
	timer = event_new(base, -1, 0, on_timer, NULL);
	fd = wire_listen(0);
	printf("%d\n", wire_port(fd));
	fflush(stdout);
	event_add(event_new(base, fd, EV_READ | EV_PERSIST, on_accept, NULL),
	    NULL);
	event_add(event_new(base, 0, EV_READ | EV_PERSIST, on_end, NULL),
	    NULL);
	event_base_dispatch(base);
	return list != NULL && fclose(list) != 0;
}
