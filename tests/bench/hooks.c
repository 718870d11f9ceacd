/*
 * The reference for receiving: evhttp, the form parsed, its signature checked,
 * one row a hook, one commit a turn of the loop, and only then the 2xx.
 *
 *	hooks DATABASE TOKEN [PUBLIC_URL]
 *
 * The port is the first line of its output.  It ends with its standard input.
 */
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <time.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "wire.h"

struct hook {
	struct hook *next;
	struct evhttp_request *request;
	struct evkeyvalq fields;
};

static struct event_base *base;
static struct event *turn;
static sqlite3 *db;
static sqlite3_stmt *begin, *commit, *add;
static struct crypto_mac *key;
static char *url;
static struct hook *first, **last = &first;

static void
check(int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(db));
	exit(1);
}

static void
run(sqlite3_stmt *s)
{
	check(sqlite3_step(s));
	sqlite3_reset(s);
}

/* ---- signature --------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
	return strcmp((*(struct evkeyval *const *)a)->key,
	    (*(struct evkeyval *const *)b)->key);
}

static bool
is_signed(struct evhttp_request *r, struct evkeyvalq *fields)
{
	const char *given = evhttp_find_header(
	    evhttp_request_get_input_headers(r), "X-Twilio-Signature");
	static struct buf data, mine;
	struct evkeyval *k, *sorted[64];
	uint8_t digest[CRYPTO_SHA1_SIZE];
	size_t n = 0;

	if (given == NULL)
		return false;
	TAILQ_FOREACH(k, fields, next)
		if (n < COUNT(sorted))
			sorted[n++] = k;
	qsort(sorted, n, sizeof(*sorted), compare);
	buf_clear(&data);
	buf_clear(&mine);
	buf_add(&data, url);
	buf_add(&data, evhttp_request_get_uri(r));
	for (size_t i = 0; i < n; i++) {
		buf_add(&data, sorted[i]->key);
		buf_add(&data, sorted[i]->value);
	}
	crypto_mac_digest(key, data.data, data.len, digest);
	buf_add_base64(&mine, digest, sizeof(digest));
	return strlen(given) == mine.len &&
	    crypto_equal(given, mine.data, mine.len);
}

/* ---- a turn ------------------------------------------------------------ */

static const char *
field(struct hook *h, const char *name)
{
	const char *value = evhttp_find_header(&h->fields, name);

	return value != NULL ? value : "";
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct hook *h;

	(void)fd;
	(void)what;
	(void)arg;
	run(begin);
	for (h = first; h != NULL; h = h->next) {
		static const char *const names[] = { "MessageSid",
			"MessageStatus", "From", "Body" };

		for (int i = 0; i < (int)COUNT(names); i++)
			sqlite3_bind_text(add, i + 1, field(h, names[i]), -1,
			    SQLITE_STATIC);
		sqlite3_bind_int64(add, 5, time(NULL));
		run(add);
	}
	run(commit);
	while ((h = first) != NULL) {
		first = h->next;
		evhttp_send_reply(h->request, 204, "No Content", NULL);
		evhttp_clear_headers(&h->fields);
		free(h);
	}
	last = &first;
}

static void
on_request(struct evhttp_request *r, void *arg)
{
	const struct timeval now = { 0, 0 };
	struct evbuffer *in = evhttp_request_get_input_buffer(r);
	struct hook *h = mem_alloc(sizeof(*h));

	(void)arg;
	evbuffer_add(in, "", 1);
	h->request = r;
	if (evhttp_parse_query_str((char *)evbuffer_pullup(in, -1),
	    &h->fields) == -1 || !is_signed(r, &h->fields)) {
		evhttp_send_error(r, 403, NULL);
		free(h);
		return;
	}
	if (first == NULL)
		event_add(turn, &now);
	*last = h;
	last = &h->next;
}

/* ---- start ------------------------------------------------------------- */

static sqlite3_stmt *
prepare(const char *sql)
{
	sqlite3_stmt *s;

	check(sqlite3_prepare_v2(db, sql, -1, &s, NULL));
	return s;
}

static void
open_ledger(const char *path)
{
	check(sqlite3_open(path, &db));
	check(sqlite3_exec(db, "PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = FULL;"
	    "CREATE TABLE hook (id INTEGER PRIMARY KEY, sid TEXT, status TEXT,"
	    " frm TEXT, body TEXT, at INTEGER);"
	    "CREATE INDEX hook_sid ON hook (sid)", NULL, NULL, NULL));
	begin = prepare("BEGIN IMMEDIATE");
	commit = prepare("COMMIT");
	add = prepare("INSERT INTO hook (sid, status, frm, body, at)"
	    " VALUES (?, ?, ?, ?, ?)");
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
	struct evhttp *http;
	int fd = wire_listen(0);

	if (argc < 3)
		return 2;
	base = event_base_new();
	turn = evtimer_new(base, on_turn, NULL);
	open_ledger(argv[1]);
	key = crypto_mac_sha1(argv[2], strlen(argv[2]));
	url = argc > 3 ? mem_dup(argv[3]) :
	    mem_printf("http://127.0.0.1:%d", wire_port(fd));
	http = evhttp_new(base);
	evhttp_set_allowed_methods(http, EVHTTP_REQ_POST);
	evhttp_set_gencb(http, on_request, NULL);
	if (evhttp_accept_socket(http, fd) == -1)
		return 1;
	printf("%d\n", wire_port(fd));
	fflush(stdout);
	event_add(event_new(base, 0, EV_READ | EV_PERSIST, on_end, NULL),
	    NULL);
	event_base_dispatch(base);
	return 0;
}
