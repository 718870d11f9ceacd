/*
 * The daemon's turn:
 *
 *	listen_once	whatever is ready calls back: hooks, answers, commands
 *			and the timer post their events to the engine
 *	engine_turn	handles them and what is due, and commits once
 *	  (release)	requests leave, hooks get their 2xx
 *	tend		watchdog, status, checkpoint: what a loop does that
 *			has done its work
 */
#include "daemon/inside.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "daemon/loading.h"
#include "daemon/service.h"

/* The timer only decides when to look again; the clock decides what is due.
 * So a clock that was set is noticed by then. */
#define LOOK_AGAIN (30 * MSEC_SECOND)
#define STATUS_AGAIN (10 * MSEC_SECOND)
#define TIDY_AGAIN MSEC_SECOND
#define TIDY_PAGES 512
#define DRAIN_FOR (9 * MSEC_SECOND)
/* So often at most before a commit: those who wait for it do not wait long. */
#define LOOKS_MAX 8
/* After a commit that failed: not at once, and not for long. */
#define RETRY_AFTER (500)

/* ---- the end ----------------------------------------------------------- */

static void
on_stop(int number, void *arg)
{
	struct daemon *d = arg;

	(void)number;
	if (d->stopping) {	/* asked twice: now */
		d->stop_by = 0;
		return;
	}
	log_info("daemon", "stopping");
	service_stopping();
	d->stopping = true;
	d->stop_by = clock_monotonic() + DRAIN_FOR;
	engine_drain(d->engine);
	httpd_stop_accepting(d->public);
	httpd_stop_accepting(d->control);
	loop_timer_arm(d->timer, 0);
}

/* Is all that was under way finished, or the time for it over? */
static bool
is_drained(const struct daemon *d)
{
	if (clock_monotonic() >= d->stop_by)
		return true;
	return fetch_count(d->fetch) == 0 && !engine_has_work(d->engine) &&
	    d->reloads == NULL && httpd_open_count(d->public) == 0 &&
	    httpd_open_count(d->control) == 0;
}

/* ---- one turn ---------------------------------------------------------- */

static void
on_timer(void *arg)
{
	(void)arg;	/* the turn itself looks at what is due */
}

static void
arm(struct daemon *d)
{
	msec wait = clock_sleep_until(&d->clock, engine_wake(d->engine));

	if (d->trouble && wait < RETRY_AFTER)
		wait = RETRY_AFTER;
	if (d->stopping && wait > 100)
		wait = 100;
	if (d->watchdog_period > 0 && wait > d->watchdog_period)
		wait = d->watchdog_period;
	if (wait > TIDY_AGAIN && ledger_behind(d->ledger) > 0)
		wait = TIDY_AGAIN;
	loop_timer_arm(d->timer, wait < LOOK_AGAIN ? wait : LOOK_AGAIN);
}

/* The WAL goes into the file now and then, not after each commit, and in
 * pieces that take no longer than a commit or two. */
static bool
is_time_to_tidy(const struct daemon *d, msec mono)
{
	int pages = ledger_behind(d->ledger);

	return pages > 0 && !engine_has_work(d->engine) &&
	    (pages >= TIDY_PAGES || mono >= d->tidy_at);
}

/* What a loop does that has done its work. */
static void
tend(struct daemon *d)
{
	msec mono = clock_monotonic();
	struct buf line = BUF_EMPTY;

	if (d->watchdog_period > 0 && mono >= d->watchdog_at) {
		service_watchdog_feed();
		d->watchdog_at = mono + d->watchdog_period;
	}
	if (mono >= d->status_at) {
		if (d->mistakes > 0)
			buf_addf(&line, "%d %s in the scheme, the old one "
			    "stays in force; ", d->mistakes,
			    d->mistakes == 1 ? "mistake" : "mistakes");
		engine_status_line(d->engine, clock_now(&d->clock), &line);
		service_status(buf_text(&line));
		buf_release(&line);
		d->status_at = mono + STATUS_AGAIN;
	}
	if (is_time_to_tidy(d, mono)) {
		ledger_checkpoint(d->ledger);
		d->tidy_at = mono + TIDY_AGAIN;
	}
}

static bool
engine_is_due(const struct daemon *d)
{
	return engine_has_work(d->engine) ||
	    clock_now(&d->clock) >= engine_wake(d->engine);
}

/* The ledger can no longer be trusted as it is open here. */
static enum daemon_end
give_up(struct daemon *d, const char *why)
{
	const char *path = d->conf->service.database;
	bool damaged = ledger_place(d->ledger) == LEDGER_FILE_GONE ||
	    ledger_is_damaged(path);

	log_error("daemon", "the ledger is %s: %s", damaged ? "damaged" :
	    "not to be trusted before a new start", why);
	alarm_last_words(d, damaged);
	return damaged ? DAEMON_LEDGER : DAEMON_DISK;
}

/* Somebody took the ledger's file or its WAL away.  What only the WAL holds
 * is moved into the file while it is still open here. */
static int
look_for_ledger(struct daemon *d)
{
	enum ledger_place place = ledger_place(d->ledger);

	if (place == LEDGER_IN_PLACE)
		return 0;
	log_error("daemon", "the ledger's %s was removed or replaced while "
	    "the daemon runs", place == LEDGER_WAL_GONE ? "WAL" : "file");
	(void)ledger_checkpoint(d->ledger);
	return -1;
}

/* DAEMON_DONE: go on. */
static enum daemon_end
work(struct daemon *d)
{
	struct err e = { "" };
	enum ledger_fate fate;

	if (!engine_is_due(d)) {
		tend(d);
		return DAEMON_DONE;
	}
	if (look_for_ledger(d) == -1)
		return give_up(d, "it is not in its place");
	fate = engine_turn(d->engine, clock_now(&d->clock), &e);
	switch (fate) {
	case LEDGER_OK:
		if (d->trouble)
			log_warn("daemon", "the ledger can be written again");
		d->trouble = false;
		alarm_over(d);
		tend(d);
		return DAEMON_DONE;
	case LEDGER_BUSY:
	case LEDGER_FAILED:
		if (!d->trouble)
			log_error("daemon", "the ledger cannot be written, "
			    "nobody is asked: %s", e.text);
		d->trouble = true;
		alarm_trouble(d);
		service_status("the ledger cannot be written: nobody is "
		    "asked");
		return DAEMON_DONE;
	case LEDGER_BROKEN:
		break;
	}
	return give_up(d, e.text);
}

/*
 * Wait until something is ready, and take in what becomes ready meanwhile: it
 * all shares the turn's one commit.  This waits for nothing, and ends with the
 * first look that brings nothing to be written down.
 */
static int
listen_once(struct daemon *d, struct err *e)
{
	uint64_t before = engine_posted(d->engine);
	int result = loop_turn(d->loop, e);

	loop_serve(d->loop);
	for (int i = 0; i < LOOKS_MAX && result == 0 &&
	    engine_posted(d->engine) != before; i++) {
		before = engine_posted(d->engine);
		result = loop_look(d->loop, e);
	}
	return result;
}

/* Whoever came while others were served has waited for so long. */
static void
note_wait(struct daemon *d)
{
	msec wait = clock_monotonic() - loop_busy_since(d->loop);

	if (wait <= d->longest)
		return;
	d->longest = wait;
	d->longest_at = clock_now(&d->clock);
}

enum daemon_end
daemon_run(struct daemon *d)
{
	enum daemon_end end;
	struct err e;

	service_ready();
	log_info("daemon", "ready: live=%zu", d->conf->n_live);
	for (;;) {
		stepped_look(d);
		if ((end = work(d)) != DAEMON_DONE)
			return end;
		if (d->stopping && is_drained(d))
			return DAEMON_DONE;
		arm(d);
		note_wait(d);
		if (listen_once(d, &e) == -1) {
			log_error("daemon", "%s", e.text);
			return DAEMON_FAILED;
		}
	}
}

/* ---- health ------------------------------------------------------------ */

static const char *
why_unwell(void *arg)
{
	const struct daemon *d = arg;

	if (d->trouble)
		return "the ledger cannot be written";
	if (d->stopping)
		return "stopping";
	return engine_why_silent(d->engine);
}

/* ---- the beginning ----------------------------------------------------- */

static int
load_first(struct daemon *d, const struct daemon_options *o, struct err *e)
{
	struct config_notes mistakes, warnings;
	struct buf list = BUF_EMPTY;
	size_t n;
	char *zone = config_peek_timezone(o->config);
	int opened = zone != NULL ? calendar_open(zone, e) : 0;

	/* A zone that is none is among the mistakes, with file and line. */
	(void)opened;
	free(zone);
	d->conf = loading_load(o->config, &mistakes, &warnings);
	loading_list(&warnings, "warning: ", &list);
	loading_list(&mistakes, "", &list);
	if (isatty(STDERR_FILENO) && list.len > 0)
		(void)!write(STDERR_FILENO, list.data, list.len);
	loading_log(&mistakes);
	n = mistakes.n;
	buf_release(&list);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	if (d->conf == NULL)
		return err_set(e, "%zu mistakes in %s; ringround check says "
		    "which", n, o->config);
	return o->rehearse != NULL ? loading_check_rehearsal(d->conf, e) : 0;
}

/* A rehearsal's clock never stands before its ledger. */
static int
begin_rehearsal(struct daemon *d, const struct daemon_options *o,
    struct err *e)
{
	msec start, newest;

	if (calendar_parse_instant(o->rehearse, &start, e) == -1)
		return err_wrap(e, "--rehearse");
	if (ledger_newest(d->ledger, &newest, e) == -1)
		return -1;
	if (newest > start) {
		char date[CALENDAR_DATE_SIZE], at[CALENDAR_CLOCK_SIZE];

		log_warn("daemon", "the rehearsal goes on at %s %s, where its"
		    " ledger ended; to begin anew, stop it and remove %s",
		    calendar_format_date(calendar_date(newest), date),
		    calendar_format_clock(newest, at),
		    d->conf->service.database);
		start = newest;
	}
	clock_init_rehearsal(&d->clock, start, o->rate);
	return 0;
}

/* The ledger, and the clock beside it. */
static int
open_ledger(struct daemon *d, const struct daemon_options *o, struct err *e)
{
	d->ledger = ledger_open(d->conf->service.database,
	    o->rehearse != NULL ? LEDGER_REHEARSAL : LEDGER_LIVE, e);
	if (d->ledger == NULL)
		return -1;
	if (o->rehearse != NULL)
		return begin_rehearsal(d, o, e);
	clock_init_real(&d->clock);
	return o->accept_clock ? ledger_rewind(d->ledger, clock_now(&d->clock),
	    e) : 0;
}

/* What an alarm needs, before there is a ledger that may be damaged. */
static int
open_loop(struct daemon *d)
{
	random_init_system(&d->random);
	d->loop = loop_new();
	d->fetch = fetch_new(d->loop);
	d->timer = loop_timer_new(d->loop, on_timer, d);
	return 0;
}

static int
open_engine(struct daemon *d, const struct daemon_options *o, struct err *e)
{
	d->carrier = carrier_new(d->fetch, &d->clock);
	d->engine = engine_new(d->ledger, d->conf, carrier_ops(d->carrier),
	    &d->random, e);
	if (d->engine == NULL)
		return -1;
	carrier_serve(d->carrier, d->engine);
	engine_set_rate(d->engine, o->rehearse != NULL ? o->rate : 1);
	d->signals[0] = loop_signal_new(d->loop, SIGTERM, on_stop, d);
	d->signals[1] = loop_signal_new(d->loop, SIGINT, on_stop, d);
	d->signals[2] = loop_signal_new(d->loop, SIGHUP, reload_on_signal, d);
	return 0;
}

/* A start that failed: is the ledger to blame? */
static enum daemon_end
why_not(struct daemon *d)
{
	if (d->conf == NULL || d->ledger != NULL ||
	    !ledger_is_damaged(d->conf->service.database))
		return DAEMON_FAILED;
	clock_init_real(&d->clock);
	alarm_last_words(d, true);
	return DAEMON_LEDGER;
}

struct daemon *
daemon_new(const struct daemon_options *o, enum daemon_end *ret_end,
    struct err *e)
{
	struct daemon *d = mem_alloc(sizeof(*d));

	d->config_path = o->config;
	d->rehearsing = o->rehearse != NULL;
	if (load_first(d, o, e) == -1 || open_loop(d) == -1 ||
	    open_ledger(d, o, e) == -1 ||
	    open_engine(d, o, e) == -1 || doors_open(d, why_unwell, e) == -1) {
		*ret_end = why_not(d);
		daemon_free(d);
		return NULL;
	}
	d->watchdog_period = service_watchdog_period();
	return d;
}

void
daemon_free(struct daemon *d)
{
	if (d == NULL)
		return;
	/* What came in and was not handled is told so before its door shuts;
	 * what is under way ends as unknown, and is looked up after the next
	 * start. */
	if (d->fetch != NULL)
		fetch_cancel_all(d->fetch);
	reload_close(d);
	engine_free(d->engine);
	doors_close(d);
	fetch_free(d->fetch);
	carrier_free(d->carrier);
	for (size_t i = 0; i < COUNT(d->signals); i++)
		loop_signal_free(d->signals[i]);
	loop_timer_free(d->timer);
	loop_free(d->loop);
	ledger_close(d->ledger);
	config_free(d->conf);
	free(d);
}
