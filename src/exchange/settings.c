#include "exchange/settings.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/secret.h"
#include "rules/number.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "0"
#endif

static const char help[] =
"Usage: ringround-exchange --auth-token-file FILE [OPTION]...\n"
"A simulated telephone exchange: speaks Twilio's API on this machine, and has\n"
"simulated people behind every number.  Nobody is ever rung.\n"
"\n"
"  --listen ADDRESS:PORT    where it listens (127.0.0.1:9080; port 0: any)\n"
"  --ports-file FILE        write the port into FILE once it listens\n"
"  --account-sid SID        (AC00000000000000000000000000000001)\n"
"  --auth-token-file FILE   the account's token; signs the webhooks\n"
"  --api-key-sid SID, --api-key-secret-file FILE\n"
"                           a key that may be used in place of the token\n"
"  --path-prefix PATH       what stands before /2010-04-01\n"
"  --number NUMBER          one of the account's numbers; may be repeated.\n"
"                           Without any, every From becomes one\n"
"  --text-url URL           as in the console: who writes to us; '' where the\n"
"                           list is asked for it\n"
"  --call-url URL           who rings us\n"
"  --call-end-url URL       the end of such a call\n"
"  --scenario FILE          who does what, see ringround-exchange(1)\n"
"  --ca-file FILE           certificates to trust where a URL is https, in\n"
"                           place of the system's\n"
"  --seed N                 of all chance (1): the same people again\n"
"  --faults LEVEL           0 none, 1 seldom, 2 often, 3 bad\n"
"  --no-opt-outs            leave STOP to the other side\n"
"  --calls-per-second N     further ones wait in a queue (1)\n"
"  --texts-per-second N     (10)\n"
"  --start TIME             the clock starts there, such as 2026-12-04T08:58\n"
"  --rate N                 and runs so many times as fast, 1 to 3600\n"
"  --timezone ZONE          of --start and of the scenario (Europe/London)\n"
"  --help, --version\n"
"\n"
"Examples:\n"
"  ringround-exchange --auth-token-file auth_token --seed 7 \\\n"
"      --text-url http://127.0.0.1:9085/hook/main/text \\\n"
"      --call-url http://127.0.0.1:9085/hook/main/call\n"
"  ringround-exchange --auth-token-file auth_token --listen 127.0.0.1:0 \\\n"
"      --scenario morning.txt --start 2026-12-04T08:58 --rate 60\n"
"  curl -d '{\"from\": \"0115 496 0123\", \"keys\": \"1\"}' \\\n"
"      http://127.0.0.1:9080/exchange/call\n"
"\n"
"Ends by SIGTERM or SIGINT with a summary; exit status 1 where it had to\n"
"complain of what it was asked.\n";

enum choice {
	OPTION_LISTEN = 256,
	OPTION_PORTS_FILE,
	OPTION_ACCOUNT_SID,
	OPTION_AUTH_TOKEN_FILE,
	OPTION_API_KEY_SID,
	OPTION_API_KEY_SECRET_FILE,
	OPTION_PATH_PREFIX,
	OPTION_NUMBER,
	OPTION_TEXT_URL,
	OPTION_CALL_URL,
	OPTION_CALL_END_URL,
	OPTION_SCENARIO,
	OPTION_CA_FILE,
	OPTION_SEED,
	OPTION_FAULTS,
	OPTION_NO_OPT_OUTS,
	OPTION_CALLS_PER_SECOND,
	OPTION_TEXTS_PER_SECOND,
	OPTION_START,
	OPTION_RATE,
	OPTION_TIMEZONE,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option options[] = {
	{ "listen", required_argument, NULL, OPTION_LISTEN },
	{ "ports-file", required_argument, NULL, OPTION_PORTS_FILE },
	{ "account-sid", required_argument, NULL, OPTION_ACCOUNT_SID },
	{ "auth-token-file", required_argument, NULL, OPTION_AUTH_TOKEN_FILE },
	{ "api-key-sid", required_argument, NULL, OPTION_API_KEY_SID },
	{ "api-key-secret-file", required_argument, NULL,
	    OPTION_API_KEY_SECRET_FILE },
	{ "path-prefix", required_argument, NULL, OPTION_PATH_PREFIX },
	{ "number", required_argument, NULL, OPTION_NUMBER },
	{ "text-url", required_argument, NULL, OPTION_TEXT_URL },
	{ "call-url", required_argument, NULL, OPTION_CALL_URL },
	{ "call-end-url", required_argument, NULL, OPTION_CALL_END_URL },
	{ "scenario", required_argument, NULL, OPTION_SCENARIO },
	{ "ca-file", required_argument, NULL, OPTION_CA_FILE },
	{ "seed", required_argument, NULL, OPTION_SEED },
	{ "faults", required_argument, NULL, OPTION_FAULTS },
	{ "no-opt-outs", no_argument, NULL, OPTION_NO_OPT_OUTS },
	{ "calls-per-second", required_argument, NULL,
	    OPTION_CALLS_PER_SECOND },
	{ "texts-per-second", required_argument, NULL,
	    OPTION_TEXTS_PER_SECOND },
	{ "start", required_argument, NULL, OPTION_START },
	{ "rate", required_argument, NULL, OPTION_RATE },
	{ "timezone", required_argument, NULL, OPTION_TIMEZONE },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ "version", no_argument, NULL, OPTION_VERSION },
	{ NULL, 0, NULL, 0 },
};

static int
read_int(int least, int most, int *ret, struct err *e)
{
	int64_t n;

	if (num_int(optarg, least, most, &n, e) == -1)
		return -1;
	*ret = (int)n;
	return 0;
}

static int
read_seed(uint64_t *ret, struct err *e)
{
	int64_t n;

	if (num_int(optarg, 0, INT64_MAX, &n, e) == -1)
		return -1;
	*ret = (uint64_t)n;
	return 0;
}

static int
read_number(struct settings *s, struct err *e)
{
	struct number n;

	if (s->exchange.n_numbers == SETTINGS_MAX_NUMBERS)
		return err_set(e, "at most %d numbers", SETTINGS_MAX_NUMBERS);
	if (number_read(optarg, "44", &n, e) == -1)
		return -1;
	if (n.e164[0] == '\0')
		return err_set(e, "an account cannot have that number");
	s->numbers[s->exchange.n_numbers++] = mem_dup(n.e164);
	return 0;
}

static int
read_secret(char **ret, struct err *e)
{
	bool world;

	free(*ret);
	*ret = NULL;
	/* a rehearsal's secret guards nothing: who may read it is no matter */
	return secret_read(optarg, ret, &world, e);
}

/* One of those that are kept as they are; NULL where it is none. */
static const char **
text_of(struct settings *s, int option)
{
	switch (option) {
	case OPTION_LISTEN:
		return &s->listen;
	case OPTION_PORTS_FILE:
		return &s->ports_file;
	case OPTION_ACCOUNT_SID:
		return &s->exchange.account_sid;
	case OPTION_API_KEY_SID:
		return &s->exchange.api_key_sid;
	case OPTION_PATH_PREFIX:
		return &s->exchange.path_prefix;
	case OPTION_TEXT_URL:
		return &s->exchange.text_url;
	case OPTION_CALL_URL:
		return &s->exchange.call_url;
	case OPTION_CALL_END_URL:
		return &s->exchange.call_end_url;
	case OPTION_CA_FILE:
		return &s->exchange.ca_file;
	case OPTION_SCENARIO:
		return &s->scenario;
	case OPTION_START:
		return &s->start;
	case OPTION_TIMEZONE:
		return &s->timezone;
	default:
		return NULL;
	}
}

static int
take(struct settings *s, int option, struct err *e)
{
	const char **text = text_of(s, option);

	if (text != NULL) {
		*text = optarg;
		return 0;
	}
	switch (option) {
	case OPTION_AUTH_TOKEN_FILE:
		return read_secret(&s->auth_token, e);
	case OPTION_API_KEY_SECRET_FILE:
		return read_secret(&s->api_key_secret, e);
	case OPTION_NUMBER:
		return read_number(s, e);
	case OPTION_SEED:
		return read_seed(&s->exchange.seed, e);
	case OPTION_FAULTS:
		return read_int(0, 3, &s->faults, e);
	case OPTION_CALLS_PER_SECOND:
		return read_int(1, 1000, &s->exchange.calls_per_second, e);
	case OPTION_TEXTS_PER_SECOND:
		return read_int(1, 1000, &s->exchange.texts_per_second, e);
	case OPTION_RATE:
		return read_int(1, 3600, &s->rate, e);
	case OPTION_NO_OPT_OUTS:
		s->exchange.keeps_opt_outs = false;
		return 0;
	case OPTION_HELP:
		fputs(help, stdout);
		s->said = true;
		return 0;
	case OPTION_VERSION:
		puts("ringround-exchange " PACKAGE_VERSION);
		s->said = true;
		return 0;
	default:
		return err_set(e, "see ringround-exchange --help");
	}
}

static int
misuse(const char *what)
{
	fprintf(stderr, "ringround-exchange: %s\n", what);
	return -1;
}

int
settings_read(int argc, char **argv, struct settings *ret)
{
	struct err e;
	int option, at;

	*ret = (struct settings){
		.listen = "127.0.0.1:9080", .timezone = "Europe/London",
		.exchange = {
			.account_sid = "AC00000000000000000000000000000001",
			.seed = 1, .keeps_opt_outs = true,
			.loopback_only = true,
		},
	};
	while ((option = getopt_long(argc, argv, "", options, &at)) != -1) {
		if (option == '?')
			return misuse("see ringround-exchange --help");
		if (take(ret, option, &e) == -1) {
			err_wrap(&e, "--%s", options[at].name);
			return misuse(e.text);
		}
		if (ret->said)
			return 0;
	}
	if (optind < argc)
		return misuse("there are no arguments but options; see "
		    "ringround-exchange --help");
	if (ret->auth_token == NULL)
		return misuse("--auth-token-file is missing; see "
		    "ringround-exchange --help");
	if ((ret->exchange.api_key_sid == NULL)
	    != (ret->api_key_secret == NULL))
		return misuse("--api-key-sid and --api-key-secret-file go "
		    "together");
	ret->exchange.auth_token = ret->auth_token;
	ret->exchange.api_key_secret = ret->api_key_secret;
	ret->exchange.numbers = (const char *const *)ret->numbers;
	return 0;
}

void
settings_release(struct settings *s)
{
	mem_free_secret(s->auth_token);
	mem_free_secret(s->api_key_secret);
	for (size_t i = 0; i < COUNT(s->numbers); i++)
		free(s->numbers[i]);
}
