/*
 * What needs a pair of eyes, and is no emergency: messages that were not
 * understood, what was set aside, and whose set-up needs a look.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "rules/reply.h"
#include "web/page.h"

#define ASIDE_DAYS 7
#define WORDS_MAX 20	/* replies to look through for it */

/* ---- messages ---------------------------------------------------------- */

struct unread {
	struct look *k;
	struct ledger_flag *items;
	size_t n, cap;
};

static int
take(const struct view_flag *v, void *arg)
{
	struct unread *u = arg;

	if (v->flag.reason != FLAG_UNCLEAR_REPLY || u->n == PAGE_ROWS)
		return 0;
	mem_reserve(&u->items, u->n, &u->cap, sizeof(*u->items));
	u->items[u->n++] = v->flag;
	return 0;
}

/* The newest that was not understood, which is what the flag is about. */
static int
show_words(const struct ledger_reply *r, void *arg)
{
	struct look *k = arg;

	if (strcmp(r->reading, reading_name(READING_UNCLEAR)) != 0)
		return 0;
	html_line(&k->html, "blockquote", HTML("dir", "auto"), r->text);
	return 1;
}

static int
show_unread(struct look *k, const struct ledger_flag *f, struct err *e)
{
	char national[NUMBER_NATIONAL_SIZE];
	char *path = mem_printf("/flag/%s", f->code);
	struct html *h = &k->html;
	int done;

	html_open(h, "li", HTML("class", "card"));
	html_link(h, path, NULL, page_whose(k, f, national));
	html_text(h, ", ");
	parts_instant(k, f->raised_at);
	done = *f->participant ? view_replies_of(k->ledger, f->participant,
	    WORDS_MAX, show_words, k, e) : view_replies_from(k->ledger,
	    f->number, WORDS_MAX, show_words, k, e);
	html_close(h);
	parts_saw(k, f->participant, "list");
	free(path);
	return done;
}

static int
show_messages(struct look *k, struct err *e)
{
	struct unread u = { .k = k };
	struct html *h = &k->html;
	int walked = view_flags(k->ledger, false, INT32_MAX, take, &u, e);

	html_line(h, "h2", NULL, "Messages that were not understood");
	html_open(h, "ul", HTML("class", "cards"));
	for (size_t i = 0; i < u.n && walked != -1; i++)
		walked = show_unread(k, &u.items[i], e);
	html_close(h);
	if (u.n == 0)
		html_line(h, "p", NULL, "None.");
	free(u.items);
	return walked;
}

/* ---- what was set aside ------------------------------------------------ */

static int
show_aside(const struct view_aside *a, void *arg)
{
	struct look *k = arg;
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "card"));
	parts_instant(k, a->last_at);
	html_textf(h, ": %s, %s", a->kind, a->why);
	if (a->times > 1)
		html_textf(h, ", %d times", a->times);
	html_line(h, "pre", NULL, a->content);
	html_close(h);
	return 0;
}

static int
show_asides(struct look *k, struct err *e)
{
	html_line(&k->html, "h2", NULL, "Set aside this week");
	html_open(&k->html, "ul", HTML("class", "cards"));
	if (view_asides(k->ledger, k->now - ASIDE_DAYS * MSEC_DAY, show_aside,
	        k, e) == -1)
		return -1;
	html_close(&k->html);
	return 0;
}

/* ---- reviews ----------------------------------------------------------- */

static void
show_review(struct look *k, const struct ledger_review *r)
{
	char *path = mem_printf("/person/%s", r->participant);
	char *id = mem_printf("%lld", (long long)r->id);
	char *note = mem_printf("review-%s", id);
	struct html *h = &k->html;

	html_open(h, "li", HTML("class", "card"));
	html_link(h, path, NULL, parts_full_name(k, r->participant));
	html_textf(h, ": %s%s%s", parts_word(review_kind_name(r->kind)),
	    *r->detail ? ", " : "", r->detail);
	html_form(h, "/order/review", "note");
	parts_csrf(k);
	html_hidden(h, "id", id);
	html_line(h, "label", HTML("for", note), "What was done");
	html_void(h, "input", HTML("id", note, "name", "note", "required", "",
	    "maxlength", "60", "autocomplete", "off"));
	html_line(h, "button", NULL, "Done");
	html_close(h);
	html_close(h);
	free(path);
	free(id);
	free(note);
}

static int
show_reviews(struct look *k, struct err *e)
{
	struct ledger_review *r = mem_grow(NULL, PAGE_ROWS + 1, sizeof(*r));
	const char *given = form_get(&k->form, "after");
	struct html *h = &k->html;
	int64_t after = 0;
	int n;

	if (given && num_int(given, 0, INT64_MAX, &after, NULL) == -1)
		after = 0;
	n = ledger_reviews_open(k->ledger, after, r, PAGE_ROWS + 1, e);
	html_line(h, "h2", NULL, "Set-up that needs a look");
	html_open(h, "ul", HTML("class", "cards"));
	for (int i = 0; i < n && i < PAGE_ROWS; i++) {
		show_review(k, &r[i]);
		parts_saw(k, r[i].participant, "list");
	}
	html_close(h);
	if (n > PAGE_ROWS) {
		char *path = mem_printf("/texts?after=%lld",
		    (long long)r[PAGE_ROWS - 1].id);

		html_link(h, path, "button", "More");
		free(path);
	}
	free(r);
	return n == -1 ? -1 : 0;
}

int
page_texts(struct look *k, struct err *e)
{
	if (show_messages(k, e) == -1 || show_reviews(k, e) == -1)
		return -1;
	return show_asides(k, e);
}
