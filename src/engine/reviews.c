/*
 * Whose set-up needs a look: found once a day by rule, listed, and closed by a
 * human with a word.  Nobody is alarmed by one.
 *
 * Some people a turn and a turn a second, each by a few looks into indexes, so
 * that a large scheme is gone through in hours and no round waits for it.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/trials.h"

/* Not before this minute of the day: yesterday is over, and nobody is rung. */
#define BEGINS 360
#define PAUSE MSEC_SECOND

#define NEW_FOR (14 * MSEC_DAY)
#define DELIVERIES 10
#define DELIVERIES_FAILED 8
/* A drift shows between the newest of these and those before them. */
#define DRIFT_OVER 7
#define LONG_PAUSE 28
#define YEAR 365
#define OF_ONE_MAX 16

/* For so many days after one was closed it is not raised again. */
static const int rests[REVIEW_KIND_COUNT] = {
	[REVIEW_SILENT] = 14, [REVIEW_FALSE_ALARMS] = 30, [REVIEW_LINE] = 14,
	[REVIEW_DRIFT] = 30, [REVIEW_UNCONFIRMED] = 28,
	[REVIEW_LONG_PAUSE] = 28, [REVIEW_BLOCKER] = 14,
	[REVIEW_HOSPITAL] = 7, [REVIEW_UNTESTED] = 7, [REVIEW_NO_CONTACT] = 7,
};

static int
raise(struct engine *en, const struct config_participant *p,
    enum review_kind kind, const char *detail, msec now, struct err *e)
{
	return ledger_review_raise(en->ledger, p->id, kind, detail,
	    now - rests[kind] * MSEC_DAY, now, e) == -1 ? -1 : 0;
}

/* ---- what the last days tell ------------------------------------------- */

static int
look_at_silence(struct engine *en, const struct config_participant *p,
    msec now, struct err *e)
{
	localdate today = calendar_date(now);
	int silent = ledger_silent_since(en->ledger, p->id, today - 14, e);
	int alarms = silent == -1 ? -1 : ledger_false_alarms_since(en->ledger,
	    p->id, today - 30, e);
	char words[64];

	if (alarms == -1)
		return -1;
	snprintf(words, sizeof(words), "no response %d times in 14 days",
	    silent);
	if (silent >= 3 && raise(en, p, REVIEW_SILENT, words, now, e) == -1)
		return -1;
	snprintf(words, sizeof(words), "%d false alarms in 30 days", alarms);
	return alarms > 2 ? raise(en, p, REVIEW_FALSE_ALARMS, words, now,
	    e) : 0;
}

static int
look_at_line(struct engine *en, const struct config_participant *p, msec now,
    struct err *e)
{
	enum outcome newest[DELIVERIES];
	int n = ledger_outcomes_since(en->ledger, p->id,
	    calendar_date(now) - 30, newest, DELIVERIES, e);
	int failed = 0;

	for (int i = 0; i < n; i++)
		failed += newest[i] == OUTCOME_UNDELIVERED ||
		    newest[i] == OUTCOME_BAD_NUMBER ||
		    newest[i] == OUTCOME_REFUSED;
	if (n == -1)
		return -1;
	return failed >= DELIVERIES_FAILED ? raise(en, p, REVIEW_LINE,
	    "most of the last 10 calls and texts did not arrive", now, e) : 0;
}

static int
by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int
median(int *of, size_t n)
{
	qsort(of, n, sizeof(*of), by_size);
	return of[n / 2];
}

static int
look_at_drift(struct engine *en, const struct config_participant *p, msec now,
    struct err *e)
{
	int tries[2 * DRIFT_OVER];
	int n = ledger_tries_since(en->ledger, p->id, calendar_date(now) - 60,
	    tries, 2 * DRIFT_OVER, e);

	if (n < 2 * DRIFT_OVER)
		return n == -1 ? -1 : 0;
	if (median(tries + DRIFT_OVER, DRIFT_OVER) > 1 ||
	    median(tries, DRIFT_OVER) < 3)
		return 0;
	return raise(en, p, REVIEW_DRIFT, "used to answer the first call, and "
	    "now the third", now, e);
}

/* ---- what the set-up tells --------------------------------------------- */

static int
look_at_contacts(struct engine *en, const struct config_participant *p,
    msec now, struct err *e)
{
	localdate limit = calendar_date(now) - YEAR;

	if (!config_has_contact(p) && raise(en, p, REVIEW_NO_CONTACT, "is "
	    "asked, but no contact has agreed to be one", now, e) == -1)
		return -1;
	/* Somebody has looked at all of them since. */
	if (config_extra(p)->confirmed >= limit)
		return 0;
	for (int i = 0; i < p->n_contacts; i++) {
		const struct config_contact *c = &p->contacts[i];
		localdate last = c->confirmed > c->agreed ? c->confirmed :
		    c->agreed;

		if (last != CONFIG_NO_DATE && last < limit)
			return raise(en, p, REVIEW_UNCONFIRMED, "a contact was "
			    "last confirmed more than a year ago", now, e);
	}
	return 0;
}

static int
look_at_test(struct engine *en, const struct config_participant *p, msec now,
    struct err *e)
{
	const struct config_extra *x = config_extra(p);
	struct ledger_trial t;
	int passed;

	if (x->tested != CONFIG_NO_DATE || x->test_waived != NULL)
		return 0;
	passed = ledger_trial_passed(en->ledger, p->id, &t, e);
	if (passed != 0)
		return passed == -1 ? -1 : 0;
	return raise(en, p, REVIEW_UNTESTED, "is asked, but no test call or "
	    "text was ever confirmed", now, e);
}

static int
look_at_absences(struct engine *en, const struct config_participant *p,
    msec now, struct err *e)
{
	struct ledger_absence a[OF_ONE_MAX];
	localdate today = calendar_date(now);
	int n = ledger_absences_of(en->ledger, p->id, today, a, OF_ONE_MAX,
	    e);
	bool hospital = false, paused = false;

	for (int i = 0; i < n; i++) {
		if (a[i].first > today)
			continue;
		hospital |= a[i].kind == ABSENCE_HOSPITAL &&
		    (today - a[i].first) * MSEC_DAY >=
		    deadlines[DEADLINE_HOSPITAL].again;
		paused |= a[i].kind == ABSENCE_PAUSED &&
		    a[i].last - a[i].first > LONG_PAUSE;
	}
	for (int i = 0; i < p->n_away; i++)
		paused |= p->away[i].paused && p->away[i].from <= today &&
		    p->away[i].to >= today &&
		    p->away[i].to - p->away[i].from > LONG_PAUSE;
	if (n == -1 || (hospital && raise(en, p, REVIEW_HOSPITAL, "in "
	    "hospital for a week: still?", now, e) == -1))
		return -1;
	return paused ? raise(en, p, REVIEW_LONG_PAUSE, "a pause of more than "
	    "28 days", now, e) : 0;
}

static int
look_at(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct config_participant *const *p = arg;

	if (look_at_silence(en, *p, now, e) == -1 ||
	    look_at_line(en, *p, now, e) == -1 ||
	    look_at_drift(en, *p, now, e) == -1 ||
	    look_at_contacts(en, *p, now, e) == -1 ||
	    look_at_test(en, *p, now, e) == -1)
		return -1;
	return look_at_absences(en, *p, now, e);
}

/* ---- once a day -------------------------------------------------------- */

static bool
is_time(const struct engine *en, msec now)
{
	return en->done.reviewed_on < calendar_date(now) &&
	    calendar_minute(now) >= BEGINS;
}

int
reviews_run(struct engine *en, msec now, struct err *e)
{
	size_t end = en->done.reviewed + BATCH;

	if (!is_time(en, now) || now < en->review_at)
		return 0;
	en->review_at = now + en->rate * PAUSE;
	for (; en->done.reviewed < en->conf->n_participants &&
	    en->done.reviewed < end; en->done.reviewed++) {
		const struct config_participant *p =
		    &en->conf->participants[en->done.reviewed];
		int kept = p->live ? engine_piece(en, look_at, &p, now, e) :
		    1;

		if (kept == 0)
			kept = aside_keep(en, "review", p->id, "", now, e);
		if (kept == -1)
			return -1;
	}
	if (en->done.reviewed >= en->conf->n_participants) {
		en->done.reviewed_on = calendar_date(now);
		en->done.reviewed = 0;
	}
	return 0;
}

int
reviews_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	localdate today = calendar_date(now);

	(void)e;
	if (is_time(en, now))
		*ret = en->review_at;
	else
		*ret = calendar_instant(en->done.reviewed_on >= today ?
		    today + 1 : today, BEGINS, NULL);
	return 0;
}

/* ---- the same day ------------------------------------------------------ */

int
reviews_unheard(struct engine *en, const struct ledger_checkin *c, msec now,
    struct err *e)
{
	const struct config_participant *p =
	    config_participant(en->conf, c->participant);
	struct ledger_attempt a[TRIES_MAX];
	msec since = NEVER;
	int n = 0, calls = 0;

	if (p == NULL || ledger_live_since(en->ledger, p->id, c->round,
	    &since, e) == -1)
		return p == NULL ? 0 : -1;
	if (since == NEVER || now - since > NEW_FOR)
		return 0;
	n = ledger_attempts_of(en->ledger, c->id, a, TRIES_MAX, e);
	for (int i = 0; i < n; i++) {
		if (a[i].channel != CHANNEL_CALL || a[i].sent_at == 0)
			continue;
		if (a[i].outcome != OUTCOME_NO_KEY &&
		    a[i].outcome != OUTCOME_MACHINE)
			return 0;
		calls++;
	}
	if (n == -1)
		return -1;
	return calls > 0 ? raise(en, p, REVIEW_BLOCKER, "new, and every call "
	    "was answered without a key: a call blocker, or hearing?", now,
	    e) : 0;
}

int
engine_review_close(struct engine *en, int64_t review, const char *who,
    const char *from, const char *word, msec now, struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf, who);
	char detail[LEDGER_DETAIL_SIZE + 32];
	int closed;

	if (v != NULL && !v->coordinator)
		return err_set(e, "only a coordinator closes a review");
	if (word[strspn(word, " ")] == '\0' ||
	    strlen(word) >= LEDGER_DETAIL_SIZE)
		return err_set(e, "say in a few words what was done about it");
	closed = ledger_review_close(en->ledger, review, who, word, now, e);
	if (closed == 0)
		return err_set(e, "there is no open review %lld",
		    (long long)review);
	snprintf(detail, sizeof(detail), "%lld: %s", (long long)review, word);
	return closed == -1 ? -1 : flags_record(en, who, from, "review", 0, 0,
	    detail, now, e);
}
