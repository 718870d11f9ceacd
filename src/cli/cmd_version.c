#include "cli/client.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "web/api_json.h"
#include "web/version.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	(void)c;
	*ret_doc = api_json_new("version");
	api_json_put_text(*ret_doc, "version", VERSION_TEXT);
	return CLI_DONE;
}

static void
show(const json_t *doc, struct paint *p)
{
	paint_add(p, "ringround %s\n", doc_text(doc, "version"));
}

const struct cli_command cmd_version = {
	.name = "version",
	.args = "",
	.summary = "Say which version this is",
	.examples = "  ringround version\n",
	.run = run,
	.show = show,
};
