/*
 * The control socket's requests, without the socket: lines such as
 * "P/api/claim code=K4F7" or "G/api/flags all=1", one after the other on one
 * ledger.  Each is answered once, by JSON, and by nothing that would mean
 * that somebody's words made the service fail; a flag ends by its closing and
 * by nothing else, and the ledger stays as the auditor wants it.
 */
#include "fuzz.h"

#include "base/json.h"
#include "base/log.h"
#include "engine/audit.h"
#include "engine/engine.h"
#include "web/control.h"
#include "web/rig.h"

#define NOW 1796367600000	/* 2026-12-04T07:00:00Z */
#define LIVES 200

static const struct config *conf;
static struct ledger *ledger;
static struct engine *engine;
static struct control *control;
static struct random random_source;
static int answered, status;
static bool closed;

/* ---- instead of the listener, and of the daemon ------------------------ */

void
httpd_answer(struct httpd_exchange *x, int code, const char *content_type,
    const char *body, size_t n, const struct http_fields *extra)
{
	json_error_t fault;
	json_t *doc = json_loadb(body, n, JSON_REJECT_DUPLICATES, &fault);

	(void)x;
	must(strcmp(content_type, "application/json") == 0);
	must(json_is_object(doc));
	must(code / 100 == 2 || json_object_get(doc, "error") != NULL);
	must(strcmp(http_fields_get(extra, "Cache-Control"), "no-store") == 0);
	json_decref(doc);
	answered++;
	status = code;
}

static void
no_submit(void *arg, struct gateway *g, const struct submission *s)
{
	(void)arg;
	(void)g;
	(void)s;
}

static void
no_poll(void *arg, struct gateway *g, const char *ref, enum channel channel,
    const char *gateway_id)
{
	(void)arg;
	(void)g;
	(void)ref;
	(void)channel;
	(void)gateway_id;
}

static void
no_lookup(void *arg, struct gateway *g, const struct submission *s,
    msec since)
{
	(void)arg;
	(void)g;
	(void)s;
	(void)since;
}

static void
no_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	(void)arg;
	(void)notice;
	(void)to;
	(void)subject;
	(void)text;
}

static void
no_beat(void *arg, const char *url)
{
	(void)arg;
	(void)url;
}

static msec
now(void *arg)
{
	(void)arg;
	return NOW;
}

static void
reload(void *arg, int accept_removals, const char *who,
    struct control_reload *asked)
{
	(void)arg;
	must(accept_removals >= 0 && who[0] != '\0');
	control_reload_answer(asked, TURN_KEPT, NULL, NULL);
}

/* ---- one life of it ---------------------------------------------------- */

static void
add_flag(void)
{
	struct ledger_flag f = {
		.code = "K4F7", .number = "+447700900999", .reason =
		FLAG_UNCLEAR_REPLY, .priority = PRIORITY_NORMAL, .state =
		FLAG_OPEN, .raised_at = NOW, .deadline = NOW + MSEC_HOUR,
		.coordinator_at = NOW + 2 * MSEC_HOUR, .claim_by = MSEC_HOUR,
	};
	struct err e;

	rig_must(ledger_flag_add(ledger, &f, &e), &e);
	must(ledger_commit(ledger, &e) == LEDGER_OK);
	closed = false;
}

static void
open_all(void)
{
	static const struct engine_ops ops = { .submit = no_submit,
		.poll = no_poll, .lookup = no_lookup, .mail = no_mail,
		.beat = no_beat };
	static const struct control_ops control_ops = { .now = now,
		.reload = reload };
	struct err e;

	ledger = rig_ledger(conf);
	random_init_seed(&random_source, 1);
	engine = engine_new(ledger, conf, &ops, &random_source, &e);
	rig_must(engine != NULL ? 0 : -1, &e);
	control = control_new(engine, &control_ops);
}

static void
close_all(void)
{
	static const char *const files[] = { "", "-wal", "-shm", ".lock" };

	engine_free(engine);
	control_free(control);
	ledger_close(ledger);
	for (size_t i = 0; i < COUNT(files); i++) {
		char *path = mem_printf("%s/ringround.db%s", rig_folder,
		    files[i]);

		unlink(path);
		free(path);
	}
}

static void
end_all(void)
{
	close_all();
	rig_clean_up();
}

/* To open a ledger takes long: many lives go into one. */
static void
begin(void)
{
	static int lives;

	if (conf == NULL) {
		/* In memory where that can be. */
		if (access("/dev/shm", W_OK) == 0)
			snprintf(rig_folder, sizeof(rig_folder),
			    "/dev/shm/rr-XXXXXX");
		log_set_level(LOG_LEVEL_ERROR);
		conf = rig_config();
		open_all();
		atexit(end_all);
	} else if (++lives % LIVES == 0) {
		close_all();
		open_all();
	}
	add_flag();
}

static int
on_finding(const struct ledger_finding *f, void *arg)
{
	(void)arg;
	fprintf(stderr, "the auditor: %d, %s\n", f->rule, f->name);
	must(false);
	return -1;
}

/* "P/api/claim code=K4F7": method, path, and the form behind a blank. */
static void
ask(char *line)
{
	struct http_incoming in = { .content_type =
		"application/x-www-form-urlencoded", .peer_uid = getuid() };
	char *form = strchr(line, ' ');
	struct err e;

	if (form != NULL)
		*form++ = '\0';
	in.method = line[0] == 'P' ? HTTP_POST : HTTP_GET;
	in.path = in.target = line[0] != '\0' ? line + 1 : line;
	in.body = in.method == HTTP_POST && form != NULL ? form : "";
	in.body_len = strlen(in.body);
	in.query = in.method == HTTP_GET && form != NULL ? form : "";
	answered = 0;
	control_serve(NULL, &in, control);
	while (engine_has_work(engine))
		must(engine_turn(engine, NOW, &e) == LEDGER_OK);
	must(answered == 1 && status < 500);
	if (status == 200 && strcmp(line, "P/api/resolve") == 0)
		closed = true;
}

static void
ask_text(const char *text)
{
	char *line = mem_dup(text);

	ask(line);
	free(line);
}

/* The next life finds no flag and no hold of this one. */
static void
end(void)
{
	struct ledger_flag flag;
	struct err e;

	must(ledger_flag_by_code(ledger, "K4F7", &flag, &e) == 1);
	must((flag.state == FLAG_RESOLVED) == closed);
	must(audit_run(ledger, conf, NOW, AUDIT_WHOLE, on_finding, NULL,
	    &e) == 0);
	if (!closed)
		ask_text("P/api/resolve code=K4F7&disposition=settled");
	must(closed);
	ask_text("P/api/resume");
	for (size_t i = 0; i < conf->n_rounds; i++) {
		char *line = mem_printf("P/api/resume round=%s",
		    conf->rounds[i].name);

		ask_text(line);
		free(line);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = fuzz_text(bytes, n), *at = text, *line;
	int lines = 0;

	begin();
	while ((line = strsep(&at, "\n")) != NULL && lines++ < 20)
		ask(line);
	end();
	free(text);
	return 0;
}
