/*
 * My list: what is mine, and what nobody has yet, each oldest deadline first.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "web/page.h"

struct rows {
	struct look *k;
	struct ledger_flag *items;
	size_t n, cap;
	int mine, free, others;
};

static int
take(const struct view_flag *v, void *arg)
{
	struct rows *r = arg;
	const struct ledger_flag *f = &v->flag;

	if (!parts_may_see(r->k, f))
		return 0;
	if (f->state == FLAG_CLAIMED) {
		if (strcmp(f->owner, r->k->viewer->id) != 0) {
			r->others++;
			return 0;
		}
		r->mine++;
	} else {
		r->free++;
	}
	mem_reserve(&r->items, r->n, &r->cap, sizeof(*r->items));
	r->items[r->n++] = *f;
	return 0;
}

void
page_badge(struct look *k, const struct ledger_flag *f)
{
	html_line(&k->html, "span", HTML("class", f->priority ==
	    PRIORITY_URGENT ? "badge urgent" : f->priority == PRIORITY_HIGH ?
	    "badge high" : "badge normal"),
	    parts_word(priority_name(f->priority)));
}

void
page_deadline(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;
	char span[24];

	html_open(h, "p", HTML("class", f->deadline < k->now ?
	    "due late" : "due"));
	if (f->state == FLAG_CLAIMED)
		html_text(h, strcmp(f->owner, k->viewer->id) == 0 ?
		    "Your word by " : "A word by ");
	else
		html_text(h, "To be taken by ");
	parts_instant(k, f->deadline);
	if (f->deadline < k->now)
		html_textf(h, " \xe2\x80\x93 %s late", parts_span(k->now -
		    f->deadline, span));
	else
		html_textf(h, ", in %s", parts_span(f->deadline - k->now,
		    span));
	html_close(h);
}

void
page_promise(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	if (f->ring_by == 0)
		return;
	html_open(h, "p", HTML("class", f->ring_by < k->now ? "due late" :
	    "due"));
	html_text(h, "They were promised a call by ");
	parts_instant(k, f->ring_by);
	html_close(h);
}

const char *
page_whose(struct look *k, const struct ledger_flag *f,
    char ret[NUMBER_NATIONAL_SIZE])
{
	const struct config_participant *p =
	    config_participant(k->config, f->participant);

	if (p)
		return p->name;
	if (*f->participant)
		return f->participant;
	if (strcmp(f->number, "withheld") == 0)
		return "Somebody, number withheld";
	return number_national(f->number, k->config->service.country_code,
	    ret);
}

static void
show_row(struct look *k, const struct ledger_flag *f)
{
	const struct config_participant *p =
	    config_participant(k->config, f->participant);
	char national[NUMBER_NATIONAL_SIZE], span[24];
	char *path = mem_printf("/flag/%s", f->code);
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "card"));
	html_open(h, "p", HTML("class", "tags"));
	page_badge(k, f);
	html_textf(h, " %s \xc2\xb7 ", parts_word(flag_reason_name(
	    f->reason)));
	html_line(h, "span", HTML("class", "code"), f->code);
	html_close(h);
	html_open(h, "h3", NULL);
	html_link(h, path, NULL, page_whose(k, f, national));
	html_close(h);
	html_open(h, "p", HTML("class", "hint"));
	if (p && p->area)
		html_textf(h, "%s \xc2\xb7 ", p->area);
	html_textf(h, "since %s", parts_span(k->now - f->raised_at, span));
	html_close(h);
	page_deadline(k, f);
	page_promise(k, f);
	if (f->state == FLAG_OPEN)
		parts_button(k, f->code, "claim", "primary", "I take it");
	html_close(h);
	parts_saw(k, f->participant, "list");
	free(path);
}

static void
show_rows(struct look *k, const struct rows *r, enum flag_state state,
    const char *title)
{
	struct html *h = &k->html;
	int shown = 0, more = 0;

	html_line(h, "h2", NULL, title);
	html_open(h, "ul", HTML("class", "cards"));
	for (size_t i = 0; i < r->n; i++) {
		if (r->items[i].state != state)
			continue;
		if (shown++ < PAGE_ROWS)
			show_row(k, &r->items[i]);
		else
			more++;
	}
	html_close(h);
	if (more > 0) {
		html_open(h, "p", NULL);
		html_textf(h, "And %d more, which come here as these are "
		    "done.", more);
		html_close(h);
	}
}

/* "Flag K4F7 is closed": what the order before this page came to. */
static void
show_done(struct look *k)
{
	static const struct { const char *order, *words; } done[] = {
		{ "resolve", "is closed. Thank you." },
		{ "confirm", "is closed: they are well. Thank you." },
		{ "release", "is given back; somebody else will be asked." },
		{ "decline", "goes to somebody else. Thank you for saying "
		    "so." },
	};
	char code[CLAIM_CODE_SIZE];

	for (size_t i = 0; i < COUNT(done); i++) {
		const char *given = form_get(&k->form, done[i].order);

		if (!given || claim_normalise_code(given, code) == -1)
			continue;
		html_open(&k->html, "p", HTML("class", "done", "role",
		    "status"));
		html_textf(&k->html, "Flag %s %s", code, done[i].words);
		html_close(&k->html);
	}
}

static void
show_end(struct look *k, const struct rows *r)
{
	struct html *h = &k->html;

	if (r->others > 0) {
		html_open(h, "p", HTML("class", "hint"));
		html_textf(h, "%d more %s with others of the team.", r->others,
		    r->others == 1 ? "is" : "are");
		html_close(h);
	}
	html_form(h, "/out", "out");
	parts_csrf(k);
	html_open(h, "p", HTML("class", "hint"));
	html_textf(h, "Signed in as %s.", k->viewer->name);
	html_close(h);
	html_line(h, "button", HTML("class", "quiet"), "Sign out");
	html_close(h);
}

int
page_list(struct look *k, struct err *e)
{
	struct rows r = { .k = k };

	if (view_flags(k->ledger, false, INT32_MAX, take, &r, e) == -1) {
		free(r.items);
		return -1;
	}
	show_done(k);
	if (r.n == 0) {
		html_open(&k->html, "div", HTML("class", "empty"));
		html_line(&k->html, "p", HTML("class", "big"),
		    "Nothing to do.");
		html_line(&k->html, "p", NULL, "Nobody in your areas needs "
		    "somebody just now. This page looks again by itself.");
		html_close(&k->html);
	}
	if (r.mine > 0)
		show_rows(k, &r, FLAG_CLAIMED, "Yours");
	if (r.free > 0)
		show_rows(k, &r, FLAG_OPEN, "Who takes these?");
	show_end(k, &r);
	free(r.items);
	return 0;
}
