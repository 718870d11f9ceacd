#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/next.h"
#include "cli/when.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	const char *text = cli_option(c, "date");
	localdate date = calendar_date(s->now);

	if (text && calendar_parse_date(text, &date, e) == -1)
		return NULL;
	return api_plan(s, date, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *text = cli_option(c, "date");
	enum cli_exit done;
	char *target;
	struct err e;
	localdate date;

	if (text && calendar_parse_date(text, &date, &e) == -1)
		return cli_misuse(c, "--date: %s", e.text);
	target = mem_printf("/api/plan%s%s", text ? "?date=" : "",
	    text ? text : "");
	done = ask_read(c, target, offline, false, ret_doc);
	free(target);
	return done;
}

/* ---- for people -------------------------------------------------------- */

/* "09:00 call, 09:15 call + text": what is done at one instant stands
 * together. */
static void
steps_text(const json_t *checkin, struct buf *ret)
{
	const char *before = "";
	const json_t *step;
	size_t i;

	json_array_foreach(doc_list(checkin, "steps"), i, step) {
		const char *at = doc_text(step, "at");
		char clock[WHEN_CLOCK_SIZE];

		if (strcmp(at, before) == 0)
			buf_add(ret, " + ");
		else
			buf_addf(ret, "%s%s ", *before ? ", " : "",
			    when_clock(at, clock));
		buf_add(ret, doc_text(step, "channel"));
		before = at;
	}
}

static const char *
why_not(const char *skipped)
{
	static const struct { const char *word, *text; } reasons[] = {
		{ "away", "not asked: away" },
		{ "not_live", "not asked: not live" },
		{ "first_slot", "not asked: their first slot comes later" },
		{ "closed_day", "not asked: a closed day" },
		{ "hold", "not asked: on hold" },
		{ "opted_out", "not asked: no channel is left; flagged" },
	};

	for (size_t i = 0; i < COUNT(reasons); i++)
		if (strcmp(skipped, reasons[i].word) == 0)
			return reasons[i].text;
	return "not asked";
}

static void
checkin_row(struct table *t, const json_t *checkin)
{
	const char *skipped = doc_text(checkin, "skipped");
	char clock[WHEN_CLOCK_SIZE];
	struct buf steps = BUF_EMPTY;

	table_cell(t, PAINT_BOLD, when_clock(doc_text(checkin, "slot"),
	    clock));
	table_cell(t, PAINT_PLAIN, doc_text(checkin, "participant"));
	table_cell(t, PAINT_PLAIN, doc_text(checkin, "name"));
	table_cell(t, PAINT_PLAIN, doc_text(checkin, "round"));
	table_cell(t, PAINT_PLAIN, doc_text(checkin, "ladder"));
	steps_text(checkin, &steps);
	if (*skipped)
		table_cell(t, PAINT_WARN, why_not(skipped));
	else
		table_cell(t, PAINT_PLAIN, buf_text(&steps));
	table_end_row(t);
	buf_release(&steps);
}

static void
show_checkins(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		"Slot", "Person", "Name", "Round", "Ladder", "Asked by",
	};
	struct table *t = table_new(headings, COUNT(headings));
	const json_t *c;
	size_t i;

	json_array_foreach(doc_list(doc, "checkins"), i, c)
		checkin_row(t, c);
	table_paint(t, p, 0);
	table_free(t);
}

static void
show(const json_t *doc, struct paint *p)
{
	char day[WHEN_DAY_SIZE];

	paint_text(p, PAINT_BOLD, when_day(doc_text(doc, "date"), day));
	paint_add(p, "\n\n");
	if (json_array_size(doc_list(doc, "checkins")) > 0)
		show_checkins(doc, p);
	else
		paint_add(p, "Nobody's turn: no round has that day.\n");
	paint_add(p, "\n");
	next_show(doc, p);
}

const struct cli_command cmd_plan = {
	.name = "plan",
	.args = "",
	.summary = "Show who is asked when, by what, and why not; and "
	    "everybody's next slot",
	.examples = "  ringround plan\n"
	            "  ringround plan --date 2026-12-25\n",
	.options = {
		{ "date", "DATE", "of this day, such as 2026-12-04, in place "
		    "of today" },
	},
	.run = run,
	.show = show,
};
