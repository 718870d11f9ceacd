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
	form_add(&form, "to", c->args[1]);
	done = ask_write(c, "/api/hand-over", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_hand_over = {
	.name = "hand-over",
	.args = "CODE TO",
	.min_args = 2,
	.max_args = 2,
	.summary = "Hand a flag over to somebody by name",
	.details = "TO is a volunteer's id, first name or name. They are told, "
	    "and whoever has the\nflag keeps it until they take it; where they "
	    "do not in time, the next is asked.\nA coordinator who hands a "
	    "flag over to themself has it at once.\n",
	.examples = "  ringround hand-over K4F7 grace\n"
	            "  ringround hand-over K4F7 \"Grace Obi\"\n",
	.run = run,
	.show = flag_show,
};
