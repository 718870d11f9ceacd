#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/people.h"
#include "config/config.h"

/* Today in the scheme's zone, and the day on which they are gone. */
static int
find_days(const struct cli *c, const char *on, localdate *ret_today,
    localdate *ret_left, struct err *e)
{
	char *zone = config_peek_timezone(c->conf_path);
	struct clock clock;
	int done = calendar_open(zone, e);

	free(zone);
	if (done == -1)
		return -1;
	clock_init_real(&clock);
	*ret_today = *ret_left = calendar_date(clock_now(&clock));
	return on ? calendar_parse_date(on, ret_left, e) : 0;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct people_whom whom = { .kind = "participant",
		.id = c->args[0] };
	const char *note = cli_option(c, "note");
	char date[CALENDAR_DATE_SIZE];
	localdate today, left;
	enum cli_exit done;
	struct err e;

	if (find_days(c, cli_option(c, "on"), &today, &left, &e) == -1)
		return cli_misuse(c, "%s", e.text);
	calendar_format_date(left, date);
	char *reason = mem_printf("%s%s%s", c->args[1], note ? ", " : "",
	    note ? note : "");
	struct people_order orders[] = {
		{ "left", date, PEOPLE_PUT },
		{ "left_reason", reason, PEOPLE_PUT },
		{ "live", "no", PEOPLE_PUT },
	};
	/* Until that day they are asked as ever. */
	done = people_change(c, &whom, orders, left > today ? 2 : 3, ret_doc);
	free(reason);
	return done;
}

const struct cli_command cmd_leave = {
	.name = "leave",
	.args = "ID REASON",
	.min_args = 2,
	.max_args = 2,
	.summary = "Write into a person's file that they have left, and why",
	.details = "REASON is moved, care_home, died, own_wish, not_needed, "
	    "unreachable or other. The\nperson is not asked any more from "
	    "that day on; what is known of them stays.\n",
	.examples = "  ringround leave walter care_home\n"
	            "  ringround leave edna moved --on 2026-12-31 "
	            "--note \"to her son in Leeds\"\n",
	.options = {
		{ "on", "DATE", "the first day without us; today if not "
		    "given" },
		{ "note", "TEXT", "what others should know" },
	},
	.run = run,
	.show = people_show,
};
