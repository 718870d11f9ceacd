/*
 * A flag's card: who it is about, how to reach them, and how it ended.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/view.h"
#include "rules/number.h"
#include "web/page.h"

/* Nine in ten: one tap each. */
static const enum false_alarm usual[] = {
	FALSE_ALARM_OUT, FALSE_ALARM_ASLEEP, FALSE_ALARM_DID_NOT_HEAR,
	FALSE_ALARM_BATH_OR_GARDEN, FALSE_ALARM_PHONE_OFF,
	FALSE_ALARM_ON_PHONE, FALSE_ALARM_WRONG_KEY, FALSE_ALARM_VISITOR,
};

static const enum disposition endings[] = {
	DISPOSITION_SAFE_HELPED, DISPOSITION_CHAT, DISPOSITION_ILL,
	DISPOSITION_HOSPITAL, DISPOSITION_DECEASED, DISPOSITION_NOT_LOCATED,
	DISPOSITION_REFERRED, DISPOSITION_SAFEGUARDING, DISPOSITION_SETTLED,
};

/* The words begin a line here: "In hospital". */
static void
button(struct html *h, const char *name, const char *value, const char *words)
{
	char *capital = mem_dup(words);

	if (*capital >= 'a' && *capital <= 'z')
		*capital -= 'a' - 'A';
	html_line(h, "button", HTML("name", name, "value", value), capital);
	free(capital);
}

static void
begin_resolve(struct look *k, const struct ledger_flag *f, const char *class)
{
	html_form(&k->html, "/order/resolve", class);
	parts_csrf(k);
	html_hidden(&k->html, "code", f->code);
}

static bool
is_usual(enum false_alarm why)
{
	for (size_t i = 0; i < COUNT(usual); i++)
		if (usual[i] == why)
			return true;
	return false;
}

static void
show_usual(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	html_line(h, "h2", NULL, "They are well, and were \xe2\x80\xa6");
	begin_resolve(k, f, "grid");
	html_hidden(h, "disposition", disposition_name(DISPOSITION_SAFE));
	for (size_t i = 0; i < COUNT(usual); i++)
		button(h, "reason", false_alarm_name(usual[i]),
		    parts_word(false_alarm_name(usual[i])));
	html_close(h);
}

static void
show_more_reasons(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	html_open(h, "details", NULL);
	html_line(h, "summary", NULL, "Well, for another reason");
	begin_resolve(k, f, "grid");
	html_hidden(h, "disposition", disposition_name(DISPOSITION_SAFE));
	for (int i = FALSE_ALARM_NONE + 1; i < FALSE_ALARM_COUNT; i++) {
		const char *name = false_alarm_name((enum false_alarm)i);

		if (!is_usual((enum false_alarm)i))
			button(h, "reason", name, parts_word(name));
	}
	html_close(h);
	html_close(h);
}

static void
show_endings(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	html_open(h, "details", NULL);
	html_line(h, "summary", NULL, "It ended in another way");
	begin_resolve(k, f, "ending");
	html_line(h, "label", HTML("for", "note"), "A note of the facts, in "
	    "their own words (no diagnosis)");
	html_open(h, "textarea", HTML("id", "note", "name", "note", "rows",
	    "3", "maxlength", "1000"));
	html_close(h);
	html_line(h, "label", HTML("for", "spoken"), "Whom you spoke to, if "
	    "not to them");
	html_void(h, "input", HTML("id", "spoken", "name", "spoken_to",
	    "maxlength", "90", "autocomplete", "off"));
	html_line(h, "label", HTML("for", "referred"), "Referred on to whom");
	html_void(h, "input", HTML("id", "referred", "name", "referred_to",
	    "maxlength", "90", "autocomplete", "off"));
	html_line(h, "label", HTML("for", "until"), "Away until (the last day "
	    "on which we do not ask)");
	html_void(h, "input", HTML("id", "until", "name", "away_until", "type",
	    "date"));
	html_open(h, "div", HTML("class", "grid"));
	button(h, "disposition", disposition_name(DISPOSITION_SAFE),
	    parts_word(disposition_name(DISPOSITION_SAFE)));
	for (size_t i = 0; i < COUNT(endings); i++)
		button(h, "disposition", disposition_name(endings[i]),
		    parts_word(disposition_name(endings[i])));
	html_close(h);
	html_close(h);
	html_close(h);
}

static void
show_closing(struct look *k, const struct ledger_flag *f)
{
	html_open(&k->html, "section", HTML("class", "closing"));
	show_usual(k, f);
	show_more_reasons(k, f);
	show_endings(k, f);
	html_close(&k->html);
}

/* ---- who, and how to reach them ---------------------------------------- */

static void
show_contact(struct look *k, const struct config_contact *c)
{
	struct html *h = &k->html;
	char *label = mem_printf("%s, %s", c->name, c->relation);

	html_open(h, "li", NULL);
	parts_number(k, label, c->number);
	if (c->keyholder)
		html_line(h, "span", HTML("class", "key"), "has a key");
	html_close(h);
	free(label);
}

static void
show_numbers(struct look *k, const struct config_participant *p)
{
	struct html *h = &k->html;

	html_line(h, "h2", NULL, "Ring them");
	html_open(h, "div", HTML("class", "numbers"));
	if (p->phone)
		parts_number(k, "Telephone", p->phone);
	if (p->alternate)
		parts_number(k, "Other number", p->alternate);
	if (p->text && (!p->phone || strcmp(p->text, p->phone) != 0) &&
	    (!p->alternate || strcmp(p->text, p->alternate) != 0))
		parts_number(k, "Mobile", p->text);
	html_close(h);
	if (p->n_contacts == 0)
		return;
	html_line(h, "h2", NULL, "Then, in this order");
	html_open(h, "ol", HTML("class", "numbers"));
	for (int i = 0; i < p->n_contacts; i++)
		show_contact(k, &p->contacts[i]);
	html_close(h);
}

static void
show_owner(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	html_open(h, "p", HTML("class", "tags"));
	page_badge(k, f);
	html_textf(h, " %s \xc2\xb7 ", parts_word(flag_reason_name(
	    f->reason)));
	html_line(h, "span", HTML("class", "code"), f->code);
	html_text(h, " \xc2\xb7 ");
	if (f->state == FLAG_OPEN)
		html_text(h, "nobody has it yet");
	else if (strcmp(f->owner, k->viewer->id) == 0)
		html_text(h, "yours");
	else
		html_textf(h, "%s has it", parts_name(k, f->owner));
	html_close(h);
}

/* ---- the buttons ------------------------------------------------------- */

static void
show_take(struct look *k, const struct ledger_flag *f)
{
	html_open(&k->html, "div", HTML("class", "take"));
	parts_button(k, f->code, "claim", "primary", "I take it");
	parts_button(k, f->code, "decline", "quiet", "I cannot");
	html_close(&k->html);
}

static void
show_resolved(struct look *k, const struct ledger_flag *f)
{
	struct html *h = &k->html;

	html_open(h, "p", HTML("class", "done"));
	html_textf(h, "Closed: %s", parts_word(disposition_name(
	    f->disposition)));
	if (f->false_alarm != FALSE_ALARM_NONE)
		html_textf(h, ", %s", parts_word(false_alarm_name(
		    f->false_alarm)));
	if (*f->owner)
		html_textf(h, ", by %s", parts_name(k, f->owner));
	html_text(h, ", ");
	parts_instant(k, f->resolved_at);
	html_text(h, ".");
	html_close(h);
}

static void
show_numbers_of(struct look *k, const struct ledger_flag *f)
{
	const struct config_participant *p =
	    config_participant(k->config, f->participant);

	if (p)
		show_numbers(k, p);
	else if (*f->number && strcmp(f->number, "withheld") != 0)
		parts_number(k, "Ring", f->number);
}

/* What whoever has it can do besides closing it. */
static void
show_rest(struct look *k, const struct ledger_flag *f, bool mine)
{
	html_open(&k->html, "section", HTML("class", "rest", "aria-label",
	    "More"));
	if (f->state == FLAG_CLAIMED) {
		page_hand_over(k, f);
		parts_button(k, f->code, "release", "quiet", mine ?
		    "Give it back" : "Take it away from them");
	}
	if (config_participant(k->config, f->participant) &&
	    flag_reason_ends_by_own_word(f->reason))
		page_confirm(k, f);
	page_concern(k, f);
	html_close(&k->html);
}

/* What they wrote: it stands below as well, where all that happened does. */
static int
show_words(struct look *k, const struct ledger_flag *f, struct err *e)
{
	struct html *h = &k->html;
	struct ledger_reply r;
	int found = view_words(k->ledger, f, &r, e);

	if (found != 1)
		return found;
	html_open(h, "p", NULL);
	parts_instant(k, r.at);
	html_text(h, " they wrote:");
	html_close(h);
	html_line(h, "blockquote", HTML("dir", "auto"), r.text);
	return 0;
}

static int
show_open(struct look *k, const struct ledger_flag *f, struct err *e)
{
	bool mine = strcmp(f->owner, k->viewer->id) == 0;
	bool free = f->state == FLAG_OPEN ||
	    strcmp(f->handed_to, k->viewer->id) == 0;
	bool may = mine || k->viewer->coordinator;

	page_promise(k, f);
	page_deadline(k, f);
	if (show_words(k, f, e) == -1)
		return -1;
	if (free && !mine)
		show_take(k, f);
	show_numbers_of(k, f);
	if (f->state != FLAG_OPEN && page_step(k, f, may, e) == -1)
		return -1;
	if (f->state == FLAG_OPEN || may)
		show_closing(k, f);
	if (f->state == FLAG_OPEN || may)
		show_rest(k, f, mine);
	return 0;
}

int
page_flag(struct look *k, struct err *e)
{
	char code[CLAIM_CODE_SIZE], national[NUMBER_NATIONAL_SIZE];
	struct view_flag v;
	int found;

	if (claim_normalise_code(k->rest, code) == -1) {
		k->status = 404;
		return 0;
	}
	found = view_flag(k->ledger, code, &v, e);
	if (found == -1)
		return -1;
	if (found == 0 || !parts_may_see(k, &v.flag)) {
		k->status = 404;
		return 0;
	}
	parts_saw(k, v.flag.participant, "card");
	html_line(&k->html, "h1", NULL, page_whose(k, &v.flag, national));
	show_owner(k, &v.flag);
	if (v.flag.state == FLAG_RESOLVED)
		show_resolved(k, &v.flag);
	else if (show_open(k, &v.flag, e) == -1)
		return -1;
	return story_show_flag(k, &v.flag, e);
}
