/*
 * Decoding only shortens, and each "=" and "&" gives up its place to a NUL:
 * so the whole form fits into one copy of its bytes.
 */
#include "net/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decode n bytes at from in their own place and end them by a NUL, for which
 * there must be room.  Returns the decoded length. */
static size_t
decode(char *from, size_t n)
{
	char *to = from;

	for (size_t i = 0; i < n; i++) {
		int high = -1, low = -1;

		if (from[i] == '%' && n - i > 2) {
			high = hex_digit(from[i + 1]);
			low = hex_digit(from[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			*to++ = (char)(high << 4 | low);
			i += 2;
		} else {
			*to++ = from[i] == '+' ? ' ' : from[i];
		}
	}
	*to = '\0';
	return (size_t)(to - from);
}

static void
parse_piece(char *piece, size_t n, struct form *f)
{
	char *equals = memchr(piece, '=', n);
	size_t name_len = equals ? (size_t)(equals - piece) : n;
	struct form_field *item;

	mem_reserve(&f->items, f->n, &f->cap, sizeof(*f->items));
	item = &f->items[f->n++];
	item->name = piece;
	item->name_len = decode(piece, name_len);
	if (equals) {
		item->value = equals + 1;
		item->value_len = decode(equals + 1, n - name_len - 1);
	} else {
		item->value = piece + item->name_len; /* its NUL */
		item->value_len = 0;
	}
}

int
form_parse(const char *bytes, size_t n, struct form *ret, struct err *e)
{
	struct form f = { .bytes = mem_dupn(bytes, n) };
	char *piece = f.bytes, *end = f.bytes + n;

	while (piece < end) {
		size_t left = (size_t)(end - piece);
		char *amp = memchr(piece, '&', left);
		size_t len = amp ? (size_t)(amp - piece) : left;

		if (len > 0 && f.n == FORM_MAX_FIELDS) {
			form_release(&f);
			return err_set(e, "the form has more than %d fields",
			    FORM_MAX_FIELDS);
		}
		if (len > 0)
			parse_piece(piece, len, &f);
		piece += len + 1;
	}
	*ret = f;
	return 0;
}

void
form_release(struct form *f)
{
	free(f->items);
	free(f->bytes);
	*f = (struct form){ 0 };
}

const char *
form_get(const struct form *f, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < f->n; i++)
		if (f->items[i].name_len == n &&
		    memcmp(f->items[i].name, name, n) == 0)
			return f->items[i].value;
	return NULL;
}

void
form_add(struct buf *b, const char *name, const char *value)
{
	if (b->len > 0)
		buf_addc(b, '&');
	buf_add_url(b, name);
	buf_addc(b, '=');
	buf_add_url(b, value);
}
