#include "exchange/simapi.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "exchange/simcreate.h"
#include "exchange/simhook.h"
#include "exchange/simshow.h"
#include "exchange/simwalk.h"

/* What is asked for. */
struct ask {
	bool text;		/* Messages, else Calls */
	char sid[SID_SIZE];	/* "" for the collection */
	bool post;
	struct form form;	/* the body's, or the query's */
};

void
simapi_show(struct exchange_answer *ret, int status, json_t *object)
{
	ret->status = status;
	http_fields_add(&ret->fields, "Content-Type", "application/json");
	json_print(object, false, &ret->body);
	json_decref(object);
}

int
simapi_refuse(struct exchange *x, msec now, struct exchange_answer *ret,
    enum simapi_blame blame, int status, int code, const char *fmt, ...)
{
	struct buf why = BUF_EMPTY;
	char *more;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&why, fmt, ap);
	va_end(ap);
	if (blame == SIMAPI_CALLER)
		exchange_complain(x, now, "code %d: %s", code, buf_text(&why));
	more = mem_printf("https://www.twilio.com/docs/errors/%d", code);
	simapi_show(ret, status, json_pack("{s:i, s:s, s:s, s:i}", "code",
	    code, "message", buf_text(&why), "more_info", more, "status",
	    status));
	free(more);
	buf_release(&why);
	return -1;
}

/*
 * PREFIX/2010-04-01/Accounts/SID/Calls.json, or .../Calls/SID.json, and
 * Messages.  *ret_account is what stands for the account.
 */
static bool
read_path(const struct exchange *x, const char *path, struct ask *a,
    bool *ret_ours)
{
	static const char lead[] = "/" API_VERSION "/Accounts/";
	size_t n = strlen(x->path_prefix);

	if (strncmp(path, x->path_prefix, n) != 0
	    || strncmp(path + n, lead, sizeof(lead) - 1) != 0)
		return false;
	path += n + sizeof(lead) - 1;
	n = strcspn(path, "/");
	*ret_ours = n == strlen(x->account_sid)
	    && memcmp(path, x->account_sid, n) == 0;
	path += n;
	a->text = strncmp(path, "/Messages", 9) == 0;
	if (!a->text && strncmp(path, "/Calls", 6) != 0)
		return false;
	path += a->text ? 9 : 6;
	if (*path == '/') {
		n = strcspn(++path, ".");
		if (n != SID_SIZE - 1)
			return false;
		memcpy(a->sid, path, n);
		path += n;
	}
	return strcmp(path, ".json") == 0;
}

static bool
is_allowed(const struct exchange *x, const struct http_incoming *in)
{
	const char *given = http_fields_get(&in->fields, "Authorization");

	if (given == NULL || strncasecmp(given, "Basic ", 6) != 0)
		return false;
	given += 6;
	for (size_t i = 0; i < COUNT(x->basic); i++)
		if (x->basic[i] != NULL && strcmp(given, x->basic[i]) == 0)
			return true;
	return false;
}

static int
read_form(struct exchange *x, msec now, const struct http_incoming *in,
    struct ask *a, struct exchange_answer *ret)
{
	struct err e;

	if (!a->post) {
		if (form_parse(in->query, strlen(in->query), &a->form,
		    &e) == 0)
			return 0;
	} else if (!http_is_form(in->content_type)) {
		err_set(&e, "the body is no form, by its Content-Type");
	} else if (form_parse(in->body, in->body_len, &a->form, &e) == 0) {
		return 0;
	}
	return simapi_refuse(x, now, ret, SIMAPI_CALLER, 400, 20001, "%s",
	    e.text);
}

/* The one with that id, or NULL.  It is asked for while it is new. */
static struct simcall *
find_call(const struct exchange *x, const char *sid)
{
	for (size_t i = x->n_calls; i > 0; i--)
		if (strcmp(x->calls[i - 1]->sid, sid) == 0)
			return x->calls[i - 1];
	return NULL;
}

static struct simtext *
find_text(const struct exchange *x, const char *sid)
{
	for (size_t i = x->n_texts; i > 0; i--)
		if (strcmp(x->texts[i - 1]->sid, sid) == 0)
			return x->texts[i - 1];
	return NULL;
}

static void
get_one(struct exchange *x, msec now, const struct ask *a,
    struct exchange_answer *ret)
{
	struct simcall *c = a->text ? NULL : find_call(x, a->sid);
	struct simtext *t = a->text ? find_text(x, a->sid) : NULL;

	if (c != NULL)
		simapi_show(ret, 200, simshow_call(x, c));
	else if (t != NULL)
		simapi_show(ret, 200, simshow_text(x, t));
	else
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 404, 20404,
		    "there is nothing with the id that was asked for");
}

static void
update_call(struct exchange *x, msec now, const struct ask *a,
    struct simcall *c, struct exchange_answer *ret)
{
	const char *status = form_get(&a->form, "Status");
	const char *url = form_get(&a->form, "Url");
	bool cancel = status != NULL && strcmp(status, "canceled") == 0;
	bool complete = status != NULL && strcmp(status, "completed") == 0;

	if (!cancel && !complete && url == NULL) {
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 400, 20001,
		    "a call is changed by Status canceled or completed, or by "
		    "Url");
	} else if (c->status >= SIMCALL_COMPLETED
	    || (cancel && c->status >= SIMCALL_IN_PROGRESS)
	    || (url != NULL && c->status != SIMCALL_IN_PROGRESS)) {
		simapi_refuse(x, now, ret, SIMAPI_NOBODY, 400, 21220,
		    "the call is not in a state to be changed so");
	} else {
		if (cancel || complete)
			simcall_end(x, now, c, c->status
			    == SIMCALL_IN_PROGRESS ? SIMCALL_COMPLETED
			    : SIMCALL_CANCELED);
		else
			simwalk_redirect(x, now, c, url, false);
		simapi_show(ret, 200, simshow_call(x, c));
	}
}

static void
update_text(struct exchange *x, msec now, const struct ask *a,
    struct simtext *t, struct exchange_answer *ret)
{
	const char *body = form_get(&a->form, "Body");

	if (body == NULL || body[0] != '\0') {
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 400, 20001,
		    "a text is changed by an empty Body only");
		return;
	}
	if (t->status == SIMTEXT_QUEUED) {
		simapi_refuse(x, now, ret, SIMAPI_NOBODY, 400, 20009,
		    "the text has not left yet");
		return;
	}
	free(t->body);
	t->body = mem_dup("");
	simapi_show(ret, 200, simshow_text(x, t));
}

static void
update(struct exchange *x, msec now, const struct ask *a,
    struct exchange_answer *ret)
{
	struct simcall *c = a->text ? NULL : find_call(x, a->sid);
	struct simtext *t = a->text ? find_text(x, a->sid) : NULL;

	if (c != NULL)
		update_call(x, now, a, c, ret);
	else if (t != NULL)
		update_text(x, now, a, t, ret);
	else
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 404, 20404,
		    "there is nothing with the id that was to be changed");
}

static void
get_list(struct exchange *x, msec now, const struct http_incoming *in,
    const struct ask *a, struct exchange_answer *ret)
{
	simapi_show(ret, 200, simshow_list(x, now, a->text, in->path,
	    &a->form));
}

static void
dispatch(struct exchange *x, msec now, const struct http_incoming *in,
    const struct ask *a, enum fault_kind fault, struct exchange_answer *ret)
{
	if (!a->post)
		x->count.lookups++;
	if (a->sid[0] != '\0' && a->post)
		update(x, now, a, ret);
	else if (a->sid[0] != '\0')
		get_one(x, now, a, ret);
	else if (a->post)
		simcreate(x, now, a->text, &a->form, fault, ret);
	else
		get_list(x, now, in, a, ret);
}

/* Does the fault keep the request from having any effect? */
static bool
strikes_before(enum fault_kind k)
{
	return k == FAULT_UNREACHABLE || k == FAULT_DROP_BEFORE
	    || k == FAULT_HANG_BEFORE || k == FAULT_ERROR_BEFORE
	    || k == FAULT_TOO_MANY || k == FAULT_UNAUTHORISED;
}

static void
replace_body(struct exchange_answer *ret, int status, const char *body)
{
	ret->status = status;
	buf_clear(&ret->body);
	buf_add(&ret->body, body);
}

/* What the caller gets to see of the answer. */
static void
spoil(struct exchange *x, msec now, const struct fault *f,
    struct exchange_answer *ret)
{
	char seconds[16];

	switch (f->kind) {
	case FAULT_UNREACHABLE:
		ret->fate = EXCHANGE_UNREACHABLE;
		break;
	case FAULT_DROP_BEFORE:
	case FAULT_DROP_AFTER:
		ret->fate = EXCHANGE_DROPS;
		break;
	case FAULT_HANG_BEFORE:
	case FAULT_HANG_AFTER:
		ret->fate = EXCHANGE_HANGS;
		break;
	case FAULT_ERROR_BEFORE:
	case FAULT_ERROR_AFTER:
		replace_body(ret, f->code, "<html>Bad gateway</html>\n");
		break;
	case FAULT_TOO_MANY:
		simapi_refuse(x, now, ret, SIMAPI_NOBODY, 429, 20429,
		    "too many requests");
		snprintf(seconds, sizeof(seconds), "%d",
		    (int)((f->by + 999) / 1000));
		if (f->by > 0)
			http_fields_add(&ret->fields, "Retry-After", seconds);
		break;
	case FAULT_UNAUTHORISED:
		simapi_refuse(x, now, ret, SIMAPI_NOBODY, 401, 20003,
		    "authentication error");
		break;
	case FAULT_GARBLED:
		replace_body(ret, ret->status, "{\"sid\": \"CA");
		break;
	case FAULT_SLOW:
		ret->later = f->by;
		break;
	case FAULT_NONE:
	case FAULT_LISTED_LATE:
	case FAULT_CALLBACKS_MISSING:
	case FAULT_FINAL_MISSING:
	case FAULT_CALLBACKS_TWICE:
	case FAULT_CALLBACKS_REVERSED:
	case FAULT_CALLBACKS_LATE:
		break;
	}
}

static void
draw_fault(struct exchange *x, msec now, const struct ask *a,
    struct fault *ret)
{
	const char *to = form_get(&a->form, "To");
	bool create = a->post && a->sid[0] == '\0';

	*ret = (struct fault){ .kind = FAULT_NONE };
	if (!fault_strikes(&x->faults, FAULT_UNREACHABLE, FAULT_SLOW,
	    create ? (a->text ? FAULT_TEXTS : FAULT_CALLS) : FAULT_LOOKUPS,
	    to != NULL ? to : "", now, &x->random, ret))
		return;
	x->count.faults++;
}

static void
handle(struct exchange *x, msec now, const struct http_incoming *in,
    const struct ask *a, struct exchange_answer *ret)
{
	struct fault f;

	draw_fault(x, now, a, &f);
	if (!strikes_before(f.kind))
		dispatch(x, now, in, a, f.kind, ret);
	else if (a->post && a->sid[0] == '\0')
		simcreate_struck(x, now, a->text, &a->form, f.kind);
	spoil(x, now, &f, ret);
}

static void
add_trace(struct exchange *x, struct exchange_answer *ret)
{
	char *id = mem_printf("RQ%016llx%016llx",
	    (unsigned long long)random_u64(&x->random),
	    (unsigned long long)random_u64(&x->random));

	http_fields_add(&ret->fields, "Twilio-Request-Id", id);
	http_fields_add(&ret->fields, "Twilio-Concurrent-Requests", "1");
	free(id);
}

void
simapi_request(struct exchange *x, msec now, const struct http_incoming *in,
    struct exchange_answer *ret)
{
	struct ask a = { .post = in->method == HTTP_POST };
	bool ours = false;

	add_trace(x, ret);
	if (!read_path(x, in->path, &a, &ours))
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 404, 20404,
		    "the path is none that is simulated");
	else if (!ours || !is_allowed(x, in))
		simapi_refuse(x, now, ret, SIMAPI_CALLER, 401, 20003,
		    "authentication error: the account, the key or the token "
		    "is wrong");
	else if (read_form(x, now, in, &a, ret) == 0)
		handle(x, now, in, &a, ret);
	form_release(&a.form);
}
