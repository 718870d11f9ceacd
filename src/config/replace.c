#include "config/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define FILE_MAX ((off_t)1 << 31)	/* bytes; a million people are 400 MB */
#define LOCK_TRIES 100			/* of a tenth of a second */

struct replace {
	char *path;		/* links followed, where it exists */
	char *folder;
	char *staged;		/* NULL: nothing */
	bool is_new;
	struct stat was;
	struct buf bytes;
};

static char *
folder_of(const char *path)
{
	char *copy = mem_dup(path);
	char *folder = mem_dup(dirname(copy));

	free(copy);
	return folder;
}

/* The whole file, and what it is; 1, or 0 where there is none. */
static int
read_file(const char *path, struct buf *ret, struct stat *ret_was,
    struct err *e)
{
	char chunk[65536];
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd == -1)
		return errno == ENOENT ? 0 : err_errno(e, "%s cannot be read",
		    path);
	if (fstat(fd, ret_was) == -1 || !S_ISREG(ret_was->st_mode) ||
	    ret_was->st_size > FILE_MAX) {
		close(fd);
		return err_set(e, "%s is no file that can be changed", path);
	}
	while ((off_t)ret->len <= FILE_MAX &&
	    (n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_addn(ret, chunk, (size_t)n);
	if (n == -1)
		err_errno(e, "%s cannot be read", path);
	close(fd);
	return n == -1 ? -1 : 1;
}

struct replace *
replace_open(const char *path, bool may_be_new, struct err *e)
{
	struct replace *r = mem_alloc(sizeof(*r));
	char *real = realpath(path, NULL);

	r->path = real ? real : mem_dup(path);
	r->folder = folder_of(r->path);
	int found = read_file(r->path, &r->bytes, &r->was, e);
	r->is_new = found == 0;
	if (found == 0 && !may_be_new)
		err_set(e, "there is no file %s", path);
	if (found == 1 || (found == 0 && may_be_new))
		return r;
	replace_free(r);
	return NULL;
}

static void
unstage(struct replace *r)
{
	if (r->staged)
		unlink(r->staged);
	free(r->staged);
	r->staged = NULL;
}

void
replace_free(struct replace *r)
{
	if (!r)
		return;
	unstage(r);
	buf_release(&r->bytes);
	free(r->path);
	free(r->folder);
	free(r);
}

const struct buf *
replace_bytes(const struct replace *r)
{
	return &r->bytes;
}

bool
replace_is_new(const struct replace *r)
{
	return r->is_new;
}

const char *
replace_staged(const struct replace *r)
{
	return r->staged;
}

/*
 * Mode, owner and group as the file had them.  A coordinator who may write
 * the folder becomes the owner of what they have changed, as with an editor;
 * but the group is that by which the daemon reads it, and has to stay.
 */
static int
keep_rights(const struct replace *r, int fd, struct err *e)
{
	struct stat folder;
	gid_t group = r->was.st_gid;
	mode_t mode = r->was.st_mode & 07777;

	if (r->is_new) {
		if (stat(r->folder, &folder) == -1)
			return err_errno(e, "%s", r->folder);
		group = folder.st_gid;
		mode = 0660;
	}
	if ((r->is_new || fchown(fd, r->was.st_uid, group) == -1) &&
	    fchown(fd, (uid_t)-1, group) == -1)
		return err_errno(e, "%s could not be given to the group that"
		    " it has now; let one do this who may", r->path);
	/* Behind chown, which takes bits away. */
	if (fchmod(fd, mode) == -1)
		return err_errno(e, "%s", r->staged);
	return 0;
}

static int
write_all(int fd, const struct buf *text)
{
	const char *s = buf_text(text);
	size_t left = text->len;

	while (left > 0) {
		ssize_t n = write(fd, s, left);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		s += n;
		left -= (size_t)n;
	}
	return fsync(fd);
}

int
replace_stage(struct replace *r, const struct buf *text, struct err *e)
{
	const char *slash = strrchr(r->path, '/');
	int fd, done;

	unstage(r);
	/* A name that begins with a dot is taken up by no pattern with *. */
	r->staged = mem_printf("%s/.%s.XXXXXX", r->folder,
	    slash ? slash + 1 : r->path);
	fd = mkostemp(r->staged, O_CLOEXEC);
	if (fd == -1) {
		err_errno(e, "nothing can be written in %s", r->folder);
		free(r->staged);
		r->staged = NULL;
		return -1;
	}
	done = keep_rights(r, fd, e);
	if (done == 0 && write_all(fd, text) == -1)
		done = err_errno(e, "%s cannot be written", r->staged);
	if (close(fd) == -1 && done == 0)
		done = err_errno(e, "%s cannot be written", r->staged);
	return done;
}

int
replace_check(const struct replace *r, struct err *e)
{
	struct buf now = BUF_EMPTY;
	struct stat is;
	int found = read_file(r->path, &now, &is, e);
	bool same = found == 1 && !r->is_new && now.len == r->bytes.len &&
	    memcmp(buf_text(&now), buf_text(&r->bytes), now.len) == 0;

	buf_release(&now);
	if (found == -1)
		return -1;
	if (same || (r->is_new && found == 0))
		return 0;
	return err_set(e, "somebody else has changed %s meanwhile; look at it,"
	    " and try again", r->path);
}

/* The new name is safe when the folder is. */
static int
sync_folder(const char *folder, struct err *e)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int done = 0;

	if (fd == -1)
		return err_errno(e, "%s cannot be read", folder);
	if (fsync(fd) == -1)
		done = err_errno(e, "%s cannot be written to the disk", folder);
	close(fd);
	return done;
}

int
replace_commit(struct replace *r, struct err *e)
{
	if (replace_check(r, e) == -1)
		return -1;
	/* A file that came meanwhile must not be lost either. */
	if (r->is_new ? link(r->staged, r->path) == -1
	              : rename(r->staged, r->path) == -1)
		return err_errno(e, "%s cannot be written", r->path);
	if (!r->is_new) {
		free(r->staged);
		r->staged = NULL;
	}
	unstage(r);
	return sync_folder(r->folder, e);
}

int
replace_undo(struct replace *r, struct err *e)
{
	if (r->is_new)
		return unlink(r->path) == 0 ? sync_folder(r->folder, e) :
		    err_errno(e, "%s cannot be taken away", r->path);
	if (replace_stage(r, &r->bytes, e) == -1)
		return -1;
	if (rename(r->staged, r->path) == -1)
		return err_errno(e, "%s cannot be written", r->path);
	free(r->staged);
	r->staged = NULL;
	return sync_folder(r->folder, e);
}

int
replace_lock(const char *main_file, struct err *e)
{
	char *folder = folder_of(main_file);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const struct timespec tenth = { 0, 100000000 };

	if (fd == -1) {
		err_errno(e, "%s cannot be read", folder);
		free(folder);
		return -1;
	}
	free(folder);
	for (int i = 0; flock(fd, LOCK_EX | LOCK_NB) == -1; i++) {
		if (errno != EWOULDBLOCK || i == LOCK_TRIES) {
			close(fd);
			return err_set(e, "somebody else is changing the"
			    " scheme at this moment; try again");
		}
		nanosleep(&tenth, NULL);
	}
	return fd;
}
