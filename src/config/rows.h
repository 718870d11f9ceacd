/*
 * rows.h - a table from somebody else's spreadsheet, whole in memory, to be
 * taken into the files row by row.
 *
 * Reads what csv.h reads, and also the Windows-1252 in which older
 * spreadsheets save: a file that is not UTF-8 is taken for that.
 */
#ifndef ROWS_H
#define ROWS_H

#include "config/keys.h"
#include "config/memory.h"
#include "config/reader.h"

struct rows_row {
	const char *id;
	int line;
	const struct reader_pair *pairs;	/* cells that are not empty */
	size_t n;
	const char *fault;	/* why it is none to be taken; NULL: it is */
};

struct rows {
	struct config_memory *memory;
	struct rows_row *rows;	/* id is "" where only the fault is known */
	size_t n, cap;
	bool bad;		/* nothing of it can be understood */
};

/* Read the file of participants or volunteers.  NULL with *e where it cannot
 * be read, or is neither UTF-8 nor Windows-1252; what is wrong with the table
 * or a row stands in the row.  Of two rows with one id, the second has a
 * fault. */
struct rows *rows_read(const char *path, const struct section_kind *kind,
    struct err *e) MUST_CHECK;

/* The same of bytes. */
struct rows *rows_of(const char *bytes, size_t n,
    const struct section_kind *kind, struct err *e) MUST_CHECK;

void rows_free(struct rows *r);		/* NULL is fine */

#endif /* ROWS_H */
