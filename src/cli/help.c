#include "cli/help.h"

static void
show_usage(const struct cli_command *c, struct paint *p)
{
	paint_add(p, "Usage: ringround [-c FILE] %s", c->name);
	if (*c->args)
		paint_add(p, " %s", c->args);
	for (int i = 0; i < CLI_MAX_OPTIONS && c->options[i].name; i++) {
		paint_add(p, " [--%s", c->options[i].name);
		if (c->options[i].value)
			paint_add(p, " %s", c->options[i].value);
		paint_add(p, "]");
	}
	paint_add(p, " [--json]\n\n");
}

static void
option_row(struct table *t, const char *name, const char *value,
    const char *text)
{
	table_cellf(t, PAINT_PLAIN, "%s%s%s", name, value ? " " : "",
	    value ? value : "");
	table_cell(t, PAINT_PLAIN, text);
	table_end_row(t);
}

static void
show_options(const struct cli_command *c, struct paint *p)
{
	static const char *const headings[] = { "", "" };
	struct table *t = table_new(headings, 2);

	for (int i = 0; c && i < CLI_MAX_OPTIONS && c->options[i].name; i++) {
		struct buf name = BUF_EMPTY;

		buf_addf(&name, "--%s", c->options[i].name);
		option_row(t, buf_text(&name), c->options[i].value,
		    c->options[i].text);
		buf_release(&name);
	}
	paint_add(p, "Options\n");
	option_row(t, "--json", NULL, "print one JSON object, for scripts");
	option_row(t, "-c, --config", "FILE", "the configuration to use, in "
	    "place of the system's");
	option_row(t, "-h, --help", NULL, "say this, and do nothing");
	if (!c)
		option_row(t, "-V, --version", NULL, "say which version this "
		    "is");
	table_paint(t, p, 2);
	table_free(t);
}

static void
show_one(const struct cli_command *c, struct paint *p)
{
	show_usage(c, p);
	paint_add(p, "%s.\n\n", c->summary);
	if (c->details)
		paint_add(p, "%s\n", c->details);
	if (c->more) {
		c->more(&p->out);
		paint_add(p, "\n");
	}
	show_options(c, p);
	paint_add(p, "\nExamples\n%s", c->examples);
}

static void
show_all(struct paint *p)
{
	static const char *const headings[] = { "", "" };
	struct table *t = table_new(headings, 2);

	paint_add(p,
	    "Usage: ringround [-c FILE] COMMAND [...] [--json]\n\n"
	    "Ringround rings round people who live alone, and sees to it that "
	    "a human\nfollows up with everyone who was not heard from.\n\n"
	    "Commands\n");
	for (const struct cli_command *const *c = cli_commands(); *c; c++) {
		table_cell(t, PAINT_PLAIN, (*c)->name);
		table_cell(t, PAINT_PLAIN, (*c)->summary);
		table_end_row(t);
	}
	table_paint(t, p, 2);
	table_free(t);
	paint_add(p, "\n");
	show_options(NULL, p);
	paint_add(p,
	    "\nExit code: 0 done, 1 refused or found wanting, 2 misuse.\n"
	    "More: ringround COMMAND --help, man ringround\n\n"
	    "Examples\n"
	    "  ringround status\n"
	    "  ringround flags --json\n"
	    "  ringround -c ~/scheme/ringround.conf check\n");
}

void
help_show(const struct cli_command *command, struct paint *p)
{
	if (command)
		show_one(command, p);
	else
		show_all(p);
}
