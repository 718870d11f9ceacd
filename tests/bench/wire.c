#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

static void
must(bool good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

static struct sockaddr_in
loopback(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };

	a.sin_port = htons((uint16_t)port);
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return a;
}

long
wire_number(const char *text)
{
	long n = 0;

	while (*text == ' ')
		text++;
	while (*text >= '0' && *text <= '9')
		n = n * 10 + (*text++ - '0');
	return n;
}

int
wire_listen(int port)
{
	struct sockaddr_in a = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    0), on = 1;

	must(fd != -1, "socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	must(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0, "bind");
	must(listen(fd, 4096) == 0, "listen");
	return fd;
}

int
wire_port(int fd)
{
	struct sockaddr_in a;
	socklen_t n = sizeof(a);

	must(getsockname(fd, (struct sockaddr *)&a, &n) == 0, "getsockname");
	return ntohs(a.sin_port);
}

int
wire_connect(int port)
{
	struct sockaddr_in a = loopback(port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	must(fd != -1, "socket");
	must(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0, "connect");
	evutil_make_socket_nonblocking(fd);
	return fd;
}

static size_t
content_length(const char *head, size_t n)
{
	static const char name[] = "\ncontent-length:";

	for (size_t i = 0; i + sizeof(name) < n; i++)
		if (strncasecmp(head + i, name, sizeof(name) - 1) == 0)
			return (size_t)wire_number(head + i +
			    sizeof(name) - 1);
	return 0;
}

/* Hand on each whole message; what is left waits for the rest. */
static void
take_messages(struct wire *w)
{
	size_t done = 0;

	while (w->fd != -1) {
		char *at = w->in.data + done;
		char *end = memmem(at, w->in.len - done, "\r\n\r\n", 4);
		size_t head, body;

		if (end == NULL)
			break;
		head = (size_t)(end - at) + 4;
		body = content_length(at, head);
		if (w->in.len - done < head + body)
			break;
		done += head + body;
		w->message(w, at, head, at + head, body);
	}
	memmove(w->in.data, w->in.data + done, w->in.len - done + 1);
	w->in.len -= done;
}

static void
on_read(evutil_socket_t fd, short what, void *arg)
{
	struct wire *w = arg;
	char bytes[16384];
	ssize_t n = recv(fd, bytes, sizeof(bytes), 0);

	(void)what;
	if (n > 0) {
		buf_addn(&w->in, bytes, (size_t)n);
		take_messages(w);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		event_del(w->reads);
		if (w->gone != NULL)
			w->gone(w);
	}
}

void
wire_flush(struct wire *w)
{
	ssize_t n = send(w->fd, w->out.data, w->out.len, MSG_NOSIGNAL);

	if (n == (ssize_t)w->out.len) {
		buf_clear(&w->out);
		return;
	}
	if (n > 0) {
		memmove(w->out.data, w->out.data + n, w->out.len - (size_t)n);
		w->out.len -= (size_t)n;
	}
	event_add(w->writes, NULL);
}

static void
on_write(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	wire_flush(arg);
}

struct wire *
wire_new(struct event_base *base, int fd, wire_message_fn *message, void *arg)
{
	struct wire *w = mem_alloc(sizeof(*w));
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	w->fd = fd;
	w->message = message;
	w->arg = arg;
	w->reads = event_new(base, fd, EV_READ | EV_PERSIST, on_read, w);
	w->writes = event_new(base, fd, EV_WRITE, on_write, w);
	event_add(w->reads, NULL);
	return w;
}

void
wire_free(struct wire *w)
{
	event_free(w->reads);
	event_free(w->writes);
	close(w->fd);
	buf_release(&w->in);
	buf_release(&w->out);
	free(w);
}
