#include "web/respond.h"

#include <string.h>

void
respond_json(struct httpd_exchange *x, int status, json_t *taken)
{
	struct buf body = BUF_EMPTY;

	json_print(taken, false, &body);
	buf_addc(&body, '\n');
	json_decref(taken);
	respond_bytes(x, status, "application/json", buf_text(&body),
	    body.len);
	buf_release(&body);
}

void
respond_error(struct httpd_exchange *x, int status, const char *sentence)
{
	json_t *doc = json_object();

	api_json_put_text(doc, "error", sentence);
	respond_json(x, status, doc);
}

void
respond_text(struct httpd_exchange *x, int status, const char *text)
{
	respond_bytes(x, status, "text/plain; charset=utf-8", text,
	    strlen(text));
}

/* Nobody is to keep what we say: it is out of date at once, and private. */
void
respond_bytes(struct httpd_exchange *x, int status, const char *type,
    const char *bytes, size_t n)
{
	struct http_fields extra = { 0 };

	http_fields_add(&extra, "Cache-Control", "no-store");
	httpd_answer(x, status, type, bytes, n, &extra);
	http_fields_release(&extra);
}
