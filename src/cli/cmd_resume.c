#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/hold.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *round = cli_option(c, "round");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "round", round ? round : "");
	done = ask_write(c, "/api/resume", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_resume = {
	.name = "resume",
	.args = "",
	.summary = "End a hold: asking goes on",
	.examples = "  ringround resume\n"
	            "  ringround resume --round friday\n",
	.options = {
		{ "round", "ROUND", "the hold of this round" },
	},
	.run = run,
	.show = hold_show,
};
