/*
 * What was done about a flag, step by step: noted as decisions, only ever
 * added, from which the script of the next step follows.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "ledger/view.h"

/* ---- the script -------------------------------------------------------- */

/* A note's detail begins with what it is about: "2: no answer". */
static int
read_step(const struct view_step *s, void *arg)
{
	struct script_facts *f = arg;
	enum script_item item;
	enum note n;
	int64_t place = 0;
	char word[32];
	int i;

	if (note_from_name(s->action, &n) == -1)
		return 0;
	snprintf(word, sizeof(word), "%.*s", (int)strcspn(s->detail, ":"),
	    s->detail);
	if (num_int(word, 1, SCRIPT_CONTACTS_MAX, &place, NULL) == -1)
		place = 0;
	i = (int)place - 1;
	if (n == NOTE_TRIED_PERSON)
		f->tried_person++;
	else if (n == NOTE_DECIDED)
		f->decided = true;
	else if (n == NOTE_CHECKED && script_item_from_name(word, &item) == 0)
		f->checked |= 1u << item;
	else if (i >= 0 && n == NOTE_TRIED_CONTACT)
		f->contacts[i].tried++;
	else if (i >= 0 && n == NOTE_SPOKE_TO_CONTACT)
		f->contacts[i].spoken = true;
	return 0;
}

int
engine_script(const struct config *c, struct ledger *l,
    const struct ledger_flag *f, bool coordinator, msec now,
    struct script_advice *ret, struct err *e)
{
	const struct config_participant *p =
	    config_participant(c, f->participant);
	struct script_facts facts = {
		.reason = f->reason, .state = f->state,
		.stranger = f->participant[0] == '\0',
		.coordinator = coordinator, .raised_at = f->raised_at,
		.closes_at = calendar_instant(calendar_date(now),
		c->service.closes, NULL), .now = now,
	};
	struct ledger_visit v;
	int found = ledger_visit_of(l, f->id, &v, e);

	if (found == -1 || view_flag_story(l, f->id, read_step, &facts,
	    e) == -1)
		return -1;
	facts.out = found == 1 && v.back_at == 0;
	facts.was_back = found == 1 && v.back_at != 0;
	if (p != NULL)
		facts.n_contacts = p->n_contacts;
	for (int i = 0; i < facts.n_contacts && i < SCRIPT_CONTACTS_MAX; i++)
		facts.contacts[i].keyholder = p->contacts[i].keyholder;
	script_next(&facts, ret);
	return 0;
}

/* ---- at the door ------------------------------------------------------- */

static int
go_out(struct engine *en, const struct ledger_flag *f,
    const struct noted *n, const char *who, msec now, struct err *e)
{
	struct ledger_visit v;
	int found = ledger_visit_of(en->ledger, f->id, &v, e);

	if (found == -1)
		return -1;
	if (found == 1 && v.back_at == 0)
		return err_set(e, "%s is at the door still; note first that "
		    "they are back", flags_name_of(en, v.who));
	if (n->until <= now || n->until > now +
	    deadlines[DEADLINE_VISIT].within)
		return err_set(e, "by when are they back? Give a time within "
		    "four hours, such as 11:30");
	memset(&v, 0, sizeof(v));
	v.flag = f->id;
	v.out_at = now;
	v.back_by = n->until;
	snprintf(v.who, sizeof(v.who), "%s", who);
	snprintf(v.company, sizeof(v.company), "%s", n->with);
	return ledger_visit_add(en->ledger, &v, e);
}

static int
come_back(struct engine *en, const struct ledger_flag *f, msec now,
    struct err *e)
{
	struct ledger_visit v;
	int found = ledger_visit_of(en->ledger, f->id, &v, e);

	if (found == -1)
		return -1;
	if (found == 0 || v.back_at != 0)
		return err_set(e, "nobody is at the door of flag %s", f->code);
	v.back_at = now;
	v.deadline = 0;
	return ledger_visit_save(en->ledger, &v, e);
}

static int
not_back(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_visit *v = arg;
	char by[CALENDAR_CLOCK_SIZE], text[320];
	struct ledger_flag f;

	if (ledger_flag_get(en->ledger, v->flag, &f, e) == -1)
		return -1;
	v->deadline = now + deadlines[DEADLINE_VISIT].again;
	if (ledger_visit_save(en->ledger, v, e) == -1)
		return -1;
	snprintf(text, sizeof(text), "%s: URGENT: %s went to a door for flag "
	    "%s and was to be back by %s. Please ring them now; if they do "
	    "not answer, send somebody, or ring 999.", en->conf->service.name,
	    flags_name_of(en, v->who), f.code, calendar_format_clock(
	    v->back_by, by));
	return notices_tell_coordinators(en, "not_back", v->flag, 0, true,
	    text, "somebody is not back from a door", text, now, e);
}

int
notes_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_visit due[BATCH];
	int n = ledger_visits_overdue(en->ledger, now, due, BATCH, e);

	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, not_back, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "visit", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	if (n == BATCH)
		en->more = true;
	return n == -1 ? -1 : 0;
}

/* ---- noting ------------------------------------------------------------ */

/* What the note says, with what it is about in front; -1 where that is
 * missing or makes no sense. */
static int
describe(struct engine *en, const struct ledger_flag *f,
    const struct noted *n, msec now, struct buf *b, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);
	char at[CALENDAR_CLOCK_SIZE];
	int contacts = p != NULL ? p->n_contacts : 0;

	if (n->kind == NOTE_TRIED_CONTACT ||
	    n->kind == NOTE_SPOKE_TO_CONTACT) {
		if (n->contact < 1 || n->contact > contacts)
			return err_set(e, "which contact? They have %d, "
			    "counted from 1", contacts);
		buf_addf(b, "%d", n->contact);
	} else if (n->kind == NOTE_CHECKED) {
		buf_add(b, script_item_name(n->item));
	} else if (n->kind == NOTE_OUT) {
		buf_addf(b, "back by %s", calendar_format_clock(n->until, at));
		buf_addf(b, "%s%s", n->with[0] != '\0' ? ", with " : "",
		    n->with);
	} else if (n->kind == NOTE_DECIDED) {
		if (n->words[0] == '\0' || (n->decision != DECISION_WAIT &&
		    n->agency[0] == '\0'))
			return err_set(e, "say which agency you asked, and "
			    "what they said they would do; or why to wait");
		if (n->until <= now || n->until > now +
		    deadlines[DEADLINE_DECIDED].within)
			return err_set(e, "when will you ask what became of "
			    "it? Give a time within a day, such as 15:30");
		buf_addf(b, "%s", script_decision_name(n->decision));
		buf_addf(b, "%s%s", n->agency[0] != '\0' ? ", " : "",
		    n->agency);
		buf_addf(b, "%s%s", n->reference[0] != '\0' ? ", reference " :
		    "", n->reference);
		buf_addf(b, ", ask again at %s", calendar_format_clock(
		    n->until, at));
	} else if (n->kind == NOTE_WORD && n->words[0] == '\0') {
		return err_set(e, "what is to be noted?");
	}
	buf_addf(b, "%s%s", n->words[0] != '\0' && b->len > 0 ? ": " : "",
	    n->words);
	return 0;
}

/* A volunteer rang who stands in for the machine: the same history. */
static int
add_attempt(struct engine *en, const struct ledger_flag *f,
    enum outcome outcome, msec now, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);
	const char *number = p != NULL ? config_number(p, CHANNEL_CALL,
	    false) : NULL;
	struct ledger_attempt a;

	dispatch_new_attempt(en, CHANNEL_HUMAN, number != NULL ? number : "",
	    PURPOSE_FIRST, now, &a);
	a.checkin = f->checkin;
	a.state = ATTEMPT_ENDED;
	a.outcome = outcome;
	a.due_at = 0;
	a.ended_at = now;
	return ledger_attempt_add(en->ledger, &a, NULL, e);
}

int
notes_human_call(struct engine *en, const struct ledger_flag *f,
    enum outcome outcome, msec now, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);

	if (p == NULL || !p->human_channel || f->checkin == 0)
		return 0;
	return add_attempt(en, f, outcome, now, e);
}

/* Who asked for help was rung, or is seen to by more than that.  Where it is
 * late already everybody was told, and whoever has it has now said a word. */
static bool
keeps_promise(const struct ledger_flag *f, const struct noted *n, msec now)
{
	return n->kind == NOTE_TRIED_PERSON || n->kind == NOTE_OUT ||
	    n->kind == NOTE_DECIDED || (f->ring_by != 0 && f->ring_by <= now);
}

/* A note is a word: whoever has the flag is not asked for one at once.  A
 * decision is asked about when they said so. */
static int
renew(struct engine *en, struct ledger_flag *f, const struct noted *n,
    const char *who, msec now, struct err *e)
{
	if (f->state == FLAG_RESOLVED)
		return 0;
	if (keeps_promise(f, n, now))
		f->ring_by = 0;
	if (f->state == FLAG_CLAIMED && f->handed_to[0] == '\0' &&
	    strcmp(f->owner, who) == 0) {
		followup_claimed(f, now);
		if (n->kind == NOTE_DECIDED) {
			f->coordinator_at += n->until - f->deadline;
			f->deadline = n->until;
		}
	}
	return ledger_flag_save(en->ledger, f, e);
}

int
notes_put_through(struct engine *en, struct ledger_flag *f, const char *who,
    msec now, struct err *e)
{
	const struct noted rung = { .kind = NOTE_TRIED_PERSON };

	return renew(en, f, &rung, who, now, e);
}

/* Also of a flag that has ended: whoever went to its door comes back. */
static int
find(struct engine *en, const char *code, const struct noted *n,
    const char *who, struct ledger_flag *ret, struct err *e)
{
	if (n->kind != NOTE_BACK)
		return decide_find(en, code, ret, e) == -1 ? -1 :
		    decide_check_owner(en, ret, who, e);
	if (decide_find_any(en, code, ret, e) == -1)
		return -1;
	return 0;
}

int
engine_note(struct engine *en, const char *code, const struct noted *n,
    const char *who, const char *from, msec now, struct err *e)
{
	struct buf detail = BUF_EMPTY;
	struct ledger_flag f;
	int result;

	if (find(en, code, n, who, &f, e) == -1)
		return -1;
	if (n->kind == NOTE_OUT && go_out(en, &f, n, who, now, e) == -1)
		return -1;
	if (n->kind == NOTE_BACK && come_back(en, &f, now, e) == -1)
		return -1;
	result = describe(en, &f, n, now, &detail, e);
	if (result == 0)
		result = flags_record(en, who, from, note_name(n->kind), f.id,
		    f.checkin, buf_text(&detail), now, e);
	buf_release(&detail);
	if (result == -1 || (n->kind == NOTE_TRIED_PERSON &&
	    notes_human_call(en, &f, OUTCOME_NO_ANSWER, now, e) == -1))
		return -1;
	return renew(en, &f, n, who, now, e);
}

/* ---- another's word ---------------------------------------------------- */

int
engine_confirm(struct engine *en, const char *participant, const char *by,
    const char *who, const char *from, msec now, struct err *e)
{
	const struct resolution safe = { .disposition = DISPOSITION_SAFE,
		.spoken_to = by };
	char detail[LEDGER_NAME_SIZE + LEDGER_SPOKEN_SIZE];
	struct ledger_flag f;
	int found;

	if (config_participant(en->conf, participant) == NULL)
		return err_set(e, "there is nobody with the id \"%s\"",
		    participant);
	if (by[strspn(by, " ")] == '\0' || strlen(by) >= LEDGER_SPOKEN_SIZE)
		return err_set(e, "who says that they are well? Give a name, "
		    "in a few words");
	snprintf(detail, sizeof(detail), "%s, by %s", participant, by);
	found = ledger_flag_open_of(en->ledger, participant, &f, e);
	if (found == -1)
		return -1;
	if (found == 1 && !flag_reason_ends_by_own_word(f.reason))
		return err_set(e, "flag %s is not ended by anybody's word "
		    "for them: resolve it", f.code);
	if (flags_record(en, who, from, "confirm", found == 1 ? f.id : 0, 0,
	    detail, now, e) == -1)
		return -1;
	if (found == 1)
		return engine_resolve(en, f.code, who, from, &safe, now, e);
	return word_ok(en, participant, CONFIRMED_BY_HUMAN, 0, now, e);
}

/* ---- safeguarding ------------------------------------------------------ */

int
engine_concern(struct engine *en, const char *code,
    const struct ledger_concern *told, const char *who, const char *from,
    msec now, struct err *e)
{
	struct ledger_concern c = *told;
	struct ledger_flag f;

	if (decide_find_any(en, code, &f, e) == -1)
		return -1;
	if (c.words[strspn(c.words, " ")] == '\0')
		return err_set(e, "what is the concern? The facts, in the "
		    "person's own words");
	if (c.consent != CONSENT_NONE && c.consent != CONSENT_GIVEN &&
	    c.consent_why[0] == '\0')
		return err_set(e, "why is it passed on without their consent, "
		    "or not?");
	if (c.referred_to[0] == '\0')
		c.referred_at = 0;
	else if (c.referred_at == 0)
		c.referred_at = now;
	c.flag = f.id;
	c.at = now;
	c.who = who;
	c.from = from;
	if (ledger_concern_add(en->ledger, &c, e) == -1)
		return -1;
	/* That there is one is on record; what it is stands apart. */
	return flags_record(en, who, from, "concern", f.id, f.checkin, NULL,
	    now, e);
}
