/*
 * Many people, each as they are, over days; everything fails that can, and
 * the daemon dies again and again.  What must hold all the same.
 */
#include "rig.h"

#define PEOPLE 40
#define DAYS 3
#define CAP 6

static char *
make_scheme(void)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, RIG_SERVICE RIG_GATEWAY "calls_per_second = 2\n" RIG_REST
	    "[round morning]\ndays = mon-sun\nat = 09:00\nspread = 20m\n"
	    "ladder = standard\n"
	    "[round evening]\ndays = mon-sun\nat = 17:00\nspread = 10m\n"
	    "ladder = standard\nask_again = yes\n" TEAM);
	for (int i = 0; i < PEOPLE; i++) {
		/* Every fifth shares the telephone of the one before. */
		int line = i % 5 == 4 ? i - 1 : i;

		buf_addf(&b, "[participant p%02d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 960%03d\n"
		    "area = Sneinton\nround = morning%s\n" RIG_LIVE, i, line,
		    i % 3 == 0 ? ", evening" : "");
		if (i % 2 == 0)
			buf_addf(&b, "text = 07700 900%03d\n", 500 + line);
	}
	return buf_take(&b);
}

/* Nobody outside their hours, and nobody beyond the cap. */
static void
check_pestering(struct rig *r)
{
	int outside = 0, beyond = 0, together = 0;

	for (size_t i = 0; i < r->n_creates; i++) {
		const struct rig_create *c = &r->creates[i];
		int minute = calendar_minute(c->at);
		size_t n = 0;
		int that_day = 0;

		(void)config_people_at(r->conf, c->to, &n);
		if (n == 0 || c->channel != CHANNEL_CALL)
			continue;
		if (minute < 8 * 60 || minute >= 20 * 60)
			outside++;
		for (size_t k = i + 1; k < r->n_creates; k++) {
			const struct rig_create *d = &r->creates[k];

			if (d->channel != CHANNEL_CALL ||
			    strcmp(c->to, d->to) != 0 ||
			    calendar_date(c->at) != calendar_date(d->at))
				continue;
			/* What did not reach the gateway goes again. */
			if (strcmp(c->ref, d->ref) == 0)
				break;
			that_day++;
			if (d->at - c->at < 5 * MSEC_SECOND) {
				together++;
				printf("# %s %s and %s\n", c->to, c->ref,
				    d->ref);
			}
		}
		if (that_day >= CAP * (int)n)
			beyond++;
	}
	is_int(outside, 0, "nobody is rung outside their hours");
	is_int(beyond, 0, "nobody beyond the cap");
	is_int(together, 0, "nobody twice at once");
}

/* Every check-in of the past days is confirmed, flagged or cancelled. */
static void
check_ends(struct rig *r)
{
	int open = 0, unflagged = 0, total = 0;

	for (int i = 0; i < PEOPLE; i++)
		for (int d = 0; d < DAYS; d++) {
			struct ledger_checkin c[16];
			struct err e;
			char id[16];
			int n;

			snprintf(id, sizeof(id), "p%02d", i);
			n = ledger_checkins_of(r->ledger, id, RIG_DATE + d, c,
			    16, &e);
			for (int k = 0; k < n; k++) {
				total++;
				if (!checkin_state_is_final(c[k].state))
					open++;
				else if (c[k].flag == 0 &&
				    c[k].confirmed_by == CONFIRMED_BY_NOBODY)
					unflagged++;
			}
			if (n != 1 + (i % 3 == 0))
				unflagged++;
		}
	ok(total >= PEOPLE * DAYS, "all of them: %d", total);
	is_int(open, 0, "each has ended");
	is_int(unflagged, 0, "each unheard one is flagged");
}

static void
live_through(int seed, int level)
{
	char *scheme = make_scheme();
	struct rig *r = rig_open(scheme, NULL, RIG_AT(7, 0));
	struct random chance;
	int deaths = 0, forgotten = 0;

	printf("# seed %d, faults %d\n", seed, level);
	rig_lines(r, TOM_TEXT " text silent, reply \"YES {code}\", reply "
	    "\"NO {code}\"\n" GRACE_TEXT " text silent\n" ASHA_TEXT
	    " text undelivered, silent\n");
	random_init_seed(&chance, (uint64_t)seed);
	exchange_fault_level(r->exchange, r->now, level);
	while (r->now < rig_instant(RIG_DATE + DAYS, 0, 30)) {
		rig_run(r, r->now + (msec)random_below(&chance,
		    90 * MSEC_MINUTE));
		forgotten += rig_forgotten(r);
		if (random_below(&chance, 3) != 0)
			continue;
		rig_kill(r);
		deaths++;
		rig_run(r, r->now + (msec)random_below(&chance,
		    10 * MSEC_MINUTE));
		rig_start(r, NULL);
	}
	is_int(forgotten, 0, "nobody is forgotten at any time");
	check_pestering(r);
	check_ends(r);
	printf("# %d deaths, %d creates, %zu e-mails\n", deaths, rig_made(r),
	    r->n_mails);
	rig_close(r);
	free(scheme);
}

int
main(void)
{
	for (int seed = 1; seed <= 4; seed++)
		live_through(seed, seed - 1);
	return tap_done();
}
