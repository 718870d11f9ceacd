#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

#define LONGEST 4096
#define LONGEST_WHOLE 65536

/* The file's path among systemd's credentials; the caller frees.  NULL
 * where there is no such folder or the path has no name in it. */
static char *
credential_path(const char *path)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	if (!folder || !*folder || !*name)
		return NULL;
	return mem_printf("%s/%s", folder, name);
}

/* At most size bytes; how many, or -1. */
static ssize_t
read_all(int fd, char *to, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, to + done, size - done);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

/* Cut the text at its first line's end, and say whether it can be a secret. */
static int
first_line(const char *path, char *text, size_t n, struct err *e)
{
	char *end = memchr(text, '\n', n);

	if (end)
		n = (size_t)(end - text);
	if (n > 0 && text[n - 1] == '\r')
		n--;
	text[n] = '\0';
	if (strlen(text) != n)
		return err_set(e, "%s holds a NUL byte; a secret is one line"
		    " of text", path);
	if (n == 0)
		return err_set(e, "%s is empty or begins with an empty line;"
		    " write the secret into its first line", path);
	return 0;
}

static int
whole(const char *path, const char *text, size_t n, struct err *e)
{
	if (n == 0)
		return err_set(e, "%s is empty", path);
	if (strlen(text) != n)
		return err_set(e, "%s holds a NUL byte; it is a file of text",
		    path);
	return 0;
}

static int
read_opened(int fd, const char *path, bool line, char **ret, bool *ret_world,
    struct err *e)
{
	size_t longest = line ? LONGEST : LONGEST_WHOLE;
	char *text = NULL;
	struct stat st;
	ssize_t n;

	if (fstat(fd, &st) == -1)
		return err_errno(e, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, "%s is not a plain file", path);
	text = mem_alloc(longest + 2);
	n = read_all(fd, text, longest + 1);
	if (n == -1)
		err_errno(e, "%s", path);
	else if ((size_t)n > longest)
		err_set(e, "%s is longer than %zu bytes; %s", path, longest,
		    line ? "a secret is one short line"
		         : "it should hold no more than one secret");
	else if ((line ? first_line(path, text, (size_t)n, e)
	               : whole(path, text, (size_t)n, e)) == 0) {
		*ret = mem_dup(text);
		*ret_world = st.st_mode & S_IROTH;
		explicit_bzero(text, longest + 2);
		free(text);
		return 0;
	}
	explicit_bzero(text, longest + 2);
	free(text);
	return -1;
}

static int
read_secret(const char *path, bool line, char **ret, bool *ret_world,
    struct err *e)
{
	/* Not to block on a FIFO that stands in the file's place. */
	const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
	char *credential = credential_path(path);
	const char *opened = path;
	int fd = -1;
	int result = -1;

	if (credential) {
		fd = open(credential, flags);
		if (fd != -1 || errno != ENOENT)
			opened = credential;
	}
	if (opened == path)
		fd = open(path, flags);
	if (fd == -1) {
		err_errno(e, "%s", opened);
	} else {
		result = read_opened(fd, opened, line, ret, ret_world, e);
		close(fd);
	}
	free(credential);
	return result;
}

int
secret_read(const char *path, char **ret, bool *ret_world, struct err *e)
{
	return read_secret(path, true, ret, ret_world, e);
}

int
secret_read_whole(const char *path, char **ret, bool *ret_world,
    struct err *e)
{
	return read_secret(path, false, ret, ret_world, e);
}
