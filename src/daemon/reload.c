/*
 * Loading the scheme anew: on SIGHUP, or because a coordinator asked on the
 * control socket.  With a mistake, or where it would drop too many people,
 * the old one stays in force, and the coordinators get the reason in full by
 * e-mail.
 */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "daemon/inside.h"
#include "daemon/loading.h"
#include "daemon/service.h"

struct reload {
	struct turn_event event;	/* first */
	struct daemon *daemon;
	struct config *conf;		/* NULL: it has mistakes */
	struct config_notes mistakes;
	int accept_removals;
	struct control_reload *asked;	/* NULL: a signal */
	char *refusal;			/* what the coordinators are to read */
	struct buf gone;		/* whom it would drop */
	int n_mistakes;
};

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
	struct buf text = BUF_EMPTY;

	r->n_mistakes = r->mistakes.n > 0 ? (int)r->mistakes.n : 1;
	buf_addf(&text, "The scheme was not loaded; the one before stays in "
	    "force.\n\n%s%s", why, why[0] != '\0' ? "\n" : "");
	if (r->gone.len > 0)
		buf_addf(&text, "\nNot in it, or not live: %s\n",
		    buf_text(&r->gone));
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
	if (r->gone.len > 0)
		log_error("daemon", "it would drop: %s", buf_text(&r->gone));
	r->event.handle = tell_refused;
	r->event.done = told_refused;
	r->event.again = true;
	engine_post(d->engine, &r->event);
}

static int
swap(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct reload *r = (struct reload *)ev;
	struct err not_told;

	(void)now;
	if (engine_reload(en, r->conf, r->accept_removals, e) == 0)
		return 0;
	buf_clear(&r->gone);
	if (engine_gone(en, r->conf, &r->gone, &not_told) == -1)
		buf_clear(&r->gone);
	return -1;
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
	service_ready();
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

static void
reload_free(struct reload *r)
{
	config_notes_release(&r->mistakes);
	config_free(r->conf);
	free(r->refusal);
	buf_release(&r->gone);
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

void
reload_start(struct daemon *d, int accept_removals,
    struct control_reload *asked)
{
	struct reload *r = mem_alloc(sizeof(*r));
	struct config_notes warnings;
	struct err e = { "" };

	service_reloading();
	r->daemon = d;
	r->accept_removals = accept_removals;
	r->asked = asked;
	r->conf = loading_load(d->config_path, &r->mistakes, &warnings);
	config_notes_release(&warnings);
	if (r->conf != NULL && check_possible(d, r->conf, &e) == -1) {
		config_free(r->conf);
		r->conf = NULL;
	}
	if (r->conf == NULL) {
		if (asked != NULL) {
			struct err why = e;

			if (e.text[0] == '\0')
				err_set(&why, "the scheme has mistakes; "
				    "the one before stays in force");
			control_reload_answer(asked, TURN_REFUSED,
			    &r->mistakes, &why);
			r->asked = NULL;
		}
		service_ready();
		refuse(r, e.text);
		return;
	}
	r->event.handle = swap;
	r->event.done = swapped;
	engine_post(d->engine, &r->event);
}

void
reload_on_signal(int number, void *arg)
{
	(void)number;
	reload_start(arg, 0, NULL);
}
