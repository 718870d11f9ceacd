#include "ledger/view.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ledger/db.h"

#define FLAGS "SELECT " FLAG_COLUMNS("flag.") ", checkin.round, checkin.date" \
	" FROM flag LEFT JOIN checkin ON checkin.id = flag.checkin "

/* Among so many is the last text. */
#define LAST_REPLIES 20

const struct db_statement view_sql[] = {
	{ SQL_VIEW_ROUNDS, "SELECT round, state, n FROM tally"
	    " WHERE date = ?1 AND n > 0 ORDER BY round, state" },
	{ SQL_VIEW_LATENESS, "SELECT seconds, n FROM lateness"
	    " WHERE date = ?1 AND n > 0 ORDER BY seconds" },
	{ SQL_VIEW_FLAGS_COUNT, "SELECT count(*) FROM flag"
	    " WHERE resolved_at IS NULL" },
	/* Claimed ones may have no deadline: they come after those that do. */
	{ SQL_VIEW_FLAGS_OPEN, FLAGS "WHERE flag.resolved_at IS NULL"
	    " ORDER BY CASE WHEN flag.deadline IS NULL THEN 1 ELSE 0 END,"
	    " flag.deadline, flag.id LIMIT ?1" },
	{ SQL_VIEW_FLAGS_ALL, FLAGS "ORDER BY flag.id DESC LIMIT ?1" },
	{ SQL_VIEW_FLAG, FLAGS "WHERE flag.code = ?1"
	    " ORDER BY flag.id DESC LIMIT 1" },
	{ SQL_VIEW_INCIDENTS, "SELECT " INCIDENT_COLUMNS " FROM incident"
	    " WHERE ended_at IS NULL ORDER BY since, id" },
	{ SQL_VIEW_HOLDS, "SELECT round, reason, who, since FROM hold"
	    " WHERE ended_at IS NULL ORDER BY since, id" },
	{ SQL_VIEW_CHECKINS, "SELECT " CHECKIN_COLUMNS("checkin.") ", flag.code"
	    " FROM checkin LEFT JOIN flag ON flag.id = checkin.flag"
	    " WHERE checkin.participant = ?1"
	    " ORDER BY checkin.date DESC, checkin.slot DESC,"
	    " checkin.id DESC LIMIT ?2" },
	{ SQL_VIEW_REPLIES, "SELECT " REPLY_COLUMNS " FROM reply"
	    " WHERE participant = ?1 ORDER BY at DESC, id DESC LIMIT ?2" },
	{ SQL_VIEW_STRANGER, "SELECT " REPLY_COLUMNS " FROM reply"
	    " WHERE participant IS NULL AND volunteer IS NULL AND number = ?1"
	    " ORDER BY at DESC, id DESC LIMIT ?2" },
	{ SQL_VIEW_CANCELLED, "SELECT " CHECKIN_COLUMNS("") " FROM checkin"
	    " WHERE date = ?1 AND state = 'cancelled' ORDER BY slot, id" },
	{ SQL_VIEW_HELD, "SELECT count(*) FROM flag"
	    " WHERE owner = ?1 AND resolved_at IS NULL" },
	{ SQL_VIEW_TOLD, "SELECT count(*) FROM flag WHERE state = 'open'"
	    " AND EXISTS (SELECT 1 FROM notice"
	    " WHERE notice.flag = flag.id AND notice.volunteer = ?1)" },
	{ SQL_VIEW_STORY, "SELECT at, who, way, action, detail FROM ("
	    "SELECT at, 'ringround' AS who, 'rule' AS way,"
	    " 'cause' AS action, reason AS detail, 1 AS sort, id"
	    " FROM cause WHERE flag = ?1"
	    " UNION ALL SELECT coalesce(sent_at, planned_at), volunteer,"
	    " channel, kind, state, 3, id FROM notice WHERE flag = ?1"
	    " UNION ALL SELECT at, who, way, action, detail, 2, id"
	    " FROM decision WHERE flag = ?1"
	    ") AS story ORDER BY at, sort, id" },
	{ SQL_VIEW_LOADED, "SELECT id, at FROM load WHERE mistakes = 0"
	    " ORDER BY id DESC LIMIT 1" },
	{ SQL_VIEW_MISTAKES, "SELECT mistakes FROM load WHERE id > ?1"
	    " ORDER BY id DESC LIMIT 1" },
	{ SQL_VIEW_ASIDES, "SELECT kind, subject, at, last_at, times, why,"
	    " content FROM aside WHERE last_at >= ?1"
	    " ORDER BY last_at DESC, id DESC LIMIT 100" },
	{ 0, NULL },
};

/* Read row after row into the same place, and hand each one on. */
static int
walk(struct query *q, db_reader *reader, void *row,
    int (*fn)(const void *, void *), void *arg, struct err *e)
{
	int more, ret = 0;

	while ((more = db_next(q, e)) == 1) {
		ret = reader(q, row, e);
		if (ret == 0)
			ret = fn(row, arg);
		if (ret != 0) {
			db_end(q);
			return ret;
		}
	}
	return more;
}

/* A walk's fn takes a row of its own type: each walk has a small bridge, as a
 * function must not be called through a pointer of another type. */
#define BRIDGE(name, type)						\
	struct name {							\
		int (*fn)(const struct type *, void *);			\
		void *arg;						\
	};								\
	static int							\
	name(const void *row, void *arg)				\
	{								\
		const struct name *b = arg;				\
		return b->fn(row, b->arg);				\
	}								\
	struct name

BRIDGE(give_flag, view_flag);
BRIDGE(give_incident, ledger_incident);
BRIDGE(give_hold, view_hold);
BRIDGE(give_view_checkin, view_checkin);
BRIDGE(give_attempt, ledger_attempt);
BRIDGE(give_reply, ledger_reply);
BRIDGE(give_checkin, ledger_checkin);
BRIDGE(give_step, view_step);

/* ---- a day ------------------------------------------------------------- */

struct tally {
	struct view_round round;
	int (*fn)(const struct view_round *, void *);
	void *arg;
};

static int
tally_row(struct tally *t, struct query *q, struct err *e)
{
	char round[LEDGER_NAME_SIZE];
	enum checkin_state state;
	int ret = 0;

	db_text(q, round, sizeof(round));
	if (checkin_state_from_name(db_word(q), &state) == -1)
		return db_unknown(q, "state of a check-in", e);
	if (strcmp(round, t->round.round) != 0) {
		if (*t->round.round)
			ret = t->fn(&t->round, t->arg);
		t->round = (struct view_round){ .counts = { 0 } };
		memcpy(t->round.round, round, sizeof(round));
	}
	t->round.counts[state] = db_small(q);
	return ret;
}

int
view_rounds(struct ledger *l, localdate date,
    int (*fn)(const struct view_round *, void *), void *arg, struct err *e)
{
	struct tally t = { .fn = fn, .arg = arg };
	struct query q;
	int more;

	db_query(l, SQL_VIEW_ROUNDS, &q);
	db_bind_int(&q, date);
	while ((more = db_next(&q, e)) == 1) {
		int ret = tally_row(&t, &q, e);
		if (ret != 0) {
			db_end(&q);
			return ret;
		}
	}
	if (more == -1 || !*t.round.round)
		return more;
	return fn(&t.round, arg);
}

int
view_lateness(struct ledger *l, localdate date, msec *ret_p50, msec *ret_max,
    struct err *e)
{
	struct query q;
	struct { msec late; int64_t n; } *rows = NULL;
	size_t n = 0, cap = 0, middle = 0;
	int64_t all = 0;
	int more;

	db_query(l, SQL_VIEW_LATENESS, &q);
	db_bind_int(&q, date);
	while ((more = db_next(&q, e)) == 1) {
		mem_reserve(&rows, n, &cap, sizeof(*rows));
		rows[n].late = db_int(&q) * MSEC_SECOND;
		all += rows[n++].n = db_int(&q);
	}
	for (int64_t before = 0; n > 0 && before + rows[middle].n <=
	    (all - 1) / 2; middle++)
		before += rows[middle].n;
	if (more == 0) {
		*ret_p50 = n > 0 ? rows[middle].late : -1;
		*ret_max = n > 0 ? rows[n - 1].late : -1;
	}
	free(rows);
	return more;
}

int
view_cancelled(struct ledger *l, localdate date,
    int (*fn)(const struct ledger_checkin *, void *), void *arg,
    struct err *e)
{
	struct give_checkin b = { fn, arg };
	struct ledger_checkin row;
	struct query q;

	db_query(l, SQL_VIEW_CANCELLED, &q);
	db_bind_int(&q, date);
	return walk(&q, checkins_read, &row, give_checkin, &b, e);
}

/* ---- flags, incidents, holds ------------------------------------------- */

static int
read_flag(struct query *q, void *row, struct err *e)
{
	struct view_flag *f = row;

	if (flags_read(q, &f->flag, e) == -1)
		return -1;
	db_text(q, f->round, sizeof(f->round));
	f->date = (localdate)db_small(q);
	return 0;
}

int
view_flags(struct ledger *l, bool all, int limit,
    int (*fn)(const struct view_flag *, void *), void *arg, struct err *e)
{
	struct give_flag b = { fn, arg };
	struct view_flag row;
	struct query q;

	db_query(l, all ? SQL_VIEW_FLAGS_ALL : SQL_VIEW_FLAGS_OPEN, &q);
	db_bind_int(&q, limit);
	return walk(&q, read_flag, &row, give_flag, &b, e);
}

int
view_flags_count(struct ledger *l, struct err *e)
{
	struct query q;

	db_query(l, SQL_VIEW_FLAGS_COUNT, &q);
	return db_answer(&q, e);
}

int
view_flag(struct ledger *l, const char *code, struct view_flag *ret,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_VIEW_FLAG, &q);
	db_bind_text(&q, code);
	return db_one(&q, read_flag, ret, e);
}

int
view_incidents(struct ledger *l,
    int (*fn)(const struct ledger_incident *, void *), void *arg,
    struct err *e)
{
	struct give_incident b = { fn, arg };
	struct ledger_incident row;
	struct query q;

	db_query(l, SQL_VIEW_INCIDENTS, &q);
	return walk(&q, settings_read_incident, &row, give_incident, &b, e);
}

static int
read_hold(struct query *q, void *row, struct err *e)
{
	struct view_hold *h = row;

	(void)e;
	db_text(q, h->round, sizeof(h->round));
	db_text(q, h->reason, sizeof(h->reason));
	db_text(q, h->who, sizeof(h->who));
	h->since = db_int(q);
	return 0;
}

int
view_holds(struct ledger *l, int (*fn)(const struct view_hold *, void *),
    void *arg, struct err *e)
{
	struct give_hold b = { fn, arg };
	struct view_hold row;
	struct query q;

	db_query(l, SQL_VIEW_HOLDS, &q);
	return walk(&q, read_hold, &row, give_hold, &b, e);
}

static int
read_step(struct query *q, void *row, struct err *e)
{
	struct view_step *s = row;

	(void)e;
	s->at = db_int(q);
	db_text(q, s->who, sizeof(s->who));
	db_text(q, s->from, sizeof(s->from));
	db_text(q, s->action, sizeof(s->action));
	db_text(q, s->detail, sizeof(s->detail));
	return 0;
}

int
view_flag_story(struct ledger *l, int64_t flag,
    int (*fn)(const struct view_step *, void *), void *arg, struct err *e)
{
	struct give_step b = { fn, arg };
	struct view_step row;
	struct query q;

	db_query(l, SQL_VIEW_STORY, &q);
	db_bind_int(&q, flag);
	return walk(&q, read_step, &row, give_step, &b, e);
}

int
view_load(struct ledger *l, const char *volunteer, int *ret_held,
    int *ret_told, struct err *e)
{
	struct query q;
	int held, told;

	db_query(l, SQL_VIEW_HELD, &q);
	db_bind_text(&q, volunteer);
	held = db_answer(&q, e);
	if (held == -1)
		return -1;
	db_query(l, SQL_VIEW_TOLD, &q);
	db_bind_text(&q, volunteer);
	told = db_answer(&q, e);
	if (told == -1)
		return -1;
	*ret_held = held;
	*ret_told = told;
	return 0;
}

/* ---- a person ---------------------------------------------------------- */

static int
read_checkin(struct query *q, void *row, struct err *e)
{
	struct view_checkin *c = row;

	if (checkins_read(q, &c->checkin, e) == -1)
		return -1;
	db_text(q, c->flag, sizeof(c->flag));
	return 0;
}

int
view_checkins_of(struct ledger *l, const char *participant, int limit,
    int (*fn)(const struct view_checkin *, void *), void *arg, struct err *e)
{
	struct give_view_checkin b = { fn, arg };
	struct view_checkin row;
	struct query q;

	db_query(l, SQL_VIEW_CHECKINS, &q);
	db_bind_text(&q, participant);
	db_bind_int(&q, limit);
	return walk(&q, read_checkin, &row, give_view_checkin, &b, e);
}

int
view_attempts_of(struct ledger *l, int64_t checkin,
    int (*fn)(const struct ledger_attempt *, void *), void *arg,
    struct err *e)
{
	struct give_attempt b = { fn, arg };
	struct ledger_attempt row;
	struct query q;

	db_query(l, SQL_ATTEMPT_OF, &q);
	db_bind_int(&q, checkin);
	db_bind_int(&q, INT_MAX);
	return walk(&q, attempts_read, &row, give_attempt, &b, e);
}

static int
view_replies(struct ledger *l, enum db_stmt which, const char *whose,
    int limit, struct give_reply b, struct err *e)
{
	struct ledger_reply row;
	struct query q;

	db_query(l, which, &q);
	db_bind_text(&q, whose);
	db_bind_int(&q, limit);
	return walk(&q, replies_read, &row, give_reply, &b, e);
}

int
view_replies_of(struct ledger *l, const char *participant, int limit,
    int (*fn)(const struct ledger_reply *, void *), void *arg, struct err *e)
{
	return view_replies(l, SQL_VIEW_REPLIES, participant, limit,
	    (struct give_reply){ fn, arg }, e);
}

int
view_replies_from(struct ledger *l, const char *number, int limit,
    int (*fn)(const struct ledger_reply *, void *), void *arg, struct err *e)
{
	return view_replies(l, SQL_VIEW_STRANGER, number, limit,
	    (struct give_reply){ fn, arg }, e);
}

struct last_words {
	msec since;
	struct ledger_reply *ret;
	int found;
};

static int
is_text(const struct ledger_reply *r, void *arg)
{
	struct last_words *w = arg;

	if (r->at >= w->since && r->channel != CHANNEL_TEXT)
		return 0;
	if (r->at >= w->since) {
		*w->ret = *r;
		w->found = 1;
	}
	return 1;
}

int
view_words(struct ledger *l, const struct ledger_flag *f,
    struct ledger_reply *ret, struct err *e)
{
	/* The text that raised it came before it, if by a moment. */
	struct last_words w = { f->raised_at - MSEC_HOUR, ret, 0 };
	int walked = f->participant[0] != '\0' ?
	    view_replies_of(l, f->participant, LAST_REPLIES, is_text, &w, e) :
	    view_replies_from(l, f->number, LAST_REPLIES, is_text, &w, e);

	return walked == -1 ? -1 : w.found;
}

/* ---- loads ------------------------------------------------------------- */

struct load {
	int64_t id;
	msec at;
};

static int
read_load(struct query *q, void *row, struct err *e)
{
	struct load *load = row;

	(void)e;
	load->id = db_int(q);
	load->at = db_int(q);
	return 0;
}

int
view_load_state(struct ledger *l, msec *ret_loaded_at, int *ret_mistakes,
    struct err *e)
{
	struct load load = { 0, 0 };
	struct query q;
	int mistakes;

	db_query(l, SQL_VIEW_LOADED, &q);
	if (db_one(&q, read_load, &load, e) == -1)
		return -1;
	db_query(l, SQL_VIEW_MISTAKES, &q);
	db_bind_int(&q, load.id);
	mistakes = db_answer(&q, e);
	if (mistakes == -1)
		return -1;
	*ret_loaded_at = load.at;
	*ret_mistakes = mistakes;
	return 0;
}

int
view_asides(struct ledger *l, msec since,
    int (*fn)(const struct view_aside *, void *), void *arg, struct err *e)
{
	struct query q;
	int more, ret = 0;

	db_query(l, SQL_VIEW_ASIDES, &q);
	db_bind_int(&q, since);
	while ((more = db_next(&q, e)) == 1) {
		struct view_aside a;

		db_text(&q, a.kind, sizeof(a.kind));
		db_text(&q, a.subject, sizeof(a.subject));
		a.at = db_int(&q);
		a.last_at = db_int(&q);
		a.times = db_small(&q);
		db_text(&q, a.why, sizeof(a.why));
		db_text(&q, a.content, sizeof(a.content));
		if ((ret = fn(&a, arg)) != 0) {
			db_end(&q);
			return ret;
		}
	}
	return more;
}
