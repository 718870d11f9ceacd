/*
 * What makes its own handling fail is undone, kept aside in the ledger, and
 * told: once a day, as one incident, however much it is.  Nothing rests on it:
 * a row is looked at again, and whoever it concerns is flagged at their time;
 * a hook is answered as failed, so that the gateway sends it again while it
 * has patience.
 */
#include "engine/inside.h"

#include <stdio.h>

#include "base/log.h"

struct aside {
	const char *kind, *subject, *content;
	char why[LEDGER_DETAIL_SIZE];
	int kept;			/* as ledger_aside says */
};

static int
tell(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct aside *a = arg;
	char detail[LEDGER_DETAIL_SIZE], words[400];
	int64_t id;
	bool fresh;

	snprintf(detail, sizeof(detail), "%s %.40s: %.60s", a->kind,
	    a->subject, a->why);
	if (ledger_incident_open(en->ledger, INCIDENT_SET_ASIDE, "", detail,
	    now, &id, &fresh, e) == -1)
		return -1;
	if (!fresh)
		return 0;
	snprintf(words, sizeof(words), "%s: something could not be dealt with "
	    "(%s). It is kept aside and nothing else is held up, but somebody "
	    "should look at it: ringround audit, on the computer itself.",
	    en->conf->service.name, a->kind);
	return notices_tell_coordinators(en, "incident", 0, id, true, words,
	    "something could not be dealt with", words, now, e);
}

static int
keep(struct engine *en, void *arg, msec now, struct err *e)
{
	struct aside *a = arg;

	a->kept = ledger_aside(en->ledger, a->kind, a->subject, a->why,
	    a->content, now, e);
	return a->kept == -1 ? -1 : 0;
}

int
aside_keep(struct engine *en, const char *kind, const char *subject,
    const char *content, msec now, struct err *e)
{
	struct aside a = { kind, subject, content, "", 0 };
	int result;

	snprintf(a.why, sizeof(a.why), "%.*s", (int)sizeof(a.why) - 1,
	    e->text);
	log_error("engine", "%s=%s is set aside: %s", kind, subject, a.why);
	/* Apart, so that what spoils the one leaves the other; and where not
	 * even that can be written, the journal has it. */
	if ((result = engine_piece(en, keep, &a, now, e)) == -1)
		return -1;
	if (result == 0)
		a.kept = 0;
	if (engine_piece(en, tell, &a, now, e) == -1)
		return -1;
	return a.kept == 2;
}

int
aside_row(struct engine *en, const char *kind, int64_t id, msec now,
    struct err *e)
{
	char subject[24];

	snprintf(subject, sizeof(subject), "%lld", (long long)id);
	return aside_keep(en, kind, subject, "", now, e);
}
