/*
 * A stranger's bytes on the listener itself, by a real socket.  The first byte
 * says when the answers come: at once, after the turn, or never.  Beside
 * evhttp a strict reader of our own reads the same bytes: as long as that one
 * understands them, the listener hands over the same requests, and no other.
 */
#include "fuzz.h"

#include <errno.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/num.h"
#include "net/httpd.h"

#define MOST 64

struct request {
	enum http_method method;
	char target[4096];
	size_t body;
};

static struct loop *loop;
static struct httpd *httpd;
static struct sockaddr_un where = { .sun_family = AF_UNIX };

/* What is strictly right, up to what is not. */
static struct request want[MOST];
static size_t n_want;
static bool sure;	/* what stands behind the last one is known too: nothing
			 * or the beginning of a request */

/* What was handed over. */
static struct request got[MOST];
static size_t n_got;
static enum { AT_ONCE, LATER, NEVER_AT_ALL } answers;
static struct httpd_exchange *waiting[MOST];
static size_t n_waiting;

/* ---- the strict reader ------------------------------------------------- */

struct strict {
	const char *at, *end;
};

/* The next line without its end, in ret; false where there is none, or it is
 * longer, or holds what no line should. */
static bool
read_line(struct strict *s, char *ret, size_t size)
{
	const char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
	size_t n;

	if (end == NULL)
		return false;
	n = (size_t)(end - s->at);
	if (n == 0 || s->at[n - 1] != '\r' || n > size)
		return false;
	for (size_t i = 0; i < n - 1; i++)
		if (s->at[i] < ' ' || s->at[i] > '~')
			return false;
	memcpy(ret, s->at, n - 1);
	ret[n - 1] = '\0';
	s->at = end + 1;
	return true;
}

static bool
read_first(struct strict *s, struct request *ret)
{
	char line[4096 + 16];
	char *target, *version;

	if (!read_line(s, line, sizeof(line)))
		return false;
	if (strncmp(line, "GET ", 4) != 0 && strncmp(line, "POST ", 5) != 0)
		return false;
	ret->method = line[0] == 'G' ? HTTP_GET : HTTP_POST;
	target = strchr(line, ' ') + 1;
	version = strchr(target, ' ');
	if (version == NULL || strcmp(version, " HTTP/1.1") != 0)
		return false;
	*version = '\0';
	/* Plain ones: what evhttp thinks of odd ones is its own matter. */
	if (target[0] != '/' || target[1] == '/' || strlen(target) > 4000 ||
	    target[strspn(target, "abcdefghijklmnopqrstuvwxyz0123456789"
	    "-_./?=&")] != '\0')
		return false;
	snprintf(ret->target, sizeof(ret->target), "%s", target);
	return true;
}

/* -1: no length that is beyond doubt. */
static int64_t
read_length(const char *value)
{
	int64_t n;

	/* "00" is refused by the listener, or not: both will do. */
	return num_int(value, 0, 65536, &n, NULL) == 0 && (value[0] != '0' ||
	    value[1] == '\0') ? n : -1;
}

/* The fields and the body; false where there is any doubt. */
static bool
read_rest(struct strict *s, struct request *ret)
{
	char line[1024];
	int64_t length = -1;

	while (read_line(s, line, sizeof(line))) {
		char *colon = strchr(line, ':');

		if (line[0] == '\0') {
			if (ret->method == HTTP_GET && length > 0)
				return false;
			ret->body = length > 0 ? (size_t)length : 0;
			if ((size_t)(s->end - s->at) < ret->body)
				return false;
			s->at += ret->body;
			return true;
		}
		if (colon == NULL || colon[1] != ' ')
			return false;
		*colon = '\0';
		if (strcasecmp(line, "Content-Length") == 0) {
			if (length != -1)
				return false;
			length = read_length(colon + 2);
			if (length == -1)
				return false;
		} else if (strcasecmp(line, "X") != 0 &&
		    strcasecmp(line, "Accept") != 0) {
			return false;
		}
	}
	return false;
}

static void
read_strictly(const char *bytes, size_t n)
{
	struct strict s = { bytes, bytes + n };

	n_want = 0;
	while (n_want < MOST && s.at < s.end && read_first(&s, &want[n_want]) &&
	    read_rest(&s, &want[n_want]))
		n_want++;
	sure = s.at == s.end;
}

/* ---- the listener ------------------------------------------------------ */

static void
answer(struct httpd_exchange *x)
{
	httpd_answer(x, 200, "text/plain", "well\n", 5, NULL);
}

static void
check_incoming(const struct http_incoming *in)
{
	size_t path = strlen(in->path);

	must(in->target[0] == '/' && in->body != NULL);
	must(in->body[in->body_len] == '\0');
	must(strncmp(in->target, in->path, path) == 0);
	must(in->target[path] == '\0' || in->target[path] == '?');
	must(strchr(in->path, '?') == NULL);
	must(in->method == HTTP_POST || in->body_len == 0);
	must(in->peer_uid == (int64_t)getuid());
	for (const char *c = in->target; *c; c++)
		must(*c > ' ' && *c <= '~');
	must(http_fields_count(&in->fields, "Host") <= 1);
	must(http_fields_count(&in->fields, "Content-Length") +
	    http_fields_count(&in->fields, "Transfer-Encoding") <= 1);
}

static void
on_request(struct httpd_exchange *x, const struct http_incoming *in, void *arg)
{
	(void)arg;
	check_incoming(in);
	must(n_got < MOST);
	got[n_got].method = in->method;
	got[n_got].body = in->body_len;
	snprintf(got[n_got].target, sizeof(got[n_got].target), "%s",
	    in->target);
	n_got++;
	if (answers == AT_ONCE || n_got == MOST)
		answer(x);
	else if (answers == NEVER_AT_ALL)
		httpd_drop(x);
	else
		waiting[n_waiting++] = x;
}

static void
clean_up(void)
{
	httpd_free(httpd);
	loop_free(loop);
}

static void
begin(void)
{
	static const struct httpd_limits limits = { 8192, 65536, 8,
		20 * MSEC_SECOND, 20 * MSEC_SECOND };
	struct err e;

	if (loop != NULL)
		return;
	snprintf(where.sun_path, sizeof(where.sun_path),
	    "/tmp/ringround-fuzz-http-%d", (int)getpid());
	loop = loop_new();
	httpd = httpd_new(loop, &limits, on_request, NULL);
	must(httpd_listen_unix(httpd, where.sun_path, 0600, &e) == 0);
	atexit(clean_up);
}

/* Until the listener has closed the connection.  We say that nothing more
 * comes only when all that we wait for was heard, for that ends the talk. */
static void
talk(int fd)
{
	char piece[4096];
	struct err e;
	ssize_t n;

	for (;;) {
		if (n_got >= n_want && n_waiting == 0)
			shutdown(fd, SHUT_WR);
		n = recv(fd, piece, sizeof(piece), MSG_DONTWAIT);
		if (n == 0 || (n == -1 && errno == ECONNRESET))
			break;
		if (n > 0)
			continue;
		must(errno == EAGAIN);
		must(loop_turn(loop, &e) == 0);
		while (n_waiting > 0)
			answer(waiting[--n_waiting]);
	}
	while (httpd_open_count(httpd) > 0)
		must(loop_turn(loop, &e) == 0);
}

static void
compare(void)
{
	size_t n = n_want < n_got ? n_want : n_got;

	for (size_t i = 0; i < n; i++) {
		must(got[i].method == want[i].method);
		must(got[i].body == want[i].body);
		must(strcmp(got[i].target, want[i].target) == 0);
	}
	/* Whoever is dropped is not heard any further. */
	must(n_got >= n_want || answers == NEVER_AT_ALL);
	must(!sure || n_got <= n_want);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	int fd;

	/* At most MOST requests, and what a socket takes at once. */
	if (n == 0 || n > 16384)
		return 0;
	begin();
	answers = bytes[0] % 3;
	n_got = 0;
	read_strictly((const char *)bytes + 1, n - 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(fd != -1);
	must(connect(fd, (struct sockaddr *)&where, sizeof(where)) == 0);
	must(send(fd, bytes + 1, n - 1, MSG_NOSIGNAL) == (ssize_t)n - 1);
	talk(fd);
	close(fd);
	compare();
	return 0;
}
