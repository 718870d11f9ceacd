#include "cli/client.h"
#include "base/base.h"
#include "tap.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

static void
test_good(void)
{
	static const struct {
		const char *bytes;
		int status;
		const char *body;
	} cases[] = {
		{ OK "Content-Length: 4\r\n\r\n{}\n\n", 200, "{}\n\n" },
		{ OK "content-length:0\r\n\r\n", 200, "" },
		{ "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}", 409,
		    "{}" },
		{ "HTTP/1.0 503 \r\n\r\nuntil the end", 503, "until the end" },
		{ CHUNKED "2\r\n{\"\r\n3;x=y\r\na\":\r\n0\r\n\r\n", 200,
		    "{\"a\":" },
		{ CHUNKED "A\r\n0123456789\r\n0\r\n\r\n", 200, "0123456789" },
		{ OK "Content-Length: 2\r\n\r\n{}more", 200, "{}" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct http_result r;
		struct err e;

		if (!ok(client_read_answer(cases[i].bytes,
		        strlen(cases[i].bytes), &r, &e) == 0, "case %zu", i))
			continue;
		is_int(r.status, cases[i].status, "its status");
		is_text(buf_text(&r.body), cases[i].body, "its body");
		http_result_release(&r);
	}
}

static void
test_bad(void)
{
	static const char *const cases[] = {
		"",
		"HTTP/1.1 200",
		"HTTP/1.1 2x0 OK\r\n\r\n",
		"SSH-2.0-OpenSSH_9.2p1\r\n",
		OK "Content-Length: 4\r\n",
		OK "Content-Length: 4\r\n\r\n{}",
		OK "Content-Length: 99999999999999999999\r\n\r\n{}",
		OK "Content-Length: -1\r\n\r\n{}",
		OK "no colon\r\n\r\n",
		OK "Transfer-Encoding: gzip\r\n\r\n",
		CHUNKED "5\r\n{}",
		CHUNKED "2\r\n{}",
		CHUNKED "2\r\n{}\r\n",
		CHUNKED "2\r\n{}xx0\r\n\r\n",
		CHUNKED "zz\r\n{}\r\n0\r\n\r\n",
		CHUNKED "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct http_result r = { .status = 7 };
		struct err e;

		ok(client_read_answer(cases[i], strlen(cases[i]), &r,
		       &e) == -1, "case %zu is refused", i);
		is_int(r.status, 7, "and nothing given");
	}
}

static void
test_down(void)
{
	char long_path[300];
	struct http_result r;
	struct err e;

	is_int(client_ask("/nonexistent/ringround.sock", "/api/status", NULL,
	           &r, &e), CLIENT_DOWN, "nobody listens");
	memset(long_path, 'x', sizeof(long_path) - 1);
	long_path[sizeof(long_path) - 1] = '\0';
	is_int(client_ask(long_path, "/api/status", NULL, &r, &e),
	    CLIENT_FAILED, "a path that is too long");
}

int
main(void)
{
	test_good();
	test_bad();
	test_down();
	return tap_done();
}
