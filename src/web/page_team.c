/*
 * The team: who is on duty, how many flags each has, and who is signed in.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "web/page.h"

#define SESSIONS_MAX 200

static void
show_areas(struct html *h, const struct config_volunteer *v)
{
	if (v->coordinator) {
		html_text(h, "coordinator");
		return;
	}
	for (int i = 0; i < v->n_areas; i++)
		html_textf(h, "%s%s", i > 0 ? ", " : "", v->areas[i]);
	if (v->n_areas == 0)
		html_text(h, "all areas");
}

static int
show_one(struct look *k, const struct config_volunteer *v, struct err *e)
{
	struct html *h = &k->html;
	int held, told;

	if (view_load(k->ledger, v->id, &held, &told, e) == -1)
		return -1;
	html_open(h, "tr", NULL);
	html_line(h, "th", HTML("scope", "row"), v->name);
	html_open(h, "td", HTML("data-label", "For"));
	show_areas(h, v);
	html_close(h);
	html_line(h, "td", HTML("data-label", "On duty"),
	    config_is_on_duty(v, k->now) ? "yes" : "no");
	html_open(h, "td", HTML("data-label", "Has"));
	html_textf(h, "%d of %d", held, v->carries);
	html_close(h);
	html_open(h, "td", HTML("data-label", "Was told of"));
	html_textf(h, "%d", told);
	html_close(h);
	html_close(h);
	return 0;
}

static size_t
first_row(struct look *k)
{
	const char *after = form_get(&k->form, "after");
	const struct config_volunteer *v = after ?
	    config_volunteer(k->config, after) : NULL;

	return v ? (size_t)(v - k->config->volunteers) + 1 : 0;
}

static int
show_all(struct look *k, struct err *e)
{
	static const char *const heads[] = { "Who", "For", "On duty", "Has",
		"Was told of" };
	const struct config *c = k->config;
	size_t first = first_row(k), last = c->n_volunteers;
	struct html *h = &k->html;

	if (last > first + PAGE_ROWS)
		last = first + PAGE_ROWS;
	html_open(h, "table", HTML("class", "wide"));
	html_open(h, "thead", NULL);
	html_open(h, "tr", NULL);
	for (size_t i = 0; i < COUNT(heads); i++)
		html_line(h, "th", HTML("scope", "col"), heads[i]);
	html_close(h);
	html_close(h);
	html_open(h, "tbody", NULL);
	for (size_t i = first; i < last; i++)
		if (show_one(k, &c->volunteers[i], e) == -1)
			return -1;
	html_close(h);
	html_close(h);
	if (last < c->n_volunteers) {
		char *path = mem_printf("/team?after=%s",
		    c->volunteers[last - 1].id);

		html_link(h, path, "button", "More");
		free(path);
	}
	return 0;
}

static void
show_session(struct look *k, const struct ledger_session *s)
{
	char *path = mem_printf("/session/%lld", (long long)s->id);
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "card"));
	html_textf(h, "%s, since ", parts_name(k, s->volunteer));
	parts_instant(k, s->since);
	html_textf(h, "%s%s", *s->address ? ", from " : "", s->address);
	if (s->id == k->session.id)
		html_text(h, " (you)");
	html_form(h, path, NULL);
	parts_csrf(k);
	html_line(h, "button", HTML("class", "quiet"), "Sign them out");
	html_close(h);
	html_close(h);
	free(path);
}

static int
show_sessions(struct look *k, struct err *e)
{
	struct ledger_session *s = mem_grow(NULL, SESSIONS_MAX, sizeof(*s));
	int n = ledger_sessions_open(k->ledger, 0, s, SESSIONS_MAX, e);

	html_line(&k->html, "h2", NULL, "Signed in");
	html_open(&k->html, "ul", HTML("class", "cards"));
	for (int i = 0; i < n; i++)
		if (k->now < s[i].until)
			show_session(k, &s[i]);
	html_close(&k->html);
	free(s);
	return n == -1 ? -1 : 0;
}

int
page_team(struct look *k, struct err *e)
{
	if (show_all(k, e) == -1)
		return -1;
	return show_sessions(k, e);
}
