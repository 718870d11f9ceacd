/*
 * csv.h - participants or volunteers from a table, as a spreadsheet saves it.
 *
 * The first row names the columns: id, and any key of their section.  Commas,
 * semicolons or tabs between the cells, quotes as in RFC 4180, a byte order
 * mark, and either kind of line end are read; empty cells and rows are as if
 * they were not there.  Each row goes the way of a section, so that the same
 * rules hold, and a mistake names the line on which its row begins.
 */
#ifndef CSV_H
#define CSV_H

#include <stdio.h>

#include "config/load.h"

/* Read the file to its end, and tell the hooks of its rows, each a section of
 * that kind. */
void csv_run(FILE *file, const struct section_kind *kind,
    const struct reader_hooks *hooks, void *arg);

#endif /* CSV_H */
