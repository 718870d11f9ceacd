#include "cli/flag.h"

#include <string.h>

#include "cli/doc.h"
#include "cli/when.h"

struct table *
flag_table(void)
{
	static const char *const headings[] = {
		"Code", "Person", "Name", "Why", "Since", "Deadline", "Owner",
		"What to do",
	};

	return table_new(headings, COUNT(headings));
}

static enum paint_style
flag_style(const json_t *f)
{
	if (strcmp(doc_text(f, "state"), "resolved") == 0)
		return PAINT_DIM;
	if (strcmp(doc_text(f, "priority"), "urgent") == 0)
		return PAINT_BAD;
	return strcmp(doc_text(f, "state"), "open") == 0 ?
	    PAINT_WARN : PAINT_PLAIN;
}

/* How long ago, or "" where an instant is missing. */
static const char *
age(const char *at, const char *now, char ret[WHEN_SIZE])
{
	msec from, to;

	ret[0] = '\0';
	if (when_parse(at, &from) == 0 && when_parse(now, &to) == 0)
		when_length(to - from, ret);
	return ret;
}

static void
deadline_cell(struct table *t, const json_t *f, const char *now)
{
	const char *at = doc_text(f, "deadline");
	char text[WHEN_SIZE];
	msec deadline, instant;
	bool over = when_parse(at, &deadline) == 0 &&
	    when_parse(now, &instant) == 0 && deadline < instant;

	table_cell(t, over ? PAINT_BAD : PAINT_PLAIN,
	    when_short(at, now, text));
}

static void
what_to_do(struct table *t, const json_t *f, const char *now)
{
	const char *by = doc_text(f, "ring_by");
	char until[WHEN_SIZE];
	const char *code = doc_text(f, "code");
	const char *state = doc_text(f, "state");
	char how[DOC_WORDS_SIZE], why[DOC_WORDS_SIZE];

	if (strcmp(state, "open") == 0)
		table_cellf(t, PAINT_PLAIN, "ringround claim %s", code);
	else if (strcmp(state, "claimed") == 0)
		table_cellf(t, PAINT_PLAIN, "ring them%s%s, then resolve",
		    *by ? " by " : "", when_short(by, now, until));
	else
		table_cellf(t, PAINT_DIM, "%s%s%s",
		    doc_words(f, "disposition", how),
		    doc_is_null(f, "false_alarm_reason") ? "" : ": ",
		    doc_words(f, "false_alarm_reason", why));
}

void
flag_row(struct table *t, const json_t *f, const char *now)
{
	const char *who = doc_text(f, "participant");
	const char *owner = doc_text(f, "owner");
	char reason[DOC_WORDS_SIZE], since[WHEN_SIZE];

	table_cell(t, PAINT_BOLD, doc_text(f, "code"));
	table_cell(t, PAINT_PLAIN, *who ? who : "(a stranger)");
	table_cell(t, PAINT_PLAIN, *who ? doc_text(f, "name") :
	    doc_text(f, "number"));
	table_cell(t, flag_style(f), doc_words(f, "reason", reason));
	table_cell(t, PAINT_PLAIN, age(doc_text(f, "raised_at"), now, since));
	deadline_cell(t, f, now);
	table_cell(t, *owner ? PAINT_PLAIN : PAINT_WARN,
	    *owner ? owner : "nobody");
	what_to_do(t, f, now);
	table_end_row(t);
}

void
flag_show(const json_t *f, struct paint *p)
{
	const char *state = doc_text(f, "state");
	const char *name = doc_text(f, "name");
	char reason[DOC_WORDS_SIZE], how[DOC_WORDS_SIZE], by[WHEN_SIZE];

	paint_text(p, PAINT_BOLD, doc_text(f, "code"));
	paint_add(p, " (");
	paint_text(p, PAINT_PLAIN, *name ? name : *doc_text(f, "number") ?
	    doc_text(f, "number") : doc_text(f, "participant"));
	paint_add(p, ", %s): ", doc_words(f, "reason", reason));
	if (strcmp(state, "claimed") == 0) {
		paint_add(p, "claimed by ");
		paint_text(p, PAINT_PLAIN, doc_text(f, "owner"));
	} else if (strcmp(state, "resolved") == 0) {
		paint_add(p, "resolved, %s", doc_words(f, "disposition", how));
		if (!doc_is_null(f, "false_alarm_reason"))
			paint_add(p, ": %s",
			    doc_words(f, "false_alarm_reason", how));
	} else {
		paint_add(p, "open, nobody's");
	}
	paint_add(p, "\n");
	if (*doc_text(f, "ring_by")) {
		paint_add(p, "They were promised a call by ");
		paint_text(p, PAINT_BAD, when_short(doc_text(f, "ring_by"), "",
		    by));
		paint_add(p, ".\n");
	}
}
