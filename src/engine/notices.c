/*
 * What volunteers and coordinators are told.  A text and an e-mail hold the
 * service's name, codes and times, never a name, number, address or reason of
 * a participant: telephones are seen by others (domain.md 7, L20).
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "engine/bridge.h"
#include "rules/number.h"

/* Texts of a flag that did not reach others so lately are an outage's. */
#define OUTAGE_LOOK MSEC_HOUR

static int
add_notice(struct engine *en, const struct config_volunteer *v,
    const struct notice_words *w, enum notice_channel channel,
    const char *key, const char *body, msec now, struct ledger_notice *ret,
    struct err *e)
{
	struct buf title = BUF_EMPTY;
	int added;

	memset(ret, 0, sizeof(*ret));
	ret->flag = w->flag;
	ret->incident = w->incident;
	ret->channel = channel;
	ret->planned_at = ret->due_at = now;
	snprintf(ret->volunteer, sizeof(ret->volunteer), "%s", v->id);
	snprintf(ret->kind, sizeof(ret->kind), "%s", w->kind);
	buf_addf(&title, "%s: %s", en->conf->service.name, w->subject);
	added = ledger_notice_add(en->ledger, ret, key, buf_text(&title), body,
	    e);
	buf_release(&title);
	return added;
}

static int
send_text(struct engine *en, const struct config_volunteer *v,
    const struct notice_words *w, msec now, struct err *e)
{
	char key[LEDGER_DETAIL_SIZE];
	struct ledger_notice n;
	int added;

	if (config_gateway_for(en->conf, CHANNEL_TEXT) == NULL ||
	    (!w->urgent && config_is_quiet(v, now)))
		return 0;
	snprintf(key, sizeof(key), "%s text", w->key != NULL ? w->key : "");
	added = add_notice(en, v, w, NOTICE_TEXT, w->key != NULL ? key : NULL,
	    w->text, now, &n, e);
	if (added != 1)
		return added;
	return dispatch_text(en, w->urgent ? PURPOSE_URGENT : PURPOSE_NOTICE,
	    n.id, 0, v->mobile, w->text, now, e);
}

static bool
ends_line(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && text[n - 1] == '\n';
}

/* The address leads to a page that shows nothing of anybody before one has
 * signed in: it is the same in every mail, and no secret. */
static int
send_email(struct engine *en, const struct config_volunteer *v,
    const struct notice_words *w, msec now, struct err *e)
{
	char key[LEDGER_DETAIL_SIZE];
	struct buf body = BUF_EMPTY;
	struct ledger_notice n;
	int added;

	if (en->conf->email.smtp_url == NULL)
		return 0;
	snprintf(key, sizeof(key), "%s mail", w->key != NULL ? w->key : "");
	buf_addf(&body, "%s%s\nYour list: %s/list\nThe page sends you a link "
	    "to sign in with.\n", w->body, ends_line(w->body) ? "" : "\n",
	    en->conf->web.public_url);
	added = add_notice(en, v, w, NOTICE_EMAIL, w->key != NULL ? key : NULL,
	    buf_text(&body), now, &n, e);
	buf_release(&body);
	return added == -1 ? -1 : 0;
}

int
notices_send(struct engine *en, const struct config_volunteer *v,
    const struct config_ways *ways, const struct notice_words *w, msec now,
    struct err *e)
{
	if (ways->text && w->text != NULL && send_text(en, v, w, now, e) == -1)
		return -1;
	return ways->email ? send_email(en, v, w, now, e) : 0;
}

int
notices_tell(struct engine *en, const struct config_volunteer *v,
    const char *kind, int64_t flag, int64_t incident, bool urgent,
    const char *text, const char *subject, const char *body, msec now,
    struct err *e)
{
	const struct notice_words w = {
		.kind = kind, .flag = flag, .incident = incident,
		.urgent = urgent, .text = text, .subject = subject,
		.body = body,
	};

	return notices_send(en, v, &v->notices, &w, now, e);
}

int
notices_remind(struct engine *en, const struct notice_words *w, msec now,
    struct err *e)
{
	const struct config_gateway *g =
	    config_gateway_for(en->conf, CHANNEL_TEXT);
	const struct line *line = g != NULL ? dispatch_line(en, g->name) : NULL;
	struct notice_words one = *w;
	char key[LEDGER_DETAIL_SIZE];

	one.key = key;
	if (line == NULL || line->down)
		one.text = NULL;
	for (size_t i = 0; i < en->conf->n_volunteers; i++) {
		const struct config_volunteer *v = &en->conf->volunteers[i];

		snprintf(key, sizeof(key), "%s %s", w->key, v->id);
		if (v->coordinator && notices_send(en, v, &v->notices, &one,
		    now, e) == -1)
			return -1;
	}
	return 0;
}

int
notices_tell_coordinators(struct engine *en, const char *kind, int64_t flag,
    int64_t incident, bool urgent, const char *text, const char *subject,
    const char *body, msec now, struct err *e)
{
	for (size_t i = 0; i < en->conf->n_volunteers; i++)
		if (en->conf->volunteers[i].coordinator &&
		    notices_tell(en, &en->conf->volunteers[i], kind, flag,
		    incident, urgent, text, subject, body, now, e) == -1)
			return -1;
	return 0;
}

int
notices_flag(struct engine *en, const struct ledger_flag *f,
    const struct config_volunteer *v, msec deadline, msec now, struct err *e)
{
	char by[CALENDAR_CLOCK_SIZE], office[NUMBER_NATIONAL_SIZE] = "";
	char subject[64];
	struct buf text = BUF_EMPTY;
	bool urgent = f->reason == FLAG_HELP;
	int result;

	calendar_format_clock(deadline, by);
	if (en->conf->service.office_phone != NULL)
		number_national(en->conf->service.office_phone,
		    en->conf->service.country_code, office);
	buf_addf(&text, "%s: %sflag %s needs a volunteer by %s. Reply YES %s "
	    "to take it or NO %s. Office %s", en->conf->service.name,
	    urgent ? "URGENT: " : "", f->code, by, f->code, f->code, office);
	snprintf(subject, sizeof(subject), "%sflag %s, by %s",
	    urgent ? "URGENT: " : "", f->code, by);
	result = notices_tell(en, v, "flag", f->id, f->incident, urgent,
	    buf_text(&text), subject, buf_text(&text), now, e);
	buf_release(&text);
	return result;
}

/* ---- what becomes of them ---------------------------------------------- */

/* How long the next one waits where a notice of the flag did not arrive;
 * NEVER: the flag's own time is not changed.  One bad number costs nothing.
 * Where more than one fails it is hardly the numbers, and a dead gateway must
 * not go through everybody's list. */
static int
patience(struct engine *en, const struct ledger_notice *n,
    enum outcome outcome, msec now, msec *ret, struct err *e)
{
	int others = ledger_notices_failed(en->ledger, n->flag, n->volunteer,
	    now - OUTAGE_LOOK, e);

	*ret = outcome == OUTCOME_GATEWAY_ERROR || others > 1 ? NEVER :
	    others == 1 ? MSEC_MINUTE : 0;
	return others == -1 ? -1 : 0;
}

/* A flag's notice did not arrive: the next is told now, not at the
 * deadline. */
static int
tell_next(struct engine *en, const struct ledger_notice *n,
    enum outcome outcome, msec now, struct err *e)
{
	const struct config_volunteer *v =
	    config_volunteer(en->conf, n->volunteer);
	struct ledger_flag f;
	msec wait;

	if (n->flag == 0 || (strcmp(n->kind, "flag") != 0 &&
	    strcmp(n->kind, "handed") != 0))
		return 0;
	/* Behind a coordinator there is nobody, and who got the text is not
	 * passed over for an e-mail's sake. */
	if (v != NULL && (v->coordinator || (n->channel == NOTICE_EMAIL &&
	    v->notices.text)))
		return 0;
	if (ledger_flag_get(en->ledger, n->flag, &f, e) == -1)
		return -1;
	if (strcmp(f.asked, n->volunteer) != 0 || (f.state != FLAG_OPEN &&
	    strcmp(f.handed_to, n->volunteer) != 0))
		return 0;
	if (patience(en, n, outcome, now, &wait, e) == -1)
		return -1;
	if (wait == NEVER || f.deadline <= now + wait)
		return 0;
	f.deadline = now + wait;
	return ledger_flag_save(en->ledger, &f, e);
}

static int
end_notice(struct engine *en, struct ledger_notice *n, enum outcome outcome,
    const char *detail, msec now, struct err *e)
{
	bool ok = outcome == OUTCOME_OK;

	n->state = ok ? NOTICE_ACCEPTED : NOTICE_FAILED;
	n->ended_at = now;
	n->due_at = 0;
	snprintf(n->detail, sizeof(n->detail), "%s", detail);
	if (ledger_notice_save(en->ledger, n, e) == -1)
		return -1;
	if (ok)
		return 0;
	log_warn("engine", "notice=%lld failed: %s", (long long)n->id,
	    detail);
	return tell_next(en, n, outcome, now, e);
}

int
notices_still_wanted(struct engine *en, int64_t notice, msec now,
    struct err *e)
{
	const struct config_volunteer *v;
	struct ledger_notice n;
	struct ledger_flag f;

	if (ledger_notice_get(en->ledger, notice, &n, e) == -1)
		return -1;
	if (!signin_in_time(&n, now))
		return 0;
	if (n.channel == NOTICE_CALL)
		return bridge_still_wanted(en, &n, now, e);
	if (n.flag == 0 || (strcmp(n.kind, "flag") != 0 &&
	    strcmp(n.kind, "handed") != 0))
		return now - n.planned_at <
		    deadlines[DEADLINE_NOTICE_PLANNED].within;
	if (ledger_flag_get(en->ledger, n.flag, &f, e) == -1)
		return -1;
	if (strcmp(n.kind, "handed") == 0)
		return strcmp(f.handed_to, n.volunteer) == 0;
	/* Of help the coordinators hear whoever has it. */
	v = config_volunteer(en->conf, n.volunteer);
	if (f.state == FLAG_RESOLVED || (f.state == FLAG_CLAIMED &&
	    strcmp(f.owner, n.volunteer) != 0 &&
	    (f.reason != FLAG_HELP || v == NULL || !v->coordinator)))
		return 0;
	return now - n.planned_at < f.claim_by;
}

int
notices_text_ended(struct engine *en, int64_t notice,
    enum outcome outcome, const char *detail, msec now, struct err *e)
{
	struct ledger_notice n;

	if (ledger_notice_get(en->ledger, notice, &n, e) == -1)
		return -1;
	if (n.channel == NOTICE_CALL && bridge_rung(en, notice, now, e) == -1)
		return -1;
	return end_notice(en, &n, outcome, detail, now, e);
}

/* Tried again after 1, 2, 4 .. minutes. */
static msec
mail_wait(int tries)
{
	const struct deadline_row *d = &deadlines[DEADLINE_MAIL_PLANNED];
	msec wait = d->within << (tries < 5 ? tries : 5);

	return wait < d->again ? wait : d->again;
}

int
notices_mail_ended(struct engine *en, int64_t notice, enum post_fate fate,
    const char *detail, msec now, struct err *e)
{
	struct ledger_notice n;

	if (ledger_notice_get(en->ledger, notice, &n, e) == -1)
		return -1;
	if (n.state != NOTICE_SENDING)
		return 0;
	if (fate == POST_ACCEPTED ? trouble_mail_up(en, now, e) == -1 :
	    fate == POST_LATER && trouble_mail(en, n.tries + 1, detail, now,
	    e) == -1)
		return -1;
	if (fate != POST_LATER || now - n.planned_at >
	    deadlines[DEADLINE_MAIL_PLANNED].at_most)
		return end_notice(en, &n, fate == POST_ACCEPTED ? OUTCOME_OK :
		    OUTCOME_UNDELIVERED, detail, now, e);
	n.state = NOTICE_PLANNED;
	n.due_at = now + mail_wait(n.tries);
	n.sent_at = 0;
	n.tries++;
	snprintf(n.detail, sizeof(n.detail), "%s", detail);
	return ledger_notice_save(en->ledger, &n, e);
}

/* ---- e-mail goes out --------------------------------------------------- */

static int
mail_one(struct engine *en, void *arg, msec now, struct err *e)
{
	struct ledger_notice *n = arg;
	const struct config_volunteer *v =
	    config_volunteer(en->conf, n->volunteer);
	struct buf subject = BUF_EMPTY, body = BUF_EMPTY;
	struct effect *f;
	int filled = -1;

	if (v == NULL || v->email == NULL || en->conf->email.smtp_url == NULL)
		return end_notice(en, n, OUTCOME_REFUSED,
		    "no address any more", now, e);
	n->state = NOTICE_SENDING;
	n->sent_at = now;
	if (ledger_notice_words(en->ledger, n->id, &subject, &body, e) == -1 ||
	    ledger_notice_save(en->ledger, n, e) == -1 ||
	    (filled = signin_fill(en, n->id, &body, e)) != 1 ||
	    !signin_in_time(n, now)) {
		buf_release(&subject);
		buf_release(&body);
		return filled == -1 ? -1 : end_notice(en, n, false,
		    "the link is not of use any more", now, e);
	}
	f = engine_effect(en, EFFECT_MAIL);
	f->notice = n->id;
	f->to = mem_dup(v->email);
	f->subject = buf_take(&subject);
	f->text = buf_take(&body);
	return 0;
}

static int
mail_run(struct engine *en, msec now, struct err *e)
{
	struct ledger_notice due[BATCH];
	int n;

	if (en->conf->email.smtp_url == NULL || en->draining)
		return 0;
	n = ledger_emails_due(en->ledger, now, due, BATCH, e);
	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, mail_one, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "notice", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	if (n == BATCH)
		en->more = true;
	return n == -1 ? -1 : 0;
}

int
notices_orphans(struct engine *en, msec now, struct err *e)
{
	struct ledger_notice n[BATCH];
	int count = 0;

	if (en->conf->email.smtp_url != NULL)
		return 0;
	do {
		count = ledger_emails_due(en->ledger, NEVER, n, BATCH, e);
		for (int i = 0; i < count; i++)
			if (mail_one(en, &n[i], now, e) == -1)
				return -1;
	} while (count == BATCH);
	return count == -1 ? -1 : 0;
}

static int
overdue_one(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct ledger_notice *n = arg;

	return notices_mail_ended(en, n->id, POST_LATER, "no answer came", now,
	    e);
}

int
notices_overdue(struct engine *en, msec now, struct err *e)
{
	struct ledger_notice due[BATCH];
	int n = ledger_emails_unanswered(en->ledger, now - en->rate *
	    deadlines[DEADLINE_MAIL_SENDING].within, due, BATCH, e);

	for (int i = 0; i < n; i++) {
		int kept = engine_piece(en, overdue_one, &due[i], now, e);

		if (kept == 0)
			kept = aside_row(en, "notice", due[i].id, now, e);
		if (kept == -1)
			return -1;
	}
	return n == -1 ? -1 : 0;
}

int
notices_run(struct engine *en, msec now, struct err *e)
{
	return mail_run(en, now, e);
}

int
notices_wake(struct engine *en, msec now, msec *ret, struct err *e)
{
	(void)now;
	*ret = NEVER;
	if (en->conf->email.smtp_url == NULL || en->draining)
		return 0;
	return ledger_emails_wake(en->ledger, ret, e);
}
