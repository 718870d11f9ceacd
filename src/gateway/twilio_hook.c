/*
 * A hook is believed only after its signature: nothing of it is looked at
 * before that but its path.  What is signed and not understood is an event
 * too, kept as it came, so that nothing that we were told is lost.
 */
#include "gateway/twilio.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"
#include "gateway/twilio_sign.h"
#include "rules/text.h"

#define MAX_TEXT 6400	/* bytes: 1600 characters of up to four each */
#define MAX_RAW 4096

struct hook {
	struct gateway *g;
	const struct http_incoming *in;
	struct form query, form;
	bool is_form;	/* a POST's form; else the fields are the query's */
};

static const struct form_field *
find_field(const struct hook *h, const char *name)
{
	const struct form *f = h->is_form ? &h->form : &h->query;
	size_t n = strlen(name);

	for (size_t i = 0; i < f->n; i++)
		if (f->items[i].name_len == n &&
		    memcmp(f->items[i].name, name, n) == 0)
			return &f->items[i];
	return NULL;
}

/* The field's value up to a NUL, or "". */
static const char *
field(const struct hook *h, const char *name)
{
	const struct form_field *f = find_field(h, name);

	return f ? f->value : "";
}

/* The first of two names that has a value: services drop the older one. */
static const char *
either(const struct hook *h, const char *name, const char *older)
{
	const char *value = field(h, name);

	return value[0] != '\0' ? value : field(h, older);
}

/* Add bytes as UTF-8, what is none or is a NUL as U+FFFD, at most so many;
 * a NUL stands behind them. */
static void
add_clean(struct buf *b, const char *bytes, size_t n, size_t most)
{
	const char *at = bytes;

	while (at < bytes + n && b->len + 4 <= most) {
		uint32_t c = TEXT_BAD;

		if (*at == '\0')
			at++;
		else
			c = text_next(&at);
		text_add(b, c);
	}
}

char *
twilio_clean_words(const char *bytes, size_t n)
{
	struct buf text = BUF_EMPTY;

	add_clean(&text, bytes, n, MAX_TEXT);
	buf_add(&text, "");
	return buf_take(&text);
}

static void
copy_short(char *ret, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (n >= size)
		n = size - 1;
	for (size_t i = 0; i < n; i++)
		ret[i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
	ret[n] = '\0';
}

/* Our own mark in the query: an attempt's ref, or "". */
static void
read_ref(const struct hook *h, struct event *ev)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	const char *ref = form_get(&h->query, "a");

	if (ref && strlen(ref) == GATEWAY_REF_SIZE - 1 &&
	    strspn(ref, letters) == GATEWAY_REF_SIZE - 1)
		memcpy(ev->ref, ref, GATEWAY_REF_SIZE);
}

static int
read_whole(const char *text, int otherwise)
{
	int64_t n;

	return num_int(text, 0, 1000000, &n, NULL) == 0 ? (int)n : otherwise;
}

/* What every hook has: ids and numbers.  False where the id is none. */
static bool
read_common(const struct hook *h, enum channel channel, struct event *ev)
{
	const char *id = channel == CHANNEL_CALL ? field(h, "CallSid") :
	    either(h, "MessageSid", "SmsSid");

	ev->channel = channel;
	read_ref(h, ev);
	copy_short(ev->from, sizeof(ev->from), field(h, "From"));
	copy_short(ev->to, sizeof(ev->to), field(h, "To"));
	if (!twilio_is_id(h->g, channel, id))
		return false;
	memcpy(ev->gateway_id, id, strlen(id) + 1);
	return true;
}

static bool
read_progress(const struct hook *h, const char *status, struct event *ev)
{
	const char *who = field(h, "AnsweredBy");

	if (twilio_read_status(ev->channel, status, &ev->progress) == -1)
		return false;
	/* Of a call that failed the telephone network's own code is all that
	 * there is: 404, 480 and the like (SIP). */
	ev->code = read_whole(either(h, "ErrorCode", "SipResponseCode"), 0);
	if (ev->code < 1000 && ev->progress != PROGRESS_FAILED)
		ev->code = 0;
	ev->refusal = twilio_read_failure(ev->progress, ev->code);
	ev->sequence = read_whole(field(h, "SequenceNumber"), -1);
	ev->machine = strncmp(who, "machine", 7) == 0 ||
	    strcmp(who, "fax") == 0;
	return true;
}

static bool
read_text_status(const struct hook *h, struct event *ev)
{
	ev->kind = EVENT_PROGRESS;
	return read_common(h, CHANNEL_TEXT, ev) &&
	    read_progress(h, either(h, "MessageStatus", "SmsStatus"), ev);
}

static bool
read_call_status(const struct hook *h, struct event *ev)
{
	ev->kind = EVENT_PROGRESS;
	return read_common(h, CHANNEL_CALL, ev) &&
	    read_progress(h, field(h, "CallStatus"), ev);
}

/*
 * One key was asked for.  Where several came, they count only if all are the
 * same: of "12" nobody can say which was meant, and 1 must not be it.
 */
static bool
read_key(const struct hook *h, struct event *ev)
{
	const char *keys = field(h, "Digits");
	const char *turn = form_get(&h->query, "n");
	char all[2] = { keys[0], '\0' };

	ev->kind = EVENT_KEY;
	ev->turn = read_whole(turn ? turn : "", 0);
	ev->key = keys[0];
	return read_common(h, CHANNEL_CALL, ev) &&
	    (keys[0] == '\0' || (strchr("0123456789*#", keys[0]) &&
	    strspn(keys, all) == strlen(keys)));
}

static bool
read_text(const struct hook *h, struct event *ev)
{
	const struct form_field *body = find_field(h, "Body");
	const char *opted = field(h, "OptOutType");

	ev->kind = EVENT_TEXT;
	if (!read_common(h, CHANNEL_TEXT, ev))
		return false;
	ev->opt_out = strcasecmp(opted, "STOP") == 0;
	ev->opt_in = strcasecmp(opted, "START") == 0;
	ev->opt_help = strcasecmp(opted, "HELP") == 0;
	ev->text = body ? twilio_clean_words(body->value, body->value_len) :
	    mem_dup("");
	return true;
}

static bool
read_ring(const struct hook *h, struct event *ev)
{
	ev->kind = EVENT_RING;
	return read_common(h, CHANNEL_CALL, ev);
}

static bool
read_ring_end(const struct hook *h, struct event *ev)
{
	ev->kind = EVENT_RING_END;
	return read_common(h, CHANNEL_CALL, ev) &&
	    read_progress(h, field(h, "CallStatus"), ev) &&
	    gateway_progress_rank(ev->progress) == 4;
}

/*
 * Where somebody was put through, told twice: by that call's own status, and
 * by the question for what to do next, whose own call still goes on.
 */
static bool
read_through(const struct hook *h, struct event *ev)
{
	ev->kind = EVENT_THROUGH;
	return read_common(h, CHANNEL_CALL, ev) && ev->ref[0] != '\0' &&
	    read_progress(h, either(h, "DialCallStatus", "CallStatus"), ev) &&
	    gateway_progress_rank(ev->progress) == 4;
}

static const struct hook_row {
	const char *path;
	bool (*read)(const struct hook *h, struct event *ev);
} hooks[] = {
	{ "text-status", read_text_status },
	{ "call-status", read_call_status },
	{ "key", read_key },
	{ "text", read_text },
	{ "call", read_ring },
	{ "call-end", read_ring_end },
	{ "through", read_through },
};

static const struct hook_row *
find_hook(const struct gateway *g, const char *path)
{
	const char *tail = gateway_hook_tail(g, path);

	for (size_t i = 0; tail && i < COUNT(hooks); i++)
		if (strcmp(hooks[i].path, tail) == 0)
			return &hooks[i];
	return NULL;
}

static void
add_piece(struct buf *b, const char *text)
{
	buf_addn(b, text, strlen(text) + 1);
}

/*
 * A status comes once for each id (and, of a call, sequence), a key once for
 * each question of a call, a text and a ring once for each id.  Twilio's own
 * mark of a repeated delivery (I-Twilio-Idempotency-Token) is not always
 * there.
 */
static void
add_identity(struct buf *b, const struct hook *h, const struct event *ev)
{
	buf_addf(b, "%d %d ", ev->kind, ev->channel);
	add_piece(b, ev->gateway_id);
	switch (ev->kind) {
	case EVENT_PROGRESS:
	case EVENT_RING_END:
	case EVENT_THROUGH:
		add_piece(b, ev->ref);
		buf_addf(b, "%d %d %d", ev->progress, ev->sequence, ev->code);
		break;
	case EVENT_KEY:
		add_piece(b, ev->ref);
		buf_addf(b, "%d %d", ev->turn, ev->key);
		break;
	case EVENT_TEXT:
	case EVENT_RING:
		break;
	case EVENT_UNKNOWN:
		add_piece(b, h->in->target);
		buf_addn(b, h->in->body, h->in->body_len);
		break;
	}
}

static void
set_hash(const struct gateway *g, const struct hook *h, struct event *ev)
{
	struct buf b = BUF_EMPTY;

	add_piece(&b, g->conf->name);
	add_identity(&b, h, ev);
	crypto_sha256(buf_text(&b), b.len, ev->hash);
	buf_release(&b);
}

void
twilio_hash_text(const struct gateway *g, struct event *ev)
{
	set_hash(g, NULL, ev);
}

/* It is signed, but nothing that we know: all of it is kept. */
static void
keep_raw(const struct hook *h, struct event *ev)
{
	struct buf b = BUF_EMPTY;
	enum channel channel = ev->channel;

	event_release(ev);
	*ev = (struct event){ .kind = EVENT_UNKNOWN, .channel = channel,
		.sequence = -1 };
	read_ref(h, ev);
	add_clean(&b, h->in->target, strlen(h->in->target), MAX_RAW / 2);
	buf_addc(&b, '\n');
	add_clean(&b, h->in->body, h->in->body_len, MAX_RAW);
	ev->raw = buf_take(&b);
}

/* Does the query name the body's SHA-256?  That is how a body that is no form
 * is signed: through the URL. */
static bool
has_body_hash(const struct hook *h)
{
	const char *named = form_get(&h->query, "bodySHA256");
	uint8_t digest[CRYPTO_SHA256_SIZE];
	struct buf hex = BUF_EMPTY;
	bool same;

	if (!named || strlen(named) != 2 * sizeof(digest))
		return false;
	crypto_sha256(h->in->body, h->in->body_len, digest);
	buf_add_hex(&hex, digest, sizeof(digest));
	same = crypto_equal(named, buf_text(&hex), hex.len);
	buf_release(&hex);
	return same;
}

/* Is it signed?  The URL is the one that we gave, never what a Host field
 * says.  A signature that stands there twice is none. */
static bool
is_signed(const struct hook *h)
{
	const struct twilio *t = h->g->data;
	const char *name = h->g->conf->signature_header;
	const char *signature = http_fields_get(&h->in->fields, name);
	bool covered = h->is_form || h->in->body_len == 0 || has_body_hash(h);
	char *url;
	bool good;

	if (!signature || http_fields_count(&h->in->fields, name) != 1)
		return false;
	url = mem_printf("%s%s", h->g->public_url, h->in->target);
	good = twilio_sign_check(t->keys, t->n_keys, url,
	    h->is_form ? &h->form : NULL, signature);
	free(url);
	return good && covered;
}

/* The verdict on its form and signature; HOOK_EVENT where all is well. */
static enum hook_verdict
open_hook(struct hook *h)
{
	const struct http_incoming *in = h->in;

	if (form_parse(in->query, strlen(in->query), &h->query, NULL) == -1)
		return HOOK_BAD;
	h->is_form = in->method == HTTP_POST && http_is_form(in->content_type);
	if (h->is_form &&
	    form_parse(in->body, in->body_len, &h->form, NULL) == -1)
		return HOOK_BAD;
	return is_signed(h) ? HOOK_EVENT : HOOK_FORGED;
}

enum hook_verdict
twilio_hook_read(struct gateway *g, const struct http_incoming *in,
    struct event *ret)
{
	const struct hook_row *row = find_hook(g, in->path);
	struct hook h = { .g = g, .in = in };
	struct event ev = { .kind = EVENT_UNKNOWN, .sequence = -1 };
	enum hook_verdict verdict;

	if (!row)
		return HOOK_NO_SUCH;
	verdict = open_hook(&h);
	if (verdict == HOOK_EVENT) {
		if (!row->read(&h, &ev))
			keep_raw(&h, &ev);
		set_hash(g, &h, &ev);
		*ret = ev;
	}
	form_release(&h.query);
	form_release(&h.form);
	return verdict;
}
