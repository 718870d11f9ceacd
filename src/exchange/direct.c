#include "exchange/direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char form[] = "application/x-www-form-urlencoded";

/* What stands behind scheme and host, without a fragment. */
static char *
target_of(const char *url)
{
	const char *host = strstr(url, "://");
	const char *path = host != NULL ? host + 3 + strcspn(host + 3, "/?#")
	    : url;
	size_t n = strcspn(path, "#");

	return n > 0 && path[0] == '/' ? mem_dupn(path, n)
	    : mem_printf("/%.*s", (int)n, path);
}

static void
add_fields(struct http_fields *f, const struct http_request *r)
{
	struct buf plain = BUF_EMPTY, coded = BUF_EMPTY;

	for (size_t i = 0; i < r->fields.n; i++)
		http_fields_add(f, r->fields.items[i].name,
		    r->fields.items[i].value);
	if (r->user == NULL)
		return;
	buf_addf(&plain, "%s:%s", r->user, r->password != NULL ? r->password
	    : "");
	buf_add(&coded, "Basic ");
	buf_add_base64(&coded, buf_text(&plain), plain.len);
	http_fields_add(f, "Authorization", buf_text(&coded));
	buf_release(&plain);
	buf_release(&coded);
}

void
direct_open(struct direct *d, const struct http_request *r)
{
	size_t n;

	*d = (struct direct){ .target = target_of(r->url) };
	n = strcspn(d->target, "?");
	d->path = mem_dupn(d->target, n);
	d->query = mem_dup(d->target[n] == '?' ? d->target + n + 1 : "");
	d->incoming = (struct http_incoming){
		.method = r->method, .target = d->target, .path = d->path,
		.query = d->query, .body = buf_text(&r->body),
		.body_len = r->body.len, .peer_uid = -1,
		.content_type = r->method == HTTP_GET ? ""
		    : r->content_type != NULL ? r->content_type : form,
	};
	add_fields(&d->incoming.fields, r);
}

void
direct_close(struct direct *d)
{
	http_fields_release(&d->incoming.fields);
	free(d->target);
	free(d->path);
	free(d->query);
}

void
direct_ask(struct exchange *x, msec now, const struct http_request *r,
    struct http_result *ret, msec *ret_later)
{
	struct exchange_answer a;
	struct direct d;

	direct_open(&d, r);
	exchange_request(x, now, &d.incoming, &a);
	direct_close(&d);
	*ret = (struct http_result){ .fate = HTTP_ANSWERED };
	*ret_later = a.later;
	if (a.fate == EXCHANGE_ANSWERS) {
		ret->status = a.status;
		ret->fields = a.fields;
		ret->body = a.body;
		return;
	}
	ret->fate = a.fate == EXCHANGE_UNREACHABLE ? HTTP_NOT_SENT
	    : HTTP_UNKNOWN;
	if (a.fate == EXCHANGE_HANGS)
		*ret_later = r->timeout;
	snprintf(ret->reason, sizeof(ret->reason), "%s",
	    a.fate == EXCHANGE_UNREACHABLE ? "nobody accepted the connection"
	    : a.fate == EXCHANGE_DROPS ? "the connection ended without an "
	    "answer" : "no answer came in time");
	exchange_answer_release(&a);
}
