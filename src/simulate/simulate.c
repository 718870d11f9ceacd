#include "simulate/simulate.h"

#include "base/log.h"

#define TICK (10 * MSEC_MINUTE)

/* ---- what passes ------------------------------------------------------- */

static bool
on_habit(void *arg, const char *number, bool text, msec now,
    struct habit *ret)
{
	struct simulation *s = arg;

	return crowd_habit(s->crowd, number, text, now, ret) ||
	    staff_habit(s->staff, number, text, ret) ||
	    crowd_contact_habit(s->crowd, number, text, now, ret);
}

static void
on_create(void *arg, const struct submission *sub)
{
	struct simulation *s = arg;

	judge_create(&s->judge, sub);
	forecast_create(&s->forecast, sub, s->world.now);
}

static void
on_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	struct simulation *s = arg;

	(void)notice;
	(void)to;
	(void)subject;
	(void)text;
	forecast_mail(&s->forecast, s->world.now);
}

static void
on_unread(void *arg, enum hook_verdict verdict, const char *url)
{
	struct simulation *s = arg;

	judge_find(&s->judge, s->world.now, "a hook was not read (%d): %s",
	    (int)verdict, url);
}

static enum post_fate
mail_fate(void *arg)
{
	struct simulation *s = arg;

	return weather_mail_is_down(&s->weather, s->world.now) ? POST_LATER :
	    POST_ACCEPTED;
}

static void
on_minute(void *arg, msec minute)
{
	struct simulation *s = arg;

	judge_minute(&s->judge, minute);
}

static void
on_line(enum log_level level, const char *line, void *arg)
{
	struct simulation *s = arg;

	(void)level;
	judge_line(&s->judge, line);
}

/* ---- days -------------------------------------------------------------- */

static void
tick(struct simulation *s)
{
	struct world *w = &s->world;

	crowd_tick(s->crowd, world_exchange(w, CHANNEL_CALL),
	    world_exchange(w, CHANNEL_TEXT), w->now);
	staff_tick(s->staff, w);
}

static int
live_until(struct simulation *s, msec midnight, struct err *e)
{
	struct world *w = &s->world;

	while (w->now < midnight) {
		msec next = (w->now / TICK + 1) * TICK;

		if (next > midnight)
			next = midnight;
		if (next > weather_next(&s->weather))
			next = weather_next(&s->weather);
		if (world_run(w, next, e) == -1)
			return -1;
		if (next == weather_next(&s->weather) &&
		    weather_happen(&s->weather, w, e) == -1)
			return -1;
		if (next % TICK == 0)
			tick(s);
	}
	return 0;
}

static int
live_day(struct simulation *s, localdate date, struct err *e)
{
	crowd_day(s->crowd, s->world.now);
	weather_day(&s->weather, &s->world, s->crowd);
	if (live_until(s, calendar_instant(date + 1, 0, NULL), e) == -1)
		return -1;
	judge_day(&s->judge);
	if (s->o.progress != NULL)
		s->o.progress(s->o.arg, date + 1 - s->o.from);
	return 0;
}

static int
live(struct simulation *s, struct err *e)
{
	for (int i = 0; i < s->o.days; i++)
		if (live_day(s, s->o.from + i, e) == -1)
			return err_wrap(e, "day %d", i + 1);
	if (s->world.engine == NULL && world_start(&s->world, e) == -1)
		return -1;
	judge_end(&s->judge);
	return forecast_end(&s->forecast, s->world.ledger, e);
}

static int
begin(struct simulation *s, struct err *e)
{
	const struct simulate_options *o = &s->o;
	struct world_options w = {
		.conf = o->conf, .seed = o->seed,
		.start = calendar_instant(o->from, 0, NULL),
		.habit = on_habit, .habit_arg = s,
		.minute = on_minute, .minute_arg = s,
	};

	/* Seeds of their own: what one draws changes nothing for another. */
	s->crowd = crowd_new(o->conf, o->seed ^ 0x63726f7764);
	s->staff = staff_new(o->conf, s->crowd, o->seed ^ 0x7374616666);
	forecast_begin(&s->forecast, o->conf, o->from, o->days);
	judge_begin(&s->judge, &s->world, s->crowd);
	log_set_sink(on_line, s);
	if (world_open(&s->world, &w, e) == -1)
		return -1;
	s->world.wire.ears = (struct wire_ears){
		.create = on_create, .mail = on_mail, .unread = on_unread,
		.fate = mail_fate, .arg = s,
	};
	weather_begin(&s->weather, o->faults, o->seed ^ 0x77656174686572,
	    &s->world);
	return 0;
}

int
simulate_run(struct simulation *s, const struct simulate_options *o,
    struct err *e)
{
	*s = (struct simulation){ .o = *o };
	if (begin(s, e) == -1)
		return -1;
	return live(s, e);
}

void
simulate_release(struct simulation *s)
{
	world_close(&s->world);
	log_set_sink(NULL, NULL);
	judge_release(&s->judge);
	forecast_release(&s->forecast);
	staff_free(s->staff);
	crowd_free(s->crowd);
}
