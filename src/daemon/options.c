#include "daemon/options.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/num.h"
#include "web/version.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

#define RATE_MAX 3600

static const char help[] =
    "Usage: ringroundd [-c FILE] [-t] [-v] [--rehearse=TIME --rate=N]\n"
    "\n"
    "Ringround's daemon: makes everybody's check-in calls and texts at their\n"
    "time, and flags whoever was not heard from.\n"
    "\n"
    "  -c, --config=FILE    the scheme (default: " SYSCONFDIR
    "/ringround/ringround.conf)\n"
    "  -t, --test           load the scheme, say what was found, and end:\n"
    "                       exit status 0, or 1 where there are mistakes\n"
    "  -v, --verbose        say more in the journal\n"
    "      --rehearse=TIME  run on a clock that begins at this local time,\n"
    "                       with a ledger that is only a rehearsal's; every\n"
    "                       outward address must be on this machine\n"
    "      --accept-clock   begin although the clock stands behind the\n"
    "                       ledger: it is right now, and was ahead before\n"
    "      --rate=N         so many times as fast, 1 to 3600 (default: 1)\n"
    "  -h, --help           show this and end\n"
    "  -V, --version        show the version and end\n"
    "\n"
    "Examples:\n"
    "  ringroundd -t -c /etc/ringround/ringround.conf\n"
    "  ringroundd -c scheme.conf --rehearse=2026-12-04T08:58 --rate=60\n"
    "\n"
    "Signals: HUP loads the scheme anew; TERM finishes what is under way and "
    "ends.\n"
    "See also: ringround(1), ringround.conf(5)\n";

static int
read_rate(const char *text, int *ret)
{
	int64_t rate;
	struct err e;

	if (num_int(text, 1, RATE_MAX, &rate, &e) == -1) {
		fprintf(stderr, "ringroundd: --rate %s; write a whole number "
		    "from 1 to %d\n", e.text, RATE_MAX);
		return -1;
	}
	*ret = (int)rate;
	return 0;
}

static int
read_one(int c, struct options *o)
{
	switch (c) {
	case 'c':
		o->daemon.config = optarg;
		return 0;
	case 't':
		o->check = true;
		return 0;
	case 'v':
		log_set_level(LOG_LEVEL_DEBUG);
		return 0;
	case 'R':
		o->daemon.rehearse = optarg;
		return 0;
	case 'A':
		o->daemon.accept_clock = true;
		return 0;
	case 'r':
		return read_rate(optarg, &o->daemon.rate);
	case 'h':
		fputs(help, stdout);
		o->said = true;
		return 0;
	case 'V':
		puts("ringroundd " VERSION_TEXT);
		o->said = true;
		return 0;
	default:
		fputs("Try: ringroundd --help\n", stderr);
		return -1;
	}
}

int
options_read(int argc, char **argv, struct options *ret)
{
	static const struct option longs[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "test", no_argument, NULL, 't' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "rehearse", required_argument, NULL, 'R' },
		{ "accept-clock", no_argument, NULL, 'A' },
		{ "rate", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	memset(ret, 0, sizeof(*ret));
	ret->daemon.config = SYSCONFDIR "/ringround/ringround.conf";
	while ((c = getopt_long(argc, argv, "c:tvhV", longs, NULL)) != -1)
		if (read_one(c, ret) == -1)
			return -1;
	if (optind < argc) {
		fprintf(stderr, "ringroundd: \"%s\" is one word too many; try "
		    "ringroundd --help\n", argv[optind]);
		return -1;
	}
	if (ret->daemon.rate != 0 && ret->daemon.rehearse == NULL) {
		fputs("ringroundd: --rate goes with --rehearse only\n",
		    stderr);
		return -1;
	}
	if (ret->daemon.rate == 0)
		ret->daemon.rate = 1;
	return 0;
}
