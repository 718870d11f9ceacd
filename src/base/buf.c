#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Make room for n bytes more and the closing NUL. */
static void
grow(struct buf *b, size_t n)
{
	if (b->data && n < b->cap - b->len)
		return;
	size_t need = b->len + n + 1;
	size_t cap = b->cap > 0 ? b->cap : 64;
	while (cap < need && cap <= SIZE_MAX / 2)
		cap *= 2;
	if (need <= n || cap < need)
		cap = SIZE_MAX; /* ends in mem_grow, as it should */
	b->data = mem_grow(b->data, cap, 1);
	b->data[b->len] = '\0';
	b->cap = cap;
}

void
buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf)BUF_EMPTY;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data)
		b->data[0] = '\0';
}

const char *
buf_text(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *
buf_take(struct buf *b)
{
	char *text = b->data ? b->data : mem_dup("");

	*b = (struct buf)BUF_EMPTY;
	return text;
}

void
buf_add(struct buf *b, const char *text)
{
	buf_addn(b, text, strlen(text));
}

void
buf_addn(struct buf *b, const void *bytes, size_t n)
{
	grow(b, n);
	if (n > 0)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_addc(struct buf *b, char c)
{
	buf_addn(b, &c, 1);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(b, fmt, ap);
	va_end(ap);
}

void
buf_addv(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	grow(b, 0);
	n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
	if (n > 0) {
		if ((size_t)n >= b->cap - b->len) {
			grow(b, (size_t)n);
			vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
		}
		b->len += (size_t)n;
	}
	b->data[b->len] = '\0';
	va_end(again);
}

/*
 * The length of the character at s if XML 1.0 allows it, else 0: also for
 * bytes that are no UTF-8, overlong forms and surrogates.
 */
static size_t
xml_char(const unsigned char *s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1
	    : s[0] >= 0xf0 ? 4
	    : s[0] >= 0xe0 ? 3
	    : s[0] >= 0xc0 ? 2 : 0;

	if (n == 1)
		return s[0] >= 0x20 || strchr("\t\n\r", s[0]) ? 1 : 0;
	if (n == 0 || s[0] > 0xf4)
		return 0;
	uint32_t c = s[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	return c == 0xfffe || c == 0xffff ? 0 : n;
}

void
buf_add_xml(struct buf *b, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	while (*s) {
		size_t n = xml_char(s);

		switch (n > 0 ? *s : 0) {
		case 0:
			n = 1;
			break;
		case '&':
			buf_add(b, "&amp;");
			break;
		case '<':
			buf_add(b, "&lt;");
			break;
		case '>':
			buf_add(b, "&gt;");
			break;
		case '"':
			buf_add(b, "&quot;");
			break;
		case '\'':
			buf_add(b, "&#39;");
			break;
		default:
			buf_addn(b, s, n);
		}
		s += n;
	}
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

void
buf_add_url(struct buf *b, const char *text)
{
	static const char digit[] = "0123456789ABCDEF";

	while (*text) {
		const unsigned char c = (unsigned char)*text;
		size_t plain = 0;

		while (is_unreserved(text[plain]))
			plain++;
		buf_addn(b, text, plain);
		text += plain;
		if (plain > 0)
			continue;
		buf_addn(b, (char[]){ '%', digit[c >> 4], digit[c & 15] }, 3);
		text++;
	}
}

void
buf_add_hex(struct buf *b, const void *bytes, size_t n)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *s = bytes;

	grow(b, 2 * n);
	for (size_t i = 0; i < n; i++) {
		buf_addc(b, digit[s[i] >> 4]);
		buf_addc(b, digit[s[i] & 15]);
	}
}

void
buf_add_base64(struct buf *b, const void *bytes, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = bytes;

	grow(b, (n + 2) / 3 * 4);
	for (size_t i = 0; i < n; i += 3) {
		uint32_t w = (uint32_t)s[i] << 16;
		if (i + 1 < n)
			w |= (uint32_t)s[i + 1] << 8;
		if (i + 2 < n)
			w |= s[i + 2];
		buf_addc(b, digit[w >> 18]);
		buf_addc(b, digit[w >> 12 & 63]);
		buf_addc(b, i + 1 < n ? digit[w >> 6 & 63] : '=');
		buf_addc(b, i + 2 < n ? digit[w & 63] : '=');
	}
}
