#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/people.h"
#include "cli/site.h"
#include "config/keys.h"
#include "config/rows.h"
#include "web/api_json.h"

#define TRIES 5		/* while others save the same files */

/* A row on its way into the files. */
struct entry {
	const struct rows_row *row;
	bool bad;	/* refused, and told why */
	bool held;	/* is not to be live yet */
	json_t *doc;	/* what becomes of it */
};

struct import {
	const struct cli *c;
	const char *into;
	const struct section_kind *kind;	/* of the rows */
	bool dry_run;
	struct rows *rows;
	struct entry *entries;
	struct change *change;
	json_t *refused;
	bool failed;		/* nothing can be done; has been told */
	bool progress;		/* a row was refused or held since */
};

static void
refuse(struct import *m, int line, const char *message)
{
	json_t *o = json_object();

	api_json_put_text(o, "file", m->c->args[0]);
	api_json_put_int(o, "line", line);
	api_json_put_text(o, "message", message);
	api_json_append(m->refused, o);
}

static void
refuse_entry(struct import *m, struct entry *x, const char *message)
{
	refuse(m, x->row->line, message);
	x->bad = m->progress = true;
}

/* What a row orders: each cell is said of the person; what stands in the
 * files and in no cell stays. */
static size_t
make_orders(const struct import *m, const struct entry *x, bool known,
    struct people_order *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < x->row->n; i++) {
		const struct reader_pair *p = &x->row->pairs[i];
		const struct key *k = keys_find(m->kind, p->key);
		bool live = strcmp(p->key, "live") == 0;

		if (live && x->held && known)
			continue;
		ret[n++] = (struct people_order){ p->key,
			live && x->held ? "no" : p->value,
			k->flags & KEY_REPEATS ? PEOPLE_MORE : PEOPLE_PUT };
	}
	return n;
}

static bool
is_known(const struct import *m, const char *id)
{
	const struct config *c = change_config(m->change);

	return m->kind == &section_participant ?
	    config_participant(c, id) != NULL :
	    config_volunteer(c, id) != NULL;
}

static void
apply_entry(struct import *m, struct entry *x)
{
	bool known = is_known(m, x->row->id);
	struct people_whom whom = { .kind = m->kind->name,
		.id = x->row->id, .may_be_new = true, .into = m->into };
	struct people_order *orders = mem_grow(NULL, x->row->n + 1,
	    sizeof(*orders));
	size_t n = make_orders(m, x, known, orders);
	struct err e;

	json_decref(x->doc);
	x->doc = json_object();
	api_json_put_int(x->doc, "line", x->row->line);
	api_json_put_text(x->doc, m->kind->name, x->row->id);
	api_json_put_bool(x->doc, "held", x->held);
	if (n == 0 && !known)
		refuse_entry(m, x, "the row says nothing but its id; fill in"
		    " its cells, or take it away");
	else if (people_apply(m->change, m->c->conf_path, &whom, orders, n,
	    x->doc, &e) == -1)
		refuse_entry(m, x, e.text);
	free(orders);
}

static struct entry *
find_entry(struct import *m, const char *section)
{
	size_t kind = strlen(m->kind->name);

	if (!section || strncmp(section, m->kind->name, kind) != 0 ||
	    section[kind] != ' ')
		return NULL;
	for (size_t i = 0; i < m->rows->n; i++) {
		if (!m->entries[i].row->fault &&
		    strcmp(m->entries[i].row->id, section + kind + 1) == 0)
			return &m->entries[i];
	}
	return NULL;
}

/* Mistakes that there would be: each is its row's.  What stands elsewhere may
 * go with a row that does; if there is none, the files cannot take them. */
static void
blame(struct import *m, const struct config_notes *mistakes)
{
	for (size_t i = 0; i < mistakes->n; i++) {
		const struct config_note *note = &mistakes->items[i];
		struct entry *x = find_entry(m, change_section_at(m->change,
		    &note->place));

		if (x)
			refuse_entry(m, x, note->message);
	}
	m->failed = !m->progress;
	if (m->failed) {
		site_tell(mistakes, "");
		cli_fail("the files would have mistakes; nothing was changed");
	}
}

static void
hold_back(struct import *m, const struct config *next)
{
	for (size_t i = 0; i < m->rows->n &&
	    m->kind == &section_participant; i++) {
		struct entry *x = &m->entries[i];

		if (!x->bad && !x->held && people_lack(m->change, next,
		    x->row->id) != PEOPLE_LACK_NOTHING)
			x->held = m->progress = true;
	}
}

/* Apply every row that is still good, and see what comes of it. */
static void
look(struct import *m)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct config_notes warnings = { NULL, 0, 0 };
	struct config *next = NULL;
	struct err e;

	m->progress = false;
	change_undo(m->change);
	for (size_t i = 0; i < m->rows->n; i++) {
		if (!m->entries[i].bad)
			apply_entry(m, &m->entries[i]);
	}
	/* A row may have been half applied before it was refused. */
	if (m->progress || !change_is_any(m->change))
		return;
	if (change_load(m->change, &next, &mistakes, &warnings, &e) == -1) {
		m->failed = true;
		cli_fail("%s", e.text);
	} else if (!next) {
		blame(m, &mistakes);
	} else {
		hold_back(m, next);
	}
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(next);
}

static void
release(struct import *m)
{
	for (size_t i = 0; m->entries && i < m->rows->n; i++)
		json_decref(m->entries[i].doc);
	free(m->entries);
	json_decref(m->refused);
	change_close(m->change);
	m->entries = NULL;
	m->refused = NULL;
	m->change = NULL;
}

/* Rows whose fault the table itself shows. */
static void
begin(struct import *m)
{
	m->refused = json_array();
	m->entries = mem_alloc((m->rows->n + 1) * sizeof(*m->entries));
	for (size_t i = 0; i < m->rows->n; i++) {
		m->entries[i].row = &m->rows->rows[i];
		if (m->rows->rows[i].fault)
			refuse_entry(m, &m->entries[i],
			    m->rows->rows[i].fault);
	}
}

static int
by_line(const void *a, const void *b)
{
	json_t *const *x = a, *const *y = b;

	return (int)(doc_int(*x, "line") - doc_int(*y, "line"));
}

/* In the order of the table. */
static json_t *
sorted(const json_t *list)
{
	size_t n = json_array_size(list);
	json_t **all = mem_grow(NULL, n + 1, sizeof(json_t *));
	json_t *ret = json_array();

	for (size_t i = 0; i < n; i++)
		all[i] = json_array_get(list, i);
	qsort(all, n, sizeof(json_t *), by_line);
	for (size_t i = 0; i < n; i++)
		api_json_append(ret, json_incref(all[i]));
	free(all);
	return ret;
}

static json_t *
make_doc(const struct import *m)
{
	json_t *doc = api_json_new("import"), *taken = json_array();

	for (size_t i = 0; i < m->rows->n; i++) {
		if (!m->entries[i].bad && !m->rows->bad)
			api_json_append(taken,
			    json_incref(m->entries[i].doc));
	}
	api_json_put_text(doc, "file", m->c->args[0]);
	api_json_put_bool(doc, "dry_run", m->dry_run);
	api_json_put_bool(doc, "changed", m->change &&
	    change_is_any(m->change));
	api_json_put(doc, "taken", taken);
	api_json_put(doc, "refused", sorted(m->refused));
	return doc;
}

/* One go; *ret_again where a file was changed under our hands. */
static enum cli_exit
import_once(struct import *m, json_t **ret_doc, bool *ret_again)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	enum cli_exit done = CLI_DONE;
	struct err e;

	*ret_again = false;
	begin(m);
	m->change = change_open(m->c->conf_path, &mistakes, &e);
	if (!m->change) {
		site_tell(&mistakes, "");
		config_notes_release(&mistakes);
		return cli_fail("%s; nothing was changed", e.text);
	}
	config_notes_release(&mistakes);
	for (m->progress = !m->rows->bad; m->progress && !m->failed;)
		look(m);
	if (m->failed)
		return CLI_REFUSED;
	*ret_doc = make_doc(m);
	if (!m->dry_run && !m->rows->bad && change_is_any(m->change))
		done = people_commit(m->c, m->change, *ret_doc, ret_again);
	if (json_array_size(m->refused) > 0)
		done = CLI_REFUSED;
	return done;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct import m = { .c = c, .into = cli_option(c, "into"),
		.kind = cli_option(c, "volunteers") ? &section_volunteer :
		    &section_participant,
		.dry_run = cli_option(c, "dry-run") != NULL };
	enum cli_exit done = CLI_REFUSED;
	bool again = true;
	struct err e;

	m.rows = rows_read(c->args[0], m.kind, &e);
	if (!m.rows)
		return cli_fail("%s", e.text);
	for (int i = 0; again && i < TRIES; i++) {
		json_decref(*ret_doc);
		*ret_doc = NULL;
		done = import_once(&m, ret_doc, &again);
		release(&m);
	}
	rows_free(m.rows);
	if (again) {
		json_decref(*ret_doc);
		*ret_doc = NULL;
		return cli_fail("somebody else is changing the same files all "
		    "the time; nothing was changed, try again");
	}
	return done;
}

/* ---- for people -------------------------------------------------------- */

static const char *
whose(const json_t *o)
{
	return json_object_get(o, "volunteer") ? doc_text(o, "volunteer") :
	    doc_text(o, "participant");
}

static void
show_taken(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = { ">Line", "Person", "", "" };
	struct table *t = table_new(headings, COUNT(headings));
	const json_t *o;
	size_t i;

	json_array_foreach(doc_list(doc, "taken"), i, o) {
		size_t n = json_array_size(doc_list(o, "changes"));

		table_cellf(t, PAINT_PLAIN, "%lld",
		    (long long)doc_int(o, "line"));
		table_cell(t, PAINT_BOLD, whose(o));
		if (doc_true(o, "is_new"))
			table_cell(t, PAINT_GOOD, "new");
		else
			table_cell(t, PAINT_PLAIN, n > 0 ? "changed" :
			    "as it is");
		table_cell(t, PAINT_WARN, doc_true(o, "held") ?
		    "not live before a contact and a test" : "");
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
}

/* What would be lost is shown: of whoever is there already, each line with
 * what stood there. */
static void
show_changes(const json_t *doc, struct paint *p)
{
	const json_t *o, *change;
	size_t i, k;

	json_array_foreach(doc_list(doc, "taken"), i, o) {
		const json_t *changes = doc_list(o, "changes");

		if (doc_true(o, "is_new") || json_array_size(changes) == 0)
			continue;
		paint_text(p, PAINT_BOLD, whose(o));
		paint_add(p, "\n");
		json_array_foreach(changes, k, change)
			people_show_change(change, p);
	}
}

static void
show(const json_t *doc, struct paint *p)
{
	const json_t *refused = doc_list(doc, "refused"), *o;
	size_t taken = json_array_size(doc_list(doc, "taken")), i;

	if (taken > 0)
		show_taken(doc, p);
	show_changes(doc, p);
	json_array_foreach(refused, i, o) {
		paint_text(p, PAINT_PLAIN, doc_text(o, "file"));
		paint_add(p, ":%lld: ", (long long)doc_int(o, "line"));
		paint_text(p, PAINT_BAD, doc_text(o, "message"));
		paint_add(p, "\n");
	}
	paint_add(p, "%s%zu taken, %zu refused.%s\n", doc_true(doc,
	    "dry_run") ? "Not done, only looked at: " : "", taken,
	    json_array_size(refused), doc_true(doc, "changed") ? "" :
	    " Nothing is to be changed.");
	people_show_daemon(doc, p);
}

const struct cli_command cmd_import = {
	.name = "import",
	.args = "FILE.csv",
	.min_args = 1,
	.max_args = 1,
	.summary = "Take people from a spreadsheet into the files",
	.details =
	    "The first row names the columns: id, and keys of [participant] "
	    "such as name,\ncall_me, phone, round, consent, live. Commas, "
	    "semicolons or tabs, quotes, UTF-8 or\nWindows-1252. Each row "
	    "that would be a mistake is named with its line, and left\nout; "
	    "the others are taken. Somebody who is there already has those "
	    "keys changed\nthat the row fills in; a consent, contact or "
	    "absence that is not there yet is put\nbeside the others. So the "
	    "same file twice changes nothing.\n\n"
	    "Nobody becomes live by a table before a contact agreed (column "
	    "contact) and a test\nwas confirmed (tested), or each was waived: "
	    "those are taken as live = no.\n",
	.examples = "  ringround import people.csv --dry-run\n"
	            "  ringround import people.csv\n"
	            "  ringround import north.csv --into "
	            "participants.d/north.conf\n"
	            "  ringround import team.csv --volunteers\n",
	.options = {
		{ "volunteers", NULL, "the rows are volunteers: columns are "
		    "keys of [volunteer],\n      such as name, mobile, areas, "
		    "duty" },
		{ "dry-run", NULL, "say what would be done, and do nothing" },
		{ "into", "FILE", "where new people go; otherwise people.conf "
		    "in the folder\n      of an include" },
	},
	.run = run,
	.show = show,
};
