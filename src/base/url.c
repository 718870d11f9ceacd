#include "base/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/num.h"

static const struct {
	const char *name;
	int port;
} schemes[] = {
	{ "http", 80 },
	{ "https", 443 },
	{ "smtp", 25 },
	{ "smtps", 465 },
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	    c == '.' || c == '_';
}

static bool
is_name(const char *host)
{
	if (host[0] == '\0' || host[0] == '.' || host[0] == '-')
		return false;
	for (; *host; host++)
		if (!is_name_char(*host))
			return false;
	return true;
}

static bool
is_ipv6(const char *host)
{
	struct in6_addr a;

	return inet_pton(AF_INET6, host, &a) == 1;
}

/* Copy n bytes as lower case; false where they do not fit. */
static bool
copy_lower(char *ret, size_t size, const char *from, size_t n)
{
	if (n >= size)
		return false;
	for (size_t i = 0; i < n; i++)
		ret[i] = from[i] >= 'A' && from[i] <= 'Z'
		    ? (char)(from[i] + ('a' - 'A')) : from[i];
	ret[n] = '\0';
	return true;
}

/*
 * Read "host", "host:port" or "[v6]:port", n bytes.  *ret_port is -1 where no
 * port stands.
 */
static int
parse_authority(const char *text, size_t n, char ret_host[URL_HOST_SIZE],
    int *ret_port, struct err *e)
{
	bool bracket = n > 0 && text[0] == '[';
	const char *host = bracket ? text + 1 : text;
	const char *end = memchr(text, bracket ? ']' : ':', n);
	char digits[8];
	int64_t port = -1;

	if (!end && bracket)
		return err_set(e, "the \"]\" behind the address is missing");
	if (!end)
		end = text + n;
	if (!copy_lower(ret_host, URL_HOST_SIZE, host, (size_t)(end - host)))
		return err_set(e, "the host's name is too long");
	if (bracket ? !is_ipv6(ret_host) : !is_name(ret_host))
		return err_set(e, "there is no valid host name");
	if (bracket)
		end++;
	n -= (size_t)(end - text);
	if (n > 0) {
		if (*end != ':' || n - 1 >= sizeof(digits))
			return err_set(e, "the port is no port number");
		memcpy(digits, end + 1, n - 1);
		digits[n - 1] = '\0';
		if (num_int(digits, 0, 65535, &port, NULL) == -1)
			return err_set(e, "the port is no port number");
	}
	*ret_port = (int)port;
	return 0;
}

static int
find_scheme(const char *text, size_t n)
{
	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strlen(schemes[i].name) == n &&
		    strncasecmp(text, schemes[i].name, n) == 0)
			return (int)i;
	return -1;
}

int
url_parse(const char *text, struct url *ret, struct err *e)
{
	const char *colon = strstr(text, "://");
	struct url u = { .port = -1 };
	const char *host;
	size_t n;
	int scheme;

	for (const char *c = text; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 127)
			return err_set(e, "an address holds no spaces");
	scheme = colon ? find_scheme(text, (size_t)(colon - text)) : -1;
	if (scheme == -1)
		return err_set(e, "an address begins with http://, https://, "
		    "smtp:// or smtps://");
	snprintf(u.scheme, sizeof(u.scheme), "%s", schemes[scheme].name);
	host = colon + 3;
	n = strcspn(host, "/?#");
	if (memchr(host, '@', n))
		return err_set(e, "user and password do not belong into the "
		    "address; they have keys of their own");
	if (parse_authority(host, n, u.host, &u.port, e) == -1)
		return -1;
	if (u.port == 0)
		return err_set(e, "the port is no port number");
	if (u.port == -1)
		u.port = schemes[scheme].port;
	u.path = host + n;
	*ret = u;
	return 0;
}

bool
url_is_loopback(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;

	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == IN_LOOPBACKNET;
	if (inet_pton(AF_INET6, host, &v6) == 1)
		return memcmp(&v6, &in6addr_loopback, sizeof(v6)) == 0;
	return strcasecmp(host, "localhost") == 0;
}

int
url_parse_listen(const char *text, char ret_host[URL_HOST_SIZE], int *ret_port,
    struct err *e)
{
	char host[URL_HOST_SIZE];
	int port;

	if (parse_authority(text, strlen(text), host, &port, e) == -1)
		return -1;
	if (port == -1)
		return err_set(e, "the port is missing, as in 127.0.0.1:9085");
	memcpy(ret_host, host, URL_HOST_SIZE);
	*ret_port = port;
	return 0;
}
