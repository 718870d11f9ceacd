/*
 * mem.h - memory that is there, or the end of the process.
 *
 * Running out of memory is fatal everywhere: recovery from a sudden end is
 * tested anyway, and no half-tested path is better than it.  Sizes that come
 * from outside are bounded before they get here.
 */
#ifndef MEM_H
#define MEM_H

#include "base/base.h"

void *mem_alloc(size_t size);			  /* zeroed */
void *mem_grow(void *old, size_t n, size_t size); /* as reallocarray(3) */
char *mem_dup(const char *text);		  /* NULL gives NULL */
char *mem_dupn(const char *bytes, size_t n);	  /* and a NUL behind them */
char *mem_printf(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* Free a string that held a secret, after wiping it; NULL does nothing. */
void mem_free_secret(char *text);

/*
 * Make room for one more element in a growing array: *items holds n, room
 * for *cap, elements of the given size.  Doubles as needed.
 */
void mem_reserve(void *items, size_t n, size_t *cap, size_t size);

#endif /* MEM_H */
