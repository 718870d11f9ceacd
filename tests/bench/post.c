/*
 * Posts prepared hooks, each once, over so many connections.
 *
 *	post PORT CONNECTIONS [MILLISECONDS] <FILE
 *
 * A line of FILE is "PATH SIGNATURE BODY".  With a time it goes at an even
 * rate that spreads them over so long, instead of as fast as it can.  Prints
 * one line of JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "wire.h"

struct request {
	char *path, *signature, *body;
};

struct poster {
	struct wire *wire;
	long long began;	/* us; 0: idle */
};

static struct event_base *base;
static struct request *requests;
static size_t n_requests, cap_requests, sent, done, bad;
static unsigned *took;
static struct poster *posters;
static int port, n_posters;
static long long start, pace;	/* us between two; 0: none */

static long long
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void
read_requests(void)
{
	char *line = NULL, *rest;
	size_t cap = 0;

	while (getline(&line, &cap, stdin) > 0) {
		struct request *r;

		line[strcspn(line, "\n")] = '\0';
		mem_reserve(&requests, n_requests, &cap_requests,
		    sizeof(*requests));
		r = &requests[n_requests++];
		r->path = mem_dup(strtok_r(line, " ", &rest));
		r->signature = mem_dup(strtok_r(NULL, " ", &rest));
		r->body = mem_dup(rest);
	}
	free(line);
}

static void
post_next(struct poster *p)
{
	const struct request *r;

	if (sent == n_requests)
		return;
	if (pace > 0 && now_us() < start + (long long)sent * pace)
		return;
	r = &requests[sent++];
	buf_addf(&p->wire->out, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n"
	    "X-Twilio-Signature: %s\r\nContent-Length: %zu\r\n\r\n%s", r->path,
	    port, r->signature, strlen(r->body), r->body);
	p->began = now_us();
	wire_flush(p->wire);
}

static void
on_answer(struct wire *w, const char *head, size_t n, const char *body,
    size_t body_len)
{
	struct poster *p = w->arg;

	(void)n;
	(void)body;
	(void)body_len;
	bad += head[9] != '2';
	took[done++] = (unsigned)(now_us() - p->began);
	p->began = 0;
	if (done == n_requests)
		event_base_loopbreak(base);
	post_next(p);
}

static void
on_gone(struct wire *w)
{
	(void)w;
	fprintf(stderr, "a connection was closed\n");
	exit(1);
}

static void
on_pace(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	for (int i = 0; i < n_posters; i++)
		if (posters[i].began == 0)
			post_next(&posters[i]);
}

static int
compare(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static double
percentile(double p)
{
	return took[(size_t)((double)(done - 1) * p)] / 1000.0;
}

int
main(int argc, char **argv)
{
	const struct timeval tick = { 0, 1000 };
	double seconds;

	if (argc < 3)
		return 2;
	port = (int)wire_number(argv[1]);
	n_posters = (int)wire_number(argv[2]);
	read_requests();
	if (n_requests == 0)
		return 2;
	if (argc > 3)	/* 0: no pace */
		pace = wire_number(argv[3]) * 1000 / (long)n_requests;
	took = mem_alloc(n_requests * sizeof(*took));
	posters = mem_alloc((size_t)n_posters * sizeof(*posters));
	base = event_base_new();
	if (pace > 0)
		event_add(event_new(base, -1, EV_PERSIST, on_pace, NULL),
		    &tick);
	for (int i = 0; i < n_posters; i++) {
		posters[i].wire = wire_new(base, wire_connect(port), on_answer,
		    &posters[i]);
		posters[i].wire->gone = on_gone;
	}
	start = now_us();
	for (int i = 0; i < n_posters; i++)
		post_next(&posters[i]);
	event_base_dispatch(base);
	seconds = (double)(now_us() - start) / 1e6;
	qsort(took, done, sizeof(*took), compare);
	printf("{\"n\":%zu,\"bad\":%zu,\"per_s\":%.1f,\"p50_ms\":%.3f,"
	    "\"p99_ms\":%.3f,\"max_ms\":%.3f}\n", done, bad,
	    (double)done / seconds, percentile(0.5), percentile(0.99),
	    percentile(1));
	return 0;
}
