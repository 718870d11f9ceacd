#include <stdlib.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/hold.h"
#include "cli/words.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *round = cli_option(c, "round");
	char *reason = words_join(c->args, c->n_args);
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "reason", reason);
	form_add(&form, "round", round ? round : "");
	done = ask_write(c, "/api/hold", &form, ret_doc);
	buf_release(&form);
	free(reason);
	return done;
}

const struct cli_command cmd_hold = {
	.name = "hold",
	.args = "REASON",
	.min_args = 1,
	.max_args = 100,
	.summary = "Stop all asking at once, until resume",
	.details = "Nobody is rung or texted for a check-in while a hold is "
	    "in force, also after a\nrestart; the coordinators are told. "
	    "Flags that are open go on.\n",
	.examples = "  ringround hold \"the office has no power\"\n"
	            "  ringround hold --round friday \"no lunch this week\"\n",
	.options = {
		{ "round", "ROUND", "only this round" },
	},
	.run = run,
	.show = hold_show,
};
