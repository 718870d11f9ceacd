#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/help.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct paint p = { .colour = paint_wants_colour(STDOUT_FILENO) };
	const struct cli_command *const *wanted = cli_commands();

	(void)ret_doc;
	if (c->n_args > 0) {
		while (*wanted && strcmp((*wanted)->name, c->args[0]) != 0)
			wanted++;
		if (!*wanted)
			return cli_misuse(c, "there is no command '%s'",
			    c->args[0]);
	}
	help_show(c->n_args > 0 ? *wanted : NULL, &p);
	fputs(buf_text(&p.out), stdout);
	paint_release(&p);
	return CLI_DONE;
}

const struct cli_command cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.max_args = 1,
	.summary = "Say what the commands do, or one of them in full",
	.examples = "  ringround help\n"
	            "  ringround help resolve\n",
	.run = run,
};
