#include "net/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/url.h"

/* A crowd at the door is let in and out again: whoever is turned away by the
 * kernel comes again only after a second. */
#define BACKLOG 4096

static int
parse_address(const char *host, int port, struct sockaddr_storage *ret,
    socklen_t *ret_len)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)ret;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)ret;

	memset(ret, 0, sizeof(*ret));
	if (strcasecmp(host, "localhost") == 0)
		host = "127.0.0.1";
	if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons((uint16_t)port);
		*ret_len = sizeof(*v4);
		return 0;
	}
	if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons((uint16_t)port);
		*ret_len = sizeof(*v6);
		return 0;
	}
	return -1;
}

int
listener_tcp(const char *address, struct err *e)
{
	struct sockaddr_storage where;
	char host[URL_HOST_SIZE];
	socklen_t len;
	int fd, port, on = 1;

	if (url_parse_listen(address, host, &port, e) == -1)
		return err_wrap(e, "listening on %s", address);
	if (parse_address(host, port, &where, &len) == -1)
		return err_set(e, "listening on %s: give an IP address, as in "
		    "127.0.0.1:%d", address, port);
	fd = socket(where.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0);
	if (fd == -1)
		return err_errno(e, "listening on %s", address);
	/* So that a restart need not wait for connections of the last run. */
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&where, len) == -1 ||
	    listen(fd, BACKLOG) == -1) {
		err_errno(e, "listening on %s", address);
		close(fd);
		return -1;
	}
	return fd;
}

/* Does anybody listen there?  Only where it is certain that nobody does may
 * the file go. */
static int
remove_stale(const struct sockaddr_un *where, struct err *e)
{
	struct stat st;
	int fd, failed;

	if (lstat(where->sun_path, &st) == -1)
		return errno == ENOENT ? 0
		    : err_errno(e, "listening on %s", where->sun_path);
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, "listening on %s: something else than a "
		    "socket stands there; move it away", where->sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return err_errno(e, "listening on %s", where->sun_path);
	failed = connect(fd, (const struct sockaddr *)where, sizeof(*where));
	if (failed && errno == ECONNREFUSED)
		failed = unlink(where->sun_path);
	else if (failed && errno != EAGAIN)
		err_errno(e, "asking who listens on %s", where->sun_path);
	else
		failed = err_set(e, "another program listens on %s already",
		    where->sun_path);
	close(fd);
	return failed;
}

int
listener_unix(const char *path, mode_t mode, struct err *e)
{
	struct sockaddr_un where = { .sun_family = AF_UNIX };
	mode_t old;
	int fd, failed;

	if (strlen(path) >= sizeof(where.sun_path))
		return err_set(e, "the socket's path is longer than %zu "
		    "characters: %s", sizeof(where.sun_path) - 1, path);
	memcpy(where.sun_path, path, strlen(path) + 1);
	if (remove_stale(&where, e) == -1)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return err_errno(e, "listening on %s", path);
	/* The file has its mode from the first moment on. */
	old = umask(~mode & 0777);
	failed = bind(fd, (struct sockaddr *)&where, sizeof(where));
	umask(old);
	if (failed || listen(fd, BACKLOG) == -1) {
		err_errno(e, "listening on %s", path);
		close(fd);
		return -1;
	}
	return fd;
}

int
listener_adopt(int fd, struct err *e)
{
	int listens = 0, type = 0, flags;
	socklen_t len = sizeof(listens);

	if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &len) == -1 ||
	    getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == -1)
		return err_errno(e, "descriptor %d, given to us to listen on",
		    fd);
	if (!listens || type != SOCK_STREAM)
		return err_set(e, "descriptor %d, given to us to listen on, is "
		    "no listening stream socket", fd);
	flags = fcntl(fd, F_GETFL);
	if (flags == -1 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) == -1 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) == -1)
		return err_errno(e, "descriptor %d, given to us to listen on",
		    fd);
	return fd;
}

int
listener_port(int fd)
{
	struct sockaddr_storage where;
	socklen_t len = sizeof(where);

	if (getsockname(fd, (struct sockaddr *)&where, &len) == -1)
		return 0;
	if (where.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&where)->sin_port);
	if (where.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&where)->sin6_port);
	return 0;
}
