#include "config/index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int
by_id(const void *a, const void *b)
{
	const struct config_participant *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static size_t
file_order(const struct load *l, const char *file)
{
	size_t i = 0;

	while (i < l->n_files && l->files[i] != file)
		i++;
	return i;
}

/* Does a come behind b in the files? */
static bool
is_later(const struct load *l, struct config_place a, struct config_place b)
{
	size_t x = file_order(l, a.file), y = file_order(l, b.file);

	return x != y ? x > y : a.line > b.line;
}

void
index_people(struct load *l)
{
	struct config *c = l->c;
	size_t n = l->n_participants;

	if (n == 0)
		return;
	qsort(l->participants, n, sizeof(*l->participants), by_id);
	for (size_t i = 1; i < n; i++) {
		const struct config_participant *a = &l->participants[i - 1];
		const struct config_participant *b = a + 1;

		if (strcmp(a->id, b->id) != 0)
			continue;
		if (is_later(l, a->place, b->place)) {
			b = a;
			a = b + 1;
		}
		load_mistake(l, b->place, "two participants have the id %s, the"
		    " other in %s:%d; give one of them another id", b->id,
		    a->place.file, a->place.line);
	}
	c->participants = mem_grow(l->participants, n,
	    sizeof(*l->participants));
	c->n_participants = n;
	l->participants = NULL;
	l->n_participants = l->cap_participants = 0;
}

static void
give_places(struct config *c)
{
	size_t total = 0;

	for (size_t i = 0; i < c->n_participants; i++)
		total += c->participants[i].n_rounds;
	uint32_t *places = mem_alloc(total * sizeof(*places));
	c->places = places;
	for (size_t i = 0; i < c->n_participants; i++) {
		struct config_participant *p = &c->participants[i];

		p->places = places;
		for (uint16_t j = 0; j < p->n_rounds; j++) {
			struct config_round *r =
			    &c->rounds[p->rounds[j] - c->rounds];
			*places++ = r->n_live;
			r->n_live += p->live;
		}
	}
}

uint64_t
index_number(const char *e164)
{
	uint64_t n = 0;

	if (e164[0] != '+' || strlen(e164) > 16)
		return 0;
	for (const char *s = e164 + 1; *s; s++) {
		if (*s < '0' || *s > '9')
			return 0;
		n = 10 * n + (uint64_t)(*s - '0');
	}
	return n;
}

struct entry {
	uint64_t number;
	const struct config_participant *p;
};

static int
by_number(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->p < y->p ? -1 : x->p > y->p;
}

/* The person's different numbers; how many. */
static size_t
add_numbers(const struct config_participant *p, struct entry *ret)
{
	const char *const all[3] = { p->phone, p->alternate, p->text };
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		uint64_t number = all[i] ? index_number(all[i]) : 0;
		bool known = number == 0;

		for (size_t j = 0; j < n; j++)
			known = known || ret[j].number == number;
		if (!known)
			ret[n++] = (struct entry){ number, p };
	}
	return n;
}

static void
list_numbers(struct config *c)
{
	struct entry *entries = mem_alloc((3 * c->n_participants + 1) *
	    sizeof(*entries));
	size_t n = 0;

	for (size_t i = 0; i < c->n_participants; i++)
		n += add_numbers(&c->participants[i], entries + n);
	qsort(entries, n, sizeof(*entries), by_number);
	c->numbers = mem_alloc(n * sizeof(*c->numbers));
	c->number_people = mem_alloc(n * sizeof(*c->number_people));
	for (size_t i = 0; i < n; i++) {
		c->numbers[i] = entries[i].number;
		c->number_people[i] = entries[i].p;
	}
	c->n_numbers = n;
	free(entries);
}

/* Few of many: who is away today is asked for all day long. */
static void
list_absent(struct config *c)
{
	size_t cap = 0;

	for (size_t i = 0; i < c->n_participants; i++) {
		if (c->participants[i].n_away == 0)
			continue;
		mem_reserve(&c->absent, c->n_absent, &cap,
		    sizeof(*c->absent));
		c->absent[c->n_absent++] = &c->participants[i];
	}
}

void
index_build(struct config *c)
{
	list_absent(c);
	give_places(c);
	list_numbers(c);
}
