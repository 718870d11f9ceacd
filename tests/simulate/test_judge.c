/*
 * The judge finds what is put in: a simulation whose promises were all kept
 * is disturbed, one thing at a time, behind the engine's back.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "ledger/handle.h"
#include "simulate/scheme.h"
#include "simulate/simulate.h"
#include "tap.h"

#define PEOPLE 80
#define DAYS 14
#define SEED 36		/* London, with some bad days */

static struct simulation s;

static int
run_sql(const char *sql)
{
	int rc = sqlite3_exec(handle_of(s.world.ledger), sql, NULL, NULL,
	    NULL);

	if (rc != SQLITE_OK)
		printf("# %s: %s\n", sql,
		    sqlite3_errmsg(handle_of(s.world.ledger)));
	return rc;
}

static int64_t
number(const char *sql)
{
	sqlite3_stmt *stmt;
	int64_t n = -1;

	if (sqlite3_prepare_v2(handle_of(s.world.ledger), sql, -1, &stmt,
	    NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

/* What it says from now on. */
static void
forget(void)
{
	for (int i = 0; i < s.judge.n && i < JUDGE_MAX; i++)
		free(s.judge.findings[i]);
	s.judge.n = 0;
}

static bool
says(const char *words)
{
	for (int i = 0; i < s.judge.n && i < JUDGE_MAX; i++)
		if (strstr(s.judge.findings[i], words) != NULL)
			return true;
	for (int i = 0; i < s.judge.n && i < JUDGE_MAX; i++)
		printf("# it says: %s\n", s.judge.findings[i]);
	return false;
}

/* A change that the schema's own checks would refuse is let through: they are
 * another line of defence. */
static void
disturbed(const char *sql, void (*judge)(struct judge *), const char *words,
    const char *name)
{
	forget();
	run_sql("PRAGMA ignore_check_constraints = ON; BEGIN");
	is_int(run_sql(sql), SQLITE_OK, "%s: put in", name);
	judge(&s.judge);
	ok(says(words), "%s: found", name);
	run_sql("ROLLBACK");
}

static void
look_now(struct judge *j)
{
	judge_minute(j, s.world.now);
}

/* A check-in that found out about a bad day. */
static int64_t
bad_checkin(void)
{
	const struct crowd_spell *spells;
	const struct config_participant *p;
	char *sql;
	size_t n;
	int64_t found = -1;

	spells = crowd_spells(s.crowd, &n);
	for (size_t i = 0; i < n && found < 1; i++) {
		p = crowd_member(s.crowd, spells[i].house, NULL);
		sql = mem_printf("SELECT id FROM checkin WHERE participant ="
		    " '%s' AND flag IS NOT NULL AND state <> 'cancelled'"
		    " AND slot >= %lld AND slot < %lld", p->id,
		    (long long)spells[i].from, (long long)spells[i].until);
		found = number(sql);
		free(sql);
	}
	return found;
}

static void
test_truth(void)
{
	int64_t id = bad_checkin();
	msec end = s.world.now;
	char *sql = mem_printf("SELECT date FROM checkin WHERE id = %lld",
	    (long long)id);

	ok(id > 0, "somebody's day was bad");
	/* The judge looks at what has just ended. */
	s.world.now = calendar_instant((localdate)number(sql) + 1, 0, NULL);
	s.judge.n_spells_done = 0;
	free(sql);
	sql = mem_printf("UPDATE checkin SET flag = NULL, state ="
	    " 'no_response', confirmed_by = NULL WHERE id = %lld",
	    (long long)id);
	disturbed(sql, judge_day, "went unflagged", "a flag that is missing");
	free(sql);
	sql = mem_printf("UPDATE checkin SET state = 'confirmed',"
	    " confirmed_by = 'key', closed_at = slot + 1 WHERE id = %lld",
	    (long long)id);
	disturbed(sql, judge_day, "was confirmed on a bad day",
	    "silence taken as good news");
	free(sql);
	s.world.now = end;
}

static void
test_ledgers(void)
{
	struct submission again = { .channel = CHANNEL_TEXT };

	disturbed("UPDATE attempt SET ref = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
	    " WHERE id = 1", judge_end, "does not know",
	    "a create that the ledger does not know");
	disturbed("UPDATE checkin SET state = 'asking', closed_at = NULL,"
	    " wake_at = slot WHERE id = 1", look_now, "nobody looks at",
	    "a check-in that rests");
	s.judge.looked_at = 0;
	disturbed("UPDATE flag SET state = 'open', owner = NULL, asked = NULL,"
	    " deadline = raised_at, resolved_at = NULL, disposition = NULL,"
	    " false_alarm = NULL WHERE id = (SELECT min(id) FROM flag WHERE"
	    " reason = 'no_response')", look_now, "nobody was told",
	    "a flag that nobody knows of");
	forget();
	again.channel = CHANNEL_CALL;
	again.to = s.o.conf->participants[0].phone;
	judge_create(&s.judge, &again);	/* it is midnight */
	ok(says("outside the contact hours"), "a call at night: found");
	forget();
	judge_line(&s.judge, "engine: an event was undone: it failed");
	ok(says("failed by itself"), "a piece of work that was undone: found");
	forget();
	judge_end(&s.judge);
	is_int(s.judge.n, 0, "and nothing is wrong without");
}

/* A morning without power: one incident, and nobody is forgotten for it. */
static void
test_power_cut(const struct config *conf)
{
	struct simulate_options o = {
		.conf = conf, .from = 20791, .days = DAYS, .seed = SEED,
		.faults = 3,
	};
	struct err e = { "" };

	is_int(simulate_run(&s, &o, &e), 0, "it runs: %s", e.text);
	ok(s.weather.cuts > 0, "the power was cut %d times", s.weather.cuts);
	ok(number("SELECT count(*) FROM incident WHERE kind = 'silence'") > 0,
	    "many were silent at once");
	ok(number("SELECT count(*) FROM flag JOIN incident ON incident.id ="
	    " flag.incident WHERE incident.kind = 'silence'") > 0,
	    "and volunteers were told of them later");
	is_int(s.judge.n, 0, "every promise was kept");
	simulate_release(&s);
}

int
main(void)
{
	struct scheme_options made = { PEOPLE, SEED, 20791, DAYS };
	struct simulate_options o = {
		.from = 20791, .days = DAYS, .seed = SEED,
	};
	struct config *conf;
	struct err e = { "" };

	if (calendar_open(scheme_zone(SEED), &e) == -1 ||
	    (conf = scheme_make(&made, &e)) == NULL) {
		printf("Bail out! %s\n", e.text);
		return 1;
	}
	o.conf = conf;
	is_int(simulate_run(&s, &o, &e), 0, "it runs: %s", e.text);
	is_int(s.judge.n, 0, "every promise was kept");
	test_truth();
	test_ledgers();
	simulate_release(&s);
	test_power_cut(conf);
	config_free(conf);
	return tap_done();
}
