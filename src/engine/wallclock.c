/*
 * The clock that we are told, where it cannot be believed.
 *
 * Forward: whoever became due meanwhile is asked late, or is missed and on
 * the list, as after a downtime; the ledger cannot know better.
 *
 * Back: nobody is asked while the clock stands behind the ledger, since what
 * is written there as done lies ahead: asking again would be a second time,
 * and perhaps at night.  Words that come in are taken, and volunteers are
 * told of what follows from them.
 */
#include "engine/inside.h"

#include <stdio.h>

#include "base/log.h"

/* So far the clock may stand behind the ledger. */
#define SLACK MSEC_MINUTE
/* A step of such a length is told to the coordinators. */
#define WORTH_TELLING (10 * MSEC_MINUTE)

/* "40 s", "25 min", "3 h", "2 days"; four hours are four hours also where they
 * were measured some milliseconds too short. */
static const char *
length(msec by, char ret[24])
{
	static const struct {
		msec unit;
		const char *name;
	} units[] = { { MSEC_DAY, "days" }, { MSEC_HOUR, "h" },
		{ MSEC_MINUTE, "min" }, { MSEC_SECOND, "s" } };
	size_t i = 0;

	by += MSEC_SECOND / 2;
	while (i < COUNT(units) - 1 && by < 2 * units[i].unit)
		i++;
	snprintf(ret, 24, "%lld %s", (long long)(by / units[i].unit),
	    units[i].name);
	return ret;
}

static int
tell(struct engine *en, enum incident_kind kind, const char *subject,
    const char *words, msec now, struct err *e)
{
	char text[400];
	int64_t id;
	bool fresh;

	if (ledger_incident_open(en->ledger, kind, "", subject, now, &id,
	    &fresh, e) == -1)
		return -1;
	snprintf(text, sizeof(text), "%s: %s", en->conf->service.name, words);
	return fresh ? notices_tell_coordinators(en, "incident", 0, id, true,
	    text, subject, text, now, e) : 0;
}

static int
tell_behind(struct engine *en, void *arg, msec now, struct err *e)
{
	const msec *by = arg;
	char words[300], how[24];

	snprintf(words, sizeof(words), "the computer's clock stands %s behind "
	    "what it showed before. Nobody is asked until it has caught up: "
	    "please have it looked at, and ring people meanwhile.",
	    length(*by, how));
	return tell(en, INCIDENT_CLOCK_BEHIND,
	    "the clock is wrong: nobody is asked", words, now, e);
}

static int
end_behind(struct engine *en, void *arg, msec now, struct err *e)
{
	(void)arg;
	return trouble_end(en, INCIDENT_CLOCK_BEHIND, now, e);
}

static int
fall_behind(struct engine *en, msec by, msec now, struct err *e)
{
	bool first = en->clock_ok_at == 0;

	en->clock_ok_at = now + by - SLACK;
	if (first)
		log_error("engine", "the clock stands %lld s behind the "
		    "ledger: nobody is asked until it is right",
		    (long long)(by / MSEC_SECOND));
	if (!first || by < WORTH_TELLING)
		return 0;
	return engine_piece(en, tell_behind, &by, now, e) == -1 ? -1 : 0;
}

int
wallclock_look(struct engine *en, msec now, struct err *e)
{
	msec newest;

	if (ledger_newest(en->ledger, &newest, e) == -1)
		return -1;
	if (now < newest - SLACK)
		return fall_behind(en, newest - now, now, e);
	if (en->clock_ok_at != 0)
		log_warn("engine", "the clock is right again");
	/* Also of a run before this one. */
	if ((en->clock_ok_at != 0 || !en->done.recovered) &&
	    engine_piece(en, end_behind, NULL, now, e) == -1)
		return -1;
	en->clock_ok_at = 0;
	return 0;
}

msec
wallclock_wake(const struct engine *en, msec now)
{
	msec again = now + deadlines[DEADLINE_CLOCK_BEHIND].again;

	return en->clock_ok_at < again ? en->clock_ok_at : again;
}

int
engine_clock_stepped(struct engine *en, msec by, msec now, struct err *e)
{
	char words[300], how[24];

	log_warn("engine", "the clock was set %s by %s", by < 0 ? "back" :
	    "forward", length(by < 0 ? -by : by, how));
	/* A step back is seen against the ledger: see wallclock_look. */
	if (by < WORTH_TELLING)
		return 0;
	snprintf(words, sizeof(words), "the computer's clock went %s forward "
	    "at once. Whoever should have been asked in that time is asked "
	    "late, or stands on the list as missed. If the clock is wrong now, "
	    "please have it looked at.", length(by, how));
	if (tell(en, INCIDENT_CLOCK_FORWARD, "the clock went forward", words,
	    now, e) == -1)
		return -1;
	return trouble_end(en, INCIDENT_CLOCK_FORWARD, now, e);
}
