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

static struct config_calendar *
find_calendar(const struct load *l, const char *name)
{
	for (size_t i = 0; i < l->c->n_calendars; i++)
		if (strcmp(l->c->calendars[i].name, name) == 0)
			return &l->c->calendars[i];
	return NULL;
}

static void
tell_unknown(struct load *l, struct config_place at, const char *key,
    const char *name)
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
	load_mistake(l, at, "%s: there is no [calendar %s]%s", key, name,
	    buf_text(&b));
	free(names);
	buf_release(&b);
}

/* A key of a round that names calendars. */
struct named {
	const char *key, *names;
	struct config_place at;
	bool foreseen;		/* their days are known long before */
};

static const struct config_calendar *const *
settle_names(struct load *l, const struct named *k, size_t *ret_n)
{
	const struct config_calendar **list;
	const char *names = k->names;
	char name[64];

	*ret_n = 0;
	if (names == NULL)
		return NULL;
	list = memory_alloc(l->memory, l->c->n_calendars * sizeof(*list));
	while (values_next_part(&names, name, sizeof(name))) {
		struct config_calendar *c = find_calendar(l, name);

		if (c == NULL) {
			tell_unknown(l, k->at, k->key, name);
			continue;
		}
		if (*ret_n == l->c->n_calendars) {
			load_mistake(l, k->at, "%s: a calendar stands twice in"
			    " it; write each once", k->key);
			continue;
		}
		if (k->foreseen && c->n_days == 0)
			load_mistake(l, c->place, "[calendar %s] has no day;"
			    " write day = and behind it the date and what day"
			    " it is, such as 2026-12-25, Christmas Day", name);
		c->unforeseen = !k->foreseen;
		list[(*ret_n)++] = c;
	}
	return list;
}

/* A calendar that several name is foreseen where one of them thinks so: those
 * come last. */
static void
settle_rounds(struct load *l, bool foreseen)
{
	for (size_t i = 0; i < l->n_rounds; i++) {
		const struct draft_round *d = &l->rounds[i];
		struct config_round *r = &l->c->rounds[i];
		struct named k = {
			.key = foreseen ? "closed_days" : "only_days",
			.names = foreseen ? d->closed : d->only,
			.at = { r->place.file,
			    foreseen ? d->line_closed : d->line_only },
			.foreseen = foreseen,
		};

		if (foreseen)
			r->closed = settle_names(l, &k, &r->n_closed);
		else
			r->only = settle_names(l, &k, &r->n_only);
	}
}

void
closed_settle(struct load *l)
{
	l->c->calendars = memory_alloc(l->memory, l->n_calendars *
	    sizeof(*l->c->calendars));
	for (size_t i = 0; i < l->n_calendars; i++)
		settle_calendar(l, &l->calendars[i]);
	settle_rounds(l, false);
	settle_rounds(l, true);
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
