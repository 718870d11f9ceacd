/*
 * replace.h - putting new text in a file's place: wholly or not at all, also
 * when the power fails.
 *
 * The new text is written beside the file under a name that no include takes
 * up, with the file's mode, owner and group; replace_commit puts it into its
 * place, unless somebody else has changed the file since it was read.
 */
#ifndef REPLACE_H
#define REPLACE_H

#include "base/buf.h"
#include "base/err.h"

struct replace;

/* Read the file, or nothing where may_be_new is true and there is none. */
struct replace *replace_open(const char *path, bool may_be_new,
    struct err *e) MUST_CHECK;
void replace_free(struct replace *r);	/* takes what was staged away */

const struct buf *replace_bytes(const struct replace *r);
bool replace_is_new(const struct replace *r);

/* Write the new text beside the file; may be called again. */
int replace_stage(struct replace *r, const struct buf *text,
    struct err *e) MUST_CHECK;

/* Where it was staged. */
const char *replace_staged(const struct replace *r);

/* Is the file still what was read?  -1 and the reason where it is not. */
int replace_check(const struct replace *r, struct err *e) MUST_CHECK;

/* Look once more, and put the new text into its place. */
int replace_commit(struct replace *r, struct err *e) MUST_CHECK;

/* After a commit: put what was read back into its place. */
int replace_undo(struct replace *r, struct err *e) MUST_CHECK;

/*
 * The lock against two who change one scheme at once, held until the
 * descriptor is closed or the process ends: of the folder of the main file.
 * Waits some seconds.  -1 where another holds it.
 */
int replace_lock(const char *main_file, struct err *e) MUST_CHECK;

#endif /* REPLACE_H */
