/*
 * json.h - JSON, by jansson.  The one place that names it: whoever reads or
 * writes JSON includes this, and uses jansson's functions as they are.
 */
#ifndef JSON_H
#define JSON_H

#include <jansson.h>

#include "base/buf.h"

/* The text of a string or of a number under key, as text in ret (cut where
 * it does not fit); "" where it is absent, null or of another kind. */
void json_get_text(const json_t *object, const char *key, char *ret,
    size_t size);

/* The whole number under key, also where it is written as a string. */
int64_t json_get_int(const json_t *object, const char *key, int64_t otherwise);

/* Add the document to b, indented for people or on one line. */
void json_print(const json_t *doc, bool indent, struct buf *b);

#endif /* JSON_H */
