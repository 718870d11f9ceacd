/*
 * Two tables say what a document may hold: one of verbs, one of attributes
 * with the form of their values.  The reader below only walks them.
 */
#include "exchange/twiml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"
#include "exchange/xml.h"

#define SPEECH_WORD (400 * (msec)1)	/* 150 words a minute */
#define SPEECH_LEAST (600 * (msec)1)
#define PLAY_LASTS (5 * MSEC_SECOND)	/* we do not fetch what is played */

enum content { HOLDS_WORDS, HOLDS_NOTHING, HOLDS_VERBS };

/* Where a verb may stand. */
enum { IN_CALL = 1, IN_GATHER = 2, IN_TEXT = 4, IN_DIAL = 8 };

static const struct verb_row {
	const char *name;
	unsigned int where;
	enum content content;
} verb_rows[] = {
	[TWIML_SAY] = { "Say", IN_CALL | IN_GATHER, HOLDS_WORDS },
	[TWIML_PLAY] = { "Play", IN_CALL | IN_GATHER, HOLDS_WORDS },
	[TWIML_PAUSE] = { "Pause", IN_CALL | IN_GATHER, HOLDS_NOTHING },
	[TWIML_GATHER] = { "Gather", IN_CALL, HOLDS_VERBS },
	[TWIML_DIAL] = { "Dial", IN_CALL, HOLDS_VERBS },
	[TWIML_NUMBER] = { "Number", IN_DIAL, HOLDS_WORDS },
	[TWIML_REDIRECT] = { "Redirect", IN_CALL | IN_TEXT, HOLDS_WORDS },
	[TWIML_HANGUP] = { "Hangup", IN_CALL, HOLDS_NOTHING },
	[TWIML_REJECT] = { "Reject", IN_CALL, HOLDS_NOTHING },
	[TWIML_MESSAGE] = { "Message", IN_TEXT, HOLDS_WORDS },
};

enum form {
	FORM_ANY,
	FORM_LENGTH,	/* whole seconds, 0 to 600 */
	FORM_LOOP,	/* 0 to 1000 */
	FORM_DIGITS,	/* 1 to 1000 */
	FORM_BOOL,
	FORM_METHOD,
	FORM_KEYS,	/* of 0-9*#, each at most once; may be empty */
	FORM_DTMF,	/* input: only keys are simulated */
	FORM_REASON,
	FORM_URL,
	FORM_LIMIT,	/* whole seconds, 1 to 14400 */
	FORM_NUMBER,	/* + and digits */
	FORM_EVENTS,	/* only the end of a dialled call is told */
};

static const struct attr_row {
	enum twiml_verb verb;
	const char *name;
	enum form form;
} attr_rows[] = {
	{ TWIML_SAY, "voice", FORM_ANY },
	{ TWIML_SAY, "language", FORM_ANY },
	{ TWIML_SAY, "loop", FORM_LOOP },
	{ TWIML_PLAY, "loop", FORM_LOOP },
	{ TWIML_PLAY, "digits", FORM_ANY },
	{ TWIML_PAUSE, "length", FORM_LENGTH },
	{ TWIML_GATHER, "input", FORM_DTMF },
	{ TWIML_GATHER, "action", FORM_URL },
	{ TWIML_GATHER, "method", FORM_METHOD },
	{ TWIML_GATHER, "timeout", FORM_LENGTH },
	{ TWIML_GATHER, "numDigits", FORM_DIGITS },
	{ TWIML_GATHER, "finishOnKey", FORM_KEYS },
	{ TWIML_GATHER, "actionOnEmptyResult", FORM_BOOL },
	{ TWIML_GATHER, "bargeIn", FORM_BOOL },
	{ TWIML_GATHER, "language", FORM_ANY },
	{ TWIML_DIAL, "action", FORM_URL },
	{ TWIML_DIAL, "method", FORM_METHOD },
	{ TWIML_DIAL, "timeout", FORM_LENGTH },
	{ TWIML_DIAL, "timeLimit", FORM_LIMIT },
	{ TWIML_DIAL, "callerId", FORM_NUMBER },
	{ TWIML_NUMBER, "statusCallback", FORM_URL },
	{ TWIML_NUMBER, "statusCallbackMethod", FORM_METHOD },
	{ TWIML_NUMBER, "statusCallbackEvent", FORM_EVENTS },
	{ TWIML_REDIRECT, "method", FORM_METHOD },
	{ TWIML_REJECT, "reason", FORM_REASON },
	{ TWIML_MESSAGE, "to", FORM_ANY },
	{ TWIML_MESSAGE, "from", FORM_ANY },
	{ TWIML_MESSAGE, "action", FORM_URL },
	{ TWIML_MESSAGE, "method", FORM_METHOD },
};

/* What may stand inside Say, to speak it better. */
static const char *const speech_marks[] = {
	"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as",
	"sub", "w",
};

struct reader {
	struct xml xml;
	enum twiml_kind kind;
	struct twiml *doc;
	struct err *e;
};

msec
twiml_speech(const char *words)
{
	msec lasts = 0;
	bool in_word = false;

	for (const char *p = words; *p != '\0'; p++) {
		bool space = *p == ' ' || *p == '\n' || *p == '\t'
		    || *p == '\r';
		if (!space && !in_word)
			lasts += SPEECH_WORD;
		in_word = !space;
	}
	return lasts > SPEECH_LEAST ? lasts : SPEECH_LEAST;
}

static bool
is_one_of(const char *text, const char *a, const char *b)
{
	return strcasecmp(text, a) == 0 || strcasecmp(text, b) == 0;
}

static bool
is_keys(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if (strchr("0123456789*#", *p) == NULL
		    || strchr(p + 1, *p) != NULL)
			return false;
	return true;
}

static bool
fits(enum form form, const char *value)
{
	int64_t n;

	switch (form) {
	case FORM_ANY:
		return true;
	case FORM_LENGTH:
		return num_int(value, 0, 600, &n, NULL) == 0;
	case FORM_LOOP:
		return num_int(value, 0, 1000, &n, NULL) == 0;
	case FORM_DIGITS:
		return num_int(value, 1, 1000, &n, NULL) == 0;
	case FORM_BOOL:
		return is_one_of(value, "true", "false");
	case FORM_METHOD:
		return is_one_of(value, "GET", "POST");
	case FORM_KEYS:
		return is_keys(value);
	case FORM_DTMF:
		return strcmp(value, "dtmf") == 0;
	case FORM_REASON:
		return is_one_of(value, "busy", "rejected");
	case FORM_LIMIT:
		return num_int(value, 1, 14400, &n, NULL) == 0;
	case FORM_NUMBER:
		return value[0] == '+' && value[1] != '\0' &&
		    value[1 + strspn(value + 1, "0123456789")] == '\0';
	case FORM_EVENTS:
		return strcmp(value, "completed") == 0;
	case FORM_URL:
		return value[0] != '\0' && strpbrk(value, " \t\n") == NULL;
	}
	return false;
}

static int
check_attributes(struct reader *r, enum twiml_verb verb)
{
	for (size_t i = 0; i < r->xml.n_attrs; i++) {
		const struct attr_row *row = NULL;
		const char *name = r->xml.attrs[i].name;

		for (size_t k = 0; k < COUNT(attr_rows); k++)
			if (attr_rows[k].verb == verb
			    && strcmp(attr_rows[k].name, name) == 0)
				row = &attr_rows[k];
		if (row == NULL)
			return err_set(r->e, "<%s> has no attribute '%s'",
			    r->xml.name, name);
		if (!fits(row->form, buf_text(&r->xml.attrs[i].value)))
			return err_set(r->e, "<%s %s>: no such value",
			    r->xml.name, name);
	}
	return 0;
}

/* A number that check_attributes has passed. */
static int64_t
number_of(const struct xml *x, const char *name, int64_t otherwise)
{
	const char *value = xml_attribute(x, name);
	int64_t n = otherwise;

	if (value != NULL && num_int(value, 0, 14400, &n, NULL) == -1)
		return otherwise;
	return n;
}

static bool
is_value(const struct xml *x, const char *name, const char *value)
{
	const char *have = xml_attribute(x, name);

	return have != NULL && strcasecmp(have, value) == 0;
}

static void
take_gather(const struct xml *x, struct twiml_step *s)
{
	const char *keys = xml_attribute(x, "finishOnKey");

	s->action = mem_dup(xml_attribute(x, "action"));
	s->digits = (int)number_of(x, "numDigits", 0);
	s->timeout = number_of(x, "timeout", 5) * MSEC_SECOND;
	s->on_empty = is_value(x, "actionOnEmptyResult", "true");
	/* is_keys let through twelve at most */
	memcpy(s->finish_on, "#", 2);
	if (keys != NULL && strlen(keys) < sizeof(s->finish_on))
		memcpy(s->finish_on, keys, strlen(keys) + 1);
}

static void
take_dial(const struct xml *x, struct twiml_step *s)
{
	s->action = mem_dup(xml_attribute(x, "action"));
	s->caller = mem_dup(xml_attribute(x, "callerId"));
	s->timeout = number_of(x, "timeout", 30) * MSEC_SECOND;
	s->limit = number_of(x, "timeLimit", 14400) * MSEC_SECOND;
}

/* The words up to the verb's end, with the marks of speech left out. */
static int
read_words(struct reader *r, enum twiml_verb verb, struct buf *words)
{
	enum xml_event event;
	size_t depth = r->xml.depth;

	while (xml_next(&r->xml, &event, r->e) == 0) {
		if (event == XML_CLOSE && r->xml.depth < depth)
			return 0;
		if (event == XML_TEXT)
			buf_add(words, buf_text(&r->xml.text));
		if (event != XML_OPEN)
			continue;
		bool known = false;
		for (size_t i = 0; i < COUNT(speech_marks); i++)
			if (strcmp(r->xml.name, speech_marks[i]) == 0)
				known = verb == TWIML_SAY;
		if (!known)
			return err_set(r->e, "<%s> may not hold <%s>",
			    verb_rows[verb].name, r->xml.name);
	}
	return -1;
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static int
read_nothing(struct reader *r, enum twiml_verb verb)
{
	enum xml_event event;

	for (;;) {
		if (xml_next(&r->xml, &event, r->e) == -1)
			return -1;
		if (event == XML_CLOSE)
			return 0;
		if (event == XML_OPEN || !is_blank(buf_text(&r->xml.text)))
			return err_set(r->e, "<%s> holds nothing",
			    verb_rows[verb].name);
	}
}

static int read_verbs(struct reader *r, unsigned int where,
    const char *parent);

static int
read_content(struct reader *r, size_t at, msec times)
{
	struct twiml_step *s = &r->doc->steps[at];
	struct buf words = BUF_EMPTY;
	int result;

	switch (verb_rows[s->verb].content) {
	case HOLDS_NOTHING:
		return read_nothing(r, s->verb);
	case HOLDS_VERBS:
		result = read_verbs(r, s->verb == TWIML_DIAL ? IN_DIAL :
		    IN_GATHER, verb_rows[s->verb].name);
		s->nested = r->doc->n - at - 1;
		if (result == 0 && s->verb == TWIML_DIAL && s->nested != 1)
			return err_set(r->e, "<Dial> holds one <Number>");
		return result;
	case HOLDS_WORDS:
		break;
	}
	result = read_words(r, s->verb, &words);
	free(s->text);
	s->text = buf_take(&words);
	if (s->verb == TWIML_SAY)
		s->lasts = times * twiml_speech(s->text);
	if (s->verb == TWIML_PLAY)
		s->lasts = times * PLAY_LASTS;
	if (result == 0 && s->verb == TWIML_NUMBER &&
	    !fits(FORM_NUMBER, s->text))
		result = err_set(r->e, "<Number> holds + and digits");
	buf_release(&words);
	return result;
}

static int
read_verb(struct reader *r, unsigned int where, const char *parent)
{
	struct twiml_step *s;
	msec times;
	size_t v = 0;

	while (v < COUNT(verb_rows)
	    && strcmp(verb_rows[v].name, r->xml.name) != 0)
		v++;
	if (v == COUNT(verb_rows) || (verb_rows[v].where & where) == 0)
		return err_set(r->e, "<%s> is no verb that may stand in <%s>",
		    r->xml.name, parent);
	if (check_attributes(r, (enum twiml_verb)v) == -1)
		return -1;
	if (r->doc->n == TWIML_MAX_STEPS)
		return err_set(r->e, "more than %d verbs", TWIML_MAX_STEPS);
	s = &r->doc->steps[r->doc->n++];
	memset(s, 0, sizeof(*s));
	s->verb = (enum twiml_verb)v;
	s->text = mem_dup("");
	s->get = is_value(&r->xml, "method", "GET");
	s->busy = is_value(&r->xml, "reason", "busy");
	if (s->verb == TWIML_GATHER)
		take_gather(&r->xml, s);
	if (s->verb == TWIML_DIAL)
		take_dial(&r->xml, s);
	if (s->verb == TWIML_NUMBER)
		s->callback = mem_dup(xml_attribute(&r->xml,
		    "statusCallback"));
	if (s->verb == TWIML_PAUSE)
		s->lasts = number_of(&r->xml, "length", 1) * MSEC_SECOND;
	/* loop="0" is "for ever": nobody listens longer than to three */
	times = number_of(&r->xml, "loop", 1);
	return read_content(r, (size_t)(s - r->doc->steps),
	    times == 0 ? 3 : times);
}

/* The verbs up to the parent's end. */
static int
read_verbs(struct reader *r, unsigned int where, const char *parent)
{
	enum xml_event event;

	for (;;) {
		if (xml_next(&r->xml, &event, r->e) == -1)
			return -1;
		if (event == XML_CLOSE)
			return 0;
		if (event == XML_OPEN && read_verb(r, where, parent) == -1)
			return -1;
		if (event == XML_TEXT && !is_blank(buf_text(&r->xml.text))) {
			/* Twilio reads a bare <Response>text</Response> as a
			 * text; a rehearsal wants the verb. */
			return err_set(r->e, "words stand in <%s> outside a "
			    "verb", parent);
		}
	}
}

static int
read_document(struct reader *r)
{
	enum xml_event event;

	if (xml_next(&r->xml, &event, r->e) == -1)
		return -1;
	if (event != XML_OPEN || strcmp(r->xml.name, "Response") != 0)
		return err_set(r->e, "the document is no <Response>");
	if (r->xml.n_attrs > 0)
		return err_set(r->e, "<Response> has no attributes");
	if (read_verbs(r, r->kind == TWIML_TEXT ? IN_TEXT : IN_CALL,
	    "Response") == -1)
		return -1;
	return xml_next(&r->xml, &event, r->e);
}

int
twiml_parse(enum twiml_kind kind, const char *bytes, size_t n,
    struct twiml *ret, struct err *e)
{
	struct reader r = { .kind = kind, .e = e };
	int result;

	if (xml_init(&r.xml, bytes, n, e) == -1)
		return -1;
	r.doc = mem_alloc(sizeof(*r.doc));
	result = read_document(&r);
	if (result == 0)
		*ret = *r.doc;
	else
		twiml_release(r.doc);
	free(r.doc);
	xml_release(&r.xml);
	return result;
}

void
twiml_release(struct twiml *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->steps[i].text);
		free(t->steps[i].action);
		free(t->steps[i].caller);
		free(t->steps[i].callback);
	}
	t->n = 0;
}
