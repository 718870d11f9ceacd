/*
 * listing.h - lists of flags for other programs and for paper.
 *
 * CSV as RFC 4180 has it: a row of names first, lines end by CRLF, UTF-8
 * without a mark in front.  The columns are the keys of the JSON; they may be
 * joined by others behind the last, and never change their place.  A value
 * that a spreadsheet would take for a formula has an apostrophe before it.
 *
 * Pages are whole in themselves: no script, nothing is fetched, made for A4.
 */
#ifndef LISTING_H
#define LISTING_H

#include "base/buf.h"
#include "base/json.h"

/* The flags of `ringround flags`. */
void listing_csv(const json_t *doc, struct buf *b);
void listing_html(const json_t *doc, struct buf *b);

/* The sheet of `ringround sheet`: a box a flag, to write in. */
void listing_sheet(const json_t *doc, struct buf *b);

/* One value of CSV, with its quotes where it needs them. */
void listing_csv_value(const char *text, struct buf *b);

#endif /* LISTING_H */
