#include "simulate/staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BATCH 64
/* Of a hundred texts that ask them. */
#define SAY_YES 65
#define SAY_NO 10
#define SILENT 20		/* the others never get it */
/* Of a hundred flags that they hold, every ten minutes. */
#define ENDS 15
#define PASSES_ON 2
/* One in so many flags is forgotten by who took it, for so long. */
#define FORGOTTEN_ONE_IN 20
#define FORGOTTEN_FOR (4 * MSEC_HOUR)
/* What nobody took is a coordinator's after so long, in their day. */
#define LEFT_OVER (90 * MSEC_MINUTE)
#define TAKES 20
#define DAY_BEGINS 510
#define DAY_ENDS 1200

struct staff {
	const struct config *conf;
	struct crowd *crowd;
	struct random chance;
};

struct staff *
staff_new(const struct config *conf, struct crowd *crowd, uint64_t seed)
{
	struct staff *s = mem_alloc(sizeof(*s));

	s->conf = conf;
	s->crowd = crowd;
	random_init_seed(&s->chance, seed);
	return s;
}

void
staff_free(struct staff *s)
{
	free(s);
}

bool
staff_habit(struct staff *s, const char *number, bool text, struct habit *ret)
{
	uint32_t at = random_below(&s->chance, 100);

	if (!text || config_volunteer_at(s->conf, number) == NULL)
		return false;
	*ret = (struct habit){
		.kind = HABIT_DELIVERED, .delivery = HABIT_DRAWN,
		.after = MSEC_MINUTE / 2 + (msec)random_below(&s->chance,
		    10 * MSEC_MINUTE),
		.stays = NEVER, .rings_back = NEVER,
	};
	if (at < SAY_YES)
		snprintf(ret->reply, sizeof(ret->reply), "YES {code}");
	else if (at < SAY_YES + SAY_NO)
		snprintf(ret->reply, sizeof(ret->reply), "NO {code}");
	else if (at >= SAY_YES + SAY_NO + SILENT)
		ret->kind = HABIT_UNDELIVERED;
	return true;
}

/* ---- what they do to flags --------------------------------------------- */

struct deed {
	const struct ledger_flag *flag;
	const char *who;
	enum disposition disposition;
	enum false_alarm why;
};

static int
do_claim(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_claim(en, d->flag->code, d->who, "page", now, e);
}

static int
do_release(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;

	return engine_release(en, d->flag->code, d->who, "page", now, e);
}

static int
do_resolve(struct engine *en, void *arg, msec now, struct err *e)
{
	struct deed *d = arg;
	struct resolution r = {
		.disposition = d->disposition, .false_alarm = d->why,
	};

	return engine_resolve(en, d->flag->code, d->who, "page", &r, now, e);
}

/* They have been there, or on the telephone, and say what they found. */
static void
end_flag(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	static const enum disposition found[] = { DISPOSITION_SAFE_HELPED,
		DISPOSITION_ILL, DISPOSITION_HOSPITAL };
	struct deed d = { .flag = f, .who = f->owner };

	if (crowd_is_bad(s->crowd, f->participant, w->now)) {
		d.disposition = found[random_below(&s->chance, COUNT(found))];
	} else if (f->reason == FLAG_STOP || f->reason == FLAG_OPTED_OUT) {
		d.disposition = DISPOSITION_SETTLED;
	} else {
		d.disposition = DISPOSITION_SAFE;
		d.why = FALSE_ALARM_OUT + (enum false_alarm)random_below(
		    &s->chance, FALSE_ALARM_OUR_ERROR - FALSE_ALARM_OUT);
	}
	if (world_do(w, do_resolve, &d))
		crowd_found(s->crowd, f->participant, w->now);
}

static void
see_to_claimed(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	uint32_t at = random_below(&s->chance, 100);
	struct deed d = { .flag = f, .who = f->owner };

	if (f->id % FORGOTTEN_ONE_IN == 0 &&
	    w->now < f->raised_at + FORGOTTEN_FOR)
		return;
	if (at < ENDS)
		end_flag(s, w, f);
	else if (at < ENDS + PASSES_ON)
		(void)world_do(w, do_release, &d);
}

static const struct config_volunteer *
coordinator(const struct staff *s, msec now)
{
	const struct config_volunteer *found = NULL;

	for (size_t i = 0; i < s->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &s->conf->volunteers[i];

		if (v->coordinator && (found == NULL ||
		    config_is_on_duty(v, now)))
			found = v;
	}
	return found;
}

static void
see_to_open(struct staff *s, struct world *w, const struct ledger_flag *f)
{
	const struct config_volunteer *v = coordinator(s, w->now);
	int minute = calendar_minute(w->now);
	struct deed d = { .flag = f };

	if (v == NULL || minute < DAY_BEGINS || minute > DAY_ENDS ||
	    w->now < f->raised_at + LEFT_OVER ||
	    random_below(&s->chance, 100) >= TAKES)
		return;
	d.who = v->id;
	(void)world_do(w, do_claim, &d);
}

void
staff_tick(struct staff *s, struct world *w)
{
	struct ledger_flag f[BATCH];
	struct err e;
	int64_t after = 0;
	int n;

	if (w->engine == NULL)
		return;
	do {
		n = ledger_flags_open(w->ledger, after, f, BATCH, &e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (f[i].state == FLAG_CLAIMED)
				see_to_claimed(s, w, &f[i]);
			else
				see_to_open(s, w, &f[i]);
		}
	} while (n == BATCH);
}
