/*
 * Who watches the watcher: every few minutes the engine looks at its own
 * ledger for what must not be, and while it finds nothing and is on time an
 * outside dead-man's switch is told so.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "engine/audit.h"

#define BEAT_AGAIN MSEC_MINUTE
/* Whoever is due and was not asked within this is late. */
#define ON_TIME (5 * MSEC_MINUTE)
/* So many findings go to the journal, one by one. */
#define LINES_MAX 10

struct watch_sum {
	struct ledger_finding first;
	int n;
};

static int
note(const struct ledger_finding *f, void *arg)
{
	struct watch_sum *s = arg;

	if (s->n++ == 0)
		s->first = *f;
	if (s->n <= LINES_MAX)
		log_error("audit", "rule=%d checkin=%lld attempt=%lld "
		    "flag=%lld: %s", f->rule, (long long)f->checkin,
		    (long long)f->attempt, (long long)f->flag, f->name);
	return 0;
}

/* One incident for all that is found at a time; what is new meanwhile stands
 * in the journal. */
static int
tell_found(struct engine *en, const struct watch_sum *s, msec now,
    struct err *e)
{
	char detail[160], words[400];
	int64_t id;
	bool fresh;

	snprintf(detail, sizeof(detail), "invariant %d, check-in %lld: %s",
	    s->first.rule, (long long)s->first.checkin, s->first.name);
	if (ledger_incident_open(en->ledger, INCIDENT_AUDIT, "", detail, now,
	    &id, &fresh, e) == -1)
		return -1;
	if (!fresh)
		return 0;
	snprintf(words, sizeof(words), "%s: something is wrong inside "
	    "Ringround (%s; %d found). People may not have been asked: please "
	    "look at the list, and tell whoever looks after this computer: "
	    "ringround audit", en->conf->service.name, detail, s->n);
	return notices_tell_coordinators(en, "incident", 0, id, true, words,
	    "Ringround has found a fault in itself", words, now, e);
}

static int
audit(struct engine *en, msec now, struct err *e)
{
	struct watch_sum s = { .n = 0 };

	if (audit_run(en->ledger, en->conf, now, AUDIT_OPEN, note, &s,
	    e) == -1)
		return -1;
	en->watch.passed = s.n == 0;
	if (s.n > 0)
		return tell_found(en, &s, now, e);
	return trouble_end(en, INCIDENT_AUDIT, now, e);
}

/* Is everybody asked who is due?  1, 0, -1. */
static int
is_on_time(struct engine *en, msec now, struct err *e)
{
	static const enum channel channels[] = { CHANNEL_CALL, CHANNEL_TEXT };
	msec at;

	if (ledger_checkins_wake(en->ledger, &at, e) == -1)
		return -1;
	if (at < now - ON_TIME)
		return 0;
	for (size_t i = 0; i < en->n_lines; i++) {
		if (en->lines[i].down)
			return 0;
		for (size_t k = 0; k < COUNT(channels); k++) {
			if (ledger_attempts_wake(en->ledger,
			    gateway_conf(en->lines[i].gateway)->name,
			    channels[k], &at, e) == -1)
				return -1;
			if (at < now - ON_TIME)
				return 0;
		}
	}
	return 1;
}

static int
beat(struct engine *en, msec now, struct err *e)
{
	int on_time = is_on_time(en, now, e);

	if (on_time != 1 || !en->watch.passed)
		return on_time == -1 ? -1 : 0;
	engine_effect(en, EFFECT_BEAT)->to =
	    mem_dup(en->conf->service.heartbeat_url);
	return 0;
}

int
watch_run(struct engine *en, msec now, struct err *e)
{
	/* In the middle of a backlog it would find what is just being done,
	 * but no backlog lasts so long that nobody looks any more. */
	const msec again = deadlines[DEADLINE_AUDIT].again;
	bool busy = en->more && now < en->watch.audit_at + again;

	if (now >= en->watch.audit_at && !busy) {
		en->watch.audit_at = now + again;
		if (notices_overdue(en, now, e) == -1 ||
		    standing_run(en, now, e) == -1 || audit(en, now, e) == -1)
			return -1;
	}
	engine_wake_at(en, en->watch.audit_at > now ? en->watch.audit_at :
	    now + again);
	if (en->conf->service.heartbeat_url == NULL || en->draining)
		return 0;
	if (now >= en->watch.beat_at) {
		en->watch.beat_at = now + BEAT_AGAIN;
		if (beat(en, now, e) == -1)
			return -1;
	}
	engine_wake_at(en, en->watch.beat_at);
	return 0;
}
