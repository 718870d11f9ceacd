#include "net/http.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

const char *
http_method_name(enum http_method m)
{
	return m == HTTP_POST ? "POST" : "GET";
}

static bool
fits_a_line(const char *text, size_t n)
{
	return !memchr(text, '\r', n) && !memchr(text, '\n', n) &&
	    !memchr(text, '\0', n);
}

void
http_fields_add(struct http_fields *f, const char *name, const char *value)
{
	http_fields_addn(f, name, strlen(name), value, strlen(value));
}

void
http_fields_addn(struct http_fields *f, const char *name, size_t name_len,
    const char *value, size_t value_len)
{
	struct http_field *item;

	assert(fits_a_line(name, name_len) && fits_a_line(value, value_len));
	mem_reserve(&f->items, f->n, &f->cap, sizeof(*f->items));
	item = &f->items[f->n++];
	item->name = mem_dupn(name, name_len);
	item->value = mem_dupn(value, value_len);
}

const char *
http_fields_get(const struct http_fields *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcasecmp(f->items[i].name, name) == 0)
			return f->items[i].value;
	return NULL;
}

size_t
http_fields_count(const struct http_fields *f, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += strcasecmp(f->items[i].name, name) == 0;
	return n;
}

void
http_fields_release(struct http_fields *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->items[i].name);
		free(f->items[i].value);
	}
	free(f->items);
	*f = (struct http_fields){ 0 };
}

void
http_request_init(struct http_request *r, enum http_method method,
    const char *url)
{
	*r = (struct http_request){
		.method = method,
		.url = mem_dup(url),
		.timeout = 30 * MSEC_SECOND,
		.connect_timeout = 10 * MSEC_SECOND,
		.max_answer = 64 * 1024,
	};
}

void
http_request_release(struct http_request *r)
{
	free(r->url);
	free(r->user);
	mem_free_secret(r->password);
	http_fields_release(&r->fields);
	buf_release(&r->body);
	free(r->content_type);
	free(r->proxy);
	free(r->ca_file);
	*r = (struct http_request){ 0 };
}

const char *
http_fate_name(enum http_fate f)
{
	static const char *const names[] = {
		[HTTP_ANSWERED] = "answered",
		[HTTP_NOT_SENT] = "not sent",
		[HTTP_UNKNOWN] = "unknown",
	};

	return (size_t)f < COUNT(names) ? names[f] : "?";
}

void
http_result_release(struct http_result *r)
{
	http_fields_release(&r->fields);
	buf_release(&r->body);
	*r = (struct http_result){ 0 };
}

bool
http_is_form(const char *content_type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	size_t n = strcspn(content_type, "; \t");

	return n == sizeof(form) - 1 && strncasecmp(content_type, form, n) == 0;
}
