/*
 * A question is put in several Gathers, one behind the other, each waiting
 * for one key: silence lets the call fall through to the next, and only the
 * last reports it.  One key ends the question at once, also while it is still
 * being spoken.
 */
#include "gateway/twilio.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* How Twilio names the languages that we are likely to be asked for; another
 * is given as it is ("pt-BR"). */
static const struct {
	const char *ours, *theirs;
} languages[] = {
	{ "en", "en-GB" }, { "cy", "cy-GB" }, { "pl", "pl-PL" },
	{ "fr", "fr-FR" }, { "de", "de-DE" }, { "es", "es-ES" },
	{ "it", "it-IT" }, { "pt", "pt-PT" }, { "nl", "nl-NL" },
	{ "ro", "ro-RO" }, { "tr", "tr-TR" }, { "ru", "ru-RU" },
	{ "da", "da-DK" }, { "sv", "sv-SE" }, { "nb", "nb-NO" },
	{ "hi", "hi-IN" }, { "ar", "arb" }, { "zh", "cmn-CN" },
	{ "bn", "bn-IN" }, { "gu", "gu-IN" }, { "pa", "pa-IN" },
	{ "ur", "ur-IN" }, { "el", "el-GR" }, { "hu", "hu-HU" },
	{ "uk", "uk-UA" }, { "vi", "vi-VN" },
};

static const char *
their_language(const char *ours)
{
	if (!ours || ours[0] == '\0')
		ours = "en";
	for (size_t i = 0; i < COUNT(languages); i++)
		if (strcmp(languages[i].ours, ours) == 0)
			return languages[i].theirs;
	return ours;
}

static void
add_spoken(struct buf *b, const struct gateway *g, const struct script *s,
    const char *words)
{
	const char *voice = s->voice ? s->voice : g->conf->voice;

	buf_add(b, "<Say");
	if (voice) {
		buf_add(b, " voice=\"");
		buf_add_xml(b, voice);
		buf_addc(b, '"');
	}
	buf_add(b, " language=\"");
	buf_add_xml(b, their_language(s->language));
	buf_add(b, "\">");
	if (s->speed)
		buf_addf(b, "<prosody rate=\"%d%%\">", s->speed);
	buf_add_xml(b, words);
	if (s->speed)
		buf_add(b, "</prosody>");
	buf_add(b, "</Say>");
}

static void
add_phrase(struct buf *b, const struct gateway *g, const struct script *s,
    const struct phrase *phrase)
{
	if (phrase->audio[0] != '\0') {
		buf_add(b, "<Play>");
		buf_add_xml(b, g->public_url);
		buf_add_xml(b, phrase->audio);
		buf_add(b, "</Play>");
	} else if (phrase->words && phrase->words[0] != '\0') {
		add_spoken(b, g, s, phrase->words);
	}
}

/* The caller of both ends is our own number, so that neither sees the other's
 * and ours passes where it is known. */
static void
add_through(struct buf *b, const struct gateway *g, const struct script *s)
{
	char *tail = mem_printf("through?a=%s" TWILIO_AGAIN, s->ref);
	char *url = gateway_hook_url(g, tail);

	add_phrase(b, g, s, &s->before);
	buf_add(b, "<Dial callerId=\"");
	buf_add_xml(b, g->conf->call_from ? g->conf->call_from : "");
	buf_addf(b, "\" timeout=\"%lld\" timeLimit=\"%lld\" method=\"POST\""
	    " action=\"", (long long)(s->ring / MSEC_SECOND),
	    (long long)(s->lasts / MSEC_SECOND));
	buf_add_xml(b, url);
	buf_add(b, "\"><Number statusCallbackEvent=\"completed\""
	    " statusCallbackMethod=\"POST\" statusCallback=\"");
	buf_add_xml(b, url);
	buf_add(b, "\">");
	buf_add_xml(b, s->through);
	buf_add(b, "</Number></Dial>");
	free(url);
	free(tail);
}

static char *
key_url(const struct gateway *g, const struct script *s)
{
	char *tail = mem_printf("key?a=%s&n=%d" TWILIO_AGAIN, s->ref, s->turn);
	char *url = gateway_hook_url(g, tail);

	free(tail);
	return url;
}

static void
add_question(struct buf *b, const struct gateway *g, const struct script *s,
    const char *url, bool first, bool last)
{
	buf_add(b, "<Gather input=\"dtmf\" numDigits=\"1\" timeout=\"10\""
	    " finishOnKey=\"\"");
	if (last)
		buf_add(b, " actionOnEmptyResult=\"true\"");
	buf_add(b, " method=\"POST\" action=\"");
	buf_add_xml(b, url);
	buf_add(b, "\">");
	if (first) {
		/* The handset is on its way to the ear. */
		buf_add(b, "<Pause length=\"1\"/>");
		add_phrase(b, g, s, &s->last);
		add_phrase(b, g, s, &s->before);
	}
	add_phrase(b, g, s, &s->ask);
	buf_add(b, "</Gather>");
}

static void
add_document(struct buf *b, const struct gateway *g, const struct script *s,
    int prompts, bool after)
{
	char *url = key_url(g, s);

	buf_add(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>");
	for (int i = 0; s->ask.words && i < prompts; i++)
		add_question(b, g, s, url, i == 0, i == prompts - 1);
	if (s->ask.words && after)
		add_phrase(b, g, s, &s->after);
	if (s->through) {
		add_through(b, g, s);
	} else if (!s->ask.words) {
		add_phrase(b, g, s, &s->before);
		add_phrase(b, g, s, &s->after);
		buf_add(b, "<Hangup/>");
	}
	buf_add(b, "</Response>");
	free(url);
}

void
twilio_say_document(const struct gateway *g, const struct script *s,
    size_t limit, struct buf *b)
{
	int prompts = s->prompts > 1 ? s->prompts : 1;
	size_t start = b->len;
	bool after = true;

	add_document(b, g, s, prompts, after);
	while (limit > 0 && b->len - start > limit && (prompts > 1 || after)) {
		if (prompts > 1)
			prompts--;
		else
			after = false;
		b->len = start;
		add_document(b, g, s, prompts, after);
	}
}

void
twilio_say(struct gateway *g, const struct script *s, struct hook_answer *ret)
{
	*ret = (struct hook_answer){ .status = 200,
		.content_type = "text/xml" };
	twilio_say_document(g, s, 0, &ret->body);
}

/*
 * Where words could be wanted, an empty document: a text then gets no answer,
 * and a call ends.  A 204 with no document there would be an error to Twilio.
 */
void
twilio_say_acknowledge(struct gateway *g, enum event_kind kind,
    struct hook_answer *ret)
{
	(void)g;
	*ret = (struct hook_answer){ .status = 204 };
	if (kind == EVENT_PROGRESS || kind == EVENT_RING_END)
		return;
	ret->status = 200;
	ret->content_type = "text/xml";
	buf_add(&ret->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	    "<Response></Response>");
}
