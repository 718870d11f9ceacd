/*
 * What the daemon keeps in memory, and the descriptors that it holds, after a
 * year are what they are after a month: nothing of a day stays behind.
 *
 * Its share of the heap is what its end gives back: the people, volunteers and
 * exchange of the simulation stay, and do not count.  (What nothing points at
 * any more is the leak checker's business.)  SQLite's own memory is told apart,
 * because its cache fills up to a bound.
 */
#include <dirent.h>
#include <malloc.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "simulate/scheme.h"
#include "simulate/simulate.h"
#include "tap.h"

#define PEOPLE 12
#define SEED 12			/* London */
#define FROM 20821		/* 2027-01-03 */

/* What may differ: arrays that have grown for the busiest minute so far, and
 * the allocator's own 16 bytes for each page of SQLite's cache. */
#define SLACK (64 << 10)
/* "PRAGMA cache_size" of the ledger, and SQLite's needs beside it. */
#define SQLITE_MOST (12 << 20)

struct share {
	long long heap, sqlite;
	int descriptors;
};

static int
descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	while (dir != NULL && readdir(dir) != NULL)
		n++;
	if (dir != NULL)
		closedir(dir);
	return n;
}

static struct share
held(void)
{
	struct share ret = { .sqlite = sqlite3_memory_used(),
		.descriptors = descriptors() };

	ret.heap = (long long)mallinfo2().uordblks +
	    (long long)mallinfo2().hblkhd - ret.sqlite;
	return ret;
}

/* What a daemon holds that has lived for so many days. */
static struct share
after(struct config *conf, int days)
{
	struct simulate_options o = { .conf = conf, .from = FROM,
		.days = days, .seed = SEED, };
	struct simulation s;
	struct err e = { "" };
	struct share alive, dead;

	ok(simulate_run(&s, &o, &e) == 0 && s.judge.n == 0,
	    "%d days: lived through %s", days, e.text);
	alive = held();
	world_kill(&s.world);
	dead = held();
	simulate_release(&s);
	return (struct share){ alive.heap - dead.heap,
		alive.sqlite - dead.sqlite,
		alive.descriptors - dead.descriptors };
}

/* A sanitizer's own allocator is not counted. */
static bool
heap_is_counted(void)
{
	size_t before = mallinfo2().uordblks;
	void *piece = mem_alloc(1 << 14);
	bool ret = mallinfo2().uordblks > before;

	free(piece);
	return ret;
}

static void
compare(struct share month, struct share year)
{
	printf("# heap %lld and %lld bytes, SQLite %lld and %lld, "
	    "descriptors %d and %d\n", month.heap, year.heap, month.sqlite,
	    year.sqlite, month.descriptors, year.descriptors);
	ok(month.heap > 0, "its share is seen");
	ok(year.heap <= month.heap + SLACK, "its heap is flat over a year");
	ok(year.sqlite <= SQLITE_MOST, "SQLite keeps to its cache");
	is_int(year.descriptors, month.descriptors,
	    "its descriptors are the same");
}

int
main(void)
{
	struct scheme_options made = { PEOPLE, SEED, FROM, 365 };
	struct share month, year;
	struct config *conf;
	struct err e = { "" };

	if (!heap_is_counted()) {
		printf("1..0 # SKIP this build's heap cannot be counted\n");
		return 0;
	}
	/* Before the ledger says that it need not count. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 1);
	sqlite3_initialize();
	if (calendar_open(scheme_zone(SEED), &e) == -1 ||
	    (conf = scheme_make(&made, &e)) == NULL) {
		printf("Bail out! %s\n", e.text);
		return 1;
	}
	month = after(conf, 30);
	year = after(conf, 365);
	compare(month, year);
	config_free(conf);
	return tap_done();
}
