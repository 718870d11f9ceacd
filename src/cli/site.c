#include "cli/site.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/reader.h"

struct peek {
	char *socket, *database;
};

static void
keep(char **kept, const char *value)
{
	free(*kept);
	*kept = mem_dup(value);
}

static void
on_section(void *arg, const struct reader_section *s)
{
	struct peek *peek = arg;

	if (strcmp(s->name, "service") != 0)
		return;
	for (size_t i = 0; i < s->n; i++) {
		if (strcmp(s->pairs[i].key, "socket") == 0)
			keep(&peek->socket, s->pairs[i].value);
		if (strcmp(s->pairs[i].key, "database") == 0)
			keep(&peek->database, s->pairs[i].value);
	}
}

/* Mistakes are for those who load the file; we only look. */
static void
on_mistake(void *arg, int line, const char *message)
{
	(void)arg;
	(void)line;
	(void)message;
}

/* name beside the file at path, unless it is absolute. */
static char *
beside(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	if (name[0] == '/' || !slash)
		return mem_dup(name);
	return mem_printf("%.*s/%s", (int)(slash - path), path, name);
}

static int
look(const char *conf_path, struct peek *peek, struct err *e)
{
	static const struct reader_hooks hooks = {
		.section = on_section,
		.mistake = on_mistake,
	};
	FILE *file = fopen(conf_path, "re");
	int done;

	if (!file)
		return err_set(e, "%s: %s; name the configuration by -c FILE",
		    conf_path, strerror(errno));
	done = reader_run(file, &hooks, peek, e);
	fclose(file);
	return done == -1 ? err_wrap(e, "%s", conf_path) : 0;
}

char *
site_socket(const char *conf_path, struct err *e)
{
	struct peek peek = { NULL, NULL };
	char *path = NULL, *database;

	if (look(conf_path, &peek, e) == -1)
		goto out;
	if (peek.socket) {
		path = beside(conf_path, peek.socket);
	} else if (peek.database) {
		database = beside(conf_path, peek.database);
		path = beside(database, "ringround.sock");
		free(database);
	} else {
		err_set(e, "%s: [service] names no database; `ringround "
		    "check` tells more", conf_path);
	}
out:
	free(peek.socket);
	free(peek.database);
	return path;
}

void
site_tell(const struct config_notes *notes, const char *kind)
{
	for (size_t i = 0; i < notes->n; i++) {
		const struct config_note *note = &notes->items[i];

		fprintf(stderr, "%s:%d: %s%s\n", note->place.file,
		    note->place.line, kind, note->message);
	}
}

/* Who looks at the files, or plays them, needs a secret to sign with, and not
 * the real one. */
static void
make_up_secrets(struct config *c)
{
	for (size_t i = 0; i < c->n_gateways; i++) {
		struct config_gateway *g = &c->gateways[i];

		if (!g->auth_tokens[0])
			g->auth_tokens[0] = mem_dup("made up");
		if (g->api_key_sid && !g->api_key_secret)
			g->api_key_secret = mem_dup("made up");
	}
}

struct config *
site_config(const char *conf_path)
{
	struct config_notes mistakes = { 0 }, warnings = { 0 };
	struct config *c = config_load_as_if(conf_path, NULL, 0, &mistakes,
	    &warnings);
	struct err e;

	if (!c) {
		site_tell(&mistakes, "");
		cli_fail("the configuration has %zu mistake%s", mistakes.n,
		    mistakes.n == 1 ? "" : "s");
	} else if (calendar_open(c->service.timezone, &e) == -1) {
		cli_fail("%s", e.text);
		config_free(c);
		c = NULL;
	} else {
		make_up_secrets(c);
	}
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	return c;
}
