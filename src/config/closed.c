#include "config/closed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/rounds_of.h"
#include "config/values.h"

static int
by_date(const void *a, const void *b)
{
	const struct config_closed_day *x = a, *y = b;

	return x->date < y->date ? -1 : x->date > y->date;
}

static void
settle_calendar(struct load *l, const struct draft_calendar *d)
{
	struct config_calendar *c = &l->c->calendars[l->c->n_calendars++];
	struct config_closed_day *days = memory_alloc(l->memory,
	    d->n_days * sizeof(*days));

	*c = d->c;
	for (size_t i = 0; i < d->n_days; i++)
		days[i] = d->days[i];
	if (d->n_days > 0)
		qsort(days, d->n_days, sizeof(*days), by_date);
	c->days = days;
	c->n_days = d->n_days;
}

static const struct config_calendar *
find_calendar(const struct load *l, const char *name)
{
	for (size_t i = 0; i < l->c->n_calendars; i++)
		if (strcmp(l->c->calendars[i].name, name) == 0)
			return &l->c->calendars[i];
	return NULL;
}

static void
tell_unknown(struct load *l, struct config_place at, const char *name)
{
	struct buf b = BUF_EMPTY;
	const char **names = mem_alloc((l->c->n_calendars + 1) *
	    sizeof(*names));

	for (size_t i = 0; i < l->c->n_calendars; i++)
		names[i] = l->c->calendars[i].name;
	if (l->c->n_calendars > 0)
		keys_suggest(names, l->c->n_calendars, name, &b);
	else
		buf_add(&b, "; write that section, or include the file in"
		    " which it stands");
	load_mistake(l, at, "closed_days: there is no [calendar %s]%s", name,
	    buf_text(&b));
	free(names);
	buf_release(&b);
}

static void
settle_round(struct load *l, struct config_round *r,
    const struct draft_round *d)
{
	struct config_place at = { r->place.file, d->line_closed };
	const struct config_calendar **list;
	const char *names = d->closed;
	char name[64];

	if (names == NULL)
		return;
	list = memory_alloc(l->memory, l->c->n_calendars * sizeof(*list));
	while (values_next_part(&names, name, sizeof(name))) {
		const struct config_calendar *c = find_calendar(l, name);

		if (c == NULL)
			tell_unknown(l, at, name);
		else if (r->n_closed == l->c->n_calendars)
			load_mistake(l, at, "closed_days: a calendar stands"
			    " twice in it; write each once");
		else
			list[r->n_closed++] = c;
	}
	r->closed = list;
}

void
closed_settle(struct load *l)
{
	l->c->calendars = memory_alloc(l->memory, l->n_calendars *
	    sizeof(*l->c->calendars));
	for (size_t i = 0; i < l->n_calendars; i++)
		settle_calendar(l, &l->calendars[i]);
	for (size_t i = 0; i < l->n_rounds; i++)
		settle_round(l, &l->c->rounds[i], &l->rounds[i]);
}

void
closed_check_hours(struct load *l, const struct config_round *r,
    const struct hours *hours, struct config_place at, const char *key)
{
	struct config_round then = *r;

	if (r->n_closed == 0 || r->at_closed == CONFIG_NOT_ASKED)
		return;
	then.at = r->at_closed;
	rounds_of_check_hours(l, &then, hours, at, key);
}
