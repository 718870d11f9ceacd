#include "base/mem.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

static void
test_copies(void)
{
	char *p = mem_alloc(64);
	int sum = 0;

	for (int i = 0; i < 64; i++)
		sum += p[i];
	is_int(sum, 0, "memory is zeroed");
	free(p);
	free(mem_alloc(0));

	is_text(mem_dup(NULL), NULL, "no text gives none");
	p = mem_dup("abc");
	is_text(p, "abc", "a copy");
	free(p);
	p = mem_dupn("abc", 2);
	is_text(p, "ab", "a part");
	free(p);
	p = mem_dupn(NULL, 0);
	is_text(p, "", "a part of nothing");
	free(p);
	p = mem_printf("%d-%s", 7, "up");
	is_text(p, "7-up", "printed");
	mem_free_secret(p);
	mem_free_secret(NULL);
}

static void
test_array(void)
{
	long *items = NULL;
	size_t n = 0, cap = 0;
	long sum = 0;

	for (long i = 0; i < 1000; i++) {
		mem_reserve(&items, n, &cap, sizeof(items[0]));
		items[n++] = i;
	}
	for (size_t i = 0; i < n; i++)
		sum += items[i];
	is_int(sum, 499500, "a growing array keeps what it holds");
	is_int(cap, 1024, "and doubles");
	items = mem_grow(items, 2000, sizeof(items[0]));
	is_int(items[999], 999, "mem_grow keeps it too");
	free(items);
}

static void
test_overflow(void)
{
	volatile size_t lots = SIZE_MAX / 2;
	int status = 0;
	pid_t pid;

	pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		signal(SIGABRT, SIG_DFL);
		free(mem_grow(NULL, lots, 16));
		_exit(0);
	}
	is_int(waitpid(pid, &status, 0), pid, "the child ended");
	ok(!WIFEXITED(status) || WEXITSTATUS(status) != 0,
	    "a size that overflows ends the process");
}

int
main(void)
{
	test_copies();
	test_array();
	test_overflow();
	return tap_done();
}
