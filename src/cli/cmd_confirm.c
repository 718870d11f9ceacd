#include "cli/ask.h"
#include "cli/commands.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *by = cli_option(c, "by");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	if (!by)
		return cli_misuse(c, "who says so? Give a name by --by, such "
		    "as --by \"her son Paul\"");
	form_add(&form, "participant", c->args[0]);
	form_add(&form, "by", by);
	done = ask_write(c, "/api/confirm", &form, ret_doc);
	buf_release(&form);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	(void)doc;
	paint_add(p, "Confirmed for today.\n");
}

const struct cli_command cmd_confirm = {
	.name = "confirm",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "Somebody says by name that a person is well",
	.details = "Confirms what is asked or due today, and ends their flag "
	    "as safe. A call for help\nis not ended so: resolve it.\n",
	.examples = "  ringround confirm edna --by \"her son Paul\"\n",
	.options = {
		{ "by", "NAME", "who says so" },
	},
	.run = run,
	.show = show,
};
