/*
 * What is signed is one run of bytes: the URL, and behind it the fields.
 * The fields are put in order once; each way to write the URL is then tried
 * in front of them.
 */
#include "gateway/twilio_sign.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int
compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_fields(const void *a, const void *b)
{
	const struct form_field *x = a, *y = b;
	int order =
	    compare_bytes(x->name, x->name_len, y->name, y->name_len);

	return order != 0 ? order :
	    compare_bytes(x->value, x->value_len, y->value, y->value_len);
}

static void
add_fields(struct buf *b, const struct form *form)
{
	struct form_field *sorted;

	if (!form || form->n == 0)
		return;
	sorted = mem_grow(NULL, form->n, sizeof(*sorted));
	memcpy(sorted, form->items, form->n * sizeof(*sorted));
	qsort(sorted, form->n, sizeof(*sorted), compare_fields);
	for (size_t i = 0; i < form->n; i++) {
		if (i > 0 && compare_fields(&sorted[i - 1], &sorted[i]) == 0)
			continue;
		buf_addn(b, sorted[i].name, sorted[i].name_len);
		buf_addn(b, sorted[i].value, sorted[i].value_len);
	}
	free(sorted);
}

static void
sign(struct crypto_mac *key, const char *url, size_t url_len,
    const struct buf *fields, char ret[TWILIO_SIGN_SIZE])
{
	struct buf data = BUF_EMPTY, text = BUF_EMPTY;
	uint8_t digest[CRYPTO_SHA1_SIZE];

	buf_addn(&data, url, url_len);
	buf_addn(&data, buf_text(fields), fields->len);
	crypto_mac_digest(key, buf_text(&data), data.len, digest);
	buf_add_base64(&text, digest, sizeof(digest));
	memcpy(ret, text.data, TWILIO_SIGN_SIZE);
	buf_release(&data);
	buf_release(&text);
}

void
twilio_sign_make(struct crypto_mac *key, const char *url,
    const struct form *form, char ret[TWILIO_SIGN_SIZE])
{
	struct buf fields = BUF_EMPTY;

	add_fields(&fields, form);
	sign(key, url, strcspn(url, "#"), &fields, ret);
	buf_release(&fields);
}

/* Everything that stays the same while one URL after another is tried. */
struct trial {
	struct crypto_mac *const *keys;
	size_t n;
	struct buf fields;
	const char *signature;
};

static bool
matches(const struct trial *t, const char *url, size_t url_len)
{
	char mine[TWILIO_SIGN_SIZE];
	bool found = false;

	for (size_t i = 0; i < t->n; i++) {
		sign(t->keys[i], url, url_len, &t->fields, mine);
		found |= crypto_equal(mine, t->signature, sizeof(mine) - 1);
	}
	return found;
}

/* The URL with its quotes written the other way, in its query only. */
static bool
matches_with_quotes(const struct trial *t, const char *url, const char *from,
    const char *to)
{
	const char *rest = strchr(url, '?'), *at;
	struct buf b = BUF_EMPTY;
	bool found;

	if (!rest || !strstr(rest, from))
		return false;
	buf_addn(&b, url, (size_t)(rest - url));
	while ((at = strstr(rest, from))) {
		buf_addn(&b, rest, (size_t)(at - rest));
		buf_add(&b, to);
		rest = at + strlen(from);
	}
	buf_add(&b, rest);
	found = matches(t, buf_text(&b), b.len);
	buf_release(&b);
	return found;
}

static bool
matches_written(const struct trial *t, const char *url)
{
	return matches(t, url, strlen(url)) ||
	    matches_with_quotes(t, url, "'", "%27") ||
	    matches_with_quotes(t, url, "%27", "'");
}

/* The colon of "host:port" in the URL, or where it would stand. */
static const char *
find_port(const char *url)
{
	const char *host = strstr(url, "://");
	const char *end, *colon;

	host = host ? host + 3 : url;
	end = host + strcspn(host, "/?#");
	colon = end;
	while (colon > host && colon[-1] >= '0' && colon[-1] <= '9')
		colon--;
	return colon > host && colon[-1] == ':' ? colon - 1 : end;
}

/* The URL without the port that it names, or with one where it names none. */
static bool
matches_with_other_port(const struct trial *t, const char *url)
{
	const char *port = find_port(url);
	struct buf b = BUF_EMPTY;
	bool found;

	buf_addn(&b, url, (size_t)(port - url));
	if (*port == ':')
		port += 1 + strspn(port + 1, "0123456789");
	else
		buf_add(&b, strncmp(url, "https:", 6) == 0 ? ":443" : ":80");
	buf_add(&b, port);
	found = matches_written(t, buf_text(&b));
	buf_release(&b);
	return found;
}

bool
twilio_sign_check(struct crypto_mac *const *keys, size_t n, const char *url,
    const struct form *form, const char *signature)
{
	struct trial t = { .keys = keys, .n = n, .signature = signature };
	char *plain;
	bool found;

	if (strlen(signature) != TWILIO_SIGN_SIZE - 1)
		return false;
	add_fields(&t.fields, form);
	plain = mem_dupn(url, strcspn(url, "#"));
	found = matches_written(&t, plain) ||
	    matches_with_other_port(&t, plain);
	/* Twilio leaves the fragment out; some who copied it do not. */
	if (!found && strchr(url, '#'))
		found = matches(&t, url, strlen(url));
	free(plain);
	buf_release(&t.fields);
	return found;
}
