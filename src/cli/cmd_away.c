#include <stdlib.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/people.h"

/* "2026-12-20 to 2027-01-03, with his daughter", as a line of the key. */
static enum cli_exit
write_absence(const struct cli *c, const char *key, const char *why,
    json_t **ret_doc)
{
	struct people_whom whom = { .kind = "participant",
		.id = c->args[0] };
	char *value = mem_printf("%s to %s%s%s", c->args[1], c->args[2],
	    why ? ", " : "", why ? why : "");
	struct people_order order = { key, value, PEOPLE_MORE };
	enum cli_exit done = people_change(c, &whom, &order, 1, ret_doc);

	free(value);
	return done;
}

static enum cli_exit
run_away(struct cli *c, json_t **ret_doc)
{
	return write_absence(c, "away", cli_option(c, "why"), ret_doc);
}

static enum cli_exit
run_pause(struct cli *c, json_t **ret_doc)
{
	if (!cli_option(c, "why"))
		return cli_misuse(c, "why? A pause has a reason; say it by "
		    "--why");
	return write_absence(c, "paused", cli_option(c, "why"), ret_doc);
}

const struct cli_command cmd_away = {
	.name = "away",
	.args = "ID FROM TO",
	.min_args = 3,
	.max_args = 3,
	.summary = "Write a planned absence into a person's file",
	.details = "Both days are included; nobody asks the person on them. "
	    "What is known only today,\nby telephone, `ringround absent` says "
	    "to the daemon at once.\n",
	.examples = "  ringround away edna 2026-12-20 2027-01-03\n"
	            "  ringround away edna 2026-12-20 2027-01-03 "
	            "--why \"with her daughter\"\n",
	.options = { { "why", "TEXT", "what others should know" } },
	.run = run_away,
	.show = people_show,
};

const struct cli_command cmd_pause = {
	.name = "pause",
	.args = "ID FROM TO",
	.min_args = 3,
	.max_args = 3,
	.summary = "Write into a person's file that we do not ask for a while",
	.details = "Both days are included. A pause always has its end and "
	    "its reason.\n",
	.examples = "  ringround pause edna 2026-12-01 2026-12-14 "
	            "--why \"waiting for a new telephone\"\n",
	.options = { { "why", "TEXT", "the reason; always needed" } },
	.run = run_pause,
	.show = people_show,
};
