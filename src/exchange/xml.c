/*
 * The reader walks the bytes once and keeps only the stack of open names.
 * All characters are checked before the walk, so that the walk itself need
 * not think about encodings.
 */
#include "exchange/xml.h"

#include <string.h>


/*
 * The length of the UTF-8 character at s, and its code point; 0 where it is
 * no proper one (overlong, surrogate, too high, cut off).
 */
static size_t
utf8_char(const unsigned char *s, size_t left, uint32_t *ret)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2
	    : s[0] < 0xf0 ? 3 : s[0] < 0xf5 ? 4 : 0;
	uint32_t c;

	if (n == 0 || n > left)
		return 0;
	c = n == 1 ? s[0] : s[0] & (0xffU >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*ret = c;
	return n;
}

/* The characters of XML 1.0, production 2. */
static bool
is_char(uint32_t c)
{
	return c == '\t' || c == '\n' || c == '\r'
	    || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd)
	    || (c >= 0x10000 && c <= 0x10ffff);
}

int
xml_init(struct xml *x, const char *bytes, size_t n, struct err *e)
{
	const unsigned char *s = (const unsigned char *)bytes;
	uint32_t c;

	if (n > XML_MAX_BYTES)
		return err_set(e, "the document has %zu bytes, more than %d",
		    n, XML_MAX_BYTES);
	for (size_t i = 0, step; i < n; i += step) {
		step = utf8_char(s + i, n - i, &c);
		if (step == 0 || !is_char(c))
			return err_set(e, "byte %zu is no character that XML "
			    "allows", i);
	}
	memset(x, 0, sizeof(*x));
	x->bytes = bytes;
	x->n = n;
	return 0;
}

void
xml_release(struct xml *x)
{
	buf_release(&x->text);
	for (size_t i = 0; i < COUNT(x->attrs); i++)
		buf_release(&x->attrs[i].value);
}

const char *
xml_attribute(const struct xml *x, const char *name)
{
	for (size_t i = 0; i < x->n_attrs; i++)
		if (strcmp(x->attrs[i].name, name) == 0)
			return buf_text(&x->attrs[i].value);
	return NULL;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_name(char c)
{
	return is_name_start(c) || (c >= '0' && c <= '9') || c == '-'
	    || c == '.' || c == ':';
}

static bool
skip_space(struct xml *x)
{
	size_t from = x->at;

	while (x->at < x->n && is_space(x->bytes[x->at]))
		x->at++;
	return x->at > from;
}

/* Does the text stand here?  Then go past it. */
static bool
skip_text(struct xml *x, const char *text)
{
	size_t n = strlen(text);

	if (x->n - x->at < n || memcmp(x->bytes + x->at, text, n) != 0)
		return false;
	x->at += n;
	return true;
}

/* Go past the next occurrence of text. */
static int
skip_past(struct xml *x, const char *text, struct err *e)
{
	for (; x->at < x->n; x->at++)
		if (skip_text(x, text))
			return 0;
	return err_set(e, "'%s' is missing", text);
}

static int
read_name(struct xml *x, char ret[XML_NAME_SIZE], struct err *e)
{
	size_t from = x->at, n;

	if (x->at >= x->n || !is_name_start(x->bytes[x->at]))
		return err_set(e, "byte %zu: a name is missing", x->at);
	while (x->at < x->n && is_name(x->bytes[x->at]))
		x->at++;
	n = x->at - from;
	if (n >= XML_NAME_SIZE)
		return err_set(e, "byte %zu: a name of %zu characters", from,
		    n);
	memcpy(ret, x->bytes + from, n);
	ret[n] = '\0';
	return 0;
}

static void
add_utf8(struct buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_addc(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_addc(b, (char)(0xe0 | c >> 12));
		} else {
			buf_addc(b, (char)(0xf0 | c >> 18));
			buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

/* "#38" or "#x26"; at most seven digits, so nothing overflows. */
static int
add_numeric(struct buf *b, const char *text)
{
	bool hex = text[1] == 'x';
	uint32_t c = 0;
	size_t n = 0;

	for (const char *p = text + (hex ? 2 : 1); *p != '\0'; p++, n++) {
		uint32_t digit = *p >= '0' && *p <= '9' ? (uint32_t)(*p - '0')
		    : *p >= 'a' && *p <= 'f' ? (uint32_t)(*p - 'a') + 10
		    : *p >= 'A' && *p <= 'F' ? (uint32_t)(*p - 'A') + 10 : 16;
		if (digit >= (hex ? 16U : 10U) || n == 7)
			return -1;
		c = c * (hex ? 16 : 10) + digit;
	}
	if (n == 0 || !is_char(c))
		return -1;
	add_utf8(b, c);
	return 0;
}

/* The reference that begins behind the '&' where we stand. */
static int
add_reference(struct xml *x, struct buf *b, struct err *e)
{
	static const struct {
		const char *name;
		char c;
	} named[] = {
		{ "amp", '&' }, { "lt", '<' }, { "gt", '>' },
		{ "quot", '"' }, { "apos", '\'' },
	};
	char name[12];
	size_t n = 0, from = x->at;

	x->at++;
	while (x->at < x->n && n < sizeof(name) - 1 && x->bytes[x->at] != ';')
		name[n++] = x->bytes[x->at++];
	name[n] = '\0';
	if (!skip_text(x, ";"))
		return err_set(e, "byte %zu: '&' must be written &amp;", from);
	for (size_t i = 0; i < COUNT(named); i++) {
		if (strcmp(name, named[i].name) == 0) {
			buf_addc(b, named[i].c);
			return 0;
		}
	}
	if (name[0] == '#' && add_numeric(b, name) == 0)
		return 0;
	return err_set(e, "byte %zu: no such entity", from);
}

static int
read_value(struct xml *x, struct buf *b, struct err *e)
{
	char quote;

	buf_clear(b);
	if (x->at >= x->n || (x->bytes[x->at] != '"'
	    && x->bytes[x->at] != '\''))
		return err_set(e, "byte %zu: a quoted value is missing", x->at);
	quote = x->bytes[x->at++];
	while (x->at < x->n && x->bytes[x->at] != quote) {
		char c = x->bytes[x->at];
		if (c == '<')
			return err_set(e, "byte %zu: '<' in a value must be "
			    "written &lt;", x->at);
		if (c == '&') {
			if (add_reference(x, b, e) == -1)
				return -1;
			continue;
		}
		buf_addc(b, is_space(c) ? ' ' : c);
		x->at++;
	}
	if (x->at >= x->n)
		return err_set(e, "a quoted value does not end");
	x->at++;
	return 0;
}

static int
read_attribute(struct xml *x, struct err *e)
{
	struct xml_attr *a = &x->attrs[x->n_attrs];

	if (x->n_attrs == XML_MAX_ATTRS)
		return err_set(e, "<%s> has more than %d attributes", x->name,
		    XML_MAX_ATTRS);
	if (read_name(x, a->name, e) == -1)
		return -1;
	skip_space(x);
	if (!skip_text(x, "="))
		return err_set(e, "<%s %s>: '=' is missing", x->name, a->name);
	skip_space(x);
	if (read_value(x, &a->value, e) == -1)
		return -1;
	if (xml_attribute(x, a->name) != NULL)
		return err_set(e, "<%s> has the attribute %s twice", x->name,
		    a->name);
	x->n_attrs++;
	return 0;
}

static int
read_open(struct xml *x, struct err *e)
{
	bool space;

	x->n_attrs = 0;
	if (read_name(x, x->name, e) == -1)
		return -1;
	if (x->depth == 0 && x->rooted)
		return err_set(e, "<%s> follows the document's end", x->name);
	if (x->depth == XML_MAX_DEPTH)
		return err_set(e, "elements are nested deeper than %d",
		    XML_MAX_DEPTH);
	for (;;) {
		space = skip_space(x);
		if (skip_text(x, "/>")) {
			x->close_next = true;
			break;
		}
		if (skip_text(x, ">"))
			break;
		if (!space)
			return err_set(e, "byte %zu: <%s> is not ended by '>'",
			    x->at, x->name);
		if (read_attribute(x, e) == -1)
			return -1;
	}
	memcpy(x->open[x->depth++], x->name, XML_NAME_SIZE);
	x->rooted = true;
	return 0;
}

static void
close_top(struct xml *x)
{
	x->depth--;
	memcpy(x->name, x->open[x->depth], XML_NAME_SIZE);
	x->close_next = false;
}

static int
read_close(struct xml *x, struct err *e)
{
	char name[XML_NAME_SIZE];

	if (read_name(x, name, e) == -1)
		return -1;
	skip_space(x);
	if (!skip_text(x, ">"))
		return err_set(e, "</%s is not ended by '>'", name);
	if (x->depth == 0 || strcmp(name, x->open[x->depth - 1]) != 0)
		return err_set(e, "</%s> closes what is not open", name);
	close_top(x);
	return 0;
}

static int
read_cdata(struct xml *x, struct err *e)
{
	size_t from = x->at;

	if (skip_past(x, "]]>", e) == -1)
		return -1;
	buf_addn(&x->text, x->bytes + from, x->at - 3 - from);
	return 0;
}

/*
 * Gather text up to the next tag; comments vanish and CDATA joins it.  Stops
 * before '<' of a tag, or at the end.
 */
static int
read_text(struct xml *x, struct err *e)
{
	buf_clear(&x->text);
	while (x->at < x->n) {
		if (skip_text(x, "<!--")) {
			if (skip_past(x, "-->", e) == -1)
				return -1;
		} else if (x->depth > 0 && skip_text(x, "<![CDATA[")) {
			if (read_cdata(x, e) == -1)
				return -1;
		} else if (x->bytes[x->at] == '<') {
			break;
		} else if (x->bytes[x->at] == '&') {
			if (add_reference(x, &x->text, e) == -1)
				return -1;
		} else {
			buf_addc(&x->text, x->bytes[x->at++]);
		}
	}
	return 0;
}

/* The declaration may only be the very first thing. */
static int
skip_declaration(struct xml *x, struct err *e)
{
	skip_text(x, "\xef\xbb\xbf");
	if (!skip_text(x, "<?xml"))
		return 0;
	if (x->at >= x->n || !is_space(x->bytes[x->at]))
		return err_set(e, "the XML declaration is damaged");
	return skip_past(x, "?>", e);
}

static int
check_outside(const struct xml *x, struct err *e)
{
	for (size_t i = 0; i < x->text.len; i++)
		if (!is_space(x->text.data[i]))
			return err_set(e, "text stands outside the document's "
			    "element");
	return 0;
}

int
xml_next(struct xml *x, enum xml_event *ret, struct err *e)
{
	if (x->close_next) {
		close_top(x);
		*ret = XML_CLOSE;
		return 0;
	}
	if (x->at == 0 && skip_declaration(x, e) == -1)
		return -1;
	if (read_text(x, e) == -1)
		return -1;
	if (x->depth > 0 && x->text.len > 0) {
		*ret = XML_TEXT;
		return 0;
	}
	if (x->depth == 0 && check_outside(x, e) == -1)
		return -1;
	if (x->at >= x->n) {
		if (x->depth > 0)
			return err_set(e, "<%s> is not closed",
			    x->open[x->depth - 1]);
		if (!x->rooted)
			return err_set(e, "the document is empty");
		*ret = XML_END;
		return 0;
	}
	x->at++;	/* past '<', at which read_text stops */
	if (skip_text(x, "/")) {
		*ret = XML_CLOSE;
		return read_close(x, e);
	}
	*ret = XML_OPEN;
	return read_open(x, e);
}
