#include <stdio.h>
#include <stdlib.h>

#include "daemon/daemon.h"
#include "daemon/loading.h"

static void
print_count(size_t n, const char *one, const char *after)
{
	printf("%zu %s%s%s", n, one, n == 1 ? "" : "s", after);
}

static void
print_found(const struct config *c)
{
	printf("%s: ", c->place.file);
	print_count(c->n_participants, "participant", ", ");
	printf("%zu live; ", c->n_live);
	print_count(c->n_volunteers, "volunteer", "; ");
	print_count(c->n_rounds, "round", "; ");
	print_count(c->n_gateways, "gateway", ": it can be started\n");
}

enum daemon_end
daemon_check(const struct daemon_options *o)
{
	struct config_notes mistakes, warnings;
	struct config *c = loading_load(o->config, &mistakes, &warnings);
	struct buf list = BUF_EMPTY;
	struct err e;
	enum daemon_end end = DAEMON_DONE;

	loading_list(&warnings, "warning: ", &list);
	loading_list(&mistakes, "", &list);
	fputs(buf_text(&list), stderr);
	if (c == NULL) {
		fprintf(stderr, "%s: %zu %s, not started\n", o->config,
		    mistakes.n, mistakes.n == 1 ? "mistake" : "mistakes");
		end = DAEMON_FAILED;
	} else if (loading_check_tls(c, &e) == -1 || (o->rehearse != NULL &&
	    loading_check_rehearsal(c, &e) == -1)) {
		fprintf(stderr, "%s: %s\n", o->config, e.text);
		end = DAEMON_FAILED;
	} else
		print_found(c);
	buf_release(&list);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(c);
	return end;
}
