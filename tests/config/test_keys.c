/*
 * Every key is documented: in the table, and in ringround.conf(5), with its
 * default.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "config/keys.h"
#include "tap.h"

static bool
read_page(struct buf *b)
{
	const char *dir = getenv("SRCDIR");
	char path[512];
	int c;

	snprintf(path, sizeof(path), "%s/man/ringround.conf.5",
	    dir ? dir : ".");
	FILE *file = fopen(path, "re");
	if (!file)
		return false;
	while ((c = fgetc(file)) != EOF)
		buf_addc(b, (char)c);
	fclose(file);
	return true;
}

/* The part of the text from a line that begins with start to the next line
 * that begins with end.  NULL where there is none; the caller frees. */
static char *
part_of(const char *text, const char *start, const char *end)
{
	const char *from = strstr(text, start);

	if (!from)
		return NULL;
	const char *to = strstr(from + strlen(start), end);
	return mem_dupn(from, to ? (size_t)(to - from) : strlen(from));
}

static void
check_key(const struct section_kind *kind, const struct key *k,
    const char *part)
{
	char start[64];

	snprintf(start, sizeof(start), "\n.It Cm %s ", k->name);
	char *entry = part_of(part, start, "\n.It Cm ");
	ok(entry != NULL, "[%s] %s is in the page", kind->name, k->name);
	if (entry && k->otherwise)
		ok(strstr(entry, k->otherwise) != NULL,
		    "[%s] %s has its default there: %s", kind->name, k->name,
		    k->otherwise);
	free(entry);
}

static void
check_section(const struct section_kind *kind, const char *page)
{
	char start[64];

	snprintf(start, sizeof(start), "\n.Ss [%s", kind->name);
	char *part = page ? part_of(page, start, "\n.S") : NULL;

	ok(kind->about && *kind->about, "[%s] is told", kind->name);
	ok(!page || part, "[%s] is in the page", kind->name);
	for (size_t i = 0; i < kind->n_keys; i++) {
		const struct key *k = &kind->keys[i];

		ok(k->about && *k->about && strlen(k->about) < 160,
		    "[%s] %s is told in a line", kind->name, k->name);
		ok(!(k->flags & KEY_NEEDED) || !k->otherwise,
		    "[%s] %s is needed or has a default", kind->name, k->name);
		if (part)
			check_key(kind, k, part);
	}
	free(part);
}

int
main(void)
{
	struct buf page = BUF_EMPTY;
	bool there = read_page(&page);
	size_t n;
	const struct section_kind *const *kinds = keys_sections(&n);

	if (!there)
		printf("# there is no page yet\n");
	for (size_t i = 0; i < n; i++) {
		check_section(kinds[i], there ? buf_text(&page) : NULL);
		ok(keys_section(kinds[i]->name) == kinds[i], "[%s] is found",
		    kinds[i]->name);
	}
	buf_release(&page);
	return tap_done();
}
