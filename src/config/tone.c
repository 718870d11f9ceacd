#include "config/tone.h"

#include "rules/manners.h"
#include "rules/wording.h"

/* Spoken so that old ears follow; longer than this nobody remembers. */
#define WORDS_A_MINUTE 140
#define SECONDS_MAX 20

static struct config_place
place_of(const struct draft_messages *d, enum message m)
{
	return (struct config_place){ d->place.file, d->lines[m] };
}

static void
check_manners(struct load *l, const struct draft_messages *d, enum message m)
{
	const char *words = "";

	switch (manners_of(d->m.texts[m], &words)) {
	case MANNERS_PROMOTES:
		load_warning(l, place_of(d, m), "%s has \"%s\": a check-in that"
		    " promotes something is advertising, and may only reach"
		    " whoever agreed to that; leave it out", message_key(m),
		    words);
		break;
	case MANNERS_PRIES:
		load_warning(l, place_of(d, m), "%s has \"%s\": a check-in"
		    " never asks for that, as swindlers do; leave it out",
		    message_key(m), words);
		break;
	case MANNERS_GOOD:
		break;
	}
}

static int
count_words(const char *text)
{
	int n = 0;

	for (bool word = false; *text; text++) {
		bool blank = *text == ' ' || *text == '\n';

		n += !blank && !word;
		word = !blank;
	}
	return n;
}

static void
check_length(struct load *l, const struct draft_messages *d)
{
	int seconds = (count_words(d->m.texts[MESSAGE_GREETING]) +
	    count_words(d->m.texts[MESSAGE_ASK])) * 60 / WORDS_A_MINUTE;

	if (seconds > SECONDS_MAX)
		load_warning(l, place_of(d, MESSAGE_ASK), "greeting and ask"
		    " take some %d seconds to say; what comes after %d nobody"
		    " remembers, so shorten them", seconds, SECONDS_MAX);
}

void
tone_check(struct load *l, const struct draft_messages *d)
{
	for (int m = 0; m < MESSAGE_COUNT; m++)
		if (d->lines[m] > 0)
			check_manners(l, d, (enum message)m);
	if (d->lines[MESSAGE_GREETING] > 0 &&
	    !wording_has(d->m.texts[MESSAGE_GREETING], "service"))
		load_warning(l, place_of(d, MESSAGE_GREETING), "greeting does"
		    " not say who is calling; write {service} into it");
	if (d->lines[MESSAGE_VOICEMAIL] > 0 &&
	    wording_has(d->m.texts[MESSAGE_VOICEMAIL], "first_name"))
		load_warning(l, place_of(d, MESSAGE_VOICEMAIL), "voicemail has"
		    " {first_name}, and a visitor may hear it; leave it out");
	if (d->lines[MESSAGE_ASK] > 0)
		check_length(l, d);
}
