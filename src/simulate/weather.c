#include "simulate/weather.h"

#include <stdio.h>

/* Of a thousand days, at the first level; twice and thrice that at others. */
#define OUTAGES 40
#define MAIL_OUTAGES 40
#define DEATHS 60
#define CUTS 30
#define LONGEST_OUTAGE (4 * MSEC_HOUR)
#define LONGEST_DEATH (3 * MSEC_HOUR)
#define LONGEST_CUT (6 * MSEC_HOUR)
/* All that a day brings lies in it. */
#define FROM (5 * MSEC_HOUR)
#define UNTIL (20 * MSEC_HOUR)

static msec
between(struct weather *k, msec least, msec most)
{
	return least + (msec)random_below(&k->chance, (uint32_t)(most -
	    least));
}

static bool
today(struct weather *k, uint32_t times)
{
	return random_below(&k->chance, 1000) < times * (uint32_t)k->level;
}

void
weather_begin(struct weather *k, int level, uint64_t seed, struct world *w)
{
	*k = (struct weather){
		.level = level, .dies_at = NEVER, .back_at = NEVER,
	};
	random_init_seed(&k->chance, seed);
	for (int i = 0; i < w->wire.n_lines; i++)
		exchange_fault_level(w->wire.lines[i].exchange, w->now, level);
}

static void
plan_outage(struct weather *k, struct world *w)
{
	char line[80];
	struct err e;
	msec begins = between(k, FROM, UNTIL);
	msec lasts = between(k, MSEC_MINUTE, LONGEST_OUTAGE);
	int which = (int)random_below(&k->chance, (uint32_t)w->wire.n_lines);

	snprintf(line, sizeof(line), "in %ds fault %s all for %ds\n",
	    (int)(begins / MSEC_SECOND), random_below(&k->chance, 2) == 0 ?
	    "unreachable" : "error-before 503", (int)(lasts / MSEC_SECOND));
	if (exchange_script(w->wire.lines[which].exchange, w->now, line,
	    &e) == 0)
		k->outages++;
}

static void
cut_power(struct weather *k, struct world *w, struct crowd *crowd)
{
	msec from = w->now + between(k, FROM, UNTIL);
	msec until = from + between(k, MSEC_HOUR, LONGEST_CUT);

	crowd_cut(crowd, from, until, 20 + random_below(&k->chance, 80));
	k->cuts++;
}

void
weather_day(struct weather *k, struct world *w, struct crowd *crowd)
{
	if (k->level == 0)
		return;
	if (today(k, OUTAGES))
		plan_outage(k, w);
	if (today(k, MAIL_OUTAGES)) {
		k->mail_from = w->now + between(k, FROM, UNTIL);
		k->mail_until = k->mail_from + between(k, MSEC_MINUTE,
		    LONGEST_OUTAGE);
	}
	if (today(k, CUTS))
		cut_power(k, w, crowd);
	if (today(k, DEATHS)) {
		k->dies_at = w->now + between(k, FROM, UNTIL);
		/* Mostly systemd starts it again at once. */
		k->back_at = k->dies_at + (random_below(&k->chance, 4) > 0 ?
		    5 * MSEC_SECOND : between(k, MSEC_MINUTE, LONGEST_DEATH));
	}
}

msec
weather_next(const struct weather *k)
{
	return k->dies_at < k->back_at ? k->dies_at : k->back_at;
}

int
weather_happen(struct weather *k, struct world *w, struct err *e)
{
	if (k->dies_at <= w->now) {
		k->dies_at = NEVER;
		k->deaths++;
		world_kill(w);
	}
	if (k->back_at > w->now)
		return 0;
	k->back_at = NEVER;
	return world_start(w, e);
}

bool
weather_mail_is_down(const struct weather *k, msec now)
{
	return now >= k->mail_from && now < k->mail_until;
}
