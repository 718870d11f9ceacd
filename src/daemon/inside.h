/*
 * inside.h - what the daemon's own files share.  No other room includes it.
 */
#ifndef DAEMON_INSIDE_H
#define DAEMON_INSIDE_H

#include "base/clock.h"
#include "base/random.h"
#include "daemon/carrier.h"
#include "daemon/daemon.h"
#include "engine/engine.h"
#include "net/fetch.h"
#include "net/httpd.h"
#include "net/loop.h"
#include "web/control.h"
#include "web/hooks.h"
#include "web/pages.h"

/* The daemon owns all of these; they are freed in the reverse order. */
struct daemon {
	const char *config_path;
	struct config *conf;		/* as the engine has it */
	struct clock clock;
	struct random random;
	struct ledger *ledger;
	struct loop *loop;
	struct fetch *fetch;
	struct carrier *carrier;
	struct engine *engine;
	struct httpd *public, *control;
	struct hooks *hooks;
	struct pages *pages;
	struct control *commands;
	struct loop_timer *timer;
	struct loop_signal *signals[3];
	struct reload *reloads;		/* the first is under way */
	bool ends;			/* nothing is begun any more */
	msec watchdog_period, watchdog_at, status_at, tidy_at;	/* monotonic */
	msec wall_seen, mono_seen;	/* when a step was last looked for */
	msec longest, longest_at;	/* anybody's wait for the loop, when */
	msec stop_by;			/* monotonic */
	bool stopping;
	bool trouble;			/* the last commit failed */
	msec trouble_since;		/* monotonic; 0 */
	bool alarmed;			/* the coordinators know of it */
	int alarms;			/* e-mails of alarm.c under way */
	bool rehearsing;
	int mistakes;			/* of the newest load, where refused */
};

/* doors.c: the public listener with hooks and pages, and the control socket. */
int doors_open(struct daemon *d, const char *(*why_unwell)(void *arg),
    struct err *e) MUST_CHECK;
void doors_close(struct daemon *d);

/* From now on the public listener speaks TLS, or none, as this scheme says.
 * On failure it speaks as before. */
int doors_use_tls(struct daemon *d, const struct config *c,
    struct err *e) MUST_CHECK;

/* reload.c: load the scheme anew, wholly or not at all, while the loop turns.
 * asked, unless NULL, is answered once. */
void reload_start(struct daemon *d, int accept_removals,
    struct control_reload *asked);
void reload_on_signal(int number, void *arg);
/* What is being loaded is let go, and whoever asked is told; before the
 * engine and the doors end. */
void reload_close(struct daemon *d);

/* alarm.c: the coordinators are told by e-mail, without the ledger: while it
 * cannot be written (call it again and again), when it can be again, and at
 * the end of a daemon that cannot trust it any more (waits for a moment). */
void alarm_trouble(struct daemon *d);
void alarm_over(struct daemon *d);
void alarm_last_words(struct daemon *d, bool damaged);

/* stepped.c: was the wall clock set?  Once a turn of the loop. */
void stepped_look(struct daemon *d);

#endif /* DAEMON_INSIDE_H */
