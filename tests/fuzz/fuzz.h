/*
 * fuzz.h - what a fuzz target is: libFuzzer's one function.
 *
 * Built with --enable-fuzzers it is libFuzzer's program; without, replay.c
 * runs it over its corpus as an ordinary test.  A target says by must() what
 * has to hold whatever came in: not to crash is only the beginning.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define must(holds)                                                        \
	do {                                                               \
		if (!(holds)) {                                            \
			fprintf(stderr, "%s:%d: does not hold: %s\n",      \
			    __FILE__, __LINE__, #holds);                   \
			abort();                                           \
		}                                                          \
	} while (0)

/* The bytes as a string of their own, cut at a NUL.  The caller frees. */
static inline char *
fuzz_text(const uint8_t *bytes, size_t n)
{
	char *text = mem_alloc(n + 1);

	memcpy(text, bytes, n);
	return text;
}

#endif /* FUZZ_H */
