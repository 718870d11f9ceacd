#include "cli/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/client.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "net/form.h"

/* Of a reload that was refused: what is wrong in which line. */
static void
tell_mistakes(const json_t *doc)
{
	const json_t *m;
	size_t i;

	json_array_foreach(doc_list(doc, "mistakes"), i, m)
		fprintf(stderr, "%s:%lld: %s\n", doc_text(m, "file"),
		    (long long)doc_int(m, "line"), doc_text(m, "message"));
}

/* The daemon's word: its document, or its reason. */
static enum cli_exit
read_answer(const struct http_result *r, json_t **ret_doc)
{
	json_t *doc = json_loadb(buf_text(&r->body), r->body.len, 0, NULL);

	if (!json_is_object(doc)) {
		json_decref(doc);
		return cli_fail("the daemon's answer makes no sense; are "
		    "ringround and ringroundd of one version?");
	}
	if (r->status / 100 == 2) {
		*ret_doc = doc;
		return CLI_DONE;
	}
	tell_mistakes(doc);
	cli_fail("%s", *doc_text(doc, "error") ? doc_text(doc, "error") :
	    "the daemon refused");
	json_decref(doc);
	return CLI_REFUSED;
}

/* Say why nothing came of it, and how the daemon is started. */
static enum cli_exit
not_running(const struct cli *c, const char *why)
{
	if (c->own_conf)
		return cli_fail("%s; start it by `ringroundd -c %s`, with "
		    "--rehearse=TIME where it rehearses", why, c->conf_path);
	return cli_fail("%s; start it by `systemctl start ringround`", why);
}

/* CLIENT_FAILED has been told. */
static enum client_fate
ask_daemon(const struct cli *c, const char *target, const struct buf *form,
    enum cli_exit *ret_done, json_t **ret_doc)
{
	struct http_result result;
	struct err e;
	enum client_fate fate = CLIENT_FAILED;
	char *path = site_socket(c->conf_path, &e);

	if (path)
		fate = client_ask(path, target, form, &result, &e);
	free(path);
	if (fate == CLIENT_FAILED)
		*ret_done = cli_fail("%s", e.text);
	if (fate == CLIENT_ANSWERED) {
		*ret_done = read_answer(&result, ret_doc);
		http_result_release(&result);
	}
	return fate;
}

/* The ledger's newest instant where that is later: a rehearsal's ledger is
 * ahead of us. */
static int
find_now(struct ledger *l, msec *ret, struct err *e)
{
	struct clock clock;
	msec newest = 0;

	clock_init_real(&clock);
	*ret = clock_now(&clock);
	if (l && ledger_newest(l, &newest, e) == -1)
		return -1;
	if (newest > *ret)
		*ret = newest;
	return 0;
}

static enum cli_exit
look_ourselves(const struct cli *c, struct config *conf, ask_offline *offline,
    bool needs_ledger, json_t **ret_doc)
{
	struct api_source s = { .config = conf };
	struct err e;
	json_t *doc = NULL;

	if (access(conf->service.database, F_OK) == 0) {
		s.ledger = ledger_open(conf->service.database, LEDGER_READ,
		    &e);
		if (!s.ledger)
			return cli_fail("%s", e.text);
	} else if (needs_ledger) {
		err_set(&e, "there is no ledger at %s yet: the daemon has "
		    "never run", conf->service.database);
		return not_running(c, e.text);
	}
	if (find_now(s.ledger, &s.now, &e) == 0)
		doc = offline(c, &s, &e);
	ledger_close(s.ledger);
	if (!doc)
		return cli_fail("%s", e.text);
	*ret_doc = doc;
	return CLI_DONE;
}

enum cli_exit
ask_read(const struct cli *c, const char *target, ask_offline *offline,
    bool needs_ledger, json_t **ret_doc)
{
	enum cli_exit done = CLI_REFUSED;
	struct config *conf;

	if (ask_daemon(c, target, NULL, &done, ret_doc) != CLIENT_DOWN)
		return done;
	if (!offline)
		return not_running(c, "the daemon is not running");
	conf = site_config(c->conf_path);
	if (!conf)
		return CLI_REFUSED;
	cli_fail("the daemon is not running, so nobody is being asked; this "
	    "is what the files say");
	done = look_ourselves(c, conf, offline, needs_ledger, ret_doc);
	config_free(conf);
	return done;
}

enum cli_exit
ask_write(const struct cli *c, const char *target, const struct buf *form,
    json_t **ret_doc)
{
	enum cli_exit done = CLI_REFUSED;

	if (ask_daemon(c, target, form, &done, ret_doc) == CLIENT_DOWN)
		return not_running(c, "the daemon is not running, and nobody "
		    "else writes into the ledger");
	return done;
}

enum ask_reload
ask_reload(const struct cli *c)
{
	enum cli_exit done = CLI_REFUSED;
	struct buf form = BUF_EMPTY;
	json_t *doc = NULL;
	enum client_fate fate;

	form_add(&form, "accept_removals", "0");
	fate = ask_daemon(c, "/api/reload", &form, &done, &doc);
	buf_release(&form);
	json_decref(doc);
	if (fate == CLIENT_DOWN)
		return ASK_DOWN;
	return done == CLI_DONE ? ASK_LOADED : ASK_REFUSED;
}

bool
ask_quietly(const struct cli *c, const char *target, json_t **ret_doc)
{
	struct http_result result;
	struct err e;
	char *path = site_socket(c->conf_path, &e);
	bool done = path && client_ask(path, target, NULL, &result, &e) ==
	    CLIENT_ANSWERED;

	free(path);
	if (!done)
		return false;
	if (result.status == 200)
		*ret_doc = json_loadb(buf_text(&result.body), result.body.len,
		    0, NULL);
	http_result_release(&result);
	return *ret_doc != NULL;
}
