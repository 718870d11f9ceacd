#include <stdlib.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/script.h"
#include "cli/words.h"
#include "net/form.h"
#include "rules/script.h"

/* What is passed on as it is. */
static const char *const same[] = { "about", "until", "with", "agency",
	"reference" };

static enum cli_exit
no_kind(const struct cli *c)
{
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < NOTE_COUNT; i++)
		words_list(&b, note_name((enum note)i));
	cli_misuse(c, "there is no kind of note '%s'; it is one of %s",
	    c->args[1], buf_text(&b));
	buf_release(&b);
	return CLI_MISUSE;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	char *words = words_join(c->args + 2, c->n_args - 2);
	struct buf form = BUF_EMPTY;
	enum cli_exit done;
	enum note kind;

	if (note_from_name(c->args[1], &kind) == -1) {
		free(words);
		return no_kind(c);
	}
	form_add(&form, "code", c->args[0]);
	form_add(&form, "kind", c->args[1]);
	form_add(&form, "note", words);
	for (size_t i = 0; i < COUNT(same); i++)
		if (cli_option(c, same[i]))
			form_add(&form, same[i], cli_option(c, same[i]));
	done = ask_write(c, "/api/note", &form, ret_doc);
	buf_release(&form);
	free(words);
	return done;
}

static const char *
kind_text(enum note n)
{
	static const char *const texts[NOTE_COUNT] = {
		[NOTE_WORD] = "anything else, in words",
		[NOTE_TRIED_PERSON] = "rang them, no answer",
		[NOTE_TRIED_CONTACT] = "rang a contact, no answer; --about "
		    "their place",
		[NOTE_SPOKE_TO_CONTACT] = "a contact answered, who does not "
		    "know; --about",
		[NOTE_CHECKED] = "an item of the checklist; --about",
		[NOTE_OUT] = "somebody goes to the door; --until they are "
		    "back",
		[NOTE_BACK] = "and is back from there",
		[NOTE_DECIDED] = "--about 999, 101, other or wait; --until "
		    "you ask again",
	};

	return texts[n];
}

static void
more(struct buf *b)
{
	buf_add(b, "Kinds\n");
	for (int i = 0; i < NOTE_COUNT; i++)
		buf_addf(b, "  %-17s  %s\n", note_name((enum note)i),
		    kind_text((enum note)i));
	buf_add(b, "\nThe checklist\n");
	for (int i = 0; i < ITEM_COUNT; i++)
		buf_addf(b, "  %-12s  %s\n",
		    script_item_name((enum script_item)i),
		    script_item_question((enum script_item)i));
	buf_add(b, "\n");
}

const struct cli_command cmd_note = {
	.name = "note",
	.args = "CODE KIND [WORDS]",
	.min_args = 2,
	.max_args = 200,
	.summary = "Note what was done about a flag, step by step",
	.more = more,
	.examples =
	    "  ringround note K4F7 tried_person\n"
	    "  ringround note K4F7 tried_contact --about 1 \"left a "
	    "message\"\n"
	    "  ringround note K4F7 checked --about hospital \"not "
	    "admitted\"\n"
	    "  ringround note K4F7 decided --about 101 --agency police "
	    "--until 15:30 \\\n      --reference 123 \"they will not send "
	    "anybody\"\n",
	.options = {
		{ "about", "WHAT", "a contact's place, an item, a decision" },
		{ "until", "TIME", "back by then; or to be asked about then" },
		{ "with", "WHOM", "who goes along to the door" },
		{ "agency", "WHOM", "of a decision: whom you asked" },
		{ "reference", "TEXT", "of a decision: theirs" },
	},
	.run = run,
	.show = script_show,
};
