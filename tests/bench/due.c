/*
 * How long the ledger itself takes to find the next hundred that are due, and
 * to claim them on disk.
 *
 *	due LEDGER ROUNDS
 *
 * The ledger is a rehearsal's; of what waits there ROUNDS hundreds are claimed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "ledger/ledger.h"
#include "wire.h"

#define AT_ONCE 100

static void __attribute__((noreturn))
fail(const char *what)
{
	fprintf(stderr, "due: %s\n", what);
	exit(1);
}

static int
compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* In us. */
static int64_t
claim(struct ledger *l)
{
	static struct ledger_attempt found[AT_ONCE];
	int64_t began = clock_monotonic_us();
	struct err e;
	int n = ledger_attempts_due(l, "main", CHANNEL_CALL, PURPOSE_FIRST,
	    NEVER, found, AT_ONCE, &e);

	if (n != AT_ONCE)
		fail(n == -1 ? e.text : "not enough is waiting");
	for (int i = 0; i < n; i++) {
		found[i].state = ATTEMPT_SENDING;
		found[i].sent_at = found[i].due_at;
		found[i].deadline = found[i].due_at + MSEC_MINUTE;
		found[i].due_at = 0;
		if (ledger_attempt_save(l, &found[i], &e) == -1)
			fail(e.text);
	}
	if (ledger_commit(l, &e) != LEDGER_OK)
		fail(e.text);
	return clock_monotonic_us() - began;
}

int
main(int argc, char **argv)
{
	long rounds = argc == 3 ? wire_number(argv[2]) : 0;
	int64_t *took = mem_alloc(sizeof(*took) * (size_t)(rounds + 1));
	struct ledger *l;
	struct err e;

	if (rounds <= 0)
		return 2;
	l = ledger_open(argv[1], LEDGER_REHEARSAL, &e);
	if (l == NULL)
		fail(e.text);
	for (long i = 0; i < rounds; i++)
		took[i] = claim(l);
	ledger_close(l);
	qsort(took, (size_t)rounds, sizeof(*took), compare);
	printf("{\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n",
	    (double)took[rounds / 2] / 1000,
	    (double)took[rounds * 99 / 100] / 1000);
	free(took);
	return 0;
}
