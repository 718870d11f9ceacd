/*
 * Safeguarding concerns: only ever added to, and for coordinators only.
 */
#include "ledger/db.h"

const struct db_statement concerns_sql[] = {
	{ SQL_CONCERN_ADD, "INSERT INTO concern (flag, at, who, way, words,"
	    " referred_to, referred_at, consent, consent_why)"
	    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)" },
	{ SQL_CONCERN_OF, "SELECT at, who, way, words, referred_to,"
	    " referred_at, consent, consent_why FROM concern"
	    " WHERE flag = ?1 ORDER BY id" },
	{ 0, NULL },
};

int
ledger_concern_add(struct ledger *l, const struct ledger_concern *c,
    struct err *e)
{
	struct query q;

	db_query(l, SQL_CONCERN_ADD, &q);
	db_bind_int(&q, c->flag);
	db_bind_int(&q, c->at);
	db_bind_text(&q, c->who);
	db_bind_text(&q, c->from);
	db_bind_text(&q, c->words);
	db_bind_word(&q, c->referred_to);
	db_bind_some(&q, c->referred_at);
	db_bind_text(&q, consent_name(c->consent));
	db_bind_word(&q, c->consent_why);
	return db_write(&q, e) == -1 ? -1 : 0;
}

/* NULL and "" are the same to those who read. */
static const char *
word(struct query *q)
{
	const char *text = db_word(q);

	return text != NULL ? text : "";
}

int
ledger_concerns(struct ledger *l, int64_t flag,
    int (*fn)(const struct ledger_concern *, void *), void *arg,
    struct err *e)
{
	struct query q;
	int more;

	db_query(l, SQL_CONCERN_OF, &q);
	db_bind_int(&q, flag);
	while ((more = db_next(&q, e)) == 1) {
		struct ledger_concern c = { .flag = flag };
		int stop;

		c.at = db_int(&q);
		c.who = word(&q);
		c.from = word(&q);
		c.words = word(&q);
		c.referred_to = word(&q);
		c.referred_at = db_int(&q);
		if (consent_from_name(db_word(&q), &c.consent) == -1)
			return db_unknown(&q, "consent of a concern", e);
		c.consent_why = word(&q);
		if ((stop = fn(&c, arg)) != 0) {
			db_end(&q);
			return stop;
		}
	}
	return more;
}
