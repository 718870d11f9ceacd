/*
 * edit.h - changing a file that a human wrote, so that they still like to
 * read it: values change where they stand; comments, order, blank lines, the
 * column of the signs and the kind of line ends stay.
 *
 * Works on bytes; who reads and writes the file is replace.h.  What is what
 * in the file the reader says, before and after: edit_text refuses to give
 * out a text in which anything else has changed than what was ordered.
 *
 * A section is named as between its brackets, "participant edna".  An order
 * is given once for a key of a section; edit_value tells what stood there
 * before any order.
 */
#ifndef EDIT_H
#define EDIT_H

#include "base/buf.h"
#include "config/reader.h"

struct edit;

struct edit *edit_new(const char *bytes, size_t n);
void edit_free(struct edit *t);		/* NULL is fine */

bool edit_has(const struct edit *t, const char *section);

/* The value on the key's i-th line, counted from 0; NULL where there is no
 * such line. */
const char *edit_value(const struct edit *t, const char *section,
    const char *key, size_t i);

/*
 * Let the key have these n values, a line each; of none its lines go away.
 * New lines stand behind the key's last, or behind the section's.  -1 where a
 * value cannot stand in such a file; nothing of the order is done then.
 */
int edit_put(struct edit *t, const char *section, const char *key,
    const char *const *values, size_t n, struct err *e) MUST_CHECK;

/* One line more of a key that may stand several times. */
int edit_more(struct edit *t, const char *section, const char *key,
    const char *value, struct err *e) MUST_CHECK;

/* A new section at the end; lines of the pairs mean nothing. */
int edit_add(struct edit *t, const char *section,
    const struct reader_pair *pairs, size_t n, struct err *e) MUST_CHECK;

bool edit_is_changed(const struct edit *t);

/* The text with all orders carried out, behind what is in ret. */
int edit_text(struct edit *t, struct buf *ret, struct err *e) MUST_CHECK;

/* The section that holds the line of the text that edit_text gave last; NULL
 * where none does. */
const char *edit_section_at(const struct edit *t, int line);

#endif /* EDIT_H */
