#include "simulate/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/audit.h"
#include "engine/plan.h"
#include "ledger/view.h"

#define CHECKINS_MAX 16
/* A flag is raised in the turn that is due; only a gateway's answer that is
 * being waited for, or a daemon that is dead, may hold it up. */
#define FLAG_GRACE (15 * MSEC_MINUTE)
/* So often is it looked whether somebody knows of each flag.  Those of many who
 * are silent at once are held for an hour. */
#define TOLD_AGAIN (10 * MSEC_MINUTE)
#define HELD_FOR MSEC_HOUR
#define FLAGS_MAX 64

#define CALLS_MAX 64

/* How often a number was rung on a date. */
struct judge_day {
	char number[LEDGER_NUMBER_SIZE];
	char refs[CALLS_MAX][GATEWAY_REF_SIZE];	/* again is no further one */
	int calls;
};

void
judge_begin(struct judge *j, const struct world *w, struct crowd *crowd)
{
	*j = (struct judge){ .world = w, .crowd = crowd,
		.digest = 0xcbf29ce484222325 };
}

void
judge_release(struct judge *j)
{
	for (int i = 0; i < j->n && i < JUDGE_MAX; i++)
		free(j->findings[i]);
	free(j->calls);
}

void
judge_find(struct judge *j, msec at, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	char when[CALENDAR_INSTANT_SIZE];
	va_list ap;

	if (j->n++ >= JUDGE_MAX)
		return;
	buf_addf(&b, "%s: ", calendar_format(at, when));
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	j->findings[j->n - 1] = buf_take(&b);
}

/* FNV-1a (Fowler, Noll, Vo): two runs of a seed have the same. */
static void
digest(struct judge *j, const char *text)
{
	for (; *text != '\0'; text++)
		j->digest = (j->digest ^ (unsigned char)*text) * 0x100000001b3;
}

/* ---- at every minute --------------------------------------------------- */

static int
on_finding(const struct ledger_finding *f, void *arg)
{
	struct judge *j = arg;

	judge_find(j, j->world->now, "invariant %d: %s (check-in %lld, "
	    "attempt %lld, flag %lld)", f->rule, f->name,
	    (long long)f->checkin, (long long)f->attempt, (long long)f->flag);
	return 0;
}

static void
audit(struct judge *j, msec at, enum audit_depth depth)
{
	struct err e;

	if (audit_run(j->world->ledger, j->world->o.conf, at, depth,
	    on_finding, j, &e) == -1)
		judge_find(j, at, "the audit failed: %s", e.text);
}

static int
newest_cause(const struct view_step *step, void *arg)
{
	msec *newest = arg;

	if (strcmp(step->action, "cause") == 0)
		*newest = step->at;
	return 0;
}

/* Of a flag that has a check-in's reason somebody was told by name; of those
 * that belong to an incident, once for all of them.  One that was raised for an
 * incident yesterday may have got its reason just now. */
static bool
is_untold(struct judge *j, const struct ledger_flag *f, msec at)
{
	msec wait = f->reason == FLAG_HELP ? 0 : HELD_FOR;
	msec since = f->raised_at;
	struct err e;

	if (f->state != FLAG_OPEN || f->asked[0] != '\0' ||
	    f->reason == FLAG_MISSED || f->reason == FLAG_GATEWAY ||
	    since + wait + FLAG_GRACE >= at)
		return false;
	return view_flag_story(j->world->ledger, f->id, newest_cause, &since,
	    &e) == -1 || since + wait + FLAG_GRACE < at;
}

static void
look_at_flags(struct judge *j, msec at)
{
	struct ledger_flag f[FLAGS_MAX];
	int64_t after = 0;
	struct err e;
	int n;

	do {
		n = ledger_flags_open(j->world->ledger, after, f, FLAGS_MAX,
		    &e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (is_untold(j, &f[i], at))
				judge_find(j, at, "invariant 5: nobody was "
				    "told of flag %lld", (long long)after);
		}
	} while (n == FLAGS_MAX);
}

void
judge_minute(struct judge *j, msec minute)
{
	j->minutes++;
	audit(j, minute, AUDIT_OPEN);
	if (minute < j->looked_at + TOLD_AGAIN)
		return;
	j->looked_at = minute;
	look_at_flags(j, minute);
}

/* ---- as it leaves ------------------------------------------------------ */

static struct judge_day *
day_of(struct judge *j, const char *number, localdate date)
{
	if (date != j->calls_date)
		j->n_calls = 0;
	j->calls_date = date;
	for (size_t i = 0; i < j->n_calls; i++)
		if (strcmp(j->calls[i].number, number) == 0)
			return &j->calls[i];
	mem_reserve(&j->calls, j->n_calls, &j->cap_calls, sizeof(*j->calls));
	j->calls[j->n_calls] = (struct judge_day){ .calls = 0 };
	snprintf(j->calls[j->n_calls].number, LEDGER_NUMBER_SIZE, "%s",
	    number);
	return &j->calls[j->n_calls++];
}

/* A call to somebody of the crowd: may it be? */
static void
judge_call(struct judge *j, const struct submission *s,
    const struct config_participant *const *people, size_t n)
{
	msec now = j->world->now;
	localdate date = calendar_date(now);
	struct judge_day *day = day_of(j, s->to, date);
	bool in_hours = false, here = false;
	const char *why;
	struct err e;

	for (size_t i = 0; i < n; i++) {
		in_hours |= hours_contain(&people[i]->contact_hours, now);
		here |= plan_is_away(j->world->ledger, people[i], date, &why,
		    &e) == 0;
	}
	if (!in_hours)
		judge_find(j, now, "invariant 3: %s is rung outside the "
		    "contact hours", people[0]->id);
	if (!here)
		judge_find(j, now, "invariant 3: %s is rung while away",
		    people[0]->id);
	for (int i = 0; i < day->calls && i < CALLS_MAX; i++)
		if (strcmp(day->refs[i], s->ref) == 0)
			return;
	if (day->calls < CALLS_MAX)
		snprintf(day->refs[day->calls], GATEWAY_REF_SIZE, "%s",
		    s->ref);
	if (++day->calls > j->world->o.conf->service.max_attempts_per_day *
	    (int)n)
		judge_find(j, now, "invariant 3: %s is rung %d times that day",
		    people[0]->id, day->calls);
}

void
judge_create(struct judge *j, const struct submission *s)
{
	const struct config_participant *const *people;
	char at[32];
	size_t n = 0;

	j->creates++;
	snprintf(at, sizeof(at), " %lld ", (long long)j->world->now);
	digest(j, s->ref);
	digest(j, at);
	digest(j, s->to);
	people = config_people_at(j->world->o.conf, s->to, &n);
	if (n > 0 && s->channel == CHANNEL_CALL)
		judge_call(j, s, people, n);
}

void
judge_line(struct judge *j, const char *line)
{
	static const char *const words[] = { "was not taken", "was undone",
		"is set aside", "could not be applied", "constraint failed" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strstr(line, words[i]) != NULL)
			judge_find(j, j->world->now, "something failed by "
			    "itself: %s", line);
}

/* ---- the truth --------------------------------------------------------- */

static bool
round_asks_again(const struct judge *j, const char *name)
{
	const struct config_round *r = config_round(j->world->o.conf, name);

	return r != NULL && r->ask_again;
}

/* Is this check-in one that must have found out about the bad day?  A word
 * that they gave before it, that same day, counts for all of the day. */
static bool
is_owed(const struct judge *j, const struct crowd_spell *s,
    const struct ledger_checkin *c)
{
	if (c->slot < s->from || c->slot >= s->until)
		return false;
	if (c->state == CHECKIN_CANCELLED)
		return false;	/* with a reason: the audit looks at that */
	return s->last_word == 0 || calendar_date(s->last_word) != c->date ||
	    round_asks_again(j, c->round);
}

static void
judge_checkin(struct judge *j, const struct crowd_spell *s,
    const struct ledger_checkin *c)
{
	msec now = j->world->now;
	struct ledger_flag f;
	struct err e;

	if (!is_owed(j, s, c))
		return;
	j->bad_days++;
	if (!checkin_state_is_final(c->state)) {
		if (c->slot + 2 * MSEC_HOUR < now &&
		    c->flag_at + FLAG_GRACE < now)
			judge_find(j, now, "%s's bad day of %d is not flagged "
			    "yet: check-in %lld", c->participant,
			    (int)c->date, (long long)c->id);
		return;
	}
	if (c->confirmed_by != CONFIRMED_BY_NOBODY &&
	    c->confirmed_by != CONFIRMED_BY_HUMAN) {
		/* Found by somebody, and well enough since to say so. */
		if (c->closed_at < s->until)
			judge_find(j, now, "%s was confirmed on a bad day: "
			    "check-in %lld, by %s", c->participant,
			    (long long)c->id,
			    confirmed_by_name(c->confirmed_by));
		return;
	}
	if (c->flag == 0)
		judge_find(j, now, "%s's bad day went unflagged: check-in "
		    "%lld is %s", c->participant, (long long)c->id,
		    checkin_state_name(c->state));
	else if (ledger_flag_get(j->world->ledger, c->flag, &f, &e) == -1 ||
	    strcmp(f.participant, c->participant) != 0)
		judge_find(j, now, "%s's flag is not there: check-in %lld",
		    c->participant, (long long)c->id);
}

static void
judge_spell(struct judge *j, const struct crowd_spell *s, localdate date)
{
	const struct config_participant *p = NULL;
	struct ledger_checkin c[CHECKINS_MAX];
	struct err e;

	while ((p = crowd_member(j->crowd, s->house, p)) != NULL) {
		int n = ledger_checkins_of(j->world->ledger, p->id, date, c,
		    CHECKINS_MAX, &e);

		for (int i = 0; i < n; i++)
			judge_checkin(j, s, &c[i]);
	}
}

void
judge_day(struct judge *j)
{
	const struct crowd_spell *s;
	localdate today = calendar_date(j->world->now);
	size_t n;

	if (j->world->ledger == NULL)
		return;
	s = crowd_spells(j->crowd, &n);
	while (j->n_spells_done < n && s[j->n_spells_done].until <
	    j->world->now - 4 * MSEC_DAY)
		j->n_spells_done++;
	for (size_t i = j->n_spells_done; i < n; i++)
		for (localdate d = today - 2; d < today; d++)
			judge_spell(j, &s[i], d);
}

/* ---- the two ledgers --------------------------------------------------- */

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Does the ledger know the create?  Where no callback was asked for (inbound
 * = poll) the gateway's own id tells. */
static bool
is_known(const struct judge *j, const char *gateway,
    const struct exchange_entry *entry)
{
	struct ledger *l = j->world->ledger;
	struct ledger_attempt a;
	struct err e;

	if (entry->ref[0] != '\0')
		return ledger_attempt_by_ref(l, entry->ref, &a, &e) == 1;
	return entry->sid[0] == '\0' || ledger_attempt_by_gateway_id(l,
	    gateway, entry->sid, &a, &e) == 1;
}

static void
compare(struct judge *j, const char *gateway, const struct exchange *x)
{
	size_t n = exchange_ledger_count(x), made = 0;
	const char **refs = mem_grow(NULL, n + 1, sizeof(*refs));
	msec now = j->world->now;
	struct exchange_entry entry;

	for (size_t i = 0; i < n; i++) {
		exchange_ledger_get(x, i, &entry);
		if (!is_known(j, gateway, &entry))
			judge_find(j, entry.at, "invariant 2: a create that "
			    "the ledger does not know: %s", entry.ref);
		if (entry.sid[0] != '\0' && entry.ref[0] != '\0')
			refs[made++] = entry.ref;
		digest(j, entry.status);
	}
	qsort(refs, made, sizeof(*refs), by_text);
	for (size_t i = 1; i < made; i++)
		if (strcmp(refs[i - 1], refs[i]) == 0)
			judge_find(j, now, "invariant 2: %s was made twice",
			    refs[i]);
	for (size_t i = 0; i < exchange_complaint_count(x); i++)
		judge_find(j, now, "the exchange complains: %s",
		    exchange_complaint(x, i));
	free(refs);
}

void
judge_end(struct judge *j)
{
	const struct world *w = j->world;

	for (int i = 0; i < w->wire.n_lines; i++)
		compare(j, w->wire.lines[i].gateway,
		    w->wire.lines[i].exchange);
	audit(j, w->now, AUDIT_WHOLE);
}
