/*
 * A disk that fails: the n-th write, sync or truncation, once or for ever,
 * and power that goes.  Nothing acknowledged is lost, and nothing leaves that
 * could not be written down.
 */
#include "rig.h"

#include "base/num.h"

#include <sqlite3.h>

#include "ledger/faulty.h"

#define SCHEME RIG_HEAD WALTER EDNA TEAM
#define HABITS WALTER_CALL " call key 1\n" EDNA_TEXT " text reply \"OK\"\n"
#define MORNING "morning", RIG_DATE

static struct rig *
morning(void)
{
	struct rig *r = rig_open(SCHEME, HABITS, RIG_AT(8, 59));

	faulty_settle();
	return r;
}

/* The daemon ends itself and is started again. */
static void
start_again(struct rig *r)
{
	rig_kill(r);
	rig_start(r, NULL);
}

/* Live on to the instant, and end as the daemon does where the ledger is not
 * to be trusted. */
static void
live(struct rig *r, msec until)
{
	while (r->now < until) {
		rig_run(r, r->now + 10 * MSEC_SECOND);
		if (r->broken)
			start_again(r);
	}
}

/* A key that the gateway was told 2xx for has confirmed. */
static void
check_heard(struct rig *r, const char *when)
{
	bool taken = false;

	for (size_t i = 0; i < r->n_answers; i++)
		if (r->answers[i].kind == EVENT_KEY && r->answers[i].taken)
			taken = true;
	if (taken)
		is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
		    "%s: what was acknowledged is written down", when);
}

static void
check_end(struct rig *r, const char *when)
{
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "%s: Walter is heard in the end", when);
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply",
	    "%s: and Edna", when);
}

/* The n-th change fails once.  False where there are fewer. */
static bool
fail_once(int64_t n, int kinds, int code)
{
	struct rig *r = morning();
	char when[64];
	bool failed;

	snprintf(when, sizeof(when), "change %d fails once (%d)", (int)n,
	    code);
	faulty_fail(n, kinds, false, code);
	live(r, RIG_AT(9, 4));
	failed = faulty_failed() > 0;
	check_heard(r, when);
	live(r, RIG_AT(9, 40));
	faulty_fail(0, 0, false, 0);
	check_end(r, when);
	rig_close(r);
	return failed;
}

/* From the n-th change on nothing can be written, for a quarter of an hour.
 * False where there are fewer. */
static bool
fail_for_ever(int64_t n, int code)
{
	struct rig *r = morning();
	char when[64];
	size_t before;
	bool failed;

	snprintf(when, sizeof(when), "all fail from change %d on (%d)",
	    (int)n, code);
	faulty_fail(n, FAULTY_ANY, true, code);
	while (r->now < RIG_AT(9, 4) && faulty_failed() == 0)
		rig_run(r, r->now + MSEC_SECOND);
	failed = faulty_failed() > 0;
	/* What was let out before is answered; nothing new leaves. */
	before = r->n_creates;
	if (failed) {
		rig_run(r, r->now + 15 * MSEC_MINUTE);
		is_int(r->n_creates, before, "%s: nothing leaves", when);
	}
	faulty_fail(0, 0, false, 0);
	start_again(r);
	check_heard(r, when);
	live(r, RIG_AT(10, 30));
	ok(strcmp(rig_checkin(r, "walter", MORNING), "confirmed key") == 0 ||
	    strcmp(rig_flag(r, "walter"), "none") != 0,
	    "%s: Walter is heard or flagged", when);
	rig_close(r);
	return failed;
}

/* The power goes at the instant, and what was not synced with it. */
static void
cut_power(msec at, uint64_t seed)
{
	struct rig *r = morning();
	char when[64];

	snprintf(when, sizeof(when), "power cut at %d s, %d",
	    (int)((at - RIG_AT(9, 0)) / MSEC_SECOND), (int)seed);
	rig_run(r, at);
	r->dying = true;	/* what an orderly end would write is lost */
	faulty_fail(1, FAULTY_ANY, true, SQLITE_IOERR);
	rig_kill(r);
	r->dying = false;
	faulty_fail(0, 0, false, 0);
	(void)faulty_power_cut(seed);
	rig_start(r, NULL);
	check_heard(r, when);
	live(r, RIG_AT(10, 30));
	ok(strcmp(rig_checkin(r, "walter", MORNING), "confirmed key") == 0 ||
	    strcmp(rig_flag(r, "walter"), "none") != 0,
	    "%s: Walter is heard or flagged", when);
	rig_close(r);
}

static void
test_each(int64_t stride)
{
	int64_t n;

	for (n = 1; fail_once(n, FAULTY_ANY, SQLITE_FULL); n += stride)
		continue;
	ok(n > 100, "%d changes in these minutes", (int)n);
	for (n = 1; fail_once(n, FAULTY_SYNC, SQLITE_IOERR); n += 1 +
	    stride / 4)
		continue;
	for (n = 1; fail_once(n, FAULTY_TRUNCATE, SQLITE_IOERR); n++)
		continue;
	for (n = 1; fail_for_ever(n, SQLITE_FULL); n += 2 * stride)
		continue;
	for (n = 1; fail_for_ever(n, SQLITE_IOERR); n += 2 * stride)
		continue;
}

int
main(int argc, char **argv)
{
	/* 1 as argument: each change, one after the other. */
	int64_t stride = 7;
	struct err e;

	if (argc > 1 && num_int(argv[1], 1, 1000, &stride, &e) == -1)
		return 1;
	faulty_begin();
	test_each(stride);
	for (msec at = 0; at < 60 * MSEC_SECOND; at += stride * 100) {
		cut_power(RIG_AT(9, 0) + at, 0);
		cut_power(RIG_AT(9, 0) + at, (uint64_t)at + 1);
	}
	return tap_done();
}
