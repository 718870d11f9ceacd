/*
 * A machine that is ill at ease, for a program that is run with this in
 * LD_PRELOAD: the file that MACHINE_CLOCK names holds by how many seconds the
 * wall clock is wrong, as an int64_t; while the one that MACHINE_RESOLVER
 * names is there, no name of example.org is resolved, and whoever asks waits.
 * At other times such a name is this machine.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

static int64_t wrong_by(void)
{
	const char *path = getenv("MACHINE_CLOCK");
	int64_t seconds = 0;
	int saved = errno, fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd != -1) {
		if (read(fd, &seconds, sizeof(seconds)) != sizeof(seconds))
			seconds = 0;
		close(fd);
	}
	errno = saved;
	return seconds;
}

int clock_gettime(clockid_t id, struct timespec *ret)
{
	int failed = REAL(clock_gettime)(id, ret);

	if (!failed && id == CLOCK_REALTIME)
		ret->tv_sec += wrong_by();
	return failed;
}

int getaddrinfo(const char *node, const char *service,
    const struct addrinfo *hints, struct addrinfo **ret)
{
	const char *path = getenv("MACHINE_RESOLVER");
	const struct timespec moment = { 0, 20000000 };

	if (path && node && strstr(node, "example.org")) {
		while (access(path, F_OK) == 0)
			nanosleep(&moment, NULL);
		node = "127.0.0.1";
	}
	return REAL(getaddrinfo)(node, service, hints, ret);
}
