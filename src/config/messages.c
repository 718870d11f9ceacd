#include "config/messages.h"

#include <string.h>

#include "base/mem.h"
#include "config/tone.h"
#include "rules/number.h"
#include "rules/wording.h"

enum need { NEED_CALLS, NEED_TEXTS, NEED_NEVER };

/*
 * Whether a message must be written by the scheme where its channel is used,
 * and our own words for where it is not: somebody may still ring in, or
 * write, on a channel that no round uses.
 */
static const struct {
	enum need need;
	const char *plain;
} table[MESSAGE_COUNT] = {
	[MESSAGE_GREETING] = { NEED_CALLS,
	    "Hello {first_name}, {service} here." },
	[MESSAGE_ASK] = { NEED_CALLS,
	    "Please press 1 if you are well, 2 if you want somebody to ring"
	    " you, or 9 to hear this again." },
	[MESSAGE_THANKS] = { NEED_CALLS,
	    "Thank you {first_name}, that is noted. Goodbye." },
	[MESSAGE_RING_YOU] = { NEED_CALLS,
	    "Thank you {first_name}, that is noted. One of us will ring you"
	    " by {ring_by}."
	    " In an emergency please ring 999. Goodbye." },
	[MESSAGE_NO_KEY] = { NEED_CALLS,
	    "We heard no key. Please ring us back on this number. Goodbye." },
	[MESSAGE_STRANGER] = { NEED_CALLS,
	    "You have reached {service}. Your number is not one that we know."
	    " To speak to one of us please ring {office_phone}. Goodbye." },
	[MESSAGE_VOICEMAIL] = { NEED_CALLS,
	    "{service} rang. Please ring back on {call_back_phone}."
	    " Goodbye." },
	[MESSAGE_ASK_BACK] = { NEED_NEVER, NULL },	/* as ask */
	[MESSAGE_AWAY_DAYS] = { NEED_NEVER,
	    "Will you be away? Please press the number of days, from 1 to 9,"
	    " with today as the first. If it is longer, please ring"
	    " {office_phone}." },
	[MESSAGE_AWAY] = { NEED_NEVER,
	    "Thank you {first_name}, that is noted. We will not ring you up to"
	    " {last_day}. If"
	    " you are back sooner, ring us and press 3. Goodbye." },
	[MESSAGE_BACK] = { NEED_NEVER,
	    "Welcome back, {first_name}. We will ring you again as usual."
	    " Goodbye." },
	[MESSAGE_TEXT] = { NEED_TEXTS,
	    "{service}: hello {first_name}, are you well? Please reply OK, or"
	    " HELP if you want us to ring you." },
	[MESSAGE_TEXT_AGAIN] = { NEED_TEXTS,
	    "{service}: we have not heard from you yet. Please reply OK, or"
	    " HELP if you want us to ring you." },
	[MESSAGE_TEXT_THANKS] = { NEED_TEXTS,
	    "{service}: thank you {first_name}, that is noted." },
	[MESSAGE_TEXT_RING_YOU] = { NEED_TEXTS,
	    "{service}: one of us will ring you by {ring_by}. In an emergency"
	    " ring 999." },
	[MESSAGE_TEXT_WHO] = { NEED_NEVER,
	    "{service}: thank you. Which of you wrote, {names}? We cannot"
	    " tell, so somebody will ring you." },
	[MESSAGE_TEXT_UNCLEAR] = { NEED_NEVER,
	    "{service}: thank you, somebody will read your text. If you are"
	    " well reply OK, or HELP if you want us to ring you." },
	[MESSAGE_TEXT_AWAY] = { NEED_NEVER,
	    "{service}: thank you. We will not ask you from {first_day} to"
	    " {last_day}, and again from {next_day}. If you are home sooner"
	    " reply BACK." },
	[MESSAGE_TEXT_BACK] = { NEED_NEVER,
	    "{service}: welcome back {first_name}. We will ask you again as"
	    " usual." },
};

static struct draft_messages *
find_messages(struct load *l, const char *language)
{
	for (size_t i = 0; i < l->n_messages; i++) {
		if (strcmp(l->messages[i].m.language, language) == 0)
			return &l->messages[i];
	}
	return NULL;
}

/* A section that is not there: a mistake if it is needed, and then empty. */
static struct draft_messages *
add_messages(struct load *l, const char *language, bool needed)
{
	struct config_place at = { l->files[0],
		l->line_languages > 0 ? l->line_languages : 1 };

	if (needed)
		load_mistake(l, at, "there is no [message %s]; write that"
		    " section, or take %s out of languages", language,
		    language);
	mem_reserve(&l->messages, l->n_messages, &l->cap_messages,
	    sizeof(*l->messages));
	struct draft_messages *d = &l->messages[l->n_messages++];
	memset(d, 0, sizeof(*d));
	d->m.language = language;
	return d;
}

static void
check_needed(struct load *l, struct draft_messages *d, bool calls,
    bool texts)
{
	bool english = strncmp(d->m.language, "en", 2) == 0;

	for (size_t i = 0; i < MESSAGE_COUNT && d->place.file; i++) {
		const struct key *k = &section_message.keys[i];
		bool needed = table[i].need == NEED_CALLS ? calls
		    : table[i].need == NEED_TEXTS && texts;
		bool missing = !d->m.texts[i] && d->lines[i] == 0;

		if (missing && needed)
			load_mistake(l, d->place, "[message %s] lacks its key"
			    " %s; write %s = and behind it %s",
			    d->m.language, k->name, k->name, k->about);
		else if (missing && !english && table[i].plain &&
		    table[i].need == NEED_NEVER &&
		    (i < MESSAGE_TEXT ? calls : texts))
			load_warning(l, d->place, "[message %s] has no %s, so"
			    " people get ours, in English; write %s = and"
			    " behind it %s", d->m.language, k->name, k->name,
			    k->about);
	}
	for (size_t i = 0; i < MESSAGE_COUNT; i++) {
		if (!d->m.texts[i])
			d->m.texts[i] = table[i].plain;
	}
	if (!d->m.texts[MESSAGE_ASK_BACK])
		d->m.texts[MESSAGE_ASK_BACK] = d->m.texts[MESSAGE_ASK];
}

/* The longest that the placeholders become. */
struct longest {
	struct wording_value values[9];
	char office[NUMBER_NATIONAL_SIZE], back[NUMBER_NATIONAL_SIZE];
	/* The longest name that makes a text UCS-2, and whose; NULL: none. */
	const char *odd_name, *odd_id;
};

#define FIRST_NAME 1	/* among the values */

/* The longest name; odd: among those that are in texts, and have a sign that
 * is in no table of GSM; else among all others. */
static const struct config_participant *
longest_name(const struct load *l, bool odd)
{
	const struct config_participant *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < l->n_participants; i++) {
		const struct config_participant *p = &l->participants[i];
		char sign[WORDING_SIGN_SIZE] = "";
		size_t n = p->call_me ? strlen(p->call_me) : 0;

		if (n <= most)
			continue;
		wording_odd_sign(p->call_me, sign);
		if (odd != (sign[0] != '\0') || (odd && !p->text))
			continue;
		best = p;
		most = n;
	}
	return best;
}

static void
find_longest(struct load *l, struct longest *ret)
{
	const struct config_service *s = &l->c->service;
	const struct config_participant *first = longest_name(l, false);
	const struct config_participant *odd = longest_name(l, true);
	const char *back = s->office_phone;

	for (size_t i = 0; i < l->n_gateways; i++) {
		if (l->gateways[i].g.call_from)
			back = l->gateways[i].g.call_from;
	}
	ret->odd_name = odd ? odd->call_me : NULL;
	ret->odd_id = odd ? odd->id : NULL;
	ret->office[0] = ret->back[0] = '\0';
	if (s->office_phone)
		number_national(s->office_phone, s->country_code, ret->office);
	if (back)
		number_national(back, s->country_code, ret->back);
	const struct wording_value values[9] = {
		{ "service", s->name },
		[FIRST_NAME] = { "first_name", first ? first->call_me : "" },
		{ "office_phone", ret->office },
		{ "call_back_phone", ret->back }, { "ring_by", "09:00" },
		{ "names", first ? first->call_me : "" },
		{ "first_day", "Mon 30 Nov" }, { "last_day", "Wed 30 Dec" },
		{ "next_day", "Thu 31 Dec" } };
	memcpy(ret->values, values, sizeof(values));
}

static size_t
spoken_length(const char *text, const struct longest *longest)
{
	struct buf plain = BUF_EMPTY, escaped = BUF_EMPTY;

	wording_fill(&plain, text, longest->values, COUNT(longest->values));
	buf_add_xml(&escaped, buf_text(&plain));
	size_t n = escaped.len;
	buf_release(&plain);
	buf_release(&escaped);
	return n;
}

static void
check_call_length(struct load *l, const struct draft_messages *d,
    const struct longest *longest)
{
	struct config_place at = { d->place.file, d->lines[MESSAGE_ASK] };
	size_t n = spoken_length(d->m.texts[MESSAGE_GREETING], longest) +
	    3 * spoken_length(d->m.texts[MESSAGE_ASK], longest) +
	    spoken_length(d->m.texts[MESSAGE_NO_KEY], longest);

	if (n > MESSAGES_CALL_MAX && at.line > 0)
		load_mistake(l, at, "a call has %zu bytes, with greeting and"
		    " no_key and this question three times, and the gateway"
		    " takes %d; shorten them", n, MESSAGES_CALL_MAX);
}

/* In how many parts the message travels, and which sign is to blame. */
static int
count_parts(const char *text, const struct longest *longest,
    char sign[WORDING_SIGN_SIZE])
{
	struct buf filled = BUF_EMPTY, plain = BUF_EMPTY;

	wording_fill(&filled, text, longest->values, COUNT(longest->values));
	wording_gsm(buf_text(&filled), &plain);
	int parts = wording_segments(buf_text(&plain), NULL);
	wording_odd_sign(buf_text(&plain), sign);
	buf_release(&filled);
	buf_release(&plain);
	return parts;
}

/* Ours too: the names in it are the scheme's. */
static void
check_text_length(struct load *l, const struct draft_messages *d,
    enum message m, const struct longest *longest)
{
	struct config_place at = { d->place.file, d->lines[m] > 0 ?
	    d->lines[m] : d->place.line };
	struct longest odd = *longest;
	char sign[WORDING_SIGN_SIZE];
	int parts = count_parts(d->m.texts[m], longest, sign);

	if (parts > 1 && sign[0] != '\0')
		load_warning(l, at, "%s goes out in %d parts, and each is paid"
		    " for; shorten it, or avoid \"%s\", with which a part has"
		    " room for 70 characters only", message_key(m), parts,
		    sign);
	else if (parts > 1)
		load_warning(l, at, "%s goes out in %d parts, and each is paid"
		    " for; shorten it to 160 characters", message_key(m),
		    parts);
	if (parts > 1 || !longest->odd_name)
		return;
	odd.values[FIRST_NAME].value = longest->odd_name;
	parts = count_parts(d->m.texts[m], &odd, sign);
	if (parts > 1)
		load_warning(l, at, "%s goes out in %d parts to [participant"
		    " %s], since \"%s\" leaves room for 70 characters only;"
		    " leave {first_name} out of it, or spell call_me without",
		    message_key(m), parts, longest->odd_id, sign);
}

void
messages_check(struct load *l, bool calls, bool texts)
{
	struct longest longest;

	find_longest(l, &longest);
	if (l->n_languages == 0)
		add_messages(l, "en", false);
	for (size_t i = 0; i < l->n_languages; i++) {
		if (!find_messages(l, l->languages[i]))
			add_messages(l, l->languages[i], calls || texts);
	}
	for (size_t i = 0; i < l->n_messages; i++) {
		struct draft_messages *d = &l->messages[i];
		bool spoken = load_has_language(l, d->m.language);
		check_needed(l, d, calls && spoken, texts && spoken);
		check_call_length(l, d, &longest);
		for (int m = MESSAGE_TEXT; m < MESSAGE_COUNT; m++) {
			if (d->lines[m] > 0 ||
			    (texts && spoken && d->place.file))
				check_text_length(l, d, (enum message)m,
				    &longest);
		}
		tone_check(l, d);
	}
}
