#include "cli/absent.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "net/form.h"
#include "rules/state.h"

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *kind = cli_option(c, "kind");
	const char *until = cli_option(c, "until");
	const char *from = cli_option(c, "from");
	const char *note = cli_option(c, "note");
	enum absence which = ABSENCE_AWAY;
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	if (kind && absence_from_name(kind, &which) == -1)
		return cli_misuse(c, "--kind is away, paused, hospital or "
		    "deceased");
	if (!until && !absence_stops_all(which))
		return cli_misuse(c, "until when? Say so by --until, such as "
		    "--until 2027-01-03");
	form_add(&form, "participant", c->args[0]);
	form_add(&form, "kind", absence_name(which));
	form_add(&form, "from", from ? from : "");
	form_add(&form, "until", until ? until : "");
	form_add(&form, "note", note ? note : "");
	done = ask_write(c, "/api/away", &form, ret_doc);
	buf_release(&form);
	return done;
}

const struct cli_command cmd_absent = {
	.name = "absent",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "Stop asking a person at once: away, paused, in hospital, "
	    "dead",
	.details = "Is in force as soon as it is answered, and stands in the "
	    "ledger; the files stay\nas they are, and the stricter of the two "
	    "holds. Away and paused need an end.\nHospital ends all contact "
	    "until somebody says `ringround back`; deceased for good.\n",
	.examples = "  ringround absent edna --until 2027-01-03\n"
	            "  ringround absent walter --kind hospital "
	            "--note \"her son rang\"\n",
	.options = {
		{ "kind", "WORD", "away (the default), paused, hospital or "
		    "deceased" },
		{ "from", "DATE", "the first day; today if not given" },
		{ "until", "DATE", "the last day, itself included" },
		{ "note", "TEXT", "what others should know" },
	},
	.run = run,
	.show = absent_show,
};
