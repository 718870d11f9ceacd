#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "engine/gone.h"
#include "engine/plan.h"

/* After a longer downtime, so many days back are still looked at: whoever
 * should have been asked then is `missed`, and on a list. */
#define DAYS_BACK 7

/* So many people, or check-ins, at most in one turn: no longer than a commit
 * or two. */
#define PART 500

struct planning {
	struct engine *en;
	localdate date;
	msec now;
	struct err *e;
	int n;
	bool again;		/* also what was taken off the plan before */
};

/* Why an open check-in is not wanted any more. */
static const char *const unwanted_why[] = { "removed", "not live",
	"the round was removed", "the round leaves that day out",
	"no longer in the round", "a closed day" };

/* May a check-in that was cancelled for this be asked after all? */
static bool
may_return(const char *why)
{
	for (size_t i = 0; i < COUNT(unwanted_why); i++)
		if (strcmp(why, unwanted_why[i]) == 0)
			return true;
	for (int i = 0; i < ABSENCE_COUNT; i++)
		if (strcmp(why, absence_why((enum absence)i)) == 0)
			return true;
	return false;
}

/* What an earlier load took off the plan, a later one may want again: a slip
 * of a coordinator's must not cost anybody their next day. */
static int
want_again(struct planning *p, const struct plan_item *item)
{
	struct ledger_checkin c[TURNS_MAX];
	int n = ledger_checkins_of(p->en->ledger, item->participant->id,
	    p->date, c, TURNS_MAX, p->e);

	for (int i = 0; i < n; i++) {
		if (!may_return(c[i].reason) ||
		    c[i].state != CHECKIN_CANCELLED ||
		    c[i].started_at != 0 || item->slot <= p->now ||
		    strcmp(c[i].round, item->round->name) != 0)
			continue;
		c[i].state = CHECKIN_DUE;
		c[i].wake_at = c[i].slot = item->slot;
		c[i].closed_at = 0;
		c[i].reason[0] = '\0';
		return ledger_checkin_save(p->en->ledger, &c[i], p->e);
	}
	return n == -1 ? -1 : 0;
}

static int
plan_one(const struct plan_item *item, void *arg)
{
	struct planning *p = arg;
	struct ledger_checkin c = { .id = 0 };

	if (item->skip != PLAN_ASKED && item->skip != PLAN_HOLD &&
	    item->skip != PLAN_OPTED_OUT)
		return 0;
	snprintf(c.participant, sizeof(c.participant), "%s",
	    item->participant->id);
	snprintf(c.round, sizeof(c.round), "%s", item->round->name);
	snprintf(c.ladder, sizeof(c.ladder), "%s", item->round->ladder->name);
	snprintf(c.ladder_version, sizeof(c.ladder_version), "%s",
	    item->round->ladder->version);
	c.date = p->date;
	c.slot = c.wake_at = item->slot;
	c.state = CHECKIN_DUE;
	p->n++;
	if (p->again && want_again(p, item) == -1)
		return -1;
	return ledger_checkin_plan(p->en->ledger, &c, p->e);
}

static int
plan_days(struct engine *en, struct planner_at *at, size_t *room, msec now,
    struct err *e)
{
	localdate last = calendar_date(now) + 1;
	char text[CALENDAR_DATE_SIZE];

	while (at->day <= last) {
		struct planning p = { en, at->day, now, e, at->planned,
			at->again };

		if (plan_some(en->conf, en->ledger, at->day, &at->round,
		    &at->person, room, now, plan_one, &p, e) != 0)
			return -1;
		at->planned = p.n;
		if (at->round < en->conf->n_rounds)
			return 0;
		log_info("engine", "planned: date=%s checkins=%d",
		    calendar_format_date(at->day, text), at->planned);
		at->day++;
		at->round = at->person = 0;
		at->planned = 0;
	}
	at->part = PLANNER_RESTS;
	return 0;
}

int
planner_person(struct engine *en, const struct config_participant *who,
    msec now, struct err *e)
{
	for (localdate day = calendar_date(now); day <= en->done.planned_to;
	    day++) {
		struct planning p = { en, day, now, e, 0, true };

		if (plan_person(en->conf, en->ledger, who, day, now, plan_one,
		    &p, e) != 0)
			return -1;
	}
	return 0;
}

/* ---- people who are no longer there ------------------------------------ */

static int
mark_live(struct engine *en, struct planner_at *at, size_t *room, msec now,
    struct err *e)
{
	const struct config_participant *all = en->conf->participants;
	size_t n = en->conf->n_participants, first = at->person;

	for (; at->person < n && *room > 0; at->person++, (*room)--) {
		const struct config_participant *p = &all[at->person];

		for (int r = 0; p->live && r < p->n_rounds; r++)
			if (ledger_live(en->ledger, p->id, p->rounds[r]->name,
			    p->rounds[r]->at, at->load, now, e) == -1)
				return -1;
	}
	/* They are sorted by id: nobody between two of them is live. */
	if (!en->done.dropped && ledger_live_end(en->ledger, at->load,
	    first > 0 ? all[first - 1].id : "",
	    at->person < n ? all[at->person - 1].id : NULL, e) == -1)
		return -1;
	if (at->person == n) {
		at->part = PLANNER_UNWANTED;
		at->person = 0;
	}
	return 0;
}

/* Why the check-in is not wanted any more by the files; NULL where it is. */
static bool
is_in(const struct config_participant *p, const struct config_round *r)
{
	for (int i = 0; i < p->n_rounds; i++)
		if (p->rounds[i] == r)
			return true;
	return false;
}

static const char *
unwanted(const struct engine *en, const struct ledger_checkin *c)
{
	const struct config *conf = en->conf;
	const struct config_participant *p =
	    config_participant(conf, c->participant);
	const struct config_round *r = config_round(conf, c->round);

	if (en->done.dropped && (p == NULL || !p->live))
		return NULL;
	if (p == NULL)
		return unwanted_why[0];
	if (!p->live)
		return unwanted_why[1];
	if (r == NULL)
		return unwanted_why[2];
	if (!is_in(p, r))
		return unwanted_why[4];
	if (c->state == CHECKIN_ASKING)
		return NULL;
	return !config_has_day(r, c->date) ? unwanted_why[3] :
	    config_is_dropped(r, c->date) ? unwanted_why[5] : NULL;
}

static int
end_one_unwanted(struct engine *en, struct ledger_checkin *c, msec now,
    struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);
	const char *why = unwanted(en, c);

	if (why == NULL && p != NULL && plan_is_away(en->ledger, p, c->date,
	    &why, e) == -1)
		return -1;
	if (why == NULL)
		return 0;
	return word_close(en, c, CHECKIN_CANCELLED, CONFIRMED_BY_NOBODY, why,
	    now, e);
}

static int
end_unwanted(struct engine *en, struct planner_at *at, size_t *room, msec now,
    struct err *e)
{
	struct ledger_checkin open[BATCH], after = { .id = 0 };
	int n;

	do {
		if (*room < BATCH)
			return 0;
		after.wake_at = at->after.wake_at;
		after.id = at->after.id;
		n = ledger_checkins_open(en->ledger,
		    after.id != 0 ? &after : NULL, open, BATCH, e);
		for (int i = 0; i < n; i++, (*room)--) {
			at->after.wake_at = open[i].wake_at;
			at->after.id = open[i].id;
			if (end_one_unwanted(en, &open[i], now, e) == -1)
				return -1;
		}
	} while (n == BATCH);
	at->part = PLANNER_DAYS;
	return n == -1 || followup_orphans(en, now, e) == -1 ||
	    orphans_run(en, now, e) == -1 ||
	    signin_orphans(en, now, e) == -1 ? -1 : 0;
}

/* The first day to plan: today, or the day at which a longer downtime began. */
static int
first_day(struct engine *en, msec now, localdate *ret, struct err *e)
{
	localdate today = calendar_date(now);
	msec newest;

	*ret = today;
	if (ledger_newest(en->ledger, &newest, e) == -1)
		return -1;
	if (newest != 0 && calendar_date(newest) < today)
		*ret = calendar_date(newest);
	if (*ret < today - DAYS_BACK)
		*ret = today - DAYS_BACK;
	return 0;
}

static int
begin(struct engine *en, struct planner_at *at, msec now, struct err *e)
{
	*at = (struct planner_at){ .part = PLANNER_DAYS, .again = en->replan };
	if (first_day(en, now, &at->day, e) == -1)
		return -1;
	if (en->done.marked)
		return 0;
	at->part = PLANNER_LIVE;
	return gone_at_start(en, now, e) == -1 ||
	    ledger_load_add(en->ledger, en->conf->digest,
	    (int)en->conf->n_live, 0, now, &at->load, e) == -1 ? -1 : 0;
}

static int
go_on(struct engine *en, struct planner_at *at, msec now, struct err *e)
{
	size_t room = PART;

	if (at->part == PLANNER_LIVE &&
	    mark_live(en, at, &room, now, e) == -1)
		return -1;
	if (at->part == PLANNER_UNWANTED &&
	    end_unwanted(en, at, &room, now, e) == -1)
		return -1;
	return at->part == PLANNER_DAYS ? plan_days(en, at, &room, now, e) : 0;
}

int
planner_run(struct engine *en, msec now, struct err *e)
{
	localdate today = calendar_date(now);
	bool new_day = en->done.planned_to <= today;
	struct planner_at at = en->done.plan;

	if (!en->replan && !new_day && at.part == PLANNER_RESTS)
		return 0;
	if (new_day && trouble_new_day(en, now, e) == -1)
		return -1;
	/* To begin anew each time might never come to an end. */
	at.once_more |= en->replan && at.part != PLANNER_RESTS;
	if (at.part == PLANNER_RESTS && begin(en, &at, now, e) == -1)
		return -1;
	if (go_on(en, &at, now, e) == -1)
		return -1;
	/* Only now: what failed by itself has been undone in the ledger. */
	en->done.plan = at;
	en->done.planned_to = today + 1;
	en->done.marked |= at.part != PLANNER_LIVE &&
	    at.part != PLANNER_UNWANTED;
	en->replan = at.part == PLANNER_RESTS && at.once_more;
	en->more |= at.part != PLANNER_RESTS || en->replan;
	return 0;
}

/* ---- reload ------------------------------------------------------------ */

static int
check_reload(const struct config *old, const struct config *conf,
    struct err *e)
{
	if (strcmp(old->service.timezone, conf->service.timezone) != 0)
		return err_set(e, "timezone of [service] has changed: restart "
		    "the daemon for that");
	if (strcmp(old->service.database, conf->service.database) != 0)
		return err_set(e, "database of [service] has changed: restart "
		    "the daemon for that");
	return 0;
}

/* A new way to a gateway goes on with the old one's rate and health. */
static void
inherit_lines(struct engine *en, struct line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gateway *g = lines[i].gateway;
		const struct line *old =
		    dispatch_line(en, gateway_conf(g)->name);

		if (old != NULL)
			lines[i] = *old;
		lines[i].gateway = g;
	}
}

int
engine_reload(struct engine *en, const struct config *conf,
    const struct engine_gone *gone, int accept_removals, struct err *e)
{
	struct line *lines;
	size_t n;

	if (en->was.conf != NULL)
		return err_set(e, "another reload is just being done");
	if (check_reload(en->conf, conf, e) == -1 ||
	    gone_check(gone, accept_removals, e) == -1 ||
	    lines_open(conf, &lines, &n, e) == -1)
		return -1;
	inherit_lines(en, lines, n);
	en->was.conf = en->conf;
	en->was.lines = en->lines;
	en->was.n_lines = en->n_lines;
	en->conf = conf;
	en->lines = lines;
	en->n_lines = n;
	en->replan = true;
	en->done.plan.part = PLANNER_RESTS;	/* as far as it was */
	en->done.marked = false;
	en->done.removals_accepted = true;
	return 0;
}

void
planner_reload_kept(struct engine *en)
{
	if (en->was.conf == NULL)
		return;
	lines_close(en->was.lines, en->was.n_lines);
	memset(&en->was, 0, sizeof(en->was));
}

void
planner_reload_lost(struct engine *en)
{
	if (en->was.conf == NULL)
		return;
	lines_close(en->lines, en->n_lines);
	en->conf = en->was.conf;
	en->lines = en->was.lines;
	en->n_lines = en->was.n_lines;
	memset(&en->was, 0, sizeof(en->was));
}

int
engine_load_refused(struct engine *en, const char *digest, int mistakes,
    const char *text, msec now, struct err *e)
{
	int64_t load;

	if (ledger_load_add(en->ledger, digest, (int)en->conf->n_live,
	    mistakes, now, &load, e) == -1)
		return -1;
	return notices_tell_coordinators(en, "config", 0, 0, false, NULL,
	    "the configuration was not loaded", text, now, e);
}
