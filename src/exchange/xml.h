/*
 * xml.h - a strict reader of a small XML: elements, attributes, text, the
 * five named entities and numeric ones, comments, CDATA.
 *
 * No DOCTYPE, no processing instruction but the declaration, no entities of
 * the document's own: a document that has them is refused, so that nothing
 * can grow in here.  Everything is bounded by the limits below.
 */
#ifndef XML_H
#define XML_H

#include "base/buf.h"
#include "base/err.h"

#define XML_MAX_BYTES 65536
#define XML_MAX_DEPTH 16
#define XML_MAX_ATTRS 24
#define XML_NAME_SIZE 64

enum xml_event {
	XML_OPEN,	/* name and attributes */
	XML_TEXT,	/* text, entities replaced; never empty */
	XML_CLOSE,	/* name; follows OPEN at once for <a/> */
	XML_END,	/* the root is closed, and nothing follows it */
};

struct xml_attr {
	char name[XML_NAME_SIZE];
	struct buf value;
};

/* What was read last stands in the fields until the next xml_next(). */
struct xml {
	char name[XML_NAME_SIZE];
	struct buf text;
	struct xml_attr attrs[XML_MAX_ATTRS];
	size_t n_attrs;

	/* the reader's own */
	const char *bytes;
	size_t n, at;
	char open[XML_MAX_DEPTH][XML_NAME_SIZE];
	size_t depth;
	bool rooted;		/* the root element was seen */
	bool close_next;	/* <a/>: its CLOSE is due */
};

/*
 * Read n bytes, which are kept, not copied.  An error where they are too
 * many, are not UTF-8, or hold a character that XML does not allow.
 */
int xml_init(struct xml *x, const char *bytes, size_t n,
    struct err *e) MUST_CHECK;
void xml_release(struct xml *x);

/* The next event; -1 where the document is not well formed. */
int xml_next(struct xml *x, enum xml_event *ret, struct err *e) MUST_CHECK;

/* The value of an attribute of the element just opened, or NULL. */
const char *xml_attribute(const struct xml *x, const char *name);

#endif /* XML_H */
