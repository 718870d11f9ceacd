/*
 * A gateway that was down for hours: its incident ends by itself, with nobody
 * to ring, and whoever waits is then rung at its rate, within their hours and
 * the day's cap.
 */
#include "rig.h"

#define ALONE RIG_HEAD WALTER TEAM
#define MORNING "morning", RIG_DATE
#define PEOPLE 100
#define CAP 3

static int
lookups(struct rig *r)
{
	struct exchange_count n;

	exchange_count(r->exchange, &n);
	return (int)n.lookups;
}

static int
faults(struct rig *r)
{
	struct exchange_count n;

	exchange_count(r->exchange, &n);
	return (int)n.faults;
}

/* With nobody left to ask until tomorrow. */
static void
test_ends_by_itself(void)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(13, 0));
	is_int(rig_incidents(r), 1, "down for hours");
	is_text(engine_gateway_state(r->engine, "main"), "down", "shown");
	rig_lines(r, "calm\n");
	rig_run(r, RIG_AT(13, 11));
	is_int(rig_incidents(r), 0, "it ends within ten minutes");
	is_text(engine_gateway_state(r->engine, "main"), "up", "shown");
	is_int(rig_mails_with(r, "asha@example.org", "works again"), 1,
	    "told once");
	is_int(rig_made(r), 0, "and nobody was rung for it");
	is_int(lookups(r), 1, "by one listing");
	rig_run(r, RIG_AT(20, 0));
	is_int(lookups(r), 1, "one that works is left in peace");
	rig_close(r);
}

/* Its distance grows: a gateway on its knees is not pestered. */
static void
test_is_gentle(void)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(7, 0));
	int n = 0;

	rig_run(r, RIG_AT(11, 0));
	n = faults(r);
	rig_run(r, RIG_AT(15, 0));
	n = faults(r) - n;
	ok(n >= 20 && n <= 25, "every ten minutes: %d in four hours", n);
	is_int(rig_incidents(r), 1, "a listing that fails ends nothing");
	is_int(rig_mails_with(r, "asha@example.org", "gateway is down"), 1,
	    "nor begins anything");
	rig_close(r);
}

/* A restart knows of the incident from the ledger alone. */
static void
test_after_restart(void)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(13, 0));
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, r->now + MSEC_MINUTE / 2);
	is_text(engine_gateway_state(r->engine, "main"), "down",
	    "still down after a restart");
	rig_lines(r, "calm\n");
	rig_run(r, RIG_AT(13, 11));
	is_int(rig_incidents(r), 0, "and ended by itself");
	rig_close(r);
}

/* A listing proves nothing where our set-up is refused. */
static void
test_setup(void)
{
	struct rig *r = rig_open(ALONE, "fault unauthorised for 180m\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(15, 0));
	is_int(rig_incidents(r), 1, "the next create will tell");
	is_int(lookups(r), 0, "no listing");
	rig_close(r);
}

static char *
hundred(void)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, RIG_SERVICE "max_attempts_per_day = 3\n" RIG_GATEWAY
	    "calls_per_second = 1\n" RIG_REST RIG_MORNING TEAM);
	for (int i = 0; i < PEOPLE; i++)
		buf_addf(&b, "[participant p%02d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 960%03d\n"
		    "area = Sneinton\nround = morning\n"
		    "contact_hours = 08:00-10:05\n" RIG_LIVE, i, i);
	return buf_take(&b);
}

/* It works again a minute before the hours of all who wait end. */
static void
test_no_burst(int until)
{
	char *scheme = hundred(), lines[80];
	struct rig *r;
	int most = 0, late = 0, beyond = 0, made;

	snprintf(lines, sizeof(lines), "fault unreachable all for %dm\n",
	    until);
	r = rig_open(scheme, lines, RIG_AT(8, 0));
	rig_run(r, RIG_AT(8, 0) + until * MSEC_MINUTE);
	is_int(rig_made(r), 0, "%d min: all wait", until);
	made = (int)r->n_creates;
	rig_run(r, RIG_AT(23, 0));
	for (size_t i = (size_t)made; i < r->n_creates; i++) {
		const struct rig_create *c = &r->creates[i];
		int n = 0, own = 0;

		if (c->channel != CHANNEL_CALL)
			continue;
		if (c->at >= RIG_AT(10, 0))
			late++;
		for (size_t k = (size_t)made; k <= i; k++) {
			const struct rig_create *d = &r->creates[k];

			if (d->channel != CHANNEL_CALL)
				continue;
			n += c->at - d->at < 10 * MSEC_SECOND;
			own += strcmp(c->to, d->to) == 0;
		}
		if (n > most)
			most = n;
		if (own > CAP)
			beyond++;
	}
	ok(most >= 5 && most <= 11, "%d min: at its rate: %d in ten seconds",
	    until, most);
	is_int(late, 0, "%d min: nobody after their hours", until);
	is_int(beyond, 0, "%d min: nobody beyond the cap", until);
	/* Who was reached too late may be many at once: another incident. */
	is_text(engine_gateway_state(r->engine, "main"), "up",
	    "%d min: the incident has ended", until);
	is_int(rig_open_flags(r), PEOPLE, "%d min: each has a flag", until);
	rig_close(r);
	free(scheme);
}

int
main(void)
{
	test_ends_by_itself();
	test_is_gentle();
	test_after_restart();
	test_setup();
	test_no_burst(100);
	test_no_burst(118);
	return tap_done();
}
