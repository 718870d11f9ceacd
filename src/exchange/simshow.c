#include "exchange/simshow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

#define PAGE_SIZE 50
#define MAX_PAGE_SIZE 1000

static json_t *
date_or_null(msec at)
{
	char date[INSIDE_DATE_SIZE];

	return at > 0 ? json_string(exchange_date(at, "+0000", date))
	    : json_null();
}

static json_t *
number_text(int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	return json_string(text);
}

static void
set(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void
set_uri(const struct exchange *x, json_t *object, const char *kind,
    const char *sid)
{
	char *uri = mem_printf("%s/" API_VERSION "/Accounts/%s/%s/%s.json",
	    x->path_prefix, x->account_sid, kind, sid);

	set(object, "uri", json_string(uri));
	set(object, "subresource_uris", json_object());
	set(object, "api_version", json_string(API_VERSION));
	set(object, "account_sid", json_string(x->account_sid));
	free(uri);
}

static void
set_nulls(json_t *object, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		set(object, keys[i], json_null());
}

json_t *
simshow_call(const struct exchange *x, const struct simcall *c)
{
	static const char *const nulls[] = {
		"price", "phone_number_sid", "trunk_sid",
		"group_sid", "caller_name", "forwarded_from", "annotation",
	};
	json_t *o = json_object();
	const char *status = c->status == SIMCALL_INITIATED ? "queued"
	    : simcall_status_name(c->status);

	set(o, "sid", json_string(c->sid));
	set(o, "status", json_string(status));
	set(o, "to", json_string(c->to->number));
	set(o, "to_formatted", json_string(c->to->number));
	set(o, "from", json_string(simcall_from(c)));
	set(o, "from_formatted", json_string(simcall_from(c)));
	set(o, "direction", json_string(simcall_direction(c)));
	set(o, "answered_by", c->answered_by != NULL
	    ? json_string(c->answered_by) : json_null());
	set(o, "date_created", date_or_null(c->created));
	set(o, "date_updated", date_or_null(c->updated));
	set(o, "start_time", date_or_null(c->status >= SIMCALL_RINGING
	    ? c->dialled : 0));
	set(o, "end_time", date_or_null(c->ended));
	set(o, "duration", c->ended > 0 ? number_text(c->started > 0
	    ? (c->ended - c->started + 999) / 1000 : 0) : json_null());
	set(o, "queue_time", number_text(c->dialled - c->created));
	set(o, "price_unit", json_string("GBP"));
	set(o, "parent_call_sid", c->parent != NULL ?
	    json_string(c->parent->sid) : json_null());
	set_nulls(o, nulls, COUNT(nulls));
	set_uri(x, o, "Calls", c->sid);
	return o;
}

json_t *
simshow_text(const struct exchange *x, const struct simtext *t)
{
	static const char *const nulls[] = {
		"error_message", "price", "price_unit",
		"messaging_service_sid",
	};
	json_t *o = json_object();
	bool left = t->status == SIMTEXT_SENT || t->status
	    == SIMTEXT_DELIVERED || t->status == SIMTEXT_UNDELIVERED;
	json_t *body = json_string(t->body);

	set(o, "sid", json_string(t->sid));
	set(o, "status", json_string(simtext_status_name(t->status)));
	set(o, "to", json_string(t->to->number));
	set(o, "from", json_string(t->from->number));
	set(o, "body", body != NULL ? body : json_string(""));
	set(o, "direction", json_string(simtext_direction(t)));
	set(o, "num_segments", number_text(simtext_parts(t->body)));
	set(o, "num_media", json_string("0"));
	set(o, "date_created", date_or_null(t->created));
	set(o, "date_updated", date_or_null(t->updated));
	set(o, "date_sent", date_or_null(left ? t->sent : 0));
	set(o, "error_code", t->code > 0 ? json_integer(t->code)
	    : json_null());
	set_nulls(o, nulls, COUNT(nulls));
	set_uri(x, o, "Messages", t->sid);
	return o;
}

/* What a list is asked for. */
struct listing {
	bool text;
	const char *to, *from;	/* NULL: all */
	int64_t page_size, page;
	int64_t before;		/* only those made before this one */
};

static void
read_listing(struct exchange *x, msec now, const struct form *query,
    struct listing *l)
{
	for (size_t i = 0; i < query->n; i++) {
		const char *name = query->items[i].name;
		const char *value = query->items[i].value;
		bool good = true;

		if (strcmp(name, "To") == 0)
			l->to = value;
		else if (strcmp(name, "From") == 0)
			l->from = value;
		else if (strcmp(name, "PageSize") == 0)
			good = num_int(value, 1, MAX_PAGE_SIZE, &l->page_size,
			    NULL) == 0;
		else if (strcmp(name, "Page") == 0)
			good = num_int(value, 0, INT32_MAX, &l->page,
			    NULL) == 0;
		else if (strcmp(name, "PageToken") == 0)
			good = strncmp(value, "PA", 2) == 0 && num_int(
			    value + 2, 0, INT32_MAX, &l->before, NULL) == 0;
		else
			good = false;
		if (!good)
			exchange_complain(x, now, "a list is asked for with "
			    "'%s', which is unknown, wrong or not simulated",
			    name);
	}
}

static bool
is_listed(const struct listing *l, msec now, size_t nth, const char *to,
    const char *from, const struct simtrack *t)
{
	return (int64_t)nth < l->before && t->listed <= now
	    && (l->to == NULL || strcmp(l->to, to) == 0)
	    && (l->from == NULL || strcmp(l->from, from) == 0);
}

/* Who is on the other end: people's own chains make lists by number short.
 * NULL where all must be looked at. */
static const struct person *
chain_of(struct exchange *x, const struct listing *l)
{
	const char *end[] = { l->to, l->from };

	for (size_t i = 0; i < COUNT(end); i++) {
		if (end[i] == NULL)
			continue;
		bool ours = false;
		for (size_t k = 0; k < x->n_numbers; k++)
			ours = ours || strcmp(x->numbers[k]->number,
			    end[i]) == 0;
		if (!ours)
			return person_at(&x->people, end[i]);
	}
	return NULL;
}

static const struct simcall *
earlier_call(const struct exchange *x, const struct person *chain,
    const struct simcall *c)
{
	if (chain != NULL)
		return c == NULL ? chain->last_call : c->earlier;
	size_t n = c == NULL ? x->n_calls : c->nth;
	return n > 0 ? x->calls[n - 1] : NULL;
}

static const struct simtext *
earlier_text(const struct exchange *x, const struct person *chain,
    const struct simtext *t)
{
	if (chain != NULL)
		return t == NULL ? chain->last_text : t->earlier;
	size_t n = t == NULL ? x->n_texts : t->nth;
	return n > 0 ? x->texts[n - 1] : NULL;
}

/* Fill the page; *ret_last is its last one's number, -1 where more follow
 * none. */
static json_t *
fill_page(struct exchange *x, msec now, const struct listing *l,
    int64_t *ret_more)
{
	const struct person *chain = chain_of(x, l);
	const struct simcall *c = NULL;
	const struct simtext *t = NULL;
	json_t *items = json_array();
	int64_t last = -1;

	*ret_more = -1;
	for (;;) {
		bool full = (int64_t)json_array_size(items) == l->page_size;
		if (l->text ? (t = earlier_text(x, chain, t)) == NULL
		    : (c = earlier_call(x, chain, c)) == NULL)
			break;
		if (l->text ? !is_listed(l, now, t->nth, t->to->number,
		    t->from->number, &t->track)
		    : !is_listed(l, now, c->nth, c->to->number,
		    simcall_from(c), &c->track))
			continue;
		if (full) {
			*ret_more = last;
			break;
		}
		json_array_append_new(items, l->text ? simshow_text(x, t)
		    : simshow_call(x, c));
		last = (int64_t)(l->text ? t->nth : c->nth);
	}
	return items;
}

static json_t *
page_uri(const char *path, const struct listing *l, int64_t page,
    int64_t before)
{
	struct buf b = BUF_EMPTY;
	json_t *uri;

	buf_addf(&b, "%s?PageSize=%lld&Page=%lld", path,
	    (long long)l->page_size, (long long)page);
	if (l->to != NULL)
		form_add(&b, "To", l->to);
	if (l->from != NULL)
		form_add(&b, "From", l->from);
	if (page > 0)
		buf_addf(&b, "&PageToken=PA%lld", (long long)before);
	uri = json_string(buf_text(&b));
	buf_release(&b);
	return uri;
}

json_t *
simshow_list(struct exchange *x, msec now, bool text, const char *path,
    const struct form *query)
{
	struct listing l = {
		.text = text, .page_size = PAGE_SIZE, .before = INT64_MAX,
	};
	json_t *o = json_object(), *items;
	int64_t more, start;

	read_listing(x, now, query, &l);
	items = fill_page(x, now, &l, &more);
	start = l.page * l.page_size;
	set(o, "page", json_integer(l.page));
	set(o, "page_size", json_integer(l.page_size));
	set(o, "start", json_integer(start));
	set(o, "end", json_integer(start + (int64_t)json_array_size(items)
	    - 1));
	set(o, "uri", page_uri(path, &l, l.page, l.before));
	set(o, "first_page_uri", page_uri(path, &l, 0, 0));
	set(o, "previous_page_uri", json_null());
	set(o, "next_page_uri", more < 0 ? json_null()
	    : page_uri(path, &l, l.page + 1, more));
	set(o, text ? "messages" : "calls", items);
	return o;
}
