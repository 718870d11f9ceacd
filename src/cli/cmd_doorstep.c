#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/script.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *until = cli_option(c, "until");
	const char *with = cli_option(c, "with");
	bool back = cli_option(c, "back");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	if (back == (until != NULL))
		return cli_misuse(c, "say by --until when you are back, or "
		    "by --back that you are");
	form_add(&form, "code", c->args[0]);
	form_add(&form, "kind", back ? "back" : "out");
	form_add(&form, "until", until ? until : "");
	form_add(&form, "with", with ? with : "");
	done = ask_write(c, "/api/note", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_doorstep = {
	.name = "doorstep",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Go to a flag's door, and be back by a time",
	.details = "Where you are not back by then the coordinators are told, "
	    "and again every 15\nminutes until you are. Never go in.\n",
	.examples = "  ringround doorstep K4F7 --until 11:30 --with Grace\n"
	            "  ringround doorstep K4F7 --back\n",
	.options = {
		{ "until", "TIME", "when you will be back, within four hours" },
		{ "with", "WHOM", "who goes with you" },
		{ "back", NULL, "you are back" },
	},
	.run = run,
	.show = script_show,
};
