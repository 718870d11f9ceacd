/*
 * Who is told of a flag: the volunteer on duty for the area who speaks the
 * person's language and has the fewest open, then the next, at last the
 * coordinator, and that again and again until a human has it.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"

/* Flags of an incident that nobody has are brought to mind so often. */
#define REMIND_AGAIN (30 * MSEC_MINUTE)

/* How good a choice for the flag is the volunteer: the number of flags that
 * they hold, or were asked to take and have not answered yet (a bad morning's
 * must not all go to one), fewer is better; -1 not at all; -2 failed. */
static int
weigh(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, const char *area, msec now,
    struct err *e)
{
	int told, held, asked;

	if (v->coordinator || !config_is_on_duty(v, now) ||
	    (f->reason != FLAG_HELP && config_is_quiet(v, now)))
		return -1;
	if (f->participant[0] != '\0' && !config_covers(v, area))
		return -1;
	if ((told = ledger_flag_was_told(en->ledger, f->id, v->id, e)) != 0)
		return told == -1 ? -2 : -1;
	if ((held = ledger_flags_held(en->ledger, v->id, e)) == -1)
		return -2;
	if (held >= v->carries)
		return -1;
	asked = ledger_flags_asked(en->ledger, v->id, e);
	return asked == -1 ? -2 : held + asked;
}

static int
choose(struct engine *en, const struct ledger_flag *f, msec now,
    const struct config_volunteer **ret, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);
	int best = -1;
	bool spoken = false;

	*ret = NULL;
	for (size_t i = 0; i < en->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &en->conf->volunteers[i];
		int held = weigh(en, f, v, p != NULL ? p->area : NULL, now, e);

		if (held == -2)
			return -1;
		bool speaks = p != NULL && config_speaks(en->conf, v,
		    p->language);
		if (held >= 0 && (*ret == NULL || speaks > spoken ||
		    (speaks == spoken && held < best))) {
			*ret = v;
			best = held;
			spoken = speaks;
		}
	}
	return 0;
}

/* The coordinators who are on duty, or all where nobody is. */
static int
tell_coordinators(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e)
{
	bool anybody = false;

	for (size_t i = 0; i < en->conf->n_volunteers; i++)
		if (en->conf->volunteers[i].coordinator &&
		    config_is_on_duty(&en->conf->volunteers[i], now))
			anybody = true;
	for (size_t i = 0; i < en->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &en->conf->volunteers[i];

		if (!v->coordinator ||
		    (anybody && !config_is_on_duty(v, now)))
			continue;
		if (notices_flag(en, f, v, f->deadline, now, e) == -1)
			return -1;
		snprintf(f->asked, sizeof(f->asked), "%s", v->id);
	}
	return 0;
}

/* People are told once of an incident, not once for each of its flags. */
static bool
is_told_with_incident(const struct ledger_flag *f)
{
	return f->incident != 0 && (f->reason == FLAG_MISSED ||
	    f->reason == FLAG_GATEWAY);
}

/* Of many who were silent at once the coordinators hear first, who may know of
 * the one cause; volunteers after a while, unless its ladder says that they
 * hear at once.  Help is never held.  1 until then, 0, -1. */
static int
is_held(struct engine *en, const struct ledger_flag *f, msec now,
    msec *ret_until, struct err *e)
{
	const struct config_round *r;
	struct ledger_checkin c;
	int64_t incident;
	int held;

	if (f->incident == 0 || f->checkin == 0 ||
	    (f->reason != FLAG_NO_RESPONSE && f->reason != FLAG_UNDELIVERED))
		return 0;
	held = trouble_silence_holds(en, now, ret_until, &incident, e);
	if (held != 1)
		return held;
	if (ledger_checkin_get(en->ledger, f->checkin, &c, e) == -1)
		return -1;
	r = config_round(en->conf, c.round);
	return incident == f->incident && r != NULL &&
	    r->ladder->hold_in_silence;
}

/* The coordinators are told that flags of its incident are still nobody's, but
 * once in half an hour for all of them. */
static int
remind(struct engine *en, const struct ledger_flag *f, msec now, struct err *e)
{
	char key[64], words[256];
	const struct notice_words w = {
		.kind = "incident", .incident = f->incident, .key = key,
		.text = words, .subject = "flags are still open",
		.body = words,
	};

	snprintf(key, sizeof(key), "remind %lld %lld", (long long)f->incident,
	    (long long)(now / REMIND_AGAIN));
	snprintf(words, sizeof(words), "%s: people who could not be %s "
	    "still have open flags. Please see that somebody takes them: "
	    "ringround flags", en->conf->service.name,
	    is_told_with_incident(f) ? "asked" : "reached");
	return notices_remind(en, &w, now, e);
}

/* Somebody has it, and it has become more urgent.  Help is not left to one
 * who may have claimed it for less, and be at home again. */
static int
tell_owner(struct engine *en, struct ledger_flag *f, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, f->owner);
	bool all = f->reason == FLAG_HELP || v == NULL;

	if (v != NULL && !(all && v->coordinator) && notices_flag(en, f, v,
	    now + f->claim_by, now, e) == -1)
		return -1;
	f->deadline = now + f->claim_by;
	if (all && tell_coordinators(en, f, now, e) == -1)
		return -1;
	if (all)
		f->coordinator_at = f->deadline +
		    deadlines[DEADLINE_OWNER_ASKED].within;
	else
		followup_claimed(f, now);
	return ledger_flag_save(en->ledger, f, e);
}

int
followup_next(struct engine *en, struct ledger_flag *f, msec now,
    struct err *e)
{
	const struct config_volunteer *v = NULL;
	msec until = NEVER;
	int held;

	if (f->state == FLAG_CLAIMED)
		return tell_owner(en, f, now, e);
	if (closing_is_night(en->conf, now) && closing_name(en, f, now,
	    e) == -1)
		return -1;
	if ((held = is_held(en, f, now, &until, e)) == -1)
		return -1;
	if (held || is_told_with_incident(f)) {
		if (now > f->raised_at && remind(en, f, now, e) == -1)
			return -1;
		f->deadline = now + deadlines[DEADLINE_FLAG_LEFT].again;
		if (held && f->deadline > until)
			f->deadline = until;
		return ledger_flag_save(en->ledger, f, e);
	}
	if (f->reason != FLAG_STOP && f->reason != FLAG_OPTED_OUT &&
	    choose(en, f, now, &v, e) == -1)
		return -1;
	f->deadline = now + f->claim_by;
	if (v != NULL) {
		if (f->deadline > f->coordinator_at && f->coordinator_at > now)
			f->deadline = f->coordinator_at;
		snprintf(f->asked, sizeof(f->asked), "%s", v->id);
		if (notices_flag(en, f, v, f->deadline, now, e) == -1)
			return -1;
	}
	if (v == NULL || now >= f->coordinator_at) {
		if (f->deadline > now + deadlines[DEADLINE_FLAG_LEFT].again)
			f->deadline = now + deadlines[DEADLINE_FLAG_LEFT].again;
		if (tell_coordinators(en, f, now, e) == -1)
			return -1;
		if (v != NULL)
			snprintf(f->asked, sizeof(f->asked), "%s", v->id);
	}
	return ledger_flag_save(en->ledger, f, e);
}

/* The owner was one of the team, and is so no longer. */
static bool
is_orphaned(const struct engine *en, const struct ledger_flag *f)
{
	return f->state == FLAG_CLAIMED &&
	    config_volunteer(en->was.conf, f->owner) != NULL &&
	    config_volunteer(en->conf, f->owner) == NULL;
}

int
followup_orphans(struct engine *en, msec now, struct err *e)
{
	struct ledger_flag f[BATCH];
	int64_t after = 0;
	int n;

	if (en->was.conf == NULL)
		return 0;
	do {
		n = ledger_flags_open(en->ledger, after, f, BATCH, e);
		for (int i = 0; i < n; i++) {
			after = f[i].id;
			if (!is_orphaned(en, &f[i]))
				continue;
			if (followup_reopen(en, &f[i], f[i].owner, "rule",
			    "left the team", now, e) == -1)
				return -1;
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

/* ---- claimed, and no word ---------------------------------------------- */

void
followup_claimed(struct ledger_flag *f, msec now)
{
	const msec soonest = now + deadlines[DEADLINE_PROMISED].within;

	f->deadline = now + deadlines[DEADLINE_CLAIMED].within;
	if (f->ring_by != 0 && f->ring_by < f->deadline)
		f->deadline = f->ring_by > soonest ? f->ring_by : soonest;
	f->coordinator_at = f->deadline +
	    deadlines[DEADLINE_OWNER_ASKED].within;
}

int
followup_reopen(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, const char *why, msec now, struct err *e)
{
	if (flags_record(en, who, from, "release", f->id, f->checkin, why,
	    now, e) == -1)
		return -1;
	f->state = FLAG_OPEN;
	f->owner[0] = f->handed_to[0] = '\0';
	f->deadline = now + f->claim_by;
	return followup_next(en, f, now, e);
}

/* They wait for a call that nobody has noted: the coordinators hear of it
 * once, whoever has the flag. */
static int
tell_of_promise(struct engine *en, const struct ledger_flag *f, msec now,
    struct err *e)
{
	char key[LEDGER_DETAIL_SIZE], words[256], by[CALENDAR_CLOCK_SIZE];
	const struct notice_words w = {
		.kind = "promise", .flag = f->id, .urgent = true, .key = key,
		.text = words, .subject = "a promised call is late",
		.body = words,
	};

	snprintf(words, sizeof(words), "%s: URGENT: flag %s was promised a "
	    "call by %s, and none is noted. %s has it. Please see that they "
	    "are rung now.", en->conf->service.name, f->code,
	    calendar_format_clock(f->ring_by, by),
	    flags_name_of(en, f->owner));
	for (size_t i = 0; i < en->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &en->conf->volunteers[i];

		snprintf(key, sizeof(key), "promise %lld %lld %s",
		    (long long)f->id, (long long)f->ring_by, v->id);
		if (v->coordinator && strcmp(v->id, f->owner) != 0 &&
		    notices_send(en, v, &v->notices, &w, now, e) == -1)
			return -1;
	}
	return 0;
}

static void
word_wanted(const struct engine *en, const struct ledger_flag *f, bool late,
    struct buf *b)
{
	const char *code = f->code;
	char by[CALENDAR_CLOCK_SIZE];

	buf_addf(b, "%s: flag %s is still yours. ", en->conf->service.name,
	    code);
	if (late)
		buf_addf(b, "They were promised a call by %s. Please ring them "
		    "now, and reply TRIED %s, ",
		    calendar_format_clock(f->ring_by, by), code);
	else
		buf_add(b, "Please reply ");
	buf_addf(b, "DONE %s and how it ended, or RELEASE %s. Without a word "
	    "it goes to somebody else.", code, code);
}

/* The owner is asked first; then it goes to the next, and to the coordinator
 * with it. */
static int
ask_owner(struct engine *en, struct ledger_flag *f, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, f->owner);
	bool late = f->ring_by != 0 && f->ring_by <= now;
	struct buf text = BUF_EMPTY;
	int result = 0;

	if (late && tell_of_promise(en, f, now, e) == -1)
		return -1;
	word_wanted(en, f, late, &text);
	if (v != NULL)
		result = notices_tell(en, v, "word", f->id, 0, false,
		    buf_text(&text), "a flag waits for your word",
		    buf_text(&text), now, e);
	buf_release(&text);
	f->deadline = f->coordinator_at;
	return result == -1 ? -1 : ledger_flag_save(en->ledger, f, e);
}

static int
overdue_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_flag *f = arg;

	if (f->state != FLAG_CLAIMED)
		return followup_next(en, f, now, e);
	if (f->handed_to[0] != '\0' && closing_is_night(en->conf, now) &&
	    closing_has_name(en->conf, f))
		return hand_again(en, f, now, e);
	if (f->handed_to[0] != '\0')
		return hand_lapse(en, f, f->owner, "rule", "not taken", now,
		    e);
	if (now < f->coordinator_at)
		return ask_owner(en, f, now, e);
	return followup_reopen(en, f, f->owner, "rule", "no word came", now,
	    e);
}

int
followup_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_flag due[BATCH];
	int n = ledger_flags_overdue(en->ledger, now, due, BATCH, e);

	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, overdue_one, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "flag", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	if (n == BATCH)
		en->more = true;
	return n == -1 ? -1 : 0;
}
