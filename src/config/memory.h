/*
 * memory.h - the memory of one configuration: given out bit by bit, given
 * back all at once.
 *
 * A configuration of a million people is mostly short texts, many of them the
 * same; so texts have no overhead here, and memory_intern keeps one copy of
 * what is often said (areas, consents, languages).  Not for secrets: nothing
 * here is wiped.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include "base/base.h"

struct config_memory;

struct config_memory *memory_new(void);
void memory_free(struct config_memory *m);	/* NULL is fine */

/* Zeroed room for an object of any kind; lives as long as m. */
void *memory_alloc(struct config_memory *m, size_t size);

/* A copy of the text. */
const char *memory_text(struct config_memory *m, const char *text);

/* The one copy of the text: equal texts give the same pointer.  *ret_new,
 * unless NULL, says whether it was not there before. */
const char *memory_intern(struct config_memory *m, const char *text,
    bool *ret_new);

#endif /* MEMORY_H */
