/*
 * paint.h - words and tables for people who read a terminal.
 *
 * Columns are aligned by what a terminal shows, not by bytes.  Whatever comes
 * from outside passes through here, so that nobody's text can move a cursor.
 * Colour only where it was asked for; no meaning hangs on it alone.
 */
#ifndef PAINT_H
#define PAINT_H

#include "base/buf.h"

enum paint_style {
	PAINT_PLAIN,
	PAINT_BOLD,
	PAINT_DIM,
	PAINT_GOOD,
	PAINT_WARN,
	PAINT_BAD,
};

/* Where to paint: zeroed, it is an empty plain page. */
struct paint {
	struct buf out;
	bool colour;
};

void paint_release(struct paint *p);

/* Is colour wanted on the descriptor: a terminal, and no NO_COLOR? */
bool paint_wants_colour(int fd);

/* Text of ours, as it is. */
void paint_add(struct paint *p, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Text in a style; of anybody's: what would steer a terminal is left out, and
 * the text stays on one line. */
void paint_text(struct paint *p, enum paint_style style, const char *text);

/* The columns that a terminal needs for the text. */
int paint_width(const char *text);

/*
 * A table that is printed when it is complete.  Cells are added row by row;
 * a row is padded with empty cells to the number of columns.
 */
struct table;

/* The headings, n of them; a heading that begins with ">" is of a column of
 * numbers, set to the right.  Where all are "" none are shown. */
struct table *table_new(const char *const *headings, int n);
void table_free(struct table *t);		/* NULL is fine */

void table_cell(struct table *t, enum paint_style style, const char *text);
void table_cellf(struct table *t, enum paint_style style, const char *fmt,
    ...) PRINTF_LIKE(3, 4);
void table_end_row(struct table *t);

/* Print it, each line after so many blanks; the last column is not padded. */
void table_paint(const struct table *t, struct paint *p, int indent);

#endif /* PAINT_H */
