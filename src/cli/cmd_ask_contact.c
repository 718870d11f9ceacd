#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/script.h"
#include "net/form.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	form_add(&form, "code", c->args[0]);
	form_add(&form, "contact", c->args[1]);
	done = ask_write(c, "/api/ask-contact", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_ask_contact = {
	.name = "ask-contact",
	.args = "CODE PLACE",
	.min_args = 2,
	.max_args = 2,
	.summary = "Ask a contact by text to ring the person and reply",
	.details = "The text holds a first name and a code; OK and that code, "
	    "from the contact's own\nnumber, confirms by their name. Only "
	    "where the contact (agreed) and the person\n(sharing) have agreed "
	    "to it on record.\n",
	.examples = "  ringround ask-contact K4F7 1\n",
	.run = run,
	.show = script_show,
};
