#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/when.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	bool found;

	return api_history(s, c->args[0], &found, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf target = BUF_EMPTY;
	enum cli_exit done;

	buf_add(&target, "/api/history?id=");
	buf_add_url(&target, c->args[0]);
	done = ask_read(c, buf_text(&target), offline, true, ret_doc);
	buf_release(&target);
	return done;
}

/* ---- for people -------------------------------------------------------- */

static void
show_contacts(const json_t *doc, struct paint *p)
{
	const json_t *c;
	size_t i;

	json_array_foreach(doc_list(doc, "contacts"), i, c) {
		paint_add(p, "%s", i ? "          " : "Contacts  ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "number"));
		paint_add(p, " ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "name"));
		paint_add(p, ", ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "relation"));
		paint_add(p, "%s\n",
		    doc_true(c, "keyholder") ? ", keyholder" : "");
	}
}

static void
show_person(const json_t *doc, struct paint *p)
{
	static const char *const lines[][2] = {
		{ "phone", "Phone" }, { "alternate", "Alternate" },
		{ "text", "Text" },
	};

	paint_text(p, PAINT_BOLD, doc_text(doc, "participant"));
	paint_add(p, "  ");
	paint_text(p, PAINT_BOLD, *doc_text(doc, "name") ?
	    doc_text(doc, "name") : "(no longer on the list)");
	paint_add(p, "\n");
	for (size_t i = 0; i < COUNT(lines); i++) {
		if (doc_is_null(doc, lines[i][0]))
			continue;
		paint_add(p, "%-9s ", lines[i][1]);
		paint_text(p, PAINT_PLAIN, doc_text(doc, lines[i][0]));
		paint_add(p, "\n");
	}
	show_contacts(doc, p);
}

static enum paint_style
state_style(const char *state)
{
	if (strncmp(state, "confirmed", 9) == 0)
		return PAINT_GOOD;
	if (strcmp(state, "due") == 0 || strcmp(state, "cancelled") == 0)
		return PAINT_PLAIN;
	return strcmp(state, "asking") == 0 ? PAINT_WARN : PAINT_BAD;
}

static void
attempt_row(struct table *t, const json_t *a, const char *slot)
{
	char sent[WHEN_SIZE], word[DOC_WORDS_SIZE];
	bool ended = !doc_is_null(a, "outcome");

	table_cell(t, PAINT_PLAIN,
	    when_short(doc_text(a, "sent_at"), slot, sent));
	table_cell(t, PAINT_PLAIN, doc_text(a, "channel"));
	table_cell(t, PAINT_PLAIN, doc_text(a, "number"));
	table_cell(t, ended ? PAINT_PLAIN : PAINT_WARN,
	    doc_words(a, ended ? "outcome" : "state", word));
	table_cell(t, PAINT_DIM, doc_text(a, "gateway"));
	table_cell(t, PAINT_DIM, doc_text(a, "gateway_id"));
	table_end_row(t);
}

static void
show_attempts(const json_t *checkin, struct paint *p)
{
	static const char *const headings[] = {
		"Sent", "By", "Number", "Outcome", "Gateway", "Its id",
	};
	const json_t *attempts = doc_list(checkin, "attempts"), *a;
	struct table *t;
	size_t i;

	if (json_array_size(attempts) == 0)
		return;
	t = table_new(headings, COUNT(headings));
	json_array_foreach(attempts, i, a)
		attempt_row(t, a, doc_text(checkin, "slot"));
	table_paint(t, p, 4);
	table_free(t);
}

static void
show_checkin(const json_t *c, struct paint *p)
{
	char day[WHEN_DAY_SIZE], clock[WHEN_CLOCK_SIZE];
	char state[DOC_WORDS_SIZE], by[DOC_WORDS_SIZE];

	paint_add(p, "\n");
	paint_text(p, PAINT_BOLD, when_day(doc_text(c, "date"), day));
	paint_add(p, " %s ", when_clock(doc_text(c, "slot"), clock));
	paint_text(p, PAINT_PLAIN, doc_text(c, "round"));
	paint_add(p, ": ");
	paint_text(p, state_style(doc_text(c, "state")),
	    doc_words(c, "state", state));
	if (!doc_is_null(c, "confirmed_by"))
		paint_add(p, ", by %s", doc_words(c, "confirmed_by", by));
	if (!doc_is_null(c, "flag"))
		paint_add(p, ", flag %s", doc_text(c, "flag"));
	if (!doc_is_null(c, "reason")) {
		paint_add(p, "; ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "reason"));
	}
	paint_add(p, "\n");
	show_attempts(c, p);
}

static void
show_replies(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		"At", "By", "Read as", "What came",
	};
	const json_t *replies = doc_list(doc, "replies"), *r;
	struct table *t;
	size_t i;

	if (json_array_size(replies) == 0)
		return;
	paint_add(p, "\nReplies\n");
	t = table_new(headings, COUNT(headings));
	json_array_foreach(replies, i, r) {
		char at[WHEN_SIZE];

		table_cell(t, PAINT_PLAIN,
		    when_short(doc_text(r, "at"), "", at));
		table_cell(t, PAINT_PLAIN, doc_text(r, "channel"));
		table_cell(t, PAINT_PLAIN, doc_text(r, "reading"));
		table_cell(t, PAINT_PLAIN, doc_text(r, "text"));
		table_end_row(t);
	}
	table_paint(t, p, 4);
	table_free(t);
}

/* A notice stands in the story under its kind and state, as if the volunteer
 * had acted: for people it is something that was sent to them. */
static const struct { const char *kind, *words; } notices[] = {
	{ "flag", "was asked" },
	{ "handed", "was asked to take it over" },
	{ "word", "was asked how it stands" },
	{ "promise", "was told that a promised call is late" },
	{ "passed_on", "was told who has it now" },
	{ "wrote", "was told that they have written" },
	{ "ended", "was told of its end" },
};

static void
story_words(struct table *t, const json_t *s)
{
	const char *kind = doc_text(s, "action"), *from = doc_text(s, "from");
	bool email = strcmp(from, "email") == 0;
	char word[DOC_WORDS_SIZE];

	for (size_t i = 0; i < COUNT(notices); i++)
		if (strcmp(kind, notices[i].kind) == 0) {
			table_cellf(t, PAINT_PLAIN, "%s by %s",
			    notices[i].words, email ? "e-mail" : "text");
			return;
		}
	table_cell(t, PAINT_PLAIN, strcmp(from, "call") == 0 ?
	    "was rung, to be put through" : doc_words(s, "action", word));
}

/* Is it how far a notice has come? */
static bool
is_notice(const json_t *s)
{
	for (size_t i = 0; i < COUNT(notices); i++)
		if (strcmp(doc_text(s, "action"), notices[i].kind) == 0)
			return true;
	return strcmp(doc_text(s, "from"), "call") == 0;
}

static void
story_row(struct table *t, const json_t *s)
{
	const char *detail = doc_text(s, "detail");
	char at[WHEN_SIZE], word[DOC_WORDS_SIZE];

	table_cell(t, PAINT_PLAIN, when_short(doc_text(s, "at"), "", at));
	table_cell(t, PAINT_PLAIN, doc_text(s, "who"));
	story_words(t, s);
	if (is_notice(s))
		table_cell(t, strcmp(detail, "failed") == 0 ? PAINT_BAD :
		    PAINT_DIM, strcmp(detail, "accepted") == 0 ? "sent" :
		    detail);
	else
		table_cell(t, PAINT_PLAIN,
		    strcmp(doc_text(s, "action"), "cause") == 0 ?
		    doc_words(s, "detail", word) : detail);
	table_end_row(t);
}

static void
show_story(const json_t *flag, struct paint *p)
{
	static const char *const headings[] = { "At", "Who", "What", "" };
	struct table *t = table_new(headings, COUNT(headings));
	char word[DOC_WORDS_SIZE];
	const json_t *s;
	size_t i;

	paint_add(p, "\nFlag ");
	paint_text(p, PAINT_BOLD, doc_text(flag, "code"));
	paint_add(p, ": %s, ", doc_words(flag, "reason", word));
	paint_add(p, "%s\n", doc_words(flag, "state", word));
	json_array_foreach(doc_list(flag, "story"), i, s)
		story_row(t, s);
	table_paint(t, p, 4);
	table_free(t);
}

static void
show(const json_t *doc, struct paint *p)
{
	const json_t *o;
	size_t i;

	show_person(doc, p);
	json_array_foreach(doc_list(doc, "checkins"), i, o)
		show_checkin(o, p);
	if (i == 0)
		paint_add(p, "\nNo check-in yet.\n");
	show_replies(doc, p);
	json_array_foreach(doc_list(doc, "flags"), i, o)
		show_story(o, p);
}

const struct cli_command cmd_history = {
	.name = "history",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "Tell a person's story: check-ins, attempts, replies, "
	    "flags",
	.examples = "  ringround history edna\n",
	.run = run,
	.show = show,
};
