/*
 * api.h - what people and scripts see of the service, as JSON.
 *
 * One function an object; the daemon's control socket answers with them, and
 * the command line calls them itself on the ledger while no daemon runs.  The
 * keys are a promise to scripts: they may be joined by others, and never
 * change their meaning.  Names and numbers of people stand in them, so they
 * go only to those who may see those.
 *
 * Each gives an object that the caller owns (json_decref), or NULL with *e
 * where the ledger fails.
 */
#ifndef API_H
#define API_H

#include "base/json.h"
#include "config/config.h"
#include "engine/engine.h"
#include "ledger/ledger.h"
#include "ledger/view.h"

/* What there is to be seen, lent. */
struct api_source {
	const struct config *config;
	struct ledger *ledger;		/* NULL, for api_plan only: none yet */
	const struct engine *engine;	/* NULL where no daemon runs */
	msec now;
	bool restricted;	/* for a volunteer: no safeguarding matters */
};

/* Today: rounds by state, flags, incidents, holds, gateways, lateness. */
json_t *api_status(const struct api_source *s, struct err *e) MUST_CHECK;

/* The holds in force, which are also in the status. */
json_t *api_holds(const struct api_source *s, struct err *e) MUST_CHECK;

/* Who is away today, paused, in hospital or dead, by the files and by the
 * ledger; also in the status. */
json_t *api_absences(const struct api_source *s, struct err *e) MUST_CHECK;
json_t *api_absences_array(const struct api_source *s,
    struct err *e) MUST_CHECK;

/* Who is asked when on the date, by what, and why not; and the next slot of
 * every live person. */
json_t *api_plan(const struct api_source *s, localdate date,
    struct err *e) MUST_CHECK;

/* Flags that are not resolved; with all also the newest resolved ones. */
json_t *api_flags(const struct api_source *s, bool all,
    struct err *e) MUST_CHECK;

/* One flag, with the script of the step in hand.  *ret_found tells a code that
 * there is not from a failure; it is set in either case. */
json_t *api_flag(const struct api_source *s, const char *code,
    bool *ret_found, struct err *e) MUST_CHECK;

/* The keys of a flag, into the object. */
void api_flags_fill(json_t *o, const struct config *c,
    const struct view_flag *v);

/* What whoever works on paper needs: open flags, each with the person's
 * numbers, contacts and today's attempts.  who: the volunteer whose flags
 * they are, who have them or were asked; NULL for all. */
json_t *api_sheet(const struct api_source *s, const char *who,
    struct err *e) MUST_CHECK;

/* The reviews that are open. */
json_t *api_reviews(const struct api_source *s, struct err *e) MUST_CHECK;

/* How the newest test call or text of a person went, and whether any was ever
 * confirmed. */
json_t *api_trial(const struct api_source *s, const char *participant,
    struct err *e) MUST_CHECK;

/* A flag's safeguarding concerns: for coordinators only. */
json_t *api_concerns(const struct api_source *s, const char *code,
    bool *ret_found, struct err *e) MUST_CHECK;

/* Take away what only coordinators know: that it was a safeguarding matter. */
void api_flags_hide(json_t *o);
/* Add a flag's "script": the step in hand; null where it has ended. */
int api_script_put(json_t *o, const struct api_source *s,
    const struct ledger_flag *f, struct err *e) MUST_CHECK;

/* A person's check-ins, attempts, replies and flags, the newest first.
 * *ret_found: neither the configuration nor the ledger knows them. */
json_t *api_history(const struct api_source *s, const char *participant,
    bool *ret_found, struct err *e) MUST_CHECK;

/* The next slot of every live person: an array of {participant, at}.  Never
 * fails; s->ledger may be NULL. */
json_t *api_next_slots(const struct api_source *s);

/* Which address goes into which field of each gateway's console. */
json_t *api_urls(const struct config *c, struct err *e) MUST_CHECK;

#endif /* API_H */
