#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/listing.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	const char *who = cli_option(c, "for");

	if (who && !config_volunteer(s->config, who)) {
		err_set(e, "there is no volunteer of that id");
		return NULL;
	}
	return api_sheet(s, who, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *who = cli_option(c, "for");
	struct buf target = BUF_EMPTY;
	enum cli_exit done;

	buf_add(&target, "/api/sheet");
	if (who) {
		buf_add(&target, "?for=");
		buf_add_url(&target, who);
	}
	done = ask_read(c, buf_text(&target), offline, true, ret_doc);
	buf_release(&target);
	return done;
}

static bool
write_out(const struct cli *c, const json_t *doc, struct buf *out)
{
	(void)c;
	listing_sheet(doc, out);
	return true;
}

const struct cli_command cmd_sheet = {
	.name = "sheet",
	.args = "",
	.summary = "Write the open flags as a page to print, for whoever works "
	    "on paper",
	.details = "Each flag has a box: the person's numbers and contacts, "
	    "what was tried today,\nand room for how it ended. The page is "
	    "HTML for A4 and holds names: send it to\na printer and to "
	    "nobody.\n",
	.examples = "  ringround sheet > sheet.html\n"
	            "  ringround sheet --for tom > tom.html\n",
	.options = {
		{ "for", "ID", "only the flags of that volunteer" },
	},
	.run = run,
	.write = write_out,
};
