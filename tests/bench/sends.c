/*
 * The reference for sending: what libcurl, libevent and SQLite allow when
 * there is nothing else to do.  Rows that are due are claimed on disk, POSTed
 * and their answers recorded, one commit a turn of the loop; no schema beyond
 * four indexes, no templates, no states, no rules.
 *
 *	sends PORT ROWS IN_FLIGHT DATABASE [CALLBACK_URL]
 *
 * Prints one line of JSON.
 */
#include <curl/curl.h>
#include <event2/event.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "wire.h"

struct slot {
	CURL *easy;
	struct slot *next;
	long id;
	char body[400], answer[2048], sid[40];
	size_t n;
};

static CURLM *multi;
static struct event_base *base;
static struct event *timeout, *turn;
static sqlite3 *db;
static sqlite3_stmt *begin, *commit, *claim, *record;
static struct slot *idle, *finished;
static long rows, claimed, done, errors, commits;
static bool armed;
static struct buf callback;	/* percent-encoded */

static void
check(int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
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

/* ---- a turn ------------------------------------------------------------ */

static void
record_finished(void)
{
	while (finished != NULL) {
		struct slot *s = finished;

		finished = s->next;
		sqlite3_bind_text(record, 1, s->sid, -1, SQLITE_STATIC);
		sqlite3_bind_int64(record, 2, s->id);
		run(record);
		s->next = idle;
		idle = s;
		done++;
	}
}

static struct slot *
claim_due(void)
{
	struct slot *chosen = NULL;
	int free_slots = 0;

	for (struct slot *s = idle; s != NULL; s = s->next)
		free_slots++;
	if (free_slots == 0 || claimed == rows)
		return NULL;
	sqlite3_bind_int(claim, 1, free_slots);
	while (sqlite3_step(claim) == SQLITE_ROW) {
		struct slot *s = idle;

		idle = s->next;
		s->id = (long)sqlite3_column_int64(claim, 0);
		s->next = chosen;
		chosen = s;
		claimed++;
	}
	sqlite3_reset(claim);
	return chosen;
}

static void
launch(struct slot *s)
{
	int n = snprintf(s->body, sizeof(s->body), "To=%%2B1555%07ld&From="
	    "%%2B15550002222&Body=Check-in%%3A+reply+1+if+you+are+OK.&"
	    "StatusCallback=%s", s->id, buf_text(&callback));

	s->n = 0;
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDSIZE, (long)n);
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, s->body);
	curl_multi_add_handle(multi, s->easy);
}

static void
on_turn(evutil_socket_t fd, short what, void *arg)
{
	struct slot *chosen;

	(void)fd;
	(void)what;
	(void)arg;
	armed = false;
	run(begin);
	record_finished();
	chosen = claim_due();
	run(commit);
	commits++;
	while (chosen != NULL) {
		struct slot *s = chosen;

		chosen = s->next;
		launch(s);
	}
	if (done == rows)
		event_base_loopbreak(base);
}

static void
arm_turn(void)
{
	const struct timeval now = { 0, 0 };

	if (!armed)
		event_add(turn, &now);
	armed = true;
}

/* ---- curl on the loop -------------------------------------------------- */

static size_t
on_bytes(char *bytes, size_t size, size_t n, void *arg)
{
	struct slot *s = arg;

	if (s->n + size * n < sizeof(s->answer)) {
		memcpy(s->answer + s->n, bytes, size * n);
		s->n += size * n;
	}
	return size * n;
}

static void
finish(CURLMsg *m)
{
	struct slot *s;
	long status = 0;
	const char *sid;

	curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&s);
	curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
	s->answer[s->n] = '\0';
	sid = strstr(s->answer, "\"sid\":\"");
	if (m->data.result != CURLE_OK || status != 201 || sid == NULL)
		errors++;
	snprintf(s->sid, sizeof(s->sid), "%.34s", sid != NULL ? sid + 7 : "");
	curl_multi_remove_handle(multi, s->easy);
	s->next = finished;
	finished = s;
	arm_turn();
}

static void
look_at_finished(void)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(multi, &left)) != NULL)
		if (m->msg == CURLMSG_DONE)
			finish(m);
}

static void
on_socket(evutil_socket_t fd, short what, void *arg)
{
	int running, bits = (what & EV_READ ? CURL_CSELECT_IN : 0) |
	    (what & EV_WRITE ? CURL_CSELECT_OUT : 0);

	(void)arg;
	curl_multi_socket_action(multi, fd, bits, &running);
	look_at_finished();
}

static void
on_timeout(evutil_socket_t fd, short what, void *arg)
{
	int running;

	(void)fd;
	(void)what;
	(void)arg;
	curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
	look_at_finished();
}

static int
set_timer(CURLM *m, long ms, void *arg)
{
	const struct timeval wait = { ms / 1000, ms % 1000 * 1000 };

	(void)m;
	(void)arg;
	if (ms < 0)
		event_del(timeout);
	else
		event_add(timeout, &wait);
	return 0;
}

static int
set_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *old)
{
	short bits = (what & CURL_POLL_IN ? EV_READ : 0) |
	    (what & CURL_POLL_OUT ? EV_WRITE : 0) | EV_PERSIST;
	struct event *event = old;

	(void)easy;
	(void)arg;
	if (event != NULL)
		event_free(event);
	event = NULL;
	if (what != CURL_POLL_REMOVE) {
		event = event_new(base, fd, bits, on_socket, NULL);
		event_add(event, NULL);
	}
	curl_multi_assign(multi, fd, event);
	return 0;
}

static void
open_curl(int port, long in_flight)
{
	struct slot *slots = mem_alloc(sizeof(*slots) * (size_t)in_flight);
	char *url = mem_printf("http://127.0.0.1:%d/2010-04-01/Accounts/ACx/"
	    "Messages.json", port);

	curl_global_init(CURL_GLOBAL_ALL);
	multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, set_socket);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, in_flight + 8);
	for (long i = 0; i < in_flight; i++) {
		CURL *easy = slots[i].easy = curl_easy_init();

		curl_easy_setopt(easy, CURLOPT_URL, url);
		curl_easy_setopt(easy, CURLOPT_USERPWD, "ACx:12345");
		curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
		curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_bytes);
		curl_easy_setopt(easy, CURLOPT_WRITEDATA, &slots[i]);
		curl_easy_setopt(easy, CURLOPT_PRIVATE, &slots[i]);
		curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
		slots[i].next = idle;
		idle = &slots[i];
	}
	free(url);
}

/* ---- the ledger -------------------------------------------------------- */

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
	char *fill = mem_printf("WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL"
	    " SELECT i + 1 FROM c WHERE i < %ld) INSERT INTO attempt"
	    " (participant, due_at, kind) SELECT i %% 50000, 1700000000 + i,"
	    " 0 FROM c", rows);

	check(sqlite3_open(path, &db));
	check(sqlite3_exec(db, "PRAGMA journal_mode = WAL;"
	    "CREATE TABLE attempt (id INTEGER PRIMARY KEY, participant INTEGER"
	    " NOT NULL, due_at INTEGER NOT NULL, kind INTEGER NOT NULL,"
	    " try INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL DEFAULT"
	    " 0, sid TEXT, sent_at INTEGER, answered_at INTEGER, answer TEXT,"
	    " err INTEGER);"
	    "CREATE INDEX attempt_due ON attempt (due_at) WHERE state = 0;"
	    "CREATE INDEX attempt_open ON attempt (sent_at)"
	    " WHERE state IN (1, 2);"
	    "CREATE UNIQUE INDEX attempt_sid ON attempt (sid)"
	    " WHERE sid IS NOT NULL;"
	    "CREATE INDEX attempt_of ON attempt (participant, due_at);",
	    NULL, NULL, NULL));
	check(sqlite3_exec(db, fill, NULL, NULL, NULL));
	check(sqlite3_exec(db, "PRAGMA wal_checkpoint (TRUNCATE);"
	    "PRAGMA synchronous = FULL", NULL, NULL, NULL));
	free(fill);
	begin = prepare("BEGIN IMMEDIATE");
	commit = prepare("COMMIT");
	claim = prepare("UPDATE attempt SET state = 1, try = try + 1,"
	    " sent_at = unixepoch() WHERE id IN (SELECT id FROM attempt WHERE"
	    " state = 0 AND due_at <= unixepoch() ORDER BY due_at LIMIT ?)"
	    " RETURNING id");
	record = prepare("UPDATE attempt SET state = 2, sid = ? WHERE id = ?"
	    " AND state = 1");
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
cpu(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int
main(int argc, char **argv)
{
	double began, used;

	if (argc < 5)
		return 2;
	buf_add_url(&callback, argc > 5 ? argv[5] : "");
	rows = wire_number(argv[2]);
	base = event_base_new();
	timeout = evtimer_new(base, on_timeout, NULL);
	turn = evtimer_new(base, on_turn, NULL);
	open_ledger(argv[4]);
	open_curl((int)wire_number(argv[1]), wire_number(argv[3]));
	began = now();
	used = cpu();
	arm_turn();
	event_base_dispatch(base);
	printf("{\"n\":%ld,\"per_s\":%.1f,\"seconds\":%.3f,\"cpu_us\":%.1f,"
	    "\"commits\":%ld,\"errors\":%ld}\n", rows,
	    (double)rows / (now() - began), now() - began,
	    (cpu() - used) / (double)rows * 1e6, commits, errors);
	return errors != 0;
}
