#include "cli/commands.h"

#include "base/clock.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "cli/when.h"
#include "engine/audit.h"
#include "ledger/view.h"
#include "web/api_json.h"

/* So long what was set aside is shown. */
#define ASIDE_DAYS 30

/* Like the daemon's own audit, but of every row, and beside it: a look at a
 * large ledger must not hold the loop. */

static int
add_finding(const struct ledger_finding *f, void *arg)
{
	json_t *o = json_object();

	api_json_put_int(o, "invariant", f->rule);
	api_json_put_text(o, "what", f->name);
	api_json_put_int(o, "checkin", f->checkin);
	api_json_put_int(o, "attempt", f->attempt);
	api_json_put_int(o, "flag", f->flag);
	api_json_append(arg, o);
	return 0;
}

/* The ledger's newest instant where the clock is behind it: a rehearsal's is
 * ahead of us. */
static int
find_now(struct ledger *l, msec *ret, struct err *e)
{
	struct clock clock;
	msec newest;

	clock_init_real(&clock);
	if (ledger_newest(l, &newest, e) == -1)
		return -1;
	*ret = clock_now(&clock);
	if (newest > *ret)
		*ret = newest;
	return 0;
}

static int
add_aside(const struct view_aside *a, void *arg)
{
	json_t *o = json_object();

	api_json_put_text(o, "kind", a->kind);
	api_json_put_text(o, "subject", a->subject);
	api_json_put_instant(o, "at", a->at);
	api_json_put_instant(o, "last_at", a->last_at);
	api_json_put_int(o, "times", a->times);
	api_json_put_text(o, "why", a->why);
	api_json_put_text(o, "content", a->content);
	api_json_append(arg, o);
	return 0;
}

/* Fills doc: how much was found, or -1. */
static int
look(struct ledger *l, const struct config *conf, json_t *doc, struct err *e)
{
	json_t *findings = json_array(), *asides = json_array();
	struct buf pages = BUF_EMPTY;
	msec now;
	int n = -1, bad = 0;

	if (find_now(l, &now, e) == 0)
		n = audit_run(l, conf, now, AUDIT_WHOLE, add_finding, findings,
		    e);
	if (n != -1 && (bad = ledger_audit_pages(l, &pages, e)) == -1)
		n = -1;
	if (n != -1 && view_asides(l, now - ASIDE_DAYS * MSEC_DAY, add_aside,
	    asides, e) == -1)
		n = -1;
	if (n != -1) {
		api_json_put_instant(doc, "now", now);
		api_json_put_bool(doc, "ok", n == 0 && bad == 0);
		api_json_put_text(doc, "file", buf_text(&pages));
	}
	api_json_put(doc, "findings", findings);
	api_json_put(doc, "set_aside", asides);
	buf_release(&pages);
	return n == -1 ? -1 : n + bad;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct config *conf = site_config(c->conf_path);
	struct ledger *l;
	struct err e;
	int found;

	if (conf == NULL)
		return CLI_REFUSED;
	l = ledger_open(conf->service.database, LEDGER_READ, &e);
	if (l == NULL) {
		config_free(conf);
		return cli_fail("%s", e.text);
	}
	*ret_doc = api_json_new("audit");
	found = look(l, conf, *ret_doc, &e);
	ledger_close(l);
	config_free(conf);
	if (found != -1)
		return found > 0 ? CLI_REFUSED : CLI_DONE;
	json_decref(*ret_doc);
	*ret_doc = NULL;
	return cli_fail("%s", e.text);
}

static void
cell_id(struct table *t, const json_t *o, const char *key)
{
	int64_t id = doc_int(o, key);

	if (id != 0)
		table_cellf(t, PAINT_PLAIN, "%lld", (long long)id);
	else
		table_cell(t, PAINT_DIM, "-");
}

/* No broken promise, but something that a human should look at. */
static void
show_asides(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		"Set aside", "Which", "Newest", ">Times", "Why", "What",
	};
	struct table *t;
	const json_t *o;
	size_t i;

	if (json_array_size(doc_list(doc, "set_aside")) == 0)
		return;
	t = table_new(headings, COUNT(headings));
	json_array_foreach(doc_list(doc, "set_aside"), i, o) {
		char when[WHEN_SIZE];

		table_cell(t, PAINT_WARN, doc_text(o, "kind"));
		table_cellf(t, PAINT_PLAIN, "%.12s", doc_text(o, "subject"));
		table_cell(t, PAINT_PLAIN, when_short(doc_text(o, "last_at"),
		    doc_text(doc, "now"), when));
		table_cellf(t, PAINT_PLAIN, "%lld", (long long)doc_int(o,
		    "times"));
		table_cell(t, PAINT_PLAIN, doc_text(o, "why"));
		table_cell(t, PAINT_PLAIN, doc_text(o, "content"));
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
	paint_add(p, "\n");
}

static void
show(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		">Invariant", "What was found", ">Check-in", ">Attempt",
		">Flag",
	};
	struct table *t;
	const json_t *o;
	size_t i;

	show_asides(doc, p);
	if (doc_true(doc, "ok")) {
		paint_text(p, PAINT_GOOD, "in order");
		paint_add(p, ": the ledger keeps every promise that it can "
		    "show\n");
		return;
	}
	if (*doc_text(doc, "file")) {
		paint_text(p, PAINT_BAD, "the file is damaged");
		paint_add(p, ": %s\nStop the daemon, and put back the newest "
		    "copy, or save what can be saved by\n`sqlite3 "
		    "ringround.db .recover`; ringroundd(8) says how.\n",
		    doc_text(doc, "file"));
	}
	if (json_array_size(doc_list(doc, "findings")) == 0)
		return;
	t = table_new(headings, COUNT(headings));
	json_array_foreach(doc_list(doc, "findings"), i, o) {
		table_cellf(t, PAINT_BAD, "%lld", (long long)doc_int(o,
		    "invariant"));
		table_cell(t, PAINT_PLAIN, doc_text(o, "what"));
		cell_id(t, o, "checkin");
		cell_id(t, o, "attempt");
		cell_id(t, o, "flag");
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
}

const struct cli_command cmd_audit = {
	.name = "audit",
	.args = "",
	.summary = "Look through the whole ledger for a broken promise, and "
	    "change nothing",
	.details = "Exit status 1 where something is found. The daemon looks "
	    "at what is open every five\nminutes by itself; this looks at "
	    "every row and every page of the file, whether the\ndaemon runs "
	    "or not, and needs leave to read the ledger (root, or the "
	    "daemon's user).\n",
	.examples = "  ringround audit\n"
	            "  ringround audit --json\n",
	.run = run,
	.show = show,
};
