#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/flag.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *whose = cli_option(c, "as");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "code", c->args[0]);
	form_add(&form, "as", whose ? whose : "");
	done = ask_write(c, "/api/call", &form, ret_doc);
	buf_release(&form);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	flag_show(doc, p);
	paint_add(p, "Your telephone rings in a moment: press 1 to be put "
	    "through.\nThen: ringround note ");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "code"));
	paint_add(p, ", or ringround resolve ");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "code"));
	paint_add(p, "\n");
}

const struct cli_command cmd_call = {
	.name = "call",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.options = {
		{ "as", "VOLUNTEER", "ring them, and not you "
		    "(coordinators)" },
	},
	.summary = "Ring the flag's person through us: neither sees the "
	    "other's number",
	.details = "Your own telephone rings first. When you have pressed 1, "
	    "the person's does, from the\nnumber that they know and that a "
	    "call blocker lets pass. The flag has to be yours;\na call that "
	    "was not answered is noted as tried. Nothing that is heard "
	    "confirms\nanybody: say how they are.\n",
	.examples = "  ringround call K4F7\n"
	            "  ringround call K4F7 --as tom\n",
	.run = run,
	.show = show,
};
