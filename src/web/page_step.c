/*
 * The step in hand of a flag: what to do, when to stop, and a form for each
 * thing that can be noted about it; handing over; a concern.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "web/page.h"

/* ---- pieces of forms --------------------------------------------------- */

static void
begin_order(struct look *k, const struct ledger_flag *f, const char *order)
{
	char *path = mem_printf("/order/%s", order);

	html_form(&k->html, path, "note");
	parts_csrf(k);
	html_hidden(&k->html, "code", f->code);
	free(path);
}

static void
begin_note(struct look *k, const struct ledger_flag *f, enum note kind)
{
	begin_order(k, f, "note");
	html_hidden(&k->html, "kind", note_name(kind));
}

/* A label with its input around nothing else: id and name are one. */
static void
field(struct html *h, const char *form, const char *name, const char *label,
    const char *type, bool needed)
{
	char *id = mem_printf("%s-%s", form, name);

	html_line(h, "label", HTML("for", id), label);
	html_void(h, "input", HTML("id", id, "name", name, "type", type,
	    "maxlength", "90", "autocomplete", "off", "required",
	    needed ? "" : NULL));
	free(id);
}

static void
words_field(struct html *h, const char *form, const char *label, bool needed)
{
	char *id = mem_printf("%s-note", form);

	html_line(h, "label", HTML("for", id), label);
	html_open(h, "textarea", HTML("id", id, "name", "note", "rows", "3",
	    "maxlength", "1000", "required", needed ? "" : NULL));
	html_close(h);
	free(id);
}

static void
end_form(struct html *h, const char *class, const char *words)
{
	html_line(h, "button", HTML("class", class), words);
	html_close(h);
}

static void
begin_more(struct html *h, const char *words)
{
	html_open(h, "details", NULL);
	html_line(h, "summary", NULL, words);
}

/* ---- what can be noted ------------------------------------------------- */

static void
note_tried(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	(void)a;
	begin_note(k, f, NOTE_TRIED_PERSON);
	end_form(&k->html, NULL, "I rang them: no answer");
}

static void
note_about_contact(struct look *k, const struct ledger_flag *f,
    enum note kind, int place, const char *fmt)
{
	const struct config_participant *p = config_participant(k->config,
	    f->participant);
	char *number = mem_printf("%d", place + 1), *words;

	words = mem_printf("%s: %s", p->contacts[place].name, fmt);
	begin_note(k, f, kind);
	html_hidden(&k->html, "about", number);
	end_form(&k->html, NULL, words);
	free(words);
	free(number);
}

static void
note_contact(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	if (a->contact >= 0)
		note_about_contact(k, f, NOTE_TRIED_CONTACT, a->contact,
		    "no answer");
}

static void
note_spoke(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	if (a->contact >= 0)
		note_about_contact(k, f, NOTE_SPOKE_TO_CONTACT, a->contact,
		    "spoke to them, they do not know");
}

/* One form, whose button says which item the note is of. */
static void
note_checked(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	struct html *h = &k->html;

	(void)a;
	begin_note(k, f, NOTE_CHECKED);
	words_field(h, "checked", "What you found, in a few words", false);
	html_line(h, "p", HTML("class", "hint"), "Then press what it is of.");
	html_open(h, "div", HTML("class", "questions"));
	for (int i = 0; i < ITEM_COUNT; i++)
		html_line(h, "button", HTML("name", "about", "value",
		    script_item_name((enum script_item)i)),
		    script_item_question((enum script_item)i));
	html_close(h);
	html_close(h);
}

static void
note_out(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	struct html *h = &k->html;

	(void)a;
	begin_more(h, "I go to the door");
	begin_note(k, f, NOTE_OUT);
	field(h, "out", "until", "Back by", "time", true);
	field(h, "out", "with", "Who goes with you", "text", false);
	end_form(h, "primary", "I am on my way");
	html_close(h);
}

static void
note_back(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	(void)a;
	begin_note(k, f, NOTE_BACK);
	words_field(&k->html, "back", "What you found", false);
	end_form(&k->html, NULL, "I am back from the door");
}

static void
note_decided(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	static const char *const words[DECISION_COUNT] = {
		[DECISION_999] = "999 was rung",
		[DECISION_101] = "101 was rung",
		[DECISION_OTHER] = "Another agency was told",
		[DECISION_WAIT] = "We wait",
	};
	struct html *h = &k->html;

	(void)a;
	begin_more(h, "Record what is decided");
	begin_note(k, f, NOTE_DECIDED);
	words_field(h, "decided", "Why, and what they said they would do",
	    true);
	field(h, "decided", "agency", "Which agency", "text", false);
	field(h, "decided", "reference", "Their reference", "text", false);
	field(h, "decided", "until", "When to ask again", "time", false);
	html_open(h, "div", HTML("class", "grid"));
	for (int i = 0; i < DECISION_COUNT; i++)
		html_line(h, "button", HTML("name", "about", "value",
		    script_decision_name((enum script_decision)i)), words[i]);
	html_close(h);
	html_close(h);
	html_close(h);
}

static void
note_words(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	(void)a;
	begin_more(&k->html, "Write a note");
	begin_note(k, f, NOTE_WORD);
	words_field(&k->html, "word", "The facts, in plain words", true);
	end_form(&k->html, NULL, "Keep the note");
	html_close(&k->html);
}

static void (*const forms[NOTE_COUNT])(struct look *k,
    const struct ledger_flag *f, const struct script_advice *a) = {
	[NOTE_TRIED_PERSON] = note_tried,
	[NOTE_TRIED_CONTACT] = note_contact,
	[NOTE_SPOKE_TO_CONTACT] = note_spoke,
	[NOTE_CHECKED] = note_checked,
	[NOTE_OUT] = note_out,
	[NOTE_BACK] = note_back,
	[NOTE_DECIDED] = note_decided,
	[NOTE_WORD] = note_words,
};

static void
show_forms(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	for (int i = NOTE_WORD + 1; i < NOTE_COUNT; i++)
		if (a->notes & (1u << i))
			forms[i](k, f, a);
	if (a->notes & (1u << NOTE_WORD))
		note_words(k, f, a);
}

/* Only where both have agreed to it on record; the engine looks closer. */
static void
show_ask(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	const struct config_participant *p = config_participant(k->config,
	    f->participant);
	char *number;

	if (a->contact < 0 || p->contacts[a->contact].agreed ==
	    CONFIG_NO_DATE || config_extra(p)->sharing.on == CONFIG_NO_DATE ||
	    config_extra(p)->sharing.no)
		return;
	number = mem_printf("%d", a->contact + 1);
	begin_order(k, f, "ask-contact");
	html_hidden(&k->html, "contact", number);
	end_form(&k->html, NULL, "Ask them by text to look in");
	free(number);
}

/* Where our calls can do it; whether it may be now, the engine knows. */
static void
show_call(struct look *k, const struct ledger_flag *f,
    const struct script_advice *a)
{
	struct html *h = &k->html;

	if (!(a->notes & (1u << NOTE_TRIED_PERSON)) || !k->viewer->mobile ||
	    !config_gateway_for(k->config, CHANNEL_CALL) ||
	    !config_participant(k->config, f->participant))
		return;
	begin_order(k, f, "call");
	html_line(h, "p", HTML("class", "hint"), "Your telephone rings first: "
	    "press 1. They see our number, and not yours.");
	end_form(h, NULL, "Ring them through us");
}

int
page_step(struct look *k, const struct ledger_flag *f, bool notes,
    struct err *e)
{
	struct html *h = &k->html;
	struct script_advice a;

	if (engine_script(k->config, k->ledger, f, k->viewer->coordinator,
	        k->now, &a, e) == -1)
		return -1;
	html_open(h, "section", HTML("class", "step", "aria-label",
	    "What to do now"));
	html_line(h, "h2", NULL, a.title);
	html_open(h, "p", NULL);
	html_textf(h, "%s %s", a.why, a.words);
	html_close(h);
	html_line(h, "p", HTML("class", "hint"), a.stop);
	if (notes) {
		show_call(k, f, &a);
		show_forms(k, f, &a);
		show_ask(k, f, &a);
	}
	html_close(h);
	return 0;
}

/* ---- to another human -------------------------------------------------- */

static void
choose(struct look *k, const struct config_volunteer *v)
{
	struct html *h = &k->html;

	if (v == k->viewer)
		return;
	html_open(h, "option", HTML("value", v->id));
	html_textf(h, "%s%s", v->name, v->coordinator ? ", coordinator" : "");
	html_close(h);
}

void
page_hand_over(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	begin_more(h, "Hand it over");
	begin_order(k, f, "hand-over");
	html_line(h, "label", HTML("for", "to"), "To whom");
	html_open(h, "select", HTML("id", "to", "name", "to", "required",
	    ""));
	html_line(h, "option", HTML("value", ""), "Choose");
	for (size_t i = 0; i < k->config->n_volunteers; i++)
		choose(k, &k->config->volunteers[i]);
	html_close(h);
	html_line(h, "p", HTML("class", "hint"), "It stays with you until "
	    "they have taken it.");
	end_form(h, NULL, "Ask them to take it");
	html_close(h);
}

void
page_concern(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	begin_more(h, "I am worried about their safety at home");
	begin_order(k, f, "concern");
	html_line(h, "p", NULL, "Abuse, neglect, somebody who controls them: "
	    "write what you saw and heard, in their own words. Only the "
	    "coordinators will read it.");
	words_field(h, "concern", "What you saw and heard", true);
	html_line(h, "label", HTML("for", "consent"), "Do they agree that "
	    "we pass it on?");
	html_open(h, "select", HTML("id", "consent", "name", "consent"));
	html_line(h, "option", HTML("value", "not_sought"), "I did not ask");
	html_line(h, "option", HTML("value", "given"), "They agree");
	html_line(h, "option", HTML("value", "refused"), "They refuse");
	html_close(h);
	field(h, "concern", "consent_why", "Why you did not ask, or why it "
	    "is to be passed on all the same", "text", false);
	end_form(h, NULL, "Tell the coordinators");
	html_close(h);
}

void
page_confirm(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	begin_more(h, "Somebody else says that they are well");
	begin_order(k, f, "confirm");
	html_hidden(h, "participant", f->participant);
	field(h, "confirm", "by", "Who says so, such as \xe2\x80\x9c" "her son "
	    "Paul\xe2\x80\x9d", "text", true);
	end_form(h, NULL, "Confirm for them");
	html_close(h);
}
