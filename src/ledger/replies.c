/*
 * What came in: callbacks, as the gateways told them, and replies, as people
 * are understood.
 */
#include "ledger/db.h"

#define SELECT "SELECT " REPLY_COLUMNS " FROM reply "

const struct db_statement replies_sql[] = {
	{ SQL_CALLBACK_ADD, "INSERT INTO callback (hash, attempt, reply, at,"
	    " gateway, kind, status, sequence, code, raw)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
	    " ON CONFLICT DO NOTHING" },
	{ SQL_REPLY_ADD, "INSERT INTO reply (ref, participant, volunteer,"
	    " number, channel, gateway, gateway_id, at, text, reading,"
	    " checkin, attempt, flag, settle_at)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
	    " ?13, ?14)" },
	{ SQL_REPLY_SAVE, "UPDATE reply SET ref = ?2, participant = ?3,"
	    " volunteer = ?4, number = ?5, channel = ?6, gateway = ?7,"
	    " gateway_id = ?8, at = ?9, text = ?10, reading = ?11,"
	    " checkin = ?12, attempt = ?13, flag = ?14, settle_at = ?15"
	    " WHERE id = ?1" },
	{ SQL_REPLY_GET, SELECT "WHERE id = ?1" },
	{ SQL_REPLY_BY_REF, SELECT "WHERE ref = ?1" },
	{ SQL_REPLY_BY_GATEWAY_ID, SELECT
	    "WHERE gateway = ?1 AND gateway_id = ?2" },
	{ SQL_REPLY_UNSETTLED, SELECT "WHERE settle_at <= ?1"
	    " ORDER BY settle_at, id LIMIT ?2" },
	{ SQL_REPLY_WAKE, "SELECT settle_at FROM reply"
	    " WHERE settle_at IS NOT NULL ORDER BY settle_at LIMIT 1" },
	{ 0, NULL },
};

int
ledger_callback_add(struct ledger *l, const struct ledger_callback *c,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_CALLBACK_ADD, &q);
	db_bind_bytes(&q, c->hash, 32);
	db_bind_some(&q, c->attempt);
	db_bind_some(&q, c->reply);
	db_bind_int(&q, c->at);
	db_bind_text(&q, c->gateway);
	db_bind_text(&q, c->kind);
	db_bind_word(&q, c->status);
	db_bind_int(&q, c->sequence);
	db_bind_int(&q, c->code);
	db_bind_text(&q, c->raw);
	return db_write(&q, e);
}

int
replies_read(struct query *q, void *row, struct err *e)
{
	struct ledger_reply *r = row;

	r->id = db_int(q);
	db_text(q, r->ref, sizeof(r->ref));
	db_text(q, r->participant, sizeof(r->participant));
	db_text(q, r->volunteer, sizeof(r->volunteer));
	db_text(q, r->number, sizeof(r->number));
	if (channel_from_name(db_word(q), &r->channel) == -1)
		return db_unknown(q, "channel of a reply", e);
	db_text(q, r->gateway, sizeof(r->gateway));
	db_text(q, r->gateway_id, sizeof(r->gateway_id));
	r->at = db_int(q);
	db_text(q, r->text, sizeof(r->text));
	db_text(q, r->reading, sizeof(r->reading));
	r->checkin = db_int(q);
	r->attempt = db_int(q);
	r->flag = db_int(q);
	r->settle_at = db_int(q);
	return 0;
}

static void
bind_reply(struct query *q, const struct ledger_reply *r)
{
	db_bind_word(q, r->ref);
	db_bind_word(q, r->participant);
	db_bind_word(q, r->volunteer);
	db_bind_word(q, r->number);
	db_bind_text(q, channel_name(r->channel));
	db_bind_text(q, r->gateway);
	db_bind_word(q, r->gateway_id);
	db_bind_int(q, r->at);
	db_bind_text(q, r->text);
	db_bind_word(q, r->reading);
	db_bind_some(q, r->checkin);
	db_bind_some(q, r->attempt);
	db_bind_some(q, r->flag);
	db_bind_some(q, r->settle_at);
}

int
ledger_reply_add(struct ledger *l, struct ledger_reply *r, struct err *e)
{
	struct query q;

	db_query(l, SQL_REPLY_ADD, &q);
	bind_reply(&q, r);
	return db_insert(&q, &r->id, e) == -1 ? -1 : 0;
}

int
ledger_reply_save(struct ledger *l, const struct ledger_reply *r,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_REPLY_SAVE, &q);
	db_bind_int(&q, r->id);
	bind_reply(&q, r);
	return db_save(&q, "reply", r->id, e);
}

int
ledger_reply_get(struct ledger *l, int64_t id, struct ledger_reply *ret,
    struct err *e)
{
	return db_get(l, SQL_REPLY_GET, "reply", id, replies_read, ret, e);
}

int
ledger_reply_by_ref(struct ledger *l, const char *ref,
    struct ledger_reply *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_REPLY_BY_REF, &q);
	db_bind_word(&q, ref);
	return db_one(&q, replies_read, ret, e);
}

int
ledger_reply_by_gateway_id(struct ledger *l, const char *gateway,
    const char *gateway_id, struct ledger_reply *ret, struct err *e)
{
	struct query q;

	db_query(l, SQL_REPLY_BY_GATEWAY_ID, &q);
	db_bind_text(&q, gateway);
	db_bind_word(&q, gateway_id);
	return db_one(&q, replies_read, ret, e);
}

int
ledger_replies_unsettled(struct ledger *l, msec now,
    struct ledger_reply *ret, int max, struct err *e)
{
	struct query q;

	if (wakes_none_due(&l->wakes.at[WAKE_REPLY], now))
		return 0;
	db_query(l, SQL_REPLY_UNSETTLED, &q);
	db_bind_int(&q, now);
	db_bind_int(&q, max);
	return db_rows(&q, replies_read, ret, sizeof(*ret), max, e);
}

int
ledger_replies_wake(struct ledger *l, msec *ret, struct err *e)
{
	return db_wake(l, WAKE_REPLY, SQL_REPLY_WAKE, ret, e);
}
