#include <stdlib.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/words.h"
#include "net/form.h"

static enum cli_exit
look(struct cli *c, json_t **ret_doc)
{
	struct buf target = BUF_EMPTY, query = BUF_EMPTY;
	enum cli_exit done;

	form_add(&query, "code", c->args[0]);
	buf_addf(&target, "/api/concerns?%s", buf_text(&query));
	done = ask_read(c, buf_text(&target), NULL, true, ret_doc);
	buf_release(&query);
	buf_release(&target);
	return done;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	static const struct {
		const char *option, *key;
	} same[] = { { "referred-to", "referred_to" }, { "at", "at" },
		{ "consent", "consent" }, { "why", "consent_why" } };
	struct buf form = BUF_EMPTY;
	enum cli_exit done;
	char *words;

	if (c->n_args == 1)
		return look(c, ret_doc);
	words = words_join(c->args + 1, c->n_args - 1);
	form_add(&form, "code", c->args[0]);
	form_add(&form, "note", words);
	for (size_t i = 0; i < COUNT(same); i++)
		if (cli_option(c, same[i].option))
			form_add(&form, same[i].key, cli_option(c,
			    same[i].option));
	done = ask_write(c, "/api/concern", &form, ret_doc);
	buf_release(&form);
	free(words);
	return done;
}

static void
show_one(const json_t *c, struct paint *p)
{
	char consent[DOC_WORDS_SIZE];

	paint_text(p, PAINT_BOLD, doc_text(c, "at"));
	paint_add(p, " ");
	paint_text(p, PAINT_PLAIN, doc_text(c, "who"));
	paint_add(p, ": ");
	paint_text(p, PAINT_PLAIN, doc_text(c, "words"));
	paint_add(p, "\n  referred to ");
	paint_text(p, PAINT_PLAIN, doc_is_null(c, "referred_to") ?
	    "nobody yet" : doc_text(c, "referred_to"));
	paint_add(p, " ");
	paint_text(p, PAINT_PLAIN, doc_text(c, "referred_at"));
	paint_add(p, "; consent: %s ", doc_is_null(c, "consent") ?
	    "not recorded" : doc_words(c, "consent", consent));
	paint_text(p, PAINT_PLAIN, doc_text(c, "consent_why"));
	paint_add(p, "\n");
}

static void
show(const json_t *doc, struct paint *p)
{
	const json_t *c;
	size_t i;

	if (!json_object_get(doc, "concerns"))
		paint_add(p, "Recorded, for coordinators only.\n");
	json_array_foreach(doc_list(doc, "concerns"), i, c)
		show_one(c, p);
}

const struct cli_command cmd_concern = {
	.name = "concern",
	.args = "CODE [WORDS]",
	.min_args = 1,
	.max_args = 200,
	.summary = "Record a safeguarding concern, or show them",
	.details = "The facts, in the person's own words, before the end of "
	    "the day. Only coordinators\nread them. The person's consent is "
	    "no condition for passing a concern on; whether\nit was sought, "
	    "and why not, is recorded.\n",
	.examples =
	    "  ringround concern K4F7 \"she said: he takes my pension\"\n"
	    "  ringround concern K4F7 \"told the hub\" --referred-to \"adult "
	    "social care\" \\\n      --consent not_sought --why \"he was in "
	    "the room\"\n"
	    "  ringround concern K4F7\n",
	.options = {
		{ "referred-to", "WHOM", "it was passed on to" },
		{ "at", "TIME", "when, if not now" },
		{ "consent", "WORD", "given, refused or not_sought" },
		{ "why", "TEXT", "why without it" },
	},
	.run = run,
	.show = show,
};
