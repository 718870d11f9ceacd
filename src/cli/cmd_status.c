#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/when.h"
#include "rules/state.h"

#define BAR_WIDTH 20
#define NOTICED_MS 100

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	(void)c;
	return api_status(s, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	return ask_read(c, "/api/status", offline, true, ret_doc);
}

/* ---- for people -------------------------------------------------------- */

/* What a part of a bar stands for, in the order in which it is drawn. */
static const struct part {
	char sign;
	enum paint_style style;
	enum checkin_state states[4];
	int n;
} parts[] = {
	{ '#', PAINT_GOOD, { CHECKIN_CONFIRMED, CHECKIN_CONFIRMED_LATE }, 2 },
	{ '!', PAINT_BAD, { CHECKIN_HELP_REQUESTED, CHECKIN_NO_RESPONSE,
	      CHECKIN_UNDELIVERED, CHECKIN_MISSED }, 4 },
	{ '-', PAINT_DIM, { CHECKIN_CANCELLED }, 1 },
	{ '>', PAINT_WARN, { CHECKIN_ASKING }, 1 },
	{ '.', PAINT_PLAIN, { CHECKIN_DUE }, 1 },
};

static int
part_count(const json_t *round, const struct part *part)
{
	int count = 0;

	for (int i = 0; i < part->n; i++)
		count += (int)doc_int(round,
		    checkin_state_name(part->states[i]));
	return count;
}

/* Each part gets its share, cut at the running total so that the shares fill
 * the bar; one who is flagged or being asked shows among a thousand. */
static void
bar(const json_t *round, char ret[BAR_WIDTH + 1])
{
	int total = 0, sum = 0, filled = 0;

	for (size_t i = 0; i < COUNT(parts); i++)
		total += part_count(round, &parts[i]);
	for (size_t i = 0; i < COUNT(parts) && total > 0; i++) {
		int count = part_count(round, &parts[i]), end;

		sum += count;
		end = (int)((long long)sum * BAR_WIDTH / total);
		if (count > 0 && end <= filled &&
		    (parts[i].sign == '!' || parts[i].sign == '>'))
			end = filled + 1;
		while (filled < end && filled < BAR_WIDTH)
			ret[filled++] = parts[i].sign;
	}
	ret[filled] = '\0';
}

static void
count_cell(struct table *t, const json_t *round, enum checkin_state state,
    enum paint_style style)
{
	int64_t n = doc_int(round, checkin_state_name(state));

	if (n == 0)
		table_cell(t, PAINT_DIM, "0");
	else
		table_cellf(t, style, "%lld", (long long)n);
}

static void
round_row(struct table *t, const json_t *round)
{
	char text[BAR_WIDTH + 1];

	table_cell(t, PAINT_BOLD, doc_text(round, "round"));
	bar(round, text);
	table_cellf(t, PAINT_PLAIN, "[%-*s]", BAR_WIDTH, text);
	count_cell(t, round, CHECKIN_DUE, PAINT_PLAIN);
	count_cell(t, round, CHECKIN_ASKING, PAINT_WARN);
	count_cell(t, round, CHECKIN_CONFIRMED, PAINT_GOOD);
	count_cell(t, round, CHECKIN_CONFIRMED_LATE, PAINT_GOOD);
	count_cell(t, round, CHECKIN_HELP_REQUESTED, PAINT_BAD);
	count_cell(t, round, CHECKIN_NO_RESPONSE, PAINT_BAD);
	count_cell(t, round, CHECKIN_UNDELIVERED, PAINT_BAD);
	count_cell(t, round, CHECKIN_MISSED, PAINT_BAD);
	count_cell(t, round, CHECKIN_CANCELLED, PAINT_PLAIN);
	table_end_row(t);
}

static void
show_rounds(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		"Round", "Progress", ">due", ">asking", ">confirmed", ">late",
		">help", ">no response", ">undelivered", ">missed",
		">cancelled",
	};
	const json_t *rounds = doc_list(doc, "rounds"), *r;
	struct table *t;
	size_t i;

	if (json_array_size(rounds) == 0) {
		paint_add(p, "No round today.\n");
		return;
	}
	t = table_new(headings, COUNT(headings));
	json_array_foreach(rounds, i, r)
		round_row(t, r);
	table_paint(t, p, 0);
	table_free(t);
}

static void
show_head(const json_t *doc, struct paint *p)
{
	char day[WHEN_DAY_SIZE], clock[WHEN_CLOCK_SIZE], next[WHEN_SIZE];
	const char *now = doc_text(doc, "now");

	paint_text(p, PAINT_BOLD, doc_text(doc, "service"));
	paint_add(p, ", %s %s\n", when_day(now, day), when_clock(now, clock));
	if (!doc_true(doc, "running"))
		paint_text(p, PAINT_BAD,
		    "The daemon is not running: nobody is being asked.");
	else if (!doc_is_null(doc, "silent"))
		paint_text(p, PAINT_BAD, doc_text(doc, "silent"));
	else if (doc_is_null(doc, "next_wake"))
		paint_add(p, "Nothing is planned.");
	else
		paint_add(p, "Next: %s.", when_short(
		    doc_text(doc, "next_wake"), now, next));
	paint_add(p, "\n\n");
}

static void
show_holds(const json_t *doc, struct paint *p)
{
	const char *now = doc_text(doc, "now");
	const json_t *h;
	size_t i;

	json_array_foreach(doc_list(doc, "holds"), i, h) {
		const char *round = doc_text(h, "round");
		char since[WHEN_SIZE];

		paint_text(p, PAINT_BAD, "ON HOLD");
		paint_add(p, "     ");
		paint_text(p, PAINT_BOLD, *round ? round : "everything");
		paint_add(p, " since %s, by ",
		    when_short(doc_text(h, "since"), now, since));
		paint_text(p, PAINT_PLAIN, doc_text(h, "who"));
		paint_add(p, ": ");
		paint_text(p, PAINT_PLAIN, doc_text(h, "reason"));
		paint_add(p, "\n");
	}
}

static void
show_flags(const json_t *doc, struct paint *p)
{
	const json_t *flags = doc_object(doc, "flags");
	int64_t open = doc_int(flags, "open");
	int64_t claimed = doc_int(flags, "claimed");

	paint_add(p, "Flags       ");
	if (open + claimed == 0) {
		paint_text(p, PAINT_GOOD, "none");
	} else {
		char text[64];

		snprintf(text, sizeof(text), "%lld open, %lld claimed",
		    (long long)open, (long long)claimed);
		paint_text(p, open > 0 ? PAINT_BAD : PAINT_WARN, text);
		paint_add(p, "; see: ringround flags");
	}
	paint_add(p, "\n");
}

static void
show_incidents(const json_t *doc, struct paint *p)
{
	const char *now = doc_text(doc, "now");
	const json_t *o;
	size_t i;

	json_array_foreach(doc_list(doc, "incidents"), i, o) {
		char kind[DOC_WORDS_SIZE], since[WHEN_SIZE];

		paint_add(p, "Incident    ");
		paint_text(p, PAINT_BAD, doc_words(o, "kind", kind));
		if (*doc_text(o, "subject")) {
			paint_add(p, " ");
			paint_text(p, PAINT_BAD, doc_text(o, "subject"));
		}
		paint_add(p, " since %s",
		    when_short(doc_text(o, "since"), now, since));
		if (*doc_text(o, "detail")) {
			paint_add(p, ": ");
			paint_text(p, PAINT_PLAIN, doc_text(o, "detail"));
		}
		paint_add(p, "\n");
	}
}

static void
show_gateways(const json_t *doc, struct paint *p)
{
	const char *unknown = doc_true(doc, "running") ? "not tried yet" :
	    "not known without the daemon";
	const json_t *g;
	size_t i;

	json_array_foreach(doc_list(doc, "gateways"), i, g) {
		const char *state = doc_text(g, "state");

		paint_add(p, "Gateway     ");
		paint_text(p, PAINT_PLAIN, doc_text(g, "name"));
		paint_add(p, " ");
		paint_text(p, strcmp(state, "up") == 0 ? PAINT_GOOD :
		    strcmp(state, "down") == 0 ? PAINT_BAD : PAINT_DIM,
		    strcmp(state, "unknown") == 0 ? unknown : state);
		paint_add(p, "\n");
	}
}

static void
show_lateness(const json_t *doc, struct paint *p)
{
	const json_t *late = doc_object(doc, "lateness");
	char p50[WHEN_SIZE], max[WHEN_SIZE];

	if (doc_is_null(late, "p50_s"))
		return;
	paint_add(p, "Lateness    half of the first calls and texts within %s "
	    "of their slot, the worst %s\n",
	    when_length(doc_int(late, "p50_s") * MSEC_SECOND, p50),
	    when_length(doc_int(late, "max_s") * MSEC_SECOND, max));
}

/* As long as nobody notices it, nobody needs to know. */
static void
show_loop(const json_t *doc, struct paint *p)
{
	const json_t *loop = doc_object(doc, "loop");
	char at[WHEN_SIZE];

	if (!loop || doc_int(loop, "longest_ms") < NOTICED_MS)
		return;
	paint_add(p, "Delays      at %s everybody waited for %lld ms; nobody "
	    "has longer since the start\n", when_short(doc_text(loop, "at"),
	    doc_text(doc, "now"), at), (long long)doc_int(loop, "longest_ms"));
}

static void
show_config(const json_t *doc, struct paint *p)
{
	const json_t *config = doc_object(doc, "config");
	int64_t mistakes = doc_int(config, "mistakes");
	char at[WHEN_SIZE];

	paint_add(p, "Files       loaded %s",
	    when_short(doc_text(config, "loaded_at"), doc_text(doc, "now"),
	    at));
	if (mistakes > 0) {
		char text[128];

		snprintf(text, sizeof(text), "; the newest have %lld "
		    "mistake%s and are not in force; see: ringround reload",
		    (long long)mistakes, mistakes == 1 ? "" : "s");
		paint_text(p, PAINT_BAD, text);
	}
	paint_add(p, "\n");
}

static void
show_away(const json_t *doc, struct paint *p)
{
	char kind[DOC_WORDS_SIZE];
	const json_t *a;
	size_t i;

	json_array_foreach(doc_list(doc, "away"), i, a) {
		paint_add(p, "Away        ");
		paint_text(p, PAINT_BOLD, doc_text(a, "participant"));
		paint_add(p, ": %s", doc_words(a, "kind", kind));
		if (!doc_is_null(a, "until"))
			paint_add(p, " until ");
		paint_text(p, PAINT_PLAIN, doc_text(a, "until"));
		paint_add(p, "\n");
	}
}

static void
show_cancelled(const json_t *doc, struct paint *p)
{
	const json_t *c;
	size_t i;

	json_array_foreach(doc_list(doc, "cancelled"), i, c) {
		paint_add(p, "Cancelled   ");
		paint_text(p, PAINT_BOLD, doc_text(c, "participant"));
		paint_add(p, " (");
		paint_text(p, PAINT_PLAIN, doc_text(c, "round"));
		paint_add(p, "): ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "reason"));
		paint_add(p, "\n");
	}
}

static void
show(const json_t *doc, struct paint *p)
{
	show_head(doc, p);
	show_rounds(doc, p);
	paint_add(p, "\n");
	show_holds(doc, p);
	show_flags(doc, p);
	show_incidents(doc, p);
	show_gateways(doc, p);
	show_lateness(doc, p);
	show_loop(doc, p);
	show_config(doc, p);
	show_away(doc, p);
	show_cancelled(doc, p);
}

const struct cli_command cmd_status = {
	.name = "status",
	.args = "",
	.summary = "Show today's rounds, what is open, and how the daemon "
	    "fares",
	.details = "In the bars # is confirmed, ! flagged, > being asked, "
	    ". due and - cancelled.\n",
	.examples = "  ringround status\n"
	            "  ringround status --json\n",
	.run = run,
	.show = show,
};
