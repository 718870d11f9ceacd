#include "exchange/agenda.h"

#include <stdlib.h>

#include "base/mem.h"

static bool
before(const struct agenda_item *a, const struct agenda_item *b)
{
	return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void
swap(struct agenda_item *a, struct agenda_item *b)
{
	struct agenda_item old = *a;

	*a = *b;
	*b = old;
}

void
agenda_add(struct agenda *a, msec at, int kind, void *what, uint32_t turn)
{
	mem_reserve(&a->items, a->n, &a->cap, sizeof(*a->items));
	size_t i = a->n++;
	a->items[i] = (struct agenda_item){
		.at = at, .order = a->order++, .kind = kind, .what = what,
		.turn = turn,
	};
	for (; i > 0 && before(&a->items[i], &a->items[(i - 1) / 2]);
	    i = (i - 1) / 2)
		swap(&a->items[i], &a->items[(i - 1) / 2]);
}

msec
agenda_next(const struct agenda *a)
{
	return a->n > 0 ? a->items[0].at : NEVER;
}

static void
sink(struct agenda *a)
{
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t k = 2 * i + 1; k <= 2 * i + 2; k++)
			if (k < a->n && before(&a->items[k], &a->items[least]))
				least = k;
		if (least == i)
			return;
		swap(&a->items[i], &a->items[least]);
		i = least;
	}
}

bool
agenda_take(struct agenda *a, msec now, struct agenda_item *ret)
{
	if (a->n == 0 || a->items[0].at > now)
		return false;
	*ret = a->items[0];
	a->items[0] = a->items[--a->n];
	sink(a);
	return true;
}

void
agenda_release(struct agenda *a)
{
	free(a->items);
	*a = (struct agenda){ 0 };
}
