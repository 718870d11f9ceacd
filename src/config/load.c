/*
 * A load in order: the main file once for [service] alone, since how numbers
 * and languages are read stands there; the main file again for all the rest;
 * the included files in the order of their names; then what joins sections;
 * then the order for looking up.  Nothing stops at a mistake: all are told.
 */
#include "config/load.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "config/csv.h"
#include "config/includes.h"
#include "config/values.h"

/* The file's place in the order of reading; the first where it is unknown. */
static int
file_number(const struct load *l, const char *file)
{
	for (size_t i = l->n_files; i-- > 0;) {
		if (l->files[i] == file)
			return (int)i;
	}
	return 0;
}

static void PRINTF_LIKE(4, 0)
note(struct load *l, bool warning, struct config_place at, const char *fmt,
    va_list ap)
{
	struct buf text = BUF_EMPTY;

	buf_addv(&text, fmt, ap);
	mem_reserve(&l->notes, l->n_notes, &l->cap_notes, sizeof(*l->notes));
	struct load_note *n = &l->notes[l->n_notes];
	*n = (struct load_note){
		.file = file_number(l, at.file),
		.line = at.line,
		.order = l->n_notes,
		.warning = warning,
		.message = buf_take(&text),
	};
	l->n_notes++;
	if (!warning)
		l->n_mistakes++;
}

void
load_mistake(struct load *l, struct config_place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	note(l, false, at, fmt, ap);
	va_end(ap);
}

void
load_warning(struct load *l, struct config_place at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	note(l, true, at, fmt, ap);
	va_end(ap);
}

int
load_line(const struct load *l, const char *key)
{
	for (size_t i = 0; i < l->section->n; i++) {
		if (strcmp(l->section->pairs[i].key, key) == 0)
			return l->section->pairs[i].line;
	}
	return 0;
}

struct config_place
load_place(const struct load *l, const char *key)
{
	int line = load_line(l, key);

	return (struct config_place){ l->file,
		line > 0 ? line : l->section->line };
}

bool
load_is_bad(const struct load *l)
{
	return l->n_mistakes > l->mistakes_before;
}

const char *
load_path(struct load *l, const char *path)
{
	if (path[0] == '/')
		return memory_text(l->memory, path);
	char *whole = mem_printf("%s/%s", l->real_dir, path);
	const char *text = memory_text(l->memory, whole);
	free(whole);
	return text;
}

bool
load_has_language(const struct load *l, const char *language)
{
	for (size_t i = 0; i < l->n_languages; i++) {
		if (strcmp(l->languages[i], language) == 0)
			return true;
	}
	return false;
}

static struct config_place
line_place(const struct load *l, int line)
{
	return (struct config_place){ l->file, line };
}

/* "[round morning]" into the kind and the name behind it. */
static const struct section_kind *
find_kind(struct load *l, const struct reader_section *s, const char **name)
{
	char word[READER_SECTION_MAX + 1];
	size_t n = strcspn(s->name, " ");

	memcpy(word, s->name, n);
	word[n] = '\0';
	*name = s->name[n] ? s->name + n + 1 : "";
	const struct section_kind *kind = keys_section(word);
	if (!kind) {
		struct buf b = BUF_EMPTY;
		keys_suggest_section(word, &b);
		load_mistake(l, line_place(l, s->line),
		    "there is no section called \"%s\"%s", word,
		    buf_text(&b));
		buf_release(&b);
	}
	return kind;
}

bool
load_is_language(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz");

	return n >= 2 && n <= 3 && (text[n] == '\0' || text[n] == '-') &&
	    values_is_id(text);
}

static bool
is_id_and_round(const char *name)
{
	size_t n = strcspn(name, " ");
	char *first = mem_dupn(name, n);
	bool good = values_is_id(first) && (name[n] == '\0' ||
	    values_is_id(name + n + 1));

	free(first);
	return good;
}

static bool
check_name(struct load *l, const struct section_kind *kind, const char *name)
{
	struct config_place at = line_place(l, l->section->line);

	switch (kind->naming) {
	case NAMING_NONE:
		if (!*name)
			return true;
		load_mistake(l, at, "[%s] has no name of its own; write [%s]",
		    kind->name, kind->name);
		return false;
	case NAMING_NAME:
		if (values_is_id(name))
			return true;
		load_mistake(l, at, "[%s] needs a name of letters, digits, -"
		    " and _, at most 40 of them; write it such as [%s %s]",
		    kind->name, kind->name, kind->example);
		return false;
	case NAMING_AND_ROUND:
		if (is_id_and_round(name))
			return true;
		load_mistake(l, at, "[%s] needs a name of letters, digits, -"
		    " and _, and may have that of a round behind it; write it"
		    " such as [%s %s] or [%s %s evening]", kind->name,
		    kind->name, kind->example, kind->name, kind->example);
		return false;
	case NAMING_LANGUAGE:
		if (load_is_language(name))
			return true;
		load_mistake(l, at, "[%s] needs the short name of a language;"
		    " write it such as [%s en]", kind->name, kind->name);
		return false;
	}
	return false;
}

/* A section that stands once only, and only in the main file. */
static bool
check_once(struct load *l, const struct section_kind *kind)
{
	struct config_place at = line_place(l, l->section->line);

	if (kind->main_only && !l->main_file) {
		load_mistake(l, at, "[%s] stands in an included file; move it"
		    " to the main file", kind->name);
		return false;
	}
	if (kind->naming != NAMING_NONE)
		return true;
	for (size_t i = 0; i < l->n_once; i++) {
		if (l->once[i] == kind) {
			load_mistake(l, at, "[%s] is given twice, first in"
			    " line %d; put all its keys under one heading",
			    kind->name, l->once_lines[i]);
			return false;
		}
	}
	l->once[l->n_once] = kind;
	l->once_lines[l->n_once++] = l->section->line;
	return true;
}

static void
tell_unknown_key(struct load *l, const struct section_kind *kind,
    const struct reader_pair *p)
{
	struct buf b = BUF_EMPTY;
	char word[61];
	size_t n = strcspn(p->key, " \t");

	/* "at 09:00", since inih takes a colon for a sign too. */
	snprintf(word, sizeof(word), "%.*s", n < 60 ? (int)n : 60, p->key);
	if (p->key[n] && keys_find(kind, word))
		buf_addf(&b, "; write = behind %s", word);
	else
		keys_suggest_key(kind, p->key, &b);
	load_mistake(l, line_place(l, p->line), "[%s] has no key \"%.60s\"%s",
	    kind->name, p->key, buf_text(&b));
	buf_release(&b);
}

/* What is wrong with the keys, before any is parsed. */
static void
check_keys(struct load *l, const struct section_kind *kind)
{
	const struct reader_section *s = l->section;

	for (size_t i = 0; i < s->n; i++) {
		const struct reader_pair *p = &s->pairs[i];
		const struct key *k = keys_find(kind, p->key);

		if (!k) {
			tell_unknown_key(l, kind, p);
			continue;
		}
		if (!*p->value)
			load_mistake(l, line_place(l, p->line), "%s is empty;"
			    " write a value behind the sign, or take the line"
			    " away", k->name);
		if (kind->prose && p->cut_line > 0)
			load_mistake(l, line_place(l, p->cut_line), "%s: words"
			    " behind \" ;\" or on a line that begins with ; or"
			    " # are taken for a comment and never said; write"
			    " a comma or a full stop instead", k->name);
		int first = load_line(l, p->key);
		if (first != p->line && !(k->flags & KEY_REPEATS))
			load_mistake(l, line_place(l, p->line), "%s is given"
			    " twice, first in line %d; leave one of them",
			    k->name, first);
	}
}

/* One value; or the default, where p is NULL, or where its value is none:
 * what other values lean on is there, whatever is wrong. */
static void
parse_value(struct load *l, const struct key *k, void *subject,
    const struct reader_pair *p)
{
	const char *value = p ? p->value : k->otherwise;
	struct err e;

	if (*value != '\0' && k->parse(l, k, subject, value, &e) == 0)
		return;
	if (*value != '\0')
		load_mistake(l, line_place(l, p ? p->line : l->section->line),
		    "%s", e.text);
	if (p && k->otherwise)
		parse_value(l, k, subject, NULL);
}

/* All keys in the order of the table, so that one may lean on another. */
static void
parse_keys(struct load *l, const struct section_kind *kind, void *subject)
{
	const struct reader_section *s = l->section;

	for (size_t i = 0; i < kind->n_keys; i++) {
		const struct key *k = &kind->keys[i];
		bool given = false;

		for (size_t j = 0; j < s->n; j++) {
			if (strcmp(s->pairs[j].key, k->name) != 0)
				continue;
			if (!given || (k->flags & KEY_REPEATS))
				parse_value(l, k, subject, &s->pairs[j]);
			given = true;
		}
		if (given)
			continue;
		if (k->otherwise)
			parse_value(l, k, subject, NULL);
		else if (k->flags & KEY_NEEDED)
			load_mistake(l, line_place(l, s->line),
			    "[%s] lacks its key %s; write %s = and behind it"
			    " %s", s->name, k->name, k->name, k->about);
	}
}

/* What others rely on is there, whatever is wrong with the section. */
static void
give_defaults(struct load *l, const struct section_kind *kind)
{
	static const struct reader_section nothing = { "", 1, NULL, 0 };

	l->section = &nothing;
	l->kind = kind;
	void *subject = kind->begin(l, "");
	for (size_t i = 0; i < kind->n_keys; i++) {
		if (kind->keys[i].otherwise)
			parse_value(l, &kind->keys[i], subject, NULL);
	}
}

void
load_section(struct load *l, const struct reader_section *s)
{
	const char *name;

	l->section = s;
	l->mistakes_before = l->n_mistakes;
	const struct section_kind *kind = find_kind(l, s, &name);
	if (!kind)
		return;
	/* What is wrong below a name that is no id is told with it. */
	if (!check_name(l, kind, name) && kind->naming != NAMING_NAME)
		return;
	if (!check_once(l, kind))
		return;
	l->kind = kind;
	if (s->n == 0) {
		load_mistake(l, line_place(l, s->line), "[%s] is empty; write"
		    " its keys under it, or take it away", s->name);
		if (kind->naming == NAMING_NONE)
			give_defaults(l, kind);
		return;
	}
	check_keys(l, kind);
	void *subject = kind->begin(l, name);
	if (!subject)
		return;
	parse_keys(l, kind, subject);
	if (kind->end)
		kind->end(l, subject);
}

static bool
is_service(const struct reader_section *s)
{
	return strcmp(s->name, section_service.name) == 0;
}

/* The first reading of the main file (reader_hooks.section). */
static void
take_service(void *arg, const struct reader_section *s)
{
	struct load *l = arg;

	if (is_service(s) && l->n_once == 0)
		load_section(l, s);
}

/* Every other reading. */
static void
take_section(void *arg, const struct reader_section *s)
{
	struct load *l = arg;

	if (l->main_file && is_service(s) && l->n_once > 0 &&
	    l->once_lines[0] == s->line)
		return;
	load_section(l, s);
}

static void
take_mistake(void *arg, int line, const char *message)
{
	struct load *l = arg;

	load_mistake(l, line_place(l, line), "%s", message);
}

static void
ignore_mistake(void *arg, int line, const char *message)
{
	(void)arg;
	(void)line;
	(void)message;
}

/* Chained, so that no file must be held whole. */
void
load_take_bytes(struct load *l, const void *bytes, size_t n)
{
	struct buf b = BUF_EMPTY;

	buf_addn(&b, l->digest, sizeof(l->digest));
	buf_addn(&b, bytes, n);
	crypto_sha256(b.data, b.len, l->digest);
	buf_release(&b);
}

/* Which file is read in the place of path. */
static const char *
stand_in(const struct load *l, const char *path)
{
	for (size_t i = 0; i < l->n_stand_ins; i++) {
		if (strcmp(l->stand_ins[i].path, path) == 0)
			return l->stand_ins[i].instead;
	}
	return path;
}

static void
take_bytes(void *arg, const void *bytes, size_t n)
{
	load_take_bytes(arg, bytes, n);
}

/* Open a file to be read next.  NULL after the mistake was told. */
static FILE *
open_file(struct load *l, const char *path)
{
	FILE *file;
	struct err e;

	l->file = memory_text(l->memory, path);
	mem_reserve(&l->files, l->n_files, &l->cap_files, sizeof(*l->files));
	l->files[l->n_files++] = l->file;
	file = reader_open(stand_in(l, path), &e);
	if (file == NULL)
		load_mistake(l, line_place(l, 1), "the file cannot be read: "
		    "%s; put it there, or let the daemon's user read it",
		    e.text);
	return file;
}

static void
run_reader(struct load *l, FILE *file, const struct reader_hooks *hooks)
{
	struct err e;

	if (reader_run(file, hooks, l, &e) == -1)
		load_mistake(l, line_place(l, 1), "%s; look at the disk",
		    e.text);
}

/* A section that does not stand: its keys have their defaults. */
static void
load_absent(struct load *l, const struct section_kind *kind)
{
	for (size_t i = 0; i < l->n_once; i++) {
		if (l->once[i] == kind)
			return;
	}
	give_defaults(l, kind);
}

static void
read_main(struct load *l, const char *path)
{
	static const struct reader_hooks first = {
		take_service, ignore_mistake, NULL };
	static const struct reader_hooks second = {
		take_section, take_mistake, take_bytes };
	FILE *file = open_file(l, path);

	l->main_file = true;
	l->c->place = line_place(l, 1);
	if (!file)
		return;
	run_reader(l, file, &first);
	if (l->n_once == 0) {
		load_absent(l, &section_service);
		load_mistake(l, line_place(l, 1), "there is no [service];"
		    " write that section with name, office_phone and"
		    " database");
	}
	rewind(file);
	run_reader(l, file, &second);
	fclose(file);
	load_absent(l, &section_web);
	load_absent(l, &section_email);
}

static void
read_included(struct load *l, const char *path)
{
	static const struct reader_hooks hooks = {
		take_section, take_mistake, take_bytes };
	static const struct reader_hooks csv = {
		take_section, take_mistake, take_bytes };
	const char *dot = strrchr(path, '.');
	FILE *file = open_file(l, path);

	if (!file)
		return;
	l->main_file = false;
	if (dot && strcasecmp(dot, ".csv") == 0)
		csv_run(file, &section_participant, &csv, l);
	else
		run_reader(l, file, &hooks);
	fclose(file);
}

/* The folder of a path as it is written, and as the system knows it. */
static void
find_folder(struct load *l, const char *path)
{
	char *copy = mem_dup(path);

	l->dir = mem_dup(dirname(copy));
	free(copy);
	l->real_dir = realpath(l->dir, NULL);
	if (!l->real_dir)
		l->real_dir = mem_dup(l->dir);
}

void
load_files(struct load *l, const char *path)
{
	size_t n;

	find_folder(l, path);
	read_main(l, path);
	if (!l->files)
		return;
	char **found = includes_find(l, &n);
	for (size_t i = 0; i < n; i++) {
		read_included(l, found[i]);
		free(found[i]);
	}
	free(found);
}

struct load *
load_new(void)
{
	struct load *l = mem_alloc(sizeof(*l));

	l->c = mem_alloc(sizeof(*l->c));
	l->c->memory = l->memory = memory_new();
	l->scratch = memory_new();
	return l;
}

void
load_free(struct load *l)
{
	for (size_t i = 0; i < l->n_notes; i++)
		free(l->notes[i].message);
	free(l->notes);
	free(l->files);
	free(l->dir);
	free(l->real_dir);
	free(l->languages);
	free(l->voices);
	free(l->recordings);
	free(l->reviewed);
	free(l->includes);
	free(l->gateways);
	free(l->ladders);
	for (size_t i = 0; i < l->n_calendars; i++)
		free(l->calendars[i].days);
	free(l->calendars);
	free(l->rounds);
	free(l->messages);
	free(l->words);
	free(l->leaks);
	free(l->volunteers);
	free(l->participants);
	free(l->drafts);
	memory_free(l->scratch);
	free(l);
}

static int
by_place(const void *a, const void *b)
{
	const struct load_note *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* The message, and behind it the file's name: one piece of memory, since the
 * notes outlive the load. */
static void
add_note(struct config_notes *to, const char *file,
    const struct load_note *from)
{
	struct buf b = BUF_EMPTY;
	size_t n = strlen(from->message) + 1;

	buf_addn(&b, from->message, n);
	buf_add(&b, file);
	mem_reserve(&to->items, to->n, &to->cap, sizeof(*to->items));
	char *text = buf_take(&b);
	to->items[to->n++] = (struct config_note){
		{ text + n, from->line }, text };
}

void
load_tell(struct load *l, struct config_notes *mistakes,
    struct config_notes *warnings)
{
	if (l->n_notes > 0)
		qsort(l->notes, l->n_notes, sizeof(*l->notes), by_place);
	for (size_t i = 0; i < l->n_notes; i++) {
		struct load_note *n = &l->notes[i];
		add_note(n->warning ? warnings : mistakes, l->files[n->file],
		    n);
	}
}
