#include "gateway/gateway.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gateway/date.h"
#include "gateway/twilio.h"

/* Every driver that there is. */
static const struct gateway_driver *const drivers[] = {
	&twilio_driver,
};

static const struct gateway_driver *
find_driver(const char *name)
{
	for (size_t i = 0; name && i < COUNT(drivers); i++)
		if (strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	return NULL;
}

struct gateway *
gateway_open(const struct config_gateway *conf, const char *public_url,
    struct err *e)
{
	const struct gateway_driver *driver = find_driver(conf->driver);
	struct gateway *g;

	if (!driver) {
		err_set(e, "the gateway %s names a driver that there is not; "
		    "write driver = %s", conf->name, drivers[0]->name);
		return NULL;
	}
	g = mem_alloc(sizeof(*g));
	g->conf = conf;
	g->public_url = public_url;
	g->driver = driver;
	if (driver->open(g, e) == -1) {
		err_wrap(e, "the gateway %s", conf->name);
		free(g);
		return NULL;
	}
	return g;
}

void
gateway_close(struct gateway *g)
{
	if (!g)
		return;
	g->driver->close(g);
	free(g);
}

const struct config_gateway *
gateway_conf(const struct gateway *g)
{
	return g->conf;
}

void
gateway_submit(struct gateway *g, const struct submission *s,
    struct http_request *ret)
{
	g->driver->submit(g, s, ret);
}

void
gateway_read_submit(struct gateway *g, enum channel channel,
    const struct http_result *r, struct answer *ret)
{
	g->driver->read_submit(g, channel, r, ret);
}

void
gateway_poll(struct gateway *g, enum channel channel, const char *gateway_id,
    struct http_request *ret)
{
	g->driver->poll(g, channel, gateway_id, ret);
}

int
gateway_read_poll(struct gateway *g, enum channel channel,
    const struct http_result *r, struct found *ret, struct err *e)
{
	return g->driver->read_poll(g, channel, r, ret, e);
}

void
gateway_lookup(struct gateway *g, const struct submission *s, msec since,
    struct http_request *ret)
{
	g->driver->lookup(g, s, since, ret);
}

void
gateway_lookup_next(struct gateway *g, const char *next,
    struct http_request *ret)
{
	g->driver->lookup_next(g, next, ret);
}

int
gateway_read_lookup(struct gateway *g, const struct submission *s, msec since,
    const struct http_result *r, struct found_list *ret, struct err *e)
{
	return g->driver->read_lookup(g, s, since, r, ret, e);
}

void
found_list_release(struct found_list *l)
{
	free(l->next);
	l->next = NULL;
	l->n = 0;
}

void
gateway_inbox(struct gateway *g, struct http_request *ret)
{
	g->driver->inbox(g, ret);
}

int
gateway_read_inbox(struct gateway *g, msec since,
    const struct http_result *r, struct inbox *ret, struct err *e)
{
	return g->driver->read_inbox(g, since, r, ret, e);
}

void
inbox_release(struct inbox *b)
{
	for (size_t i = 0; i < b->n; i++)
		event_release(&b->items[i]);
	free(b->items);
	free(b->next);
	*b = (struct inbox){ .n = 0 };
}

enum hook_verdict
gateway_read_hook(struct gateway *g, const struct http_incoming *in,
    struct event *ret)
{
	return g->driver->read_hook(g, in, ret);
}

void
event_release(struct event *e)
{
	free(e->text);
	free(e->raw);
	e->text = e->raw = NULL;
}

void
gateway_say(struct gateway *g, const struct script *s, struct hook_answer *ret)
{
	g->driver->say(g, s, ret);
}

void
gateway_acknowledge(struct gateway *g, enum event_kind kind,
    struct hook_answer *ret)
{
	g->driver->acknowledge(g, kind, ret);
}

void
hook_answer_release(struct hook_answer *a)
{
	buf_release(&a->body);
}

/* "/hook/NAME/" */
static void
add_hook_path(struct buf *b, const struct gateway *g)
{
	buf_add(b, "/hook/");
	buf_add_url(b, g->conf->name);
	buf_addc(b, '/');
}

char *
gateway_hook_url(const struct gateway *g, const char *tail)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, g->public_url);
	add_hook_path(&b, g);
	buf_add(&b, tail);
	return buf_take(&b);
}

const char *
gateway_hook_tail(const struct gateway *g, const char *path)
{
	struct buf b = BUF_EMPTY;
	const char *tail = NULL;

	add_hook_path(&b, g);
	if (strncmp(path, buf_text(&b), b.len) == 0)
		tail = path + b.len;
	buf_release(&b);
	return tail;
}

static char *
console_url(const struct gateway *g, const char *tail)
{
	return tail ? gateway_hook_url(g, tail) : NULL;
}

char *
gateway_console_text(const struct gateway *g)
{
	return g->conf->polls ? NULL :
	    console_url(g, g->driver->console_text);
}

char *
gateway_console_call(const struct gateway *g)
{
	return console_url(g, g->driver->console_call);
}

char *
gateway_console_call_end(const struct gateway *g)
{
	return console_url(g, g->driver->console_call_end);
}

int
gateway_progress_rank(enum progress p)
{
	switch (p) {
	case PROGRESS_QUEUED:
		return 0;
	case PROGRESS_UNDER_WAY:
		return 1;
	case PROGRESS_RINGING:
		return 2;
	case PROGRESS_SENT:
	case PROGRESS_ANSWERED:
		return 3;
	default:
		return 4;
	}
}

const char *
refusal_name(enum refusal r)
{
	static const char *const names[] = {
		[REFUSAL_NONE] = NULL,
		[REFUSAL_BAD_NUMBER] = "bad_number",
		[REFUSAL_NOT_TEXTABLE] = "not_textable",
		[REFUSAL_OPTED_OUT] = "opted_out",
		[REFUSAL_BLOCKED] = "blocked",
		[REFUSAL_SETUP] = "setup",
		[REFUSAL_OURS] = "ours",
		[REFUSAL_PASSING] = "passing",
	};

	return (size_t)r < COUNT(names) ? names[r] : NULL;
}

const char *
progress_name(enum progress p)
{
	static const char *const names[] = {
		[PROGRESS_QUEUED] = "queued",
		[PROGRESS_UNDER_WAY] = "under_way",
		[PROGRESS_RINGING] = "ringing",
		[PROGRESS_SENT] = "sent",
		[PROGRESS_ANSWERED] = "answered",
		[PROGRESS_DELIVERED] = "delivered",
		[PROGRESS_COMPLETED] = "completed",
		[PROGRESS_BUSY] = "busy",
		[PROGRESS_NO_ANSWER] = "no_answer",
		[PROGRESS_FAILED] = "failed",
		[PROGRESS_UNDELIVERED] = "undelivered",
		[PROGRESS_CANCELLED] = "cancelled",
	};

	return (size_t)p < COUNT(names) ? names[p] : "?";
}

msec
gateway_date(const struct http_result *r)
{
	const char *text = http_fields_get(&r->fields, "Date");
	msec date;

	return text != NULL && date_parse(text, &date) == 0 ? date : 0;
}
