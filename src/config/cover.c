#include "config/cover.h"

#include <stdlib.h>

#include "base/mem.h"

/* Does any volunteer, coordinators apart, have the area? */
static bool
is_covered(const struct config *c, const char *area)
{
	for (size_t i = 0; i < c->n_volunteers; i++) {
		const struct config_volunteer *v = &c->volunteers[i];
		if (!v->coordinator && config_covers(v, area))
			return true;
	}
	return false;
}

/* Is the volunteer on duty at that minute of that day of any week? */
static bool
has_duty(const struct config_volunteer *v, int day, int minute)
{
	for (int i = 0; i < v->n_duty; i++) {
		const struct week_hours *w = &v->duty[i];
		if ((w->days >> day & 1) != 0 && minute >= w->hours.from &&
		    minute < w->hours.to)
			return true;
	}
	return false;
}

static bool
is_attended(const struct config *c, const char *area, int day, int minute)
{
	for (size_t i = 0; i < c->n_volunteers; i++) {
		const struct config_volunteer *v = &c->volunteers[i];
		if (config_covers(v, area) && has_duty(v, day, minute))
			return true;
	}
	return false;
}

/* Is somebody on duty on each of the round's days when its first flags are
 * raised? */
static void
check_duty(struct load *l, const struct config_round *r, const char *area,
    struct config_place at)
{
	static const char *const names[7] = { "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	int minute = r->at + (int)(r->ladder->flag_after / MSEC_MINUTE);

	for (int i = 0; i < 7; i++) {
		int day = (i + minute / 1440) % 7;
		if ((r->days >> i & 1) == 0 ||
		    is_attended(l->c, area, day, minute % 1440))
			continue;
		load_warning(l, at, "on %s at %02d:%02d, when round %s raises"
		    " its flags, nobody is on duty for %s%s; write more duty"
		    " for a volunteer or coordinator", names[day],
		    minute % 1440 / 60, minute % 60, r->name,
		    area ? "the area " : "people without an area",
		    area ? area : "");
		return;
	}
}

/* Is this the first time that the load comes by the text? */
static bool
is_new(struct load *l, char *text)
{
	bool ret;

	memory_intern(l->scratch, text, &ret);
	free(text);
	return ret;
}

static void
check_area(struct load *l, const struct config_participant *p,
    const struct draft_participant *d)
{
	struct config_place at = { p->place.file, d->line_area };
	const char *area = p->area ? p->area : "";

	if (p->area && is_new(l, mem_printf("area %s", area)) &&
	    !is_covered(l->c, p->area))
		load_warning(l, at, "no volunteer has the area %s, so its"
		    " flags go to a coordinator at once; write it into areas"
		    " of a [volunteer], or spell it as there", area);
	for (uint16_t i = 0; i < p->n_rounds; i++) {
		const struct config_round *r = p->rounds[i];
		if (r->ladder && is_new(l, mem_printf("duty %s\n%s", area,
		        r->name)))
			check_duty(l, r, p->area, at);
	}
}

void
cover_check(struct load *l)
{
	const struct config *c = l->c;
	bool coordinator = false;

	for (size_t i = 0; i < c->n_volunteers; i++)
		coordinator = coordinator || c->volunteers[i].coordinator;
	if (!coordinator && c->n_live > 0)
		load_mistake(l, c->place, "there is no coordinator, who is the"
		    " last to be told of every flag; write role = coordinator"
		    " for a [volunteer]");
	for (size_t i = 0; i < l->n_participants; i++) {
		if (l->participants[i].live)
			check_area(l, &l->participants[i], &l->drafts[i]);
	}
}
