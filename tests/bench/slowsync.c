/*
 * For LD_PRELOAD: each sync takes SLOWSYNC_US longer, as on a disk whose flush
 * costs something, and their number is written to SLOWSYNC_COUNT at the end.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long calls;

static int
slow(const char *name, int fd)
{
	const char *us = getenv("SLOWSYNC_US");
	struct timespec t = { 0, 0 };
	int (*real)(int);

	*(void **)&real = dlsym(RTLD_NEXT, name);
	__atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
	/* less than a second, and so all nanoseconds */
	for (; us != NULL && *us >= '0' && *us <= '9'; us++)
		t.tv_nsec = t.tv_nsec * 10 + (*us - '0') * 1000L;
	if (t.tv_nsec > 0)
		nanosleep(&t, NULL);
	return real(fd);
}

int
fsync(int fd)
{
	return slow("fsync", fd);
}

int
fdatasync(int fd)
{
	return slow("fdatasync", fd);
}

__attribute__((destructor)) static void
tell(void)
{
	const char *path = getenv("SLOWSYNC_COUNT");
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	fprintf(f, "%ld\n", calls);
	fclose(f);
}
