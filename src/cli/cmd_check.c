#include <stdio.h>
#include <string.h>
#include "cli/commands.h"

#include "base/clock.h"
#include "cli/doc.h"
#include "cli/next.h"
#include "cli/site.h"
#include "web/api.h"
#include "web/api_json.h"

static json_t *
notes_json(const struct config_notes *notes)
{
	json_t *array = json_array();

	for (size_t i = 0; i < notes->n; i++) {
		const struct config_note *note = &notes->items[i];
		json_t *o = json_object();

		api_json_put_text(o, "file", note->place.file);
		api_json_put_int(o, "line", note->place.line);
		api_json_put_text(o, "message", note->message);
		api_json_append(array, o);
	}
	return array;
}

static void
put_counts(json_t *doc, const struct config *conf)
{
	static const char *const keys[] = {
		"participants", "live", "volunteers", "rounds",
	};

	for (size_t i = 0; !conf && i < COUNT(keys); i++)
		api_json_put(doc, keys[i], json_null());
	if (!conf)
		return;
	api_json_put_int(doc, keys[0], (int64_t)conf->n_participants);
	api_json_put_int(doc, keys[1], (int64_t)conf->n_live);
	api_json_put_int(doc, keys[2], (int64_t)conf->n_volunteers);
	api_json_put_int(doc, keys[3], (int64_t)conf->n_rounds);
}

/* What each gateway needs of us: an address that it can reach, or nothing,
 * because it is asked.  The keys that people press are always brought. */
static void
put_reach(json_t *doc, const struct config *conf)
{
	json_t *array = json_array();

	for (size_t i = 0; conf && i < conf->n_gateways; i++) {
		const struct config_gateway *g = &conf->gateways[i];
		json_t *o = json_object();

		api_json_put_text(o, "gateway", g->name);
		api_json_put_text(o, "calls", g->calls ? "public_url" : NULL);
		api_json_put_text(o, "texts", !g->texts ? NULL :
		    g->polls ? "poll" : "public_url");
		api_json_append(array, o);
	}
	api_json_put(doc, "reach", array);
}

/* What hangs on the day: from the files alone, since whoever checks a set-up
 * wants to know what it would do, whatever ledger there is. */
static int
look_at_today(json_t *doc, const struct config *conf,
    struct config_notes *warnings, struct err *e)
{
	struct api_source s = { .config = conf };
	struct clock clock;

	if (calendar_open(conf->service.timezone, e) == -1)
		return -1;
	clock_init_real(&clock);
	s.now = clock_now(&clock);
	api_json_put_instant(doc, "now", s.now);
	api_json_put(doc, "next_slots", api_next_slots(&s));
	config_look_at_day(conf, calendar_date(s.now), warnings);
	return 0;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct config_notes mistakes = { 0 }, warnings = { 0 };
	struct config *conf = config_load(c->conf_path, &mistakes, &warnings);
	enum cli_exit done = conf ? CLI_DONE : CLI_REFUSED;
	json_t *doc = api_json_new("check");
	struct clock clock;
	struct err e;

	clock_init_real(&clock);
	if (conf) {
		config_warn_of_certificate(conf, clock_now(&clock),
		    &warnings);
		config_warn_of_readers(conf, &warnings);
		config_warn_of_gaps(conf, &warnings);
	}
	api_json_put_text(doc, "file", c->conf_path);
	api_json_put_bool(doc, "ok", conf != NULL);
	put_counts(doc, conf);
	put_reach(doc, conf);
	if (conf && look_at_today(doc, conf, &warnings, &e) == -1)
		done = cli_fail("%s", e.text);
	api_json_put(doc, "mistakes", notes_json(&mistakes));
	api_json_put(doc, "warnings", notes_json(&warnings));
	if (!c->json) {
		site_tell(&mistakes, "");
		site_tell(&warnings, "warning: ");
	}
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(conf);
	*ret_doc = doc;
	return done;
}

static const char *
plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* "3 volunteers", by the key of that name. */
static void
add_count(struct paint *p, const json_t *doc, const char *one,
    const char *after)
{
	char key[32];
	long long n;

	snprintf(key, sizeof(key), "%ss", one);
	n = (long long)doc_int(doc, key);
	paint_add(p, "%lld %s%s%s", n, one, n == 1 ? "" : "s", after);
}

/* A line for calls and one for texts, with the way for a machine that has no
 * public address. */
static void
show_reach(const json_t *doc, struct paint *p)
{
	const json_t *o;
	size_t i;

	json_array_foreach(doc_list(doc, "reach"), i, o) {
		const char *texts = doc_text(o, "texts");

		paint_add(p, "gateway ");
		paint_text(p, PAINT_PLAIN, doc_text(o, "gateway"));
		paint_add(p, ":\n");
		if (doc_text(o, "calls")[0] != '\0')
			paint_add(p, "  calls come to public_url (no public "
			    "address? by a tunnel, see ringroundd(8))\n");
		if (strcmp(texts, "poll") == 0)
			paint_add(p, "  texts are fetched by us\n");
		else if (texts[0] != '\0')
			paint_add(p, "  texts come to public_url (no public "
			    "address? write inbound = poll)\n");
	}
}

static void
show(const json_t *doc, struct paint *p)
{
	size_t mistakes = json_array_size(doc_list(doc, "mistakes"));
	size_t warnings = json_array_size(doc_list(doc, "warnings"));

	paint_text(p, PAINT_PLAIN, doc_text(doc, "file"));
	paint_add(p, ": ");
	if (!doc_true(doc, "ok")) {
		paint_text(p, PAINT_BAD, "not fit to load");
		paint_add(p, ": %zu mistake%s, %zu warning%s\n", mistakes,
		    plural(mistakes), warnings, plural(warnings));
		return;
	}
	paint_text(p, PAINT_GOOD, "in order");
	paint_add(p, ", %zu warning%s\n", warnings, plural(warnings));
	add_count(p, doc, "participant", ", ");
	paint_add(p, "%lld of them live; ", (long long)doc_int(doc, "live"));
	add_count(p, doc, "volunteer", "; ");
	add_count(p, doc, "round", "\n");
	show_reach(doc, p);
	paint_add(p, "\n");
	next_show(doc, p);
}

const struct cli_command cmd_check = {
	.name = "check",
	.args = "",
	.summary = "Read the configuration, name every mistake, and change "
	    "nothing",
	.details = "Mistakes go to standard error as FILE:LINE: what is "
	    "wrong; what to write instead.\n",
	.examples = "  ringround check\n"
	            "  ringround -c ~/scheme/ringround.conf check --json\n",
	.run = run,
	.show = show,
};
