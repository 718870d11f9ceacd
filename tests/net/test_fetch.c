/*
 * Requests against a server that misbehaves as its paths say, and counts in
 * shared memory what reached it.
 */
#include "net/fetch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/multi.h"
#include "tap.h"

/* The server: a process a connection, so that it may simply block. */

static struct seen {
	atomic_int connections;
	atomic_int requests;	/* whole ones, body and all */
	atomic_int heads;
} *seen;

static int port;

static void
put(int fd, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		ssize_t done = send(fd, text, n, MSG_NOSIGNAL);

		if (done <= 0)
			_exit(0);
		text += done;
		n -= (size_t)done;
	}
}

static void
put_answer(int fd, int status, const char *fields, const char *body)
{
	char *text = mem_printf("HTTP/1.1 %d X\r\n%sContent-Length: %zu\r\n"
	    "\r\n%s", status, fields, strlen(body), body);

	put(fd, text);
	free(text);
}

static void
put_forever(int fd, const char *text)
{
	for (;;)
		put(fd, text);
}

static void
drip(int fd)
{
	put(fd, "HTTP/1.1 200 X\r\nContent-Length: 10\r\n\r\n");
	for (int i = 0; i < 10; i++) {
		put(fd, "x");
		usleep(3000);
	}
}

static void
serve(int fd, const char *head)
{
	const char *path = strchr(head, ' ') + 1;

	if (strncmp(path, "http://", 7) == 0)
		path = strchr(path + 7, '/'); /* we are a proxy */
#define IS(name) (strncmp(path, name, strlen(name)) == 0)
	if (IS("/ok"))
		put_answer(fd, 200, "Date: Fri, 04 Dec 2026 09:00:00 GMT\r\n"
		    "Retry-After:  7 \r\nX-A: 1\r\nx-a: 2\r\nEmpty:\r\n",
		    "well");
	else if (IS("/created"))
		put_answer(fd, 201, "", "{}");
	else if (IS("/echo"))
		put_answer(fd, 200, "", head);
	else if (IS("/move"))
		put_answer(fd, 302, "Location: /ok\r\n", "");
	else if (IS("/continue"))
		put(fd, "HTTP/1.1 100 Continue\r\nX-B: early\r\n\r\n"
		    "HTTP/1.1 200 X\r\nX-C: 1\r\nContent-Length: 0\r\n\r\n");
	else if (IS("/die"))
		_exit(0);
	else if (IS("/last"))
		kill(getppid(), SIGKILL), _exit(0); /* and nobody listens */
	else if (IS("/half"))
		put(fd, "HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nhalf"),
		    _exit(0);
	else if (IS("/huge"))
		put(fd, "HTTP/1.1 200 X\r\n\r\n"), put_forever(fd, "xxxxxxxx");
	else if (IS("/fields"))
		put(fd, "HTTP/1.1 200 X\r\n"), put_forever(fd, "X-D: dddd\r\n");
	else if (IS("/drip"))
		drip(fd);
	else if (IS("/hang"))
		for (;;)
			pause();
	else if (IS("/garbage"))
		put(fd, "SSH-2.0-OpenSSH\r\n"), _exit(0);
	else if (strncmp(head, "CONNECT", 7) == 0)
		put_answer(fd, 403, "", "no");
	else
		put_answer(fd, 404, "", "");
#undef IS
}

static size_t
body_length(const char *head)
{
	const char *field = strcasestr(head, "\r\ncontent-length:");
	size_t n = 0;

	if (!field)
		return 0;
	for (field += 17; *field == ' '; field++)
		;
	for (; *field >= '0' && *field <= '9'; field++)
		n = n * 10 + (size_t)(*field - '0');
	return n;
}

/* Read whole requests from a connection and serve each. */
static void
attend(int fd)
{
	static char in[200000];
	size_t n = 0;

	for (;;) {
		char *end = memmem(in, n, "\r\n\r\n", 4);
		ssize_t got;

		if (end) {
			size_t head = (size_t)(end - in) + 4, all;

			end[3] = '\0';
			all = head + body_length(in);
			atomic_fetch_add(&seen->heads, 1);
			if (strstr(in, "/cut"))
				_exit(0); /* with the body unread */
			while (n < all && (got = read(fd, in + n,
			    sizeof(in) - n)) > 0)
				n += (size_t)got;
			if (n < all)
				_exit(0);
			atomic_fetch_add(&seen->requests, 1);
			serve(fd, in);
			memmove(in, in + all, n - all);
			n -= all;
			continue;
		}
		got = read(fd, in + n, sizeof(in) - n - 1);
		if (got <= 0 || in[0] == 0x16) /* TLS begins so */
			_exit(0);
		n += (size_t)got;
	}
}

static int
bind_any(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&a, len) == -1 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) == -1)
		abort();
	port = ntohs(a.sin_port);
	return fd;
}

static pid_t
start_server(void)
{
	int listener = bind_any();
	pid_t pid;

	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	listen(listener, 500);
	pid = fork();
	if (pid != 0) {
		close(listener);
		return pid;
	}
	signal(SIGCHLD, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;) {
		int fd = accept(listener, NULL, NULL);

		if (fd == -1)
			continue;
		atomic_fetch_add(&seen->connections, 1);
		if (fork() == 0) {
			close(listener);
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			attend(fd);
		}
		close(fd);
	}
}

/* The client. */

static struct loop *loop;
static struct fetch *fetch;

struct got {
	int done;
	struct http_result result;
};

static void
on_result(struct http_result *r, void *arg)
{
	struct got *g = arg;

	g->done++;
	http_result_release(&g->result);
	g->result = *r;
	*r = (struct http_result){ 0 };
}

static char *
at(const char *path)
{
	return mem_printf("http://127.0.0.1:%d%s", port, path);
}

static void
prepare(struct http_request *r, enum http_method method, const char *path)
{
	char *url = at(path);

	http_request_init(r, method, url);
	free(url);
	r->timeout = 60 * MSEC_SECOND;
	if (method == HTTP_POST)
		buf_add(&r->body, "To=%2B441154960123&Body=Well%3F");
}

static void
prepare_once(struct http_request *r, const char *path)
{
	prepare(r, HTTP_POST, path);
	r->once = true;
}

static void
wait_for(const int *n, int want)
{
	msec end = clock_monotonic() + 120 * MSEC_SECOND;
	struct err e;

	while (*n < want && clock_monotonic() < end)
		if (loop_turn(loop, &e) == -1)
			break;
}

static void
run(struct http_request *r, struct got *ret)
{
	*ret = (struct got){ 0 };
	fetch_start(fetch, r, on_result, ret);
	is_int(ret->done, 0, "nothing is called back at once");
	wait_for(&ret->done, 1);
	is_int(ret->done, 1, "called back once");
}

static void
forget(struct got *g)
{
	http_result_release(&g->result);
}

/* Be sure that there is a kept-alive connection, and count from here. */
static void
warm_up(void)
{
	struct http_request r;
	struct got g;

	prepare_once(&r, "/ok");
	run(&r, &g);
	is_int(g.result.fate, HTTP_ANSWERED, "a connection is warm");
	forget(&g);
	atomic_store(&seen->requests, 0);
	atomic_store(&seen->heads, 0);
	atomic_store(&seen->connections, 0);
}

static void
test_answers(void)
{
	struct http_request r;
	struct got g;

	prepare(&r, HTTP_GET, "/ok");
	run(&r, &g);
	is_int(g.result.fate, HTTP_ANSWERED, "answered");
	is_int(g.result.status, 200, "its status");
	is_text(buf_text(&g.result.body), "well", "its body");
	is_text(g.result.reason, "", "no reason");
	is_text(http_fields_get(&g.result.fields, "date"),
	    "Fri, 04 Dec 2026 09:00:00 GMT", "the server's date");
	is_text(http_fields_get(&g.result.fields, "retry-after"), "7",
	    "a value without the blanks around it");
	is_int(http_fields_count(&g.result.fields, "X-A"), 2, "repeats");
	is_text(http_fields_get(&g.result.fields, "empty"), "", "empty ones");
	forget(&g);

	prepare(&r, HTTP_GET, "/move");
	run(&r, &g);
	is_int(g.result.status, 302, "a redirect is an answer");
	forget(&g);

	prepare(&r, HTTP_GET, "/continue");
	run(&r, &g);
	is_int(g.result.status, 200, "a 100 before it is none");
	is_text(http_fields_get(&g.result.fields, "X-B"), NULL,
	    "nor are its fields");
	is_text(http_fields_get(&g.result.fields, "X-C"), "1",
	    "the answer's are");
	forget(&g);

	prepare(&r, HTTP_GET, "/drip");
	run(&r, &g);
	is_int(g.result.fate, HTTP_ANSWERED, "a slow answer is one");
	is_text(buf_text(&g.result.body), "xxxxxxxxxx", "all of it");
	forget(&g);
}

static void
test_what_is_sent(void)
{
	static const char *const wanted[] = { "POST /echo?a=b HTTP/1.1\r\n",
		"User-Agent: ringround/", "X-Key: secret\r\n",
		"Authorization: Basic QUN4OjEyOjM0NQ==\r\n",
		"Content-Type: application/json\r\n",
		"Content-Length: 31\r\n" };
	struct http_request r;
	struct got g;

	for (int once = 0; once <= 1; once++) {
		prepare(&r, HTTP_POST, "/echo?a=b");
		r.once = once;
		r.user = mem_dup("ACx");
		r.password = mem_dup("12:345");
		r.content_type = mem_dup("application/json");
		http_fields_add(&r.fields, "X-Key", "secret");
		run(&r, &g);
		for (size_t i = 0; i < COUNT(wanted); i++)
			ok(strstr(buf_text(&g.result.body), wanted[i]),
			    "part %zu is sent, once=%d", i, once);
		ok(!strcasestr(buf_text(&g.result.body), "expect:"),
		    "without asking first");
		forget(&g);
	}
	prepare_once(&r, "/echo");
	run(&r, &g);
	ok(strstr(buf_text(&g.result.body),
	    "Content-Type: application/x-www-form-urlencoded\r\n"),
	    "a body is a form unless told");
	ok(!strstr(buf_text(&g.result.body), "X-Key") &&
	    !strstr(buf_text(&g.result.body), "Authorization"),
	    "nothing of the last request hangs on");
	forget(&g);
	prepare(&r, HTTP_GET, "/echo");
	run(&r, &g);
	ok(strstr(buf_text(&g.result.body), "GET /echo HTTP/1.1\r\n"), "a GET");
	ok(!strstr(buf_text(&g.result.body), "Content-"), "has no body");
	forget(&g);
}

/* The one that matters: nobody's telephone rings twice. */
static void
test_never_twice(void)
{
	struct http_request r;
	struct got g;

	warm_up();
	prepare_once(&r, "/die");
	run(&r, &g);
	is_int(seen->requests, 1, "its connection died after it: sent once");
	is_int(g.result.fate, HTTP_UNKNOWN, "so nobody knows");
	is_text(g.result.reason, "the connection ended before the answer",
	    "it rode on the kept-alive connection");
	forget(&g);

	warm_up();
	prepare_once(&r, "/die");
	buf_clear(&r.body);
	run(&r, &g);
	is_int(seen->requests, 1, "also without a body");
	is_int(g.result.fate, HTTP_UNKNOWN, "nobody knows either");
	forget(&g);

	warm_up();
	prepare_once(&r, "/die");
	for (int i = 0; i < 30000; i++)
		buf_add(&r.body, "xxxxx");
	run(&r, &g);
	is_int(seen->requests, 1, "also with a long body");
	is_int(g.result.fate, HTTP_UNKNOWN, "nobody knows either");
	forget(&g);

	warm_up();
	prepare_once(&r, "/cut");
	run(&r, &g);
	is_int(seen->requests, 0, "cut before the body: never arrived");
	ok(g.result.fate == HTTP_UNKNOWN, "and not known: %s", g.result.reason);
	forget(&g);

	/* That the server can tell: what libcurl does when it may. */
	warm_up();
	prepare(&r, HTTP_POST, "/die");
	run(&r, &g);
	is_int(seen->requests, 2, "a POST that may go twice does");
	forget(&g);
}

static void
test_unknown(void)
{
	static const char *const paths[] = { "/die", "/half", "/garbage",
		"/huge" };
	struct http_request r;
	struct got g;

	for (size_t i = 0; i < COUNT(paths); i++) {
		prepare_once(&r, paths[i]);
		run(&r, &g);
		is_int(g.result.fate, HTTP_UNKNOWN, "%s: unknown: %s",
		    paths[i], g.result.reason);
		ok(g.result.reason[0], "with a reason");
		ok(g.result.body.len <= 64 * 1024, "no more than 64 KiB");
		forget(&g);
	}
	prepare_once(&r, "/hang");
	r.timeout = 150;
	run(&r, &g);
	is_int(g.result.fate, HTTP_UNKNOWN, "no answer in time: unknown: %s",
	    g.result.reason);
	forget(&g);
	prepare(&r, HTTP_GET, "/fields");
	r.timeout = 300;
	run(&r, &g);
	is_int(g.result.fate, HTTP_UNKNOWN, "fields without end: unknown: %s",
	    g.result.reason);
	ok(g.result.fields.n <= 64, "no more than 64 of them");
	forget(&g);
	prepare(&r, HTTP_GET, "/ok");
	r.max_answer = 4;
	run(&r, &g);
	is_int(g.result.fate, HTTP_ANSWERED, "exactly as long as allowed");
	forget(&g);
	prepare(&r, HTTP_GET, "/ok");
	r.max_answer = 3;
	run(&r, &g);
	is_int(g.result.fate, HTTP_UNKNOWN, "one byte longer");
	is_text(g.result.reason, "the answer is too long", "says so");
	forget(&g);
}

static void
test_not_sent(void)
{
	int own = port, dead, closed = bind_any();
	struct http_request r;
	struct got g;

	dead = port;
	close(closed);
	prepare_once(&r, "/ok"); /* at the dead port */
	port = own;
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "refused: %s", g.result.reason);
	forget(&g);

	http_request_init(&r, HTTP_POST, "http://no-such-host.invalid/");
	r.once = true;
	r.timeout = 2000;
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "no such host: %s",
	    g.result.reason);
	forget(&g);

	http_request_init(&r, HTTP_GET, "file:///etc/passwd");
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "no scheme of ours: %s",
	    g.result.reason);
	forget(&g);

	prepare_once(&r, "/ok");
	free(r.url);
	r.url = mem_printf("https://127.0.0.1:%d/ok", port);
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "no TLS there: %s",
	    g.result.reason);
	forget(&g);

	prepare_once(&r, "/ok");
	r.proxy = mem_printf("http://127.0.0.1:%d", dead);
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "no proxy there: %s",
	    g.result.reason);
	forget(&g);

	prepare_once(&r, "/ok");
	free(r.url);
	r.url = mem_dup("https://gateway.invalid/ok");
	r.proxy = mem_printf("http://127.0.0.1:%d", port);
	run(&r, &g);
	is_int(g.result.fate, HTTP_NOT_SENT, "the proxy refuses: %s",
	    g.result.reason);
	forget(&g);
}

static void
test_proxy(void)
{
	struct http_request r;
	struct got g;

	http_request_init(&r, HTTP_GET, "http://gateway.invalid/echo");
	r.proxy = mem_printf("http://127.0.0.1:%d", port);
	run(&r, &g);
	ok(strstr(buf_text(&g.result.body), "GET http://gateway.invalid/echo"),
	    "a named proxy is used: %s", g.result.reason);
	forget(&g);
}

struct many {
	int done, left;
	int answered;
};

static void
on_one_of_many(struct http_result *r, void *arg)
{
	struct many *m = arg;
	struct http_request next;

	m->done++;
	m->answered += r->fate == HTTP_ANSWERED;
	if (m->left > 0) {
		m->left--;
		prepare_once(&next, "/created");
		fetch_start(fetch, &next, on_one_of_many, m);
	}
}

static void
test_many(void)
{
	struct many m = { .left = 300 };
	struct http_request r;

	atomic_store(&seen->requests, 0);
	for (int i = 0; i < 300; i++) {
		prepare_once(&r, "/created");
		fetch_start(fetch, &r, on_one_of_many, &m);
	}
	is_int(fetch_count(fetch), 300, "as many are under way");
	wait_for(&m.done, 600);
	is_int(m.answered, 600, "more than run at once, and more from there");
	is_int(seen->requests, 600, "each sent once");
	is_int(fetch_count(fetch), 0, "none is left");
}

static struct loop_timer *tick;

static void
on_tick(void *arg)
{
	(void)arg;
	loop_timer_arm(tick, 2);
}

/* Turn until so many requests have reached the server. */
static void
wait_for_server(int want)
{
	tick = loop_timer_new(loop, on_tick, NULL);
	on_tick(NULL);
	for (int i = 0; i < 5000 && seen->requests < want; i++)
		if (loop_turn(loop, NULL) == -1)
			break;
	is_int(seen->requests, want, "the server has seen it");
	loop_timer_free(tick);
}

static void
test_ends(void)
{
	struct got a = { 0 }, b = { 0 };
	struct http_request r;

	atomic_store(&seen->requests, 0);
	prepare_once(&r, "/hang");
	fetch_start(fetch, &r, on_result, &a);
	wait_for_server(1);
	prepare_once(&r, "/ok");
	fetch_start(fetch, &r, on_result, &b);
	fetch_cancel_all(fetch);
	is_int(a.done, 1, "what runs is ended");
	is_int(a.result.fate, HTTP_UNKNOWN, "and may have arrived: %s",
	    a.result.reason);
	is_int(b.done, 1, "what was just begun too");
	is_int(b.result.fate, HTTP_NOT_SENT, "and has not left: %s",
	    b.result.reason);
	is_int(fetch_count(fetch), 0, "none is left");
	forget(&a);
	forget(&b);

	a = b = (struct got){ 0 };
	prepare_once(&r, "/hang");
	fetch_start(fetch, &r, on_result, &a);
	wait_for_server(2);
	multi_rebuild(fetch_multi(fetch));
	is_int(a.done, 0, "a broken libcurl calls nobody at once");
	wait_for(&a.done, 1);
	is_int(a.result.fate, HTTP_UNKNOWN, "but says: %s", a.result.reason);
	forget(&a);
	warm_up();
}

/* libcurl cannot connect anew: what it says of that is not what happened. */
static void
test_gone_for_good(void)
{
	struct http_request r;
	struct got g;

	warm_up();
	prepare_once(&r, "/last");
	run(&r, &g);
	is_int(seen->requests, 1, "the last request arrived");
	is_int(g.result.fate, HTTP_UNKNOWN, "and nobody knows: %s",
	    g.result.reason);
	forget(&g);
}

static void
test_free_under_way(void)
{
	struct got g = { 0 };
	struct http_request r;

	prepare_once(&r, "/hang");
	fetch_start(fetch, &r, on_result, &g);
	fetch_free(fetch);
	is_int(g.done, 1, "freeing ends what is under way");
	forget(&g);
	fetch_free(NULL);
}

int
main(void)
{
	pid_t server = start_server();

	/* What must not matter. */
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("no_proxy", "*", 1);
	loop = loop_new();
	fetch = fetch_new(loop);
	test_answers();
	test_what_is_sent();
	test_never_twice();
	test_unknown();
	test_not_sent();
	test_proxy();
	test_many();
	test_ends();
	test_gone_for_good();
	test_free_under_way();
	loop_free(loop);
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return tap_done();
}
