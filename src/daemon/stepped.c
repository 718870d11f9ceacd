/*
 * The wall clock against the one that nobody sets: a step of it is told to
 * the engine, which cannot see it.  A machine that slept looks the same, for
 * the other clock sleeps with it; so it should be told too.
 */
#include "daemon/inside.h"

#include <stdlib.h>

#include "base/mem.h"

/* Less is the slewing of a time service, or a slow turn. */
#define STEP MSEC_MINUTE

struct step {
	struct turn_event event;	/* first */
	msec by;
};

static int
tell(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	const struct step *s = (const struct step *)ev;

	return engine_clock_stepped(en, s->by, now, e);
}

static void
told(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	(void)fate;
	(void)e;
	free(ev);
}

void
stepped_look(struct daemon *d)
{
	msec wall = clock_now(&d->clock), mono = clock_monotonic();
	msec by = (wall - d->wall_seen) - (mono - d->mono_seen);
	bool first = d->wall_seen == 0;
	struct step *s;

	d->wall_seen = wall;
	d->mono_seen = mono;
	if (d->rehearsing || first || (by < STEP && by > -STEP))
		return;
	s = mem_alloc(sizeof(*s));
	s->event = (struct turn_event){
		.handle = tell, .done = told, .again = true,
	};
	s->by = by;
	engine_post(d->engine, &s->event);
}
