/*
 * What goes wrong on the way: a gateway that is down or vague, hooks that
 * come twice, late, in the wrong order or not at all, and our own death.
 */
#include "rig.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#define SCHEME RIG_HEAD EDNA TEAM
#define ALONE RIG_HEAD WALTER TEAM
#define MORNING "morning", RIG_DATE

static void
test_gateway_down(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA WALTER STAN VERA TEAM,
	    "fault unreachable all\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 59));
	is_int(rig_incidents(r), 1, "one incident");
	is_int(rig_mails_with(r, "asha@example.org", "gateway is down"), 1,
	    "told once");
	is_int(rig_open_flags(r), 0, "no flag before its time");
	is_text(engine_gateway_state(r->engine, "main"), "down", "shown");
	rig_run(r, RIG_AT(10, 5));
	is_int(rig_open_flags(r), 4, "each person's flag at its time");
	ok(strstr(rig_flag(r, "edna"), "gateway open"), "says why");
	ok(rig_flag_row(r, "edna").incident != 0, "tied to the incident");
	is_text(rig_checkin(r, "edna", MORNING), "undelivered",
	    "it never reached them");
	is_int(rig_mails_with(r, "asha@example.org", "flag"), 0,
	    "not once a flag");
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 0, "nor to Tom");
	rig_run(r, RIG_AT(11, 29));
	is_int(rig_mails_with(r, "asha@example.org", "still open"), 3,
	    "what nobody has is brought to mind, once for all, each half hour");
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "",
	    "claims stay per flag");
	rig_lines(r, "calm\n");
	rig_run(r, RIG_AT(11, 40));
	is_int(rig_made(r), 0,
	    "what has ended is not made any more");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 10));
	is_int(rig_incidents(r), 0, "the incident ends when it works again");
	is_int(rig_mails_with(r, "asha@example.org", "works again"), 1,
	    "which is told");
	ok(rig_made(r) > 0, "the next day is asked");
	rig_close(r);
}

/* It cannot be reached; then it can, and refuses us: that is for a human to
 * mend, who was told of something else. */
static void
test_other_cause(void)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 10));
	is_int(rig_mails_with(r, "asha@example.org", "gateway is down"), 1,
	    "told once");
	is_int(rig_logged(r, "still down, now"), 0, "the cause is one");
	rig_lines(r, "calm\nfault unauthorised\n");
	rig_run(r, RIG_AT(9, 40));
	is_int(rig_mails_with(r, "asha@example.org", "refuses us"), 1,
	    "the new cause is told, once");
	is_int(rig_logged(r, "still down, now"), 1, "and logged");
	is_int(rig_incidents(r), 1, "it is one incident");
	rig_lines(r, "calm\n");
	rig_run(r, RIG_AT(9, 45));
	is_int(rig_incidents(r), 0, "which ends with it");
	rig_close(r);
}

/* Down for ten minutes only: the ladder is late, and keeps its distance. */
static void
test_short_outage(void)
{
	struct rig *r = rig_open(ALONE, "fault unreachable all for 130m\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 59));
	ok(rig_nth(r, CHANNEL_CALL, WALTER_CALL, 0) == RIG_AT(9, 0),
	    "tried at the slot");
	is_text(rig_attempts(r, "walter", MORNING),
	    "call no_answer, call no_answer, call no_answer",
	    "an error does not use up an attempt");
	is_int(rig_made(r), 3, "three are made");
	rig_run(r, RIG_AT(10, 1));
	is_text(rig_checkin(r, "walter", MORNING), "no_response",
	    "the flag does not move");
	rig_close(r);
}

static void
test_passing_errors(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1\n"
	    "fault error-before 500 next 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 14));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "a 500, provably not made: once again");
	is_int(rig_made(r), 1, "and it alone");
	rig_close(r);

	r = rig_open(ALONE, WALTER_CALL " call key 1\n"
	    "fault too-many next 3 by 5s\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "429 is waited for");
	is_int(rig_incidents(r), 0, "and no trouble");
	rig_close(r);

	r = rig_open(ALONE, WALTER_CALL " call key 1\n"
	    "fault unauthorised for 135m\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	is_int(rig_incidents(r), 1, "our set-up is refused: told at once");
	rig_run(r, RIG_AT(9, 30));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "it goes on when that is mended");
	rig_close(r);
}

/* Accepted, but nobody told us. */
static void
test_uncertain(void)
{
	static const char *const faults[] = { "drop-after", "hang-after",
		"error-after 503", "garbled" };

	for (size_t i = 0; i < COUNT(faults); i++) {
		char lines[200];
		struct rig *r;

		snprintf(lines, sizeof(lines), WALTER_CALL " call no-answer, "
		    "key 1\nfault %s next 1\nfault callbacks-missing next "
		    "1\n", faults[i]);
		r = rig_open(ALONE, lines, RIG_AT(7, 0));
		rig_run(r, RIG_AT(9, 14));
		is_int(rig_made(r), 1, "%s: not made again", faults[i]);
		is_text(rig_attempts(r, "walter", MORNING), "call no_answer",
		    "%s: adopted, and its end learned", faults[i]);
		rig_run(r, RIG_AT(9, 18));
		is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
		    "%s: the ladder goes on", faults[i]);
		rig_close(r);
	}
}

/* Never created: two listings show it, then it is made once more. */
static void
test_absent(void)
{
	static const char *const faults[] = { "drop-before", "hang-before" };

	for (size_t i = 0; i < COUNT(faults); i++) {
		char lines[200];
		struct rig *r;

		snprintf(lines, sizeof(lines), WALTER_CALL " call key 1\n"
		    "fault %s next 1\n", faults[i]);
		r = rig_open(ALONE, lines, RIG_AT(7, 0));
		rig_run(r, RIG_AT(9, 1));
		is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
		    "%s: never blindly", faults[i]);
		rig_run(r, RIG_AT(9, 5));
		is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
		    "%s: made again", faults[i]);
		is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 2,
		    "%s: once", faults[i]);
		rig_close(r);
	}
}

/* Never settled: it stays one attempt, and ends as a flag. */
static void
test_never_settled(void)
{
	struct rig *r = rig_open(ALONE, "fault hang-before next 2\n"
	    "fault unreachable lookups\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 59));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "nobody is rung twice while we do not know");
	rig_run(r, RIG_AT(10, 1));
	ok(strstr(rig_flag(r, "walter"), "gateway open"), "a flag: %s",
	    rig_flag(r, "walter"));
	rig_run(r, RIG_AT(12, 0));
	ok(strstr(rig_attempts(r, "walter", MORNING), "gateway_error"),
	    "and the attempt ends at last");
	rig_close(r);

	/* The one that is made again is not made a third time. */
	r = rig_open(ALONE, "fault drop-before\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 1));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 2, "twice at most");
	ok(strstr(rig_flag(r, "walter"), "gateway open"), "then a flag");
	rig_close(r);
}

static void
test_hooks(void)
{
	static const char *const faults[] = { "callbacks-twice",
		"callbacks-reversed", "callbacks-late by 8m",
		"slow by 20s", "callbacks-missing", "final-missing" };

	for (size_t i = 0; i < COUNT(faults); i++) {
		char lines[300];
		struct rig *r;

		snprintf(lines, sizeof(lines), EDNA_CALL " call no-answer, "
		    "busy, key 1\n07700 900129 call key 1\n"
		    "fault %s all\n", faults[i]);
		r = rig_open(SCHEME, lines, RIG_AT(7, 0));
		rig_run(r, RIG_AT(9, 50));
		is_text(rig_checkin(r, "edna", MORNING), "confirmed key",
		    "%s: heard in the end", faults[i]);
		is_text(rig_attempts(r, "edna", MORNING), "call no_answer, "
		    "call busy, text no_reply, call ok",
		    "%s: the same record", faults[i]);
		is_int(rig_open_flags(r), 0, "%s: no flag", faults[i]);
		rig_close(r);
	}
}

/* The key is heard although the gateway says nothing else, even before the
 * create's own answer. */
static void
test_key_before_answer(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1 after 2s\n"
	    "fault slow by 50s\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 0) + 45 * MSEC_SECOND);
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "before the answer came");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_attempts(r, "walter", MORNING), "call ok", "one call");
	rig_close(r);
}

/* The daemon dies with a call out and never hears its answer. */
static void
test_death_in_between(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1 after 20s\n"
	    "fault slow by 5s\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 0) + 200);
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1, "it is out");
	rig_kill(r);
	rig_run(r, RIG_AT(9, 0) + 8 * MSEC_SECOND);
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 10));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1, "not rung twice");
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "the key finds back after a restart");
	rig_close(r);

	/* Dead while the person pressed: they are asked by the next step. */
	r = rig_open(ALONE, WALTER_CALL " call key 1 after 5s, key 1\n",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 0) + 200);
	rig_kill(r);
	rig_run(r, RIG_AT(9, 8));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 14));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1, "nothing twice");
	rig_run(r, RIG_AT(9, 20));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "nobody is lost");
	rig_close(r);
}

/* Killed at every few seconds of a round. */
static void
test_death_at_any_time(void)
{
	int twice = 0, lost = 0;

	for (int s = 0; s < 240; s += 12) {
		struct rig *r = rig_open(RIG_HEAD EDNA WALTER STAN VERA TEAM,
		    EDNA_CALL " call key 1\n" WALTER_CALL " call key 1\n"
		    COUPLE_CALL " call key 1\n", RIG_AT(8, 59));
		const char *const who[] = { "edna", "walter", "stan", "vera" };

		rig_run(r, RIG_AT(9, 0) + s * (msec)250);
		rig_kill(r);
		rig_run(r, r->now + 3 * MSEC_SECOND);
		rig_start(r, NULL);
		rig_run(r, RIG_AT(10, 5));
		for (size_t i = 0; i < COUNT(who); i++)
			if (strcmp(rig_checkin(r, who[i], MORNING),
			    "confirmed key") != 0 &&
			    strcmp(rig_flag(r, who[i]), "none") == 0)
				lost++;
		for (size_t i = 0; i < r->n_creates; i++)
			for (size_t k = i + 1; k < r->n_creates; k++)
				if (strcmp(r->creates[i].ref,
				    r->creates[k].ref) == 0)
					twice++;
		rig_close(r);
	}
	is_int(twice, 0, "killed at any time: nothing is sent twice");
	is_int(lost, 0, "killed at any time: nobody is lost");
}

static void
note_answer(void *arg, const struct hook_answer *answer)
{
	int *taken = arg;

	*taken = answer != NULL;
}

/* A callback that fits nothing of ours is taken, so that it comes no more. */
static void
test_unknown_attempt(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	struct event ev = {
		.kind = EVENT_PROGRESS, .channel = CHANNEL_CALL,
		.ref = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		.gateway_id = "CA00000000000000000000000000000009",
		.progress = PROGRESS_NO_ANSWER, .sequence = 3,
	};
	int taken = -1;

	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    note_answer, &taken);
	rig_run(r, r->now);
	is_int(taken, 1, "a callback for an unknown attempt is taken");
	ok(rig_logged(r, "unknown attempt"), "and said");
	ev = (struct event){
		.kind = EVENT_KEY, .channel = CHANNEL_CALL, .key = '1',
		.ref = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		.gateway_id = "CA00000000000000000000000000000009",
		.hash = { 1 },
	};
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    note_answer, &taken);
	rig_run(r, r->now);
	is_text(rig_checkin(r, "walter", MORNING), "due",
	    "a key for an unknown call confirms nobody");
	rig_close(r);
}

/* The newest text to the number, by its ref, as a key in a call. */
static void
key_for_text(struct rig *r, const char *number, char key)
{
	struct event ev = {
		.kind = EVENT_KEY, .channel = CHANNEL_CALL, .key = key,
		.gateway_id = "CA00000000000000000000000000000009",
		.hash = { (uint8_t)key, (uint8_t)r->n_creates },
	};
	char to[LEDGER_NUMBER_SIZE];
	int taken = -1;

	rig_e164(number, to);
	for (size_t i = 0; i < r->n_creates; i++)
		if (r->creates[i].channel == CHANNEL_TEXT &&
		    strcmp(r->creates[i].to, to) == 0)
			snprintf(ev.ref, sizeof(ev.ref), "%s",
			    r->creates[i].ref);
	ok(ev.ref[0] != '\0', "there is a text to %s", number);
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    note_answer, &taken);
	rig_run(r, r->now);
	is_int(taken, 1, "a key %c for a text is taken", key);
}

/* A text has no keys: one that names it is nobody's word. */
static void
test_key_for_text(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	key_for_text(r, EDNA_TEXT, '1');
	is_text(rig_checkin(r, "edna", MORNING), "asking",
	    "for a check-in's: it confirms nobody");
	rig_run(r, RIG_AT(10, 5));
	key_for_text(r, TOM_TEXT, '1');
	key_for_text(r, TOM_TEXT, '2');
	is_text(rig_checkin(r, "edna", MORNING), "no_response",
	    "for a volunteer's: neither");
	is_int(rig_open_flags(r), 1, "and raises no flag");
	ok(rig_logged(r, "unknown call"), "it is said");
	rig_close(r);
}

/* ---- the ledger is locked by somebody else ----------------------------- */

static sqlite3 *
lock_ledger(struct rig *r)
{
	char path[160];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/ringround.db", r->folder);
	sqlite3_open(path, &db);
	is_int(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), 0,
	    "somebody else has the ledger");
	return db;
}

static void
test_lost_commit(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	sqlite3 *db;
	int taken = -1;
	struct event ev = {
		.kind = EVENT_TEXT, .channel = CHANNEL_TEXT,
		.from = "+447700900777", .to = LETTERBOX,
		.gateway_id = "SM00000000000000000000000000000009",
	};

	rig_run(r, RIG_AT(8, 59));
	db = lock_ledger(r);
	rig_run(r, RIG_AT(9, 2));
	ok(r->lost_turns > 0, "turns are lost");
	is_int(r->n_creates, 0, "nothing is released");
	ev.text = mem_dup("hello");
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    note_answer, &taken);
	rig_run(r, RIG_AT(9, 3));
	is_int(taken, 0, "a hook is to come again");
	sqlite3_close(db);
	rig_run(r, RIG_AT(9, 5));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "it goes on when the ledger is free");
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key", "heard");
	rig_close(r);
}

/* The disk is full, or has room again. */
static void
fill_disk(bool full)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = full ? 0 : limit.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
}

/* What does not leave for want of a commit must not count as under way: the
 * gateway's few places would be gone for good. */
static void
test_disk_full(void)
{
	struct rig *r = rig_open(RIG_SERVICE RIG_GATEWAY
	    "calls_per_second = 1\nin_flight = 2\n" RIG_REST RIG_MORNING
	    WALTER TEAM, WALTER_CALL " call key 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 59));
	fill_disk(true);
	rig_run(r, RIG_AT(9, 1));
	fill_disk(false);
	ok(r->lost_turns > 2, "more turns are lost than there are places");
	is_int(r->n_creates, 0, "nothing is released");
	rig_run(r, RIG_AT(9, 5));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "there is room when the disk has some");
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key", "heard");
	rig_close(r);
}

/* An incident of a turn that was lost is opened by the next. */
static void
test_lost_incident(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA WALTER STAN VERA TEAM,
	    "fault unreachable all\n", RIG_AT(7, 0));
	bool full = false;

	rig_run(r, RIG_AT(8, 59));
	for (msec at = RIG_AT(9, 0); at < RIG_AT(9, 2); at += MSEC_SECOND) {
		rig_run(r, at);
		fill_disk(full = !full);
	}
	fill_disk(false);
	rig_run(r, RIG_AT(9, 30));
	ok(r->lost_turns > 0, "turns were lost");
	is_int(rig_incidents(r), 1, "an incident all the same");
	is_int(rig_mails_with(r, "asha@example.org", "gateway is down"), 1,
	    "told once");
	rig_close(r);
}

/* A morning list of a turn that is lost comes with the next. */
static void
test_lost_list(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	sqlite3 *db;

	rig_run(r, RIG_AT(8, 29));
	db = lock_ledger(r);
	rig_run(r, RIG_AT(8, 31));
	is_int(r->n_mails, 0, "no list while the ledger is locked");
	sqlite3_close(db);
	rig_run(r, RIG_AT(8, 32));
	is_int(rig_mails_with(r, "asha@example.org", "your list"), 1,
	    "it comes when the ledger is free");
	rig_close(r);
}

/* The answer of a create waits for the ledger: it comes only once. */
static void
test_answer_kept(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1 after 9s\n"
	    "fault slow by 2s\nfault callbacks-missing\n", RIG_AT(7, 0));
	sqlite3 *db;

	rig_run(r, RIG_AT(9, 0) + MSEC_SECOND);
	is_int(r->n_creates, 1, "it is out");
	db = lock_ledger(r);
	rig_run(r, RIG_AT(9, 0) + 6 * MSEC_SECOND);
	is_text(rig_attempts(r, "walter", MORNING), "call sending",
	    "the answer is not on disk");
	ok(engine_has_work(r->engine), "but kept");
	sqlite3_close(db);
	rig_run(r, RIG_AT(9, 0) + 9 * MSEC_SECOND);
	is_text(rig_attempts(r, "walter", MORNING), "call accepted",
	    "and applied");
	is_int(engine_in_flight(r->engine), 0, "nothing is under way");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key", "heard");
	rig_close(r);
}

/* Something that fails by itself, again and again, takes nothing with it and
 * does not keep the loop busy. */
static void
test_stumbling(void)
{
	static const char *const broken[] = { "flag", "attempt", "checkin" };

	for (size_t i = 0; i < COUNT(broken); i++) {
		struct rig *r = rig_open(RIG_HEAD EDNA WALTER TEAM,
		    WALTER_CALL " call key 1\n", RIG_AT(7, 0));
		char path[160], sql[200];
		sqlite3 *db;

		r->may_stumble = true;
		snprintf(path, sizeof(path), "%s/ringround.db", r->folder);
		snprintf(sql, sizeof(sql), "CREATE TRIGGER broken BEFORE "
		    "UPDATE ON %s WHEN old.id = 1 BEGIN SELECT "
		    "RAISE(ABORT, 'broken'); END", broken[i]);
		sqlite3_open(path, &db);
		is_int(sqlite3_exec(db, sql, NULL, NULL, NULL), 0,
		    "the first %s cannot be written", broken[i]);
		rig_run(r, RIG_AT(10, 40));
		is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
		    "%s: the others go on", broken[i]);
		ok(rig_logged(r, "broken"), "%s: it is said", broken[i]);
		sqlite3_exec(db, "DROP TRIGGER broken", NULL, NULL, NULL);
		sqlite3_close(db);
		rig_run(r, RIG_AT(12, 10));
		ok(strstr(rig_flag(r, "edna"), "open"), "%s: and made good",
		    broken[i]);
		rig_close(r);
	}
}

/* The clock is set back by an hour, in the middle of a morning. */
static void
test_clock_back(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	struct err e;

	rig_run(r, RIG_AT(8, 59));
	is_int(ledger_begin(r->ledger, &e), 0, "the ledger has seen");
	is_int(ledger_touch(r->ledger, RIG_AT(9, 30), &e), 0, "09:30");
	is_int(ledger_commit(r->ledger, &e), 0, "already");
	rig_texts(r, "07700 900777", "hello");
	ok(rig_logged(r, "behind the ledger"), "said loudly");
	ok(engine_why_silent(r->engine), "and to whoever looks");
	is_int(rig_open_flags(r), 1, "what comes in is taken");
	rig_run(r, RIG_AT(9, 28));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 0,
	    "but nobody is asked");
	rig_run(r, RIG_AT(9, 40));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "until the clock is right");
	ok(!engine_why_silent(r->engine), "and then all is well");
	rig_close(r);
}

int
main(void)
{
	test_unknown_attempt();
	test_key_for_text();
	test_lost_commit();
	test_disk_full();
	test_lost_incident();
	test_lost_list();
	test_answer_kept();
	test_clock_back();
	test_stumbling();
	test_gateway_down();
	test_other_cause();
	test_short_outage();
	test_passing_errors();
	test_uncertain();
	test_absent();
	test_never_settled();
	test_hooks();
	test_key_before_answer();
	test_death_in_between();
	test_death_at_any_time();
	return tap_done();
}
