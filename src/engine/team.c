/*
 * Texts from volunteers: YES, NO, DONE, RELEASE with a flag's code, believed
 * by the number that they come from.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "rules/claim.h"
#include "rules/number.h"

struct team_order {
	const struct config_volunteer *v;
	struct ledger_reply *reply;
	struct claim_text text;
	struct buf answer;
};

static void
add_office(const struct engine *en, struct buf *b)
{
	char office[NUMBER_NATIONAL_SIZE];

	if (en->conf->service.office_phone == NULL)
		return;
	number_national(en->conf->service.office_phone,
	    en->conf->service.country_code, office);
	buf_addf(b, " Office %s", office);
}

/* A text names nobody: where the person and their number are to be had.  The
 * address alone opens nothing. */
static void
add_details(const struct engine *en, struct buf *b)
{
	if (en->conf->web.pages)
		buf_addf(b, "See %s for the details.",
		    en->conf->web.public_url);
	else
		buf_add(b, "Please ring the office for the details.");
	add_office(en, b);
}

static void
add_promise(const struct ledger_flag *f, struct buf *b)
{
	char by[CALENDAR_CLOCK_SIZE];

	if (f->ring_by != 0)
		buf_addf(b, "They were promised a call by %s. ",
		    calendar_format_clock(f->ring_by, by));
}

static int
do_yes(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	const char *code = o->text.code;
	struct ledger_flag f;

	if (engine_claim(en, code, o->v->id, "text", now, e) == -1 ||
	    decide_find(en, code, &f, e) == -1)
		return -1;
	buf_addf(&o->answer, "flag %s is yours, thank you. ", code);
	add_promise(&f, &o->answer);
	add_details(en, &o->answer);
	buf_addf(&o->answer, "%s Afterwards reply DONE %s and how it ended, "
	    "such as SAFE.", en->conf->service.office_phone != NULL ? "." : "",
	    code);
	return 0;
}

static int
do_no(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	if (engine_decline(en, o->text.code, o->v->id, "text", now, e) == -1)
		return -1;
	buf_addf(&o->answer, "thank you, somebody else will be asked to take "
	    "flag %s.", o->text.code);
	return 0;
}

static int
do_release(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	if (engine_release(en, o->text.code, o->v->id, "text", now, e) == -1)
		return -1;
	buf_addf(&o->answer, "flag %s is given back, somebody else will be "
	    "asked.", o->text.code);
	return 0;
}

static int
do_pass(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	const char *code = o->text.code;
	struct err why = { "" };

	if (engine_hand_over(en, code, o->text.note, o->v->id, "text", now,
	    &why) == -1)
		return err_set(e, "%s. Flag %s stays where it is; to give it "
		    "back reply RELEASE %s.", why.text, code, code);
	buf_addf(&o->answer, "flag %s is offered to them, and stays yours "
	    "until they take it.", code);
	return 0;
}

static int
note(struct engine *en, struct team_order *o, enum note kind, msec until,
    msec now, struct err *e)
{
	const struct noted n = { .kind = kind, .until = until, .with = "",
		.agency = "", .reference = "", .words = o->text.note };

	return engine_note(en, o->text.code, &n, o->v->id, "text", now, e);
}

static int
do_out(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	const char *code = o->text.code;
	int minute = claim_minute(o->text.note);
	msec until = minute == -1 ? 0 : calendar_instant(calendar_date(now),
	    minute, NULL);

	if (note(en, o, NOTE_OUT, until, now, e) == -1)
		return err_set(e, "please say by when you will be back, within "
		    "four hours, such as OUT %s 11:30", code);
	buf_addf(&o->answer, "go safely, two together, and never go in. When "
	    "you are back reply BACK %s; else the coordinator will ring you. "
	    "Immediate danger: 999.", code);
	return 0;
}

/* From the door; or, where they are at none, the flag is given back. */
static int
do_back(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	struct ledger_visit v;
	struct ledger_flag f;

	if (decide_find_any(en, o->text.code, &f, e) == -1)
		return -1;
	if (ledger_visit_of(en->ledger, f.id, &v, e) != 1 || v.back_at != 0)
		return do_release(en, o, now, e);
	if (note(en, o, NOTE_BACK, 0, now, e) == -1)
		return -1;
	buf_addf(&o->answer, "good that you are back. %s", f.state ==
	    FLAG_RESOLVED ? "The flag has ended." : "The flag stays as it "
	    "is.");
	return 0;
}

static int
do_tried(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	if (note(en, o, NOTE_TRIED_PERSON, 0, now, e) == -1)
		return -1;
	buf_addf(&o->answer, "noted for flag %s. Try twice, then their "
	    "contacts, then the office.", o->text.code);
	add_office(en, &o->answer);
	return 0;
}

/* "DONE K4F7 ASLEEP" says that they are safe, and why it was a false alarm. */
static int
do_done(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	struct resolution r = { .note = o->text.note };
	const char *word = o->text.word;

	if (word[0] == '\0' || disposition_from_name(word,
	    &r.disposition) == -1) {
		if (word[0] == '\0' || false_alarm_from_name(word,
		    &r.false_alarm) == -1)
			return err_set(e, "please say how flag %s ended: DONE "
			    "%s and SAFE, CHAT, ILL, HOSPITAL, REFERRED or "
			    "NOT_LOCATED", o->text.code, o->text.code);
		r.disposition = DISPOSITION_SAFE;
	}
	/* "DONE K4F7 REFERRED the GP" */
	if (r.disposition == DISPOSITION_REFERRED) {
		r.referred_to = o->text.note;
		r.note = NULL;
	}
	if (engine_resolve(en, o->text.code, o->v->id, "text", &r, now,
	    e) == -1)
		return -1;
	buf_addf(&o->answer, "flag %s has ended as %s. Thank you.",
	    o->text.code, disposition_name(r.disposition));
	return 0;
}

static int
do_list(struct engine *en, struct team_order *o, struct err *e)
{
	struct ledger_flag f[BATCH];
	int n = ledger_flags_open(en->ledger, 0, f, BATCH, e), listed = 0;

	for (int i = 0; i < n && listed < 10; i++) {
		bool mine = strcmp(f[i].owner, o->v->id) == 0;

		if (!mine && strcmp(f[i].handed_to, o->v->id) != 0 &&
		    (f[i].owner[0] != '\0' ||
		    strcmp(f[i].asked, o->v->id) != 0))
			continue;
		buf_addf(&o->answer, "%s%s%s", listed++ > 0 ? ", " :
		    "open for you: ", f[i].code, mine ? " (yours)" : "");
	}
	if (listed == 0)
		buf_add(&o->answer, "nothing is open for you.");
	return n == -1 ? -1 : 0;
}

static int
carry_out(struct engine *en, void *arg, msec now, struct err *e)
{
	struct team_order *o = arg;

	switch (o->text.verb) {
	case CLAIM_YES:
		return do_yes(en, o, now, e);
	case CLAIM_NO:
		return do_no(en, o, now, e);
	case CLAIM_DONE:
		return do_done(en, o, now, e);
	case CLAIM_RELEASE:
		return do_release(en, o, now, e);
	case CLAIM_LIST:
		return do_list(en, o, e);
	case CLAIM_PASS:
		return do_pass(en, o, now, e);
	case CLAIM_OUT:
		return do_out(en, o, now, e);
	case CLAIM_BACK:
		return do_back(en, o, now, e);
	case CLAIM_TRIED:
		return do_tried(en, o, now, e);
	case CLAIM_NONE:
		break;
	}
	buf_add(&o->answer, "reply YES, NO or DONE and the flag's code, for "
	    "example YES K4F7.");
	add_office(en, &o->answer);
	return 0;
}

/* A verb without a code means the only flag that it can be about. */
static int
guess_code(struct engine *en, struct team_order *o, struct err *e)
{
	struct ledger_flag f[BATCH];
	int n, fits = 0;

	if (o->text.code[0] != '\0' || o->text.verb == CLAIM_LIST ||
	    o->text.verb == CLAIM_NONE)
		return 0;
	n = ledger_flags_open(en->ledger, 0, f, BATCH, e);
	for (int i = 0; i < n; i++) {
		const char *whose = o->text.verb == CLAIM_YES ||
		    o->text.verb == CLAIM_NO ? f[i].asked : f[i].owner;

		if (strcmp(whose, o->v->id) != 0)
			continue;
		if (fits++ == 0)
			snprintf(o->text.code, sizeof(o->text.code), "%s",
			    f[i].code);
	}
	if (fits != 1)
		o->text.code[0] = '\0';
	return n == -1 ? -1 : 0;
}

static int
send_answer(struct engine *en, struct team_order *o, msec now, struct err *e)
{
	struct buf text = BUF_EMPTY;
	int sent = 0, result = 0;

	/* What is not understood is answered a few times only. */
	if (o->text.verb == CLAIM_NONE)
		sent = ledger_answers_since(en->ledger, o->reply->number,
		    now - MSEC_DAY, e);
	if (sent == -1)
		return -1;
	buf_addf(&text, "%s: %s", en->conf->service.name,
	    buf_text(&o->answer));
	if (sent < ANSWERS_A_DAY)
		result = dispatch_text(en, PURPOSE_ANSWER, 0, o->reply->id,
		    o->reply->number, buf_text(&text), now, e);
	buf_release(&text);
	return result;
}

/* The flag of the code that was written; there may be none. */
static int
find_about(struct engine *en, struct team_order *o, struct err *e)
{
	struct ledger_flag f;
	int found = o->text.code[0] != '\0' ?
	    ledger_flag_by_code(en->ledger, o->text.code, &f, e) : 0;

	if (found == 1)
		o->reply->flag = f.id;
	return found == -1 ? -1 : 0;
}

int
team_text(struct engine *en, const struct config_volunteer *v,
    struct ledger_reply *r, bool only, msec now, struct err *e)
{
	struct team_order o = { .v = v, .reply = r };
	struct err why = { "" };
	int kept = -1;

	claim_read(r->text, &o.text);
	/* Somebody may be both: then only a verb with a code is a
	 * volunteer's. */
	if (!only && (o.text.verb == CLAIM_NONE || o.text.code[0] == '\0'))
		return 0;
	snprintf(r->volunteer, sizeof(r->volunteer), "%s", v->id);
	/* A volunteer's order is no reading of a participant's reply. */
	snprintf(r->reading, sizeof(r->reading), "%s",
	    o.text.verb != CLAIM_NONE ? "" : "unclear");
	if (guess_code(en, &o, e) == 0 && find_about(en, &o, e) == 0 &&
	    ledger_reply_add(en->ledger, r, e) == 0)
		kept = engine_piece(en, carry_out, &o, now, &why);
	if (kept == 0) {
		/* Refused, for a reason that the volunteer can read. */
		buf_clear(&o.answer);
		buf_add(&o.answer, why.text);
	} else if (kept == -1 && why.text[0] != '\0')
		*e = why;
	if (kept != -1 && send_answer(en, &o, now, e) == -1)
		kept = -1;
	buf_release(&o.answer);
	return kept == -1 ? -1 : 1;
}
