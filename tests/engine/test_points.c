/*
 * Death at each commit of a morning, before it and between it and what it
 * releases; and with a number N > 1 as argument, N such points of many seeded
 * days in which everything else fails too.
 */
#include "rig.h"

#include "base/num.h"

#define SCHEME RIG_HEAD EDNA WALTER STAN VERA TEAM
#define HABITS EDNA_CALL " call no-answer\n" EDNA_TEXT " text reply \"OK\"\n" \
	WALTER_CALL " call key 1\n" COUPLE_CALL " call key 2\n"         \
	TOM_TEXT " text silent, reply \"YES {code}\"\n"
#define POINTS_MAX 2000

static const char *const people[] = { "edna", "walter", "stan", "vera" };

/* Each was heard, or has a flag; a key that the gateway was told 2xx for is
 * never asked for again. */
static void
look(struct rig *r, int n)
{
	int unheard = 0;

	for (size_t i = 0; i < COUNT(people); i++) {
		struct ledger_checkin c = rig_checkin_row(r, people[i],
		    "morning", RIG_DATE);

		if (!checkin_state_is_final(c.state) ||
		    (c.confirmed_by == CONFIRMED_BY_NOBODY && c.flag == 0))
			unheard++;
	}
	is_int(unheard, 0, "death at commit %d: everybody was heard, or is "
	    "flagged", n);
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "and a key that was heard has confirmed");
}

/* True while there are commits to die at. */
static bool
die_at(int n, enum rig_death death)
{
	struct rig *r = rig_open(SCHEME, HABITS, RIG_AT(8, 59));
	int died;

	rig_die(r, n, death);
	rig_run(r, RIG_AT(11, 0));
	died = r->deaths;
	look(r, n);
	rig_close(r);
	return died > 0;
}

static void
test_each(enum rig_death death)
{
	int n = 1;

	while (n < POINTS_MAX && die_at(n, death))
		n++;
	ok(n > 20 && n < POINTS_MAX, "%d points of death", n - 1);
}

/* A day of faults on which it dies again and again; how often it died. */
static int
die_often(uint64_t seed)
{
	struct rig *r = rig_open(SCHEME, HABITS, RIG_AT(7, 0));
	struct random chance;
	int deaths, forgotten = 0;

	printf("# seed %d\n", (int)seed);
	random_init_seed(&chance, seed);
	exchange_fault_level(r->exchange, r->now, (int)(seed % 4));
	while (r->now < RIG_AT(13, 0)) {
		if (r->commits_left == 0)
			rig_die(r, 1 + (int)random_below(&chance, 6),
			    random_below(&chance, 2) ? RIG_AFTER_COMMIT :
			    RIG_BEFORE_COMMIT);
		rig_run(r, r->now + (msec)random_below(&chance, 120) *
		    MSEC_SECOND);
		forgotten += rig_forgotten(r);
	}
	is_int(forgotten, 0, "nobody is forgotten at any time");
	deaths = r->deaths;
	rig_close(r);
	return deaths;
}

int
main(int argc, char **argv)
{
	int64_t wanted = 200;
	int deaths = 0;
	struct err e;

	if (argc > 1 && num_int(argv[1], 0, 1000000, &wanted, &e) == -1)
		return 1;

	test_each(RIG_BEFORE_COMMIT);
	test_each(RIG_AFTER_COMMIT);
	for (uint64_t seed = 1; deaths < wanted && seed < 10000; seed++)
		deaths += die_often(seed);
	ok(deaths >= wanted, "%d deaths on days of faults", deaths);
	return tap_done();
}
