/*
 * ringround-exchange - the simulated telephone exchange, behind HTTP.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "exchange/rehearse.h"
#include "exchange/server.h"
#include "exchange/settings.h"

static void
on_signal(int number, void *arg)
{
	bool *done = arg;

	(void)number;
	*done = true;
}

static int
serve(struct loop *loop, const bool *done, struct err *e)
{
	while (!*done)
		if (loop_turn(loop, e) == -1)
			return -1;
	return 0;
}

static int
run(const struct settings *settings, struct err *e)
{
	struct loop *loop = loop_new();
	struct rehearse r;
	bool done = false;
	struct loop_signal *term, *intr;
	int result;

	term = loop_signal_new(loop, SIGTERM, on_signal, &done);
	intr = loop_signal_new(loop, SIGINT, on_signal, &done);
	result = rehearse_begin(&r, loop, settings, e);
	if (result == 0) {
		result = serve(loop, &done, e);
		if (result == 0)
			result = rehearse_summary(&r, stdout);
		rehearse_end(&r);
	}
	loop_signal_free(term);
	loop_signal_free(intr);
	loop_free(loop);
	return result;
}

int
main(int argc, char **argv)
{
	struct settings settings;
	struct err e;
	int result = 0, status;

	status = settings_read(argc, argv, &settings) == -1 ? 2 : 0;
	if (status == 0 && !settings.said) {
		result = run(&settings, &e);
		if (result == -1)
			fprintf(stderr, "ringround-exchange: %s\n", e.text);
		status = result != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
	}
	settings_release(&settings);
	return status;
}
