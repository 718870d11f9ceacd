#include "ledger/db.h"

#include <string.h>

#define SELECT "SELECT id, flag, incident, volunteer, channel, kind, state," \
	" planned_at, due_at, sent_at, ended_at, tries, detail FROM notice "

const struct db_statement notices_sql[] = {
	{ SQL_NOTICE_ADD, "INSERT INTO notice (flag, incident, volunteer,"
	    " channel, kind, state, planned_at, due_at, sent_at, ended_at,"
	    " tries, detail, once, subject, body)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
	    " ?13, ?14, ?15) ON CONFLICT (once) DO NOTHING" },
	{ SQL_NOTICE_GET, SELECT "WHERE id = ?1" },
	{ SQL_NOTICE_SAVE, "UPDATE notice SET state = ?2, due_at = ?3,"
	    " sent_at = ?4, ended_at = ?5, tries = ?6, detail = ?7"
	    " WHERE id = ?1" },
	{ SQL_NOTICE_WORDS, "SELECT subject, body FROM notice WHERE id = ?1" },
	{ SQL_NOTICE_DUE, SELECT "WHERE state = 'planned' AND channel = 'email'"
	    " AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2" },
	{ SQL_NOTICE_UNANSWERED, SELECT "WHERE state = 'sending'"
	    " AND channel = 'email' AND sent_at <= ?1 ORDER BY id LIMIT ?2" },
	{ SQL_NOTICE_WAKE, "SELECT due_at FROM notice"
	    " WHERE state = 'planned' AND channel = 'email'"
	    " ORDER BY due_at LIMIT 1" },
	{ SQL_NOTICE_RESTART, "UPDATE notice SET state = 'planned', due_at = ?1"
	    " WHERE state = 'sending' AND channel = 'email'" },
	{ SQL_NOTICE_FAILED, "SELECT COUNT(DISTINCT volunteer) FROM notice"
	    " WHERE flag = ?1 AND volunteer <> ?2 AND channel = 'text'"
	    " AND state = 'failed' AND ended_at >= ?3" },
	{ 0, NULL },
};

static const char *const channels[] = {
	[NOTICE_TEXT] = "text",
	[NOTICE_EMAIL] = "email",
	[NOTICE_CALL] = "call",
};

static const char *const states[] = {
	[NOTICE_PLANNED] = "planned",
	[NOTICE_SENDING] = "sending",
	[NOTICE_ACCEPTED] = "accepted",
	[NOTICE_FAILED] = "failed",
};

/* The place of the word in the list, or -1. */
static int
find(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (word && strcmp(words[i], word) == 0)
			return (int)i;
	return -1;
}

static int
read_notice(struct query *q, void *row, struct err *e)
{
	struct ledger_notice *n = row;
	int place;

	n->id = db_int(q);
	n->flag = db_int(q);
	n->incident = db_int(q);
	db_text(q, n->volunteer, sizeof(n->volunteer));
	place = find(channels, COUNT(channels), db_word(q));
	if (place == -1)
		return db_unknown(q, "channel of a notice", e);
	n->channel = (enum notice_channel)place;
	db_text(q, n->kind, sizeof(n->kind));
	place = find(states, COUNT(states), db_word(q));
	if (place == -1)
		return db_unknown(q, "state of a notice", e);
	n->state = (enum notice_state)place;
	n->planned_at = db_int(q);
	n->due_at = db_int(q);
	n->sent_at = db_int(q);
	n->ended_at = db_int(q);
	n->tries = db_small(q);
	db_text(q, n->detail, sizeof(n->detail));
	return 0;
}

int
ledger_notice_add(struct ledger *l, struct ledger_notice *n, const char *key,
    const char *subject, const char *body, struct err *e)
{
	struct query q;

	db_query(l, SQL_NOTICE_ADD, &q);
	db_bind_some(&q, n->flag);
	db_bind_some(&q, n->incident);
	db_bind_text(&q, n->volunteer);
	db_bind_text(&q, channels[n->channel]);
	db_bind_text(&q, n->kind);
	db_bind_text(&q, states[n->state]);
	db_bind_int(&q, n->planned_at);
	db_bind_some(&q, n->due_at);
	db_bind_some(&q, n->sent_at);
	db_bind_some(&q, n->ended_at);
	db_bind_int(&q, n->tries);
	db_bind_text(&q, n->detail);
	db_bind_word(&q, key);
	db_bind_text(&q, subject);
	db_bind_text(&q, body);
	return db_insert(&q, &n->id, e);
}

int
ledger_notice_get(struct ledger *l, int64_t id, struct ledger_notice *ret,
    struct err *e)
{
	return db_get(l, SQL_NOTICE_GET, "notice", id, read_notice, ret, e);
}

int
ledger_notice_save(struct ledger *l, const struct ledger_notice *n,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_NOTICE_SAVE, &q);
	db_bind_int(&q, n->id);
	db_bind_text(&q, states[n->state]);
	db_bind_some(&q, n->due_at);
	db_bind_some(&q, n->sent_at);
	db_bind_some(&q, n->ended_at);
	db_bind_int(&q, n->tries);
	db_bind_text(&q, n->detail);
	return db_save(&q, "notice", n->id, e);
}

struct words {
	struct buf *subject, *body;
};

static int
read_words(struct query *q, void *row, struct err *e)
{
	struct words *w = row;

	(void)e;
	db_long_text(q, w->subject);
	db_long_text(q, w->body);
	return 0;
}

int
ledger_notice_words(struct ledger *l, int64_t id, struct buf *subject,
    struct buf *body, struct err *e)
{
	struct words w = { subject, body };

	return db_get(l, SQL_NOTICE_WORDS, "notice", id, read_words, &w, e);
}

static int
emails_by(struct ledger *l, enum db_stmt stmt, msec at,
    struct ledger_notice *ret, int max, struct err *e)
{
	struct query q;

	db_query(l, stmt, &q);
	db_bind_int(&q, at);
	db_bind_int(&q, max);
	return db_rows(&q, read_notice, ret, sizeof(*ret), max, e);
}

int
ledger_emails_unanswered(struct ledger *l, msec since,
    struct ledger_notice *ret, int max, struct err *e)
{
	return emails_by(l, SQL_NOTICE_UNANSWERED, since, ret, max, e);
}

int
ledger_emails_due(struct ledger *l, msec now, struct ledger_notice *ret,
    int max, struct err *e)
{
	if (wakes_none_due(&l->wakes.at[WAKE_EMAIL], now))
		return 0;
	return emails_by(l, SQL_NOTICE_DUE, now, ret, max, e);
}

int
ledger_emails_wake(struct ledger *l, msec *ret, struct err *e)
{
	return db_wake(l, WAKE_EMAIL, SQL_NOTICE_WAKE, ret, e);
}

int
ledger_emails_restart(struct ledger *l, msec now, struct err *e)
{
	struct query q;

	db_query(l, SQL_NOTICE_RESTART, &q);
	db_bind_int(&q, now);
	return db_write(&q, e) == -1 ? -1 : 0;
}

int
ledger_notices_failed(struct ledger *l, int64_t flag, const char *but,
    msec since, struct err *e)
{
	struct query q;
	int64_t n;

	db_query(l, SQL_NOTICE_FAILED, &q);
	db_bind_int(&q, flag);
	db_bind_text(&q, but);
	db_bind_int(&q, since);
	return db_value(&q, 0, &n, e) == -1 ? -1 : (int)n;
}
