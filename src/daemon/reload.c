/*
 * Loading the scheme anew: on SIGHUP, or because a coordinator asked on the
 * control socket.  With a mistake, or where it would drop too many people,
 * the old one stays in force, and the coordinators get the reason in full by
 * e-mail.
 *
 * Nobody waits for it: a thread reads the files, then each turn counts some of
 * the people whom it might drop, and then it is swapped in one.  Who asks
 * meanwhile waits for the end, since the files may have changed since they
 * were read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "daemon/inside.h"
#include "daemon/loader.h"
#include "daemon/loading.h"
#include "daemon/service.h"

struct reload {
	struct turn_event event;	/* first */
	struct daemon *daemon;
	struct reload *next;		/* waits for this one */
	struct loader *loader;		/* NULL: read, or not begun */
	struct config *conf;		/* NULL: it has mistakes */
	struct config_notes mistakes;
	int accept_removals;
	struct control_reload *asked;	/* NULL: a signal */
	char *refusal;			/* what the coordinators are to read */
	struct engine_gone gone;	/* whom it would drop */
	bool more;			/* to count */
	int n_mistakes;
};

/* For the coordinators' e-mail, and for the journal. */
#define ROOM_FOR_NAMES 8000

static void begin(struct reload *r);
static void reload_free(struct reload *r);

static int
tell_refused(struct engine *en, struct turn_event *ev, msec now,
    struct err *e)
{
	struct reload *r = (struct reload *)ev;

	return engine_load_refused(en, "", r->n_mistakes, r->refusal, now, e);
}

static void
told_refused(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	if (fate != TURN_KEPT)
		log_error("daemon", "the coordinators were not told: %s",
		    e->text);
	reload_free((struct reload *)ev);
}

/* The old scheme stays: the journal, systemd and the coordinators hear so. */
static void
refuse(struct reload *r, const char *why)
{
	struct daemon *d = r->daemon;
	struct buf text = BUF_EMPTY, gone = BUF_EMPTY;

	engine_name_gone(&r->gone, ROOM_FOR_NAMES, &gone);
	r->n_mistakes = r->mistakes.n > 0 ? (int)r->mistakes.n : 1;
	buf_addf(&text, "The scheme was not loaded; the one before stays in "
	    "force.\n\n%s%s", why, why[0] != '\0' ? "\n" : "");
	if (gone.len > 0)
		buf_addf(&text, "\nNot in it, or not live: %s\n",
		    buf_text(&gone));
	loading_list(&r->mistakes, "", &text);
	r->refusal = buf_take(&text);
	d->mistakes = r->n_mistakes;
	d->status_at = 0;
	loading_log(&r->mistakes);
	if (why[0] != '\0')
		log_error("daemon", "the scheme was not loaded: %s", why);
	else
		log_error("daemon", "the scheme was not loaded: mistakes=%zu",
		    r->mistakes.n);
	if (gone.len > 0)
		log_error("daemon", "it would drop: %s", buf_text(&gone));
	buf_release(&gone);
	if (d->ends) {
		reload_free(r);
		return;
	}
	r->event.handle = tell_refused;
	r->event.done = told_refused;
	r->event.again = true;
	engine_post(d->engine, &r->event);
}

/* Whoever waited is next; r is not in the queue any more. */
static void
go_on(struct daemon *d, const struct reload *r)
{
	service_ready();
	d->reloads = r->next;
	if (d->reloads != NULL)
		begin(d->reloads);
}

static int
swap(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct reload *r = (struct reload *)ev;

	(void)now;
	return engine_reload(en, r->conf, &r->gone, r->accept_removals, e);
}

static void
swapped(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct reload *r = (struct reload *)ev;
	struct daemon *d = r->daemon;
	struct err why;

	if (r->asked != NULL)
		control_reload_answer(r->asked, fate, NULL, e);
	r->asked = NULL;
	go_on(d, r);
	if (fate != TURN_KEPT) {
		config_free(r->conf);
		r->conf = NULL;
		refuse(r, e->text);
		return;
	}
	config_free(d->conf);
	d->conf = r->conf;
	r->conf = NULL;
	if (doors_use_tls(d, d->conf, &why) == -1)
		log_error("daemon", "%s", why.text);
	d->mistakes = 0;
	d->status_at = 0;
	log_info("daemon", "loaded: live=%zu", d->conf->n_live);
	reload_free(r);
}

static int
count(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct reload *r = (struct reload *)ev;
	int more = engine_count_gone(en, r->conf, &r->gone, e);

	(void)now;
	r->more = more == 1;
	return more == -1 ? -1 : 0;
}

static void
counted(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct reload *r = (struct reload *)ev;

	if (fate != TURN_KEPT) {
		swapped(ev, fate, e);
		return;
	}
	if (!r->more) {
		ev->handle = swap;
		ev->done = swapped;
	}
	engine_post(r->daemon->engine, ev);
}

static void
reload_free(struct reload *r)
{
	config_notes_release(&r->mistakes);
	config_free(r->conf);
	free(r->refusal);
	buf_release(&r->gone.ids);
	free(r);
}

/* What a daemon that runs already cannot become. */
static int
check_possible(const struct daemon *d, const struct config *c, struct err *e)
{
	const struct config *old = d->conf;

	if (loading_check_tls(c, e) == -1)
		return -1;
	if (d->rehearsing && loading_check_rehearsal(c, e) == -1)
		return -1;
	if (strcmp(old->web.listen, c->web.listen) != 0)
		return err_set(e, "listen of [web] has changed: restart the "
		    "daemon for that");
	if (strcmp(old->service.socket, c->service.socket) != 0 &&
	    strcmp(old->service.database, c->service.database) == 0)
		return err_set(e, "socket of [service] has changed: restart "
		    "the daemon for that");
	return 0;
}

/* It has mistakes, or cannot be had while the daemon runs. */
static void
answer_unread(struct reload *r, const struct err *why)
{
	struct err e = *why;

	if (e.text[0] == '\0')
		err_set(&e, "the scheme has mistakes; the one before stays in "
		    "force");
	if (r->asked != NULL)
		control_reload_answer(r->asked, TURN_REFUSED, &r->mistakes,
		    &e);
	r->asked = NULL;
	go_on(r->daemon, r);
	refuse(r, why->text);
}

static void
read_it(void *arg, struct config *c, struct config_notes *mistakes)
{
	struct reload *r = arg;
	struct err e = { "" };

	loader_free(r->loader);
	r->loader = NULL;
	r->conf = c;
	r->mistakes = *mistakes;
	if (c != NULL && check_possible(r->daemon, c, &e) == -1) {
		config_free(c);
		r->conf = NULL;
	}
	if (r->conf == NULL) {
		answer_unread(r, &e);
		return;
	}
	r->event.handle = count;
	r->event.done = counted;
	engine_post(r->daemon->engine, &r->event);
}

static void
begin(struct reload *r)
{
	struct daemon *d = r->daemon;
	struct err e;

	service_reloading();
	r->loader = loader_start(d->loop, d->config_path, read_it, r, &e);
	if (r->loader == NULL)
		answer_unread(r, &e);
}

void
reload_start(struct daemon *d, int accept_removals,
    struct control_reload *asked)
{
	struct reload **last = &d->reloads, *r;
	bool waits = false;

	for (; *last != NULL; last = &(*last)->next)
		waits = last != &d->reloads;
	/* Who only wants the newest files in force has them by the last of
	 * those that have not begun. */
	if (waits && asked == NULL)
		return;
	r = mem_alloc(sizeof(*r));
	r->daemon = d;
	r->accept_removals = accept_removals;
	r->asked = asked;
	*last = r;
	if (r == d->reloads)
		begin(r);
}

void
reload_on_signal(int number, void *arg)
{
	(void)number;
	reload_start(arg, 0, NULL);
}

void
reload_close(struct daemon *d)
{
	struct reload *r = d->reloads, *next;
	struct err e;

	err_set(&e, "the daemon ends; the scheme is loaded at the next start");
	d->reloads = NULL;
	d->ends = true;
	for (; r != NULL; r = next) {
		next = r->next;
		r->next = NULL;
		if (r->event.done != NULL)	/* the engine's */
			continue;
		if (r->asked != NULL)
			control_reload_answer(r->asked, TURN_LOST, NULL, &e);
		loader_free(r->loader);
		reload_free(r);
	}
}
