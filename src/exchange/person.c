#include "exchange/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* FNV-1a, 64 bits (Fowler, Noll, Vo). */
static uint64_t
hash(const char *text)
{
	uint64_t h = 0xcbf29ce484222325U;

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3U;
	return h;
}

static struct person **
slot_of(struct person **slots, size_t cap, const char *number)
{
	size_t i = (size_t)hash(number) & (cap - 1);

	while (slots[i] != NULL && strcmp(slots[i]->number, number) != 0)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void
widen(struct people *p)
{
	size_t cap = p->cap == 0 ? 256 : 2 * p->cap;
	struct person **slots = mem_alloc(cap * sizeof(struct person *));

	for (size_t i = 0; i < p->cap; i++)
		if (p->slots[i] != NULL)
			*slot_of(slots, cap, p->slots[i]->number)
			    = p->slots[i];
	free(p->slots);
	p->slots = slots;
	p->cap = cap;
}

struct person *
person_at(struct people *p, const char *number)
{
	char key[NUMBER_SIZE] = "";
	struct person **slot, *who;

	/* what is too long for a number is known by its beginning */
	memcpy(key, number, strnlen(number, sizeof(key) - 1));
	if (2 * (p->n + 1) > p->cap)
		widen(p);
	slot = slot_of(p->slots, p->cap, key);
	if (*slot != NULL)
		return *slot;
	who = mem_alloc(sizeof(*who));
	memcpy(who->number, key, sizeof(key));
	who->opt_out_known = NEVER;
	p->n++;
	return *slot = who;
}

void
person_release_all(struct people *p)
{
	for (size_t i = 0; i < p->cap; i++) {
		if (p->slots[i] == NULL)
			continue;
		free(p->slots[i]->calls.items);
		free(p->slots[i]->texts.items);
		free(p->slots[i]);
	}
	free(p->slots);
	free(p->defaults[0]);
	free(p->defaults[1]);
	*p = (struct people){ 0 };
}

void
person_script(struct person *who, bool text, struct habit *habits, size_t n)
{
	struct person_script *s = text ? &who->texts : &who->calls;

	free(s->items);
	s->items = habits;
	s->n = n;
	/* a new script begins with its first habit */
	if (text)
		who->n_texts = 0;
	else
		who->n_calls = 0;
}

void
person_add_default(struct people *p, bool text, int64_t share,
    const struct habit *h)
{
	size_t n = p->n_defaults[text];

	mem_reserve(&p->defaults[text], n, &p->cap_defaults[text],
	    sizeof(struct person_share));
	p->defaults[text][n] = (struct person_share){ share, *h };
	p->n_defaults[text]++;
}

void
person_chance(const struct people *p, const struct person *who, uint64_t what,
    struct random *ret)
{
	random_init_seed(ret, p->seed ^ hash(who->number)
	    ^ what * 0x9e3779b97f4a7c15U);
}

static void
draw_default(const struct people *p, bool text, struct random *r,
    struct habit *ret)
{
	const struct person_share *shares = p->defaults[text];
	int64_t total = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < p->n_defaults[text]; k++)
		total += shares[k].share;
	at = (int64_t)(random_unit(r) * (double)total);
	while (i + 1 < p->n_defaults[text] && at >= shares[i].share)
		at -= shares[i++].share;
	*ret = shares[i].habit;
	habit_settle(ret, r);
}

void
person_next_habit(struct people *p, struct person *who, bool text,
    struct habit *ret)
{
	const struct person_script *s = text ? &who->texts : &who->calls;
	uint32_t nth = text ? who->n_texts++ : who->n_calls++;
	struct random r;

	person_chance(p, who, 2 * (uint64_t)nth + text + 1, &r);
	if (s->n > 0) {
		*ret = s->items[nth < s->n ? nth : s->n - 1];
		habit_settle(ret, &r);
	} else if (p->n_defaults[text] > 0) {
		draw_default(p, text, &r, ret);
	} else {
		habit_draw(text, &r, ret);
	}
}
