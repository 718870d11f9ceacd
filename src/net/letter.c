#include "net/letter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>Ringround</title></head>\n"
    "<body style=\"font: 1.1em/1.5 sans-serif; max-width: 36em; margin: 1em\">"
    "\n";

static void
add_escaped(struct buf *b, const char *text, size_t n)
{
	char *part = mem_dupn(text, n);

	buf_add_xml(b, part);
	free(part);
}

/* How many bytes of an address stand there; 0 where none begins. */
static size_t
address_at(const char *text, size_t n)
{
	size_t len = 0;

	if (strncmp(text, "https://", 8) != 0 &&
	    strncmp(text, "http://", 7) != 0)
		return 0;
	while (len < n && text[len] > ' ' && !strchr("<>\"'", text[len]))
		len++;
	/* The sentence's own signs stand behind it. */
	while (len > 0 && strchr(".,;:!?)", text[len - 1]))
		len--;
	return len;
}

static void
add_line(struct buf *b, const char *line, size_t n)
{
	size_t i = 0, plain = 0;

	while (i < n) {
		size_t len = address_at(line + i, n - i);

		if (len == 0) {
			i++;
			continue;
		}
		add_escaped(b, line + plain, i - plain);
		buf_add(b, "<a href=\"");
		add_escaped(b, line + i, len);
		buf_add(b, "\">");
		add_escaped(b, line + i, len);
		buf_add(b, "</a>");
		i += len;
		plain = i;
	}
	add_escaped(b, line + plain, n - plain);
}

enum block { NOTHING, PARAGRAPH, LIST };

/* End what is open, and begin what the next line belongs to. */
static void
turn(struct buf *b, enum block *open, enum block next)
{
	static const char *const begins[] = { "", "<p>", "<ul>\n" };
	static const char *const ends[] = { "", "</p>\n", "</ul>\n" };

	if (*open == next) {
		if (next == PARAGRAPH)
			buf_add(b, "<br>\n");
		return;
	}
	buf_add(b, ends[*open]);
	buf_add(b, begins[next]);
	*open = next;
}

void
letter_html(const char *text, struct buf *b)
{
	enum block open = NOTHING;

	buf_add(b, head);
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		size_t len = n > 0 && text[n - 1] == '\r' ? n - 1 : n;

		if (strncmp(text, "- ", 2) == 0) {
			turn(b, &open, LIST);
			buf_add(b, "<li>");
			add_line(b, text + 2, len - 2);
			buf_add(b, "</li>\n");
		} else if (len == 0) {
			turn(b, &open, NOTHING);
		} else {
			turn(b, &open, PARAGRAPH);
			add_line(b, text, len);
		}
		text += text[n] == '\n' ? n + 1 : n;
	}
	turn(b, &open, NOTHING);
	buf_add(b, "</body></html>\n");
}
