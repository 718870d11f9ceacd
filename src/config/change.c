#include "config/change.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/replace.h"

struct file {
	char *path;
	struct replace *replace;
	struct edit *edit;
};

struct change {
	char *conf_path;
	int lock;
	struct config *config;
	struct file *files;
	size_t n, cap;
};

struct change *
change_open(const char *conf_path, struct config_notes *mistakes,
    struct err *e)
{
	struct change *ch = mem_alloc(sizeof(*ch));
	struct config_notes warnings = { NULL, 0, 0 };

	ch->conf_path = mem_dup(conf_path);
	ch->lock = replace_lock(conf_path, e);
	if (ch->lock != -1) {
		ch->config = config_load_as_if(conf_path, NULL, 0,
		    mistakes, &warnings);
		config_notes_release(&warnings);
		if (ch->config)
			return ch;
		err_set(e, "the files have mistakes already; mend them first");
	}
	change_close(ch);
	return NULL;
}

void
change_close(struct change *ch)
{
	if (!ch)
		return;
	for (size_t i = 0; i < ch->n; i++) {
		free(ch->files[i].path);
		replace_free(ch->files[i].replace);
		edit_free(ch->files[i].edit);
	}
	free(ch->files);
	free(ch->conf_path);
	config_free(ch->config);
	if (ch->lock != -1)
		close(ch->lock);
	free(ch);
}

const struct config *
change_config(const struct change *ch)
{
	return ch->config;
}

static struct edit *
fresh_edit(const struct replace *r)
{
	const struct buf *b = replace_bytes(r);

	return edit_new(buf_text(b), b->len);
}

struct edit *
change_edit(struct change *ch, const char *path, bool may_be_new,
    struct err *e)
{
	struct file *f;
	struct replace *r;

	for (size_t i = 0; i < ch->n; i++) {
		if (strcmp(ch->files[i].path, path) == 0)
			return ch->files[i].edit;
	}
	r = replace_open(path, may_be_new, e);
	if (!r)
		return NULL;
	mem_reserve(&ch->files, ch->n, &ch->cap, sizeof(*ch->files));
	f = &ch->files[ch->n++];
	*f = (struct file){ mem_dup(path), r, fresh_edit(r) };
	return f->edit;
}

void
change_undo(struct change *ch)
{
	for (size_t i = 0; i < ch->n; i++) {
		edit_free(ch->files[i].edit);
		ch->files[i].edit = fresh_edit(ch->files[i].replace);
	}
}

static int
stage(struct file *f, struct err *e)
{
	struct buf text = BUF_EMPTY;
	int done = edit_text(f->edit, &text, e);

	if (done == 0)
		done = replace_stage(f->replace, &text, e);
	buf_release(&text);
	return done;
}

int
change_load(struct change *ch, struct config **ret,
    struct config_notes *mistakes, struct config_notes *warnings,
    struct err *e)
{
	struct config_stand_in *ins = mem_grow(NULL, ch->n + 1, sizeof(*ins));
	size_t n = 0;
	int done = 0;

	for (size_t i = 0; i < ch->n && done == 0; i++) {
		struct file *f = &ch->files[i];

		if (!edit_is_changed(f->edit))
			continue;
		done = stage(f, e);
		ins[n++] = (struct config_stand_in){ f->path,
			replace_staged(f->replace) };
	}
	*ret = done == 0 ? config_load_as_if(ch->conf_path, ins, n, mistakes,
	    warnings) : NULL;
	free(ins);
	return done;
}

const char *
change_section_at(const struct change *ch, const struct config_place *at)
{
	for (size_t i = 0; i < ch->n; i++) {
		const struct file *f = &ch->files[i];

		if (edit_is_changed(f->edit) && strcmp(f->path, at->file) == 0)
			return edit_section_at(f->edit, at->line);
	}
	return NULL;
}

bool
change_is_any(const struct change *ch)
{
	for (size_t i = 0; i < ch->n; i++) {
		if (edit_is_changed(ch->files[i].edit))
			return true;
	}
	return false;
}

/* The first n files have been changed, and a later one could not be. */
static void
take_back(struct change *ch, size_t n, struct err *e)
{
	struct err why;

	for (size_t i = 0; i < n; i++) {
		struct file *f = &ch->files[i];

		if (edit_is_changed(f->edit) &&
		    replace_undo(f->replace, &why) == -1)
			err_wrap(e, "%s has been changed all the same (%s)",
			    f->path, why.text);
	}
}

int
change_commit(struct change *ch, bool *ret_again, struct err *e)
{
	*ret_again = true;
	for (size_t i = 0; i < ch->n; i++) {
		if (edit_is_changed(ch->files[i].edit) &&
		    replace_check(ch->files[i].replace, e) == -1)
			return -1;
	}
	*ret_again = false;
	for (size_t i = 0; i < ch->n; i++) {
		if (!edit_is_changed(ch->files[i].edit) ||
		    replace_commit(ch->files[i].replace, e) == 0)
			continue;
		take_back(ch, i, e);
		return -1;
	}
	return 0;
}
