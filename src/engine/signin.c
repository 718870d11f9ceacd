/*
 * How one of the team signs in: somebody types a mobile or an e-mail address;
 * if it is a volunteer's, a link goes there and nowhere else, and whoever has
 * it may open one session.
 *
 * The ledger knows only hashes.  The text that is to be sent holds a mark in
 * the link's place, which is filled as it leaves: the token is made from the
 * notice's number and a key that this process has drawn and nobody else
 * knows.  After a restart a link that was not yet sent cannot be, and its
 * asker asks again.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "ledger/signin.h"
#include "rules/number.h"

#define KIND "signin"
#define MARK "{link}"
#define LINK_FOR (10 * MSEC_MINUTE)
/* Nobody's telephone is flooded by whoever knows its number. */
#define LINKS_AN_HOUR 4
#define TOKEN_BYTES 16
/* A session is for the day, but not over as soon as it has begun. */
#define SESSION_LEAST MSEC_HOUR
#define SIGHT_AGAIN (10 * MSEC_MINUTE)

/* ---- the token of a notice's link -------------------------------------- */

static void
draw_key(struct engine *en)
{
	for (size_t i = 0; i < sizeof(en->link_key); i += sizeof(uint64_t)) {
		uint64_t drawn = random_u64(en->random);

		memcpy(en->link_key + i, &drawn, sizeof(drawn));
	}
	en->has_link_key = true;
}

/* The caller frees. */
static char *
token_of(struct engine *en, int64_t notice)
{
	uint8_t digest[CRYPTO_SHA1_SIZE];
	struct crypto_mac *mac;
	struct buf hex = BUF_EMPTY;

	if (!en->has_link_key)
		draw_key(en);
	mac = crypto_mac_sha1(en->link_key, sizeof(en->link_key));
	crypto_mac_digest(mac, &notice, sizeof(notice), digest);
	crypto_mac_free(mac);
	buf_add_hex(&hex, digest, TOKEN_BYTES);
	return buf_take(&hex);
}

static void
hash_of(const char *token, uint8_t ret[CRYPTO_SHA256_SIZE])
{
	crypto_sha256(token, strlen(token), ret);
}

/* ---- asking for one ---------------------------------------------------- */

static const struct config_volunteer *
find_email(const struct config *c, const char *typed)
{
	for (size_t i = 0; i < c->n_volunteers; i++)
		if (c->volunteers[i].email != NULL &&
		    strcasecmp(c->volunteers[i].email, typed) == 0)
			return &c->volunteers[i];
	return NULL;
}

/* Whose it is, and by which way it is written to; NULL for nobody's. */
static const struct config_volunteer *
find(const struct config *c, const char *typed, enum notice_channel *ret)
{
	struct number number;
	struct err e;

	if (strchr(typed, '@') != NULL) {
		*ret = NOTICE_EMAIL;
		return c->email.smtp_url != NULL ? find_email(c, typed) : NULL;
	}
	*ret = NOTICE_TEXT;
	if (config_gateway_for(c, CHANNEL_TEXT) == NULL ||
	    number_read(typed, c->service.country_code, &number, &e) == -1)
		return NULL;
	return config_volunteer_at(c, number.e164);
}

static int
add_notice(struct engine *en, const struct config_volunteer *v,
    enum notice_channel way, const char *text, msec now, int64_t *ret_id,
    struct err *e)
{
	struct ledger_notice n = {
		.channel = way, .kind = KIND, .planned_at = now, .due_at = now,
	};
	char *subject = mem_printf("%s: your link to sign in",
	    en->conf->service.name);
	int added;

	snprintf(n.volunteer, sizeof(n.volunteer), "%s", v->id);
	added = ledger_notice_add(en->ledger, &n, NULL, subject, text, e);
	free(subject);
	*ret_id = n.id;
	return added == 1 ? 0 : -1;
}

static int
add_link(struct engine *en, const struct config_volunteer *v, int64_t notice,
    msec now, struct err *e)
{
	struct ledger_link n = {
		.notice = notice, .made_at = now, .until = now + LINK_FOR,
	};
	uint8_t hash[CRYPTO_SHA256_SIZE];
	char *token = token_of(en, notice);

	hash_of(token, hash);
	free(token);
	snprintf(n.volunteer, sizeof(n.volunteer), "%s", v->id);
	return ledger_link_add(en->ledger, &n, hash, e);
}

static int
send_link(struct engine *en, const struct config_volunteer *v,
    enum notice_channel way, msec now, struct err *e)
{
	char until[CALENDAR_CLOCK_SIZE];
	int64_t notice;
	char *text;
	int sent = -1;

	calendar_format_clock(now + LINK_FOR, until);
	text = mem_printf("%s: to sign in, open " MARK " by %s. Not you? Then "
	    "leave it.", en->conf->service.name, until);
	if (add_notice(en, v, way, text, now, &notice, e) == 0 &&
	    add_link(en, v, notice, now, e) == 0)
		sent = way == NOTICE_EMAIL ? 0 : dispatch_text(en,
		    PURPOSE_ANSWER, notice, 0, v->mobile, text, now, e);
	free(text);
	return sent;
}

int
engine_send_link(struct engine *en, const char *typed, msec now,
    struct err *e)
{
	enum notice_channel way;
	const struct config_volunteer *v = find(en->conf, typed, &way);
	int made;

	if (v == NULL)
		return 0;
	made = ledger_links_since(en->ledger, v->id, now - MSEC_HOUR, e);
	if (made == -1)
		return -1;
	return made < LINKS_AN_HOUR ? send_link(en, v, way, now, e) : 0;
}

/* ---- as it leaves ------------------------------------------------------ */

bool
signin_in_time(const struct ledger_notice *n, msec now)
{
	return strcmp(n->kind, KIND) != 0 || now - n->planned_at < LINK_FOR;
}

/* The text with the link in place of the mark. */
static void
fill(const struct engine *en, const char *token, struct buf *text)
{
	char *before = buf_take(text);
	char *mark = strstr(before, MARK);

	if (mark != NULL) {
		buf_addn(text, before, (size_t)(mark - before));
		buf_addf(text, "%s/in/%s%s", en->conf->web.public_url, token,
		    mark + strlen(MARK));
	}
	free(before);
}

int
signin_fill(struct engine *en, int64_t notice, struct buf *text,
    struct err *e)
{
	struct ledger_notice n;
	uint8_t hash[CRYPTO_SHA256_SIZE];
	char *token;
	int fits;

	if (notice == 0 || strstr(buf_text(text), MARK) == NULL)
		return 1;
	if (ledger_notice_get(en->ledger, notice, &n, e) == -1)
		return -1;
	if (strcmp(n.kind, KIND) != 0)
		return 1;
	token = token_of(en, notice);
	hash_of(token, hash);
	fits = ledger_link_fits(en->ledger, notice, hash, e);
	if (fits == 1)
		fill(en, token, text);
	free(token);
	return fits;
}

/* ---- sessions ---------------------------------------------------------- */

static msec
session_until(msec now)
{
	msec day = calendar_instant(calendar_date(now) + 1, 0, NULL);

	return day < now + SESSION_LEAST ? now + SESSION_LEAST : day;
}

int
engine_sign_in(struct engine *en, const char *token, const uint8_t *hash,
    const char *address, msec now, struct err *e)
{
	struct ledger_session s = { .since = now, .until = session_until(now) };
	uint8_t of_link[CRYPTO_SHA256_SIZE];
	struct ledger_link link;
	int found, used;

	hash_of(token, of_link);
	found = ledger_link_by_hash(en->ledger, of_link, &link, e);
	if (found == -1)
		return -1;
	if (found == 0 || link.used_at != 0 || now >= link.until ||
	    config_volunteer(en->conf, link.volunteer) == NULL)
		return err_set(e, "This link does not open anything any more: "
		    "it does so once, and for ten minutes.");
	used = ledger_link_use(en->ledger, link.id, now, e);
	if (used != 1)
		return used == 0 ? err_set(e, "The link was used.") : -1;
	s.link = link.id;
	snprintf(s.volunteer, sizeof(s.volunteer), "%s", link.volunteer);
	snprintf(s.address, sizeof(s.address), "%s", address);
	return ledger_session_add(en->ledger, &s, hash, e);
}

int
engine_sign_out(struct engine *en, int64_t session, const char *by, msec now,
    struct err *e)
{
	return ledger_session_end(en->ledger, session, by, now, e) == -1 ? -1 :
	    0;
}

int
signin_orphans(struct engine *en, msec now, struct err *e)
{
	struct ledger_session s[BATCH];
	int64_t after = 0;
	int n;

	do {
		n = ledger_sessions_open(en->ledger, after, s, BATCH, e);
		for (int i = 0; i < n; i++) {
			after = s[i].id;
			if ((now >= s[i].until || config_volunteer(en->conf,
			    s[i].volunteer) == NULL) &&
			    ledger_session_end(en->ledger, s[i].id,
			    "ringround", now, e) == -1)
				return -1;
		}
	} while (n == BATCH);
	return n == -1 ? -1 : 0;
}

int
engine_saw(struct engine *en, const char *who, const char *whose,
    const char *what, const char *from, const char *address, msec now,
    struct err *e)
{
	struct ledger_sight s = {
		.at = now, .who = who, .whose = whose, .what = what,
		.way = from, .address = address,
	};

	return ledger_sight_add(en->ledger, &s, SIGHT_AGAIN, e);
}
