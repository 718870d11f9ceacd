#include "cli/absent.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "participant", c->args[0]);
	done = ask_write(c, "/api/back", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_back = {
	.name = "back",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "A person is back: ask them again from their next slot on",
	.details = "Ends what `ringround absent`, a resolved flag or the "
	    "person's own text has begun.\nWhat stands in a file is changed "
	    "there. That somebody has died only a coordinator\nputs right.\n",
	.examples = "  ringround back edna\n",
	.run = run,
	.show = absent_show,
};
