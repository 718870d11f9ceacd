/*
 * The lists that travel: each morning what is open for whom, and in the
 * evening what is handed over to the night.  Codes, times and the team's own
 * names only, as in every notice.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

/* A list that is later than this is no list of that morning any more. */
#define LIST_LATE (2 * MSEC_HOUR)
/* So many codes stand in a text; the rest is counted. */
#define TEXT_CODES 6

enum list { MORNING, EVENING };
#define LISTS 2

static const char *const kinds[LISTS] = { "list", "hand_over" };

/* What is said of one list to one person. */
struct page {
	const struct config_volunteer *v;
	enum list list;
	int count, nobodys;	/* flags, and those that nobody has */
	struct buf lines;	/* of the e-mail */
	struct buf codes;	/* of the text */
};

static int
minute_of(const struct engine *en, enum list list)
{
	return list == MORNING ? en->conf->email.morning_list :
	    en->conf->email.evening_list;
}

static const struct config_ways *
ways_of(const struct config_volunteer *v, enum list list)
{
	return list == MORNING ? &v->morning_list : &v->evening_list;
}

static const char *
name_of(const struct engine *en, const char *id)
{
	const struct config_volunteer *v = config_volunteer(en->conf, id);

	return v != NULL ? v->name : id;
}

/* Coordinators see all; others what they have, or are the one to take. */
static bool
concerns(const struct ledger_flag *f, const struct config_volunteer *v)
{
	if (v->coordinator || strcmp(f->owner, v->id) == 0 ||
	    strcmp(f->handed_to, v->id) == 0)
		return true;
	return f->owner[0] == '\0' && strcmp(f->asked, v->id) == 0;
}

static void
add_whose(const struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, struct buf *b)
{
	if (strcmp(f->owner, v->id) == 0)
		buf_add(b, "yours");
	else if (f->owner[0] != '\0')
		buf_addf(b, "%s has it", name_of(en, f->owner));
	else if (strcmp(f->asked, v->id) == 0)
		buf_add(b, "nobody has it, you were asked");
	else if (f->asked[0] != '\0')
		buf_addf(b, "nobody has it, %s was asked",
		    name_of(en, f->asked));
	else
		buf_add(b, "nobody has it");
	if (f->handed_to[0] != '\0')
		buf_addf(b, ", %s to take", strcmp(f->handed_to, v->id) == 0 ?
		    "yours" : name_of(en, f->handed_to));
}

/* "- K4F7: urgent, since 10:02, Tom Reid has it" */
static void
add_flag(const struct engine *en, struct page *p, const struct ledger_flag *f,
    localdate today)
{
	char since[CALENDAR_CLOCK_SIZE], date[CALENDAR_DATE_SIZE];

	calendar_format_clock(f->raised_at, since);
	calendar_format_date(calendar_date(f->raised_at), date);
	buf_addf(&p->lines, "- %s: %s, since %s%s%s, ", f->code,
	    priority_name(f->priority), since,
	    calendar_date(f->raised_at) == today ? "" : " on ",
	    calendar_date(f->raised_at) == today ? "" : date);
	add_whose(en, f, p->v, &p->lines);
	buf_addc(&p->lines, '\n');
	if (p->count < TEXT_CODES)
		buf_addf(&p->codes, "%s%s%s", p->count > 0 ? ", " : "",
		    f->code, strcmp(f->owner, p->v->id) == 0 ? " (yours)" : "");
	p->count++;
	if (f->owner[0] == '\0')
		p->nobodys++;
}

static int
collect(struct engine *en, struct page *p, msec now, struct err *e)
{
	struct ledger_flag f[BATCH];
	int64_t after = 0;
	int n;

	do {
		n = ledger_flags_open(en->ledger, after, f, BATCH, e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (concerns(&f[i], p->v))
				add_flag(en, p, &f[i], calendar_date(now));
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

static void
write_text(const struct engine *en, const struct page *p, struct buf *b)
{
	buf_addf(b, "%s: %s, ", en->conf->service.name, p->list == MORNING ?
	    "this morning" : "this evening");
	if (p->count == 0) {
		buf_add(b, "nothing is open for you.");
		return;
	}
	buf_addf(b, "%d %s open for you: %s", p->count, p->count == 1 ?
	    "flag is" : "flags are", buf_text(&p->codes));
	if (p->count > TEXT_CODES)
		buf_addf(b, " and %d more", p->count - TEXT_CODES);
	buf_addc(b, '.');
	if (p->list == EVENING && p->nobodys > 0)
		buf_addf(b, " Nobody has %d of them.", p->nobodys);
}

static void
write_body(const struct page *p, struct buf *b)
{
	buf_addf(b, "Good %s %s,\n\n%s%d %s open for you%s.\n",
	    p->list == MORNING ? "morning" : "evening", p->v->name,
	    p->count == 0 ? "nothing to do: " : "", p->count,
	    p->count == 1 ? "flag is" : "flags are",
	    p->list == EVENING ? " at the end of this day" : "");
	if (p->count > 0)
		buf_addf(b, "\n%s", buf_text(&p->lines));
	if (p->list == EVENING && p->nobodys > 0)
		buf_addf(b, "\nNobody has %d of them. Each needs a name for "
		    "the night: please take them, or ask somebody who can.\n",
		    p->nobodys);
}

/* An evening that leaves nothing to a volunteer needs no word. */
static bool
is_wanted(const struct page *p)
{
	return p->list == MORNING || p->v->coordinator || p->count > 0;
}

static int
send_page(struct engine *en, const struct page *p, localdate today, msec now,
    struct err *e)
{
	char date[CALENDAR_DATE_SIZE], key[96], subject[64];
	struct buf text = BUF_EMPTY, body = BUF_EMPTY;
	struct notice_words w = { .kind = kinds[p->list], .key = key,
		.subject = subject };
	int result;

	calendar_format_date(today, date);
	snprintf(key, sizeof(key), "%s %s %s", kinds[p->list], p->v->id, date);
	snprintf(subject, sizeof(subject), p->list == MORNING ?
	    "your list for %s" : "hand-over of %s", date);
	write_text(en, p, &text);
	write_body(p, &body);
	w.text = buf_text(&text);
	w.body = buf_text(&body);
	result = notices_send(en, p->v, ways_of(p->v, p->list), &w, now, e);
	buf_release(&text);
	buf_release(&body);
	return result;
}

static int
send_list(struct engine *en, enum list list, const struct config_volunteer *v,
    localdate today, msec now, struct err *e)
{
	const struct config_ways *ways = ways_of(v, list);
	struct page p = { .v = v, .list = list };
	int result;

	if (!ways->text && !ways->email)
		return 0;
	result = collect(en, &p, now, e);
	if (result == 0 && is_wanted(&p))
		result = send_page(en, &p, today, now, e);
	buf_release(&p.lines);
	buf_release(&p.codes);
	return result;
}

int
lists_run(struct engine *en, msec now, struct err *e)
{
	localdate today = calendar_date(now);

	for (enum list list = MORNING; list < LISTS; list++) {
		msec at = calendar_instant(today, minute_of(en, list), NULL);

		if (en->done.listed_on[list] >= today || now < at)
			continue;
		for (size_t i = 0; now < at + LIST_LATE &&
		    i < en->conf->n_volunteers; i++)
			if (send_list(en, list, &en->conf->volunteers[i],
			    today, now, e) == -1)
				return -1;
		en->done.listed_on[list] = today;
	}
	return 0;
}

int
lists_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	localdate today = calendar_date(now);

	(void)e;
	*ret = NEVER;
	for (enum list list = MORNING; list < LISTS; list++) {
		msec at = calendar_instant(en->done.listed_on[list] >= today ?
		    today + 1 : today, minute_of(en, list), NULL);

		if (at < *ret)
			*ret = at;
	}
	return 0;
}
