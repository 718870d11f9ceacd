/*
 * An attacker who owns the wire, or a gateway out of its mind: all that was
 * told yesterday is told again today, in any order, in its own words and in
 * others. Nobody is well for it, nobody is rung for it, no state moves back;
 * and who asked for help gets it, however late that comes.
 */
#include "rig.h"

#include "ledger/handle.h"

#define PEOPLE 8
#define ATTEMPTS_MAX 64
#define SEEDS 8

static char *
scheme(void)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, RIG_SERVICE RIG_GATEWAY "calls_per_second = 5\n" RIG_REST
	    RIG_MORNING TEAM);
	for (int i = 0; i < PEOPLE; i++)
		buf_addf(&b, "[participant p%d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 96000%d\n"
		    "area = Sneinton\nround = morning\n" RIG_LIVE, i, i);
	return buf_take(&b);
}

/* What was told of yesterday's calls, and who. */
struct told {
	struct ledger_attempt attempts[ATTEMPTS_MAX];
	int n;
	int tag;			/* makes other words of it */
};

static void
note_calls(struct rig *r, struct told *t)
{
	struct err e;

	for (int64_t id = 1; t->n < ATTEMPTS_MAX; id++) {
		if (ledger_attempt_get(r->ledger, id, &t->attempts[t->n],
		    &e) == -1)
			break;
		if (t->attempts[t->n].checkin != 0 &&
		    t->attempts[t->n].channel == CHANNEL_CALL)
			t->n++;
	}
	ok(t->n >= PEOPLE, "%d calls were made yesterday", t->n);
}

static void
answered(void *arg, const struct hook_answer *answer)
{
	int *refused = arg;

	if (answer == NULL)
		(*refused)++;
}

/* Something that the gateway may have told of this call. */
static void
tell(struct rig *r, struct told *t, const struct ledger_attempt *a,
    uint32_t what, int *refused)
{
	static const struct {
		enum event_kind kind;
		enum progress progress;
		char key;
	} words[] = {
		{ EVENT_KEY, PROGRESS_QUEUED, '1' },
		{ EVENT_KEY, PROGRESS_QUEUED, 0 },
		{ EVENT_KEY, PROGRESS_QUEUED, '9' },
		{ EVENT_PROGRESS, PROGRESS_RINGING, 0 },
		{ EVENT_PROGRESS, PROGRESS_ANSWERED, 0 },
		{ EVENT_PROGRESS, PROGRESS_COMPLETED, 0 },
		{ EVENT_PROGRESS, PROGRESS_FAILED, 0 },
		{ EVENT_PROGRESS, PROGRESS_NO_ANSWER, 0 },
	};
	struct event ev = {
		.kind = words[what % COUNT(words)].kind,
		.channel = CHANNEL_CALL,
		.progress = words[what % COUNT(words)].progress,
		.key = words[what % COUNT(words)].key,
		.sequence = (int)(what % 7),
	};

	t->tag++;
	memcpy(ev.hash, &t->tag, sizeof(t->tag));
	snprintf(ev.ref, sizeof(ev.ref), "%s", a->ref);
	snprintf(ev.gateway_id, sizeof(ev.gateway_id), "%s", a->gateway_id);
	snprintf(ev.to, sizeof(ev.to), "%s", a->number);
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    answered, refused);
}

/* All that yesterday ended as, in one number. */
static int64_t
yesterday(struct rig *r)
{
	sqlite3_stmt *s = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(handle_of(r->ledger), "SELECT total((id * 31 +"
	    " closed_at) % 1000003 * length(state)) FROM checkin WHERE date ="
	    " 20791", -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) ==
	    SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* One morning's traffic, told again through the next. */
static void
test_seed(uint64_t seed)
{
	char *all = scheme();
	struct rig *r = rig_open(all, "01632 960000 call key 1, no-answer\n"
	    "01632 960001 call key 1, no-answer\n"
	    "01632 960002 call silent\n01632 960003 call busy\n",
	    RIG_AT(8, 0));
	struct told t = { .n = 0 };
	struct random chance;
	int refused = 0, confirmed = 0, calls;
	int64_t was;

	random_init_seed(&chance, seed);
	rig_run(r, RIG_AT(12, 0));
	note_calls(r, &t);
	rig_run(r, rig_instant(RIG_DATE + 1, 8, 59));
	was = yesterday(r);
	calls = (int)r->n_creates;
	for (int i = 0; i < 200; i++) {
		tell(r, &t, &t.attempts[random_below(&chance, (uint32_t)t.n)],
		    random_below(&chance, 1000), &refused);
		rig_run(r, r->now + random_below(&chance, 20000));
	}
	rig_run(r, rig_instant(RIG_DATE + 1, 11, 0));
	for (int i = 0; i < PEOPLE; i++) {
		char id[8];

		snprintf(id, sizeof(id), "p%d", i);
		confirmed += strncmp(rig_checkin(r, id, "morning",
		    RIG_DATE + 1), "confirmed", 9) == 0;
	}
	is_int(confirmed, 0, "seed %llu: nobody is well for it",
	    (unsigned long long)seed);
	is_int(refused, 0, "each is answered 2xx");
	ok(yesterday(r) == was, "yesterday stays as it was");
	ok((int)r->n_creates - calls <= 100, "nobody is rung for it");
	rig_close(r);
	free(all);
}

static void
key(struct rig *r, struct told *t, char pressed)
{
	struct event ev = {
		.kind = EVENT_KEY, .channel = CHANNEL_CALL, .key = pressed,
		.turn = t->tag,
	};
	int refused = 0;

	t->tag++;
	memcpy(ev.hash, &t->tag, sizeof(t->tag));
	snprintf(ev.ref, sizeof(ev.ref), "%s", t->attempts[0].ref);
	snprintf(ev.gateway_id, sizeof(ev.gateway_id), "%s",
	    t->attempts[0].gateway_id);
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    answered, &refused);
	rig_run(r, r->now + MSEC_SECOND);
}

/* A call for help is one whenever it comes, an OK is not. */
static void
test_late(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, "", RIG_AT(8, 0));
	struct told t = { .n = 0 };
	struct err e;

	rig_run(r, RIG_AT(9, 5));
	is_int(ledger_attempt_get(r->ledger, 1, &t.attempts[0], &e), 0,
	    "a call");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 5));
	key(r, &t, '1');
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1), "asking",
	    "a key of yesterday confirms nothing today");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE), "no_response",
	    "nor yesterday");
	key(r, &t, '2');
	ok(strstr(rig_flag(r, "walter"), "help") != NULL, "help is: %s",
	    rig_flag(r, "walter"));
	rig_close(r);
}

/* Two keys in one call, in both orders: help stays help. */
static void
test_both_keys(const char *keys)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, WALTER_CALL
	    " call silent\n", RIG_AT(8, 0));
	struct told t = { .n = 0 };
	struct err e;

	rig_run(r, RIG_AT(9, 0) + 15 * MSEC_SECOND);
	is_int(ledger_attempt_get(r->ledger, 1, &t.attempts[0], &e), 0,
	    "a call");
	for (const char *k = keys; *k != '\0'; k++)
		key(r, &t, *k);
	ok(strstr(rig_flag(r, "walter"), "help") != NULL, "%s: %s", keys,
	    rig_flag(r, "walter"));
	is_text(rig_attempts(r, "walter", "morning", RIG_DATE), "call help",
	    "and so says the call");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1, "rung once");
	rig_close(r);
}

/* The same of a call to us. */
static void
test_late_call_back(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, "", RIG_AT(8, 0));
	struct told t = { .n = 0 };
	struct ledger_reply q;
	struct err e;

	rig_run(r, RIG_AT(9, 5));
	rig_rings(r, WALTER_CALL, "silent");
	rig_run(r, RIG_AT(9, 20));
	is_int(ledger_reply_get(r->ledger, 1, &q, &e), 0, "a call to us");
	snprintf(t.attempts[0].ref, sizeof(t.attempts[0].ref), "%s", q.ref);
	snprintf(t.attempts[0].gateway_id, sizeof(t.attempts[0].gateway_id),
	    "%s", q.gateway_id);
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 5));
	key(r, &t, '1');
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1), "asking",
	    "its key of yesterday confirms nothing today");
	key(r, &t, '2');
	ok(strstr(rig_flag(r, "walter"), "help") != NULL, "help is: %s",
	    rig_flag(r, "walter"));
	rig_close(r);
}

int
main(void)
{
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		test_seed(seed);
	test_late();
	test_late_call_back();
	test_both_keys("12");
	test_both_keys("21");
	return tap_done();
}
