/*
 * The request asks for the connection to be closed after the answer, so that
 * the answer is all that comes until then; it is taken apart when it is
 * complete.
 */
#include "cli/client.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_MAX ((size_t)256 * 1024 * 1024)
#define PATIENCE_S 60

static int
set_patience(int fd, struct err *e)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };

	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
	        sizeof(patience)) == -1 ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
	        sizeof(patience)) == -1)
		return err_errno(e, "cannot set a time-out");
	return 0;
}

static enum client_fate
why_not(const char *socket_path, struct err *e)
{
	if (errno == ENOENT || errno == ECONNREFUSED)
		return CLIENT_DOWN;
	if (errno == EACCES)
		err_set(e, "you may not speak to the daemon at %s; ask an "
		    "administrator to put you into the group that owns it",
		    socket_path);
	else
		err_errno(e, "cannot reach the daemon at %s", socket_path);
	return CLIENT_FAILED;
}

static enum client_fate
dial(const char *socket_path, int *ret_fd, struct err *e)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	enum client_fate fate;
	int fd;

	if (strlen(socket_path) >= sizeof(address.sun_path)) {
		err_set(e, "the path of the socket, %s, is longer than %zu "
		    "bytes; give a shorter one by `socket` in [service]",
		    socket_path, sizeof(address.sun_path) - 1);
		return CLIENT_FAILED;
	}
	memcpy(address.sun_path, socket_path, strlen(socket_path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1) {
		err_errno(e, "cannot make a socket");
		return CLIENT_FAILED;
	}
	if (set_patience(fd, e) == -1) {
		close(fd);
		return CLIENT_FAILED;
	}
	if (connect(fd, (const struct sockaddr *)&address,
	        sizeof(address)) == -1) {
		fate = why_not(socket_path, e);
		close(fd);
		return fate;
	}
	*ret_fd = fd;
	return CLIENT_ANSWERED;
}

static int
send_all(int fd, const struct buf *b, struct err *e)
{
	size_t sent = 0;

	while (sent < b->len) {
		ssize_t n = send(fd, b->data + sent, b->len - sent,
		    MSG_NOSIGNAL);

		if (n == -1 && errno == EINTR)
			continue;
		/* It may have refused us before it read everything. */
		if (n == -1 && (errno == EPIPE || errno == ECONNRESET))
			return 0;
		if (n == -1)
			return err_errno(e, "the daemon does not listen");
		sent += (size_t)n;
	}
	return 0;
}

static int
receive_all(int fd, struct buf *b, struct err *e)
{
	char piece[65536];

	for (;;) {
		ssize_t n = recv(fd, piece, sizeof(piece), 0);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return err_set(e, "the daemon has not answered in %d "
			    "s; see `systemctl status ringround`", PATIENCE_S);
		if (n == -1)
			return err_errno(e, "the daemon's answer broke off");
		if (n == 0)
			return 0;
		if (b->len + (size_t)n > ANSWER_MAX)
			return err_set(e, "the daemon's answer is too long");
		buf_addn(b, piece, (size_t)n);
	}
}

static void
build_request(const char *target, const struct buf *form, struct buf *ret)
{
	buf_addf(ret, "%s %s HTTP/1.1\r\nHost: ringround\r\n"
	    "Connection: close\r\n", form ? "POST" : "GET", target);
	if (form) {
		buf_addf(ret, "Content-Type: "
		    "application/x-www-form-urlencoded\r\n"
		    "Content-Length: %zu\r\n\r\n", form->len);
		buf_addn(ret, buf_text(form), form->len);
	} else {
		buf_add(ret, "\r\n");
	}
}

enum client_fate
client_ask(const char *socket_path, const char *target,
    const struct buf *form, struct http_result *ret, struct err *e)
{
	struct buf request = BUF_EMPTY, answer = BUF_EMPTY;
	enum client_fate fate;
	int fd;

	fate = dial(socket_path, &fd, e);
	if (fate != CLIENT_ANSWERED)
		return fate;
	build_request(target, form, &request);
	if (send_all(fd, &request, e) == -1 ||
	    receive_all(fd, &answer, e) == -1 ||
	    client_read_answer(buf_text(&answer), answer.len, ret, e) == -1)
		fate = CLIENT_FAILED;
	buf_release(&answer);
	buf_release(&request);
	close(fd);
	return fate;
}

/* ---- the answer -------------------------------------------------------- */

/* What is still to be read. */
struct rest {
	const char *at;
	size_t n;
};

/* The next line, without its end; -1 where there is no whole one. */
static int
take_line(struct rest *r, const char **ret_line, size_t *ret_len)
{
	const char *end = memchr(r->at, '\n', r->n);
	size_t len;

	if (!end)
		return -1;
	len = (size_t)(end - r->at);
	*ret_line = r->at;
	*ret_len = len > 0 && end[-1] == '\r' ? len - 1 : len;
	r->at += len + 1;
	r->n -= len + 1;
	return 0;
}

static int
digit(char c, int base)
{
	int value = c >= '0' && c <= '9' ? c - '0'
	    : c >= 'a' && c <= 'f' ? c - 'a' + 10
	    : c >= 'A' && c <= 'F' ? c - 'A' + 10 : base;

	return value < base ? value : -1;
}

/* A length as it stands in a header or before a chunk; -1 if none. */
static int
read_length(const char *text, size_t n, int base, size_t *ret)
{
	size_t length = 0, i;

	for (i = 0; i < n && digit(text[i], base) >= 0; i++) {
		length = length * (size_t)base +
		    (size_t)digit(text[i], base);
		if (length > ANSWER_MAX)
			return -1;
	}
	if (i == 0 || (i < n && text[i] != ';' && text[i] != ' '))
		return -1;
	*ret = length;
	return 0;
}

static int
read_status(struct rest *r, int *ret)
{
	const char *line;
	size_t len;

	if (take_line(r, &line, &len) == -1 || len < 12 ||
	    strncmp(line, "HTTP/1.", 7) != 0 || line[8] != ' ')
		return -1;
	*ret = 0;
	for (int i = 9; i < 12; i++) {
		if (digit(line[i], 10) < 0)
			return -1;
		*ret = *ret * 10 + digit(line[i], 10);
	}
	return 0;
}

static int
read_fields(struct rest *r, struct http_fields *fields)
{
	const char *line, *colon, *value;
	size_t len;

	while (take_line(r, &line, &len) == 0) {
		if (len == 0)
			return 0;
		colon = memchr(line, ':', len);
		if (!colon || fields->n == 64 || memchr(line, '\0', len) ||
		    memchr(line, '\r', len))
			return -1;
		value = colon + 1;
		while (value < line + len && *value == ' ')
			value++;
		http_fields_addn(fields, line, (size_t)(colon - line), value,
		    (size_t)(line + len - value));
	}
	return -1;
}

static int
read_chunks(struct rest *r, struct buf *body)
{
	const char *line;
	size_t len, size;

	while (take_line(r, &line, &len) == 0) {
		if (read_length(line, len, 16, &size) == -1)
			return -1;
		if (size == 0)
			return 0;
		if (size > r->n)
			return -1;
		buf_addn(body, r->at, size);
		r->at += size;
		r->n -= size;
		if (take_line(r, &line, &len) == -1 || len != 0)
			return -1;
	}
	return -1;
}

static int
read_body(struct rest *r, const struct http_fields *fields, struct buf *body)
{
	const char *coding = http_fields_get(fields, "Transfer-Encoding");
	const char *length = http_fields_get(fields, "Content-Length");
	size_t n = r->n;

	if (coding)
		return strcasecmp(coding, "chunked") == 0 ?
		    read_chunks(r, body) : -1;
	if (length && read_length(length, strlen(length), 10, &n) == -1)
		return -1;
	if (n > r->n)
		return -1;
	buf_addn(body, r->at, n);
	return 0;
}

int
client_read_answer(const char *bytes, size_t n, struct http_result *ret,
    struct err *e)
{
	struct http_result result = { .fate = HTTP_ANSWERED };
	struct rest rest = { bytes, n };

	if (read_status(&rest, &result.status) == -1 ||
	    read_fields(&rest, &result.fields) == -1 ||
	    read_body(&rest, &result.fields, &result.body) == -1) {
		http_result_release(&result);
		return err_set(e, "the daemon's answer broke off; is it being "
		    "stopped?");
	}
	*ret = result;
	return 0;
}
