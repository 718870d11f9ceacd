/*
 * All flags that are open, with their age and who has them.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "web/page.h"

struct rows {
	struct look *k;
	msec after_deadline;	/* the last that the page before this has */
	int64_t after_id;
	struct ledger_flag *items;
	size_t n, cap;
	bool more;
};

/* Without a deadline is behind all others, as in view_flags. */
static bool
is_after(const struct rows *r, const struct ledger_flag *f)
{
	msec deadline = f->deadline == 0 ? NEVER : f->deadline;

	return deadline > r->after_deadline ||
	    (deadline == r->after_deadline && f->id > r->after_id);
}

static int
take(const struct view_flag *v, void *arg)
{
	struct rows *r = arg;

	if (!is_after(r, &v->flag))
		return 0;
	if (r->n == PAGE_ROWS) {
		r->more = true;
		return 1;
	}
	mem_reserve(&r->items, r->n, &r->cap, sizeof(*r->items));
	r->items[r->n++] = v->flag;
	return 0;
}

static void
cell(struct html *h, const char *label)
{
	html_open(h, "td", HTML("data-label", label));
}

static void
show_row(struct look *k, const struct ledger_flag *f)
{
	char national[NUMBER_NATIONAL_SIZE], span[24];
	char *path = mem_printf("/flag/%s", f->code);
	struct html *h = &k->html;

	html_open(h, "tr", NULL);
	html_open(h, "th", HTML("scope", "row"));
	html_link(h, path, NULL, page_whose(k, f, national));
	html_close(h);
	cell(h, "Why");
	page_badge(k, f);
	html_textf(h, " %s", parts_word(flag_reason_name(f->reason)));
	html_close(h);
	cell(h, "Since");
	html_text(h, parts_span(k->now - f->raised_at, span));
	html_close(h);
	cell(h, "Who has it");
	if (f->state == FLAG_CLAIMED)
		html_text(h, parts_name(k, f->owner));
	else
		html_textf(h, "nobody%s%s", *f->asked ? ", asked: " : "",
		    *f->asked ? parts_name(k, f->asked) : "");
	html_close(h);
	cell(h, "By");
	if (f->deadline != 0)
		parts_instant(k, f->deadline);
	if (f->deadline != 0 && f->deadline < k->now)
		html_line(h, "strong", HTML("class", "late"), " late");
	html_close(h);
	html_close(h);
	parts_saw(k, f->participant, "list");
	free(path);
}

static void
show_table(struct look *k, const struct rows *r)
{
	static const char *const heads[] = { "Who", "Why", "Since",
		"Who has it", "By" };
	struct html *h = &k->html;

	html_open(h, "table", HTML("class", "wide"));
	html_open(h, "thead", NULL);
	html_open(h, "tr", NULL);
	for (size_t i = 0; i < COUNT(heads); i++)
		html_line(h, "th", HTML("scope", "col"), heads[i]);
	html_close(h);
	html_close(h);
	html_open(h, "tbody", NULL);
	for (size_t i = 0; i < r->n; i++)
		show_row(k, &r->items[i]);
	html_close(h);
	html_close(h);
}

static void
read_key(struct look *k, struct rows *r)
{
	const char *deadline = form_get(&k->form, "by");
	const char *id = form_get(&k->form, "id");

	r->after_deadline = INT64_MIN;
	if (!deadline || !id || num_int(deadline, 0, INT64_MAX,
	        &r->after_deadline, NULL) == -1 || num_int(id, 0, INT64_MAX,
	        &r->after_id, NULL) == -1)
		r->after_deadline = INT64_MIN;
}

int
page_flags(struct look *k, struct err *e)
{
	struct rows r = { .k = k };

	read_key(k, &r);
	if (view_flags(k->ledger, false, INT32_MAX, take, &r, e) == -1) {
		free(r.items);
		return -1;
	}
	if (r.n == 0)
		html_line(&k->html, "p", HTML("class", "big"), "None is open.");
	else
		show_table(k, &r);
	if (r.more) {
		const struct ledger_flag *last = &r.items[r.n - 1];
		char *path = mem_printf("/flags?by=%lld&id=%lld",
		    (long long)(last->deadline ? last->deadline : NEVER),
		    (long long)last->id);

		html_link(&k->html, path, "button", "More");
		free(path);
	}
	free(r.items);
	return 0;
}
