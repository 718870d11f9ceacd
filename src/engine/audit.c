#include "engine/audit.h"

#include <string.h>

#include "engine/engine.h"
#include "engine/plan.h"
#include "rules/calendar.h"

/* As long as the ledger's own questions give a check-in. */
#define GRACE (10 * MSEC_MINUTE)
#define TURNS_MAX 16
#define BATCH 64

struct audit {
	struct ledger *ledger;
	const struct config *conf;
	msec now;
	audit_fn *found;
	void *arg;
	struct err *e;
	int n;
};

static int
tell(struct audit *a, int rule, const char *name, int64_t checkin,
    int64_t attempt)
{
	struct ledger_finding f = {
		.rule = rule, .name = name, .checkin = checkin,
		.attempt = attempt,
	};

	a->n++;
	return a->found(&f, a->arg);
}

/* ---- who should have been asked ---------------------------------------- */

/* A slot has passed: there is a check-in of it, whatever became of it. */
static int
look_at_slot(const struct plan_item *item, void *arg)
{
	struct audit *a = arg;
	struct ledger_checkin c[TURNS_MAX];
	int n;

	if (item->skip != PLAN_ASKED || item->slot + GRACE >= a->now)
		return 0;
	n = ledger_checkins_of(a->ledger, item->participant->id,
	    calendar_date(item->slot), c, TURNS_MAX, a->e);
	for (int i = 0; i < n; i++)
		if (strcmp(c[i].round, item->round->name) == 0)
			return 0;
	if (n == -1)
		return -1;
	return tell(a, 1, "a slot without a check-in", 0, 0);
}

/* ---- who was asked, and when ------------------------------------------- */

static int
look_at_ask(const struct ledger_ask *ask, void *arg)
{
	struct audit *a = arg;
	const struct config_participant *p =
	    config_participant(a->conf, ask->participant);
	int creates, away;

	if (p == NULL)
		return 0;	/* removed since */
	if (!hours_contain(&p->contact_hours, ask->sent_at) && tell(a, 3,
	    "an attempt outside the contact hours", ask->checkin,
	    ask->attempt) == -1)
		return -1;
	away = ledger_absence_was(a->ledger, p->id,
	    calendar_date(ask->sent_at), ask->sent_at, a->e);
	if (away == -1)
		return -1;
	if ((away || config_is_away(p, calendar_date(ask->sent_at))) && tell(a,
	    3,
	    "an attempt while away", ask->checkin, ask->attempt) == -1)
		return -1;
	creates = ledger_creates_on(a->ledger, ask->participant, ask->date,
	    a->e);
	if (creates == -1)
		return -1;
	return creates > a->conf->service.max_attempts_per_day ? tell(a, 3,
	    "an attempt above the day's cap", ask->checkin, ask->attempt) : 0;
}

/* ---- whose it is overnight --------------------------------------------- */

static int
look_at_night(struct audit *a)
{
	struct ledger_flag f[BATCH];
	int64_t after = 0;
	int n;

	if (!closing_is_night(a->conf, a->now) ||
	    !closing_is_night(a->conf, a->now - GRACE))
		return 0;
	do {
		n = ledger_flags_open(a->ledger, after, f, BATCH, a->e);
		for (int i = 0; i < n; i++) {
			struct ledger_finding found = {
				.rule = 5, .checkin = f[i].checkin,
				.name = "a flag without a name overnight",
				.flag = f[i].id,
			};

			after = f[i].id;
			if (f[i].raised_at + GRACE >= a->now ||
			    f[i].owner[0] != '\0' || f[i].handed_to[0] != '\0')
				continue;
			a->n++;
			if (a->found(&found, a->arg) == -1)
				return -1;
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

int
audit_run(struct ledger *l, const struct config *conf, msec now,
    enum audit_depth depth, audit_fn *found, void *arg, struct err *e)
{
	struct audit a = { l, conf, now, found, arg, e, 0 };
	localdate today = calendar_date(now);

	for (int i = 0; i < ledger_audit_count(); i++) {
		int n = ledger_audit(l, i, depth == AUDIT_WHOLE, now, found,
		    arg, e);

		if (n == -1)
			return -1;
		a.n += n;
	}
	if (look_at_night(&a) == -1)
		return -1;
	if (depth != AUDIT_WHOLE)
		return a.n;
	if (plan_day(conf, l, today, now, look_at_slot, &a, e) != 0 ||
	    ledger_audit_asks(l, today - 1, look_at_ask, &a, e) == -1)
		return -1;
	return a.n;
}
