/*
 * What happened to somebody, as one list in the order of time.  The views lend
 * a row at a time and the ledger must not be used meanwhile: so all of it is
 * gathered first, as text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "web/page.h"

#define CHECKINS_MAX 100
#define REPLIES_MAX 200

struct moment {
	msec at;
	int64_t order;		/* of what came in one millisecond */
	char *words;
};

struct story {
	struct look *k;
	localdate since;
	struct moment *items;
	size_t n, cap;
	int64_t *checkins;
	size_t n_checkins, cap_checkins;
	int64_t *flags;
	size_t n_flags, cap_flags;
};

static void
tell(struct story *s, msec at, char *taken)
{
	struct moment *m;

	mem_reserve(&s->items, s->n, &s->cap, sizeof(*s->items));
	m = &s->items[s->n];
	m->at = at;
	m->order = (int64_t)s->n++;
	m->words = taken;
}

/* ---- check-ins and attempts -------------------------------------------- */

static const char *
by_whom(enum confirmed_by by)
{
	static const char *const words[CONFIRMED_BY_COUNT] = {
		[CONFIRMED_BY_NOBODY] = "", [CONFIRMED_BY_KEY] = " (key)",
		[CONFIRMED_BY_REPLY] = " (text)",
		[CONFIRMED_BY_CALL_BACK] = " (rang us)",
		[CONFIRMED_BY_HUMAN] = " (one of us spoke to them)",
	};

	return words[by];
}

static int
add_checkin(const struct view_checkin *v, void *arg)
{
	struct story *s = arg;
	const struct ledger_checkin *c = &v->checkin;

	if (c->date < s->since)
		return 1; /* the newest come first */
	tell(s, c->closed_at != 0 ? c->closed_at : c->slot, mem_printf(
	    "Check-in \xe2\x80\x9c%s\xe2\x80\x9d: %s%s%s%s", c->round,
	    parts_word(checkin_state_name(c->state)),
	    by_whom(c->confirmed_by), *c->reason ? ", " : "", c->reason));
	mem_reserve(&s->checkins, s->n_checkins, &s->cap_checkins,
	    sizeof(*s->checkins));
	s->checkins[s->n_checkins++] = c->id;
	return 0;
}

static int
add_attempt(const struct ledger_attempt *a, void *arg)
{
	struct story *s = arg;
	char number[NUMBER_NATIONAL_SIZE];

	number_national(a->number, s->k->config->service.country_code,
	    number);
	if (a->sent_at != 0)
		tell(s, a->sent_at, mem_printf("%s %s: %s", a->channel ==
		    CHANNEL_TEXT ? "We texted" : "We rang", number,
		    a->outcome == OUTCOME_NONE ? "under way" : a->channel ==
		    CHANNEL_TEXT && a->outcome == OUTCOME_OK ? "replied" :
		    parts_word(outcome_name(a->outcome))));
	return 0;
}

static int
gather_checkins(struct story *s, const char *who, struct err *e)
{
	if (view_checkins_of(s->k->ledger, who, CHECKINS_MAX, add_checkin, s,
	        e) == -1)
		return -1;
	for (size_t i = 0; i < s->n_checkins; i++)
		if (view_attempts_of(s->k->ledger, s->checkins[i],
		        add_attempt, s, e) == -1)
			return -1;
	return 0;
}

/* ---- replies ----------------------------------------------------------- */

static int
add_reply(const struct ledger_reply *r, void *arg)
{
	struct story *s = arg;

	if (calendar_date(r->at) < s->since)
		return 1;
	if (r->channel == CHANNEL_TEXT)
		tell(s, r->at, mem_printf("They wrote: \xe2\x80\x9c%s"
		    "\xe2\x80\x9d", r->text));
	else
		tell(s, r->at, mem_printf("They rang us"));
	return 0;
}

/* ---- flags ------------------------------------------------------------- */

static const struct { const char *action, *words; } actions[] = {
	{ "claim", "took it" },
	{ "decline", "could not take it" },
	{ "release", "gave it back" },
	{ "resolve", "closed it" },
	{ "own_word", "told us that they are well" },
};

static const char *
action_words(const char *action)
{
	for (size_t i = 0; i < COUNT(actions); i++)
		if (strcmp(actions[i].action, action) == 0)
			return actions[i].words;
	return action;
}

/* What was written about safeguarding is for coordinators alone. */
static bool
is_guarded(const struct view_step *step)
{
	return strncmp(step->detail, "safeguarding", 12) == 0;
}

static int
add_step(const struct view_step *step, void *arg)
{
	struct story *s = arg;
	const char *who = parts_name(s->k, step->who);

	if (strcmp(step->action, "cause") == 0)
		tell(s, step->at, mem_printf("Flag: %s",
		    parts_word(step->detail)));
	else if (strcmp(step->from, "text") == 0 &&
	    (strcmp(step->detail, "accepted") == 0 ||
	    strcmp(step->detail, "planned") == 0 ||
	    strcmp(step->detail, "sending") == 0 ||
	    strcmp(step->detail, "failed") == 0))
		tell(s, step->at, mem_printf("%s was told by text%s", who,
		    strcmp(step->detail, "failed") == 0 ?
		    ", which did not arrive" : ""));
	else if (strcmp(step->from, "email") == 0)
		tell(s, step->at, mem_printf("%s was told by e-mail", who));
	else if (!is_guarded(step) || s->k->viewer->coordinator)
		tell(s, step->at, mem_printf("%s %s%s%s", who, action_words(
		    step->action), *step->detail ? ": " : "", step->detail));
	return 0;
}

static int
remember_flag(const struct view_checkin *v, void *arg)
{
	struct story *s = arg;
	int64_t flag = v->checkin.flag;

	if (v->checkin.date < s->since)
		return 1;
	for (size_t i = 0; i < s->n_flags; i++)
		if (s->flags[i] == flag)
			return 0;
	if (flag == 0)
		return 0;
	mem_reserve(&s->flags, s->n_flags, &s->cap_flags, sizeof(*s->flags));
	s->flags[s->n_flags++] = flag;
	return 0;
}

static int
gather_flags(struct story *s, const char *who, struct err *e)
{
	struct ledger_flag open;
	int found = 0;

	found = ledger_flag_open_of(s->k->ledger, who, &open, e);
	if (found == -1)
		return -1;
	if (found == 1) {
		mem_reserve(&s->flags, s->n_flags, &s->cap_flags,
		    sizeof(*s->flags));
		s->flags[s->n_flags++] = open.id;
	}
	if (view_checkins_of(s->k->ledger, who, CHECKINS_MAX, remember_flag,
	        s, e) == -1)
		return -1;
	for (size_t i = 0; i < s->n_flags; i++)
		if (view_flag_story(s->k->ledger, s->flags[i], add_step, s,
		        e) == -1)
			return -1;
	return 0;
}

/* ---- showing ----------------------------------------------------------- */

static int
newest_first(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return x->order < y->order ? 1 : x->order > y->order ? -1 : 0;
}

static void
show(struct story *s)
{
	struct html *h = &s->k->html;

	if (s->n == 0)
		return;
	qsort(s->items, s->n, sizeof(*s->items), newest_first);
	html_line(h, "h2", NULL, "What happened");
	html_open(h, "ol", HTML("class", "story"));
	for (size_t i = 0; i < s->n; i++) {
		html_open(h, "li", NULL);
		parts_instant(s->k, s->items[i].at);
		html_text(h, " ");
		html_line(h, "span", NULL, s->items[i].words);
		html_close(h);
	}
	html_close(h);
}

static void
finish(struct story *s, int done)
{
	if (done == 0)
		show(s);
	for (size_t i = 0; i < s->n; i++)
		free(s->items[i].words);
	free(s->items);
	free(s->checkins);
	free(s->flags);
}

static int
gather(struct story *s, const char *who, struct err *e)
{
	if (gather_checkins(s, who, e) == -1)
		return -1;
	return view_replies_of(s->k->ledger, who, REPLIES_MAX, add_reply, s, e);
}

int
story_show(struct look *k, const char *participant, localdate since,
    struct err *e)
{
	struct story s = { .k = k, .since = since };
	int done = gather(&s, participant, e);

	if (done == 0)
		done = gather_flags(&s, participant, e);
	finish(&s, done);
	return done;
}

int
story_show_flag(struct look *k, const struct ledger_flag *f, struct err *e)
{
	struct story s = { .k = k, .since = calendar_date(f->raised_at) };
	int done = *f->participant ? gather(&s, f->participant, e)
	    : view_replies_from(k->ledger, f->number, REPLIES_MAX, add_reply,
	    &s, e);

	if (done == 0)
		done = view_flag_story(k->ledger, f->id, add_step, &s, e);
	finish(&s, done);
	return done;
}
