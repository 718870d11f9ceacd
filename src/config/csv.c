#include "config/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/values.h"

#define ROW_MAX 16384
#define COLUMNS_MAX 64

/* What a column holds. */
struct column {
	const char *key;	/* NULL: unknown, and passed over */
	bool id;
};

struct csv {
	FILE *file;
	const struct section_kind *kind;	/* of which each row is one */
	const struct reader_hooks *hooks;
	void *arg;
	bool stop;		/* nothing more can be read */

	char chunk[65536];
	size_t at, len;
	char separator;
	int line;		/* of the next byte */
	int row_line;

	struct buf texts;	/* the row's cells, each with a NUL */
	size_t starts[COLUMNS_MAX + 1];
	int n_cells;		/* may be more than there are starts */
	bool too_long;

	struct column columns[COLUMNS_MAX];
	int n_columns;
};

static void PRINTF_LIKE(3, 4)
mistake(struct csv *c, int line, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	c->hooks->mistake(c->arg, line, buf_text(&b));
	buf_release(&b);
}

static bool
fill(struct csv *c)
{
	c->at = 0;
	c->len = fread(c->chunk, 1, sizeof(c->chunk), c->file);
	if (c->len > 0)
		c->hooks->bytes(c->arg, c->chunk, c->len);
	else if (ferror(c->file))
		mistake(c, c->line, "the file cannot be read to its end;"
		    " look at the disk");
	return c->len > 0;
}

static int
peek(struct csv *c)
{
	if (c->at == c->len && !fill(c))
		return EOF;
	return (unsigned char)c->chunk[c->at];
}

static int
next(struct csv *c)
{
	int byte = peek(c);

	if (byte == EOF)
		return EOF;
	c->at++;
	if (byte == '\n')
		c->line++;
	return byte;
}

/* The separator that is most used in the first line. */
static void
find_separator(struct csv *c)
{
	static const char candidates[] = ",;\t";
	size_t best = 0;

	c->separator = ',';
	for (const char *s = candidates; *s; s++) {
		size_t count = 0;
		for (size_t i = c->at; i < c->len && c->chunk[i] != '\n'; i++)
			count += c->chunk[i] == *s;
		if (count > best) {
			best = count;
			c->separator = *s;
		}
	}
}

static void
add_byte(struct csv *c, int byte)
{
	if (c->texts.len >= ROW_MAX)
		c->too_long = true;
	else
		buf_addc(&c->texts, (char)byte);
}

/* The rest of a cell in quotes, behind the first of them.  A line's end in
 * it becomes a blank. */
static void
read_quoted(struct csv *c)
{
	int byte;

	while ((byte = next(c)) != EOF && !c->too_long) {
		if (byte == '"' && peek(c) != '"')
			return;
		if (byte == '"')
			next(c);
		if (byte != '\r')
			add_byte(c, byte == '\n' ? ' ' : byte);
	}
	mistake(c, c->row_line, "a quote is opened in this row and never"
	    " closed; close it behind the text");
	c->stop = true;
}

/* One cell, up to its separator or the row's end; says which it was. */
static int
read_cell(struct csv *c)
{
	bool after_quote = false;

	if (c->n_cells <= COLUMNS_MAX)
		c->starts[c->n_cells] = c->texts.len;
	c->n_cells++;
	if (peek(c) == '"') {
		next(c);
		read_quoted(c);
		after_quote = true;
	}
	for (;;) {
		int byte = c->stop ? EOF : next(c);
		if (byte == '\r' && peek(c) == '\n')
			byte = next(c);
		if (byte == EOF || byte == '\n' || byte == c->separator) {
			buf_addc(&c->texts, '\0');
			return byte;
		}
		if (after_quote && byte != ' ')
			mistake(c, c->row_line, "a quote stands within a text"
			    " in quotes; write it twice there");
		if (!after_quote || byte != ' ')
			add_byte(c, byte);
		after_quote = false;
	}
}

/* The next row; false where there is none. */
static bool
read_row(struct csv *c)
{
	int end;

	if (c->stop || peek(c) == EOF)
		return false;
	buf_clear(&c->texts);
	c->n_cells = 0;
	c->too_long = false;
	c->row_line = c->line;
	do {
		end = read_cell(c);
	} while (end == c->separator);
	if (c->too_long && !c->stop)
		mistake(c, c->row_line, "this row is longer than %d bytes;"
		    " look for a quote that is not closed", ROW_MAX);
	return !c->stop;
}

/* The cell without the blanks (also unbreakable ones) around it. */
static char *
cell(struct csv *c, int i)
{
	char *s = c->texts.data + c->starts[i];

	for (;;) {
		if (*s == ' ' || *s == '\t')
			s++;
		else if (strncmp(s, "\xc2\xa0", 2) == 0)
			s += 2;
		else
			break;
	}
	for (size_t n = strlen(s); n > 0; n = strlen(s)) {
		if (s[n - 1] == ' ' || s[n - 1] == '\t')
			s[n - 1] = '\0';
		else if (n > 1 && strcmp(s + n - 2, "\xc2\xa0") == 0)
			s[n - 2] = '\0';
		else
			break;
	}
	return s;
}

static bool
is_blank_row(struct csv *c)
{
	for (int i = 0; i < c->n_cells && i <= COLUMNS_MAX; i++) {
		if (*cell(c, i))
			return false;
	}
	return true;
}

/* "Call me" is as good as "call_me". */
static void
tidy_heading(char *s)
{
	for (; *s; s++) {
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
		else if (*s == ' ' || *s == '-')
			*s = '_';
	}
}

static void
see_heading(struct csv *c, char *heading)
{
	struct column *column = &c->columns[c->n_columns++];
	const struct key *k;

	tidy_heading(heading);
	*column = (struct column){ NULL, strcmp(heading, "id") == 0 };
	if (column->id)
		return;
	k = keys_find(c->kind, heading);
	if (!k) {
		struct buf b = BUF_EMPTY;
		keys_suggest_key(c->kind, heading, &b);
		mistake(c, c->row_line, "the first row names the columns, and "
		    "there is none called \"%.40s\": take it out or mend its "
		    "name%s", heading, buf_text(&b));
		buf_release(&b);
		return;
	}
	for (int i = 0; i < c->n_columns - 1; i++) {
		if (c->columns[i].key == k->name && !(k->flags & KEY_REPEATS))
			mistake(c, c->row_line, "the column %s stands twice;"
			    " leave one of them", k->name);
	}
	column->key = k->name;
}

/* The first row.  false where the others cannot be understood. */
static bool
read_headings(struct csv *c)
{
	int ids = 0;

	if (!read_row(c)) {
		if (!c->stop)
			mistake(c, 1, "the table is empty; its first row names"
			    " the columns, such as id,name,phone,round");
		return false;
	}
	if (c->n_cells > COLUMNS_MAX) {
		mistake(c, c->row_line, "the table has more than %d columns;"
		    " take some away", COLUMNS_MAX);
		return false;
	}
	while (c->n_cells > 1 && !*cell(c, c->n_cells - 1))
		c->n_cells--;
	for (int i = 0; i < c->n_cells; i++) {
		see_heading(c, cell(c, i));
		ids += c->columns[i].id;
	}
	if (ids == 1)
		return true;
	mistake(c, c->row_line, "the table needs one column called id; its"
	    " first row names the columns, such as id,name,phone,round");
	return false;
}

/* Are the cells as many as the headings? */
static bool
check_width(struct csv *c)
{
	int n = c->n_cells;

	while (n > c->n_columns && n <= COLUMNS_MAX && !*cell(c, n - 1))
		n--;
	if (n == c->n_columns)
		return true;
	mistake(c, c->row_line, "this row has %d cells where the first row"
	    " has %d; a text that holds a separator needs quotes around it",
	    n, c->n_columns);
	return false;
}

static bool
check_cells(struct csv *c)
{
	for (int i = 0; i < c->n_cells && i < COLUMNS_MAX; i++) {
		size_t end = i + 1 < c->n_cells ? c->starts[i + 1]
		                                : c->texts.len;
		const char *s = c->texts.data + c->starts[i];
		const char *fault = reader_line_fault(s,
		    end - c->starts[i] - 1);

		if (fault) {
			mistake(c, c->row_line, "%s", fault);
			return false;
		}
	}
	return true;
}

/* The row as if it were a section. */
static void
take_row(struct csv *c)
{
	struct reader_pair pairs[COLUMNS_MAX];
	struct reader_section s = { .line = c->row_line, .pairs = pairs };
	const char *id = "";

	for (int i = 0; i < c->n_columns; i++) {
		const char *value = cell(c, i);
		if (c->columns[i].id)
			id = value;
		else if (*value && c->columns[i].key)
			pairs[s.n++] = (struct reader_pair){
				c->columns[i].key, value, c->row_line, 0 };
	}
	if (!values_is_id(id)) {
		mistake(c, c->row_line, "id: \"%.40s\" is no id; write letters,"
		    " digits, - and _, at most 40 of them", id);
		return;
	}
	char *name = mem_printf("%s %s", c->kind->name, id);
	s.name = name;
	c->hooks->section(c->arg, &s);
	free(name);
}

void
csv_run(FILE *file, const struct section_kind *kind,
    const struct reader_hooks *hooks, void *arg)
{
	struct csv *c = mem_alloc(sizeof(*c));

	c->file = file;
	c->kind = kind;
	c->hooks = hooks;
	c->arg = arg;
	c->line = 1;
	if (peek(c) != EOF && c->len >= 3 &&
	    memcmp(c->chunk, "\xef\xbb\xbf", 3) == 0)
		c->at = 3;
	if (c->len >= 2 && (memcmp(c->chunk, "\xff\xfe", 2) == 0 ||
	    memcmp(c->chunk, "\xfe\xff", 2) == 0)) {
		mistake(c, 1, "this file is UTF-16; save it as \"CSV UTF-8\"");
		c->stop = true;
	}
	find_separator(c);
	if (!c->stop && read_headings(c)) {
		while (read_row(c)) {
			/* Looked at whole, before blanks are taken off. */
			if (c->too_long || !check_cells(c))
				continue;
			if (!is_blank_row(c) && check_width(c))
				take_row(c);
		}
	}
	buf_release(&c->texts);
	free(c);
}
