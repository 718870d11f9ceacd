/*
 * What only a human ends, or what it waits for: a hold, an incident that
 * lasts, somebody's set-up that needs a look.  While it stands the coordinators
 * are told of it again and again, by day; of the last by e-mail alone.
 */
#include "engine/inside.h"

#include <stdio.h>

#include "ledger/view.h"

#define STANDING_MAX 32
#define MOMENT_SIZE 32	/* "09:12 on 2026-12-04" */

struct standing {
	int64_t incident;		/* 0: a hold */
	char key[LEDGER_DETAIL_SIZE];
	char words[256];
};

struct standings {
	const struct engine *en;
	msec now;
	struct standing items[STANDING_MAX];
	int n;
};

/* Room for one that stands since then; NULL where it is not time. */
static struct standing *
is_time(struct standings *s, enum deadline d, msec since, msec *ret_times)
{
	*ret_times = (s->now - since) / deadlines[d].again;
	if (*ret_times < 1 || s->n == STANDING_MAX)
		return NULL;
	return &s->items[s->n++];
}

static const char *
moment(msec at, char ret[MOMENT_SIZE])
{
	char day[CALENDAR_DATE_SIZE], clock[CALENDAR_CLOCK_SIZE];

	snprintf(ret, MOMENT_SIZE, "%s on %s",
	    calendar_format_clock(at, clock),
	    calendar_format_date(calendar_date(at), day));
	return ret;
}

static int
note_hold(const struct view_hold *h, void *arg)
{
	struct standings *s = arg;
	char since[MOMENT_SIZE];
	const char *of = h->round[0] != '\0' ? h->round : "all";
	msec times;
	struct standing *st = is_time(s, DEADLINE_HOLD, h->since, &times);

	if (st == NULL)
		return 0;
	st->incident = 0;
	snprintf(st->key, sizeof(st->key), "hold %s %lld %lld", of,
	    (long long)h->since, (long long)times);
	snprintf(st->words, sizeof(st->words), "%s: asking is still on hold "
	    "(%s), since %s. Nobody there is asked. End it with: ringround "
	    "resume%s%s", s->en->conf->service.name, of,
	    moment(h->since, since), h->round[0] != '\0' ? " --round " : "",
	    h->round);
	return 0;
}

static int
note_incident(const struct ledger_incident *i, void *arg)
{
	struct standings *s = arg;
	char since[MOMENT_SIZE];
	msec times;
	struct standing *st;

	if (i->ended_at != 0 || (st = is_time(s, DEADLINE_INCIDENT, i->since,
	    &times)) == NULL)
		return 0;
	st->incident = i->id;
	snprintf(st->key, sizeof(st->key), "stands %lld %lld",
	    (long long)i->id, (long long)times);
	snprintf(st->words, sizeof(st->words), "%s: an incident has not ended "
	    "since %s: %s%s%s. More: ringround status",
	    s->en->conf->service.name, moment(i->since, since),
	    incident_kind_name(i->kind), i->subject[0] != '\0' ? " of " : "",
	    i->subject);
	return 0;
}

/* The oldest that is open says how long they have waited. */
static int
remind_of_reviews(struct engine *en, msec now, struct err *e)
{
	const msec again = deadlines[DEADLINE_REVIEW].again;
	char key[64], words[200], since[MOMENT_SIZE];
	const struct notice_words w = {
		.kind = "reviews", .key = key,
		.subject = "set-ups need a look", .body = words,
	};
	struct ledger_review oldest;
	int found = ledger_reviews_open(en->ledger, 0, &oldest, 1, e);

	if (found != 1 || now - oldest.raised_at < again)
		return found == -1 ? -1 : 0;
	snprintf(key, sizeof(key), "reviews %lld", (long long)(now / again));
	snprintf(words, sizeof(words), "Somebody's set-up needs a look, for "
	    "one of them since %s. It is not urgent. See: ringround reviews",
	    moment(oldest.raised_at, since));
	return notices_remind(en, &w, now, e);
}

static int
remind_of(struct engine *en, const struct standing *s, msec now,
    struct err *e)
{
	const struct notice_words w = {
		.kind = "incident", .incident = s->incident, .key = s->key,
		.text = s->words, .subject = s->incident != 0 ?
		    "an incident has not ended" : "asking is still on hold",
		.body = s->words,
	};

	return notices_remind(en, &w, now, e);
}

int
standing_run(struct engine *en, msec now, struct err *e)
{
	struct standings s = { .en = en, .now = now };

	if (!hours_contain(&en->conf->service.contact_hours, now))
		return 0;
	if (view_holds(en->ledger, note_hold, &s, e) == -1 ||
	    view_incidents(en->ledger, note_incident, &s, e) == -1)
		return -1;
	for (int i = 0; i < s.n; i++)
		if (remind_of(en, &s.items[i], now, e) == -1)
			return -1;
	return remind_of_reviews(en, now, e);
}
