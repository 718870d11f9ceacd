#include "cli/people.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "cli/ask.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "cli/trial.h"
#include "config/keys.h"
#include "config/values.h"
#include "rules/nearest.h"
#include "web/api_json.h"

#define TRIES 5		/* while others save the same files */

/* ---- one person -------------------------------------------------------- */

static const char *
find_file(const struct config *c, const struct people_whom *whom)
{
	const struct config_participant *p;
	const struct config_volunteer *v;

	if (strcmp(whom->kind, "volunteer") == 0) {
		v = config_volunteer(c, whom->id);
		return v ? v->place.file : NULL;
	}
	p = config_participant(c, whom->id);
	return p ? p->place.file : NULL;
}

static int
refuse_unknown(const struct config *c, const struct people_whom *whom,
    struct err *e)
{
	bool volunteer = strcmp(whom->kind, "volunteer") == 0;
	size_t n = volunteer ? c->n_volunteers : c->n_participants;
	const char **ids = mem_grow(NULL, n + 1, sizeof(*ids));
	const char *near;

	for (size_t i = 0; i < n; i++)
		ids[i] = volunteer ? c->volunteers[i].id :
		    c->participants[i].id;
	near = nearest_name(whom->id, ids, n);
	if (near)
		err_set(e, "there is no %s %s; did you mean %s?", whom->kind,
		    whom->id, near);
	else
		err_set(e, "there is no %s %s; `ringround add` puts one in",
		    whom->kind, whom->id);
	free(ids);
	return -1;
}

static int
check_keys(const char *kind, const struct people_order *orders, size_t n,
    struct err *e)
{
	const struct section_kind *k = keys_section(kind);

	for (size_t i = 0; i < n; i++) {
		const struct key *key = keys_find(k, orders[i].key);

		if (!key) {
			struct buf b = BUF_EMPTY;
			keys_suggest_key(k, orders[i].key, &b);
			err_set(e, "there is no key \"%.40s\"%s",
			    orders[i].key, buf_text(&b));
			buf_release(&b);
			return -1;
		}
		if (orders[i].how == PEOPLE_MORE &&
		    !(key->flags & KEY_REPEATS))
			return err_set(e, "%s stands once only; write %s=%s",
			    key->name, key->name, orders[i].value);
	}
	return 0;
}

static void
note_change(json_t *list, const char *key, const char *from, const char *to)
{
	json_t *o = json_object();

	api_json_put_text(o, "key", key);
	api_json_put_text(o, "from", from);
	api_json_put_text(o, "to", to);
	api_json_append(list, o);
}

static int
add_new(struct edit *t, const char *section,
    const struct people_order *orders, size_t n, json_t *list, struct err *e)
{
	struct reader_pair *pairs = mem_grow(NULL, n + 1, sizeof(*pairs));
	size_t m = 0;

	for (size_t i = 0; i < n; i++) {
		if (!*orders[i].value)
			continue;
		pairs[m++] = (struct reader_pair){ orders[i].key,
			orders[i].value, 0, 0 };
		note_change(list, orders[i].key, NULL, orders[i].value);
	}
	int done = edit_add(t, section, pairs, m, e);
	free(pairs);
	return done == -1 ? -1 : (int)m;
}

/* All values that the key is to have, in one order: how many lines change. */
static int
put(struct edit *t, const char *section, const struct people_order *orders,
    size_t n, size_t first, json_t *list, struct err *e)
{
	const char *key = orders[first].key, *was;
	const char **values = mem_grow(NULL, n, sizeof(*values));
	size_t m = 0;
	int changes = 0;

	for (size_t i = first; i < n; i++) {
		if (strcmp(orders[i].key, key) == 0 && *orders[i].value)
			values[m++] = orders[i].value;
	}
	for (size_t i = 0; (was = edit_value(t, section, key, i)) || i < m;
	    i++) {
		if (was && i < m && strcmp(was, values[i]) == 0)
			continue;
		note_change(list, key, was, i < m ? values[i] : NULL);
		changes++;
	}
	if (edit_put(t, section, key, values, m, e) == -1)
		changes = -1;
	free(values);
	return changes;
}

static int
more(struct edit *t, const char *section, const struct people_order *o,
    json_t *list, struct err *e)
{
	const char *was;

	for (size_t i = 0; (was = edit_value(t, section, o->key, i)); i++) {
		if (strcmp(was, o->value) == 0)
			return 0;
	}
	note_change(list, o->key, NULL, o->value);
	return edit_more(t, section, o->key, o->value, e) == -1 ? -1 : 1;
}

/* Was the key put by an earlier order, all its values at once? */
static bool
was_put(const struct people_order *orders, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (strcmp(orders[j].key, orders[i].key) == 0)
			return orders[i].how == PEOPLE_PUT;
	}
	return false;
}

static int
change_old(struct edit *t, const char *section,
    const struct people_order *orders, size_t n, json_t *list, struct err *e)
{
	int changes = 0;

	for (size_t i = 0; i < n; i++) {
		int one = 0;

		if (orders[i].how == PEOPLE_MORE)
			one = more(t, section, &orders[i], list, e);
		else if (!was_put(orders, i))
			one = put(t, section, orders, n, i, list, e);
		if (one == -1)
			return -1;
		changes += one;
	}
	return changes;
}

static bool
is_table(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && strcasecmp(dot, ".csv") == 0;
}

/* The file that they stand in, or are to stand in; NULL with *e. */
static char *
choose_file(const struct change *ch, const char *conf_path,
    const struct people_whom *whom, struct err *e)
{
	const char *file = find_file(change_config(ch), whom);
	const char *target = file ? file : whom->into;

	if (file && whom->must_be_new)
		err_set(e, "there is a %s %s already, in %s; `ringround set`"
		    " changes them", whom->kind, whom->id, file);
	else if (target && is_table(target))
		err_set(e, "%s is a table, which is not changed from here;"
		    " change it there, or let %s stand in a file of"
		    " [%s]", target, whom->id, whom->kind);
	else if (file)
		return mem_dup(file);
	else if (!whom->may_be_new && !whom->must_be_new)
		refuse_unknown(change_config(ch), whom, e);
	else if (!values_is_id(whom->id))
		err_set(e, "\"%.40s\" is no id; write letters, digits, - and"
		    " _, at most 40 of them", whom->id);
	else
		return config_new_file(conf_path, whom->kind, whom->into, e);
	return NULL;
}

int
people_apply(struct change *ch, const char *conf_path,
    const struct people_whom *whom, const struct people_order *orders,
    size_t n, json_t *doc, struct err *e)
{
	bool is_new = find_file(change_config(ch), whom) == NULL;
	json_t *list = json_array();
	char *file = NULL, *section = mem_printf("%s %s", whom->kind,
	    whom->id);
	struct edit *t = NULL;
	int changes = -1;

	if (check_keys(whom->kind, orders, n, e) == 0)
		file = choose_file(ch, conf_path, whom, e);
	if (file)
		t = change_edit(ch, file, is_new, e);
	if (t)
		changes = is_new ? add_new(t, section, orders, n, list, e) :
		    change_old(t, section, orders, n, list, e);
	if (doc && changes != -1) {
		api_json_put_text(doc, "in", file);
		api_json_put_bool(doc, "is_new", is_new);
		api_json_put(doc, "changes", json_incref(list));
	}
	json_decref(list);
	free(file);
	free(section);
	return changes;
}

enum people_lack
people_lack(const struct change *ch, const struct config *next,
    const char *id)
{
	const struct config_participant *p = config_participant(next, id);
	const struct config_participant *was = config_participant(
	    change_config(ch), id);

	if (!p || !p->live || (was && was->live))
		return PEOPLE_LACK_NOTHING;
	if (!config_has_contact(p))
		return PEOPLE_LACK_CONTACT;
	return config_extra(p)->tested == CONFIG_NO_DATE &&
	    !config_extra(p)->test_waived ? PEOPLE_LACK_TEST :
	    PEOPLE_LACK_NOTHING;
}

/* ---- all of it --------------------------------------------------------- */

enum cli_exit
people_commit(const struct cli *c, struct change *ch, json_t *doc,
    bool *ret_again)
{
	static const char *const words[] = {
		[ASK_LOADED] = "loaded",
		[ASK_DOWN] = "down",
		[ASK_REFUSED] = "refused",
	};
	enum ask_reload how;
	struct err e;

	if (change_commit(ch, ret_again, &e) == -1)
		return *ret_again ? CLI_REFUSED : cli_fail("%s", e.text);
	how = ask_reload(c);
	api_json_put_text(doc, "daemon", words[how]);
	return how == ASK_REFUSED ? CLI_REFUSED : CLI_DONE;
}

void
people_show_daemon(const json_t *doc, struct paint *p)
{
	const char *how = doc_text(doc, "daemon");

	if (strcmp(how, "loaded") == 0)
		paint_add(p, "The daemon has loaded it; it is in force.\n");
	else if (strcmp(how, "down") == 0)
		paint_add(p, "The daemon is not running; it will be in force "
		    "when it is started.\n");
	else if (*how)
		paint_add(p, "It is written, but the daemon goes on with what "
		    "it had; see above, and then\nrun `ringround reload`.\n");
}

static enum cli_exit
tell(const struct config_notes *mistakes, const char *why)
{
	site_tell(mistakes, "");
	return cli_fail("%s; nothing was changed", why);
}

/* What came of a look. */
enum look { LOOK_GOOD, LOOK_UNTESTED, LOOK_BAD };

static enum look
look_at_start(const struct change *ch, const struct config *next,
    const char *id)
{
	switch (people_lack(ch, next, id)) {
	case PEOPLE_LACK_NOTHING:
		break;
	case PEOPLE_LACK_TEST:
		return LOOK_UNTESTED;
	case PEOPLE_LACK_CONTACT:
		cli_fail("%s cannot be live yet: no contact has agreed to be "
		    "one; write contact+=\"NAME, neighbour, NUMBER, agreed "
		    "DATE\", or contact_waived=\"waived, WHY\"", id);
		return LOOK_BAD;
	}
	return LOOK_GOOD;
}

/* Are there mistakes, where it was done? */
static enum look
look(struct change *ch, const struct people_whom *whom)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct config_notes warnings = { NULL, 0, 0 };
	struct config *next;
	enum look found = LOOK_GOOD;
	struct err e;

	if (change_load(ch, &next, &mistakes, &warnings, &e) == -1) {
		cli_fail("%s", e.text);
		found = LOOK_BAD;
	} else if (!next) {
		tell(&mistakes, "that would be a mistake");
		found = LOOK_BAD;
	} else if (strcmp(whom->kind, "participant") == 0) {
		found = look_at_start(ch, next, whom->id);
	}
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(next);
	return found;
}

struct attempt {
	const struct cli *c;
	const struct people_whom *whom;
	const struct people_order *orders;
	size_t n;
	struct change *change;
	json_t *doc;
};

/* Live before a test?  The daemon may know of one, which is then written
 * beside it. */
static enum cli_exit
add_test(struct attempt *a)
{
	char *tested = trial_confirmed(a->c, a->whom->id);
	struct people_order *orders;
	enum cli_exit done = CLI_DONE;
	struct err e;

	if (!tested)
		return cli_fail("%s cannot be live yet: nobody has confirmed a "
		    "test call or text; make one by `ringround try %s`, or "
		    "write tested=\"waived, WHY\"", a->whom->id,
		    a->whom->id);
	orders = mem_grow(NULL, a->n + 1, sizeof(*orders));
	memcpy(orders, a->orders, a->n * sizeof(*orders));
	orders[a->n] = (struct people_order){ "tested", tested, PEOPLE_PUT };
	change_undo(a->change);
	if (people_apply(a->change, a->c->conf_path, a->whom, orders,
	    a->n + 1, a->doc, &e) == -1)
		done = cli_fail("%s", e.text);
	else if (look(a->change, a->whom) != LOOK_GOOD)
		done = CLI_REFUSED;
	free(orders);
	free(tested);
	return done;
}

static enum cli_exit
carry_out(struct attempt *a, bool *ret_again)
{
	struct err e;
	enum cli_exit done = CLI_DONE;
	int changes = people_apply(a->change, a->c->conf_path, a->whom,
	    a->orders, a->n, a->doc, &e);

	if (changes == -1)
		return cli_fail("%s", e.text);
	if (changes == 0)
		return CLI_DONE;
	switch (look(a->change, a->whom)) {
	case LOOK_GOOD:
		break;
	case LOOK_UNTESTED:
		done = add_test(a);
		break;
	case LOOK_BAD:
		done = CLI_REFUSED;
		break;
	}
	return done == CLI_DONE ? people_commit(a->c, a->change, a->doc,
	    ret_again) : done;
}

static enum cli_exit
try_once(struct attempt *a, bool *ret_again)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	enum cli_exit done;
	struct err e;

	*ret_again = false;
	a->change = change_open(a->c->conf_path, &mistakes, &e);
	done = a->change ? carry_out(a, ret_again) : tell(&mistakes, e.text);
	config_notes_release(&mistakes);
	change_close(a->change);
	return done;
}

enum cli_exit
people_change(const struct cli *c, const struct people_whom *whom,
    const struct people_order *orders, size_t n, json_t **ret_doc)
{
	enum cli_exit done = CLI_REFUSED;
	bool again = true;

	for (int i = 0; again && i < TRIES; i++) {
		struct attempt a = { c, whom, orders, n, NULL,
			api_json_new("change") };

		api_json_put_text(a.doc, whom->kind, whom->id);
		done = try_once(&a, &again);
		if (json_object_get(a.doc, "daemon") || done == CLI_DONE)
			*ret_doc = a.doc;
		else
			json_decref(a.doc);
	}
	if (again)
		return cli_fail("somebody else is changing the same file all "
		    "the time; nothing was changed, try again");
	return done;
}

void
people_show_change(const json_t *o, struct paint *p)
{
	const char *from = doc_text(o, "from"), *to = doc_text(o, "to");

	paint_add(p, "  ");
	paint_text(p, PAINT_PLAIN, doc_text(o, "key"));
	paint_add(p, ": ");
	paint_text(p, PAINT_DIM, *from ? from : "nothing");
	paint_add(p, " -> ");
	paint_text(p, PAINT_BOLD, *to ? to : "nothing");
	paint_add(p, "\n");
}

void
people_show(const json_t *doc, struct paint *p)
{
	const json_t *changes = doc_list(doc, "changes"), *o;
	size_t i;

	paint_text(p, PAINT_PLAIN, doc_text(doc, "in"));
	if (json_array_size(changes) == 0) {
		paint_add(p, ": it stands there already; nothing to change\n");
		return;
	}
	paint_add(p, ": %s\n", doc_true(doc, "is_new") ? "new" : "changed");
	json_array_foreach(changes, i, o)
		people_show_change(o, p);
	people_show_daemon(doc, p);
}

int
people_read_order(char *word, struct people_order *ret, struct err *e)
{
	char *equals = strchr(word, '=');

	if (!equals || equals == word || (equals == word + 1 && *word == '+'))
		return err_set(e, "\"%.40s\" is no KEY=VALUE; write such as"
		    " area=\"St Ann's\"", word);
	ret->how = equals[-1] == '+' ? PEOPLE_MORE : PEOPLE_PUT;
	equals[ret->how == PEOPLE_MORE ? -1 : 0] = '\0';
	ret->key = word;
	ret->value = equals + 1;
	if (ret->how == PEOPLE_MORE && !*ret->value)
		return err_set(e, "%s+= needs something behind it", word);
	return 0;
}
