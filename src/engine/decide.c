/*
 * What humans decide about a flag: who takes it, who does not, how it ended.
 * Each is recorded with who, when and from where, and only ever added.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "rules/claim.h"

int
decide_find_any(struct engine *en, const char *typed,
    struct ledger_flag *ret, struct err *e)
{
	char code[CLAIM_CODE_SIZE];
	int found;

	if (claim_normalise_code(typed, code) == -1)
		return err_set(e, "that is no flag's code; codes look like "
		    "K4F7");
	found = ledger_flag_by_code(en->ledger, code, ret, e);
	if (found == 0)
		return err_set(e, "there is no flag %s", code);
	return found == 1 ? 0 : -1;
}

int
decide_find(struct engine *en, const char *typed, struct ledger_flag *ret,
    struct err *e)
{
	if (decide_find_any(en, typed, ret, e) == -1)
		return -1;
	if (ret->state == FLAG_RESOLVED)
		return err_set(e, "flag %s has ended already", ret->code);
	return 0;
}

int
decide_check_owner(const struct engine *en, const struct ledger_flag *f,
    const char *who, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);

	if (f->state != FLAG_CLAIMED || strcmp(f->owner, who) == 0 ||
	    v == NULL || v->coordinator)
		return 0;
	return err_set(e, "%s has flag %s; a coordinator can change that",
	    flags_name_of(en, f->owner), f->code);
}

/* ---- take it ----------------------------------------------------------- */

int
decide_check_cap(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, struct err *e)
{
	int held;

	/* Help is nobody's to count, and behind a coordinator is nobody. */
	if (v == NULL || v->coordinator || f->reason == FLAG_HELP)
		return 0;
	if ((held = ledger_flags_held(en->ledger, v->id, e)) == -1)
		return -1;
	if (held < v->carries)
		return 0;
	return err_set(e, "%s has %d %s already, as many as may be; %s needs "
	    "one of them ended or released first", v->name, held,
	    held == 1 ? "flag" : "flags", f->code);
}

int
decide_take(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, msec now, struct err *e)
{
	f->state = FLAG_CLAIMED;
	f->handed_to[0] = '\0';
	snprintf(f->owner, sizeof(f->owner), "%s", who);
	followup_claimed(f, now);
	if (ledger_flag_save(en->ledger, f, e) == -1)
		return -1;
	return flags_record(en, who, from, "claim", f->id, f->checkin, NULL,
	    now, e);
}

int
engine_claim(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;
	char giver[LEDGER_NAME_SIZE];

	if (decide_find(en, code, &f, e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, who) == 0 &&
	    f.handed_to[0] == '\0')
		return 0;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, who) != 0 &&
	    strcmp(f.handed_to, who) != 0)
		return err_set(e, "%s has flag %s already",
		    flags_name_of(en, f.owner), f.code);
	if (strcmp(f.owner, who) != 0 && decide_check_cap(en, &f,
	    config_volunteer(en->conf, who), e) == -1)
		return -1;
	snprintf(giver, sizeof(giver), "%s", f.owner);
	if (decide_take(en, &f, who, from, now, e) == -1)
		return -1;
	return hand_taken(en, &f, giver, now, e);
}

int
engine_decline(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;

	if (decide_find(en, code, &f, e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, who) == 0)
		return engine_release(en, code, who, from, now, e);
	if (flags_record(en, who, from, "decline", f.id, f.checkin, NULL, now,
	    e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.handed_to, who) == 0)
		return hand_lapse(en, &f, who, from, "declined", now, e);
	if (f.state != FLAG_OPEN || strcmp(f.asked, who) != 0)
		return 0;
	return followup_next(en, &f, now, e);
}

int
engine_release(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;

	if (decide_find(en, code, &f, e) == -1)
		return -1;
	if (f.state != FLAG_CLAIMED)
		return err_set(e, "nobody has claimed flag %s", f.code);
	if (decide_check_owner(en, &f, who, e) == -1)
		return -1;
	return followup_reopen(en, &f, who, from, NULL, now, e);
}

/* ---- how it ended ------------------------------------------------------ */

/* Does the disposition say that the person was spoken to and is accounted
 * for, so that their check-ins of today are confirmed by a human? */
static bool
was_found_well(enum disposition d)
{
	return d == DISPOSITION_SAFE || d == DISPOSITION_SAFE_HELPED ||
	    d == DISPOSITION_CHAT || d == DISPOSITION_ILL ||
	    d == DISPOSITION_REFERRED;
}

/* NULL for those that do not end all contact. */
static const enum absence *
stops_contact(enum disposition d)
{
	static const enum absence hospital = ABSENCE_HOSPITAL,
	    deceased = ABSENCE_DECEASED;

	return d == DISPOSITION_HOSPITAL ? &hospital :
	    d == DISPOSITION_DECEASED ? &deceased : NULL;
}

static int
check_resolution(const struct ledger_flag *f, const struct resolution *r,
    msec now, struct err *e)
{
	const char *to = r->referred_to;

	if (r->disposition == DISPOSITION_NONE ||
	    r->disposition == DISPOSITION_OWN_WORD)
		return err_set(e, "say how it ended, for example "
		    "--disposition safe");
	if (r->disposition == DISPOSITION_REFERRED &&
	    (to == NULL || to[strspn(to, " ")] == '\0'))
		return err_set(e, "to whom was it referred? Say so, for "
		    "example: referred, the GP");
	if ((to != NULL && strlen(to) >= LEDGER_SPOKEN_SIZE) ||
	    (r->spoken_to != NULL &&
	    strlen(r->spoken_to) >= LEDGER_SPOKEN_SIZE))
		return err_set(e, "whom you spoke to, and to whom it was "
		    "referred, is to be said in a few words; the rest is a "
		    "note");
	if (r->contact_at > now)
		return err_set(e, "the time at which you spoke to them is "
		    "still to come");
	if (r->away_until != 0 && (f->participant[0] == '\0' ||
	    stops_contact(r->disposition) != NULL))
		return err_set(e, "\"away until\" does not go with this: %s",
		    f->participant[0] == '\0' ? "nobody knows who it is" :
		    "all contact ends by itself");
	return 0;
}

static int
record_end(struct engine *en, const struct ledger_flag *f,
    const struct resolution *r, const char *who, const char *from, msec now,
    struct err *e)
{
	struct buf detail = BUF_EMPTY;
	char date[CALENDAR_DATE_SIZE], at[CALENDAR_CLOCK_SIZE];
	int result;

	/* That, and what is said of it, is for coordinators only. */
	buf_add(&detail, r->disposition == DISPOSITION_SAFEGUARDING ?
	    "ended" : disposition_name(r->disposition));
	if (r->false_alarm != FALSE_ALARM_NONE)
		buf_addf(&detail, ", %s", false_alarm_name(r->false_alarm));
	if (f->referred_to[0] != '\0')
		buf_addf(&detail, ", to %s", f->referred_to);
	if (f->spoken_to[0] != '\0')
		buf_addf(&detail, ", spoke to %s", f->spoken_to);
	if (r->contact_at != 0)
		buf_addf(&detail, ", at %s", calendar_format_clock(
		    r->contact_at, at));
	if (r->away_until != 0)
		buf_addf(&detail, ", away until %s", calendar_format_date(
		    r->away_until, date));
	if (r->note != NULL && r->note[0] != '\0' &&
	    r->disposition != DISPOSITION_SAFEGUARDING)
		buf_addf(&detail, ": %s", r->note);
	result = flags_record(en, who, from, "resolve", f->id, f->checkin,
	    buf_text(&detail), now, e);
	buf_release(&detail);
	return result;
}

/* What follows for the person. */
static int
follow(struct engine *en, const struct ledger_flag *f,
    const struct resolution *r, const char *who, const char *from, msec now,
    struct err *e)
{
	const enum absence *stops = stops_contact(r->disposition);
	struct absence_terms terms = { .flag = f->id, .note = "" };

	/* A stranger's words, or of somebody who has left the scheme. */
	if (f->participant[0] == '\0')
		return 0;
	if (was_found_well(r->disposition) && notes_human_call(en, f,
	    OUTCOME_OK, now, e) == -1)
		return -1;
	if (was_found_well(r->disposition) && word_ok(en, f->participant,
	    CONFIRMED_BY_HUMAN, f->checkin, now, e) == -1)
		return -1;
	if ((stops == NULL && r->away_until == 0) ||
	    config_participant(en->conf, f->participant) == NULL)
		return 0;
	terms.kind = stops != NULL ? *stops : ABSENCE_AWAY;
	terms.last = r->away_until;
	return engine_away(en, f->participant, &terms, who, from, now, e);
}

static int
add_concern(struct engine *en, const struct ledger_flag *f,
    const struct resolution *r, const char *who, const char *from, msec now,
    struct err *e)
{
	const struct ledger_concern c = {
		.words = r->note != NULL && r->note[0] != '\0' ? r->note :
		    "the flag was closed as a safeguarding matter",
		.referred_to = r->referred_to != NULL ? r->referred_to : "",
		.consent_why = "",
	};

	return engine_concern(en, f->code, &c, who, from, now, e);
}

int
engine_resolve(struct engine *en, const char *code, const char *who,
    const char *from, const struct resolution *r, msec now, struct err *e)
{
	struct ledger_flag f;

	if (decide_find(en, code, &f, e) == -1 ||
	    decide_check_owner(en, &f, who, e) == -1 ||
	    check_resolution(&f, r, now, e) == -1)
		return -1;
	/* The record names who it was, whoever had it. */
	snprintf(f.owner, sizeof(f.owner), "%s", who);
	snprintf(f.spoken_to, sizeof(f.spoken_to), "%s",
	    r->spoken_to != NULL ? r->spoken_to : "");
	snprintf(f.referred_to, sizeof(f.referred_to), "%s",
	    r->referred_to != NULL ? r->referred_to : "");
	f.contact_at = r->contact_at != 0 ? r->contact_at : now;
	if (r->disposition == DISPOSITION_SAFEGUARDING && add_concern(en, &f,
	    r, who, from, now, e) == -1)
		return -1;
	if (flags_end(en, &f, r->disposition, r->false_alarm, now, e) == -1 ||
	    record_end(en, &f, r, who, from, now, e) == -1)
		return -1;
	return follow(en, &f, r, who, from, now, e);
}
