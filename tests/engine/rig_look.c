/*
 * What tests ask and do.
 */
#include "rig.h"

#include "rules/number.h"

/* Several answers of one function may stand in one line of a test. */
static char *
room(void)
{
	static char rooms[8][512];
	static int next;

	return rooms[next++ % 8];
}

const char *
rig_clock(msec at)
{
	return calendar_format_clock(at, room());
}

void
rig_e164(const char *number, char ret[LEDGER_NUMBER_SIZE])
{
	char n[NUMBER_SIZE];

	(void)number_normalise_inbound(number, "44", n);
	snprintf(ret, LEDGER_NUMBER_SIZE, "%s", n);
}

/* ---- doing ------------------------------------------------------------- */

void
rig_lines(struct rig *r, const char *lines)
{
	struct err e;

	if (exchange_script(r->exchange, r->now, lines, &e) == -1) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
}

void
rig_texts(struct rig *r, const char *number, const char *words)
{
	char from[LEDGER_NUMBER_SIZE];

	rig_e164(number, from);
	exchange_text_in(r->exchange, r->now, from, LETTERBOX, words);
	rig_run(r, r->now + 5 * MSEC_SECOND);
}

void
rig_rings(struct rig *r, const char *number, const char *habit)
{
	char line[200];

	snprintf(line, sizeof(line), "%s rings %s to " LINE "\n", number,
	    habit);
	rig_lines(r, line);
	rig_run(r, r->now + 2 * MSEC_MINUTE);
}

struct order {
	const char *code, *who;
	struct resolution how;
	const char *to;
};

static int
do_claim(struct engine *en, void *arg, msec now, struct err *e)
{
	struct order *o = arg;

	return engine_claim(en, o->code, o->who, "socket", now, e);
}

static int
do_resolve(struct engine *en, void *arg, msec now, struct err *e)
{
	struct order *o = arg;

	return engine_resolve(en, o->code, o->who, "socket", &o->how, now, e);
}

static int
do_hold(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_hold(en, arg, "snow", "asha", now, e);
}

static int
do_resume(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_resume(en, arg, "asha", now, e);
}

const char *
rig_claim(struct rig *r, const char *code, const char *who)
{
	struct order o = { .code = code, .who = who };

	return rig_in_turn(r, do_claim, &o);
}

const char *
rig_resolve(struct rig *r, const char *code, const char *who,
    enum disposition d)
{
	struct resolution how = { .disposition = d, .note = "a note" };

	return rig_resolve_how(r, code, who, &how);
}

const char *
rig_resolve_how(struct rig *r, const char *code, const char *who,
    const struct resolution *how)
{
	struct order o = { .code = code, .who = who, .how = *how };

	return rig_in_turn(r, do_resolve, &o);
}

static int
do_hand_over(struct engine *en, void *arg, msec now, struct err *e)
{
	struct order *o = arg;

	return engine_hand_over(en, o->code, o->to, o->who, "page", now, e);
}

const char *
rig_hand_over(struct rig *r, const char *code, const char *who,
    const char *to)
{
	struct order o = { .code = code, .who = who, .to = to };

	return rig_in_turn(r, do_hand_over, &o);
}

struct leave {
	const char *id, *who;
	struct absence_terms terms;
};

static int
do_away(struct engine *en, void *arg, msec now, struct err *e)
{
	struct leave *l = arg;

	return engine_away(en, l->id, &l->terms, l->who, "socket", now, e);
}

static int
do_back(struct engine *en, void *arg, msec now, struct err *e)
{
	struct leave *l = arg;

	return engine_back(en, l->id, l->who, "socket", now, e);
}

const char *
rig_away(struct rig *r, const char *id, enum absence kind, localdate first,
    localdate last)
{
	struct leave l = { .id = id, .who = "asha",
		.terms = { .kind = kind, .first = first, .last = last } };

	return rig_in_turn(r, do_away, &l);
}

const char *
rig_back(struct rig *r, const char *id, const char *who)
{
	struct leave l = { .id = id, .who = who };

	return rig_in_turn(r, do_back, &l);
}

const char *
rig_hold(struct rig *r, const char *round)
{
	return rig_in_turn(r, do_hold, (void *)(uintptr_t)round);
}

const char *
rig_resume(struct rig *r, const char *round)
{
	return rig_in_turn(r, do_resume, (void *)(uintptr_t)round);
}

/* ---- check-ins --------------------------------------------------------- */

struct ledger_checkin
rig_checkin_row(struct rig *r, const char *who, const char *round,
    localdate date)
{
	struct ledger_checkin c[16];
	struct err e;
	int n = ledger_checkins_of(r->ledger, who, date, c, 16, &e);

	for (int i = 0; i < n; i++)
		if (strcmp(c[i].round, round) == 0)
			return c[i];
	return (struct ledger_checkin){ .id = 0 };
}

const char *
rig_checkin(struct rig *r, const char *who, const char *round, localdate date)
{
	struct ledger_checkin c = rig_checkin_row(r, who, round, date);
	char *ret = room();
	const char *by = confirmed_by_name(c.confirmed_by);
	const char *more = by != NULL ? by : c.reason;

	if (c.id == 0)
		return "none";
	snprintf(ret, 512, "%s%s%s", checkin_state_name(c.state),
	    more[0] != '\0' ? " " : "", more);
	return ret;
}

const char *
rig_attempts(struct rig *r, const char *who, const char *round,
    localdate date)
{
	struct ledger_checkin c = rig_checkin_row(r, who, round, date);
	struct ledger_attempt a[32];
	struct err e;
	char *ret = room();
	int n = c.id == 0 ? 0 : ledger_attempts_of(r->ledger, c.id, a, 32, &e);
	size_t used = 0;

	ret[0] = '\0';
	for (int i = 0; i < n && used < 450; i++) {
		const char *how = outcome_name(a[i].outcome);

		used += (size_t)snprintf(ret + used, 512 - used, "%s%s %s",
		    i > 0 ? ", " : "", channel_name(a[i].channel),
		    how != NULL ? how : attempt_state_name(a[i].state));
	}
	return ret;
}

/* ---- flags ------------------------------------------------------------- */

struct search {
	const char *who;
	struct ledger_flag flag;
	int open;
};

/* The open one, else the newest. */
static int
search_flag(const struct view_flag *f, void *arg)
{
	struct search *s = arg;

	if (f->flag.state != FLAG_RESOLVED)
		s->open++;
	if (strcmp(f->flag.participant, s->who) != 0 &&
	    strcmp(f->flag.number, s->who) != 0)
		return 0;
	if (s->flag.id == 0 || f->flag.state != FLAG_RESOLVED ||
	    (s->flag.state == FLAG_RESOLVED && f->flag.id > s->flag.id))
		s->flag = f->flag;
	return 0;
}

struct ledger_flag
rig_flag_row(struct rig *r, const char *who)
{
	struct search s = { .who = who };
	struct err e;

	view_flags(r->ledger, true, 1000, search_flag, &s, &e);
	return s.flag;
}

const char *
rig_flag(struct rig *r, const char *who)
{
	struct ledger_flag f = rig_flag_row(r, who);
	char *ret = room();

	if (f.id == 0)
		return "none";
	snprintf(ret, 512, "%s %s %s", flag_reason_name(f.reason),
	    flag_state_name(f.state), f.state == FLAG_RESOLVED ?
	    disposition_name(f.disposition) : f.state == FLAG_CLAIMED ?
	    f.owner : f.asked);
	return ret;
}

const char *
rig_code(struct rig *r, const char *who)
{
	struct ledger_flag f = rig_flag_row(r, who);
	char *ret = room();

	snprintf(ret, 512, "%s", f.code);
	return ret;
}

int
rig_open_flags(struct rig *r)
{
	struct search s = { .who = "-" };
	struct err e;

	view_flags(r->ledger, false, 1000, search_flag, &s, &e);
	return s.open;
}

static int
count_incident(const struct ledger_incident *i, void *arg)
{
	int *n = arg;

	if (i->ended_at == 0)
		(*n)++;
	return 0;
}

int
rig_incidents(struct rig *r)
{
	struct err e;
	int n = 0;

	view_incidents(r->ledger, count_incident, &n, &e);
	return n;
}

/* ---- what went out ----------------------------------------------------- */

int
rig_count(struct rig *r, enum channel channel, const char *number, msec since)
{
	char to[LEDGER_NUMBER_SIZE];
	int n = 0;

	rig_e164(number, to);
	for (size_t i = 0; i < r->n_creates; i++)
		if (r->creates[i].channel == channel &&
		    r->creates[i].at >= since &&
		    strcmp(r->creates[i].to, to) == 0)
			n++;
	return n;
}

int
rig_made(struct rig *r)
{
	struct exchange_count n;

	exchange_count(r->exchange, &n);
	return (int)(n.calls + n.texts);
}

msec
rig_nth(struct rig *r, enum channel channel, const char *number, int n)
{
	char to[LEDGER_NUMBER_SIZE];

	rig_e164(number, to);
	for (size_t i = 0; i < r->n_creates; i++)
		if (r->creates[i].channel == channel &&
		    strcmp(r->creates[i].to, to) == 0 && n-- == 0)
			return r->creates[i].at;
	return 0;
}

const char *
rig_text(struct rig *r, const char *number)
{
	char to[LEDGER_NUMBER_SIZE];

	rig_e164(number, to);
	for (size_t i = r->n_creates; i-- > 0;)
		if (r->creates[i].channel == CHANNEL_TEXT &&
		    strcmp(r->creates[i].to, to) == 0)
			return r->creates[i].words;
	return "";
}

int
rig_texts_with(struct rig *r, const char *number, const char *words)
{
	char to[LEDGER_NUMBER_SIZE];
	int n = 0;

	rig_e164(number, to);
	for (size_t i = 0; i < r->n_creates; i++)
		if (r->creates[i].channel == CHANNEL_TEXT &&
		    strcmp(r->creates[i].to, to) == 0 &&
		    strstr(r->creates[i].words, words) != NULL)
			n++;
	return n;
}

int
rig_mails_with(struct rig *r, const char *to, const char *words)
{
	int n = 0;

	for (size_t i = 0; i < r->n_mails; i++)
		if (strcmp(r->mails[i].to, to) == 0 &&
		    strstr(r->mails[i].subject, words) != NULL)
			n++;
	return n;
}

int
rig_said(struct rig *r, const char *words)
{
	int n = 0;

	for (size_t i = 0; i < r->n_answers; i++)
		if (strstr(r->answers[i].body, words) != NULL)
			n++;
	return n;
}

bool
rig_logged(struct rig *r, const char *words)
{
	return r->log != NULL && strstr(r->log, words) != NULL;
}
