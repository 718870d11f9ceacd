#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "cli/when.h"
#include "cli/words.h"
#include "base/mem.h"
#include "rules/language.h"
#include "rules/number.h"
#include "rules/reply.h"
#include "web/api_json.h"

/* The person named by --for: *ret is NULL where nobody is. */
static enum cli_exit
find_person(const struct cli *c, const struct config *conf,
    const struct config_participant **ret)
{
	const char *id = cli_option(c, "for");

	*ret = id ? config_participant(conf, id) : NULL;
	if (id && !*ret)
		return cli_fail("there is no participant '%s'", id);
	return CLI_DONE;
}

/* ---- a reply ----------------------------------------------------------- */

static enum cli_exit
explain_reply(struct cli *c, const struct config *conf, json_t *doc)
{
	const struct config_participant *p;
	struct reply_words words = conf->words;
	char rule[REPLY_RULE_SIZE];
	char *text, *names = NULL;
	enum reading reading;

	if (find_person(c, conf, &p) != CLI_DONE)
		return CLI_REFUSED;
	if (p)
		words.names = names = mem_printf("%s, %s", p->name,
		    p->call_me ? p->call_me : "");
	text = words_join(c->args + 1, c->n_args - 1);
	reading = reply_read(text, p ? p->language :
	    config_messages(conf, "")->language, &words, rule);
	api_json_put_text(doc, "reading", reading_name(reading));
	api_json_put_text(doc, "rule", rule);
	free(text);
	free(names);
	return CLI_DONE;
}

static void
show_reply(const json_t *doc, struct paint *p)
{
	static const struct { const char *reading, *meaning; } meanings[] = {
		{ "ok", "confirms" },
		{ "help", "flags at once: a human is asked to ring" },
		{ "stop", "closes the channel, and tells the coordinator" },
		{ "away", "goes to the coordinator" },
		{ "unclear", "a sign of life, but not an OK: a human reads "
		    "it" },
	};
	const char *reading = doc_text(doc, "reading");

	paint_text(p, PAINT_BOLD, reading);
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (strcmp(meanings[i].reading, reading) == 0)
			paint_add(p, " (%s)", meanings[i].meaning);
	paint_add(p, "\n");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "rule"));
	paint_add(p, "\n");
}

/* ---- a number ---------------------------------------------------------- */

/* Why it is not rung or not texted; "" where it is both. */
static void
number_reason(const struct config *conf, const struct number *n,
    struct buf *ret)
{
	const char *call = number_why(n, false), *text = number_why(n, true);

	if (call)
		buf_addf(ret, "it %s", call);
	else if (!config_allows(conf, n->e164))
		buf_add(ret, "allow_numbers in [service] does not hold it");
	else if (text)
		buf_addf(ret, "for texts: it %s", text);
}

static enum cli_exit
explain_number(struct cli *c, const struct config *conf, json_t *doc)
{
	struct number n = { .kind = NUMBER_NONE };
	char *text = words_join(c->args + 1, c->n_args - 1);
	struct buf why = BUF_EMPTY;
	struct err e;
	bool allowed = false;

	if (number_read(text, conf->service.country_code, &n, &e) == -1) {
		n = (struct number){ .kind = NUMBER_NONE };
		buf_addf(&why, "it %s", e.text);
	} else {
		allowed = *n.e164 && config_allows(conf, n.e164);
		number_reason(conf, &n, &why);
	}
	api_json_put_text(doc, "e164", n.e164);
	api_json_put_text(doc, "kind", number_kind_name(n.kind));
	api_json_put_bool(doc, "callable", n.callable && allowed);
	api_json_put_bool(doc, "textable", n.textable && allowed);
	api_json_put_text(doc, "why", buf_text(&why));
	buf_release(&why);
	free(text);
	return (n.callable || n.textable) && allowed ? CLI_DONE : CLI_REFUSED;
}

static void
show_number(const json_t *doc, struct paint *p)
{
	bool call = doc_true(doc, "callable"), text = doc_true(doc, "textable");
	char kind[DOC_WORDS_SIZE];

	paint_text(p, PAINT_BOLD, doc_is_null(doc, "e164") ? "No number" :
	    doc_text(doc, "e164"));
	paint_add(p, " (%s): ", doc_words(doc, "kind", kind));
	if (call || text)
		paint_add(p, "may be %s", call && text ?
		    "rung and texted" : call ? "rung, not texted" :
		    "texted, not rung");
	else
		paint_text(p, PAINT_BAD, "refused");
	paint_add(p, "\n");
	if (!doc_is_null(doc, "why")) {
		paint_text(p, PAINT_PLAIN, doc_text(doc, "why"));
		paint_add(p, "\n");
	}
}

/* ---- words ------------------------------------------------------------- */

static json_t *
list_of(const struct reply_list *row)
{
	json_t *list = json_array();

	for (const char *const *t = row->texts; *t; t++)
		json_array_append_new(list, json_string(*t));
	return list;
}

/* The words of replies in one language, each list by what it means. */
static enum cli_exit
explain_words(struct cli *c, const struct config *conf, json_t *doc)
{
	const struct language *known = language_find(c->args[1]);
	json_t *means = json_array();
	size_t n;
	const struct reply_list *table = reply_table(&n);

	(void)conf;
	if (!known) {
		json_decref(means);
		return cli_fail("no words are known in '%s'", c->args[1]);
	}
	for (size_t i = 0; i < n; i++) {
		json_t *row;

		if (!table[i].language ||
		    (!language_has_row(known->tag, table[i].language)) ||
		    (strcmp(table[i].language, "en") == 0 &&
		    strcmp(known->tag, "en") != 0))
			continue;
		row = json_object();
		api_json_put_text(row, "means",
		    reply_class_meaning(table[i].class));
		json_object_set_new(row, "words", list_of(&table[i]));
		json_array_append_new(means, row);
	}
	api_json_put_text(doc, "language", known->name);
	api_json_put_text(doc, "reviewed", known->reviewed);
	json_object_set_new(doc, "means", means);
	return CLI_DONE;
}

static void
show_words(const json_t *doc, struct paint *p)
{
	const json_t *row, *word;
	size_t i, k;

	paint_text(p, PAINT_BOLD, doc_text(doc, "language"));
	paint_add(p, ": %s\n", doc_is_null(doc, "reviewed") ?
	    "nobody who grew up with it has read these yet" :
	    doc_text(doc, "reviewed"));
	json_array_foreach(json_object_get(doc, "means"), i, row) {
		paint_add(p, "\n");
		paint_text(p, PAINT_BOLD, doc_text(row, "means"));
		paint_add(p, "\n");
		json_array_foreach(json_object_get(row, "words"), k, word) {
			paint_add(p, "  ");
			paint_text(p, PAINT_PLAIN, json_string_value(word));
			paint_add(p, "\n");
		}
	}
}

/* ---- a slot ------------------------------------------------------------ */

static const char *
fit_note(enum calendar_fit fit)
{
	static const char *const notes[] = {
		[CALENDAR_ONCE] = NULL,
		[CALENDAR_TWICE] = "the clocks go back, so this time occurs "
		    "twice: the first is meant",
		[CALENDAR_GAP] = "the clocks go forward, so this time does "
		    "not exist: it is the first instant after the gap",
	};

	return notes[fit];
}

static enum cli_exit
explain_slot(struct cli *c, const struct config *conf, json_t *doc)
{
	const struct config_round *round = config_round(conf, c->args[1]);
	const struct config_participant *p;
	enum calendar_fit fit;
	struct err e;
	localdate date;
	msec at;

	if (!round)
		return cli_fail("there is no round '%s'", c->args[1]);
	if (calendar_parse_date(c->args[2], &date, &e) == -1)
		return cli_misuse(c, "%s", e.text);
	if (find_person(c, conf, &p) != CLI_DONE)
		return CLI_REFUSED;
	at = calendar_instant(date, config_round_at(round, date), &fit);
	if (p)
		at = config_slot(conf, round, p, date);
	if (!config_has_day(round, date) ||
	    config_is_dropped(round, date))
		at = NEVER;
	api_json_put_date(doc, "date", date);
	api_json_put_instant(doc, "at", at);
	api_json_put_text(doc, "note", at != NEVER ? fit_note(fit) :
	    config_closed(round, date) == NULL ?
	    "the round does not have that day" :
	    "nobody of the round is asked on that closed day");
	return CLI_DONE;
}

static void
show_slot(const json_t *doc, struct paint *p)
{
	char day[WHEN_DAY_SIZE];

	paint_text(p, PAINT_BOLD, when_day(doc_text(doc, "date"), day));
	paint_add(p, ": ");
	paint_text(p, PAINT_BOLD, doc_is_null(doc, "at") ? "nobody's turn" :
	    doc_text(doc, "at"));
	paint_add(p, "\n");
	if (!doc_is_null(doc, "note")) {
		paint_text(p, PAINT_PLAIN, doc_text(doc, "note"));
		paint_add(p, "\n");
	}
}

/* ---- the command ------------------------------------------------------- */

static const struct topic {
	const char *name, *args;
	int min_args, max_args;
	enum cli_exit (*explain)(struct cli *c, const struct config *conf,
	    json_t *doc);
} topics[] = {
	{ "reply", "reply TEXT", 2, 100, explain_reply },
	{ "number", "number TEXT", 2, 100, explain_number },
	{ "slot", "slot ROUND DATE", 3, 3, explain_slot },
	{ "words", "words LANGUAGE", 2, 2, explain_words },
};

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const struct topic *topic = NULL;
	enum cli_exit done;
	struct config *conf = NULL;
	json_t *doc;

	for (size_t i = 0; i < COUNT(topics); i++)
		if (strcmp(topics[i].name, c->args[0]) == 0)
			topic = &topics[i];
	if (!topic)
		return cli_misuse(c, "explain what: reply, number, slot or "
		    "words?");
	if (c->n_args < topic->min_args || c->n_args > topic->max_args)
		return cli_misuse(c, "write: explain %s", topic->args);
	if (topic->explain != explain_words) {
		conf = site_config(c->conf_path);
		if (!conf)
			return CLI_REFUSED;
	}
	doc = api_json_new("explain");
	done = topic->explain(c, conf, doc);
	config_free(conf);
	if (json_object_size(doc) > 1)
		*ret_doc = doc;
	else
		json_decref(doc);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	if (json_object_get(doc, "reading"))
		show_reply(doc, p);
	else if (json_object_get(doc, "kind"))
		show_number(doc, p);
	else if (json_object_get(doc, "means"))
		show_words(doc, p);
	else
		show_slot(doc, p);
}

const struct cli_command cmd_explain = {
	.name = "explain",
	.args = "reply TEXT | number TEXT | slot ROUND DATE | words LANGUAGE",
	.min_args = 1,
	.max_args = 101,
	.summary = "Say how the daemon reads a reply, a number or a time, "
	    "and by which rule; or which words it knows",
	.examples = "  ringround explain reply \"ok thank you dear\"\n"
	            "  ringround explain number 0115 496 0123\n"
	            "  ringround explain slot morning 2027-03-28\n"
	            "  ringround explain words pl\n",
	.options = {
		{ "for", "ID", "for this participant: their language and "
		    "names, their place in the spread" },
	},
	.run = run,
	.show = show,
};
