/*
 * A contact who is asked to ring somebody, and confirms for them by a code
 * from their own number.
 *
 * Only where both agreements are recorded: the contact's, and the person's
 * that contacts may be told. The text holds a first name and nothing else of
 * them. What is not plainly OK and the code goes to a human, as any stranger's
 * words do.
 */
#include "engine/inside.h"

#include <stdio.h>
#include <string.h>

#include "rules/number.h"
#include "rules/words.h"

/* May this contact be told by text that we cannot reach the person? */
static int
check_contact(struct engine *en, const struct config_participant *p,
    const struct config_contact *c, struct err *e)
{
	const struct config_record *sharing = &config_extra(p)->sharing;
	struct number n;
	int out;

	if (c->agreed == CONFIG_NO_DATE || sharing->on == CONFIG_NO_DATE ||
	    sharing->no)
		return err_set(e, "that %s and the person agreed to such a "
		    "text is not on record (agreed, sharing): ring them",
		    c->name);
	if (number_read(c->number, en->conf->service.country_code, &n,
	    e) == -1 || !n.textable || config_gateway_for(en->conf,
	    CHANNEL_TEXT) == NULL)
		return err_set(e, "%s has no number for texts: ring them",
		    c->name);
	out = ledger_opted_out(en->ledger, c->number, CHANNEL_TEXT, e);
	if (out == 1)
		return err_set(e, "%s wants no texts: ring them", c->name);
	return out;
}

static int
send(struct engine *en, const struct ledger_ask_contact *a,
    const struct config_participant *p, msec now, struct err *e)
{
	struct ledger_notice n = { .flag = a->flag, .channel = NOTICE_TEXT,
		.planned_at = now, .due_at = now, .kind = "contact" };
	char office[NUMBER_NATIONAL_SIZE] = "";
	struct buf text = BUF_EMPTY;
	int result;

	number_national(en->conf->service.office_phone,
	    en->conf->service.country_code, office);
	buf_addf(&text, "%s: please ring %s when you can, then reply OK %s if "
	    "all is well. If not, or if you cannot reach them, ring %s.",
	    en->conf->service.name, p->call_me, a->code, office);
	snprintf(n.volunteer, sizeof(n.volunteer), "%s", a->who);
	result = ledger_notice_add(en->ledger, &n, NULL, "", "", e);
	if (result != -1)
		result = dispatch_text(en, PURPOSE_NOTICE, n.id, 0, a->number,
		    buf_text(&text), now, e);
	buf_release(&text);
	return result;
}

int
engine_ask_contact(struct engine *en, const char *code, int contact,
    const char *who, const char *from, msec now, struct err *e)
{
	const struct config_participant *p;
	struct ledger_ask_contact a = { .at = now,
		.until = now + deadlines[DEADLINE_CONTACT].within };
	struct ledger_flag f;
	char detail[32];

	if (decide_find(en, code, &f, e) == -1 ||
	    decide_check_owner(en, &f, who, e) == -1)
		return -1;
	p = config_participant(en->conf, f.participant);
	if (p == NULL || contact < 1 || contact > p->n_contacts)
		return err_set(e, "which contact? They have %d, counted from "
		    "1", p != NULL ? p->n_contacts : 0);
	if (check_contact(en, p, &p->contacts[contact - 1], e) == -1)
		return -1;
	a.flag = f.id;
	snprintf(a.number, sizeof(a.number), "%s",
	    p->contacts[contact - 1].number);
	snprintf(a.name, sizeof(a.name), "%s", p->contacts[contact - 1].name);
	snprintf(a.who, sizeof(a.who), "%s", who);
	snprintf(a.code, sizeof(a.code), "%04u", random_below(en->random,
	    10000));
	snprintf(detail, sizeof(detail), "%d", contact);
	if (ledger_ask_contact_add(en->ledger, &a, e) == -1 ||
	    flags_record(en, who, from, "asked_contact", f.id, f.checkin,
	    detail, now, e) == -1)
		return -1;
	return send(en, &a, p, now, e);
}

/* ---- the answer -------------------------------------------------------- */

/* "OK 4821", and nothing else: the code, or "" where it is not plainly that. */
static void
read_code(const char *text, char ret[5])
{
	struct buf plain = BUF_EMPTY;
	const char *words;
	size_t n;

	ret[0] = '\0';
	words_normalise(text, &plain);
	words = buf_text(&plain);
	if (strncmp(words, "ok ", 3) == 0)
		words += 3;
	else if (strncmp(words, "yes ", 4) == 0)
		words += 4;
	else
		words = "";
	n = strspn(words, "0123456789");
	if (n == 4 && (words[n] == '\0' || strcmp(words + n, " thanks") == 0 ||
	    strcmp(words + n, " thank you") == 0))
		snprintf(ret, 5, "%.4s", words);
	buf_release(&plain);
}

static int
tell_owner(struct engine *en, const struct ledger_flag *f, msec now,
    struct err *e)
{
	const struct config_volunteer *v = config_volunteer(en->conf,
	    f->owner[0] != '\0' ? f->owner : f->asked);
	char text[200];

	if (v == NULL || (f->owner[0] == '\0' && !v->coordinator &&
	    !config_is_on_duty(v, now)))
		return 0;
	snprintf(text, sizeof(text), "%s: flag %s has ended, a contact says "
	    "that all is well. Thank you.", en->conf->service.name, f->code);
	return notices_tell(en, v, "ended", f->id, 0, false, text, "has ended",
	    text, now, e);
}

int
contacts_hear(struct engine *en, struct ledger_reply *r, msec now,
    struct err *e)
{
	struct ledger_ask_contact a;
	struct ledger_flag f;
	char code[5], text[160];
	int found;

	read_code(r->text, code);
	if (code[0] == '\0')
		return 0;
	found = ledger_ask_contact_by(en->ledger, r->number, code, now, &a,
	    e);
	if (found != 1)
		return found;
	if (ledger_flag_get(en->ledger, a.flag, &f, e) == -1)
		return -1;
	if (f.state == FLAG_RESOLVED || !flag_reason_ends_by_own_word(
	    f.reason))
		return 0;
	snprintf(r->participant, sizeof(r->participant), "%s", f.participant);
	snprintf(r->reading, sizeof(r->reading), "ok");
	r->flag = f.id;
	snprintf(text, sizeof(text), "%s: thank you, that is noted.",
	    en->conf->service.name);
	if (ledger_reply_add(en->ledger, r, e) == -1 ||
	    ledger_ask_contact_answered(en->ledger, a.id, now, e) == -1 ||
	    tell_owner(en, &f, now, e) == -1 ||
	    engine_confirm(en, f.participant, a.name, "contact", "text", now,
	    e) == -1 || dispatch_text(en, PURPOSE_ANSWER, 0, r->id, r->number,
	    text, now, e) == -1)
		return -1;
	return 1;
}
