/*
 * loop.h - the one loop: timers, signals and descriptors, by libevent.
 *
 * The daemon turns it; after each turn it makes durable what the callbacks
 * did.  No other room ever sees libevent.  A loop outlives everything that
 * was made from it.  Callbacks may arm, disarm and free whatever they like,
 * also what called them.
 */
#ifndef LOOP_H
#define LOOP_H

#include "base/clock.h"
#include "base/err.h"

struct loop;
struct loop_timer;
struct loop_signal;
struct loop_watch;

/* The first loop makes libevent end the process when memory runs out, gives
 * its log to ours, and has SIGPIPE ignored. */
struct loop *loop_new(void);
void loop_free(struct loop *l);		/* NULL is fine */

/*
 * One turn: wait until something is ready, then call back everything that
 * is.  -1 where libevent fails, which leaves nothing to be done but to end.
 */
int loop_turn(struct loop *l, struct err *e) MUST_CHECK;
/* The same for what is ready already: never waits, and ends though more
 * becomes ready while it calls back. */
int loop_look(struct loop *l, struct err *e) MUST_CHECK;

/* Somebody is served from now on; whoever serves says so. */
void loop_serve(struct loop *l);
/* Since when (monotonic) somebody is in the newest turn: so long whoever came
 * meanwhile has waited.  Now, where nobody is. */
msec loop_busy_since(const struct loop *l);

/* A timer that fires once for each time it is armed, never too early.  Armed
 * for NEVER it is disarmed. */
struct loop_timer *loop_timer_new(struct loop *l, void (*fn)(void *arg),
    void *arg);
void loop_timer_arm(struct loop_timer *t, msec from_now);	/* or anew */
void loop_timer_disarm(struct loop_timer *t);
void loop_timer_free(struct loop_timer *t);	/* NULL is fine */

/* fn is called in the loop, not in a signal handler. */
struct loop_signal *loop_signal_new(struct loop *l, int number,
    void (*fn)(int number, void *arg), void *arg);
void loop_signal_free(struct loop_signal *s);	/* NULL is fine */

/* fn is called in every turn in which fd can be read.  The descriptor stays
 * the caller's, who frees the watch before closing it. */
struct loop_watch *loop_watch_new(struct loop *l, int fd,
    void (*fn)(int fd, void *arg), void *arg);
void loop_watch_free(struct loop_watch *w);	/* NULL is fine */

/* For this room only: what libevent's functions take. */
struct event_base;
struct event_base *loop_base(struct loop *l);

#endif /* LOOP_H */
