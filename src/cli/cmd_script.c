#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/script.h"
#include "net/form.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	bool found;

	return api_flag(s, c->args[0], &found, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf target = BUF_EMPTY, query = BUF_EMPTY;
	enum cli_exit done;

	form_add(&query, "code", c->args[0]);
	buf_addf(&target, "/api/flag?%s", buf_text(&query));
	done = ask_read(c, buf_text(&target), offline, true, ret_doc);
	buf_release(&query);
	buf_release(&target);
	return done;
}

const struct cli_command cmd_script = {
	.name = "script",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Say what to do next about a flag, and what to note",
	.examples = "  ringround script K4F7\n",
	.run = run,
	.show = script_show,
};
