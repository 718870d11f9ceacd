#include "engine/plan.h"

#include <stdint.h>
#include <string.h>

/* How far ahead the next slot is looked for. */
#define NEXT_SLOT_DAYS 60

const char *
plan_skip_name(enum plan_skip s)
{
	static const char *const names[] = { NULL, "away", "not_live",
		"first_slot", "closed_day", "hold", "opted_out" };

	return names[s];
}

static int
opted_out(struct ledger *l, const struct config_participant *p,
    enum channel channel, struct err *e)
{
	const char *number = config_number(p, channel, false);

	if (number == NULL || l == NULL)
		return number == NULL;
	return ledger_opted_out(l, number, channel, e);
}

/* By what the person can be asked: 0, or -1. */
static int
find_means(const struct config *c, struct ledger *l,
    const struct config_participant *p, struct ladder_means *ret,
    struct err *e)
{
	int no_call = 1, no_text = 1;

	if (p->call_channel && config_gateway_for(c, CHANNEL_CALL) != NULL)
		no_call = opted_out(l, p, CHANNEL_CALL, e);
	if (p->text_channel && config_gateway_for(c, CHANNEL_TEXT) != NULL)
		no_text = opted_out(l, p, CHANNEL_TEXT, e);
	if (no_call == -1 || no_text == -1)
		return -1;
	*ret = (struct ladder_means){ !no_call, !no_text };
	return 0;
}

static void
add_step(struct plan_item *item, msec at, enum channel channel,
    bool alternate)
{
	item->steps[item->n_steps++] = (struct plan_step){
		.at = at,
		.channel = channel,
		.number = config_number(item->participant, channel, alternate),
	};
}

static void
fill_steps(struct plan_item *item, const struct ladder_means *means)
{
	const struct ladder *l = item->round->ladder;

	item->n_steps = 0;
	if (item->participant->human_channel) {
		item->steps[item->n_steps++] = (struct plan_step){
			item->slot, CHANNEL_HUMAN, NULL };
		return;
	}
	for (int i = 0; i < l->n_steps; i++) {
		const struct ladder_step *s = &l->steps[i];
		msec at = ladder_step_at(l, item->slot, i);

		if (s->call && means->call)
			add_step(item, at, CHANNEL_CALL, s->call_alternate);
		if (s->text && means->text)
			add_step(item, at, CHANNEL_TEXT, s->text_alternate);
	}
}

/* Is the slot before the person was first loaded live?  1, 0, -1. */
static int
is_before_first(struct ledger *l, const struct plan_item *item, msec now,
    struct err *e)
{
	msec since = now;

	if (l != NULL && ledger_live_since(l, item->participant->id,
	    item->round->name, &since, e) == -1)
		return -1;
	if (since == NEVER)	/* to be loaded now, for the first time */
		since = now;
	return item->slot <= since;
}

int
plan_is_away(struct ledger *l, const struct config_participant *p,
    localdate date, const char **ret_why, struct err *e)
{
	struct ledger_absence a;
	int found = 0;

	if (l != NULL &&
	    (found = ledger_absence_on(l, p->id, date, &a, e)) == -1)
		return -1;
	if (found == 1)
		*ret_why = absence_why(a.kind);
	else if (config_is_away(p, date))
		*ret_why = absence_why(ABSENCE_AWAY);
	else
		return 0;
	return 1;
}

/* Away on the date; or they were when the slot came, and are back since. */
static int
is_away_at(struct ledger *l, struct plan_item *item, localdate date, msec now,
    struct err *e)
{
	int yes = plan_is_away(l, item->participant, date, &item->away_why, e);

	if (yes != 0 || l == NULL || item->slot > now)
		return yes;
	yes = ledger_absence_was(l, item->participant->id, date, item->slot,
	    e);
	if (yes == 1)
		item->away_why = absence_why(ABSENCE_AWAY);
	return yes;
}

static int
find_skip(const struct config *c, struct ledger *l, struct plan_item *item,
    localdate date, msec now, struct err *e)
{
	const struct config_participant *p = item->participant;
	struct ladder_means means;
	int yes;

	item->skip = PLAN_ASKED;
	if (find_means(c, l, p, &means, e) == -1)
		return -1;
	fill_steps(item, &means);
	if (!p->live || config_has_left(p, date)) {
		item->skip = PLAN_NOT_LIVE;
		return 0;
	}
	if ((yes = is_away_at(l, item, date, now, e)) == -1)
		return -1;
	if (yes) {
		item->skip = PLAN_AWAY;
		return 0;
	}
	if ((yes = is_before_first(l, item, now, e)) == -1)
		return -1;
	if (yes)
		item->skip = PLAN_FIRST_SLOT;
	else if (config_is_dropped(item->round, date))
		item->skip = PLAN_CLOSED_DAY;
	else if (item->n_steps == 0)
		item->skip = PLAN_OPTED_OUT;
	else if (l != NULL) {
		if ((yes = ledger_held(l, item->round->name, e)) == -1)
			return -1;
		if (yes)
			item->skip = PLAN_HOLD;
	}
	return 0;
}

static bool
is_in_round(const struct config_participant *p, const struct config_round *r)
{
	for (int i = 0; i < p->n_rounds; i++)
		if (p->rounds[i] == r)
			return true;
	return false;
}

/* One turn of one person, where the round has that day: what fn says. */
static int
plan_turn(const struct config *c, struct ledger *l,
    const struct config_participant *p, const struct config_round *round,
    localdate date, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e)
{
	struct plan_item item = { .participant = p, .round = round };

	item.slot = config_slot(c, round, p, date);
	if (find_skip(c, l, &item, date, now, e) == -1)
		return -1;
	return fn(&item, arg);
}

int
plan_person(const struct config *c, struct ledger *l,
    const struct config_participant *p, localdate date, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e)
{
	for (int r = 0; r < p->n_rounds; r++) {
		int stop = config_has_day(p->rounds[r], date) ?
		    plan_turn(c, l, p, p->rounds[r], date, now, fn, arg, e) :
		    0;

		if (stop != 0)
			return stop;
	}
	return 0;
}

int
plan_some(const struct config *c, struct ledger *l, localdate date,
    size_t *round, size_t *person, size_t *room, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e)
{
	for (; *round < c->n_rounds; (*round)++, *person = 0) {
		const struct config_round *r = &c->rounds[*round];

		if (!config_has_day(r, date))
			continue;
		for (; *person < c->n_participants; (*person)++, (*room)--) {
			const struct config_participant *p =
			    &c->participants[*person];
			int stop = 0;

			if (*room == 0)
				return 0;
			if (is_in_round(p, r))
				stop = plan_turn(c, l, p, r, date, now, fn,
				    arg, e);
			if (stop != 0)
				return stop;
		}
	}
	return 0;
}

int
plan_day(const struct config *c, struct ledger *l, localdate date, msec now,
    int (*fn)(const struct plan_item *item, void *arg), void *arg,
    struct err *e)
{
	size_t round = 0, person = 0, room = SIZE_MAX;

	return plan_some(c, l, date, &round, &person, &room, now, fn, arg, e);
}

static msec
next_slot_on(const struct config *c, struct ledger *l,
    const struct config_participant *p, localdate date, msec now)
{
	msec first = NEVER;

	for (int r = 0; r < p->n_rounds; r++) {
		struct plan_item item = {
			.participant = p, .round = p->rounds[r],
		};
		struct err e;

		if (!config_has_day(item.round, date))
			continue;
		item.slot = config_slot(c, item.round, p, date);
		if (item.slot <= now || item.slot >= first)
			continue;
		if (find_skip(c, l, &item, date, now, &e) == 0 &&
		    item.skip == PLAN_ASKED)
			first = item.slot;
	}
	return first;
}

msec
plan_next_slot(const struct config *c, struct ledger *l,
    const struct config_participant *p, msec now)
{
	localdate today = calendar_date(now);

	for (int d = 0; d < NEXT_SLOT_DAYS; d++) {
		msec slot = next_slot_on(c, l, p, today + d, now);

		if (slot != NEVER)
			return slot;
	}
	return NEVER;
}
