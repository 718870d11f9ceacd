#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void __attribute__((noreturn))
out_of_memory(void)
{
	fputs("ringround: out of memory\n", stderr);
	abort();
}

void *
mem_alloc(size_t size)
{
	void *p = calloc(1, size > 0 ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

void *
mem_grow(void *old, size_t n, size_t size)
{
	/* A size of 0 would free, and leave the caller without a pointer. */
	void *p = reallocarray(old, n > 0 ? n : 1, size > 0 ? size : 1);

	if (!p)
		out_of_memory();
	return p;
}

char *
mem_dup(const char *text)
{
	return text ? mem_dupn(text, strlen(text)) : NULL;
}

char *
mem_dupn(const char *bytes, size_t n)
{
	if (n == SIZE_MAX)
		out_of_memory();
	char *copy = mem_alloc(n + 1);
	if (n > 0)
		memcpy(copy, bytes, n);
	return copy;
}

char *
mem_printf(const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return mem_dup("");
	char *text = mem_alloc((size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return text;
}

void
mem_free_secret(char *text)
{
	if (!text)
		return;
	explicit_bzero(text, strlen(text));
	free(text);
}

void
mem_reserve(void *items, size_t n, size_t *cap, size_t size)
{
	void *array;

	if (n < *cap)
		return;
	if (*cap > SIZE_MAX / 2)
		out_of_memory();
	/* By memcpy, as the caller's pointer is of a type unknown here. */
	memcpy(&array, items, sizeof(array));
	*cap = *cap > 0 ? 2 * *cap : 8;
	array = mem_grow(array, *cap, size);
	memcpy(items, &array, sizeof(array));
}
