/*
 * cli.h - `ringround`, the command line of coordinators and administrators.
 *
 * A command is one file with one struct cli_command, and a line in the table
 * in cli.c.  What a command finds is a JSON document; the same document is
 * printed for scripts (--json) or shown to people by the command's show.
 */
#ifndef CLI_H
#define CLI_H

#include "base/err.h"
#include "base/json.h"
#include "cli/paint.h"

/* Exit codes. */
enum cli_exit {
	CLI_DONE = 0,
	CLI_REFUSED = 1,	/* refused, or found wanting */
	CLI_MISUSE = 2,		/* the command line makes no sense */
};

struct cli;

struct cli_option {
	const char *name;	/* "date", for --date */
	const char *value;	/* "DATE"; NULL where it takes none */
	const char *text;	/* what it does */
};

#define CLI_MAX_OPTIONS 8

struct cli_command {
	const char *name;
	const char *args;	/* "CODE"; "" for none */
	int min_args, max_args;
	const char *summary;	/* one line, no full stop */
	const char *details;	/* further paragraphs; NULL for none */
	void (*more)(struct buf *b);	/* details that are tables of ours */
	const char *examples;	/* lines */
	struct cli_option options[CLI_MAX_OPTIONS];

	/* Do it.  *ret_doc, which may stay NULL, is what was found, also
	 * where the exit code is CLI_REFUSED.  What went wrong has been said
	 * (cli_fail). */
	enum cli_exit (*run)(struct cli *c, json_t **ret_doc);

	/* Show the document to a person. */
	void (*show)(const json_t *doc, struct paint *p);

	/* Write it in another form, where the options ask for one; false: they
	 * do not, and it is shown.  May be NULL. */
	bool (*write)(const struct cli *c, const json_t *doc, struct buf *out);
};

struct cli {
	const struct cli_command *command;
	const char *conf_path;
	bool own_conf;		/* it was given: not the service's */
	bool json;
	char **args;		/* the command's own, n_args of them */
	int n_args;
	const char *values[CLI_MAX_OPTIONS];	/* NULL: not given */
};

/* The whole program: what main returns. */
int cli_main(int argc, char **argv);

/* The value of the command's option; "" for one without, where it stands;
 * NULL where it is not given. */
const char *cli_option(const struct cli *c, const char *name);

/* Say on standard error what is wrong and what to do.  Return CLI_REFUSED and
 * CLI_MISUSE. */
enum cli_exit cli_fail(const char *fmt, ...) PRINTF_LIKE(1, 2);
enum cli_exit cli_misuse(const struct cli *c, const char *fmt,
    ...) PRINTF_LIKE(2, 3);

/* All commands, NULL at the end. */
const struct cli_command *const *cli_commands(void);

#endif /* CLI_H */
