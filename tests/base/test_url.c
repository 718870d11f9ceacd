/* Addresses that people write, and what may hide in them. */
#include "base/url.h"

#include "tap.h"

static const struct {
	const char *text, *scheme, *host;
	int port;
	const char *path;
} good[] = {
	{ "http://127.0.0.1:9100", "http", "127.0.0.1", 9100, "" },
	{ "http://127.0.0.1:9100/", "http", "127.0.0.1", 9100, "/" },
	{ "https://api.example.org", "https", "api.example.org", 443, "" },
	{ "HTTPS://API.Example.org/a?b=c#d", "https", "api.example.org", 443,
	    "/a?b=c#d" },
	{ "https://example.org?x", "https", "example.org", 443, "?x" },
	{ "https://example.org/a@b:c", "https", "example.org", 443, "/a@b:c" },
	{ "smtp://127.0.0.1:9025", "smtp", "127.0.0.1", 9025, "" },
	{ "smtps://mail.example.org", "smtps", "mail.example.org", 465, "" },
	{ "http://[::1]:8080/x", "http", "::1", 8080, "/x" },
	{ "http://[2001:DB8::1]", "http", "2001:db8::1", 80, "" },
	{ "http://a_b.example", "http", "a_b.example", 80, "" },
};

static const char *const bad[] = {
	"", "http", "http:", "http:/", "http://", "http:///", "://host",
	"ftp://example.org", "file:///etc/passwd", "httpx://example.org",
	"javascript://x", "example.org", "/path",
	"http://user:secret@example.org", "http://secret@example.org/",
	"http://:80", "http://host:", "http://host:0", "http://host:65536",
	"http://host:+80", "http://host:8o", "http://host:123456789",
	"http://[::1", "http://[]", "http://[::g]", "http://[::1]x",
	"http://ho st/", "http://host/a b", "http://host/\n", "http://host\t",
	"http://.example", "http://-a", "http://a\\b", "http://a%41",
	"http://\xc3\xa9.example",
};

static void
test_parse(void)
{
	struct url u;
	struct err e;

	for (size_t i = 0; i < COUNT(good); i++) {
		if (url_parse(good[i].text, &u, &e) == -1) {
			ok(0, "%s: %s", good[i].text, e.text);
			continue;
		}
		is_text(u.scheme, good[i].scheme, "scheme of %s", good[i].text);
		is_text(u.host, good[i].host, "host of %s", good[i].text);
		is_int(u.port, good[i].port, "port of %s", good[i].text);
		is_text(u.path, good[i].path, "path of %s", good[i].text);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		is_int(url_parse(bad[i], &u, &e), -1, "refused: bad %zu", i);
		ok(!strstr(e.text, "secret"), "told without it: %s", e.text);
	}
}

static void
test_long_host(void)
{
	char text[400];
	struct url u;

	memset(text, 'a', sizeof(text));
	memcpy(text, "http://", 7);
	text[sizeof(text) - 1] = '\0';
	is_int(url_parse(text, &u, NULL), -1, "a host of 392 letters");
}

static void
test_loopback(void)
{
	static const char *const here[] = { "127.0.0.1", "127.255.255.255",
		"127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "localhost",
		"LOCALHOST" };
	static const char *const elsewhere[] = { "", "128.0.0.1", "127.1",
		"127.0.0.1.example.org", "localhost.example.org", "::",
		"0.0.0.0", "10.0.0.1", "2130706433", "0177.0.0.1",
		"::ffff:10.0.0.1", "example.org" };

	for (size_t i = 0; i < COUNT(here); i++)
		ok(url_is_loopback(here[i]), "%s is here", here[i]);
	for (size_t i = 0; i < COUNT(elsewhere); i++)
		ok(!url_is_loopback(elsewhere[i]), "'%s' is not",
		    elsewhere[i]);
}

static void
test_listen(void)
{
	static const char *const wrong[] = { "", "127.0.0.1", ":9085",
		"9085", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
		"::1:9085", "127.0.0.1:9085/" };
	char host[URL_HOST_SIZE];
	int port;

	is_int(url_parse_listen("127.0.0.1:9085", host, &port, NULL), 0,
	    "a listen address");
	is_text(host, "127.0.0.1", "its host");
	is_int(port, 9085, "its port");
	is_int(url_parse_listen("[::1]:0", host, &port, NULL), 0,
	    "port 0 is any port");
	is_text(host, "::1", "IPv6 in brackets");
	is_int(port, 0, "port 0");
	for (size_t i = 0; i < COUNT(wrong); i++)
		is_int(url_parse_listen(wrong[i], host, &port, NULL), -1,
		    "no listen address: '%s'", wrong[i]);
}

int
main(void)
{
	test_parse();
	test_long_host();
	test_loopback();
	test_listen();
	return tap_done();
}
