#include "exchange/rehearse.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/simhook.h"
#include "rules/calendar.h"

#define MAX_SCENARIO (4 << 20)

static int
set_clock(struct clock *c, const struct settings *s, struct err *e)
{
	msec start;

	if (calendar_open(s->timezone, e) == -1)
		return err_wrap(e, "--timezone");
	clock_init_real(c);
	if (s->start == NULL && s->rate == 0)
		return 0;
	start = clock_now(c);
	if (s->start != NULL
	    && calendar_parse_instant(s->start, &start, e) == -1)
		return err_wrap(e, "--start");
	clock_init_rehearsal(c, start, s->rate > 0 ? s->rate : 1);
	return 0;
}

static int
read_file(const char *path, struct buf *ret, struct err *e)
{
	FILE *file = fopen(path, "re");
	char piece[4096];
	size_t n;
	int result = 0;

	if (file == NULL)
		return err_errno(e, "%s", path);
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0
	    && ret->len <= MAX_SCENARIO)
		buf_addn(ret, piece, n);
	if (ferror(file))
		result = err_errno(e, "%s", path);
	else if (ret->len > MAX_SCENARIO)
		result = err_set(e, "%s is longer than %d bytes", path,
		    MAX_SCENARIO);
	else if (strlen(buf_text(ret)) < ret->len)
		result = err_set(e, "%s holds a NUL: it is no text", path);
	fclose(file);
	return result;
}

static int
play(struct exchange *x, msec now, const struct settings *s, struct err *e)
{
	struct buf lines = BUF_EMPTY;
	int result = 0;

	if (s->faults > 0)
		exchange_fault_level(x, now, s->faults);
	if (s->scenario != NULL) {
		result = read_file(s->scenario, &lines, e);
		if (result == 0 && exchange_script(x, now, buf_text(&lines),
		    e) == -1)
			result = err_wrap(e, "%s", s->scenario);
	}
	buf_release(&lines);
	return result;
}

static int
check_urls(const struct exchange *x, const struct settings *s, struct err *e)
{
	const struct {
		const char *option, *url;
	} urls[] = {
		{ "--text-url", s->exchange.text_url },
		{ "--call-url", s->exchange.call_url },
		{ "--call-end-url", s->exchange.call_end_url },
	};
	const char *why;

	for (size_t i = 0; i < COUNT(urls); i++) {
		bool given = urls[i].url != NULL && urls[i].url[0] != '\0';

		why = given ? simhook_bad_url(x, urls[i].url) : NULL;
		if (why != NULL)
			return err_set(e, "%s %s", urls[i].option, why);
	}
	return 0;
}

static int
write_port(const char *path, int port, struct err *e)
{
	FILE *file = fopen(path, "we");
	int result = 0;

	if (file == NULL)
		return err_errno(e, "%s", path);
	if (fprintf(file, "%d\n", port) < 0)
		result = -1;
	if (fclose(file) != 0 || result == -1)
		return err_errno(e, "%s", path);
	return 0;
}

/* The line comes last: who waits for it finds the file. */
static int
tell_port(const struct settings *s, int port, struct err *e)
{
	const char *colon = strrchr(s->listen, ':');

	if (s->ports_file != NULL && write_port(s->ports_file, port, e) == -1)
		return -1;
	printf("listening on %.*s:%d\n", colon != NULL
	    ? (int)(colon - s->listen) : 0, s->listen, port);
	fflush(stdout);
	return 0;
}

int
rehearse_begin(struct rehearse *r, struct loop *l, const struct settings *s,
    struct err *e)
{
	int port;

	*r = (struct rehearse){ .server = NULL };
	if (set_clock(&r->clock, s, e) == -1)
		return -1;
	r->x = exchange_new(&s->exchange);
	if (check_urls(r->x, s, e) == -1
	    || play(r->x, clock_now(&r->clock), s, e) == -1)
		goto err;
	r->server = server_new(l, &r->clock, r->x);
	if (server_listen(r->server, s->listen, &port, e) == -1
	    || tell_port(s, port, e) == -1)
		goto err;
	return 0;

err:
	rehearse_end(r);
	return -1;
}

void
rehearse_end(struct rehearse *r)
{
	server_free(r->server);
	exchange_free(r->x);
	*r = (struct rehearse){ .server = NULL };
}

int
rehearse_summary(const struct rehearse *r, FILE *out)
{
	size_t n = exchange_complaint_count(r->x);
	struct exchange_count c;

	exchange_count(r->x, &c);
	fprintf(out, "calls %llu, texts %llu, refused %llu, looked up %llu\n",
	    (unsigned long long)c.calls, (unsigned long long)c.texts,
	    (unsigned long long)c.refused, (unsigned long long)c.lookups);
	fprintf(out, "people rang us %llu times and wrote %llu times\n",
	    (unsigned long long)c.calls_in, (unsigned long long)c.texts_in);
	fprintf(out, "webhooks %llu, of which not taken %llu; faults %llu\n",
	    (unsigned long long)c.webhooks,
	    (unsigned long long)c.webhooks_failed,
	    (unsigned long long)c.faults);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "complaint: %s\n", exchange_complaint(r->x, i));
	fprintf(out, "complaints %zu\n", n);
	fflush(out);
	return n > 0 ? 1 : 0;
}
