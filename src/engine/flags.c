/*
 * Flags: a person needs a human now.  One at a time for a person: what comes
 * later joins it as a cause, and the most urgent cause decides.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "rules/claim.h"

/* Where a ladder does not say it: a flag without a check-in. */
#define CLAIM_BY (15 * MSEC_MINUTE)
#define COORDINATOR_AFTER (30 * MSEC_MINUTE)

int
flags_record(struct engine *en, const char *who, const char *from,
    const char *action, int64_t flag, int64_t checkin, const char *detail,
    msec now, struct err *e)
{
	struct ledger_decision d = {
		.at = now, .who = who, .from = from, .action = action,
		.flag = flag, .checkin = checkin, .detail = detail,
	};

	return ledger_decision_add(en->ledger, &d, e);
}

/* A code that no other flag of late has. */
static int
new_code(struct engine *en, char ret[LEDGER_CODE_SIZE], struct err *e)
{
	struct ledger_flag other;
	int found;

	for (int tries = 0; tries < 1000; tries++) {
		char code[CLAIM_CODE_SIZE];

		claim_make_code(en->random, code);
		found = ledger_flag_by_code(en->ledger, code, &other, e);
		if (found == -1)
			return -1;
		snprintf(ret, LEDGER_CODE_SIZE, "%s", code);
		if (found == 0 || (other.state == FLAG_RESOLVED && tries > 50))
			return 0;
	}
	return err_set(e, "too many flags are open: no code is left");
}

/* How soon it must be claimed: the ladder of its check-in says. */
static int
set_terms(struct engine *en, struct ledger_flag *f, msec now, struct err *e)
{
	const struct config_round *r = NULL;
	struct ledger_checkin c;
	msec after = COORDINATOR_AFTER;

	f->claim_by = CLAIM_BY;
	if (f->checkin != 0) {
		if (ledger_checkin_get(en->ledger, f->checkin, &c, e) == -1)
			return -1;
		r = config_round(en->conf, c.round);
	}
	if (r != NULL) {
		f->claim_by = r->ladder->claim_by;
		after = r->ladder->coordinator_after;
	}
	if (f->reason == FLAG_HELP && f->claim_by > RING_YOU_WITHIN)
		f->claim_by = RING_YOU_WITHIN;
	/* Help is everybody's business at once; set-up is the coordinator's
	 * from the beginning. */
	if (f->reason == FLAG_HELP || f->reason == FLAG_STOP ||
	    f->reason == FLAG_OPTED_OUT)
		after = 0;
	f->coordinator_at = now + after;
	return 0;
}

static int
raise_new(struct engine *en, struct ledger_flag *f, msec now, struct err *e)
{
	f->state = FLAG_OPEN;
	f->raised_at = now;
	f->priority = flag_reason_priority(f->reason);
	if (new_code(en, f->code, e) == -1 || set_terms(en, f, now, e) == -1)
		return -1;
	f->deadline = now + f->claim_by;
	if (ledger_flag_add(en->ledger, f, e) == -1 ||
	    ledger_cause_add(en->ledger, f->id, f->reason, f->checkin, now,
	    e) == -1)
		return -1;
	log_info("engine", "flag=%s reason=%s checkin=%lld", f->code,
	    flag_reason_name(f->reason), (long long)f->checkin);
	return followup_next(en, f, now, e);
}

/* A further cause of an open flag; a more urgent one is told anew. */
static int
join(struct engine *en, struct ledger_flag *f, enum flag_reason reason,
    int64_t checkin, int64_t incident, msec now, struct err *e)
{
	if (ledger_cause_add(en->ledger, f->id, reason, checkin, now, e) == -1)
		return -1;
	if (reason >= f->reason)
		return 0;
	f->reason = reason;
	f->priority = flag_reason_priority(reason);
	if (f->checkin == 0)
		f->checkin = checkin;
	f->incident = incident;
	if (set_terms(en, f, now, e) == -1)
		return -1;
	return followup_next(en, f, now, e);
}

int
flags_raise(struct engine *en, const char *participant,
    enum flag_reason reason, int64_t checkin, int64_t incident, msec now,
    int64_t *ret_flag, struct err *e)
{
	struct ledger_flag f;
	int found = ledger_flag_open_of(en->ledger, participant, &f, e);

	if (found == -1)
		return -1;
	if (found == 1) {
		*ret_flag = f.id;
		return join(en, &f, reason, checkin, incident, now, e);
	}
	memset(&f, 0, sizeof(f));
	snprintf(f.participant, sizeof(f.participant), "%s", participant);
	f.reason = reason;
	f.checkin = checkin;
	f.incident = incident;
	if (raise_new(en, &f, now, e) == -1)
		return -1;
	*ret_flag = f.id;
	return 0;
}

int
flags_raise_stranger(struct engine *en, const char *number, msec now,
    struct err *e)
{
	/* All whose number is withheld share one. */
	const char *who = number[0] != '\0' ? number : "withheld";
	struct ledger_flag f;
	int found = ledger_flag_open_at(en->ledger, who, &f, e);

	if (found == -1)
		return -1;
	if (found == 1)
		return ledger_cause_add(en->ledger, f.id, FLAG_UNCLEAR_REPLY,
		    0, now, e);
	memset(&f, 0, sizeof(f));
	snprintf(f.number, sizeof(f.number), "%s", who);
	f.reason = FLAG_UNCLEAR_REPLY;
	return raise_new(en, &f, now, e);
}

static int
resolve(struct engine *en, struct ledger_flag *f, enum disposition d,
    enum false_alarm why, msec now, struct err *e)
{
	f->state = FLAG_RESOLVED;
	f->disposition = d;
	f->false_alarm = why;
	f->resolved_at = now;
	f->deadline = 0;
	return ledger_flag_save(en->ledger, f, e);
}

int
flags_own_word(struct engine *en, const char *participant, msec now,
    struct err *e)
{
	const struct config_volunteer *v;
	char text[160];
	struct ledger_flag f;
	int found = ledger_flag_open_of(en->ledger, participant, &f, e);

	if (found != 1 || !flag_reason_ends_by_own_word(f.reason))
		return found == -1 ? -1 : 0;
	if (resolve(en, &f, DISPOSITION_OWN_WORD, FALSE_ALARM_NONE, now,
	    e) == -1 || flags_record(en, participant, "rule", "own_word", f.id,
	    f.checkin, NULL, now, e) == -1)
		return -1;
	v = config_volunteer(en->conf, f.owner[0] != '\0' ? f.owner : f.asked);
	if (v == NULL)
		return 0;
	snprintf(text, sizeof(text), "%s: flag %s has ended, the person was "
	    "heard. Thank you.", en->conf->service.name, f.code);
	return notices_tell(en, v, "ended", f.id, 0, false, text, "has ended",
	    text, now, e);
}

/* ---- what humans decide ------------------------------------------------ */

static int
find(struct engine *en, const char *typed, struct ledger_flag *ret,
    struct err *e)
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

static const char *
name_of(const struct engine *en, const char *who)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);

	return v != NULL ? v->name : who;
}

static int
find_open(struct engine *en, const char *typed, struct ledger_flag *ret,
    struct err *e)
{
	if (find(en, typed, ret, e) == -1)
		return -1;
	if (ret->state == FLAG_RESOLVED)
		return err_set(e, "flag %s has ended already", ret->code);
	return 0;
}

/* Whose it is may let go of it and close it, and so may a coordinator or an
 * administrator; what nobody has, anybody of the team. */
static int
check_owner(const struct engine *en, const struct ledger_flag *f,
    const char *who, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);

	if (f->state != FLAG_CLAIMED || strcmp(f->owner, who) == 0 ||
	    v == NULL || v->coordinator)
		return 0;
	return err_set(e, "%s has flag %s; a coordinator can change that",
	    name_of(en, f->owner), f->code);
}

int
engine_claim(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;

	if (find_open(en, code, &f, e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, who) == 0)
		return 0;
	if (f.state == FLAG_CLAIMED)
		return err_set(e, "%s has flag %s already", name_of(en,
		    f.owner), f.code);
	f.state = FLAG_CLAIMED;
	snprintf(f.owner, sizeof(f.owner), "%s", who);
	followup_claimed(&f, now);
	if (ledger_flag_save(en->ledger, &f, e) == -1)
		return -1;
	return flags_record(en, who, from, "claim", f.id, f.checkin, NULL,
	    now, e);
}

int
engine_decline(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;

	if (find_open(en, code, &f, e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, who) == 0)
		return engine_release(en, code, who, from, now, e);
	if (flags_record(en, who, from, "decline", f.id, f.checkin, NULL, now,
	    e) == -1)
		return -1;
	if (f.state != FLAG_OPEN || strcmp(f.asked, who) != 0)
		return 0;
	return followup_next(en, &f, now, e);
}

int
engine_release(struct engine *en, const char *code, const char *who,
    const char *from, msec now, struct err *e)
{
	struct ledger_flag f;

	if (find_open(en, code, &f, e) == -1)
		return -1;
	if (f.state != FLAG_CLAIMED)
		return err_set(e, "nobody has claimed flag %s", f.code);
	if (check_owner(en, &f, who, e) == -1)
		return -1;
	return followup_reopen(en, &f, who, from, NULL, now, e);
}

/* Does the disposition say that the person was spoken to and is accounted
 * for, so that their check-ins of today are confirmed by a human? */
static bool
was_found_well(enum disposition d)
{
	return d == DISPOSITION_SAFE || d == DISPOSITION_SAFE_HELPED ||
	    d == DISPOSITION_CHAT || d == DISPOSITION_ILL ||
	    d == DISPOSITION_REFERRED;
}

/* Hospital and death stop all asking of today at once. */
static int
stop_asking(struct engine *en, const char *participant, const char *why,
    msec now, struct err *e)
{
	struct ledger_checkin c[TURNS_MAX];
	int n = ledger_checkins_of(en->ledger, participant,
	    calendar_date(now), c, TURNS_MAX, e);

	for (int i = 0; i < n; i++)
		if (!checkin_state_is_final(c[i].state) && word_close(en,
		    &c[i], CHECKIN_CANCELLED, CONFIRMED_BY_NOBODY, why, now,
		    e) == -1)
			return -1;
	return n == -1 ? -1 : 0;
}

static int
follow_disposition(struct engine *en, const struct ledger_flag *f,
    enum disposition d, msec now, struct err *e)
{
	if (f->participant[0] == '\0')
		return 0;
	if (d == DISPOSITION_HOSPITAL || d == DISPOSITION_DECEASED)
		return stop_asking(en, f->participant,
		    d == DISPOSITION_HOSPITAL ? "in hospital" : "has died",
		    now, e);
	if (!was_found_well(d))
		return 0;
	return word_ok(en, f->participant, CONFIRMED_BY_HUMAN, f->checkin, now,
	    e);
}

int
engine_resolve(struct engine *en, const char *code, const char *who,
    const char *from, enum disposition disposition,
    enum false_alarm false_alarm, const char *note, msec now, struct err *e)
{
	struct ledger_flag f;
	struct buf detail = BUF_EMPTY;
	int result;

	if (find_open(en, code, &f, e) == -1 ||
	    check_owner(en, &f, who, e) == -1)
		return -1;
	if (disposition == DISPOSITION_NONE ||
	    disposition == DISPOSITION_OWN_WORD)
		return err_set(e, "say how it ended, for example "
		    "--disposition safe");
	/* The record names who it was, whoever had it. */
	snprintf(f.owner, sizeof(f.owner), "%s", who);
	if (resolve(en, &f, disposition, false_alarm, now, e) == -1)
		return -1;
	buf_add(&detail, disposition_name(disposition));
	if (false_alarm != FALSE_ALARM_NONE)
		buf_addf(&detail, ", %s", false_alarm_name(false_alarm));
	if (note != NULL && note[0] != '\0')
		buf_addf(&detail, ": %s", note);
	result = flags_record(en, who, from, "resolve", f.id, f.checkin,
	    buf_text(&detail), now, e);
	buf_release(&detail);
	if (result == -1)
		return -1;
	return follow_disposition(en, &f, disposition, now, e);
}

/* ---- hold -------------------------------------------------------------- */

int
engine_hold(struct engine *en, const char *round, const char *reason,
    const char *who, msec now, struct err *e)
{
	char text[256];

	if (round[0] != '\0' && config_round(en->conf, round) == NULL)
		return err_set(e, "there is no round \"%s\"", round);
	if (ledger_hold_add(en->ledger, round, reason, who, now, e) == -1 ||
	    flags_record(en, who, "socket", "hold", 0, 0, reason, now,
	    e) == -1)
		return -1;
	log_warn("engine", "hold: round=%s", round[0] != '\0' ? round : "all");
	snprintf(text, sizeof(text), "%s: asking is on hold%s%s, by %s. End it "
	    "with: ringround resume%s%s", en->conf->service.name,
	    round[0] != '\0' ? " for the round " : "", round,
	    name_of(en, who), round[0] != '\0' ? " --round " : "", round);
	return notices_tell_coordinators(en, "hold", 0, 0, false, text,
	    "asking is on hold", text, now, e);
}

int
engine_resume(struct engine *en, const char *round, const char *who, msec now,
    struct err *e)
{
	int ended = ledger_hold_end(en->ledger, round, who, now, e);

	if (ended == 0)
		return err_set(e, "there is no hold of %s%s; `ringround "
		    "status` shows what is on hold",
		    round[0] != '\0' ? "the round " : "all asking", round);
	if (ended == -1)
		return -1;
	log_info("engine", "resumed: round=%s", round[0] != '\0' ? round :
	    "all");
	en->replan = true;	/* wakes what was put off */
	return flags_record(en, who, "socket", "resume", 0, 0, NULL, now, e);
}
