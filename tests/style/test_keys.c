/*
 * ringround.conf(5) against the tables of config: every section, every key in
 * it, its default, and whether it has to be given.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "config/keys.h"
#include "tap.h"

static void
read_page(struct buf *ret)
{
	const char *folder = getenv("SRCDIR");
	char *path = mem_printf("%s/man/ringround.conf.5",
	    folder ? folder : ".");
	FILE *file = fopen(path, "re");
	char piece[4096];
	size_t n;

	while (file && (n = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_addn(ret, piece, n);
	if (!file)
		printf("Bail out! %s: %s\n", path, strerror(errno));
	else
		fclose(file);
	free(path);
}

/* What stands from the line "begin..." up to the next of that macro; NULL if
 * there is no such line.  The caller frees. */
static char *
part(const char *page, const char *begin, const char *macro)
{
	char *line = mem_printf("\n%s", begin);
	char *next = mem_printf("\n%s ", macro);
	const char *from = strstr(page, line), *to = NULL;
	char *ret = NULL;

	if (from) {
		from++;
		to = strstr(from, next);
		ret = mem_dupn(from, to ? (size_t)(to + 1 - from) :
		    strlen(from));
	}
	free(line);
	free(next);
	return ret;
}

static void
check_key(const struct section_kind *kind, const struct key *k,
    const char *section)
{
	char *begin = mem_printf(".It Cm %s ", k->name);
	char *said = part(section, begin, ".It");
	char *otherwise = mem_printf("Default:\n.Ql %s .\n",
	    k->otherwise ? k->otherwise : "");

	ok(said != NULL, "[%s] %s stands in the manual", kind->name, k->name);
	if (!said)
		goto out;
	if (k->otherwise)
		ok(strstr(said, otherwise) != NULL,
		    "[%s] %s: with its default, %s", kind->name, k->name,
		    k->otherwise);
	else
		ok(!strstr(said, "Default:"), "[%s] %s: no default",
		    kind->name, k->name);
	is_int(strstr(said, "\nHas to be given.\n") != NULL,
	    (k->flags & KEY_NEEDED) != 0, "[%s] %s: needed or not",
	    kind->name, k->name);
	is_int(strstr(said, "\nMay stand several times.\n") != NULL,
	    (k->flags & KEY_REPEATS) != 0, "[%s] %s: once or several times",
	    kind->name, k->name);
out:
	free(otherwise);
	free(said);
	free(begin);
}

static void
check_section(const struct section_kind *kind, const char *page)
{
	char *begin = mem_printf(".Ss [%s%s", kind->name,
	    kind->naming == NAMING_NONE ? "]" : " ");
	char *section = part(page, begin, ".Ss");
	int items = 0;

	ok(section != NULL, "[%s] stands in the manual", kind->name);
	for (size_t i = 0; section && i < kind->n_keys; i++)
		check_key(kind, &kind->keys[i], section);
	for (const char *at = section; at && (at = strstr(at, "\n.It Cm "));
	    at++)
		items++;
	is_int(items, kind->n_keys, "[%s]: no key that there is not",
	    kind->name);
	free(section);
	free(begin);
}

int
main(void)
{
	size_t n;
	const struct section_kind *const *kinds = keys_sections(&n);
	struct buf page = BUF_EMPTY;

	read_page(&page);
	for (size_t i = 0; i < n; i++)
		check_section(kinds[i], buf_text(&page));
	buf_release(&page);
	return tap_done();
}
