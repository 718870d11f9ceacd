/*
 * [message LANGUAGE] and [words LANGUAGE]: what people hear and read, and the
 * words of theirs that we know beside our own.
 */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "config/extra.h"
#include "config/messages.h"
#include "config/values.h"
#include "rules/wording.h"

/* Which placeholders a message may hold. */
#define EVERYBODY "service", "office_phone", "call_back_phone"
static const char *const to_anybody[] = { EVERYBODY };
static const char *const to_person[] = { EVERYBODY, "first_name" };
static const char *const to_ring[] = { EVERYBODY, "first_name", "ring_by" };
static const char *const to_away[] = { EVERYBODY, "first_name", "first_day",
	"last_day", "next_day" };
static const char *const to_several[] = { EVERYBODY, "names" };

static const struct {
	const char *const *names;
	size_t n;
} allowed[MESSAGE_COUNT] = {
	[MESSAGE_GREETING] = { to_person, COUNT(to_person) },
	[MESSAGE_ASK] = { to_person, COUNT(to_person) },
	[MESSAGE_THANKS] = { to_person, COUNT(to_person) },
	[MESSAGE_RING_YOU] = { to_ring, COUNT(to_ring) },
	[MESSAGE_NO_KEY] = { to_person, COUNT(to_person) },
	[MESSAGE_STRANGER] = { to_anybody, COUNT(to_anybody) },
	[MESSAGE_VOICEMAIL] = { to_person, COUNT(to_person) },
	[MESSAGE_ASK_BACK] = { to_person, COUNT(to_person) },
	[MESSAGE_AWAY_DAYS] = { to_person, COUNT(to_person) },
	[MESSAGE_AWAY] = { to_away, COUNT(to_away) },
	[MESSAGE_BACK] = { to_person, COUNT(to_person) },
	[MESSAGE_TEXT] = { to_person, COUNT(to_person) },
	[MESSAGE_TEXT_AGAIN] = { to_person, COUNT(to_person) },
	[MESSAGE_TEXT_THANKS] = { to_person, COUNT(to_person) },
	[MESSAGE_TEXT_RING_YOU] = { to_ring, COUNT(to_ring) },
	[MESSAGE_TEXT_WHO] = { to_several, COUNT(to_several) },
	[MESSAGE_TEXT_UNCLEAR] = { to_anybody, COUNT(to_anybody) },
	[MESSAGE_TEXT_AWAY] = { to_away, COUNT(to_away) },
	[MESSAGE_TEXT_BACK] = { to_person, COUNT(to_person) },
};

static VALUES_PARSER(parse_message)
{
	struct draft_messages *d = subject;
	size_t m = (size_t)(k - section_message.keys);

	if (values_text(l, k, subject, value, e) == -1)
		return -1;
	if (wording_check(value, allowed[m].names, allowed[m].n, e) == -1)
		return values_fault(k, e);
	d->lines[m] = load_line(l, k->name);
	return 0;
}

#define MESSAGE(which, key, text)                                        \
	[which] = { key, parse_message,                                  \
	    offsetof(struct draft_messages, m.texts) +                   \
	        (which) * sizeof(const char *),                          \
	    .max = 1500, .about = text }

static const struct key message_keys[] = {
	MESSAGE(MESSAGE_GREETING, "greeting",
	    "how a call begins: who we are"),
	MESSAGE(MESSAGE_ASK, "ask",
	    "the question of a call, said three times: press 1, 2 or 9"),
	MESSAGE(MESSAGE_THANKS, "thanks",
	    "said after key 1"),
	MESSAGE(MESSAGE_RING_YOU, "ring_you",
	    "said after key 2, with {ring_by}"),
	MESSAGE(MESSAGE_NO_KEY, "no_key",
	    "said where no key came"),
	MESSAGE(MESSAGE_STRANGER, "stranger",
	    "said to somebody who rings in and whose number is not known"),
	MESSAGE(MESSAGE_VOICEMAIL, "voicemail",
	    "left on an answering machine: nothing about the person"),
	MESSAGE(MESSAGE_ASK_BACK, "ask_back",
	    "the question in a call that they make, where key 3 tells of an"
	    " absence; without it the question is ask, and 3 means nothing"),
	MESSAGE(MESSAGE_AWAY_DAYS, "away_days",
	    "said after key 3 there: for how many days, 1 to 9; has a default"
	    " in English"),
	MESSAGE(MESSAGE_AWAY, "away",
	    "said when that is noted, with {last_day} and {next_day}; has a"
	    " default in English"),
	MESSAGE(MESSAGE_BACK, "back",
	    "said after key 3 to somebody who was away; has a default in"
	    " English"),
	MESSAGE(MESSAGE_TEXT, "text",
	    "the question by text: reply OK or HELP"),
	MESSAGE(MESSAGE_TEXT_AGAIN, "text_again",
	    "the question by text, from the second time on"),
	MESSAGE(MESSAGE_TEXT_THANKS, "text_thanks",
	    "the answer to OK"),
	MESSAGE(MESSAGE_TEXT_RING_YOU, "text_ring_you",
	    "the answer to HELP, with {ring_by}"),
	MESSAGE(MESSAGE_TEXT_WHO, "text_who",
	    "the answer where several people share the number: {names}; has"
	    " a default in English"),
	MESSAGE(MESSAGE_TEXT_UNCLEAR, "text_unclear",
	    "the answer to what we do not understand; has a default in"
	    " English"),
	MESSAGE(MESSAGE_TEXT_AWAY, "text_away",
	    "the answer to AWAY, with {first_day}, {last_day} and {next_day};"
	    " has a default in English"),
	MESSAGE(MESSAGE_TEXT_BACK, "text_back",
	    "the answer to BACK; has a default in English"),
	[MESSAGE_COUNT] = { "voice", values_text,
	    offsetof(struct draft_messages, m.voice), .max = 80,
	    .about = "the gateway's voice in this language: Polly.Ewa" },
};

_Static_assert(COUNT(message_keys) == MESSAGE_COUNT + 1,
    "every message has its key, and the voice");

/* For a section that stands twice: its keys are read for their mistakes. */
static struct draft_messages *
scratch_messages(struct load *l, const char *name)
{
	struct draft_messages *d = memory_alloc(l->scratch, sizeof(*d));

	d->m.language = memory_intern(l->memory, name, NULL);
	return d;
}

static void *
begin_message(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_messages; i++) {
		const struct draft_messages *d = &l->messages[i];
		if (strcmp(d->m.language, name) == 0) {
			load_mistake(l, load_place(l, ""), "[message %s] is"
			    " given twice, first in %s:%d; put all its keys"
			    " under one heading", name, d->place.file,
			    d->place.line);
			return scratch_messages(l, name);
		}
	}
	mem_reserve(&l->messages, l->n_messages, &l->cap_messages,
	    sizeof(*l->messages));
	struct draft_messages *d = &l->messages[l->n_messages++];
	memset(d, 0, sizeof(*d));
	d->m.language = memory_intern(l->memory, name, NULL);
	d->place = load_place(l, "");
	if (!load_has_language(l, name))
		load_mistake(l, d->place, "[message %s] is for a language that"
		    " nobody is spoken to in; write %s into languages of"
		    " [service]", name, name);
	return d;
}

const struct section_kind section_message = {
	.name = "message",
	.naming = NAMING_LANGUAGE,
	.example = "en",
	.prose = true,
	.keys = message_keys,
	.n_keys = COUNT(message_keys),
	.begin = begin_message,
	.about = "what people hear and read, in one language",
};

static VALUES_PARSER(parse_words)
{
	enum reply_class class;
	char part[200];

	(void)subject;
	if (reply_class_from_name(k->name, &class) == -1)
		return err_set(e, "%s: no words can be added to that; take"
		    " the line away", k->name);
	while (values_next_part(&value, part, sizeof(part))) {
		if (reply_check_word(part, class, e) == -1)
			return values_fault(k, e);
		mem_reserve(&l->words, l->n_words, &l->cap_words,
		    sizeof(*l->words));
		l->words[l->n_words++] = (struct reply_word){
			class, l->words_language,
			memory_text(l->memory, part) };
	}
	return 0;
}

/* "2026-11-20, Ewa Zielak" */
static VALUES_PARSER(parse_reviewed)
{
	struct config_record r = { .no = false };

	(void)subject;
	if (extra_read_record(k, value, &r, e) == -1)
		return -1;
	mem_reserve(&l->reviewed, l->n_reviewed, &l->cap_reviewed,
	    sizeof(*l->reviewed));
	if (!r.no)
		l->reviewed[l->n_reviewed++] = l->words_language;
	return 0;
}

static const struct key words_keys[] = {
	{ "ok", parse_words, .flags = KEY_REPEATS,
	    .about = "more words that mean OK, with commas between them" },
	{ "help", parse_words, .flags = KEY_REPEATS,
	    .about = "more words that ask for help" },
	{ "stop", parse_words, .flags = KEY_REPEATS,
	    .about = "more words that ask for no more texts" },
	{ "courtesy", parse_words, .flags = KEY_REPEATS,
	    .about = "more words that may stand beside an OK" },
	{ "reviewed", parse_reviewed, 0,
	    .about = "when, and who grew up with the language and has read what"
	        " ringround explain words prints: 2026-11-20, Ewa Zielak" },
};

static void *
begin_words(struct load *l, const char *name)
{
	l->words_language = memory_intern(l->memory, name, NULL);
	return l;
}

const struct section_kind section_words = {
	.name = "words",
	.naming = NAMING_LANGUAGE,
	.example = "en",
	.prose = true,
	.keys = words_keys,
	.n_keys = COUNT(words_keys),
	.begin = begin_words,
	.about = "words of replies, beside those that Ringround knows",
};
