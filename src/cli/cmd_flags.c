#include <stdlib.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/flag.h"
#include "cli/doc.h"
#include "cli/listing.h"
#include "cli/when.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	return api_flags(s, cli_option(c, "all") != NULL, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	bool csv = cli_option(c, "csv"), html = cli_option(c, "html");

	if (csv + html + c->json > 1)
		return cli_misuse(c, "choose one of --csv, --html and --json");
	return ask_read(c, cli_option(c, "all") ? "/api/flags?all=1" :
	    "/api/flags", offline, true, ret_doc);
}

static void
show(const json_t *doc, struct paint *p)
{
	const json_t *flags = doc_list(doc, "flags"), *f;
	bool claimed = false;
	struct table *t;
	size_t i;

	if (json_array_size(flags) == 0) {
		paint_text(p, PAINT_GOOD, "No flag is open.");
		paint_add(p, "\n");
		return;
	}
	t = flag_table();
	json_array_foreach(flags, i, f) {
		flag_row(t, f, doc_text(doc, "now"));
		claimed |= strcmp(doc_text(f, "state"), "claimed") == 0;
	}
	table_paint(t, p, 0);
	table_free(t);
	if (claimed)
		paint_add(p, "What to do in full: ringround script CODE.  When "
		    "it is done:\nringround resolve CODE --disposition WORD "
		    "(--help tells the words)\n");
}

static bool
write_out(const struct cli *c, const json_t *doc, struct buf *out)
{
	if (cli_option(c, "csv"))
		listing_csv(doc, out);
	else if (cli_option(c, "html"))
		listing_html(doc, out);
	else
		return false;
	return true;
}

const struct cli_command cmd_flags = {
	.name = "flags",
	.args = "",
	.summary = "List who needs a human now, since when, and whose they "
	    "are",
	.examples = "  ringround flags\n"
	            "  ringround flags --all\n"
	            "  ringround flags --all --csv > flags.csv\n"
	            "  ringround flags --html > flags.html\n",
	.options = {
		{ "all", NULL, "the resolved ones too" },
		{ "csv", NULL, "as CSV, for a spreadsheet" },
		{ "html", NULL, "as a page, to look at or to print" },
	},
	.run = run,
	.show = show,
	.write = write_out,
};
