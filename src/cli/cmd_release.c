#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/flag.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "code", c->args[0]);
	done = ask_write(c, "/api/release", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_release = {
	.name = "release",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Give a flag back: somebody else is told",
	.examples = "  ringround release K4F7\n",
	.run = run,
	.show = flag_show,
};
