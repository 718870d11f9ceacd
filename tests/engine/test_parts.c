/*
 * More people than are planned in one turn: no turn does more than its part,
 * and whatever comes in between (a death, a new scheme, an absence), in the
 * end everybody who is to be asked is planned, and nobody else.
 */
#include "rig.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "engine/engine.h"

#define PEOPLE 1300
#define PART 500
#define ALONE RIG_HEAD WALTER TEAM
#define PLANNED "SELECT count(*) FROM checkin WHERE state = 'due'"
#define LIVE "SELECT count(*) FROM live_since"

/* Walter, and others up to that number; two at each telephone. */
static char *
crowd(int n)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, ALONE);
	for (int i = 1; i < n; i++)
		buf_addf(&b, "[participant p%04d]\nname = Mx Ada Reed%d\n"
		    "area = Sneinton\n" RIG_LIVE "call_me = Ada\n"
		    "round = morning\nphone = 0115 496 0%03d\n", i, i,
		    200 + i / 2);
	return buf_take(&b);
}

struct swap {
	struct turn_event event;	/* first */
	const struct config *conf;
	bool kept;
};

static int
handle_swap(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct engine_gone nobody = { .gone = 0 };

	(void)now;
	return engine_reload(en, ((struct swap *)ev)->conf, &nobody, PEOPLE,
	    e);
}

static void
done_swap(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	(void)e;
	((struct swap *)ev)->kept = fate == TURN_KEPT;
}

struct job {
	struct turn_event event;	/* first */
	rig_fn fn;
};

static int
handle_job(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	return ((struct job *)ev)->fn(en, NULL, now, e);
}

static void
done_job(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	(void)ev;
	is_int(fate, TURN_KEPT, "kept%s", fate == TURN_KEPT ? "" : e->text);
}

static void
one_turn(struct rig *r)
{
	struct err e = { "" };

	is_int(engine_turn(r->engine, r->now, &e), LEDGER_OK, "a turn%s",
	    e.text);
}

/* The scheme is in force, and its first part is done. */
static void
swap(struct rig *r, int n)
{
	char *scheme = crowd(n);
	struct swap s = { .event = { .handle = handle_swap,
		.done = done_swap }, .conf = rig_load(r, scheme) };

	engine_post(r->engine, &s.event);
	one_turn(r);
	ok(s.kept, "%d people are loaded", n);
	config_free((struct config *)(uintptr_t)r->conf);
	r->conf = engine_config(r->engine);
	free(scheme);
}

/* Turn for as long as there is more to do; the most that one turn did. */
static int
finish(struct rig *r, const char *counts)
{
	int most = 0, before, after;

	for (int i = 0; i < 100 && engine_has_work(r->engine); i++) {
		before = rig_number(r, counts);
		one_turn(r);
		after = rig_number(r, counts);
		if (after - before > most)
			most = after - before;
	}
	ok(!engine_has_work(r->engine), "then there is no more to do");
	return most;
}

static void
test_parts(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));

	swap(r, PEOPLE);
	is_int(rig_number(r, LIVE), PART + 1, "a part of them is live");
	ok(finish(r, LIVE " UNION ALL " PLANNED) <= PART, "a part a turn");
	is_int(rig_number(r, LIVE), PEOPLE, "all are live");
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "for two days");
	is_int(finish(r, PLANNED), 0, "and that is all");
	rig_close(r);
}

/* Each day begins with the next one's planning, in parts too. */
static void
test_new_day(void)
{
	char *scheme = crowd(PEOPLE);
	struct rig *r = rig_open(scheme, "", RIG_AT(20, 30));

	is_int(rig_number(r, PLANNED), PEOPLE, "tomorrow is planned");
	r->now = rig_instant(RIG_DATE + 1, 0, 0);
	one_turn(r);
	ok(engine_has_work(r->engine), "at midnight there is more to do");
	ok(finish(r, PLANNED) <= PART, "and a part a turn");
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "the day after, too");
	rig_close(r);
	free(scheme);
}

/* Killed after so many of its turns. */
static void
test_death(int turns)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));

	swap(r, PEOPLE);
	for (int i = 0; i < turns; i++)
		one_turn(r);
	rig_kill(r);
	rig_start(r, NULL);
	is_int(rig_number(r, LIVE), PEOPLE, "dead after %d: all are live",
	    turns);
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "and planned");
	rig_close(r);
}

/* A scheme with fewer people comes in the midst, or one with more. */
static void
test_other_scheme(int turns)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));

	swap(r, PEOPLE);
	for (int i = 0; i < turns; i++)
		one_turn(r);
	swap(r, PEOPLE - 600);
	finish(r, PLANNED);
	is_int(rig_number(r, LIVE), PEOPLE - 600,
	    "another scheme after %d: those are live", turns);
	is_int(rig_number(r, PLANNED), 2 * (PEOPLE - 600),
	    "and only they are planned");
	swap(r, PEOPLE);
	finish(r, PLANNED);
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "all are again");
	rig_close(r);
}

static int
away(struct engine *en, void *arg, msec now, struct err *e)
{
	struct absence_terms t = { .kind = ABSENCE_AWAY, .last = RIG_DATE + 5 };

	return engine_away(en, arg, &t, "asha", "test", now, e);
}

static int
back(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_back(en, arg, "asha", "test", now, e);
}

/* The first of them is planned already when they go, the last is not. */
static void
test_absence(int turns)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	char ids[][8] = { "p0001", "p1299" };

	swap(r, PEOPLE);
	for (int i = 0; i < turns; i++)
		one_turn(r);
	for (size_t i = 0; i < COUNT(ids); i++)
		is_text(rig_in_turn(r, away, ids[i]), "", "%s goes", ids[i]);
	finish(r, PLANNED);
	is_int(rig_number(r, PLANNED), 2 * PEOPLE - 4,
	    "away after %d: nobody who is away is planned", turns);
	for (size_t i = 0; i < COUNT(ids); i++)
		is_text(rig_in_turn(r, back, ids[i]), "", "%s is back", ids[i]);
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "and then they are");
	rig_close(r);
}

/* The ledger is somebody else's for a moment: that turn is lost. */
static void
test_lost(int turns)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	struct err e = { "" };
	char path[160];
	sqlite3 *db;

	swap(r, PEOPLE);
	for (int i = 0; i < turns; i++)
		one_turn(r);
	snprintf(path, sizeof(path), "%s/ringround.db", r->folder);
	sqlite3_open(path, &db);
	is_int(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
	    SQLITE_OK, "locked");
	ok(engine_turn(r->engine, r->now, &e) != LEDGER_OK, "a turn is lost");
	sqlite3_close(db);
	one_turn(r);
	finish(r, PLANNED);
	is_int(rig_number(r, LIVE), PEOPLE, "lost after %d: all are live",
	    turns);
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "and planned");
	rig_close(r);
}

static int
resume(struct engine *en, void *arg, msec now, struct err *e)
{
	(void)arg;
	return engine_hold(en, "", "test", "asha", now, e) == -1 ||
	    engine_resume(en, "", "asha", now, e) == -1 ? -1 : 0;
}

/* Somebody wants it planned once more while it is under way, again and again:
 * it comes to its end all the same. */
static void
test_resumed(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	int i = 0;

	swap(r, PEOPLE);
	while (i++ < 40 && rig_number(r, PLANNED) < 2 * PEOPLE) {
		struct job j = { .event = { .handle = handle_job,
			.done = done_job }, .fn = resume };

		engine_post(r->engine, &j.event);
		one_turn(r);
	}
	is_int(rig_number(r, PLANNED), 2 * PEOPLE, "resumed in each turn");
	finish(r, PLANNED);
	rig_close(r);
}

/* Of all of them, not of those who are counted first. */
static void
test_counted(void)
{
	char *whole = crowd(PEOPLE), *less = crowd(PEOPLE - 200);
	struct rig *r = rig_open(whole, "", RIG_AT(7, 0));
	const char *said;

	rig_run(r, RIG_AT(7, 1));
	said = rig_reload(r, less, 199);
	ok(said != NULL && strstr(said, "would drop 200 of 1300 live people"
	    " (p1100, p1101, ") != NULL && strstr(said, "and 172 more)") !=
	    NULL, "refused: %s", said ? said : "not at all");
	ok(rig_reload(r, less, 200) == NULL, "or accepted");
	free(less);
	free(whole);
	rig_close(r);
}

int
main(void)
{
	test_parts();
	test_counted();
	test_new_day();
	test_resumed();
	for (int turns = 0; turns < 8; turns += 2) {
		test_death(turns);
		test_lost(turns);
		test_other_scheme(turns);
		test_absence(turns);
	}
	return tap_done();
}
