/*
 * Where a new file of people may stand.
 */
#include "config/config.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "config/includes.h"
#include "config/reader.h"

#define USUAL "people.conf"

struct search {
	char *dir;		/* of the main file */
	const char *kind;	/* of people, as a section names it */
	const char *name;	/* wanted; NULL: the usual one */
	char *path;		/* what was found */
	bool certain;		/* nothing better can come */
};

static bool
has_folder(const char *path)
{
	char *copy = mem_dup(path);
	struct stat st;
	bool there = stat(dirname(copy), &st) == 0 && S_ISDIR(st.st_mode);

	free(copy);
	return there;
}

/* The usual name in the pattern's folder. */
static char *
usual_in(const char *pattern)
{
	const char *slash = strrchr(pattern, '/');

	return mem_printf("%.*s%s", slash ? (int)(slash + 1 - pattern) : 0,
	    pattern, USUAL);
}

static void
try_pattern(struct search *s, const char *pattern)
{
	char *name = s->name ? mem_dup(s->name) : usual_in(pattern);
	char *whole = includes_whole(s->dir, pattern, true);
	char *path = includes_whole(s->dir, name, false);

	if (includes_fit(whole, path) && has_folder(path) &&
	    (!s->path || strstr(pattern, s->kind))) {
		free(s->path);
		s->path = path;
		s->certain = s->name || strstr(pattern, s->kind);
		path = NULL;
	}
	free(path);
	free(whole);
	free(name);
}

static void
take_section(void *arg, const struct reader_section *section)
{
	struct search *s = arg;

	for (size_t i = 0; i < section->n && !s->certain &&
	    strcmp(section->name, "service") == 0; i++) {
		if (strcmp(section->pairs[i].key, "include") == 0)
			try_pattern(s, section->pairs[i].value);
	}
}

/* Mistakes are for the load. */
static void
take_mistake(void *arg, int line, const char *message)
{
	(void)arg;
	(void)line;
	(void)message;
}

char *
config_new_file(const char *path, const char *kind, const char *name,
    struct err *e)
{
	static const struct reader_hooks hooks = { take_section, take_mistake,
		NULL };
	struct search s = { .kind = kind, .name = name };
	char *copy = mem_dup(path);
	FILE *file = reader_open(path, e);
	int done = -1;

	s.dir = mem_dup(dirname(copy));
	if (file) {
		done = reader_run(file, &hooks, &s, e);
		fclose(file);
	}
	if (done == 0 && !s.path && name)
		err_set(e, "no include of %s takes up %s; name a file in a"
		    " folder that is there and that it takes up, such as"
		    " participants.d/north.conf", path, name);
	else if (done == 0 && !s.path)
		err_set(e, "no include of %s takes up a new file of people;"
		    " make the folder %ss.d beside it, and write include ="
		    " %ss.d/*.conf into [service]", path, kind, kind);
	free(copy);
	free(s.dir);
	return s.path;
}
