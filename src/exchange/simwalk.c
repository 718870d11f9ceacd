/*
 * At any moment of a call one of three things goes on: words (or a pause),
 * the silence in which a key is awaited, or a document is on its way.  Beside
 * it the person's own clock runs: when they press, when they hang up.  The
 * walk always sleeps until the first of these.
 */
#include "exchange/simwalk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "exchange/simdial.h"
#include "exchange/simhook.h"

#define MAX_DOCUMENTS 50
#define MAX_STEPS 1000
#define LATE (2 * MSEC_SECOND)	/* a late key, behind the question's end */

enum doing {
	DOING_WORDS,
	DOING_LISTENING,
	DOING_WAITING,	/* for a document */
	DOING_TALK,	/* with whom it was put through to */
	DOING_DETECTION,	/* the first document is asked for behind it */
};

struct simwalk {
	struct twiml doc;
	char *base;		/* the document's URL; "" for an inline one */
	bool base_get;
	enum doing doing;
	msec until;		/* of words and of listening */
	size_t at;		/* the step that is done, or comes next */
	bool in_gather;
	size_t gather, gather_end;
	char digits[SIMCALL_KEYS_SIZE];
	size_t n_digits;
	size_t next_key;	/* of the habit's keys */
	msec press_at;		/* NEVER: no key is to come */
	char press;
	msec hang_up_at;
	int documents, steps;
	uint32_t asked;		/* which document is awaited */
};

void
simwalk_free(struct simwalk *w)
{
	if (w == NULL)
		return;
	twiml_release(&w->doc);
	free(w->base);
	free(w);
}

char *
simwalk_resolve(const char *base, const char *url)
{
	const char *host = strstr(base, "://");
	size_t keep;

	if (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0)
		return mem_dup(url);
	if (host == NULL)
		return NULL;
	keep = (size_t)(host + 3 - base) + strcspn(host + 3, "/?#");
	if (url[0] == '?') {
		keep += strcspn(base + keep, "?#");
	} else if (url[0] != '/') {
		size_t path = keep + strcspn(base + keep, "?#");
		while (path > keep && base[path - 1] != '/')
			path--;
		if (path == keep)
			return mem_printf("%.*s/%s", (int)keep, base, url);
		keep = path;
	}
	return mem_printf("%.*s%s", (int)keep, base, url);
}

/* Ask for a document.  Takes over h; the call waits until it is there. */
static void
ask(struct exchange *x, msec now, struct simcall *c, struct simhook *h,
    const char *url, bool get)
{
	struct simwalk *w = c->walk;

	if (++w->documents > MAX_DOCUMENTS) {
		exchange_complain(x, now, "a call asks for more than %d "
		    "documents: its questions go round in a circle",
		    MAX_DOCUMENTS);
		simhook_free(h);
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return;
	}
	char *base = mem_dup(url);
	free(w->base);
	w->base = base;
	w->base_get = get;
	w->doing = DOING_WAITING;
	w->until = NEVER;
	h->turn = ++w->asked;
	simhook_send(x, h, now);
	simcall_wake_at(x, c, w->hang_up_at);
}

/* A request for a document with the parameters that all have; NULL, and the
 * call is over, where the URL is none. */
static struct simhook *
new_request(struct exchange *x, msec now, struct simcall *c, const char *url,
    bool get)
{
	const char *why = simhook_bad_url(x, url);
	struct simhook *h;

	if (why != NULL) {
		exchange_complain(x, now, "code 11100: a URL in a call %s",
		    why);
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return NULL;
	}
	h = simhook_new(x, now, SIMHOOK_DOCUMENT, url, get, c);
	simcall_add_standard(x, c, h);
	if (c->answered_by != NULL && !c->async)
		simhook_add(h, "AnsweredBy", c->answered_by);
	return h;
}

static void
fetch(struct exchange *x, msec now, struct simcall *c, const char *url,
    bool get)
{
	struct simhook *h = new_request(x, now, c, url, get);

	if (h != NULL)
		ask(x, now, c, h, url, get);
}

/* The document could not be had, or not be used. */
static void
give_up(struct exchange *x, msec now, struct simcall *c)
{
	if (c->fallback != NULL && !c->fell_back) {
		c->fell_back = true;
		fetch(x, now, c, c->fallback, c->fallback_get);
		return;
	}
	simcall_end(x, now, c, c->status == SIMCALL_RINGING ? SIMCALL_FAILED
	    : SIMCALL_COMPLETED);
}

static void
set_hang_up(struct simcall *c, msec now)
{
	msec stays = c->habit->stays < c->time_limit ? c->habit->stays
	    : c->time_limit;

	c->walk->hang_up_at = now + stays;
}

/* When the person presses their next key for the question that begins now. */
static void
draw_press(struct exchange *x, msec now, struct simcall *c)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *g = &w->doc.steps[w->gather];
	char key = c->habit->keys[w->next_key];
	struct random r;
	msec words = 0, slack;

	if (w->press_at != NEVER || key == '\0')
		return;	/* one is on its way already; or there is none */
	w->next_key++;
	if (key == '-')
		return;
	for (size_t i = w->gather + 1; i < w->gather_end; i++)
		words += w->doc.steps[i].lasts;
	person_chance(&x->people, c->who, (uint64_t)c->created << 8
	    | w->next_key, &r);
	slack = g->timeout * 6 / 10 < 6000 ? g->timeout * 6 / 10 : 6000;
	w->press = key;
	w->press_at = now + 500 + words * 4 / 10 + (msec)random_below(&r,
	    (uint32_t)(words * 6 / 10 + slack + 1));
	if (c->habit->late)
		w->press_at = now + words + g->timeout + LATE;
}

static void
begin_gather(struct exchange *x, msec now, struct simcall *c)
{
	struct simwalk *w = c->walk;

	w->in_gather = true;
	w->gather = w->at++;
	w->gather_end = w->at + w->doc.steps[w->gather].nested;
	w->n_digits = 0;
	w->digits[0] = '\0';
	draw_press(x, now, c);
}

/* The question is over; key is the one that ended it, or 0. */
static void
end_gather(struct exchange *x, msec now, struct simcall *c, char key)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *g = &w->doc.steps[w->gather];
	char finish[2] = { key, '\0' };
	struct simhook *h;
	char *url;

	w->in_gather = false;
	w->at = w->gather_end;
	w->doing = DOING_WORDS;
	w->until = now;
	if (w->n_digits == 0 && key == 0 && !g->on_empty)
		return;
	url = simwalk_resolve(w->base, g->action != NULL ? g->action
	    : w->base);
	if (url == NULL) {
		exchange_complain(x, now, "code 21205: a Gather in an inline "
		    "document has no absolute action");
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return;
	}
	h = new_request(x, now, c, url, g->get);
	if (h != NULL) {
		simhook_add(h, "msg", "Gather End");
		simhook_add(h, "Digits", w->digits);
		if (key != 0)
			simhook_add(h, "FinishedOnKey", finish);
		ask(x, now, c, h, url, g->get);
	}
	free(url);
}

/* The person presses.  Where no question is open, nobody hears it. */
static void
take_key(struct exchange *x, msec now, struct simcall *c)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *g = &w->doc.steps[w->gather];
	char key = w->press;

	w->press_at = NEVER;
	if (!w->in_gather)
		return;
	if (c->n_keys < sizeof(c->keys) - 1)
		c->keys[c->n_keys++] = key;
	if (strchr(g->finish_on, key) != NULL) {
		end_gather(x, now, c, key);
		return;
	}
	if (w->n_digits < sizeof(w->digits) - 1) {
		w->digits[w->n_digits++] = key;
		w->digits[w->n_digits] = '\0';
	}
	/* a key stops the words; then the time for further ones runs */
	w->at = w->gather_end;
	w->doing = DOING_LISTENING;
	w->until = now + g->timeout;
	if (g->digits > 0 && w->n_digits >= (size_t)g->digits)
		end_gather(x, now, c, 0);
}

/* Fetch what is to be played.  The walk does not wait for it: how it sounds
 * changes nothing, and that it is there is looked at when it comes. */
static void
fetch_media(struct exchange *x, msec now, const char *base, const char *what)
{
	char *url = simwalk_resolve(base, what);
	const char *why = url != NULL ? simhook_bad_url(x, url) :
	    "is no absolute URL, in an inline document";

	if (why != NULL)
		exchange_complain(x, now, "code 11100: a URL to play %s", why);
	else
		simhook_send(x, simhook_new(x, now, SIMHOOK_MEDIA, url, true,
		    NULL), now);
	free(url);
}

static bool
is_over(const struct simcall *c)
{
	return c->status != SIMCALL_IN_PROGRESS || c->walk == NULL;
}

static void
begin_dial(struct exchange *x, msec now, struct simcall *c)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *s = &w->doc.steps[w->at];

	if (!simdial_begin(x, now, c, s)) {
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return;
	}
	w->doing = DOING_TALK;
	w->until = NEVER;
}

void
simwalk_go_on(struct exchange *x, msec now, struct simcall *c,
    const struct simcall *leg)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *s;
	struct simhook *h;
	char seconds[24];

	if (is_over(c) || w->doing != DOING_TALK)
		return;
	s = &w->doc.steps[w->at];
	w->at += 1 + s->nested;
	w->doing = DOING_WORDS;
	w->until = now;
	if (s->action == NULL) {
		simcall_wake_at(x, c, now);
		return;
	}
	if ((h = new_request(x, now, c, s->action, s->get)) == NULL)
		return;
	simhook_add(h, "DialCallSid", leg->sid);
	simhook_add(h, "DialCallStatus", simcall_status_name(leg->status));
	if (leg->started > 0) {
		snprintf(seconds, sizeof(seconds), "%lld",
		    (long long)((leg->ended - leg->started + 999) / 1000));
		simhook_add(h, "DialCallDuration", seconds);
	}
	ask(x, now, c, h, s->action, s->get);
}

/* Begin the step at which we are.  It may be over at once. */
static void
begin_step(struct exchange *x, msec now, struct simcall *c)
{
	struct simwalk *w = c->walk;
	const struct twiml_step *s = &w->doc.steps[w->at];
	char *url;

	w->doing = DOING_WORDS;
	w->until = now;
	if (w->in_gather && w->at == w->gather_end) {
		w->doing = DOING_LISTENING;
		w->until = now + w->doc.steps[w->gather].timeout;
		return;
	}
	if (w->at == w->doc.n || s->verb == TWIML_HANGUP) {
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return;
	}
	switch (s->verb) {
	case TWIML_GATHER:
		begin_gather(x, now, c);
		break;
	case TWIML_DIAL:
		begin_dial(x, now, c);
		break;
	case TWIML_REDIRECT:
		url = simwalk_resolve(w->base, s->text);
		fetch(x, now, c, url != NULL ? url : s->text, s->get);
		free(url);
		break;
	case TWIML_REJECT:
		exchange_complain(x, now, "a call that is in progress cannot "
		    "be rejected: Reject must be a document's first verb");
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		break;
	case TWIML_PLAY:
		if (s->text[0] != '\0')	/* it may be digits */
			fetch_media(x, now, w->base, s->text);
		/* FALLTHROUGH */
	case TWIML_SAY:
	case TWIML_PAUSE:
	case TWIML_HANGUP:
	case TWIML_MESSAGE:
	case TWIML_NUMBER:
		w->until = now + s->lasts;
		w->at++;
		break;
	}
}

void
simwalk_go(struct exchange *x, msec now, struct simcall *c)
{
	while (!is_over(c)) {
		struct simwalk *w = c->walk;
		msec next = w->until;

		if (w->press_at < next)
			next = w->press_at;
		if (w->hang_up_at < next)
			next = w->hang_up_at;
		if (next > now) {
			simcall_wake_at(x, c, next);
			return;
		}
		if (next == w->hang_up_at || ++w->steps > MAX_STEPS)
			simcall_end(x, now, c, SIMCALL_COMPLETED);
		else if (next == w->press_at)
			take_key(x, now, c);
		else if (w->doing == DOING_LISTENING)
			end_gather(x, now, c, 0);
		else if (w->doing == DOING_DETECTION)
			fetch(x, now, c, c->url, c->url_get);
		else
			begin_step(x, now, c);
	}
}

/* Begin the document that stands in the walk; its words begin at "from". */
static void
start(struct exchange *x, msec now, struct simcall *c, msec from)
{
	struct simwalk *w = c->walk;

	w->at = 0;
	w->in_gather = false;
	w->doing = DOING_WORDS;
	w->until = from;
	simwalk_go(x, now, c);
}

void
simwalk_begin(struct exchange *x, msec now, struct simcall *c, msec from)
{
	struct simwalk *w = mem_alloc(sizeof(*w));
	struct err e;

	c->walk = w;
	w->press_at = NEVER;
	w->base = mem_dup("");
	set_hang_up(c, now);
	if (c->url != NULL) {
		w->doing = DOING_DETECTION;
		w->until = from;
		if (from > now)
			simwalk_go(x, now, c);
		else
			fetch(x, now, c, c->url, c->url_get);
		return;
	}
	if (twiml_parse(TWIML_CALL, c->twiml, strlen(c->twiml), &w->doc,
	    &e) == -1) {
		/* it was read once when the call was created */
		exchange_complain(x, now, "code 12100: %s", e.text);
		simcall_end(x, now, c, SIMCALL_COMPLETED);
		return;
	}
	start(x, now, c, from);
}

/* A person rings: the document answers the call, or rejects it. */
static bool
answer_inbound(struct exchange *x, msec now, struct simcall *c)
{
	const struct twiml_step *first = c->walk->doc.steps;

	if (c->walk->doc.n > 0 && first->verb == TWIML_REJECT) {
		simcall_end(x, now, c, first->busy ? SIMCALL_BUSY
		    : SIMCALL_NO_ANSWER);
		return false;
	}
	c->status = SIMCALL_IN_PROGRESS;
	c->started = c->updated = now;
	set_hang_up(c, now);
	return true;
}

void
simwalk_document(struct exchange *x, msec now, struct simcall *c,
    uint32_t turn, const struct buf *body)
{
	struct twiml doc;
	struct err e;

	if (c->walk == NULL || turn != c->walk->asked
	    || c->walk->doing != DOING_WAITING)
		return;
	if (body == NULL) {
		give_up(x, now, c);
		return;
	}
	if (twiml_parse(TWIML_CALL, buf_text(body), body->len, &doc,
	    &e) == -1) {
		exchange_complain(x, now, "code 12100: the document of a call: "
		    "%s", e.text);
		give_up(x, now, c);
		return;
	}
	twiml_release(&c->walk->doc);
	c->walk->doc = doc;
	if (c->status == SIMCALL_RINGING && !answer_inbound(x, now, c))
		return;
	start(x, now, c, now);
}

void
simwalk_redirect(struct exchange *x, msec now, struct simcall *c,
    const char *url, bool get)
{
	if (!is_over(c))
		fetch(x, now, c, url, get);
}
