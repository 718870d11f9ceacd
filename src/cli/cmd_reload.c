#include "base/num.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *accept = cli_option(c, "accept-removals");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;
	struct err e;
	int64_t n;

	if (accept && num_int(accept, 0, 1000000, &n, &e) == -1)
		return cli_misuse(c, "--accept-removals: %s", e.text);
	form_add(&form, "accept_removals", accept ? accept : "0");
	done = ask_write(c, "/api/reload", &form, ret_doc);
	buf_release(&form);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	paint_add(p, "Loaded: %lld participants, %lld of them live. They are "
	    "in force.\n", (long long)doc_int(doc, "participants"),
	    (long long)doc_int(doc, "live"));
}

const struct cli_command cmd_reload = {
	.name = "reload",
	.args = "",
	.summary = "Have the daemon load the configuration anew, wholly or "
	    "not at all",
	.details = "With a mistake, each of which is named, or where many live "
	    "people would be\ndropped, the old one stays in force. A new "
	    "timezone, database, socket or\nlisten needs a restart.\n",
	.examples = "  ringround reload\n"
	            "  ringround reload --accept-removals 12\n",
	.options = {
		{ "accept-removals", "N", "so many live people may be "
		    "dropped" },
	},
	.run = run,
	.show = show,
};
