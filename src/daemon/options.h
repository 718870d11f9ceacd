/*
 * options.h - the daemon's command line.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "daemon/daemon.h"

struct options {
	struct daemon_options daemon;
	bool check;	/* -t */
	bool said;	/* --help or --version: nothing more to do */
};

/* Read the arguments; prints help, or what is wrong with them.  -1: misuse. */
int options_read(int argc, char **argv, struct options *ret) MUST_CHECK;

#endif /* OPTIONS_H */
