/*
 * An attempt happens once, however its callbacks come: before the create's
 * own answer, doubled, in any order, around a restart, a day later, not at
 * all; and an answer that cannot be applied leaves nothing for ever.
 */
#include "rig.h"

#include "ledger/handle.h"

#define ALONE RIG_HEAD WALTER TEAM
/* By text only. */
#define GENTLE RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n" RIG_REST \
	"[round morning]\ndays = mon-sun\nat = 09:00\nladder = gentle\n"   \
	RIG_PERSON("walter", "Mr Walter Oneill", "call_me = Walter\n"       \
	"round = morning\ntext = 07700 900130\n") TEAM
#define MORNING "morning", RIG_DATE
/* The create's answer comes so late, and no callback by itself. */
#define QUIET "fault slow by 20s\nfault callbacks-missing all\n"
#define STEPS_MAX 4

static void
note_answer(void *arg, const struct hook_answer *answer)
{
	int *taken = arg;

	*taken = answer != NULL;
}

/* What the gateway calls the only call that it made. */
static const char *
gateway_id(struct rig *r)
{
	static struct exchange_entry x;

	exchange_ledger_get(r->exchange, 0, &x);
	return x.sid;
}

/* One callback: its sequence (-1: texts have none), and what it says. */
struct step {
	int sequence;
	enum progress progress;
	char key;		/* a key in place of a progress */
};

/* Hand it in, as often as said; each is taken. */
static void
tell(struct rig *r, const struct step *s, int times)
{
	while (times-- > 0) {
		int taken = -1;
		struct event ev = {
			.kind = s->key != 0 ? EVENT_KEY : EVENT_PROGRESS,
			.channel = r->creates[0].channel, .key = s->key,
			.progress = s->progress, .sequence = s->sequence,
			.hash = { (uint8_t)(s->sequence + 2),
			    (uint8_t)s->key, (uint8_t)s->progress },
		};

		snprintf(ev.ref, sizeof(ev.ref), "%s", r->creates[0].ref);
		snprintf(ev.gateway_id, sizeof(ev.gateway_id), "%s",
		    gateway_id(r));
		engine_post_event(r->engine, engine_gateway(r->engine,
		    "main"), &ev, note_answer, &taken);
		rig_run(r, r->now);
		if (taken != 1)
			ok(false, "each is answered 2xx");
	}
}

/* The one attempt is over, and stays so. */
static bool
has_ended(struct rig *r)
{
	struct ledger_attempt a;
	struct err e;

	return ledger_attempt_by_ref(r->ledger, r->creates[0].ref, &a,
	    &e) == 1 && a.state == ATTEMPT_ENDED;
}

struct course {
	const char *name, *scheme, *habit;
	struct step steps[STEPS_MAX];
	int n;
	const char *checkin, *attempts;	/* what it comes to */
};

static const struct course courses[] = {
	{ "busy", ALONE, WALTER_CALL " call busy, no-answer\n", {
	    { 0, PROGRESS_UNDER_WAY, 0 }, { 1, PROGRESS_RINGING, 0 },
	    { 2, PROGRESS_BUSY, 0 } }, 3, "asking", "call busy" },
	{ "key 1", ALONE, WALTER_CALL " call key 1\n", {
	    { 1, PROGRESS_RINGING, 0 }, { 2, PROGRESS_ANSWERED, 0 },
	    { 0, PROGRESS_QUEUED, '1' }, { 3, PROGRESS_COMPLETED, 0 } }, 4,
	    "confirmed key", "call ok" },
	{ "silence", ALONE, WALTER_CALL " call silent\n", {
	    { 0, PROGRESS_UNDER_WAY, 0 }, { 2, PROGRESS_ANSWERED, 0 },
	    { 3, PROGRESS_COMPLETED, 0 } }, 3, "asking", "call no_key" },
	{ "a text", GENTLE, "07700 900130 text undelivered\n", {
	    { -1, PROGRESS_UNDER_WAY, 0 }, { -1, PROGRESS_SENT, 0 },
	    { -1, PROGRESS_UNDELIVERED, 0 } }, 3, "asking",
	    "text undelivered" },
};

/* The order's steps, early of them before the create's answer; between these
 * and the others the daemon may die. */
static void
live(const struct course *c, const int *order, int early, int times,
    bool dies)
{
	char lines[200], what[80];
	struct rig *r;

	snprintf(lines, sizeof(lines), "%s" QUIET, c->habit);
	r = rig_open(c->scheme, lines, RIG_AT(8, 59));
	rig_run(r, RIG_AT(9, 0));
	for (int i = 0; i < early; i++)
		tell(r, &c->steps[order[i]], times);
	if (dies) {
		rig_kill(r);
		rig_start(r, NULL);
	} else
		rig_run(r, RIG_AT(9, 0) + 30 * MSEC_SECOND);
	for (int i = early; i < c->n; i++)
		tell(r, &c->steps[order[i]], times);
	snprintf(what, sizeof(what), "%s, order %d%d%d%d, %d early, times "
	    "%d%s", c->name, order[0], order[1], order[2], order[3], early,
	    times, dies ? ", with a death" : "");
	rig_run(r, RIG_AT(9, 8));
	is_text(rig_checkin(r, "walter", MORNING), c->checkin, "%s", what);
	is_text(rig_attempts(r, "walter", MORNING), c->attempts, "%s", what);
	is_int(rig_made(r), 1, "%s: one call", what);
	ok(has_ended(r), "%s: and it has ended", what);
	rig_close(r);
}

/* Each order of the steps, by exchanging the one at i with those after it. */
static void
permute(const struct course *c, int *order, int i)
{
	if (i == c->n) {
		for (int early = 0; early <= c->n; early++)
			live(c, order, early, 1 + early % 2, early % 3 == 1);
		return;
	}
	for (int k = i; k < c->n; k++) {
		int was = order[i];

		order[i] = order[k];
		order[k] = was;
		permute(c, order, i + 1);
		order[k] = order[i];
		order[i] = was;
	}
}

static void
test_orders(void)
{
	for (size_t i = 0; i < COUNT(courses); i++) {
		int order[STEPS_MAX] = { 0, 1, 2, 3 };

		permute(&courses[i], order, 0);
	}
}

/* All of it once more on the next day, when nothing may move any more. */
static void
test_replayed(void)
{
	static const struct course *c = &courses[1];
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1, no-answer\n"
	    QUIET, RIG_AT(8, 59));
	int creates;

	rig_run(r, RIG_AT(9, 0));
	for (int i = 0; i < c->n; i++)
		tell(r, &c->steps[i], 1);
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 1));
	creates = (int)r->n_creates;
	for (int i = 0; i < c->n; i++)
		tell(r, &c->steps[i], 1);
	rig_run(r, r->now + MSEC_MINUTE);
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1), "asking",
	    "yesterday's key does not confirm today");
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "nor changes yesterday");
	is_int(r->n_creates, creates, "and makes nothing");
	/* Told in other words, with a sequence that was not yet seen. */
	tell(r, &(struct step){ 9, PROGRESS_FAILED, 0 }, 1);
	is_text(rig_attempts(r, "walter", MORNING), "call ok",
	    "what has ended stays as it ended");
	rig_close(r);
}

/* The answer came, and could not be applied: nobody else would ever look. */
static void
test_answer_lost(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call no-answer, key 1\n"
	    "fault callbacks-missing next 1\n", RIG_AT(8, 59));
	sqlite3 *db = handle_of(r->ledger);

	r->may_stumble = true;
	is_int(sqlite3_exec(db, "CREATE TRIGGER broken BEFORE UPDATE ON "
	    "attempt WHEN new.state = 'accepted' BEGIN SELECT "
	    "RAISE(ABORT, 'broken'); END", NULL, NULL, NULL), 0,
	    "no answer can be applied");
	rig_run(r, RIG_AT(9, 0) + 30 * MSEC_SECOND);
	is_text(rig_attempts(r, "walter", MORNING), "call sending",
	    "so it is still sending");
	is_int(engine_in_flight(r->engine), 0, "and nothing under way");
	sqlite3_exec(db, "DROP TRIGGER broken", NULL, NULL, NULL);
	rig_run(r, RIG_AT(9, 1) + 10 * MSEC_SECOND);
	is_text(rig_attempts(r, "walter", MORNING), "call uncertain",
	    "after a minute it is uncertain");
	rig_run(r, RIG_AT(9, 14));
	is_text(rig_attempts(r, "walter", MORNING), "call no_answer",
	    "it is looked up, adopted, and its end learned");
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "and not made again");
	rig_close(r);
}

/* A text that the gateway tells of twice is read, and answered, once. */
static void
test_text_twice(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA TEAM, "", RIG_AT(8, 59));

	rig_run(r, RIG_AT(9, 1));
	for (int i = 0; i < 2; i++) {
		int taken = -1;
		struct event ev = {
			.kind = EVENT_TEXT, .channel = CHANNEL_TEXT,
			.from = "+447700900123", .to = LETTERBOX,
			.gateway_id = "SM00000000000000000000000000000009",
			.text = mem_dup("OK"), .hash = { 9 },
		};

		engine_post_event(r->engine, engine_gateway(r->engine,
		    "main"), &ev, note_answer, &taken);
		rig_run(r, r->now + MSEC_MINUTE);
		is_int(taken, 1, "a text told %d times is taken", i + 1);
	}
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply",
	    "it confirms");
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 1,
	    "and is answered once");
	rig_close(r);
}

/* Refs of one time stand side by side, and the rest of each is chance. */
static void
test_refs(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call no-answer\n",
	    RIG_AT(8, 59));
	struct exchange_entry x, last = { .ref = "" };
	size_t n;

	rig_run(r, RIG_AT(11, 0));
	n = exchange_ledger_count(r->exchange);
	ok(n >= 3, "some calls: %zu", n);
	for (size_t i = 0; i < n; i++, last = x) {
		exchange_ledger_get(r->exchange, i, &x);
		ok(strlen(x.ref) == 32 && strncmp(x.ref, last.ref, 6) >= 0,
		    "%s stands behind %s", x.ref, last.ref);
		ok(i == 0 || strcmp(x.ref + 6, last.ref + 6) != 0,
		    "and looks like none before it");
	}
	rig_close(r);
}

int
main(void)
{
	test_refs();
	test_text_twice();
	test_answer_lost();
	test_replayed();
	test_orders();
	return tap_done();
}
