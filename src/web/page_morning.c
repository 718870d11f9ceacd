/*
 * This morning: a bar that fills, what is wrong, and who is away.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "web/page.h"

#define BAR 1000	/* units that the whole bar is wide */

/* The parts of the bar, in its order. */
enum part { WELL, ASKING, TO_COME, FLAGGED, NOT_ASKED };
#define PART_COUNT 5

static const struct {
	const char *class, *words;
} parts[PART_COUNT] = {
	[WELL] = { "well", "well" },
	[ASKING] = { "asking", "being asked" },
	[TO_COME] = { "to-come", "to come" },
	[FLAGGED] = { "flagged", "flagged" },
	[NOT_ASKED] = { "not-asked", "not asked today" },
};

static enum part
part_of(enum checkin_state state)
{
	switch (state) {
	case CHECKIN_CONFIRMED:
	case CHECKIN_CONFIRMED_LATE:
		return WELL;
	case CHECKIN_ASKING:
		return ASKING;
	case CHECKIN_DUE:
		return TO_COME;
	case CHECKIN_CANCELLED:
		return NOT_ASKED;
	default:
		return FLAGGED;
	}
}

static int
add_round(const struct view_round *r, void *arg)
{
	int *counts = arg;

	for (int i = 0; i < CHECKIN_STATE_COUNT; i++)
		counts[part_of((enum checkin_state)i)] += r->counts[i];
	return 0;
}

static void
show_rect(struct html *h, const char *class, int x, int width)
{
	char *from = mem_printf("%d", x), *wide = mem_printf("%d", width);

	html_open(h, "rect", HTML("class", class, "x", from, "y", "0",
	    "width", wide, "height", "40"));
	html_close(h);
	free(from);
	free(wide);
}

/* Widths as attributes: a style of its own is not allowed in a page. */
static void
show_bar(struct html *h, const int counts[PART_COUNT], int all)
{
	long long before = 0;

	html_open(h, "svg", HTML("class", "bar", "viewBox", "0 0 1000 40",
	    "preserveAspectRatio", "none", "aria-hidden", "true"));
	for (int i = 0; i < PART_COUNT; i++) {
		int from = (int)(before * BAR / all);

		before += counts[i];
		show_rect(h, parts[i].class, from, (int)(before * BAR / all) -
		    from);
	}
	html_close(h);
}

/* Whom the day's calendars add, leave out, or move. */
static void
show_closed(struct look *k)
{
	struct html *h = &k->html;
	localdate today = calendar_date(k->now);

	for (size_t i = 0; i < k->config->n_rounds; i++) {
		const struct config_round *r = &k->config->rounds[i];
		const char *only = config_has_day(r, today) ?
		    config_only(r, today) : NULL;
		const char *why = config_has_day(r, today) ?
		    config_closed(r, today) : NULL;

		if (only != NULL) {
			html_open(h, "p", NULL);
			html_textf(h, "%s: the round %s is held today.", only,
			    r->name);
			html_close(h);
		}
		if (why == NULL)
			continue;
		html_open(h, "p", NULL);
		if (config_is_dropped(r, today))
			html_textf(h, "%s: nobody of the round %s is asked.",
			    why, r->name);
		else
			html_textf(h, "%s: the round %s begins at %02d:%02d.",
			    why, r->name, r->at_closed / 60,
			    r->at_closed % 60);
		html_close(h);
	}
}

static int
show_day(struct look *k, struct err *e)
{
	int counts[PART_COUNT] = { 0 }, all = 0;
	struct html *h = &k->html;

	if (view_rounds(k->ledger, calendar_date(k->now), add_round, counts,
	        e) == -1)
		return -1;
	for (int i = 0; i < PART_COUNT; i++)
		all += counts[i];
	show_closed(k);
	if (all == 0) {
		html_line(h, "p", NULL, "Nobody is to be asked today, as far "
		    "as it is planned.");
		return 0;
	}
	show_bar(h, counts, all);
	html_open(h, "ul", HTML("class", "legend"));
	for (int i = 0; i < PART_COUNT; i++) {
		html_open(h, "li", HTML("class", parts[i].class));
		html_textf(h, "%d %s", counts[i], parts[i].words);
		html_close(h);
	}
	html_close(h);
	return 0;
}

static int
show_lateness(struct look *k, struct err *e)
{
	struct html *h = &k->html;
	char middle[24], worst[24];
	msec p50, max;

	if (view_lateness(k->ledger, calendar_date(k->now), &p50, &max,
	        e) == -1)
		return -1;
	if (max < 0)
		return 0;
	html_open(h, "p", HTML("class", "hint"));
	html_textf(h, "First calls and texts today left %s late in the middle "
	    "case, %s at worst.", parts_span(p50, middle), parts_span(max,
	    worst));
	html_close(h);
	return 0;
}

/* ---- flags ------------------------------------------------------------- */

struct tally {
	int open, claimed, late;
	msec now;
};

static int
add_flag(const struct view_flag *v, void *arg)
{
	struct tally *t = arg;

	t->open += v->flag.state == FLAG_OPEN;
	t->claimed += v->flag.state == FLAG_CLAIMED;
	t->late += v->flag.deadline < t->now;
	return 0;
}

static int
show_flags(struct look *k, struct err *e)
{
	struct tally t = { .now = k->now };
	struct html *h = &k->html;

	if (view_flags(k->ledger, false, INT32_MAX, add_flag, &t, e) == -1)
		return -1;
	html_line(h, "h2", NULL, "Flags");
	html_open(h, "p", NULL);
	if (t.open + t.claimed == 0)
		html_text(h, "None.");
	else
		html_textf(h, "%d that nobody has yet, %d that somebody has; "
		    "%d past their time. ", t.open, t.claimed, t.late);
	html_link(h, "/flags", "button", "All flags");
	html_close(h);
	return 0;
}

/* ---- incidents and holds ----------------------------------------------- */

static int
show_incident(const struct ledger_incident *incident, void *arg)
{
	struct look *k = arg;
	struct html *h = &k->html;

	if (incident->ended_at != 0)
		return 0;
	html_open(h, "li", HTML("class", "late"));
	html_textf(h, "%s%s%s, since ", parts_word(incident_kind_name(
	    incident->kind)), *incident->subject ? " " : "",
	    incident->subject);
	parts_instant(k, incident->since);
	if (*incident->detail)
		html_textf(h, ": %s", incident->detail);
	html_close(h);
	return 0;
}

static int
show_hold(const struct view_hold *hold, void *arg)
{
	struct look *k = arg;
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "late"));
	html_textf(h, "%s on hold since ", *hold->round ? hold->round :
	    "All rounds are");
	parts_instant(k, hold->since);
	html_textf(h, " by %s: %s", parts_name(k, hold->who), hold->reason);
	html_form(h, "/order/resume", NULL);
	parts_csrf(k);
	html_hidden(h, "round", hold->round);
	html_line(h, "button", NULL, "Go on asking");
	html_close(h);
	html_close(h);
	return 0;
}

static void
show_hold_form(struct look *k)
{
	struct html *h = &k->html;

	html_open(h, "details", NULL);
	html_line(h, "summary", NULL, "Stop asking for now");
	html_form(h, "/order/hold", "note");
	parts_csrf(k);
	html_line(h, "label", HTML("for", "round"), "Which round");
	html_open(h, "select", HTML("id", "round", "name", "round"));
	html_line(h, "option", HTML("value", ""), "All of them");
	for (size_t i = 0; i < k->config->n_rounds; i++)
		html_line(h, "option", HTML("value",
		    k->config->rounds[i].name), k->config->rounds[i].name);
	html_close(h);
	html_line(h, "label", HTML("for", "reason"), "Why");
	html_void(h, "input", HTML("id", "reason", "name", "reason",
	    "required", "", "maxlength", "60", "autocomplete", "off"));
	html_line(h, "button", NULL, "Nobody is asked until I say so");
	html_close(h);
	html_close(h);
}

static int
show_trouble(struct look *k, struct err *e)
{
	struct html *h = &k->html;

	html_line(h, "h2", NULL, "Incidents and holds");
	html_open(h, "ul", HTML("class", "plain"));
	if (view_incidents(k->ledger, show_incident, k, e) == -1 ||
	    view_holds(k->ledger, show_hold, k, e) == -1)
		return -1;
	html_close(h);
	show_hold_form(k);
	return 0;
}

/* ---- who is away ------------------------------------------------------- */

static int
show_absent(const struct ledger_checkin *c, void *arg)
{
	struct look *k = arg;
	struct html *h = &k->html;
	char *path = mem_printf("/person/%s", c->participant);

	html_open(h, "li", NULL);
	html_link(h, path, NULL, parts_full_name(k, c->participant));
	html_textf(h, " (%s): %s", c->round, parts_word(c->reason));
	html_close(h);
	free(path);
	return 0;
}

struct some {
	struct look *k;
	struct ledger_checkin *items;
	size_t n, cap;
	int more;
};

static int
take_some(const struct ledger_checkin *c, void *arg)
{
	struct some *s = arg;

	if (s->n == PAGE_ROWS) {
		s->more++;
		return 0;
	}
	mem_reserve(&s->items, s->n, &s->cap, sizeof(*s->items));
	s->items[s->n++] = *c;
	return 0;
}

static int
show_away(struct look *k, struct err *e)
{
	struct some s = { .k = k };
	struct html *h = &k->html;

	if (view_cancelled(k->ledger, calendar_date(k->now), take_some, &s,
	        e) == -1) {
		free(s.items);
		return -1;
	}
	html_line(h, "h2", NULL, "Not asked today");
	if (s.n == 0)
		html_line(h, "p", NULL, "Everybody is.");
	html_open(h, "ul", HTML("class", "plain"));
	for (size_t i = 0; i < s.n; i++) {
		(void)show_absent(&s.items[i], k);
		parts_saw(k, s.items[i].participant, "list");
	}
	html_close(h);
	if (s.more > 0) {
		html_open(h, "p", NULL);
		html_textf(h, "And %d more.", s.more);
		html_close(h);
	}
	free(s.items);
	return 0;
}

int
page_morning(struct look *k, struct err *e)
{
	if (show_day(k, e) == -1 || show_lateness(k, e) == -1 ||
	    show_flags(k, e) == -1 || show_trouble(k, e) == -1)
		return -1;
	return show_away(k, e);
}
