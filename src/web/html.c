#include "web/html.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/text.h"

void
html_begin(struct html *h, const char *root)
{
	*h = (struct html){ .root = root };
	buf_add(&h->out, "<!DOCTYPE html>\n");
}

void
html_release(struct html *h)
{
	buf_release(&h->out);
}

/* Nothing that steers a screen, or turns what stands behind it around. */
static void
add_shown(struct html *h, const char *text)
{
	struct buf b = BUF_EMPTY;
	uint32_t c;

	while ((c = text_next(&text)) != 0)
		if (c == '\n' || c == '\t' || !text_steers(c))
			text_add(&b, c);
	buf_add_xml(&h->out, buf_text(&b));
	buf_release(&b);
}

static void
add_tag(struct html *h, const char *tag, const char *const *attributes)
{
	buf_addf(&h->out, "<%s", tag);
	for (; attributes && *attributes; attributes += 2) {
		if (!attributes[1])
			continue;
		buf_addf(&h->out, " %s=\"", attributes[0]);
		add_shown(h, attributes[1]);
		buf_addc(&h->out, '"');
	}
	buf_addc(&h->out, '>');
}

void
html_open(struct html *h, const char *tag, const char *const *attributes)
{
	if (h->depth == HTML_DEPTH)
		abort(); /* a page of ours that forgets to close */
	h->open[h->depth++] = tag;
	add_tag(h, tag, attributes);
}

/* Behind these a line's end would be a space before the next full stop. */
static bool
is_in_line(const char *tag)
{
	static const char *const tags[] = { "a", "span", "strong", "time" };

	for (size_t i = 0; i < COUNT(tags); i++)
		if (strcmp(tags[i], tag) == 0)
			return true;
	return false;
}

void
html_close(struct html *h)
{
	const char *tag;

	if (h->depth == 0)
		abort();
	tag = h->open[--h->depth];
	buf_addf(&h->out, "</%s>%s", tag, is_in_line(tag) ? "" : "\n");
}

void
html_close_to(struct html *h, int depth)
{
	while (h->depth > depth)
		html_close(h);
}

void
html_line(struct html *h, const char *tag, const char *const *attributes,
    const char *text)
{
	html_open(h, tag, attributes);
	html_text(h, text);
	html_close(h);
}

void
html_void(struct html *h, const char *tag, const char *const *attributes)
{
	add_tag(h, tag, attributes);
	buf_addc(&h->out, '\n');
}

void
html_text(struct html *h, const char *text)
{
	if (text)
		add_shown(h, text);
}

void
html_textf(struct html *h, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	html_text(h, buf_text(&b));
	buf_release(&b);
}

void
html_link(struct html *h, const char *path, const char *class,
    const char *text)
{
	char *whole = mem_printf("%s%s", h->root, path);

	html_line(h, "a", HTML("href", whole, "class", class), text);
	free(whole);
}

void
html_form(struct html *h, const char *path, const char *class)
{
	char *whole = mem_printf("%s%s", h->root, path);

	html_open(h, "form", HTML("method", "post", "action", whole, "class",
	    class));
	free(whole);
}

void
html_hidden(struct html *h, const char *name, const char *value)
{
	html_void(h, "input", HTML("type", "hidden", "name", name, "value",
	    value));
}
