/*
 * Nothing rests for ever (invariant 6): the table of deadlines is walked.
 * Something is put into each state, the gateway and the mail server never say
 * anything more, and by its number it is acted on.  The words of the ledger
 * are walked too: no state that is not final lacks a row.
 */
#include "ledger/handle.h"
#include "rests.h"

/* What the rig's schemes say. */
msec
rests_of_scheme(const struct deadline_row *d)
{
	static const struct {
		const char *key;
		msec says;
	} keys[] = {
		{ "max_late", 120 * MSEC_MINUTE },
		{ "flag_after", 60 * MSEC_MINUTE },
		{ "contact_hours", 11 * MSEC_HOUR },	/* 09:00 to 20:00 */
		{ "claim_by", 15 * MSEC_MINUTE },
		{ "poll_every", 30 * MSEC_SECOND },
	};

	for (size_t i = 0; d->key != NULL && i < COUNT(keys); i++)
		if (strcmp(d->key, keys[i].key) == 0)
			return keys[i].says;
	ok(d->key == NULL, "%s: its key is known here", d->name);
	return 0;
}

/* When it has been acted on for the first time, and ended, at the latest. */
msec
rests_first_by(const struct deadline_row *d)
{
	msec more = d->within != 0 ? d->within : d->again;

	return rests_of_scheme(d) + (d->key != NULL ? d->within : more);
}

msec
rests_over_by(const struct deadline_row *d)
{
	msec most = d->at_most != 0 ? d->at_most : d->within;

	if (most == NEVER)	/* a human ends it: what comes is the first */
		return rests_first_by(d);
	return rests_of_scheme(d) + most + (d->at_most != 0 ? d->again : 0);
}

/* ---- looking ------------------------------------------------------------ */

/* One number of the ledger. */
int64_t
rests_number(struct rig *r, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(handle_of(r->ledger), sql, -1, &s, NULL) ==
	    SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* It is so from since, and no more from until on (and not much sooner). */
void
rests_last(struct rig *r, const struct deadline_row *d, const char *sql,
    msec since, msec until, msec sooner)
{
	rig_run(r, since + MSEC_SECOND / 2);
	ok(rests_number(r, sql) > 0, "%s: is there", d->name);
	rig_run(r, until - sooner - MSEC_SECOND);
	ok(rests_number(r, sql) > 0, "%s: still there at %s", d->name,
	    rig_clock(r->now));
	rig_run(r, until + MSEC_SECOND);
	is_int(rests_number(r, sql), 0, "%s: at %s it %s", d->name,
	    rig_clock(r->now), d->then);
}

/* ---- all of them -------------------------------------------------------- */

static bool
has_row(enum deadline_of of, int state)
{
	for (int i = 0; i < DEADLINE_COUNT; i++)
		if (deadlines[i].of == of && deadlines[i].state == state)
			return true;
	return false;
}

/* The words of the ledger. */
static void
test_words(void)
{
	for (int s = 0; s < CHECKIN_STATE_COUNT; s++)
		ok(checkin_state_is_final((enum checkin_state)s) ||
		    has_row(OF_CHECKIN, s), "a check-in's state: %s",
		    checkin_state_name((enum checkin_state)s));
	for (int s = 0; s < ATTEMPT_STATE_COUNT; s++)
		ok(s == ATTEMPT_ENDED || has_row(OF_ATTEMPT, s),
		    "an attempt's state: %s",
		    attempt_state_name((enum attempt_state)s));
	for (int s = 0; s < FLAG_STATE_COUNT; s++)
		ok(s == FLAG_RESOLVED || has_row(OF_FLAG, s),
		    "a flag's state: %s", flag_state_name((enum flag_state)s));
	for (int s = 0; s < NOTICE_STATE_COUNT; s++)
		ok(s == NOTICE_ACCEPTED || s == NOTICE_FAILED ||
		    has_row(OF_NOTICE, s), "a notice's state: %d", s);
	for (int k = 0; k < INCIDENT_KIND_COUNT; k++)
		ok(has_row(OF_INCIDENT, k), "an open incident: %s",
		    incident_kind_name((enum incident_kind)k));
}

/* What each table holds: a state with a row above, or nothing that could wait.
 * A table that is not here is a question: what ends that which is in it? */
static const struct {
	const char *table, *why;
	enum deadline row;	/* the first of its rows; COUNT: none, why */
} tables[] = {
	{ "checkin", "", DEADLINE_DUE },
	{ "attempt", "", DEADLINE_STEP_PLANNED },
	{ "bridge", "it ends with its attempt", DEADLINE_CALL },
	{ "reply", "", DEADLINE_QUESTION },
	{ "flag", "", DEADLINE_FLAG_OPEN },
	{ "visit", "", DEADLINE_VISIT },
	{ "ask", "", DEADLINE_CONTACT },
	{ "trial", "", DEADLINE_TRIAL },
	{ "notice", "", DEADLINE_TEXT_NOTICE },
	{ "incident", "", DEADLINE_GATEWAY_DOWN },
	{ "hold", "", DEADLINE_HOLD },
	{ "review", "", DEADLINE_REVIEW },
	{ "absence", "", DEADLINE_HOSPITAL },
	{ "aside", "told as an incident", DEADLINE_SET_ASIDE },
	{ "meta", "what is so", DEADLINE_COUNT },
	{ "load", "what was", DEADLINE_COUNT },
	{ "live_since", "what is so", DEADLINE_COUNT },
	{ "inbox", "how far a list was read", DEADLINE_INBOX_LIST },
	{ "callback", "what was", DEADLINE_COUNT },
	{ "cause", "what was", DEADLINE_COUNT },
	{ "decision", "what was", DEADLINE_COUNT },
	{ "concern", "what was", DEADLINE_COUNT },
	{ "tally", "a count", DEADLINE_COUNT },
	{ "lateness", "a count", DEADLINE_COUNT },
	{ "optout", "the person's word, until their next", DEADLINE_COUNT },
	{ "link", "opens nothing after its own end", DEADLINE_COUNT },
	{ "session", "is none after its own end", DEADLINE_COUNT },
	{ "sight", "what was", DEADLINE_COUNT },
};

static void
test_tables(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));
	sqlite3_stmt *s = NULL;

	ok(sqlite3_prepare_v2(handle_of(r->ledger), "SELECT name FROM"
	    " sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
	    -1, &s, NULL) == SQLITE_OK, "what the ledger holds");
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(s, 0);
		bool known = false;

		for (size_t i = 0; i < COUNT(tables); i++)
			known |= strcmp(tables[i].table, name) == 0;
		ok(known, "what waits in the table %s is known here", name);
	}
	sqlite3_finalize(s);
	for (size_t i = 0; i < COUNT(tables); i++)
		ok(tables[i].row < DEADLINE_COUNT ? deadlines[tables[i].row].
		    name != NULL : tables[i].why[0] != '\0', "%s: %s",
		    tables[i].table, tables[i].row < DEADLINE_COUNT ?
		    deadlines[tables[i].row].name : tables[i].why);
	rig_close(r);
}

static const struct rests_trial *
trial_of(enum deadline row)
{
	static const struct rests_trial *const all[] = {
		rests_asked, rests_people, rests_trouble,
	};

	for (size_t i = 0; i < COUNT(all); i++)
		for (const struct rests_trial *t = all[i]; t->run != NULL; t++)
			if (t->row == row)
				return t;
	return NULL;
}

int
main(void)
{
	test_words();
	test_tables();
	for (int i = 0; i < DEADLINE_COUNT; i++) {
		const struct deadline_row *d = &deadlines[i];
		const struct rests_trial *t = trial_of((enum deadline)i);

		if (!ok(d->name != NULL && t != NULL, "row %d: %s", i,
		    d->name != NULL ? d->name : "is empty"))
			continue;
		ok(engine_runs(d->reaper), "%s: has a reaper", d->name);
		t->run(d);
	}
	return tap_done();
}
