#include "net/incoming.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>

#include "base/mem.h"

/* Take the fields over as they stand; their text stays evhttp's. */
static void
lend_fields(struct http_fields *f, struct evhttp_request *req)
{
	struct evkeyval *from;

	f->n = 0;
	TAILQ_FOREACH(from, evhttp_request_get_input_headers(req), next) {
		mem_reserve(&f->items, f->n, &f->cap, sizeof(*f->items));
		f->items[f->n].name = from->key;
		f->items[f->n++].value = from->value;
	}
}

static bool
has_only(const char *text, char from, char to)
{
	for (const char *c = text; *c; c++)
		if (*c < from || *c > to)
			return false;
	return text[0] != '\0';
}

/*
 * Could somebody before us have read it as something else?  evhttp's newer
 * versions refuse some of this themselves, after the head; others leave it to
 * us, once the body is in.  In both cases the connection is closed, and with
 * it whatever was to be smuggled behind.
 */
static bool
is_ambiguous(struct evhttp_request *req, const struct http_fields *f)
{
	const char *target = evhttp_request_get_uri(req);
	const char *length = http_fields_get(f, "Content-Length");
	const char *coding = http_fields_get(f, "Transfer-Encoding");

	if (target[0] != '/' || !has_only(target, '!', '~') ||
	    strchr(target, '#'))
		return true;
	for (size_t i = 0; i < f->n; i++)
		if (!has_only(f->items[i].name, '!', '~'))
			return true;
	if (http_fields_count(f, "Content-Length") > 1 ||
	    http_fields_count(f, "Transfer-Encoding") > 1 ||
	    http_fields_count(f, "Host") > 1)
		return true;
	if (length && (coding || !has_only(length, '0', '9')))
		return true;
	if (coding && strcasecmp(coding, "chunked") != 0)
		return true;
	/* evhttp takes a GET's body for the next request. */
	return evhttp_request_get_command(req) == EVHTTP_REQ_GET &&
	    (coding || (length && strcmp(length, "0") != 0));
}

bool
incoming_read(struct incoming *i, struct evhttp_request *req)
{
	struct evbuffer *body = evhttp_request_get_input_buffer(req);
	struct http_incoming *in = &i->in;
	const char *question;

	lend_fields(&in->fields, req);
	if (evhttp_request_get_command(req) == EVHTTP_REQ_CONNECT ||
	    is_ambiguous(req, &in->fields))
		return false;
	in->method = evhttp_request_get_command(req) == EVHTTP_REQ_POST
	    ? HTTP_POST : HTTP_GET;
	in->target = evhttp_request_get_uri(req);
	question = strchr(in->target, '?');
	in->query = question ? question + 1 : "";
	buf_clear(&i->path);
	buf_addn(&i->path, in->target, strcspn(in->target, "?"));
	in->path = buf_text(&i->path);
	in->content_type = http_fields_get(&in->fields, "Content-Type");
	if (!in->content_type)
		in->content_type = "";
	in->body_len = evbuffer_get_length(body);
	evbuffer_add(body, "", 1);
	in->body = (const char *)evbuffer_pullup(body, -1);
	return true;
}

void
incoming_release(struct incoming *i)
{
	free(i->in.fields.items); /* not their text */
	buf_release(&i->path);
}
