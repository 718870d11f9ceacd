#include "exchange/simhook.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"
#include "exchange/simcall.h"
#include "exchange/simtext.h"
#include "exchange/simwalk.h"
#include "exchange/xml.h"

/* When a webhook is sent again: the words of rp= in the URL's fragment. */
#define AGAIN_4XX 1U
#define AGAIN_5XX 2U
#define AGAIN_CONNECT 4U
#define AGAIN_READ 8U

void
simhook_free(struct simhook *h)
{
	if (h == NULL)
		return;
	buf_release(&h->values);
	free(h->url);
	free(h);
}

void
simhook_release_track(struct simtrack *t)
{
	for (size_t i = 0; i < t->n_held; i++)
		simhook_free(t->held[i]);
	free(t->held);
	free(t->url);
	*t = (struct simtrack){ 0 };
}

/* The length of the host of an http URL, and where it begins; 0 for none. */
static size_t
find_host(const char *url, const char **ret)
{
	const char *p = strncmp(url, "https://", 8) == 0 ? url + 8
	    : strncmp(url, "http://", 7) == 0 ? url + 7 : NULL;

	if (p == NULL)
		return 0;
	*ret = p;
	if (*p == '[')
		return strcspn(p, "]/?#") + (strchr(p, ']') != NULL);
	return strcspn(p, ":/?#");
}

static bool
is_loopback(const char *host, size_t n)
{
	bool all_digits;

	if ((n == 9 && strncasecmp(host, "localhost", n) == 0)
	    || (n == 5 && strncmp(host, "[::1]", n) == 0))
		return true;
	all_digits = strspn(host, "0123456789.") >= n;
	return n > 4 && strncmp(host, "127.", 4) == 0 && all_digits;
}

const char *
simhook_bad_url(const struct exchange *x, const char *url)
{
	const char *host = NULL;
	size_t n = find_host(url, &host);

	if (n == 0)
		return "is no http or https URL with a host";
	if (strlen(url) > 4000 || strpbrk(url, " \t\r\n\"<>") != NULL)
		return "holds what a URL cannot hold";
	if (memchr(host, '@', strcspn(host, "/?#")) != NULL)
		return "has a name and password in it";
	if (memchr(host, '_', n) != NULL)
		return "has an underscore in its host";
	if (x->loopback_only && !is_loopback(host, n))
		return "is not on this machine, and this exchange rings "
		    "nobody elsewhere";
	return NULL;
}

static bool
read_again_on(const char *value, unsigned int *ret)
{
	static const struct {
		const char *word;
		unsigned int on;
	} words[] = {
		{ "4xx", AGAIN_4XX }, { "5xx", AGAIN_5XX },
		{ "ct", AGAIN_CONNECT }, { "rt", AGAIN_READ },
		{ "all", AGAIN_4XX | AGAIN_5XX | AGAIN_CONNECT | AGAIN_READ },
	};
	bool known;

	*ret = 0;
	for (const char *p = value; *p != '\0'; p += *p == ',') {
		size_t n = strcspn(p, ",");
		known = false;
		for (size_t i = 0; i < COUNT(words); i++) {
			if (strlen(words[i].word) == n
			    && memcmp(words[i].word, p, n) == 0) {
				*ret |= words[i].on;
				known = true;
			}
		}
		if (!known)
			return false;
		p += n;
	}
	return *ret != 0;
}

static bool
read_override(struct simhook *h, const char *name, const char *value)
{
	int64_t n = 0;

	if (strcmp(name, "rp") == 0)
		return read_again_on(value, &h->again_on);
	if (strcmp(name, "e") == 0 || strcmp(name, "sni") == 0)
		return true;
	if (strcmp(name, "rc") == 0) {
		if (num_int(value, 0, 5, &n, NULL) == -1)
			return false;
		h->again = (int)n;
		return true;
	}
	if (strcmp(name, "ct") == 0)
		return num_int(value, 100, 10000, &h->connect, NULL) == 0;
	if (strcmp(name, "rt") == 0 || strcmp(name, "tt") == 0) {
		if (num_int(value, 100, 15000, &n, NULL) == -1)
			return false;
		h->total = n < h->total ? n : h->total;
		return true;
	}
	return false;
}

/* gateways.md 1.6: by default once again, and only where the connection
 * failed. */
static void
read_overrides(struct exchange *x, msec now, struct simhook *h,
    const char *fragment)
{
	struct form f = { 0 };

	h->again = 1;
	h->again_on = AGAIN_CONNECT;
	h->connect = 5 * MSEC_SECOND;
	h->total = 15 * MSEC_SECOND;
	if (form_parse(fragment, strlen(fragment), &f, NULL) == -1) {
		exchange_complain(x, now, "a webhook's URL has too many "
		    "overrides behind its #");
		return;
	}
	for (size_t i = 0; i < f.n; i++)
		if (!read_override(h, f.items[i].name, f.items[i].value))
			exchange_complain(x, now, "a webhook's URL has the "
			    "override '%s' with a value that there is not",
			    f.items[i].name);
	form_release(&f);
}

struct simhook *
simhook_new(struct exchange *x, msec now, enum simhook_purpose purpose,
    const char *url, bool get, void *what)
{
	struct simhook *h = mem_alloc(sizeof(*h));
	const char *fragment = strchr(url, '#');
	uint8_t bits[16];
	struct buf id = BUF_EMPTY;

	h->token = ++x->n_hooks;
	h->purpose = purpose;
	h->get = get;
	h->what = what;
	h->url = fragment != NULL ? mem_dupn(url, (size_t)(fragment - url))
	    : mem_dup(url);
	read_overrides(x, now, h, fragment != NULL ? fragment + 1 : "");
	for (size_t i = 0; i < sizeof(bits); i++)
		bits[i] = (uint8_t)random_u64(&x->random);
	buf_add_hex(&id, bits, sizeof(bits));
	memcpy(h->id, buf_text(&id), 33);
	buf_release(&id);
	return h;
}

void
simhook_add(struct simhook *h, const char *name, const char *value)
{
	assert(h->n < SIMHOOK_MAX_PAIRS);
	h->names[h->n] = name;
	h->values_at[h->n++] = h->values.len;
	buf_addn(&h->values, value, strlen(value) + 1);
}

static const char *
value_of(const struct simhook *h, size_t i)
{
	return buf_text(&h->values) + h->values_at[i];
}

static struct simhook *
copy_hook(struct exchange *x, const struct simhook *h)
{
	struct simhook *twin = mem_alloc(sizeof(*twin));

	*twin = *h;
	twin->token = ++x->n_hooks;
	twin->next = NULL;
	twin->url = mem_dup(h->url);
	twin->values = (struct buf)BUF_EMPTY;
	buf_addn(&twin->values, buf_text(&h->values), h->values.len);
	return twin;
}

void
simhook_send(struct exchange *x, struct simhook *h, msec at)
{
	agenda_add(&x->agenda, at, INSIDE_HOOK, h, 0);
}

/* All that was held back, the last first, a tenth of a second apart. */
static void
send_reversed(struct exchange *x, struct simtrack *t, msec at)
{
	while (t->n_held > 0) {
		simhook_send(x, t->held[--t->n_held], at);
		at += 100;
	}
}

void
simhook_send_progress(struct exchange *x, struct simtrack *t,
    struct simhook *h, msec at, bool last)
{
	if (t->missing || (last && t->final_missing)) {
		simhook_free(h);
		if (last)
			send_reversed(x, t, at);
		return;
	}
	at += t->late;
	if (t->twice > 0)
		simhook_send(x, copy_hook(x, h), at + t->twice);
	if (!t->reversed) {
		simhook_send(x, h, at);
		return;
	}
	mem_reserve(&t->held, t->n_held, &t->cap_held, sizeof(h));
	t->held[t->n_held++] = h;
	if (last)
		send_reversed(x, t, at);
}

static int
compare_pairs(const void *a, const void *b)
{
	const struct simhook_pair *p = a, *q = b;
	int names = strcmp(p->name, q->name);

	return names != 0 ? names : strcmp(p->value, q->value);
}

void
simhook_sign(struct crypto_mac *mac, const char *url,
    const struct simhook_pair *pairs, size_t n, struct buf *ret)
{
	struct simhook_pair sorted[SIMHOOK_MAX_PAIRS];
	struct buf b = BUF_EMPTY;
	uint8_t digest[CRYPTO_SHA1_SIZE];

	assert(n <= SIMHOOK_MAX_PAIRS);
	memcpy(sorted, pairs, n * sizeof(*pairs));
	qsort(sorted, n, sizeof(*sorted), compare_pairs);
	buf_add(&b, url);
	for (size_t i = 0; i < n; i++) {
		/* the same name and value twice counts once */
		if (i > 0 && compare_pairs(&sorted[i - 1], &sorted[i]) == 0)
			continue;
		buf_add(&b, sorted[i].name);
		buf_add(&b, sorted[i].value);
	}
	crypto_mac_digest(mac, buf_text(&b), b.len, digest);
	buf_add_base64(ret, digest, sizeof(digest));
	buf_release(&b);
}

/* A value as browsers write it into a form: a space is "+". */
static void
add_value(struct buf *b, const char *value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-._*";

	while (*value != '\0') {
		size_t n = strspn(value, plain);
		buf_addn(b, value, n);
		value += n;
		for (; *value != '\0' && strchr(plain, *value) == NULL;
		    value++) {
			if (*value == ' ')
				buf_addc(b, '+');
			else
				buf_addf(b, "%%%02X", (unsigned char)*value);
		}
	}
}

static void
add_form(struct buf *b, const struct simhook *h)
{
	for (size_t i = 0; i < h->n; i++) {
		if (i > 0)
			buf_addc(b, '&');
		buf_add(b, h->names[i]);
		buf_addc(b, '=');
		add_value(b, value_of(h, i));
	}
}

/* The signature goes over what the body holds; of a GET all is in the URL. */
static void
add_signature(struct exchange *x, const struct simhook *h, const char *url,
    struct http_fields *fields)
{
	struct simhook_pair pairs[SIMHOOK_MAX_PAIRS];
	struct buf b = BUF_EMPTY;

	for (size_t i = 0; i < h->n; i++)
		pairs[i] = (struct simhook_pair){ h->names[i],
			value_of(h, i) };
	simhook_sign(x->mac, url, pairs, h->get ? 0 : h->n, &b);
	http_fields_add(fields, "X-Twilio-Signature", buf_text(&b));
	buf_release(&b);
}

void
simhook_hand_out(struct exchange *x, struct simhook *h,
    struct http_request *ret)
{
	struct buf url = BUF_EMPTY;

	buf_add(&url, h->url);
	if (h->get && h->n > 0) {
		buf_addc(&url, strchr(h->url, '?') != NULL ? '&' : '?');
		add_form(&url, h);
	}
	http_request_init(ret, h->get ? HTTP_GET : HTTP_POST, buf_text(&url));
	if (!h->get)
		add_form(&ret->body, h);
	add_signature(x, h, buf_text(&url), &ret->fields);
	http_fields_add(&ret->fields, "I-Twilio-Idempotency-Token", h->id);
	http_fields_add(&ret->fields, "User-Agent", "TwilioProxy/1.1");
	ret->ca_file = mem_dup(x->ca_file);
	ret->timeout = h->total;
	ret->connect_timeout = h->connect;
	ret->max_answer = h->purpose == SIMHOOK_MEDIA ? SIMHOOK_MEDIA_MAX :
	    XML_MAX_BYTES;
	ret->once = true;
	h->next = x->out;
	x->out = h;
	x->count.webhooks++;
	buf_release(&url);
}

static bool
is_xml(const struct http_result *r)
{
	const char *type = http_fields_get(&r->fields, "Content-Type");
	size_t n = type != NULL ? strcspn(type, "; ") : 0;

	return (n == 8 && strncasecmp(type, "text/xml", n) == 0)
	    || (n == 15 && strncasecmp(type, "application/xml", n) == 0);
}

/* A sound that cannot be had: the call would end with an error. */
static void
look_at_media(struct exchange *x, msec now, const struct http_result *r)
{
	const char *type = http_fields_get(&r->fields, "Content-Type");

	if (r->fate == HTTP_ANSWERED && r->status != 200)
		exchange_complain(x, now, "code 11200: what a call is to play "
		    "was answered with %d", r->status);
	else if (r->fate == HTTP_ANSWERED && (type == NULL ||
	    strncasecmp(type, "audio/", 6) != 0 || r->body.len == 0))
		exchange_complain(x, now, "code 12300: what a call is to play "
		    "is no audio");
	else if (r->fate == HTTP_ANSWERED)
		x->count.media++;
}

/* What the answer tells about our caller, whatever comes of it. */
static void
look_at(struct exchange *x, msec now, const struct simhook *h,
    const struct http_result *r)
{
	if (h->purpose == SIMHOOK_MEDIA) {
		look_at_media(x, now, r);
		return;
	}
	if (r->fate != HTTP_ANSWERED)
		return;
	if (r->status >= 300 && r->status < 500)
		exchange_complain(x, now, "code 11200: a signed webhook was "
		    "answered with %d", r->status);
	else if (r->status < 300 && r->body.len > 0 && !is_xml(r))
		exchange_complain(x, now, "code 12300: the answer to a "
		    "webhook is not text/xml");
	else if (r->status < 300 && r->body.len == 0
	    && h->purpose != SIMHOOK_STATUS)
		exchange_complain(x, now, "code 12100: the answer to a webhook "
		    "has no document");
}

static bool
is_wanted_again(const struct simhook *h, const struct http_result *r)
{
	unsigned int why = r->fate == HTTP_NOT_SENT ? AGAIN_CONNECT
	    : r->fate == HTTP_UNKNOWN ? AGAIN_READ
	    : r->status >= 500 ? AGAIN_5XX
	    : r->status >= 400 ? AGAIN_4XX : 0;

	return (h->again_on & why) != 0 && h->tries < h->again;
}

static struct simhook *
take_out(struct exchange *x, uint64_t token)
{
	struct simhook **at = &x->out, *h;

	while (*at != NULL && (*at)->token != token)
		at = &(*at)->next;
	h = *at;
	if (h != NULL)
		*at = h->next;
	return h;
}

void
simhook_ended(struct exchange *x, msec now, uint64_t token,
    const struct http_result *r)
{
	struct simhook *h = take_out(x, token);
	bool good = r->fate == HTTP_ANSWERED && r->status >= 200
	    && r->status < 300;

	if (h == NULL)
		return;
	if (!good)
		x->count.webhooks_failed++;
	look_at(x, now, h, r);
	if (is_wanted_again(h, r)) {
		simhook_send(x, h, now + ((msec)500 << h->tries++));
		return;
	}
	good = good && r->body.len > 0 && is_xml(r);
	if (h->purpose == SIMHOOK_DOCUMENT)
		simwalk_document(x, now, h->what, h->turn,
		    good ? &r->body : NULL);
	else if (h->purpose == SIMHOOK_TEXT_IN)
		simtext_answered(x, now, h->what, r->fate == HTTP_ANSWERED
		    && r->status < 300, good ? &r->body : NULL);
	simhook_free(h);
}
