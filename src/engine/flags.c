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

/* Whoever asks for help hears by when they will be rung, each time anew: the
 * first that nobody has kept yet is what they wait for. */
static void
promise(struct ledger_flag *f, msec now)
{
	if (f->ring_by == 0)
		f->ring_by = now + RING_YOU_WITHIN;
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
	if (f->reason == FLAG_HELP)
		promise(f, now);
	if (ledger_flag_add(en->ledger, f, e) == -1 ||
	    ledger_cause_add(en->ledger, f->id, f->reason, f->checkin, now,
	    e) == -1)
		return -1;
	log_info("engine", "flag=%s reason=%s checkin=%lld", f->code,
	    flag_reason_name(f->reason), (long long)f->checkin);
	return followup_next(en, f, now, e);
}

/* Whoever has the flag hears that there is something to read, once: on their
 * way to a door, an "away until Sunday" is worth a text. */
static int
tell_owner_of_words(struct engine *en, const struct ledger_flag *f, msec now,
    struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf,
	    f->owner);
	char text[160], key[LEDGER_DETAIL_SIZE];
	struct notice_words w = {
		.kind = "wrote", .flag = f->id, .text = text, .body = text,
		.subject = "they have written", .key = key,
	};

	if (f->state != FLAG_CLAIMED || v == NULL)
		return 0;
	snprintf(key, sizeof(key), "wrote %lld %s", (long long)f->id, v->id);
	snprintf(text, sizeof(text), "%s: the person of flag %s has written to "
	    "us. Their words are on its page; it is still yours.",
	    en->conf->service.name, f->code);
	return notices_send(en, v, &v->notices, &w, now, e);
}

/* A further cause of an open flag; a more urgent one is told anew, and so is
 * a call for help after they were rung for the last. */
static int
join(struct engine *en, struct ledger_flag *f, enum flag_reason reason,
    int64_t checkin, int64_t incident, msec now, struct err *e)
{
	bool again = reason == FLAG_HELP && f->ring_by == 0;

	if (ledger_cause_add(en->ledger, f->id, reason, checkin, now, e) == -1)
		return -1;
	if (reason == FLAG_UNCLEAR_REPLY &&
	    tell_owner_of_words(en, f, now, e) == -1)
		return -1;
	if (reason >= f->reason && !again)
		return 0;
	if (again)
		promise(f, now);
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

int
flags_end(struct engine *en, struct ledger_flag *f, enum disposition d,
    enum false_alarm why, msec now, struct err *e)
{
	f->handed_to[0] = '\0';
	f->state = FLAG_RESOLVED;
	f->disposition = d;
	f->false_alarm = why;
	f->resolved_at = now;
	f->deadline = f->ring_by = 0;
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
	if (flags_end(en, &f, DISPOSITION_OWN_WORD, FALSE_ALARM_NONE, now,
	    e) == -1 || flags_record(en, participant, "rule", "own_word", f.id,
	    f.checkin, NULL, now, e) == -1)
		return -1;
	v = config_volunteer(en->conf, f.owner[0] != '\0' ? f.owner : f.asked);
	/* Whoever holds it is told at any hour, whoever was only asked while
	 * they are on duty. */
	if (v == NULL || (f.owner[0] == '\0' && !v->coordinator &&
	    !config_is_on_duty(v, now)))
		return 0;
	snprintf(text, sizeof(text), "%s: flag %s has ended, the person was "
	    "heard. Thank you.", en->conf->service.name, f.code);
	return notices_tell(en, v, "ended", f.id, 0, false, text, "has ended",
	    text, now, e);
}

const char *
flags_name_of(const struct engine *en, const char *who)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);

	return v != NULL ? v->name : who;
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
	    flags_name_of(en, who), round[0] != '\0' ? " --round " : "", round);
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
