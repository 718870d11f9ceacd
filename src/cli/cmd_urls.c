#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "web/api.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct config *conf = site_config(c->conf_path);
	struct err e;

	if (!conf)
		return CLI_REFUSED;
	*ret_doc = api_urls(conf, &e);
	config_free(conf);
	return *ret_doc ? CLI_DONE : cli_fail("%s", e.text);
}

static void
url_row(struct table *t, const char *field, const json_t *g, const char *key)
{
	if (doc_is_null(g, key))
		return;
	table_cell(t, PAINT_PLAIN, field);
	table_cell(t, PAINT_BOLD, doc_text(g, key));
	table_end_row(t);
}

static void
show(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = { "Field", "Address" };
	const json_t *g;
	size_t i;

	json_array_foreach(doc_list(doc, "gateways"), i, g) {
		struct table *t = table_new(headings, 2);

		paint_add(p, "%sIn the console of gateway ", i ? "\n" : "");
		paint_text(p, PAINT_BOLD, doc_text(g, "gateway"));
		paint_add(p, ", by HTTP POST\n");
		url_row(t, "A message comes in", g, "inbound_text");
		url_row(t, "A call comes in", g, "inbound_call");
		url_row(t, "Call status changes", g, "inbound_call_end");
		table_paint(t, p, 2);
		table_free(t);
	}
}

const struct cli_command cmd_urls = {
	.name = "urls",
	.args = "",
	.summary = "Say which address goes into which field of the gateway's "
	    "console",
	.examples = "  ringround urls\n",
	.run = run,
	.show = show,
};
