/*
 * control.h - the control socket's routes: what the command line asks of the
 * daemon.
 *
 * Who asks is the peer's user: the volunteer with that `user`; root and the
 * daemon's own user act as administrators under their own names; all others
 * are refused.  Reading answers at once.  What changes something is posted to
 * the engine, and answered when its turn is on disk: 200 with what has become
 * of it, 409 with the reason of a refusal, 503 where it was lost.
 *
 *	GET  /api/status  /api/plan?date=  /api/flags?all=1  /api/history?id=
 *	     /api/version
 *	     /api/absences  /api/reviews  /api/flag?code=  /api/concerns?code=
 *	POST /api/claim  /api/decline  /api/release  code=
 *	     /api/resolve  code= disposition= reason= note=
 *	             spoken_to= at= referred_to= away_until=
 *	     /api/hand-over  code= to=
 *	     /api/note  code= kind= about= until= with= agency= reference=
 *	             note=
 *	     /api/concern  code= note= referred_to= at= consent= consent_why=
 *	     /api/ask-contact  code= contact=
 *	     /api/confirm  participant= by=
 *	     /api/review  id= note=
 *	     /api/away  participant= kind= from= until= note=
 *	     /api/back  participant=
 *	     /api/hold  reason= round=
 *	     /api/resume  round=
 *	     /api/reload  accept_removals=
 *
 * Those that a human decides are in orders.c.  Answers are JSON, by api.h;
 * errors {"error": "sentence"}.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include "engine/engine.h"
#include "net/httpd.h"

struct control;
struct control_reload;

/* What only the daemon can do. */
struct control_ops {
	msec (*now)(void *arg);
	/* Load the configuration anew and post the swap; the end is told by
	 * control_reload_answer, at once or after the turn. */
	void (*reload)(void *arg, int accept_removals, const char *who,
	    struct control_reload *asked);
	/* The longest that anybody had to wait for the loop since the start,
	 * in ms, and when that was.  NULL: nobody knows. */
	msec (*longest)(void *arg, msec *ret_at);
	void *arg;
};

/* The engine and the ops are used until it is freed; requests that wait for
 * their turn must have been answered by then. */
struct control *control_new(struct engine *en, const struct control_ops *ops);
void control_free(struct control *c);		/* NULL is fine */

/* How a reload ended.  mistakes may be NULL; e is the reason unless it was
 * kept.  Once for each reload that was asked for. */
void control_reload_answer(struct control_reload *asked, enum turn_fate fate,
    const struct config_notes *mistakes, const struct err *e);

/* For httpd: arg is the struct control. */
void control_serve(struct httpd_exchange *x, const struct http_incoming *in,
    void *arg);

#endif /* CONTROL_H */
