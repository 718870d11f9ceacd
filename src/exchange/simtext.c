#include "exchange/simtext.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "exchange/simhook.h"

#define TO_SEND 500
#define MAX_ANSWERS 10		/* texts in one document */
#define CODE_EXPIRED 30001

static const char *const status_names[] = {
	[SIMTEXT_QUEUED] = "queued",
	[SIMTEXT_SENT] = "sent",
	[SIMTEXT_DELIVERED] = "delivered",
	[SIMTEXT_UNDELIVERED] = "undelivered",
	[SIMTEXT_FAILED] = "failed",
	[SIMTEXT_CANCELED] = "canceled",
	[SIMTEXT_RECEIVED] = "received",
};

/* gateways.md 1.6: what the exchange itself understands. */
static const struct opt_row {
	const char *word, *type;
} opt_rows[] = {
	{ "STOP", "STOP" }, { "UNSUBSCRIBE", "STOP" }, { "END", "STOP" },
	{ "QUIT", "STOP" }, { "STOPALL", "STOP" }, { "REVOKE", "STOP" },
	{ "OPTOUT", "STOP" }, { "CANCEL", "STOP" },
	{ "START", "START" }, { "UNSTOP", "START" },
	{ "HELP", "HELP" }, { "INFO", "HELP" },
};

const char *
simtext_status_name(enum simtext_status s)
{
	return status_names[s];
}

const char *
simtext_direction(const struct simtext *t)
{
	static const char *const names[] = {
		[SIMTEXT_OUT] = "outbound-api", [SIMTEXT_IN] = "inbound",
		[SIMTEXT_ANSWER] = "outbound-reply",
	};

	return names[t->way];
}

/* How many septets a character takes; 0 where it is not in GSM 03.38. */
static int
septets(const char *c, size_t n)
{
	static const char twice[] = "^{}\\[]~|";
	static const char *const beyond[] = {
		"£", "¥", "è", "é", "ù", "ì", "ò", "Ç", "Ø", "ø", "Å", "å",
		"Δ", "Φ", "Γ", "Λ", "Ω", "Π", "Ψ", "Σ", "Θ", "Ξ", "Æ", "æ",
		"ß", "É", "¤", "¡", "Ä", "Ö", "Ñ", "Ü", "§", "¿", "ä", "ö",
		"ñ", "ü", "à",
	};

	if (n == 1 && strchr(twice, *c) != NULL)
		return 2;
	if (n == 1)
		return *c == '\n' || *c == '\r' || (*c >= ' ' && *c != '`'
		    && *c != '\x7f') ? 1 : 0;
	if (n == 3 && memcmp(c, "€", 3) == 0)
		return 2;
	for (size_t i = 0; i < COUNT(beyond); i++)
		if (strlen(beyond[i]) == n && memcmp(beyond[i], c, n) == 0)
			return 1;
	return 0;
}

int
simtext_parts(const char *body)
{
	int gsm = 0, units = 0;
	bool fits = true;

	for (const char *p = body; *p != '\0';) {
		size_t n = 1;
		while ((p[n] & 0xc0) == 0x80)
			n++;
		int s = septets(p, n);
		fits = fits && s > 0;
		gsm += s;
		units += n > 3 ? 2 : 1;
		p += n;
	}
	if (fits)
		return gsm <= 160 ? 1 : (gsm + 152) / 153;
	return units <= 70 ? 1 : (units + 66) / 67;
}

struct simtext *
simtext_new(struct exchange *x, msec now, enum simtext_way way,
    struct person *to, struct person *from, const char *body)
{
	struct simtext *t = mem_alloc(sizeof(*t));
	struct person *who = way == SIMTEXT_IN ? from : to;

	mem_reserve(&x->texts, x->n_texts, &x->cap_texts,
	    sizeof(struct simtext *));
	exchange_sid(x, "SM", x->n_texts, t->sid);
	t->nth = x->n_texts;
	x->texts[x->n_texts++] = t;
	t->way = way;
	t->to = to;
	t->from = from;
	t->earlier = who->last_text;
	who->last_text = t;
	t->created = t->updated = now;
	t->body = mem_dup(body);
	t->valid = SIMTEXT_VALIDITY;
	return t;
}

void
simtext_free(struct simtext *t)
{
	simhook_release_track(&t->track);
	free(t->body);
	free(t->habit);
	free(t);
}

static void
wake_at(struct exchange *x, struct simtext *t, msec at)
{
	agenda_add(&x->agenda, at, INSIDE_TEXT, t, ++t->turn);
}

void
simtext_place(struct exchange *x, msec now, struct simtext *t,
    const struct habit *h)
{
	msec at = now + TO_SEND > x->next_text ? now + TO_SEND : x->next_text;

	x->next_text = at + MSEC_SECOND / x->texts_per_second;
	x->used[1] = t->from;
	x->count.texts++;
	t->habit = mem_alloc(sizeof(*t->habit));
	*t->habit = *h;
	t->sent = at;
	/* the queue is longer than the text is wanted: it never leaves */
	wake_at(x, t, at > now + t->valid ? now + t->valid : at);
}

static void
tell(struct exchange *x, msec now, struct simtext *t, bool last)
{
	struct simhook *h;
	char code[16];

	t->updated = now;
	if (t->track.url == NULL)
		return;
	h = simhook_new(x, now, SIMHOOK_STATUS, t->track.url, t->track.get, t);
	simhook_add(h, "MessageSid", t->sid);
	simhook_add(h, "SmsSid", t->sid);
	simhook_add(h, "MessageStatus", simtext_status_name(t->status));
	simhook_add(h, "SmsStatus", simtext_status_name(t->status));
	simhook_add(h, "AccountSid", x->account_sid);
	simhook_add(h, "From", t->from->number);
	simhook_add(h, "To", t->to->number);
	simhook_add(h, "ApiVersion", API_VERSION);
	if (t->code > 0) {
		snprintf(code, sizeof(code), "%d", t->code);
		simhook_add(h, "ErrorCode", code);
	}
	simhook_send_progress(x, &t->track, h, now + 20, last);
}

static void
finish(struct exchange *x, msec now, struct simtext *t,
    enum simtext_status status, int code)
{
	t->status = status;
	t->code = code;
	t->turn++;
	tell(x, now, t, true);
	free(t->habit);
	t->habit = NULL;
}

/* Behind what a text tells the code of a flag, or of what is asked. */
static const char *
find_code(const char *body)
{
	static const char *const before[] = { "YES ", "reply OK " };

	for (size_t i = 0; i < COUNT(before); i++) {
		const char *at = strstr(body, before[i]);

		if (at != NULL)
			return at + strlen(before[i]);
	}
	return NULL;
}

/*
 * {code} in a reply is the word that the text wants behind YES or OK: so a
 * simulated volunteer claims what they are told of.  NULL for a text without
 * one, so that an answer to their claim does not have them write again.
 */
static char *
write_reply(const char *reply, const char *body)
{
	static const char mark[] = "{code}";
	const char *at = strstr(reply, mark), *code = find_code(body);
	size_t n;

	if (at == NULL)
		return mem_dup(reply);
	if (code == NULL)
		return NULL;
	n = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-");
	return mem_printf("%.*s%.*s%s", (int)(at - reply), reply, (int)n, code,
	    at + sizeof(mark) - 1);
}

/* Letters as a sender are no number: nobody can reply to them. */
static bool
can_be_answered(const struct simtext *t)
{
	return strpbrk(t->from->number, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL;
}

static void
plan_reply(struct exchange *x, msec now, const struct simtext *t)
{
	struct inside_reply *reply;
	struct inside_ring *ring;
	char *words = NULL;

	if (t->habit->reply[0] != '\0' && can_be_answered(t))
		words = write_reply(t->habit->reply, t->body);
	if (words != NULL) {
		reply = mem_alloc(sizeof(*reply));
		reply->from = t->to;
		reply->to = t->from;
		reply->body = words;
		agenda_add(&x->agenda, now + t->habit->after, INSIDE_REPLY,
		    reply, 0);
	}
	if (t->habit->rings_back != NEVER) {
		ring = mem_alloc(sizeof(*ring));
		ring->from = t->to;
		ring->habit = *t->habit;
		ring->habit.kind = HABIT_ANSWERS;
		ring->habit.after = ring->habit.delivery = HABIT_DRAWN;
		ring->habit.rings_back = NEVER;
		memcpy(ring->habit.keys, t->habit->back_keys,
		    HABIT_KEYS_SIZE);
		agenda_add(&x->agenda, now + t->habit->rings_back,
		    INSIDE_RING, ring, 0);
	}
}

static void
leave(struct exchange *x, msec now, struct simtext *t)
{
	if (now < t->sent) {
		finish(x, now, t, SIMTEXT_FAILED, CODE_EXPIRED);
		return;
	}
	if (t->habit->kind == HABIT_FAILED) {
		finish(x, now, t, SIMTEXT_FAILED, t->habit->code);
		return;
	}
	t->status = SIMTEXT_SENT;
	tell(x, now, t, false);
	if (t->habit->kind == HABIT_SENT) {
		/* no receipt ever comes: it stays so */
		free(t->habit);
		t->habit = NULL;
		return;
	}
	wake_at(x, t, now + t->habit->delivery);
}

static void
arrive(struct exchange *x, msec now, struct simtext *t)
{
	if (t->habit->kind != HABIT_DELIVERED) {
		finish(x, now, t, SIMTEXT_UNDELIVERED, t->habit->code > 0
		    ? t->habit->code : 30003);
		return;
	}
	plan_reply(x, now, t);
	finish(x, now, t, SIMTEXT_DELIVERED, 0);
}

void
simtext_go(struct exchange *x, msec now, struct simtext *t, uint32_t turn)
{
	if (turn != t->turn)
		return;
	if (t->status == SIMTEXT_QUEUED)
		leave(x, now, t);
	else if (t->status == SIMTEXT_SENT)
		arrive(x, now, t);
}

void
simtext_cancel(struct exchange *x, msec now, struct simtext *t)
{
	finish(x, now, t, SIMTEXT_CANCELED, 0);
}

/* Does the text consist of one of the words?  Spaces around it do not
 * matter, nor do capitals. */
static const char *
opt_type(const char *body)
{
	size_t n;

	body += strspn(body, " \t\r\n");
	n = strcspn(body, " \t\r\n");
	if (body[n + strspn(body + n, " \t\r\n")] != '\0')
		return NULL;
	for (size_t i = 0; i < COUNT(opt_rows); i++)
		if (strlen(opt_rows[i].word) == n
		    && strncasecmp(opt_rows[i].word, body, n) == 0)
			return opt_rows[i].type;
	return NULL;
}

static void
note_opting(struct simtext *t, const char *type)
{
	struct person *who = t->from;

	if (strcmp(type, "STOP") == 0) {
		if (!who->opted_out)
			who->opt_out_known = NEVER;
		who->opted_out = true;
		t->opts_out = true;
	} else if (strcmp(type, "START") == 0) {
		who->opted_out = false;
		who->opt_out_known = NEVER;
	}
}

static void
add_received(const struct exchange *x, const struct simtext *t,
    struct simhook *h)
{
	static const char *const empty[] = {
		"FromCity", "FromState", "FromZip", "ToCity", "ToState",
		"ToZip",
	};
	char parts[16];

	simhook_add(h, "MessageSid", t->sid);
	simhook_add(h, "SmsSid", t->sid);
	simhook_add(h, "SmsMessageSid", t->sid);
	simhook_add(h, "AccountSid", x->account_sid);
	simhook_add(h, "From", strcmp(t->from->number, SCENARIO_WITHHELD) == 0
	    ? "Anonymous" : t->from->number);
	simhook_add(h, "To", t->to->number);
	simhook_add(h, "Body", t->body);
	simhook_add(h, "NumMedia", "0");
	snprintf(parts, sizeof(parts), "%d", simtext_parts(t->body));
	simhook_add(h, "NumSegments", parts);
	simhook_add(h, "SmsStatus", "received");
	simhook_add(h, "ApiVersion", API_VERSION);
	simhook_add(h, "FromCountry", "GB");
	simhook_add(h, "ToCountry", "GB");
	for (size_t i = 0; i < COUNT(empty); i++)
		simhook_add(h, empty[i], "");
}

void
simtext_receive(struct exchange *x, msec now, struct person *from,
    struct person *to, const char *body)
{
	const char *type = x->keeps_opt_outs ? opt_type(body) : NULL;
	struct simtext *t;
	struct simhook *h;

	x->count.texts_in++;
	t = simtext_new(x, now, SIMTEXT_IN, to, from, body);
	t->status = SIMTEXT_RECEIVED;
	if (type != NULL)
		note_opting(t, type);
	/* Whoever has set none on purpose asks for the list. */
	if (x->text_url != NULL && x->text_url[0] == '\0')
		return;
	if (x->text_url == NULL) {
		exchange_complain(x, now, "somebody wrote, and no URL is set "
		    "for texts that come in");
		return;
	}
	h = simhook_new(x, now, SIMHOOK_TEXT_IN, x->text_url, false, t);
	add_received(x, t, h);
	if (type != NULL)
		simhook_add(h, "OptOutType", type);
	simhook_send(x, h, now);
}

static void
answer(struct exchange *x, msec now, struct simtext *t, const char *words)
{
	struct simtext *out;
	struct habit h;

	if (t->from->opted_out || t->answers >= MAX_ANSWERS)
		return;
	if (words[0] == '\0') {
		exchange_complain(x, now, "code 14103: a Message without "
		    "words");
		return;
	}
	t->answers++;
	exchange_ask_habit(x, now, t->from, words, &h);
	if (h.kind == HABIT_REFUSED)
		return;
	out = simtext_new(x, now, SIMTEXT_ANSWER, t->from, t->to, words);
	simtext_place(x, now, out, &h);
}

void
simtext_answered(struct exchange *x, msec now, struct simtext *t, bool taken,
    const struct buf *body)
{
	struct twiml doc;
	struct err e;

	if (taken && t->opts_out && t->from->opted_out
	    && t->from->opt_out_known == NEVER)
		t->from->opt_out_known = now;
	if (body == NULL)
		return;
	if (twiml_parse(TWIML_TEXT, buf_text(body), body->len, &doc,
	    &e) == -1) {
		exchange_complain(x, now, "code 12100: the answer to a text: "
		    "%s", e.text);
		return;
	}
	for (size_t i = 0; i < doc.n; i++) {
		if (doc.steps[i].verb == TWIML_MESSAGE)
			answer(x, now, t, doc.steps[i].text);
		else
			exchange_complain(x, now, "a Redirect in the answer to "
			    "a text is not simulated");
	}
	twiml_release(&doc);
}
