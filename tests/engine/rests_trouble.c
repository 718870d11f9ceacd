/*
 * Trouble does not rest: incidents, holds, gateways that do not answer.
 */
#include "rests.h"

/* ---- incidents ---------------------------------------------------------- */

static int
open_incident(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct deadline_row *d = arg;
	enum incident_kind kind = (enum incident_kind)d->state;
	int64_t id;
	bool fresh;

	return ledger_incident_open(engine_ledger(en), kind,
	    kind == INCIDENT_GATEWAY_DOWN ? "main" : "", "by hand", now, &id,
	    &fresh, e);
}

static struct rig *
trouble(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	if (d->at_most == NEVER)
		rig_hush(r);
	is_text(rig_in_turn(r, open_incident, (void *)(uintptr_t)d), "",
	    "%s: is there", d->name);
	is_int(rig_incidents(r), 1, "and stands");
	return r;
}

/* It ends by itself. */
static void
passes(const struct deadline_row *d)
{
	struct rig *r = trouble(d);

	rig_run(r, RIG_AT(8, 0) + rests_over_by(d) + d->again);
	is_int(rig_incidents(r), 0, "%s: %s", d->name, d->then);
	rig_close(r);
}

static void
gateway_down(const struct deadline_row *d)
{
	struct rig *r = trouble(d);

	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) + MSEC_SECOND);
	is_int(r->swallowed.lookups, 1, "%s: %s", d->name, d->then);
	rig_run(r, RIG_AT(18, 0));
	ok(r->swallowed.lookups >= 10 * MSEC_HOUR / d->again,
	    "%s: again and again (%d)", d->name, r->swallowed.lookups);
	rig_close(r);
}

static void
mail_down(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	r->mail_fate = POST_LATER;
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_incidents(r), 1, "%s: is there", d->name);
	r->mail_fate = POST_ACCEPTED;
	rig_run(r, RIG_AT(12, 0) + d->again + MSEC_SECOND);
	is_int(rig_incidents(r), 0, "%s: %s", d->name, d->then);
	rig_close(r);
}

static void
audit(const struct deadline_row *d)
{
	struct rig *r = trouble(d);

	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) + MSEC_SECOND);
	is_int(rig_incidents(r), 0, "%s: %s, and all is well", d->name,
	    d->then);
	rig_close(r);
}

static void
clock_behind(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	rig_step_clock(r, -30 * MSEC_MINUTE);
	is_int(rig_incidents(r), 1, "%s: is there", d->name);
	rig_run(r, RIG_AT(8, 28));
	is_int(rig_incidents(r), 1, "%s: as long as it is", d->name);
	rig_run(r, RIG_AT(8, 30) + rests_first_by(d));
	is_int(rig_incidents(r), 0, "%s: %s", d->name, d->then);
	rig_close(r);
}

static void
clock_forward(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	rig_step_clock(r, 30 * MSEC_MINUTE);
	is_int(rests_number(r, "SELECT count(*) FROM incident"), 1,
	    "%s: was there", d->name);
	is_int(rig_incidents(r), 0, "%s: %s", d->name, d->then);
	rig_close(r);
}

/* Whatever stands is brought to mind, by day. */
static void
stands(const struct deadline_row *d, struct rig *r, const char *words)
{
	int times = (int)(2 * MSEC_DAY / d->again);

	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) - MSEC_SECOND);
	is_int(rig_texts_with(r, ASHA_TEXT, words), 0, "%s: not sooner",
	    d->name);
	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) +
	    deadlines[DEADLINE_AUDIT].again);
	is_int(rig_texts_with(r, ASHA_TEXT, words), 1, "%s: %s", d->name,
	    d->then);
	rig_run(r, RIG_AT(8, 0) + 2 * MSEC_DAY + MSEC_HOUR);
	/* Not from eight in the evening to eight in the morning. */
	is_int(rig_texts_with(r, ASHA_TEXT, words), times > 2 ? times / 2 :
	    times, "%s: again and again, by day", d->name);
	rig_close(r);
}

static void
incident(const struct deadline_row *d)
{
	struct deadline_row as_dropped = *d;
	struct rig *r;

	as_dropped.state = INCIDENT_PEOPLE_DROPPED;
	as_dropped.at_most = 0;
	r = trouble(&as_dropped);
	stands(d, r, "has not ended");
}

static void
hold(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	is_text(rig_hold(r, "morning"), "", "%s: is there", d->name);
	stands(d, r, "still on hold");
}

/* ---- a gateway that is asked what it made ------------------------------- */

static void
listing(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	rig_run(r, RIG_AT(9, 20));
	rig_hush(r);
	rig_start(r, NULL);
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'first'"
	    " AND state = 'planned'", RIG_AT(9, 20), RIG_AT(9, 20) +
	    rests_over_by(d), d->again);
	is_int(r->swallowed.submits, 1, "asked");
	ok(r->swallowed.lookups >= 3, "after the gateway was, each %lld min "
	    "(%d)", (long long)(d->within / MSEC_MINUTE), r->swallowed.lookups);
	rig_close(r);
}

/* ---- texts that are fetched --------------------------------------------- */

static struct rig *
polled(void)
{
	rig_polls = true;
	return rig_open(RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n"
	    "inbound = poll\npoll_every = 30s\n" RIG_REST RIG_MORNING TEAM,
	    "", RIG_AT(8, 0));
}

static void
inbox(const struct deadline_row *d)
{
	struct rig *r = polled();
	msec over = RIG_AT(8, 11) + rests_first_by(d);

	rig_lines(r, "fault error-before 503 lookups for 11m\n");
	rig_run(r, RIG_AT(8, 10));
	is_int(rig_incidents(r), 1, "%s: is there", d->name);
	rig_run(r, over + 5 * MSEC_SECOND);
	is_int(rig_incidents(r), 0, "%s: %s, and it is over", d->name,
	    d->then);
	rig_close(r);
}

static void
inbox_list(const struct deadline_row *d)
{
	struct rig *r = polled();
	int asked;

	rig_run(r, RIG_AT(8, 1));
	rig_hush(r);
	rig_run(r, RIG_AT(8, 2));
	is_int(r->swallowed.inboxes, 1, "%s: is there", d->name);
	rig_run(r, RIG_AT(8, 1) + rests_first_by(d) - MSEC_SECOND);
	is_int(r->swallowed.inboxes, 1, "%s: so long", d->name);
	rig_run(r, RIG_AT(8, 2) + rests_first_by(d));
	asked = r->swallowed.inboxes;
	is_int(asked, 2, "%s: %s", d->name, d->then);
	rig_run(r, RIG_AT(9, 2));
	ok(r->swallowed.inboxes >= 10, "again and again (%d)",
	    r->swallowed.inboxes);
	rig_close(r);
}

const struct rests_trial rests_trouble[] = {
	{ DEADLINE_GATEWAY_DOWN, gateway_down },
	{ DEADLINE_MAIL_DOWN, mail_down },
	{ DEADLINE_OUTAGE, passes },
	{ DEADLINE_SILENCE, passes },
	{ DEADLINE_AUDIT, audit },
	{ DEADLINE_SET_ASIDE, passes },
	{ DEADLINE_DROPPED, incident },
	{ DEADLINE_CLOCK_BEHIND, clock_behind },
	{ DEADLINE_CLOCK_FORWARD, clock_forward },
	{ DEADLINE_INBOX, inbox },
	{ DEADLINE_INCIDENT, incident },
	{ DEADLINE_HOLD, hold },
	{ DEADLINE_LISTING, listing },
	{ DEADLINE_INBOX_LIST, inbox_list },
	{ 0, NULL },
};
