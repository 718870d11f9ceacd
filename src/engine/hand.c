/*
 * From one human to another.  Who has a flag keeps it until the other has
 * taken it, so that it is never between two people; where the other does not,
 * it goes on to the next.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "rules/claim.h"

/* Who is meant by the words: an id, a first name, a name.  Of several whom
 * they fit equally well, nobody. */
static int
find_receiver(struct engine *en, const char *words,
    const struct config_volunteer **ret, struct err *e)
{
	const struct config_volunteer *best = NULL, *also = NULL;
	int most = 0;

	if ((*ret = config_volunteer(en->conf, words)) != NULL)
		return 0;
	for (size_t i = 0; i < en->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &en->conf->volunteers[i];
		int fits = claim_names(words, v->name, v->id);

		if (fits == 0 || fits < most)
			continue;
		also = fits == most ? best : NULL;
		best = v;
		most = fits;
	}
	if (best == NULL)
		return err_set(e, "nobody of the team is called that");
	if (also != NULL)
		return err_set(e, "who is meant, %s (%s) or %s (%s)? Please "
		    "say their id", best->name, best->id, also->name,
		    also->id);
	*ret = best;
	return 0;
}

/* Can they be told now, and see to this person? */
static int
check_receiver(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, msec now, struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, f->participant);

	if (!v->coordinator && (!config_is_on_duty(v, now) ||
	    (f->reason != FLAG_HELP && config_is_quiet(v, now))))
		return err_set(e, "%s is not on duty now", v->name);
	if (p != NULL && !config_covers(v, p->area))
		return err_set(e, "flag %s is not in an area of %s's",
		    f->code, v->name);
	return decide_check_cap(en, f, v, e);
}

static int
tell_receiver(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, const char *giver, msec now,
    struct err *e)
{
	char by[CALENDAR_CLOCK_SIZE], subject[64], text[320];

	calendar_format_clock(f->deadline, by);
	snprintf(text, sizeof(text), "%s: %s%s would hand flag %s over to "
	    "you. Reply YES %s by %s to take it, or NO %s.",
	    en->conf->service.name, f->reason == FLAG_HELP ? "URGENT: " : "",
	    flags_name_of(en, giver), f->code, f->code, by, f->code);
	snprintf(subject, sizeof(subject), "flag %s for you, by %s", f->code,
	    by);
	return notices_tell(en, v, "handed", f->id, f->incident,
	    f->reason == FLAG_HELP, text, subject, text, now, e);
}

int
hand_again(struct engine *en, struct ledger_flag *f, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf,
	    f->handed_to);

	f->deadline = now + deadlines[DEADLINE_NIGHT].again;
	if (ledger_flag_save(en->ledger, f, e) == -1)
		return -1;
	return v != NULL ? tell_receiver(en, f, v, f->owner, now, e) : 0;
}

/* A coordinator takes what another has: nobody is to be waited for. */
static int
take_over(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, msec now, struct err *e)
{
	char giver[LEDGER_NAME_SIZE];

	snprintf(giver, sizeof(giver), "%s", f->owner);
	if (flags_record(en, who, from, "hand_over", f->id, f->checkin, who,
	    now, e) == -1 || decide_take(en, f, who, from, now, e) == -1)
		return -1;
	return hand_taken(en, f, giver, now, e);
}

int
engine_hand_over(struct engine *en, const char *code, const char *to,
    const char *who, const char *from, msec now, struct err *e)
{
	const struct config_volunteer *v;
	struct ledger_flag f;

	if (decide_find(en, code, &f, e) == -1 ||
	    decide_check_owner(en, &f, who, e) == -1 ||
	    find_receiver(en, to, &v, e) == -1)
		return -1;
	if (f.state == FLAG_CLAIMED && strcmp(f.owner, v->id) == 0)
		return err_set(e, "%s has flag %s already", v->name, f.code);
	if (strcmp(v->id, who) == 0)
		return take_over(en, &f, who, from, now, e);
	if (check_receiver(en, &f, v, now, e) == -1)
		return -1;
	/* What nobody has is theirs until the other has taken it. */
	if (f.state == FLAG_OPEN && decide_take(en, &f, who, from, now,
	    e) == -1)
		return -1;
	f.deadline = now + f.claim_by;
	f.coordinator_at = f.deadline;
	snprintf(f.handed_to, sizeof(f.handed_to), "%s", v->id);
	snprintf(f.asked, sizeof(f.asked), "%s", v->id);
	if (ledger_flag_save(en->ledger, &f, e) == -1 || flags_record(en, who,
	    from, "hand_over", f.id, f.checkin, v->id, now, e) == -1)
		return -1;
	return tell_receiver(en, &f, v, who, now, e);
}

/* Whoever had it learns what became of it. */
static int
tell_giver(struct engine *en, const struct ledger_flag *f, const char *giver,
    const char *text, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, giver);

	return v == NULL ? 0 : notices_tell(en, v, "passed_on", f->id, 0,
	    false, text, "a flag that you had", text, now, e);
}

int
hand_taken(struct engine *en, const struct ledger_flag *f,
    const char *from_whom, msec now, struct err *e)
{
	char text[256];

	if (from_whom[0] == '\0' || strcmp(from_whom, f->owner) == 0)
		return 0;
	snprintf(text, sizeof(text), "%s: flag %s is %s's now. Thank you.",
	    en->conf->service.name, f->code, flags_name_of(en, f->owner));
	return tell_giver(en, f, from_whom, text, now, e);
}

int
hand_lapse(struct engine *en, struct ledger_flag *f, const char *who,
    const char *from, const char *why, msec now, struct err *e)
{
	char text[256], giver[LEDGER_NAME_SIZE];

	snprintf(text, sizeof(text), "%s: %s has not taken flag %s, so "
	    "somebody else is asked. It is not yours any more.",
	    en->conf->service.name, flags_name_of(en, f->handed_to), f->code);
	snprintf(giver, sizeof(giver), "%s", f->owner);
	if (followup_reopen(en, f, who, from, why, now, e) == -1)
		return -1;
	return tell_giver(en, f, giver, text, now, e);
}
