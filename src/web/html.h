/*
 * html.h - HTML, built so that nothing from outside can become a tag.
 *
 * Text and attributes are escaped here and nowhere else, and lose what steers a
 * screen or turns the direction of writing; there is no way to add markup but
 * through these.  Elements are closed in the order in which
 * they were opened, by number and not by name.  Names of tags and attributes
 * are our own words, never data.
 */
#ifndef HTML_H
#define HTML_H

#include "base/buf.h"

#define HTML_DEPTH 24

struct html {
	struct buf out;
	const char *root;		/* before each of our own paths */
	const char *open[HTML_DEPTH];
	int depth;
};

/* The attributes of an element: names and values by turns.  One whose value
 * is NULL is left out. */
#define HTML(...) (const char *const[]){ __VA_ARGS__, NULL }

void html_begin(struct html *h, const char *root);	/* with the doctype */
void html_release(struct html *h);

/* An element that stays open, one with text, and one that has no content
 * (input, meta).  attributes may be NULL. */
void html_open(struct html *h, const char *tag,
    const char *const *attributes);
void html_close(struct html *h);		/* the innermost */
void html_close_to(struct html *h, int depth);	/* until so many are open */
void html_line(struct html *h, const char *tag, const char *const *attributes,
    const char *text);
void html_void(struct html *h, const char *tag,
    const char *const *attributes);

/* Text; NULL is none. */
void html_text(struct html *h, const char *text);
void html_textf(struct html *h, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* A link or a form's address within the pages: root and path. */
void html_link(struct html *h, const char *path, const char *class,
    const char *text);
/* Opens a form that posts. */
void html_form(struct html *h, const char *path, const char *class);
void html_hidden(struct html *h, const char *name, const char *value);

#endif /* HTML_H */
