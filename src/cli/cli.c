#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "rules/nearest.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

static const struct cli_command *const commands[] = {
	&cmd_check,
	&cmd_plan,
	&cmd_status,
	&cmd_flags,
	&cmd_claim,
	&cmd_release,
	&cmd_hand_over,
	&cmd_call,
	&cmd_script,
	&cmd_note,
	&cmd_ask_contact,
	&cmd_doorstep,
	&cmd_resolve,
	&cmd_confirm,
	&cmd_concern,
	&cmd_reviews,
	&cmd_import,
	&cmd_add,
	&cmd_set,
	&cmd_try,
	&cmd_welcome,
	&cmd_away,
	&cmd_pause,
	&cmd_leave,
	&cmd_absent,
	&cmd_back,
	&cmd_history,
	&cmd_audit,
	&cmd_urls,
	&cmd_explain,
	&cmd_sheet,
	&cmd_simulate,
	&cmd_hold,
	&cmd_resume,
	&cmd_reload,
	&cmd_version,
	&cmd_help,
	NULL,
};

const struct cli_command *const *
cli_commands(void)
{
	return commands;
}

enum cli_exit
cli_fail(const char *fmt, ...)
{
	va_list ap;

	fputs("ringround: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return CLI_REFUSED;
}

enum cli_exit
cli_misuse(const struct cli *c, const char *fmt, ...)
{
	va_list ap;

	fputs("ringround: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fprintf(stderr, "\nTry: ringround %s%s--help\n",
	    c->command ? c->command->name : "", c->command ? " " : "");
	return CLI_MISUSE;
}

const char *
cli_option(const struct cli *c, const char *name)
{
	for (int i = 0; i < CLI_MAX_OPTIONS; i++)
		if (c->command->options[i].name &&
		    strcmp(c->command->options[i].name, name) == 0)
			return c->values[i];
	return NULL;
}

/* ---- reading the command line ------------------------------------------ */

struct reading {
	struct cli *c;
	int argc, i;
	char **argv;
	bool help;
	bool only_args;		/* "--" was seen */
};

static const struct cli_command *
find_command(const char *name)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static enum cli_exit
unknown_command(const struct cli *c, const char *name)
{
	const char *names[COUNT(commands)];
	const char *near;
	size_t n = 0;

	for (; commands[n]; n++)
		names[n] = commands[n]->name;
	near = nearest_name(name, names, n);
	if (near)
		return cli_misuse(c, "there is no command '%s'; did you mean "
		    "'%s'?", name, near);
	return cli_misuse(c, "there is no command '%s'", name);
}

static enum cli_exit
unknown_option(const struct cli *c, const char *name)
{
	const char *names[CLI_MAX_OPTIONS + 3] = { "json", "help", "config" };
	const char *near;
	size_t n = 3;

	for (int i = 0; c->command && i < CLI_MAX_OPTIONS; i++)
		if (c->command->options[i].name)
			names[n++] = c->command->options[i].name;
	near = nearest_name(name, names, n);
	if (near)
		return cli_misuse(c, "there is no option '--%s' here; did you "
		    "mean '--%s'?", name, near);
	return cli_misuse(c, "there is no option '--%s' here", name);
}

/* The value of an option: behind its "=", or the next word. */
static const char *
take_value(struct reading *r, const char *behind)
{
	if (behind)
		return behind;
	return r->i + 1 < r->argc ? r->argv[++r->i] : NULL;
}

static enum cli_exit
command_option(struct reading *r, const char *name, const char *behind)
{
	struct cli *c = r->c;

	for (int i = 0; c->command && i < CLI_MAX_OPTIONS; i++) {
		const struct cli_option *o = &c->command->options[i];

		if (!o->name || strcmp(o->name, name) != 0)
			continue;
		if (c->values[i])
			return cli_misuse(c, "--%s stands twice", name);
		if (!o->value && behind)
			return cli_misuse(c, "--%s takes no value", name);
		c->values[i] = o->value ? take_value(r, behind) : "";
		if (!c->values[i])
			return cli_misuse(c, "--%s needs %s behind it", name,
			    o->value);
		return CLI_DONE;
	}
	return unknown_option(c, name);
}

static enum cli_exit
set_config(struct reading *r, const char *behind)
{
	r->c->conf_path = take_value(r, behind);
	r->c->own_conf = true;
	return r->c->conf_path ? CLI_DONE :
	    cli_misuse(r->c, "-c needs a file behind it");
}

static enum cli_exit
long_option(struct reading *r, const char *text)
{
	const char *equals = strchr(text, '=');
	char *name = mem_dupn(text,
	    equals ? (size_t)(equals - text) : strlen(text));
	enum cli_exit done = CLI_DONE;

	if (strcmp(name, "help") == 0 && !equals)
		r->help = true;
	else if (strcmp(name, "json") == 0 && !equals)
		r->c->json = true;
	else if (strcmp(name, "config") == 0)
		done = set_config(r, equals ? equals + 1 : NULL);
	else if (strcmp(name, "version") == 0 && !equals && !r->c->command)
		r->c->command = &cmd_version;
	else
		done = command_option(r, name, equals ? equals + 1 : NULL);
	free(name);
	return done;
}

static enum cli_exit
short_option(struct reading *r, const char *text)
{
	if (strcmp(text, "h") == 0) {
		r->help = true;
		return CLI_DONE;
	}
	if (strcmp(text, "V") == 0 && !r->c->command) {
		r->c->command = &cmd_version;
		return CLI_DONE;
	}
	if (text[0] != 'c')
		return cli_misuse(r->c, "there is no option '-%s' here",
		    text);
	return set_config(r, text[1] ? text + 1 : NULL);
}

static enum cli_exit
read_word(struct reading *r, char *word)
{
	struct cli *c = r->c;

	if (!r->only_args && strcmp(word, "--") == 0) {
		r->only_args = true;
		return CLI_DONE;
	}
	if (!r->only_args && strncmp(word, "--", 2) == 0)
		return long_option(r, word + 2);
	if (!r->only_args && word[0] == '-' && word[1] != '\0')
		return short_option(r, word + 1);
	if (c->command) {
		c->args[c->n_args++] = word;
		return CLI_DONE;
	}
	c->command = find_command(word);
	return c->command ? CLI_DONE : unknown_command(c, word);
}

static enum cli_exit
check_args(const struct cli *c)
{
	const struct cli_command *cmd = c->command;

	if (!cmd)
		return cli_misuse(c, "which command?");
	if (c->n_args < cmd->min_args)
		return cli_misuse(c, "'%s' needs %s", cmd->name, cmd->args);
	if (c->n_args > cmd->max_args)
		return cli_misuse(c, "'%s' takes %s%s; '%s' is too much",
		    cmd->name, *cmd->args ? "only " : "nothing", cmd->args,
		    c->args[cmd->max_args]);
	return CLI_DONE;
}

/* ---- what comes of it -------------------------------------------------- */

static void
put_doc(const struct cli *c, const json_t *doc, struct paint *p)
{
	if (!c->json && c->command->write &&
	    c->command->write(c, doc, &p->out))
		return;
	if (c->json || !c->command->show) {
		json_print(doc, true, &p->out);
		buf_addc(&p->out, '\n');
	} else {
		c->command->show(doc, p);
	}
}

/* A full disk behind standard output must not look like success. */
static enum cli_exit
flush(struct paint *p, enum cli_exit done)
{
	size_t n = p->out.len;

	if (fwrite(buf_text(&p->out), 1, n, stdout) != n ||
	    fflush(stdout) != 0) {
		if (errno != EPIPE)
			cli_fail("cannot write the answer: %s",
			    strerror(errno));
		return done == CLI_DONE ? CLI_REFUSED : done;
	}
	return done;
}

static enum cli_exit
run(struct cli *c, bool help)
{
	struct paint p = { .colour = paint_wants_colour(STDOUT_FILENO) };
	json_t *doc = NULL;
	enum cli_exit done = CLI_DONE;

	if (help) {
		help_show(c->command, &p);
	} else {
		done = check_args(c);
		if (done == CLI_DONE)
			done = c->command->run(c, &doc);
		if (doc)
			put_doc(c, doc, &p);
	}
	done = flush(&p, done);
	json_decref(doc);
	paint_release(&p);
	return done;
}

int
cli_main(int argc, char **argv)
{
	struct cli c = { .conf_path = SYSCONFDIR "/ringround/ringround.conf" };
	struct reading r = { .c = &c, .argc = argc, .argv = argv, .i = 1 };
	enum cli_exit done = CLI_DONE;

	c.args = mem_grow(NULL, (size_t)argc + 1, sizeof(*c.args));
	for (; done == CLI_DONE && r.i < argc; r.i++)
		done = read_word(&r, argv[r.i]);
	if (done == CLI_DONE)
		done = run(&c, r.help);
	free(c.args);
	return (int)done;
}
