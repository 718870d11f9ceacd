/*
 * httpd_probe REQUEST_MS IDLE_MS CONNECTIONS [tcp ADDRESS | unix PATH | fd N]
 * A server to be ill-treated.  Prints "port N" (or the reason why it cannot
 * listen), then serves by path:
 *	/hold	answers when somebody asks for /release
 *	/big	answers with a mebibyte
 *	/count	answers how many connections are open
 *	/stop	answers and stops accepting, answers /hold a little later, and
 *		ends when no connection is open
 *	/leave	answers and ends at once, with everything open
 *	else	answers with what it read
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "net/httpd.h"

static struct loop *loop;
static struct httpd *httpd;
static struct httpd_exchange *held[100];
static size_t n_held;
static struct loop_timer *later;
static bool stopping, leaving;

static void
answer_text(struct httpd_exchange *x, int status, const char *text)
{
	httpd_answer(x, status, "text/plain", text, strlen(text), NULL);
}

static void
release_all(void *arg)
{
	(void)arg;
	while (n_held > 0)
		answer_text(held[--n_held], 200, "released");
}

static void
answer_big(struct httpd_exchange *x)
{
	char *body = mem_alloc(1 << 20);

	memset(body, 'x', 1 << 20);
	httpd_answer(x, 200, "text/plain", body, 1 << 20, NULL);
	free(body);
}

static void
answer_echo(struct httpd_exchange *x, const struct http_incoming *in)
{
	struct http_fields extra = { 0 };
	struct buf b = BUF_EMPTY;

	buf_addf(&b, "%s|%s|%s|%s|%s|%zu|%zu|%lld|",
	    http_method_name(in->method), in->target, in->path, in->query,
	    in->content_type,
	    http_fields_count(&in->fields, "X-Twilio-Signature"),
	    in->body_len, (long long)in->peer_uid);
	buf_addn(&b, in->body, in->body_len);
	if (in->body[in->body_len] != '\0')
		abort();
	http_fields_add(&extra, "X-Extra", "yes");
	httpd_answer(x, 200, NULL, b.data, b.len, &extra);
	http_fields_release(&extra);
	buf_release(&b);
}

static void
on_request(struct httpd_exchange *x, const struct http_incoming *in, void *arg)
{
	char count[32];

	(void)arg;
	if (strcmp(in->path, "/hold") == 0 && n_held < COUNT(held)) {
		held[n_held++] = x;
	} else if (strcmp(in->path, "/release") == 0) {
		release_all(NULL);
		answer_text(x, 200, "done");
	} else if (strcmp(in->path, "/big") == 0) {
		answer_big(x);
	} else if (strcmp(in->path, "/count") == 0) {
		snprintf(count, sizeof(count), "%zu", httpd_open_count(httpd));
		answer_text(x, 200, count);
	} else if (strcmp(in->path, "/none") == 0) {
		httpd_answer(x, 204, NULL, "", 0, NULL);
	} else if (strcmp(in->path, "/stop") == 0) {
		httpd_stop_accepting(httpd);
		stopping = true;
		loop_timer_arm(later, 300);
		answer_text(x, 200, "stopping");
	} else if (strcmp(in->path, "/leave") == 0) {
		leaving = true;
		answer_text(x, 200, "leaving");
	} else {
		answer_echo(x, in);
	}
}

static int
listen_as_told(int argc, char **argv, struct err *e)
{
	const char *kind = argc > 5 ? argv[4] : "tcp";
	const char *where = argc > 5 ? argv[5] : "127.0.0.1:0";
	int64_t fd;

	if (strcmp(kind, "unix") == 0)
		return httpd_listen_unix(httpd, where, 0640, e);
	if (strcmp(kind, "fd") == 0) {
		if (num_int(where, 0, 1000, &fd, e) == -1)
			return -1;
		return httpd_adopt_fd(httpd, (int)fd, e);
	}
	return httpd_listen_tcp(httpd, where, e);
}

int
main(int argc, char **argv)
{
	struct httpd_limits limits = HTTPD_LIMITS;
	int64_t request, idle, connections;
	struct err e;

	if (argc < 4 || num_int(argv[1], 1, 600000, &request, &e) == -1 ||
	    num_int(argv[2], 1, 600000, &idle, &e) == -1 ||
	    num_int(argv[3], 1, 100000, &connections, &e) == -1)
		return 2;
	limits.request = request;
	limits.idle = idle;
	limits.connections = (size_t)connections;
	loop = loop_new();
	later = loop_timer_new(loop, release_all, NULL);
	httpd = httpd_new(loop, &limits, on_request, NULL);
	if (listen_as_told(argc, argv, &e) == -1) {
		printf("error %s\n", e.text);
		leaving = true;
	} else {
		printf("port %d\n", httpd_port(httpd));
	}
	fflush(stdout);
	while (!leaving && !(stopping && httpd_open_count(httpd) == 0))
		if (loop_turn(loop, &e) == -1)
			return 1;
	httpd_free(httpd);
	httpd = NULL;
	release_all(NULL); /* into nowhere */
	loop_timer_free(later);
	loop_free(loop);
	puts("ended");
	return 0;
}
