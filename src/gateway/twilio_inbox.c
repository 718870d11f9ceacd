/*
 * Texts that came in, from the list of the account's messages: for a machine
 * that the gateway cannot reach.  What is missed here is somebody's word: so an
 * entry that cannot be read is counted, and the list is read again from there.
 * What is read twice has the same hash, and is taken once.
 */
#include "gateway/twilio.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "gateway/date.h"

/* Did somebody send it to the number that we ask for, and is it all there?
 * A text in several parts is "receiving" until the last has come. */
static bool
is_for_us(const struct gateway *g, const json_t *item)
{
	const char *ours = g->conf->text_from ? g->conf->text_from : "";
	char direction[32], status[32], to[64];

	json_get_text(item, "direction", direction, sizeof(direction));
	json_get_text(item, "status", status, sizeof(status));
	json_get_text(item, "to", to, sizeof(to));
	if (to[0] != '\0' && !twilio_same_number(to, ours))
		return false;
	if (direction[0] == '\0')
		return strcmp(status, "received") == 0;
	return strcmp(direction, "inbound") == 0 &&
	    strcmp(status, "receiving") != 0;
}

static void
copy_number(char *ret, size_t size, const json_t *item, const char *key)
{
	json_get_text(item, key, ret, size);
	for (char *c = ret; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
}

/* -1 where it has no id, or no instant. */
static int
read_text(const struct gateway *g, const json_t *item, struct event *ret)
{
	const json_t *body = json_object_get(item, "body");
	char id[GATEWAY_ID_SIZE + 1], date[64];

	*ret = (struct event){ .kind = EVENT_TEXT, .channel = CHANNEL_TEXT,
		.sequence = -1 };
	json_get_text(item, "sid", id, sizeof(id));
	json_get_text(item, "date_created", date, sizeof(date));
	if (!twilio_is_id(g, CHANNEL_TEXT, id) ||
	    date_parse(date, &ret->came) == -1)
		return -1;
	memcpy(ret->gateway_id, id, strlen(id) + 1);
	copy_number(ret->from, sizeof(ret->from), item, "from");
	copy_number(ret->to, sizeof(ret->to), item, "to");
	ret->text = json_is_string(body) ? twilio_clean_words(
	    json_string_value(body), json_string_length(body)) : mem_dup("");
	twilio_hash_text(g, ret);
	return 0;
}

/*
 * Pages come newest first; as in a look-up that is believed only of a page
 * which is so, and then what is older than the instant ends the reading.
 */
static void
read_page(const struct gateway *g, const json_t *page, msec since,
    struct inbox *b)
{
	msec before = NEVER;
	bool in_order = true, older = false;
	const json_t *item;
	size_t i;

	json_array_foreach(page, i, item) {
		struct event ev;

		if (!is_for_us(g, item))
			continue;
		if (read_text(g, item, &ev) == -1) {
			b->unread++;
			continue;
		}
		in_order = in_order && ev.came <= before;
		before = ev.came;
		if (ev.came > b->newest)
			b->newest = ev.came;
		if (ev.came < since) {
			older = true;
			event_release(&ev);
			continue;
		}
		mem_reserve(&b->items, b->n, &b->cap, sizeof(*b->items));
		b->items[b->n++] = ev;
	}
	b->complete = in_order && older;
}

int
twilio_read_inbox(struct gateway *g, msec since, const struct http_result *r,
    struct inbox *ret, struct err *e)
{
	json_t *doc = twilio_open_document(r, e), *page;
	char *next = NULL;
	int result = -1;

	if (!doc)
		return -1;
	page = json_object_get(doc, "messages");
	if (!json_is_array(page)) {
		err_set(e, "the gateway's answer is no list");
	} else if (twilio_read_next(g, doc, &next, e) == 0) {
		read_page(g, page, since, ret);
		if (!next)
			ret->complete = true;
		free(ret->next);
		ret->next = next;
		if (ret->date == 0)
			ret->date = gateway_date(r);
		result = 0;
	}
	json_decref(doc);
	return result;
}
