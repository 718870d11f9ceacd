/*
 * Each request has a slot, and each slot an easy handle that is used again.
 *
 * Never twice: libcurl by itself sends a request again when a connection that
 * it reused ends before any byte of the answer.  But before every sending,
 * with the connection made and nothing of the request written, it asks our
 * before-request function: which for a request that is to go once says no the
 * second time.  The same function tells for certain whether anything left: the
 * code that libcurl ends with does not, for after it has lost a request with
 * its connection it may say CURLE_COULDNT_CONNECT, of the second one.
 *
 * (The other way is a body by a read function that cannot rewind.  It costs a
 * second send for the body and a quarter of the throughput, and leaves a
 * request without a body to be sent twice.)
 */
#include "net/fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/multi.h"

/* The build names it; a file that is compiled by hand has none. */
#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "0"
#endif

#define USER_AGENT "ringround/" PACKAGE_VERSION

#define MAX_IDLE_SLOTS 64
#define MAX_FIELDS 64
#define MAX_FIELD_BYTES 16384

struct slot {
	struct multi_transfer transfer;
	struct fetch *fetch;
	struct http_request request;
	struct http_result result;
	struct curl_slist *fields;
	size_t field_bytes;
	bool begun;		/* its bytes may have left */
	bool too_long;
	fetch_fn *fn;
	void *arg;
	LIST_ENTRY(slot) link;
	char reason[CURL_ERROR_SIZE];
};

struct fetch {
	struct multi *multi;
	LIST_HEAD(, slot) idle;
	size_t n_idle;
	char *ca_file;		/* the system's, NULL where it has none */
};

static int
before_request(void *arg, char *to, char *from, int to_port, int from_port)
{
	struct slot *s = arg;

	(void)to;
	(void)from;
	(void)to_port;
	(void)from_port;
	if (s->begun && s->request.once)
		return CURL_PREREQFUNC_ABORT;
	s->begun = true;
	return CURL_PREREQFUNC_OK;
}

static size_t
on_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct slot *s = arg;

	if (size * n > s->request.max_answer - s->result.body.len) {
		s->too_long = true;
		return 0;
	}
	buf_addn(&s->result.body, bytes, size * n);
	return size * n;
}

static void
add_field(struct slot *s, const char *line, size_t n)
{
	struct http_fields *fields = &s->result.fields;
	const char *colon = memchr(line, ':', n);
	const char *value;

	while (n > 0 && strchr("\r\n \t", line[n - 1]))
		n--;
	if (!colon || colon >= line + n || memchr(line, '\0', n) ||
	    memchr(line, '\r', n) || memchr(line, '\n', n))
		return;
	if (fields->n == MAX_FIELDS || n > MAX_FIELD_BYTES - s->field_bytes)
		return;
	s->field_bytes += n;
	value = colon + 1;
	while (value < line + n && (*value == ' ' || *value == '\t'))
		value++;
	http_fields_addn(fields, line, (size_t)(colon - line), value,
	    (size_t)(line + n - value));
}

static size_t
on_field(char *line, size_t size, size_t n, void *arg)
{
	struct slot *s = arg;

	if (size * n >= 5 && memcmp(line, "HTTP/", 5) == 0) {
		/* Not the first, where a 100 went before. */
		http_fields_release(&s->result.fields);
		s->field_bytes = 0;
	} else {
		add_field(s, line, size * n);
	}
	return size * n;
}

static void
set_reason(struct slot *s, const char *text)
{
	snprintf(s->result.reason, sizeof(s->result.reason), "%.159s", text);
}

static void
judge(struct slot *s, enum multi_end end, CURLcode code)
{
	struct http_result *r = &s->result;
	long status = 0;

	if (end == MULTI_NOT_BEGUN) {
		r->fate = HTTP_NOT_SENT;
		set_reason(s, "ended before it was begun");
		return;
	}
	curl_easy_getinfo(s->transfer.easy, CURLINFO_RESPONSE_CODE, &status);
	r->status = (int)status;
	if (end == MULTI_DONE && code == CURLE_OK) {
		r->fate = HTTP_ANSWERED;
		return;
	}
	r->fate = s->begun ? HTTP_UNKNOWN : HTTP_NOT_SENT;
	if (end == MULTI_BROKEN)
		set_reason(s, "libcurl lost its state");
	else if (end == MULTI_CANCELLED)
		set_reason(s, "ended by us while under way");
	else if (s->too_long)
		set_reason(s, "the answer is too long");
	else if (s->begun && (code == CURLE_ABORTED_BY_CALLBACK ||
	    code == CURLE_COULDNT_CONNECT))
		set_reason(s, "the connection ended before the answer");
	else
		set_reason(s, s->reason[0] ? s->reason
		    : curl_easy_strerror(code));
}

static void
slot_free(struct slot *s)
{
	curl_easy_cleanup(s->transfer.easy);
	free(s);
}

static void
slot_retire(struct slot *s)
{
	struct fetch *f = s->fetch;

	curl_slist_free_all(s->fields);
	s->fields = NULL;
	http_request_release(&s->request);
	http_result_release(&s->result);
	if (f->n_idle == MAX_IDLE_SLOTS) {
		slot_free(s);
		return;
	}
	LIST_INSERT_HEAD(&f->idle, s, link);
	f->n_idle++;
}

static void
on_end(struct multi_transfer *t, enum multi_end end, CURLcode code)
{
	struct slot *s = (struct slot *)t; /* its first member */

	judge(s, end, code);
	s->fn(&s->result, s->arg);
	slot_retire(s);
}

/* What all requests have in common. */
static struct slot *
slot_new(struct fetch *f)
{
	struct slot *s = mem_alloc(sizeof(*s));
	CURL *easy = multi_easy_new();
	int bad = 0;

	s->fetch = f;
	s->transfer.easy = easy;
	s->transfer.fn = on_end;
	bad |= (int)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_1_1);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HTTPAUTH,
	    (long)CURLAUTH_BASIC);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS,
	    1L);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, s->reason);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION,
	    before_request);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_PREREQDATA, s);
	/* Younger than what the other side closes when it is idle. */
	bad |= (int)curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 30L);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_WRITEDATA, s);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_field);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HEADERDATA, s);
	if (bad)
		abort(); /* a libcurl without what we were built for */
	return s;
}

static struct slot *
slot_take(struct fetch *f)
{
	struct slot *s = LIST_FIRST(&f->idle);

	if (!s)
		return slot_new(f);
	LIST_REMOVE(s, link);
	f->n_idle--;
	s->field_bytes = 0;
	s->begun = false;
	s->too_long = false;
	s->reason[0] = '\0';
	return s;
}

static void
add_line(struct slot *s, const char *name, const char *value)
{
	struct buf line = BUF_EMPTY;
	struct curl_slist *longer;

	/* libcurl leaves a field without a value out, unless told by ";". */
	buf_addf(&line, *value ? "%s: %s" : "%s;%s", name, value);
	longer = curl_slist_append(s->fields, line.data);
	if (!longer)
		abort();
	s->fields = longer;
	buf_release(&line);
}

static void
fill(struct slot *s)
{
	const struct http_request *r = &s->request;
	CURL *easy = s->transfer.easy;

	curl_easy_setopt(easy, CURLOPT_URL, r->url);
	curl_easy_setopt(easy, CURLOPT_USERNAME, r->user);
	curl_easy_setopt(easy, CURLOPT_PASSWORD, r->password);
	curl_easy_setopt(easy, CURLOPT_PROXY, r->proxy ? r->proxy : "");
	curl_easy_setopt(easy, CURLOPT_CAINFO,
	    r->ca_file ? r->ca_file : s->fetch->ca_file);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)r->timeout);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
	    (long)r->connect_timeout);
	for (size_t i = 0; i < r->fields.n; i++)
		add_line(s, r->fields.items[i].name, r->fields.items[i].value);
	if (r->method == HTTP_POST) {
		if (r->content_type)
			add_line(s, "Content-Type", r->content_type);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)r->body.len);
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(&r->body));
	} else {
		curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	}
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, s->fields);
}

struct fetch *
fetch_new(struct loop *l)
{
	struct fetch *f = mem_alloc(sizeof(*f));
	CURL *easy;
	char *ca_file = NULL;

	f->multi = multi_new(l);
	LIST_INIT(&f->idle);
	easy = multi_easy_new();
	curl_easy_getinfo(easy, CURLINFO_CAINFO, &ca_file);
	f->ca_file = mem_dup(ca_file);
	curl_easy_cleanup(easy);
	return f;
}

void
fetch_free(struct fetch *f)
{
	struct slot *s;

	if (!f)
		return;
	multi_cancel(f->multi);
	while ((s = LIST_FIRST(&f->idle))) {
		LIST_REMOVE(s, link);
		slot_free(s);
	}
	multi_free(f->multi);
	free(f->ca_file);
	free(f);
}

void
fetch_start(struct fetch *f, struct http_request *r, fetch_fn *fn, void *arg)
{
	struct slot *s = slot_take(f);

	s->request = *r;
	*r = (struct http_request){ 0 };
	s->fn = fn;
	s->arg = arg;
	fill(s);
	multi_add(f->multi, &s->transfer);
}

void
fetch_cancel_all(struct fetch *f)
{
	multi_cancel(f->multi);
}

size_t
fetch_count(const struct fetch *f)
{
	return multi_count(f->multi);
}

struct multi *
fetch_multi(struct fetch *f)
{
	return f->multi;
}
