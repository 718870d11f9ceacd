#include <string.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/trial.h"
#include "net/form.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	return api_trial(s, c->args[0], e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *by = cli_option(c, "by");
	struct buf b = BUF_EMPTY;
	enum cli_exit done;

	if (by && strcmp(by, "call") != 0 && strcmp(by, "text") != 0)
		return cli_misuse(c, "--by is call or text");
	if (by && cli_option(c, "look"))
		return cli_misuse(c, "--look makes no test, so --by says "
		    "nothing");
	if (cli_option(c, "look")) {
		trial_target(c->args[0], &b);
		done = ask_read(c, buf_text(&b), offline, true, ret_doc);
	} else {
		form_add(&b, "participant", c->args[0]);
		form_add(&b, "by", by ? by : "");
		done = ask_write(c, "/api/try", &b, ret_doc);
	}
	buf_release(&b);
	return done;
}

/* What has come of it, and what to do then. */
static void
show_state(const json_t *t, const char *id, struct paint *p)
{
	const char *state = doc_text(t, "state");
	char outcome[DOC_WORDS_SIZE];

	if (strcmp(state, "confirmed") == 0)
		paint_add(p, "confirmed.\n");
	else if (strcmp(state, "under_way") == 0)
		paint_add(p, "under way; `ringround try %s --look` tells how "
		    "it goes.\n", id);
	else if (strcmp(state, "delivered") == 0)
		paint_add(p, "delivered; their OK is waited for until "
		    "tomorrow.\n");
	else
		paint_add(p, "not confirmed (%s).\n", doc_words(t, "outcome",
		    outcome));
}

static void
show(const json_t *doc, struct paint *p)
{
	const json_t *t = doc_object(doc, "newest");
	const char *id = doc_text(doc, "participant");

	if (doc_is_null(doc, "newest")) {
		paint_add(p, "Nobody has tried yet.\n");
		return;
	}
	paint_add(p, "A test %s to ", doc_text(t, "channel"));
	paint_text(p, PAINT_BOLD, doc_text(t, "number"));
	paint_add(p, ", %.16s: ", doc_text(t, "at"));
	show_state(t, id, p);
	if (doc_is_null(doc, "confirmed"))
		return;
	if (!doc_is_null(doc, "lacks"))
		paint_add(p, "Before they can become live, a contact has to "
		    "agree to be one; then: ringround\nset %s contact+=\"NAME, "
		    "neighbour, NUMBER, agreed DATE\"\n", id);
	else
		paint_add(p, "They can become live: ringround set %s "
		    "live=yes\n", id);
}

const struct cli_command cmd_try = {
	.name = "try",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "Make a test call or text to a person, before they are "
	    "live",
	.details = "They hear or read what they will get every day, and "
	    "confirm it by key 1 or by OK.\nAfter that `ringround set ID "
	    "live=yes` is taken. Within their contact hours only,\nand at "
	    "most five a day.\n",
	.examples = "  ringround try edna\n"
	            "  ringround try edna --by text\n"
	            "  ringround try edna --look\n",
	.options = {
		{ "by", "CHANNEL", "call or text; otherwise as they are "
		    "asked" },
		{ "look", NULL, "make none; say how the newest went" },
	},
	.run = run,
	.show = show,
};
