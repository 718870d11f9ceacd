/*
 * Check-ins, attempts and replies do not rest.
 */
#include "rests.h"

#define MABEL                                                         \
	RIG_PERSON("mabel", "Mrs Mabel Hogg", "call_me = Mabel\n"     \
	"round = letter\ntext = 07700 900150\n")                      \
	"[round letter]\nat = 09:00\nladder = gentle\n"
#define MABEL_TEXT "07700 900150"
#define POLLED RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n"  \
	"inbound = poll\npoll_every = 30s\n" RIG_REST RIG_MORNING WALTER TEAM
#define OLIVE                                                         \
	RIG_PERSON("olive", "Mrs Olive Tapp", "call_me = Olive\n"     \
	"round = morning\nphone = 0115 496 0131\nchannel = human\n")

/* ---- check-ins ---------------------------------------------------------- */

static void
due(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	is_text(rig_hold(r, ""), "", "on hold");
	rests_last(r, d, "SELECT count(*) FROM checkin WHERE state = 'due'"
	    " AND slot < 1796428800000", RIG_AT(8, 0), RIG_AT(9, 0) +
	    rests_over_by(d), 0);
	ok(strstr(rig_flag(r, "walter"), "missed open"), "and is flagged");
	rig_close(r);
}

static void
asking(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	rig_hush(r);
	rests_last(r, d, "SELECT count(*) FROM checkin WHERE state = 'asking'",
	    RIG_AT(9, 0), RIG_AT(9, 0) + rests_over_by(d), 0);
	ok(strstr(rig_flag(r, "walter"), "open"), "it is: %s",
	    rig_flag(r, "walter"));
	rig_close(r);
}

static void
asking_human(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD OLIVE TEAM, "", RIG_AT(8, 0));

	rig_hush(r);
	rests_last(r, d, "SELECT count(*) FROM checkin WHERE state = 'asking'",
	    RIG_AT(9, 0), RIG_AT(9, 0) + rests_over_by(d), 0);
	is_text(rig_checkin(r, "olive", MORNING), "missed", "nobody rang");
	rig_close(r);
}

/* ---- attempts ----------------------------------------------------------- */

static void
step_planned(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(8, 0));

	rests_last(r, d, "SELECT count(*) FROM attempt WHERE checkin NOT NULL"
	    " AND state = 'planned'", RIG_AT(9, 0), RIG_AT(9, 0) +
	    rests_of_scheme(d), 0);
	rig_close(r);
}

/* A notice of no flag: of one, the time to claim it is shorter. */
static void
notice_planned(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(7, 0));

	is_text(rig_hold(r, ""), "", "the coordinator is told");
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'notice'"
	    " AND state <> 'ended'", RIG_AT(7, 0), RIG_AT(7, 0) +
	    rests_over_by(d), d->again);
	rig_close(r);
}

static void
answer_planned(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(8, 0));

	rig_texts(r, TOM_TEXT, "hello there");
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'answer'"
	    " AND state <> 'ended'", RIG_AT(8, 0), RIG_AT(8, 0) +
	    rests_over_by(d), d->again);
	rig_close(r);
}

static int
ask_to_be_put_through(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_bridge(en, arg, "", "asha", "socket", now, e);
}

/* Walter is flagged, and she waits for her telephone to ring. */
static void
bridge_planned(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(8, 0));
	char code[16];

	rig_run(r, RIG_AT(10, 1));
	snprintf(code, sizeof(code), "%s", rig_code(r, "walter"));
	is_text(rig_in_turn(r, ask_to_be_put_through, code), "", "asked");
	rests_last(r, d, "SELECT count(*) FROM bridge WHERE ended_at IS NULL",
	    RIG_AT(10, 1), RIG_AT(10, 1) + rests_over_by(d), d->again);
	rig_close(r);
}

static void
sending(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	rig_hush(r);
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE state = 'sending'",
	    RIG_AT(9, 0), RIG_AT(9, 0) + rests_over_by(d), 0);
	is_text(rig_attempts(r, "walter", MORNING), "call uncertain", "it is");
	rig_close(r);
}

/* A check-in's as long as it is asked; a notice's for its number alone. */
static void
uncertain(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	rig_hush(r);
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	is_text(rig_resume(r, "morning"), "", "and no more");
	rig_run(r, RIG_AT(8, 2));
	ok(r->swallowed.lookups == 1, "looked up after %lld s",
	    (long long)(d->within / MSEC_SECOND));
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'notice'"
	    " AND state = 'uncertain'", RIG_AT(8, 3), RIG_AT(8, 0) +
	    d->at_most + d->again, d->again);
	ok(r->swallowed.lookups >= 25, "looked up each minute (%d)",
	    r->swallowed.lookups);
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'first'"
	    " AND state = 'uncertain'", RIG_AT(9, 3), RIG_AT(9, 0) +
	    rests_over_by(d), d->at_most + d->again);
	rig_close(r);
}

static void
call(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "fault callbacks-missing all\n",
	    RIG_AT(8, 0));

	rig_run(r, RIG_AT(9, 0) + 2 * MSEC_SECOND);
	rig_hush(r);
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'first'"
	    " AND state = 'accepted'", RIG_AT(9, 0) + 2 * MSEC_SECOND,
	    RIG_AT(9, 0) + rests_over_by(d), d->again);
	ok(r->swallowed.polls >= 8, "after it was asked after (%d times)",
	    r->swallowed.polls);
	rig_close(r);
}

static void
text(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_SERVICE RIG_GATEWAY RIG_REST MABEL TEAM,
	    MABEL_TEXT " text sent\n", RIG_AT(8, 0));

	/* This ladder's flag comes after two hours. */
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'first'"
	    " AND state = 'accepted'", RIG_AT(9, 1), RIG_AT(9, 0) +
	    MSEC_HOUR + rests_over_by(d), 2 * MSEC_MINUTE);
	rig_close(r);
}

static void
receipt(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, ASHA_TEXT " text sent\n",
	    RIG_AT(8, 0));

	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'notice'"
	    " AND state = 'accepted'", RIG_AT(8, 1), RIG_AT(8, 0) +
	    rests_over_by(d) + MSEC_SECOND, 5 * MSEC_SECOND);
	rig_close(r);
}

/* Nothing tells what becomes of it: it is asked for. */
static void
polled_text(const struct deadline_row *d)
{
	struct rig *r;

	rig_polls = true;
	r = rig_open(POLLED, ASHA_TEXT " text sent\n", RIG_AT(8, 0));
	rig_polls = false;
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rig_run(r, RIG_AT(8, 0) + 5 * MSEC_SECOND);
	rig_hush(r);
	rig_run(r, RIG_AT(8, 0) + d->within - MSEC_SECOND);
	is_int(r->swallowed.polls, 0, "%s: not sooner", d->name);
	rig_run(r, RIG_AT(8, 0) + d->within + 5 * MSEC_SECOND);
	is_int(r->swallowed.polls, 1, "%s: %s", d->name, d->then);
	rests_last(r, d, "SELECT count(*) FROM attempt WHERE purpose = 'notice'"
	    " AND state = 'accepted'", r->now, RIG_AT(8, 0) + d->at_most +
	    5 * MSEC_SECOND, 10 * MSEC_SECOND);
	ok(r->swallowed.polls >= 5 && r->swallowed.polls <= 8, "after %d looks",
	    r->swallowed.polls);
	rig_close(r);
}

/* ---- replies ------------------------------------------------------------ */

static int
add_question(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct deadline_row *d = arg;
	struct ledger_reply q = { .ref = "aaaa", .participant = "walter",
		.number = "+441154960130", .channel = CHANNEL_CALL,
		.gateway = "main", .gateway_id = "CA1", .at = now,
		.settle_at = now + d->within };

	return ledger_reply_add(engine_ledger(en), &q, e);
}

static void
question(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	is_text(rig_in_turn(r, add_question, (void *)(uintptr_t)d), "",
	    "somebody is asked who rings us");
	rests_last(r, d, "SELECT count(*) FROM reply WHERE settle_at NOT NULL",
	    RIG_AT(8, 0), RIG_AT(8, 0) + rests_over_by(d), 0);
	is_text(rig_flag(r, "walter"), "unclear_reply open tom",
	    "a human looks");
	rig_close(r);
}

const struct rests_trial rests_asked[] = {
	{ DEADLINE_DUE, due },
	{ DEADLINE_ASKING, asking },
	{ DEADLINE_ASKING_HUMAN, asking_human },
	{ DEADLINE_STEP_PLANNED, step_planned },
	{ DEADLINE_NOTICE_PLANNED, notice_planned },
	{ DEADLINE_BRIDGE_PLANNED, bridge_planned },
	{ DEADLINE_ANSWER_PLANNED, answer_planned },
	{ DEADLINE_SENDING, sending },
	{ DEADLINE_UNCERTAIN, uncertain },
	{ DEADLINE_CALL, call },
	{ DEADLINE_TEXT, text },
	{ DEADLINE_RECEIPT, receipt },
	{ DEADLINE_POLLED_TEXT, polled_text },
	{ DEADLINE_QUESTION, question },
	{ 0, NULL },
};
