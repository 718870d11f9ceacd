#include "config/includes.h"

#include <fnmatch.h>
#include <glob.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

struct found {
	char **paths;
	size_t n, cap;
};

/* The main file's folder with what glob would take for a pattern escaped. */
static void
add_escaped(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if (strchr("*?[]\\", *text))
			buf_addc(b, '\\');
		buf_addc(b, *text);
	}
}

char *
includes_whole(const char *dir, const char *name, bool pattern)
{
	struct buf b = BUF_EMPTY;

	/* "ringround.conf" in the current folder: leave out the "./". */
	if (name[0] != '/' && strcmp(dir, ".") != 0) {
		if (pattern)
			add_escaped(&b, dir);
		else
			buf_add(&b, dir);
		if (strcmp(dir, "/") != 0)
			buf_addc(&b, '/');
	}
	buf_add(&b, name);
	return buf_take(&b);
}

bool
includes_fit(const char *pattern, const char *path)
{
	return fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0;
}

/* Is the pattern's folder there?  One that is itself a pattern counts as
 * there where anything fits it. */
static bool
has_folder(const char *pattern)
{
	char *copy = mem_dup(pattern);
	struct stat st;
	glob_t g;

	bool there = glob(dirname(copy), 0, NULL, &g) == 0 &&
	    stat(g.gl_pathv[0], &st) == 0 && S_ISDIR(st.st_mode);
	globfree(&g);
	free(copy);
	return there;
}

static bool
is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	if (strcmp(a, b) == 0)
		return true;
	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

static int
by_name(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static void
add_file(const struct load *l, struct found *f, const char *path)
{
	bool known = is_same_file(path, l->files[0]);

	for (size_t j = 0; j < f->n && !known; j++)
		known = strcmp(path, f->paths[j]) == 0;
	if (known)
		return;
	mem_reserve(&f->paths, f->n, &f->cap, sizeof(*f->paths));
	f->paths[f->n++] = mem_dup(path);
}

/* What fits the pattern: files that are there, and those that are to be. */
static void
add_files(const struct load *l, struct found *f, const char *pattern,
    const glob_t *g)
{
	size_t before = f->n;

	for (size_t i = 0; i < g->gl_pathc; i++)
		add_file(l, f, g->gl_pathv[i]);
	for (size_t i = 0; i < l->n_stand_ins; i++) {
		if (includes_fit(pattern, l->stand_ins[i].path))
			add_file(l, f, l->stand_ins[i].path);
	}
	/* By bytes: the order must not hang on anybody's locale. */
	if (f->n > before)
		qsort(f->paths + before, f->n - before, sizeof(*f->paths),
		    by_name);
}

static void
find_one(struct load *l, const struct draft_include *include,
    struct found *f)
{
	struct config_place at = { l->files[0], include->line };
	char *pattern = includes_whole(l->dir, include->pattern, true);
	size_t before = f->n;
	glob_t g;

	int failed = glob(pattern, GLOB_NOSORT, NULL, &g);
	if (failed == 0 || failed == GLOB_NOMATCH)
		add_files(l, f, pattern, &g);
	bool any = failed == 0 || f->n > before;
	if (!any && !has_folder(pattern))
		load_mistake(l, at, "include: there is no folder for \"%s\";"
		    " make it, or take the line away", include->pattern);
	else if (!any && failed == GLOB_NOMATCH)
		load_warning(l, at, "include: no file fits \"%s\"; it may be"
		    " that nobody is in it yet", include->pattern);
	else if (!any)
		load_mistake(l, at, "include: the folder of \"%s\" cannot be"
		    " read; let the daemon's user read it", include->pattern);
	globfree(&g);
	free(pattern);
}

char **
includes_find(struct load *l, size_t *ret_n)
{
	struct found f = { NULL, 0, 0 };

	for (size_t i = 0; i < l->n_includes; i++)
		find_one(l, &l->includes[i], &f);
	*ret_n = f.n;
	return f.paths;
}
