#include "web/orders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "rules/text.h"

#define NOTE_MAX 1000	/* characters of a note */
#define SPOKEN_MAX (LEDGER_SPOKEN_SIZE - 2)

enum subject { A_FLAG, AN_ABSENCE, A_REVIEW, A_TRIAL, A_HOLD };

struct order_kind {
	const char *name;
	enum subject subject;
	/* Take the order's fields from the form: -1 with what to write. */
	int (*read)(struct order *o, const struct form *form, struct err *e);
	int (*act)(struct engine *en, const struct order *o, msec now,
	    struct err *e);
};

/* ---- reading ----------------------------------------------------------- */

/* What people type, on one line of proper UTF-8 and no longer than max
 * characters; NULL where it is longer.  The caller frees. */
static char *
clean_words(const char *text, size_t max)
{
	struct buf b = BUF_EMPTY;
	size_t n = 0;
	uint32_t c;

	for (; text && (c = text_next(&text)) != 0; n++) {
		if (n == max) {
			buf_release(&b);
			return NULL;
		}
		text_add(&b, c < 0x20 || c == 0x7f ? ' ' : c);
	}
	return buf_take(&b);
}

static int
read_text(const struct form *form, const char *key, size_t max, char **ret,
    struct err *e)
{
	char *words = clean_words(form_get(form, key), max);

	if (!words)
		return err_set(e, "that is too long; say it shorter");
	free(*ret);
	*ret = words;
	return 0;
}

static int
read_date(const struct form *form, const char *key, localdate *ret,
    struct err *e)
{
	const char *text = form_get(form, key);

	return text && *text ? calendar_parse_date(text, ret, e) : 0;
}

/* "10:05" of the day of now, or a whole instant. */
static int
read_instant(const char *text, msec now, msec *ret, struct err *e)
{
	char today[CALENDAR_DATE_SIZE], whole[64];

	if (!*text)
		return 0;
	if (strchr(text, 'T'))
		return calendar_parse_instant(text, ret, e);
	snprintf(whole, sizeof(whole), "%sT%s", calendar_format_date(
	    calendar_date(now), today), text);
	return calendar_parse_instant(whole, ret, e);
}

/* The flag's code, as it was typed. */
static int
read_code(struct order *o, const struct form *form, struct err *e)
{
	const char *code = form_get(form, "code");

	if (code && claim_normalise_code(code, o->code) == 0)
		return 0;
	return err_set(e, "that is not the code of a flag; `ringround flags` "
	    "lists them");
}

/* Whose telephone rings: "" for whose order it is. */
static int
read_call(struct order *o, const struct form *form, struct err *e)
{
	if (read_text(form, "as", LEDGER_NAME_SIZE - 1, &o->to, e) == -1)
		return -1;
	return read_code(o, form, e);
}

static int
read_hand_over(struct order *o, const struct form *form, struct err *e)
{
	if (read_text(form, "to", SPOKEN_MAX, &o->to, e) == -1)
		return -1;
	if (strspn(o->to, " ") == strlen(o->to))
		return err_set(e, "to whom? Give a volunteer's id or first "
		    "name");
	return read_code(o, form, e);
}

static int
read_resolve(struct order *o, const struct form *form, struct err *e)
{
	struct resolution *r = &o->resolution;
	const char *how = form_get(form, "disposition");
	const char *why = form_get(form, "reason");

	if (!how || disposition_from_name(how, &r->disposition) == -1 ||
	    !disposition_name(r->disposition) ||
	    r->disposition == DISPOSITION_OWN_WORD)
		return err_set(e, "that is no disposition; `ringround resolve "
		    "--help` lists them");
	if (why && *why && false_alarm_from_name(why, &r->false_alarm) == -1)
		return err_set(e, "that is no reason of a false alarm; "
		    "`ringround resolve --help` lists them");
	if (read_text(form, "note", NOTE_MAX, &o->words, e) == -1 ||
	    read_text(form, "spoken_to", SPOKEN_MAX, &o->spoken_to, e) == -1 ||
	    read_text(form, "referred_to", SPOKEN_MAX, &o->to, e) == -1 ||
	    read_text(form, "at", 32, &o->at, e) == -1 ||
	    read_date(form, "away_until", &r->away_until, e) == -1)
		return -1;
	return read_code(o, form, e);
}

/* Whom an absence is about; the engine knows whether there is such one. */
static int
read_participant(struct order *o, const struct form *form, struct err *e)
{
	const char *id = form_get(form, "participant");

	if (!id || !*id || strlen(id) >= sizeof(o->participant))
		return err_set(e, "who? Give the id of a person, as in "
		    "`ringround plan`");
	memcpy(o->participant, id, strlen(id) + 1);
	return 0;
}

static int
read_away(struct order *o, const struct form *form, struct err *e)
{
	const char *kind = form_get(form, "kind");

	if (kind && absence_from_name(kind, &o->absence.kind) == -1)
		return err_set(e, "kind is away, paused, hospital or "
		    "deceased");
	if (read_text(form, "note", LEDGER_DETAIL_SIZE / 4, &o->words,
	    e) == -1 || read_date(form, "from", &o->absence.first, e) == -1 ||
	    read_date(form, "until", &o->absence.last, e) == -1)
		return -1;
	return read_participant(o, form, e);
}

/* What a note is about stands in one field, by its kind. */
static int
read_about(const char *about, struct noted *n, struct err *e)
{
	int64_t place;

	switch (n->kind) {
	case NOTE_TRIED_CONTACT:
	case NOTE_SPOKE_TO_CONTACT:
		if (num_int(about, 1, SCRIPT_CONTACTS_MAX, &place, e) == -1)
			return err_set(e, "which contact? Give its number, "
			    "counted from 1");
		n->contact = (int)place;
		return 0;
	case NOTE_CHECKED:
		return script_item_from_name(about, &n->item) == 0 ? 0 :
		    err_set(e, "that is no item of the checklist; `ringround "
		    "note --help` lists them");
	case NOTE_DECIDED:
		return script_decision_from_name(about, &n->decision) == 0 ?
		    0 : err_set(e, "decided is 999, 101, other or wait");
	default:
		return 0;
	}
}

static int
read_note(struct order *o, const struct form *form, struct err *e)
{
	const char *kind = form_get(form, "kind");
	const char *about = form_get(form, "about");

	if (note_from_name(kind ? kind : "note", &o->noted.kind) == -1)
		return err_set(e, "that is no kind of a note; `ringround note "
		    "--help` lists them");
	if (read_about(about ? about : "", &o->noted, e) == -1 ||
	    read_text(form, "note", NOTE_MAX, &o->words, e) == -1 ||
	    read_text(form, "with", SPOKEN_MAX, &o->spoken_to, e) == -1 ||
	    read_text(form, "agency", SPOKEN_MAX, &o->to, e) == -1 ||
	    read_text(form, "reference", SPOKEN_MAX, &o->more, e) == -1 ||
	    read_text(form, "until", 32, &o->at, e) == -1)
		return -1;
	return read_code(o, form, e);
}

static int
read_contact(struct order *o, const struct form *form, struct err *e)
{
	const char *place = form_get(form, "contact");

	o->noted.kind = NOTE_TRIED_CONTACT;
	if (read_about(place ? place : "", &o->noted, e) == -1)
		return -1;
	return read_code(o, form, e);
}

static int
read_confirm(struct order *o, const struct form *form, struct err *e)
{
	if (read_text(form, "by", SPOKEN_MAX, &o->to, e) == -1)
		return -1;
	return read_participant(o, form, e);
}

/* By which channel somebody is tried. */
static int
read_try(struct order *o, const struct form *form, struct err *e)
{
	if (read_text(form, "by", 8, &o->more, e) == -1)
		return err_set(e, "by is call or text");
	return read_participant(o, form, e);
}

static int
read_concern(struct order *o, const struct form *form, struct err *e)
{
	const char *consent = form_get(form, "consent");

	if (consent && *consent &&
	    consent_from_name(consent, &o->concern.consent) == -1)
		return err_set(e, "consent is given, refused or not_sought");
	if (read_text(form, "note", NOTE_MAX, &o->words, e) == -1 ||
	    read_text(form, "referred_to", SPOKEN_MAX, &o->to, e) == -1 ||
	    read_text(form, "at", 32, &o->at, e) == -1 ||
	    read_text(form, "consent_why", NOTE_MAX, &o->more, e) == -1)
		return -1;
	return read_code(o, form, e);
}

static int
read_review(struct order *o, const struct form *form, struct err *e)
{
	const char *id = form_get(form, "id");

	if (!id || num_int(id, 1, INT64_MAX, &o->review, e) == -1)
		return err_set(e, "which review? `ringround reviews` lists "
		    "them");
	return read_text(form, "note", LEDGER_DETAIL_SIZE / 4, &o->words, e);
}

/* The round that a hold is about, "" for all. */
static int
read_round(struct order *o, const struct form *form)
{
	const char *round = form_get(form, "round");

	if (round && strlen(round) >= LEDGER_NAME_SIZE)
		return -1;
	free(o->round);
	o->round = mem_dup(round ? round : "");
	return 0;
}

static int
read_hold(struct order *o, const struct form *form, struct err *e)
{
	if (read_round(o, form) == -1 || (*o->round && !config_round(
	        engine_config(o->door.engine), o->round)))
		return err_set(e, "there is no such round; `ringround status` "
		    "lists them");
	if (read_text(form, "reason", LEDGER_DETAIL_SIZE / 4, &o->words,
	    e) == -1)
		return -1;
	if (strspn(o->words, " ") == strlen(o->words))
		return err_set(e, "why? A hold needs a reason, which everybody "
		    "will see");
	return 0;
}

/* A hold outlives its round, so any name will do: the ledger knows. */
static int
read_resume(struct order *o, const struct form *form, struct err *e)
{
	if (read_round(o, form) == -1)
		return err_set(e, "there is no such round");
	return 0;
}

/* ---- acting ------------------------------------------------------------ */

static int
act_claim(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_claim(en, o->code, o->who, o->door.from, now, e);
}

static int
act_decline(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_decline(en, o->code, o->who, o->door.from, now, e);
}

static int
act_release(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_release(en, o->code, o->who, o->door.from, now, e);
}

static int
act_resolve(struct engine *en, const struct order *o, msec now, struct err *e)
{
	struct resolution r = o->resolution;

	r.note = o->words;
	r.spoken_to = o->spoken_to;
	r.referred_to = o->to;
	if (read_instant(o->at, now, &r.contact_at, e) == -1)
		return -1;
	return engine_resolve(en, o->code, o->who, o->door.from, &r, now, e);
}

static int
act_hand_over(struct engine *en, const struct order *o, msec now,
    struct err *e)
{
	return engine_hand_over(en, o->code, o->to, o->who, o->door.from, now,
	    e);
}

static int
act_call(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_bridge(en, o->code, o->to, o->who, o->door.from, now, e);
}

static int
act_away(struct engine *en, const struct order *o, msec now, struct err *e)
{
	struct absence_terms t = o->absence;

	t.note = o->words;
	return engine_away(en, o->participant, &t, o->who, o->door.from, now,
	    e);
}

static int
act_back(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_back(en, o->participant, o->who, o->door.from, now, e);
}

static int
act_hold(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_hold(en, o->round, o->words, o->who, now, e);
}

static int
act_resume(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_resume(en, o->round, o->who, now, e);
}

static int
act_note(struct engine *en, const struct order *o, msec now, struct err *e)
{
	struct noted n = o->noted;

	n.with = o->spoken_to;
	n.agency = o->to;
	n.reference = o->more;
	n.words = o->words;
	if (read_instant(o->at, now, &n.until, e) == -1)
		return -1;
	return engine_note(en, o->code, &n, o->who, o->door.from, now, e);
}

static int
act_confirm(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_confirm(en, o->participant, o->to, o->who, o->door.from,
	    now, e);
}

static int
act_try(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_try(en, o->participant, o->more, o->who, o->door.from,
	    now, e);
}

static int
act_contact(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_ask_contact(en, o->code, o->noted.contact, o->who,
	    o->door.from, now, e);
}

static int
act_concern(struct engine *en, const struct order *o, msec now, struct err *e)
{
	struct ledger_concern c = o->concern;

	c.words = o->words;
	c.referred_to = o->to;
	c.consent_why = o->more;
	if (read_instant(o->at, now, &c.referred_at, e) == -1)
		return -1;
	return engine_concern(en, o->code, &c, o->who, o->door.from, now, e);
}

static int
act_review(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_review_close(en, o->review, o->who, o->door.from,
	    o->words, now, e);
}

static const struct order_kind kinds[] = {
	{ "claim", A_FLAG, read_code, act_claim },
	{ "decline", A_FLAG, read_code, act_decline },
	{ "release", A_FLAG, read_code, act_release },
	{ "hand-over", A_FLAG, read_hand_over, act_hand_over },
	{ "call", A_FLAG, read_call, act_call },
	{ "resolve", A_FLAG, read_resolve, act_resolve },
	{ "note", A_FLAG, read_note, act_note },
	{ "ask-contact", A_FLAG, read_contact, act_contact },
	{ "concern", A_FLAG, read_concern, act_concern },
	{ "confirm", AN_ABSENCE, read_confirm, act_confirm },
	{ "review", A_REVIEW, read_review, act_review },
	{ "try", A_TRIAL, read_try, act_try },
	{ "away", AN_ABSENCE, read_away, act_away },
	{ "back", AN_ABSENCE, read_participant, act_back },
	{ "hold", A_HOLD, read_hold, act_hold },
	{ "resume", A_HOLD, read_resume, act_resume },
};

static const struct order_kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

bool
orders_know(const char *name)
{
	return find_kind(name) != NULL;
}

bool
orders_about_flag(const struct order *o)
{
	return o->kind->subject == A_FLAG;
}

bool
orders_about_absence(const struct order *o)
{
	return o->kind->subject == AN_ABSENCE;
}

bool
orders_about_review(const struct order *o)
{
	return o->kind->subject == A_REVIEW;
}

bool
orders_about_trial(const struct order *o)
{
	return o->kind->subject == A_TRIAL;
}

/* ---- an order's life --------------------------------------------------- */

static void
free_order(struct order *o)
{
	free(o->round);
	free(o->words);
	free(o->to);
	free(o->spoken_to);
	free(o->at);
	free(o->more);
	free(o);
}

static int
handle(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	const struct order *o = (const struct order *)ev;

	return o->kind->act(en, o, now, e);
}

static void
done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct order *o = (struct order *)ev;
	struct err lost;

	err_set(&lost, "it could not be written down, so nothing has "
	    "happened; try again in a minute, and see "
	    "`systemctl status ringround`");
	o->door.answer(o->door.arg, o, fate == TURN_KEPT ? 200 :
	    fate == TURN_REFUSED ? 409 : 503, fate == TURN_LOST ? &lost : e);
	free_order(o);
}

void
orders_post(const struct order_door *door, const char *name,
    const struct form *form, const char *who, struct httpd_exchange *x)
{
	struct order *o = mem_alloc(sizeof(*o));
	struct err e;

	o->event.handle = handle;
	o->event.done = done;
	o->kind = find_kind(name);
	o->door = *door;
	o->x = x;
	memcpy(o->who, who, strlen(who) + 1);
	o->round = mem_dup("");
	o->words = mem_dup("");
	o->to = mem_dup("");
	o->spoken_to = mem_dup("");
	o->at = mem_dup("");
	o->more = mem_dup("");
	if (o->kind->read(o, form, &e) == 0) {
		engine_post(door->engine, &o->event);
		return;
	}
	door->answer(door->arg, o, 400, &e);
	free_order(o);
}
