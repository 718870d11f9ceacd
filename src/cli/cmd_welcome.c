#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "rules/number.h"
#include "web/api_json.h"

/* As people write it. */
static void
put_number(json_t *o, const char *key, const struct config *conf,
    const char *e164)
{
	char national[NUMBER_NATIONAL_SIZE] = "";

	if (e164)
		number_national(e164, conf->service.country_code, national);
	api_json_put_text(o, key, *national ? national : e164);
}

/* "every day", or "Monday, Friday". */
static char *
name_days(week_days days)
{
	static const char *const names[7] = { "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };
	struct buf b = BUF_EMPTY;

	if (days == WEEK_ALL)
		return mem_dup("every day");
	for (int i = 0; i < 7; i++) {
		if (days >> i & 1)
			buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", names[i]);
	}
	return buf_take(&b);
}

/* What is different on closed days: nothing (null), "not", or when. */
static void
put_closed(json_t *o, const struct config_round *r)
{
	char at[16] = "not";

	if (r->at_closed != CONFIG_NOT_ASKED)
		snprintf(at, sizeof(at), "%02d:%02d", r->at_closed / 60,
		    r->at_closed % 60);
	api_json_put_text(o, "on_closed_days", r->n_closed > 0 ? at : NULL);
	api_json_put_text(o, "only_days", r->n_only > 0 ? r->only[0]->name :
	    NULL);
}

/* When they are asked, by round. */
static void
put_rounds(json_t *doc, const struct config_participant *p)
{
	json_t *list = json_array();

	for (uint16_t i = 0; i < p->n_rounds; i++) {
		const struct config_round *r = p->rounds[i];
		char *days = name_days(r->days), at[16];
		json_t *o = json_object();

		snprintf(at, sizeof(at), "%02d:%02d", r->at / 60, r->at % 60);
		api_json_put_text(o, "round", r->name);
		api_json_put_text(o, "days", days);
		api_json_put_text(o, "at", at);
		put_closed(o, r);
		api_json_append(list, o);
		free(days);
	}
	api_json_put(doc, "rounds", list);
}

static void
put_contacts(json_t *doc, const struct config_participant *p)
{
	json_t *list = json_array();

	for (uint16_t i = 0; i < p->n_contacts; i++) {
		json_t *o = json_object();

		api_json_put_text(o, "name", p->contacts[i].name);
		api_json_put_text(o, "relation", p->contacts[i].relation);
		api_json_put_bool(o, "keyholder", p->contacts[i].keyholder);
		api_json_append(list, o);
	}
	api_json_put(doc, "contacts", list);
}

static json_t *
make_doc(const struct config *conf, const struct config_participant *p)
{
	const struct config_gateway *calls = config_gateway_for(conf,
	    CHANNEL_CALL), *texts = config_gateway_for(conf, CHANNEL_TEXT);
	json_t *doc = api_json_new("welcome");

	api_json_put_text(doc, "participant", p->id);
	api_json_put_text(doc, "name", p->name);
	api_json_put_text(doc, "service", conf->service.name);
	put_number(doc, "office_phone", conf, conf->service.office_phone);
	put_number(doc, "call_from", conf, p->call_channel && calls ?
	    calls->call_from : NULL);
	put_number(doc, "text_from", conf, p->text_channel && texts ?
	    texts->text_from : NULL);
	api_json_put_bool(doc, "replies", texts && !texts->text_from_letters);
	api_json_put_bool(doc, "human", p->human_channel);
	put_rounds(doc, p);
	put_contacts(doc, p);
	return doc;
}

/* Without the secrets: a coordinator cannot read them, nor need to. */
static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct config_notes warnings = { NULL, 0, 0 };
	struct config *conf = config_load_as_if(c->conf_path, NULL, 0,
	    &mistakes, &warnings);
	const struct config_participant *p = conf ?
	    config_participant(conf, c->args[0]) : NULL;
	enum cli_exit done = CLI_DONE;

	if (!conf) {
		site_tell(&mistakes, "");
		done = cli_fail("the configuration has mistakes");
	} else if (!p) {
		done = cli_fail("there is no participant %s", c->args[0]);
	} else {
		*ret_doc = make_doc(conf, p);
	}
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(conf);
	return done;
}

/* ---- the sheet --------------------------------------------------------- */

static void
show_when(const json_t *doc, struct paint *p)
{
	const json_t *r;
	size_t i;

	paint_text(p, PAINT_BOLD, "When we ask");
	paint_add(p, "\n");
	json_array_foreach(doc_list(doc, "rounds"), i, r) {
		const char *closed = doc_text(r, "on_closed_days");
		const char *only = doc_text(r, "only_days");

		paint_add(p, "  from %s, %s%s%s\n", doc_text(r, "at"),
		    doc_text(r, "days"), *only ? " of " : "", only);
		if (strcmp(closed, "not") == 0)
			paint_add(p, "  but not on bank holidays and days on "
			    "which we are closed\n");
		else if (*closed)
			paint_add(p, "  on bank holidays and days on which we "
			    "are closed from %s\n", closed);
	}
	if (doc_true(doc, "human"))
		paint_add(p, "  A volunteer of ours rings you.\n");
	paint_add(p, "\n");
}

static void
show_calls(const json_t *doc, struct paint *p)
{
	const char *from = doc_text(doc, "call_from");

	if (!*from)
		return;
	paint_text(p, PAINT_BOLD, "Our calls come from");
	paint_add(p, " ");
	paint_text(p, PAINT_BOLD, from);
	paint_add(p, "\n"
	    "  Please write this number into your telephone, and let your call "
	    "blocker or\n"
	    "  answering machine pass it: a blocked call looks to us as if "
	    "you were not well.\n"
	    "  If you are well, press 1. If somebody should ring you, press "
	    "2. To hear it\n"
	    "  again, press 9. If you missed us, ring that number back at any "
	    "time.\n"
	    "  We never ask for money, passwords, or anything else.\n\n");
}

static void
show_texts(const json_t *doc, struct paint *p)
{
	const char *from = doc_text(doc, "text_from");

	if (!*from)
		return;
	paint_text(p, PAINT_BOLD, "Our texts come from");
	paint_add(p, " ");
	paint_text(p, PAINT_BOLD, from);
	paint_add(p, "\n");
	if (doc_true(doc, "replies"))
		paint_add(p,
		    "  If you are well, reply OK. If somebody should ring "
		    "you, reply HELP.\n"
		    "  If you go away, reply AWAY and until when, such as "
		    "AWAY until 3 January.\n"
		    "  To get no more texts, reply STOP.\n");
	else
		paint_add(p, "  Nobody can reply to it; please ring us.\n");
	paint_add(p, "\n");
}

static void
show_stop(const json_t *doc, struct paint *p)
{
	const json_t *c;
	size_t i;

	paint_text(p, PAINT_BOLD, "If we do not hear from you");
	paint_add(p, "\n  we try again, and then a volunteer rings you.");
	json_array_foreach(doc_list(doc, "contacts"), i, c) {
		paint_add(p, "%s", i == 0 ? " If you do not\n  answer, they "
		    "ring the people whom you named: " : ", ");
		paint_text(p, PAINT_PLAIN, doc_text(c, "name"));
	}
	paint_add(p, "%s\n\n", i > 0 ? "." : "");
	paint_text(p, PAINT_BOLD, "To change something, to pause, or to stop");
	paint_add(p, "\n  ring us at ");
	paint_text(p, PAINT_BOLD, doc_text(doc, "office_phone"));
	paint_add(p, ". You can stop at any time, and need not say why.\n\n");
}

static void
show(const json_t *doc, struct paint *p)
{
	paint_text(p, PAINT_BOLD, doc_text(doc, "service"));
	paint_add(p, "\nfor ");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "name"));
	paint_add(p, "\n\n");
	show_when(doc, p);
	show_calls(doc, p);
	show_texts(doc, p);
	show_stop(doc, p);
	paint_text(p, PAINT_BOLD, "This is not an emergency service.");
	paint_add(p, "\n  Nobody may see your answer at once. In an emergency "
	    "ring 999.\n");
}

const struct cli_command cmd_welcome = {
	.name = "welcome",
	.args = "ID",
	.min_args = 1,
	.max_args = 1,
	.summary = "Print the sheet that a new person gets",
	.details = "Which numbers to let pass, how to say OK, how to stop, and "
	    "that this is no\nemergency service. In plain text, for the "
	    "printer.\n",
	.examples = "  ringround welcome edna\n"
	            "  ringround welcome edna | lp\n",
	.run = run,
	.show = show,
};
