/*
 * A disk that fails on demand, for a program that is run with this in
 * LD_PRELOAD: while the file that DISK_TROUBLE names holds a word, changes of
 * the ledger's files fail as the word says ("full", "readonly", "sync").
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char trouble(void)
{
	const char *path = getenv("DISK_TROUBLE");
	char word = 0;
	int saved = errno, fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd != -1) {
		if (read(fd, &word, 1) != 1)
			word = 0;
		close(fd);
	}
	errno = saved;
	return word;
}

static int is_ledger(int fd)
{
	char link[64], path[512];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	if (n <= 0)
		return 0;
	path[n] = '\0';
	return strstr(path, "ringround.db") != NULL;
}

static int fails(int fd, int sync)
{
	char word = trouble();

	if (!word || !is_ledger(fd) || (word == 's') != sync)
		return 0;
	errno = word == 'f' ? ENOSPC : word == 'r' ? EROFS : EIO;
	return 1;
}

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fails(fd, 0) ? -1 : REAL(pwrite)(fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	return fails(fd, 0) ? -1 : REAL(pwrite64)(fd, p, n, at);
}

ssize_t write(int fd, const void *p, size_t n)
{
	return fails(fd, 0) ? -1 : REAL(write)(fd, p, n);
}

int ftruncate(int fd, off_t n)
{
	return fails(fd, 0) ? -1 : REAL(ftruncate)(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
	return fails(fd, 0) ? -1 : REAL(ftruncate64)(fd, n);
}

int fsync(int fd)
{
	return fails(fd, 1) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
	return fails(fd, 1) ? -1 : REAL(fdatasync)(fd);
}
