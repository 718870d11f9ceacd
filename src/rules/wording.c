/*
 * wording.c - filling and counting, one character at a time.
 */
#include "rules/wording.h"

#include <stdio.h>
#include <string.h>

#include "rules/nearest.h"
#include "rules/text.h"

#define LONGEST_NAME 40

/* The placeholder that begins at the brace p; its name's length, 0 where it
 * is none.  Names are made of small letters, digits and underlines. */
static size_t
name_at(const char *p)
{
	size_t n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return p[1 + n] == '}' && n <= LONGEST_NAME ? n : 0;
}

static bool
same_name(const char *name, size_t n, const char *known)
{
	return strlen(known) == n && strncmp(name, known, n) == 0;
}

static int
refuse_name(const char *name, size_t n, const char *const *allowed,
    size_t n_allowed, struct err *e)
{
	char wrong[LONGEST_NAME + 1];
	const char *near;

	snprintf(wrong, sizeof(wrong), "%.*s", (int)n, name);
	near = nearest_name(wrong, allowed, n_allowed);
	if (near != NULL)
		return err_set(e, "{%s} is not known here; did you mean {%s}?",
		    wrong, near);
	if (n_allowed == 0)
		return err_set(e, "{%s} is not known here; nothing in braces "
		    "is, so leave it out", wrong);
	return err_set(e, "{%s} is not known here; write another, such as {%s},"
	    " or leave it out", wrong, allowed[0]);
}

static int
check_brace(const char *p, const char *const *allowed, size_t n_allowed,
    struct err *e)
{
	size_t i, n = name_at(p);

	if (n == 0 && strchr(p, '}') == NULL)
		return err_set(e, "a { has no } behind it; write placeholders "
		    "such as {first_name}");
	if (n == 0)
		return err_set(e, "what stands between { and } is no name; "
		    "write placeholders in small letters, such as "
		    "{first_name}");
	for (i = 0; i < n_allowed; i++)
		if (same_name(p + 1, n, allowed[i]))
			return 0;
	return refuse_name(p + 1, n, allowed, n_allowed, e);
}

int
wording_check(const char *text, const char *const *allowed, size_t n,
    struct err *e)
{
	const char *p = text;

	while (*p != '\0') {
		const char *at = p;
		uint32_t c = text_next(&p);

		if (c == '{') {
			if (check_brace(at, allowed, n, e) == -1)
				return -1;
			p = strchr(at, '}') + 1;
		} else if (c == '}') {
			return err_set(e, "a } has no { before it; write "
			    "placeholders such as {first_name}");
		} else if (c == TEXT_BAD) {
			return err_set(e, "a character is not UTF-8; save the "
			    "file as UTF-8");
		} else if (c < 0x20 && c != '\n') {
			return err_set(e, "a control character (number %d) "
			    "stands in it; leave it out", (int)c);
		}
	}
	return 0;
}

bool
wording_has(const char *text, const char *name)
{
	const char *p;

	for (p = strchr(text, '{'); p != NULL; p = strchr(p + 1, '{')) {
		size_t n = name_at(p);

		if (n > 0 && same_name(p + 1, n, name))
			return true;
	}
	return false;
}

void
wording_fill(struct buf *b, const char *text,
    const struct wording_value *values, size_t n)
{
	size_t i, len;

	for (; *text != '\0'; text++) {
		len = *text == '{' ? name_at(text) : 0;
		if (len == 0) {
			buf_addc(b, *text);
			continue;
		}
		for (i = 0; i < n; i++)
			if (same_name(text + 1, len, values[i].name))
				break;
		if (i < n && values[i].value != NULL)
			buf_add(b, values[i].value);
		text += len + 1;
	}
}

/* What a word processor's sign stands for; NULL where it is no such sign. */
static const char *
plain_sign(uint32_t c)
{
	switch (c) {
	case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032:
	case 0x02bc: case 0x00b4: case '`':
		return "'";
	case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033:
	case 0x00ab: case 0x00bb:
		return "\"";
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015: case 0x2212:
		return "-";
	case 0x2026:
		return "...";
	case 0x2022: case 0x00b7:
		return "-";
	case 0x2039: case 0x203a:
		return "'";
	case 0x2044: case 0x2215:
		return "/";
	case 0x00bc:
		return "1/4";
	case 0x00bd:
		return "1/2";
	case 0x00be:
		return "3/4";
	case 0xfb00:
		return "ff";
	case 0xfb01:
		return "fi";
	case 0xfb02:
		return "fl";
	case 0xfb03:
		return "ffi";
	case 0xfb04:
		return "ffl";
	case '\t': case 0x00a0: case 0x202f: case 0x205f: case 0x3000:
		return " ";
	case 0x2028: case 0x2029:
		return "\n";
	case 0x00ad: case 0xfeff: case 0x2060: case '\r':
		return "";
	default:
		if (c >= 0x2000 && c <= 0x200a)
			return " ";
		return c == 0x200b || c == 0x200e || c == 0x200f ? "" : NULL;
	}
}

void
wording_gsm(const char *utf8, struct buf *b)
{
	while (*utf8 != '\0') {
		uint32_t c = text_next(&utf8);
		const char *plain = plain_sign(c);

		if (plain != NULL)
			buf_add(b, plain);
		else if (c >= 0xff01 && c <= 0xff5e)	/* wide letters */
			text_add(b, c - 0xff01 + '!');
		else
			text_add(b, c);
	}
}

/* Beyond ASCII, what the basic table of 3GPP TS 23.038 holds. */
static const uint16_t gsm_basic[] = {
	0xa1, 0xa3, 0xa4, 0xa5, 0xa7, 0xbf, 0xc4, 0xc5, 0xc6, 0xc7, 0xc9,
	0xd1, 0xd6, 0xd8, 0xdc, 0xdf, 0xe0, 0xe4, 0xe5, 0xe6, 0xe8, 0xe9,
	0xec, 0xf1, 0xf2, 0xf6, 0xf8, 0xf9, 0xfc, 0x393, 0x394, 0x398,
	0x39b, 0x39e, 0x3a0, 0x3a3, 0x3a6, 0x3a8, 0x3a9,
};

/* How many septets a character takes; 0: it is in neither table. */
static int
septets(uint32_t c)
{
	size_t i;

	if (c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x5a) || c == '_' ||
	    (c >= 'a' && c <= 'z'))
		return 1;
	if (c == 0x20ac || c == '\f' ||
	    (c < 0x80 && c != 0 && strchr("^{}\\[]~|", (int)c) != NULL))
		return 2;
	for (i = 0; i < COUNT(gsm_basic); i++)
		if (gsm_basic[i] == c)
			return 1;
	return 0;
}

void
wording_odd_sign(const char *utf8, char ret[WORDING_SIGN_SIZE])
{
	ret[0] = '\0';
	while (*utf8 != '\0') {
		const char *at = utf8;

		if (septets(text_next(&utf8)) == 0) {
			snprintf(ret, WORDING_SIGN_SIZE, "%.*s",
			    (int)(utf8 - at), at);
			return;
		}
	}
}

static int
units(uint32_t c)
{
	return c >= 0x10000 ? 2 : 1;
}

/* Count parts of so many places, where a character is never parted. */
static int
count_parts(const char *utf8, int (*size)(uint32_t), int whole, int part)
{
	int total = 0, used = 0, parts = 0;

	while (*utf8 != '\0') {
		int n = size(text_next(&utf8));

		total += n;
		if (parts == 0 || used + n > part) {
			parts++;
			used = 0;
		}
		used += n;
	}
	return total <= whole && parts > 0 ? 1 : parts;
}

int
wording_segments(const char *utf8, bool *ret_unicode)
{
	const char *p = utf8;
	bool unicode = false;

	while (*p != '\0' && !unicode)
		unicode = septets(text_next(&p)) == 0;
	if (ret_unicode != NULL)
		*ret_unicode = unicode;
	return unicode ? count_parts(utf8, units, 70, 67) :
	    count_parts(utf8, septets, 160, 153);
}
