#include <stdlib.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/people.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct people_whom whom = { .id = c->args[0], .must_be_new = true,
		.kind = cli_option(c, "volunteer") ? "volunteer" :
		    "participant",
		.into = cli_option(c, "into") };
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

const struct cli_command cmd_add = {
	.name = "add",
	.args = "ID KEY=VALUE...",
	.min_args = 2,
	.max_args = 100,
	.summary = "Put a new person into the files",
	.details = "Keys are those of [participant], or of [volunteer], in "
	    "ringround.conf(5). A key\nthat may stand several times may be "
	    "given several times.\n",
	.examples =
	    "  ringround add edna name=\"Mrs Edna Clarke\" call_me=Edna \\\n"
	    "      phone=\"0115 496 0123\" round=morning area=Sneinton \\\n"
	    "      consent=\"2026-11-20, spoken, recorded by Tom Reid\"\n"
	    "  ringround add priya --volunteer name=\"Priya Shah\" \\\n"
	    "      mobile=\"07700 900209\" areas=Sneinton "
	    "duty=\"mon-fri 09:00-17:00\"\n",
	.options = {
		{ "volunteer", NULL, "a volunteer, not a participant" },
		{ "into", "FILE", "the file; otherwise people.conf in the "
		    "folder of an include" },
	},
	.run = run,
	.show = people_show,
};
