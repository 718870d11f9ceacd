#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/flag.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "code", c->args[0]);
	done = ask_write(c, "/api/claim", &form, ret_doc);
	buf_release(&form);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	const char *who = doc_text(doc, "participant");

	flag_show(doc, p);
	if (*who) {
		paint_add(p, "Next: ringround history ");
		paint_text(p, PAINT_PLAIN, who);
		paint_add(p, " says whom to ring; ");
	} else {
		paint_add(p, "Next: see to it; ");
	}
	paint_add(p, "then:\nringround resolve ");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "code"));
	paint_add(p, " --disposition WORD (--help tells the words)\n");
}

const struct cli_command cmd_claim = {
	.name = "claim",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Take a flag: you will see to this person",
	.examples = "  ringround claim K4F7\n",
	.run = run,
	.show = show,
};
