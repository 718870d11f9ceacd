#include "simulate/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"

#define ALL_FLAGS 10000000

void
forecast_begin(struct forecast *f, const struct config *conf, localdate from,
    int days)
{
	*f = (struct forecast){
		.conf = conf, .from = from, .n_days = days,
		.ended_middle = -1,
	};
	f->days = mem_alloc((size_t)days * sizeof(*f->days));
	for (int i = 0; i < days; i++)
		f->days[i].date = from + i;
	f->volunteers = mem_alloc((conf->n_volunteers + 1) *
	    sizeof(*f->volunteers));
	for (size_t i = 0; i < conf->n_volunteers; i++) {
		f->volunteers[i].id = conf->volunteers[i].id;
		f->volunteers[i].name = conf->volunteers[i].name;
	}
}

void
forecast_release(struct forecast *f)
{
	free(f->days);
	free(f->volunteers);
}

static struct forecast_day *
day_at(struct forecast *f, msec at)
{
	int i = calendar_date(at) - f->from;

	return i >= 0 && i < f->n_days ? &f->days[i] : NULL;
}

static struct forecast_volunteer *
volunteer(struct forecast *f, const struct config_volunteer *v)
{
	return v != NULL ? &f->volunteers[v - f->conf->volunteers] : NULL;
}

void
forecast_create(struct forecast *f, const struct submission *s, msec now)
{
	struct forecast_day *d = day_at(f, now);
	struct forecast_volunteer *v = volunteer(f,
	    config_volunteer_at(f->conf, s->to));
	size_t n = 0;

	if (d == NULL)
		return;
	(void)config_people_at(f->conf, s->to, &n);
	if (n == 0 && v != NULL) {
		d->notices++;
		v->asked++;
	} else if (s->channel == CHANNEL_CALL) {
		d->calls++;
	} else {
		d->texts++;
	}
}

void
forecast_mail(struct forecast *f, msec now)
{
	struct forecast_day *d = day_at(f, now);

	if (d != NULL)
		d->notices++;
}

/* ---- from the ledger --------------------------------------------------- */

static int
add_round(const struct view_round *r, void *arg)
{
	struct forecast_day *d = arg;

	for (int i = 0; i < CHECKIN_STATE_COUNT; i++) {
		d->states[i] += r->counts[i];
		d->checkins += r->counts[i];
	}
	return 0;
}

struct flags {
	struct forecast *f;
	msec *lengths;
	size_t n, cap;
	int *ended;		/* of each volunteer on each day */
};

static void
add_ended(struct flags *a, const struct ledger_flag *flag)
{
	struct forecast *f = a->f;
	const struct config_volunteer *who = config_volunteer(f->conf,
	    flag->owner);
	struct forecast_volunteer *v = volunteer(f, who);
	int day = calendar_date(flag->resolved_at) - f->from;
	int *ended;

	mem_reserve(&a->lengths, a->n, &a->cap, sizeof(*a->lengths));
	a->lengths[a->n++] = flag->resolved_at - flag->raised_at;
	if (flag->disposition == DISPOSITION_OWN_WORD)
		f->own_word++;
	if (v == NULL || day < 0 || day >= f->n_days)
		return;
	v->ended++;
	ended = &a->ended[(who - f->conf->volunteers) * f->n_days + day];
	if (++*ended > v->busiest)
		v->busiest = *ended;
}

static int
add_flag(const struct view_flag *row, void *arg)
{
	struct flags *a = arg;
	struct forecast *f = a->f;
	struct forecast_day *d = day_at(f, row->flag.raised_at);

	f->flags++;
	f->reasons[row->flag.reason]++;
	if (d != NULL)
		d->flags++;
	if (row->flag.state == FLAG_RESOLVED)
		add_ended(a, &row->flag);
	else
		f->open++;
	return 0;
}

static int
by_length(const void *a, const void *b)
{
	msec x = *(const msec *)a, y = *(const msec *)b;

	return (x > y) - (x < y);
}

static int
read_flags(struct forecast *f, struct ledger *l, struct err *e)
{
	struct flags a = { .f = f };
	int result;

	a.ended = mem_alloc((f->conf->n_volunteers * (size_t)f->n_days + 1) *
	    sizeof(int));
	result = view_flags(l, true, ALL_FLAGS, add_flag, &a, e);
	if (a.n > 0) {
		qsort(a.lengths, a.n, sizeof(*a.lengths), by_length);
		f->ended_middle = a.lengths[a.n / 2];
	}
	free(a.lengths);
	free(a.ended);
	return result;
}

int
forecast_end(struct forecast *f, struct ledger *l, struct err *e)
{
	for (int i = 0; i < f->n_days; i++) {
		struct forecast_day *d = &f->days[i];

		if (view_rounds(l, d->date, add_round, d, e) == -1 ||
		    view_lateness(l, d->date, &d->late_middle,
		    &d->late_most, e) == -1)
			return -1;
	}
	return read_flags(f, l, e);
}
