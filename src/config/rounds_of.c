#include "config/rounds_of.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/closed.h"
#include "config/values.h"

/* What one text, such as "morning, friday", means: many people write the
 * same. */
struct meaning {
	const char *text;	/* interned */
	const struct config_round **rounds;
	uint16_t n;
	char *wrong;		/* NULL: nothing */
};

struct meanings {
	struct meaning *items;
	size_t n, cap;
	size_t last;		/* the one found last */
};

static const struct config_round *
find_round(const struct load *l, const char *name)
{
	for (size_t i = 0; i < l->c->n_rounds; i++) {
		if (strcmp(l->c->rounds[i].name, name) == 0)
			return &l->c->rounds[i];
	}
	return NULL;
}

static char *
unknown_round(const struct load *l, const char *name)
{
	struct buf b = BUF_EMPTY;
	const char **names = mem_alloc((l->c->n_rounds + 1) * sizeof(*names));

	for (size_t i = 0; i < l->c->n_rounds; i++)
		names[i] = l->c->rounds[i].name;
	buf_addf(&b, "round: there is no [round %.40s]", name);
	if (l->c->n_rounds > 0)
		keys_suggest(names, l->c->n_rounds, name, &b);
	else
		buf_add(&b, "; write that section");
	free(names);
	return buf_take(&b);
}

static bool
holds(const struct meaning *m, const struct config_round *r)
{
	for (uint16_t i = 0; i < m->n; i++) {
		if (m->rounds[i] == r)
			return true;
	}
	return false;
}

static void
understand(struct load *l, struct meaning *m)
{
	const char *list = m->text;
	char part[64];

	m->rounds = memory_alloc(l->memory,
	    (l->c->n_rounds + 1) * sizeof(struct config_round *));
	while (!m->wrong && values_next_part(&list, part, sizeof(part))) {
		const struct config_round *r = find_round(l, part);
		if (!r)
			m->wrong = unknown_round(l, part);
		else if (holds(m, r))
			m->wrong = mem_printf("round: %s stands twice; write it"
			    " once", part);
		else
			m->rounds[m->n++] = r;
	}
}

static struct meaning *
find_meaning(struct load *l, struct meanings *all, const char *text)
{
	if (all->n > 0 && all->items[all->last].text == text)
		return &all->items[all->last];
	for (size_t i = 0; i < all->n; i++) {
		if (all->items[i].text == text) {
			all->last = i;
			return &all->items[i];
		}
	}
	mem_reserve(&all->items, all->n, &all->cap, sizeof(*all->items));
	all->last = all->n++;
	struct meaning *m = &all->items[all->last];
	*m = (struct meaning){ .text = text };
	understand(l, m);
	return m;
}

/* Is there a step by which the person can be asked in the round? */
static bool
has_step(const struct config_participant *p, const struct config_round *r)
{
	if (p->human_channel || !r->ladder)
		return true;
	for (int i = 0; i < r->ladder->n_steps; i++) {
		const struct ladder_step *s = &r->ladder->steps[i];
		if ((s->call && p->call_channel) ||
		    (s->text && p->text_channel))
			return true;
	}
	return r->ladder->n_steps == 0;
}

void
rounds_of_check_hours(struct load *l, const struct config_round *r,
    const struct hours *hours, struct config_place at, const char *key)
{
	if (!r->ladder)
		return;
	msec first = r->at * MSEC_MINUTE;
	/* The spread ends before its last millisecond. */
	msec last = first + (r->spread > 0 ? r->spread - 1 : 0) +
	    ladder_last_send(r->ladder);
	int last_minute = (int)(last / MSEC_MINUTE);

	if (first < hours->from * MSEC_MINUTE)
		load_mistake(l, at, "round %s begins at %02d:%02d, before %s"
		    " does (%02d:%02d); let it begin later, or widen the"
		    " hours", r->name, r->at / 60, r->at % 60, key,
		    hours->from / 60, hours->from % 60);
	else if (last >= hours->to * MSEC_MINUTE)
		load_mistake(l, at, "round %s with its spread and ladder %s"
		    " may ask until %02d:%02d%s, but %s ends at %02d:%02d; let"
		    " it begin earlier, or shorten spread or ladder", r->name,
		    r->ladder->name, last_minute / 60 % 24, last_minute % 60,
		    last_minute >= 1440 ? " of the next day" : "", key,
		    hours->to / 60, hours->to % 60);
}

/* What a live person's rounds must be for them. */
static void
check_person(struct load *l, const struct config_participant *p,
    const struct draft_participant *d)
{
	struct config_place at = { p->place.file, d->line_rounds };

	for (uint16_t i = 0; i < p->n_rounds; i++) {
		const struct config_round *r = p->rounds[i];
		if (!has_step(p, r))
			load_mistake(l, at, "no step of ladder %s, which round"
			    " %s climbs, can reach this person; write a number"
			    " for its channel, or another round, or live = no",
			    r->ladder->name, r->name);
		if (d->own_hours && !p->human_channel) {
			rounds_of_check_hours(l, r, &p->contact_hours, at,
			    "the person's own contact_hours");
			closed_check_hours(l, r, &p->contact_hours, at,
			    "the person's own contact_hours");
		}
	}
}

void
rounds_of_people(struct load *l)
{
	struct meanings all = { NULL, 0, 0, 0 };

	for (size_t i = 0; i < l->n_participants; i++) {
		struct config_participant *p = &l->participants[i];
		struct draft_participant *d = &l->drafts[i];

		if (!d->rounds)
			continue;
		struct meaning *m = find_meaning(l, &all, d->rounds);
		if (m->wrong) {
			load_mistake(l, (struct config_place){ p->place.file,
			    d->line_rounds }, "%s", m->wrong);
			d->bad = true;
		}
		p->rounds = m->rounds;
		p->n_rounds = m->n;
		if (p->live && !d->bad)
			check_person(l, p, d);
	}
	for (size_t i = 0; i < all.n; i++)
		free(all.items[i].wrong);
	free(all.items);
}
