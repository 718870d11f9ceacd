/*
 * change.h - changing the scheme's files: loaded as it would be, and only
 * then put in place, all of it or nothing.
 *
 * Whoever changes opens a change, gives orders to the edits of its files, and
 * looks at the configuration that there would be; change_commit puts the new
 * texts in place.  A change holds the lock against other changes; an editor
 * knows nothing of it, so what a human saved meanwhile is found out before
 * anything is written, and the change is to be made anew.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include "config/config.h"
#include "config/edit.h"

struct change;

/* NULL with *e where it cannot be; where the files have mistakes these are
 * in mistakes. */
struct change *change_open(const char *conf_path,
    struct config_notes *mistakes, struct err *e) MUST_CHECK;
void change_close(struct change *ch);	/* NULL is fine */

/* The configuration as the files are. */
const struct config *change_config(const struct change *ch);

/* The edit of the file at a path as the configuration names it, in which
 * orders are given.  The change's own. */
struct edit *change_edit(struct change *ch, const char *path, bool may_be_new,
    struct err *e) MUST_CHECK;

/* Forget all orders. */
void change_undo(struct change *ch);

/*
 * Load what there would be.  *ret is NULL where that has mistakes.  -1 with
 * *e where the new texts cannot be made or written beside the files.
 */
int change_load(struct change *ch, struct config **ret,
    struct config_notes *mistakes, struct config_notes *warnings,
    struct err *e) MUST_CHECK;

/* The section in whose new text the place is; NULL where it is in none. */
const char *change_section_at(const struct change *ch,
    const struct config_place *at);

/* Does anything differ from what is there? */
bool change_is_any(const struct change *ch);

/* Put in place what was loaded last.  -1 with *e where nothing was changed;
 * *ret_again: since somebody else has changed a file. */
int change_commit(struct change *ch, bool *ret_again,
    struct err *e) MUST_CHECK;

#endif /* CHANGE_H */
