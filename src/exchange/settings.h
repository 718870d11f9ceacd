/*
 * settings.h - the command line of ringround-exchange.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/clock.h"
#include "exchange/exchange.h"

#define SETTINGS_MAX_NUMBERS 16

struct settings {
	struct exchange_options exchange;
	const char *listen;
	const char *scenario;	/* a file; NULL for none */
	const char *ports_file;	/* NULL for none */
	const char *timezone;
	const char *start;	/* wall time; NULL: now */
	int rate;		/* 0: the machine's own clock */
	int faults;		/* level */
	bool said;		/* --help or --version: nothing more to do */

	/* what exchange refers to */
	char *auth_token, *api_key_secret;
	char *numbers[SETTINGS_MAX_NUMBERS];
};

/* Read the arguments; prints help, or what is wrong with them.  -1: misuse.
 * ret is to be released also then. */
int settings_read(int argc, char **argv, struct settings *ret) MUST_CHECK;
void settings_release(struct settings *s);

#endif /* SETTINGS_H */
