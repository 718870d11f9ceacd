/*
 * reader.h - an INI file as sections, each with its keys, values and lines.
 *
 * The file is parsed by inih, which gets its lines from our own reader.  That
 * one knows which line is being read, however inih was built, and refuses
 * what inih would change in silence: lines over 199 bytes (cut in two),
 * section names over 49 (cut), lines that are neither section nor key (only
 * the first is told), empty sections (never told).  A refused line is told as
 * a mistake and inih gets an empty one in its place, so that reading goes on
 * and all mistakes of a file are found at once.
 *
 * A line that begins with a blank goes on with the value above it; the parts
 * are joined by one space.  A comment begins with ; or # at the start of a
 * line, or with " ;" behind a value.
 */
#ifndef READER_H
#define READER_H

#include <stdio.h>

#include "base/err.h"

#define READER_LINE_MAX 199	/* bytes, without the line's end */
#define READER_SECTION_MAX 49	/* bytes between the brackets */

struct reader_pair {
	const char *key;
	const char *value;	/* whole, continuation lines joined; "" too */
	int line;		/* of the key */
	int cut_line;		/* where words of the value were taken for a
				 * comment; 0: nowhere */
};

struct reader_section {
	const char *name;	/* between the brackets, blanks made single */
	int line;
	const struct reader_pair *pairs;
	size_t n;		/* 0: an empty section */
};

/* What the reader tells, in the order of the file.  What it hands over lives
 * until the function returns. */
struct reader_hooks {
	/* A section is complete. */
	void (*section)(void *arg, const struct reader_section *s);
	/* A line is refused. */
	void (*mistake)(void *arg, int line, const char *message);
	/* All bytes as they are read, in pieces; NULL: nobody wants them. */
	void (*bytes)(void *arg, const void *bytes, size_t n);
};

/* Open a file to be read.  NULL with *e where that cannot be, or where it is
 * no regular file: a pipe in a folder must not make anybody wait for it. */
FILE *reader_open(const char *path, struct err *e) MUST_CHECK;

/*
 * Read a file from where it stands to its end.  -1 with *e where it cannot be
 * read to its end; mistakes in what it says are no errors here.  The file
 * stays the caller's.
 */
int reader_run(FILE *file, const struct reader_hooks *hooks, void *arg,
    struct err *e) MUST_CHECK;

/* Is every character of the line fit for a configuration?  A message if not:
 * NULs, other control characters, bytes that are not UTF-8.  NULL: it is. */
const char *reader_line_fault(const char *line, size_t len);

#endif /* READER_H */
