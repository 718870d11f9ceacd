/*
 * Everybody, each with the last four weeks as a row of marks; and one person's
 * whole story, with what a coordinator may decide about them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "web/page.h"

#define DAYS 28
#define CHECKINS_MAX 200
#define HISTORY_DAYS 90

/* ---- marks ------------------------------------------------------------- */

/* The worse one of a day is shown: its sign says it without colour. */
enum mark { NOTHING, NOT_ASKED, UNDER_WAY, WELL, LATE, FLAGGED, HELP };
#define MARK_COUNT 7

static const struct {
	const char *class, *sign, *words;
} marks[MARK_COUNT] = {
	[NOTHING] = { "mark", "\xc2\xb7", "no check-in" },
	[NOT_ASKED] = { "mark not-asked", "\xe2\x80\x93", "not asked" },
	[UNDER_WAY] = { "mark asking", "\xe2\x80\xa6", "under way" },
	[WELL] = { "mark well", "\xe2\x97\x8f", "well" },
	[LATE] = { "mark late-well", "\xe2\x97\x90", "well, late" },
	[FLAGGED] = { "mark flagged", "\xe2\x96\xb2", "flagged" },
	[HELP] = { "mark help", "\xe2\x9c\x9a", "asked for help" },
};

static enum mark
mark_of(enum checkin_state state)
{
	switch (state) {
	case CHECKIN_CANCELLED:
		return NOT_ASKED;
	case CHECKIN_DUE:
	case CHECKIN_ASKING:
		return UNDER_WAY;
	case CHECKIN_CONFIRMED:
		return WELL;
	case CHECKIN_CONFIRMED_LATE:
		return LATE;
	case CHECKIN_HELP_REQUESTED:
		return HELP;
	default:
		return FLAGGED;
	}
}

struct weeks {
	localdate first;
	enum mark days[DAYS];
};

static int
add_day(const struct view_checkin *v, void *arg)
{
	enum mark mark = mark_of(v->checkin.state);
	struct weeks *w = arg;
	localdate day = v->checkin.date - w->first;

	if (day < 0)
		return 1; /* the newest come first */
	if (day < DAYS && mark > w->days[day])
		w->days[day] = mark;
	return 0;
}

/* "26 well, 1 flagged": the row for whoever does not see it. */
static char *
say_weeks(const struct weeks *w)
{
	int counts[MARK_COUNT] = { 0 };
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < DAYS; i++)
		counts[w->days[i]]++;
	for (int i = MARK_COUNT - 1; i > NOTHING; i--)
		if (counts[i] > 0)
			buf_addf(&b, "%s%d %s", b.len > 0 ? ", " : "",
			    counts[i], marks[i].words);
	if (b.len == 0)
		buf_add(&b, "not asked yet");
	return buf_take(&b);
}

static int
show_weeks(struct look *k, const char *participant, struct err *e)
{
	struct weeks w = { .first = calendar_date(k->now) - DAYS + 1 };
	struct html *h = &k->html;
	char *said;

	if (view_checkins_of(k->ledger, participant, CHECKINS_MAX, add_day,
	        &w, e) == -1)
		return -1;
	said = say_weeks(&w);
	html_open(h, "span", HTML("class", "weeks", "role", "img",
	    "aria-label", said));
	for (int i = 0; i < DAYS; i++)
		html_line(h, "span", HTML("class", marks[w.days[i]].class,
		    "aria-hidden", "true"), marks[w.days[i]].sign);
	html_close(h);
	free(said);
	return 0;
}

/* ---- the list ---------------------------------------------------------- */

static void
show_key(struct html *h)
{
	html_open(h, "p", HTML("class", "hint"));
	html_text(h, "The last four weeks, today at the end: ");
	for (int i = MARK_COUNT - 1; i >= NOTHING; i--) {
		html_line(h, "span", HTML("class", marks[i].class),
		    marks[i].sign);
		html_textf(h, " %s%s", marks[i].words,
		    i > NOTHING ? ", " : ".");
	}
	html_close(h);
}

static int
show_row(struct look *k, const struct config_participant *p, struct err *e)
{
	char *path = mem_printf("/person/%s", p->id);
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "person"));
	html_open(h, "span", HTML("class", "who"));
	html_link(h, path, NULL, p->name);
	free(path);
	if (p->area)
		html_textf(h, " \xc2\xb7 %s", p->area);
	if (!p->live)
		html_text(h, " \xc2\xb7 not live");
	html_close(h);
	if (show_weeks(k, p->id, e) == -1)
		return -1;
	html_close(h);
	parts_saw(k, p->id, "list");
	return 0;
}

static bool
is_wanted(const struct config_participant *p, const char *search)
{
	return !*search || strcasestr(p->name, search) ||
	    (p->area && strcasestr(p->area, search));
}

static void
show_search(struct look *k, const char *search)
{
	struct html *h = &k->html;
	char *action = mem_printf("%s/people", k->root);

	html_open(h, "form", HTML("method", "get", "action", action, "role",
	    "search"));
	html_line(h, "label", HTML("for", "q"), "Part of a name or area");
	html_void(h, "input", HTML("id", "q", "name", "q", "type", "search",
	    "value", search, "autocomplete", "off"));
	html_line(h, "button", NULL, "Find");
	html_close(h);
	free(action);
}

static void
show_more(struct look *k, const char *after, const char *search)
{
	struct html *h = &k->html;
	char *action = mem_printf("%s/people", k->root);

	html_open(h, "form", HTML("method", "get", "action", action));
	if (*search)
		html_hidden(h, "q", search);
	html_hidden(h, "after", after);
	html_line(h, "button", NULL, "More");
	html_close(h);
	free(action);
}

/* Behind whom the page begins: their place in the scheme. */
static size_t
first_row(struct look *k)
{
	const char *after = form_get(&k->form, "after");
	const struct config_participant *p = after ?
	    config_participant(k->config, after) : NULL;

	return p ? (size_t)(p - k->config->participants) + 1 : 0;
}

int
page_people(struct look *k, struct err *e)
{
	const struct config *c = k->config;
	const char *search = form_get(&k->form, "q");
	const struct config_participant *last = NULL;
	int shown = 0;

	search = search ? search : "";
	show_search(k, search);
	show_key(&k->html);
	html_open(&k->html, "ul", HTML("class", "people"));
	for (size_t i = first_row(k); i < c->n_participants; i++) {
		const struct config_participant *p = &c->participants[i];

		if (!is_wanted(p, search))
			continue;
		if (shown++ == PAGE_ROWS)
			break;
		last = p;
		if (show_row(k, p, e) == -1)
			return -1;
	}
	html_close(&k->html);
	if (shown > PAGE_ROWS)
		show_more(k, last->id, search);
	if (shown == 0)
		html_line(&k->html, "p", NULL, "Nobody of that name.");
	return 0;
}

/* ---- one of them ------------------------------------------------------- */

static void
show_ways(struct look *k, const struct config_participant *p)
{
	struct html *h = &k->html;

	html_open(h, "div", HTML("class", "numbers"));
	if (p->phone)
		parts_number(k, "Telephone", p->phone);
	if (p->alternate)
		parts_number(k, "Other number", p->alternate);
	if (p->text)
		parts_number(k, "Texts", p->text);
	html_close(h);
	html_open(h, "ol", HTML("class", "numbers"));
	for (int i = 0; i < p->n_contacts; i++) {
		char *label = mem_printf("%s, %s", p->contacts[i].name,
		    p->contacts[i].relation);

		html_open(h, "li", NULL);
		parts_number(k, label, p->contacts[i].number);
		html_close(h);
		free(label);
	}
	html_close(h);
}

static void
show_absence_form(struct look *k, const struct config_participant *p)
{
	struct html *h = &k->html;

	html_open(h, "details", NULL);
	html_line(h, "summary", NULL, "They are away");
	html_form(h, "/order/away", "note");
	parts_csrf(k);
	html_hidden(h, "participant", p->id);
	html_line(h, "label", HTML("for", "until"), "Until, the last day on "
	    "which we do not ask");
	html_void(h, "input", HTML("id", "until", "name", "until", "type",
	    "date"));
	html_line(h, "label", HTML("for", "absence-note"), "Who says so");
	html_void(h, "input", HTML("id", "absence-note", "name", "note",
	    "maxlength", "60", "autocomplete", "off"));
	html_open(h, "div", HTML("class", "grid"));
	for (int i = 0; i < ABSENCE_COUNT; i++) {
		const char *name = absence_name((enum absence)i);

		html_line(h, "button", HTML("name", "kind", "value", name),
		    parts_word(name));
	}
	html_close(h);
	html_close(h);
	html_close(h);
}

static int
show_absences(struct look *k, const struct config_participant *p,
    struct err *e)
{
	struct ledger_absence a[8];
	struct html *h = &k->html;
	int n = ledger_absences_of(k->ledger, p->id, calendar_date(k->now), a,
	    COUNT(a), e);
	char date[CALENDAR_DATE_SIZE];

	for (int i = 0; i < n; i++) {
		html_open(h, "p", HTML("class", "late"));
		html_textf(h, "%s", parts_word(absence_name(a[i].kind)));
		if (a[i].last != LEDGER_OPEN_END)
			html_textf(h, " until %s", calendar_format_date(
			    a[i].last, date));
		html_textf(h, ", said %s%s%s", parts_name(k, a[i].who),
		    *a[i].note ? ": " : "", a[i].note);
		html_close(h);
	}
	if (n > 0) {
		html_form(h, "/order/back", NULL);
		parts_csrf(k);
		html_hidden(h, "participant", p->id);
		html_line(h, "button", NULL, "They are back");
		html_close(h);
	}
	return n == -1 ? -1 : 0;
}

int
page_person(struct look *k, struct err *e)
{
	const struct config_participant *p =
	    config_participant(k->config, k->rest);
	struct html *h = &k->html;

	if (!p) {
		k->status = 404;
		return 0;
	}
	parts_saw(k, p->id, "history");
	html_line(h, "h1", NULL, p->name);
	html_open(h, "p", HTML("class", "hint"));
	html_textf(h, "%s%s%s", p->area ? p->area : "", p->live ? "" :
	    " not live", p->n_rounds > 0 ? "" : " in no round");
	html_close(h);
	if (show_weeks(k, p->id, e) == -1 || show_absences(k, p, e) == -1)
		return -1;
	show_ways(k, p);
	show_absence_form(k, p);
	return story_show(k, p->id, calendar_date(k->now) - HISTORY_DAYS,
	    e);
}
