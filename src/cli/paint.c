#include "cli/paint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "rules/text.h"

void
paint_release(struct paint *p)
{
	buf_release(&p->out);
}

bool
paint_wants_colour(int fd)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(fd) && !(no && *no) &&
	    !(term && strcmp(term, "dumb") == 0);
}

void
paint_add(struct paint *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&p->out, fmt, ap);
	va_end(ap);
}

static const char *
style_begin(enum paint_style style)
{
	static const char *const codes[] = {
		[PAINT_PLAIN] = "",
		[PAINT_BOLD] = "\033[1m",
		[PAINT_DIM] = "\033[2m",
		[PAINT_GOOD] = "\033[32m",
		[PAINT_WARN] = "\033[33m",
		[PAINT_BAD] = "\033[1;31m",
	};

	return codes[style];
}

/* Columns of a character: none for marks that stand on another, two for what
 * is wide in East Asian fonts and for emoji. */
static int
char_width(uint32_t c)
{
	static const struct { uint32_t from, to; } none[] = {
		{ 0x0300, 0x036f }, { 0x0591, 0x05bd }, { 0x064b, 0x065f },
		{ 0x093c, 0x093c }, { 0x0a41, 0x0a51 }, { 0x200b, 0x200f },
		{ 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f }, { 0xfe20, 0xfe2f },
	}, wide[] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0x303e }, { 0x3041, 0xa4cf },
		{ 0xac00, 0xd7a3 }, { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },
		{ 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff },
		{ 0x20000, 0x3fffd },
	};

	for (size_t i = 0; i < COUNT(none); i++)
		if (c >= none[i].from && c <= none[i].to)
			return 0;
	for (size_t i = 0; i < COUNT(wide); i++)
		if (c >= wide[i].from && c <= wide[i].to)
			return 2;
	return 1;
}

/* The next character that may be shown: blanks for line ends and tabs, none
 * that steers a terminal or turns the direction of writing.  0 at the end. */
static uint32_t
next_shown(const char **text)
{
	uint32_t c;

	while ((c = text_next(text)) != 0) {
		if (c == '\n' || c == '\t' || c == '\r')
			return ' ';
		if (!text_steers(c))
			return c;
	}
	return 0;
}

static void
add_shown(struct buf *b, const char *text)
{
	uint32_t c;

	while ((c = next_shown(&text)) != 0)
		text_add(b, c);
}

int
paint_width(const char *text)
{
	int width = 0;
	uint32_t c;

	while ((c = next_shown(&text)) != 0)
		width += char_width(c);
	return width;
}

void
paint_text(struct paint *p, enum paint_style style, const char *text)
{
	bool styled = p->colour && style != PAINT_PLAIN && *text;

	if (styled)
		buf_add(&p->out, style_begin(style));
	add_shown(&p->out, text);
	if (styled)
		buf_add(&p->out, "\033[0m");
}

/* ---- tables ------------------------------------------------------------ */

struct cell {
	char *text;
	enum paint_style style;
};

struct table {
	struct cell *cells;	/* row by row; the headings first */
	size_t n, cap;
	int columns;
	int *widths;
	bool *numbers;
};

static void
add_cell(struct table *t, enum paint_style style, char *taken)
{
	size_t column = t->n % (size_t)t->columns;
	int width = paint_width(taken);

	mem_reserve(&t->cells, t->n, &t->cap, sizeof(*t->cells));
	t->cells[t->n++] = (struct cell){ taken, style };
	if (width > t->widths[column])
		t->widths[column] = width;
}

struct table *
table_new(const char *const *headings, int n)
{
	struct table *t = mem_alloc(sizeof(*t));

	t->columns = n;
	t->widths = mem_grow(NULL, (size_t)n, sizeof(*t->widths));
	t->numbers = mem_grow(NULL, (size_t)n, sizeof(*t->numbers));
	memset(t->widths, 0, (size_t)n * sizeof(*t->widths));
	for (int i = 0; i < n; i++) {
		t->numbers[i] = headings[i][0] == '>';
		add_cell(t, PAINT_DIM, mem_dup(headings[i] + t->numbers[i]));
	}
	return t;
}

void
table_free(struct table *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++)
		free(t->cells[i].text);
	free(t->cells);
	free(t->widths);
	free(t->numbers);
	free(t);
}

void
table_cell(struct table *t, enum paint_style style, const char *text)
{
	add_cell(t, style, mem_dup(text));
}

void
table_cellf(struct table *t, enum paint_style style, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	add_cell(t, style, buf_take(&b));
}

void
table_end_row(struct table *t)
{
	while (t->n % (size_t)t->columns != 0)
		add_cell(t, PAINT_PLAIN, mem_dup(""));
}

static void
pad(struct paint *p, int n)
{
	while (n-- > 0)
		buf_addc(&p->out, ' ');
}

/* No blanks at the end of a line: they only get in the way of those who copy
 * from a terminal. */
static bool
is_last(const struct cell *row, int column, int columns)
{
	for (int i = column + 1; i < columns; i++)
		if (*row[i].text)
			return false;
	return true;
}

static void
paint_row(const struct table *t, const struct cell *row, struct paint *p,
    int indent)
{
	pad(p, indent);
	for (int i = 0; i < t->columns; i++) {
		int space = t->widths[i] - paint_width(row[i].text);
		bool last = is_last(row, i, t->columns);

		if (t->numbers[i])
			pad(p, space);
		paint_text(p, row[i].style, row[i].text);
		if (last)
			break;
		if (!t->numbers[i])
			pad(p, space);
		pad(p, 2);
	}
	buf_addc(&p->out, '\n');
}

void
table_paint(const struct table *t, struct paint *p, int indent)
{
	size_t first = is_last(t->cells, -1, t->columns) ?
	    (size_t)t->columns : 0;

	assert(t->n % (size_t)t->columns == 0);
	for (size_t i = first; i < t->n; i += (size_t)t->columns)
		paint_row(t, t->cells + i, p, indent);
}
