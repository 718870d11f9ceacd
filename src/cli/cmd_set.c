#include <stdlib.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/people.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct people_whom whom = { .id = c->args[0],
		.kind = cli_option(c, "volunteer") ? "volunteer" :
		    "participant" };
	size_t n = (size_t)c->n_args - 1;
	struct people_order *orders = mem_grow(NULL, n, sizeof(*orders));
	enum cli_exit done = CLI_DONE;
	struct err e;

	for (size_t i = 0; i < n && done == CLI_DONE; i++) {
		if (people_read_order(c->args[i + 1], &orders[i], &e) == -1)
			done = cli_misuse(c, "%s", e.text);
	}
	if (done == CLI_DONE)
		done = people_change(c, &whom, orders, n, ret_doc);
	free(orders);
	return done;
}

const struct cli_command cmd_set = {
	.name = "set",
	.args = "ID KEY=VALUE...",
	.min_args = 2,
	.max_args = 100,
	.summary = "Change what the files say of a person",
	.details =
	    "KEY=VALUE takes the place of what stood there, KEY+=VALUE adds a "
	    "line to what\nmay stand several times, KEY= takes the key away. "
	    "Comments, order and all other\nlines of the file stay as they "
	    "are.\n",
	.examples =
	    "  ringround set edna area=\"St Ann's\"\n"
	    "  ringround set edna contact+=\"Brian Clarke, son, 07700 900124, "
	    "keyholder\"\n"
	    "  ringround set edna alternate=\n"
	    "  ringround set tom --volunteer carries=3\n",
	.options = {
		{ "volunteer", NULL, "a volunteer, not a participant" },
	},
	.run = run,
	.show = people_show,
};
