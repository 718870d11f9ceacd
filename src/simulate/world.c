#include "simulate/world.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* No scheme that is simulated has so much to do in a minute. */
#define SPINNING 30000

/* ---- the exchanges ----------------------------------------------------- */

/* The exchange counts in whole ones. */
static int
at_least(double per_second)
{
	int whole = (int)per_second;

	return whole < per_second ? whole + 1 : whole;
}

static struct exchange *
open_exchange(const struct world *w, const struct config_gateway *g,
    struct err *e)
{
	const char *numbers[2];
	struct gateway *door = gateway_open(g, w->o.conf->web.public_url, e);
	struct exchange_options o = {
		.account_sid = g->account_sid,
		.auth_token = g->auth_tokens[0],
		.api_key_sid = g->api_key_sid,
		.api_key_secret = g->api_key_secret,
		.path_prefix = g->path_prefix,
		.seed = w->o.seed + (uint64_t)w->wire.n_lines,
		.calls_per_second = at_least(g->calls_per_second),
		.texts_per_second = at_least(g->texts_per_second),
		.keeps_opt_outs = true,
		.numbers = numbers,
		.habit = w->o.habit, .habit_arg = w->o.habit_arg,
	};
	struct exchange *x;

	if (door == NULL)
		return NULL;
	if (g->call_from != NULL)
		numbers[o.n_numbers++] = g->call_from;
	if (g->text_from != NULL)
		numbers[o.n_numbers++] = g->text_from;
	o.text_url = g->polls ? mem_dup("") : gateway_console_text(door);
	o.call_url = gateway_console_call(door);
	o.call_end_url = gateway_console_call_end(door);
	x = exchange_new(&o);
	free((char *)(uintptr_t)o.text_url);
	free((char *)(uintptr_t)o.call_url);
	free((char *)(uintptr_t)o.call_end_url);
	gateway_close(door);
	return x;
}

static int
open_exchanges(struct world *w, struct err *e)
{
	const struct config *conf = w->o.conf;

	if (conf->n_gateways > WIRE_MAX)
		return err_set(e, "at most %d gateways can be simulated",
		    WIRE_MAX);
	for (size_t i = 0; i < conf->n_gateways; i++) {
		struct exchange *x = open_exchange(w, &conf->gateways[i], e);

		if (x == NULL)
			return -1;
		wire_add(&w->wire, conf->gateways[i].name, x);
	}
	return 0;
}

struct exchange *
world_exchange(const struct world *w, enum channel channel)
{
	const struct config_gateway *g = config_gateway_for(w->o.conf,
	    channel);

	return g != NULL ? w->wire.lines[g - w->o.conf->gateways].exchange :
	    w->wire.lines[0].exchange;
}

/* ---- the ledger's folder ----------------------------------------------- */

/* In memory where that can be: each turn syncs, and a year has many. */
static int
make_folder(struct world *w, struct err *e)
{
	const char *shm = "/dev/shm", *tmp = getenv("TMPDIR");

	snprintf(w->folder, sizeof(w->folder), "%s/ringround-XXXXXX",
	    access(shm, W_OK) == 0 ? shm :
	    tmp != NULL && strlen(tmp) < 40 ? tmp : "/tmp");
	if (mkdtemp(w->folder) != NULL)
		return 0;
	err_errno(e, "%s", w->folder);
	w->folder[0] = '\0';
	return -1;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

/* ---- life -------------------------------------------------------------- */

int
world_start(struct world *w, struct err *e)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/ringround.db", w->folder);
	w->ledger = ledger_open(path, LEDGER_SIMULATION, e);
	if (w->ledger == NULL)
		return -1;
	w->engine = engine_new(w->ledger, w->o.conf, &w->ops, &w->chance, e);
	w->changed = true;
	return w->engine != NULL ? 0 : -1;
}

void
world_kill(struct world *w)
{
	engine_free(w->engine);
	w->engine = NULL;
	wire_drop(&w->wire);
	ledger_close(w->ledger);
	w->ledger = NULL;
}

int
world_open(struct world *w, const struct world_options *o, struct err *e)
{
	*w = (struct world){ .o = *o, .now = o->start };
	w->wire.now = &w->now;
	w->wire.engine = &w->engine;
	w->wire.deaf = &w->deaf;
	w->ops = wire_ops(&w->wire);
	random_init_seed(&w->chance, o->seed);
	if (make_folder(w, e) == -1 || open_exchanges(w, e) == -1)
		return -1;
	return world_start(w, e);
}

void
world_close(struct world *w)
{
	world_kill(w);
	for (int i = 0; i < w->wire.n_lines; i++)
		exchange_free(w->wire.lines[i].exchange);
	w->wire.n_lines = 0;
	if (w->folder[0] != '\0')
		nftw(w->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- time -------------------------------------------------------------- */

static int
turn(struct world *w, struct err *e)
{
	if (++w->turns_here > SPINNING)
		return err_set(e, "the engine never comes to rest");
	w->changed = true;
	return engine_turn(w->engine, w->now, e) == LEDGER_OK ? 0 : -1;
}

/* All that is due at this instant. */
static int
live(struct world *w, struct err *e)
{
	while (wire_due(&w->wire) || (w->engine != NULL &&
	    engine_wake(w->engine) <= w->now))
		if (w->engine != NULL && engine_wake(w->engine) <= w->now &&
		    turn(w, e) == -1)
			return -1;
	return 0;
}

static msec
next_instant(const struct world *w)
{
	msec next = wire_next(&w->wire), at;

	if (w->engine == NULL)
		return next;
	at = engine_wake(w->engine);
	return at < next ? at : next;
}

static void
go_to(struct world *w, msec next)
{
	msec minute = (next - 1) / MSEC_MINUTE * MSEC_MINUTE;

	if (w->changed && minute >= w->now && w->engine != NULL) {
		w->o.minute(w->o.minute_arg, minute);
		w->changed = false;
	}
	if (next / MSEC_MINUTE != w->now / MSEC_MINUTE)
		w->turns_here = 0;
	w->now = next;
}

int
world_run(struct world *w, msec until, struct err *e)
{
	for (;;) {
		msec next;

		if (live(w, e) == -1)
			return -1;
		next = next_instant(w);
		if (next > until)
			break;
		if (next > w->now)
			go_to(w, next);
	}
	if (until > w->now)
		go_to(w, until);
	return 0;
}

/* ---- in a turn --------------------------------------------------------- */

struct job {
	struct turn_event event;	/* first */
	world_fn *fn;
	void *arg;
	enum { JOB_WAITS, JOB_DONE, JOB_REFUSED } state;
};

static int
job_handle(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct job *j = (struct job *)ev;

	return j->fn(en, j->arg, now, e);
}

static void
job_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct job *j = (struct job *)ev;

	(void)e;
	j->state = fate == TURN_KEPT ? JOB_DONE : JOB_REFUSED;
}

bool
world_do(struct world *w, world_fn *fn, void *arg)
{
	struct job j = {
		.event = { .handle = job_handle, .done = job_done },
		.fn = fn, .arg = arg,
	};
	struct err e;

	if (w->engine == NULL)
		return false;
	engine_post(w->engine, &j.event);
	while (j.state == JOB_WAITS)
		if (turn(w, &e) == -1)
			return false;
	return j.state == JOB_DONE;
}
