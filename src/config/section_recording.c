/*
 * [recording NAME] and [recording NAME ROUND]: recorded voices, for a language
 * or for some people, in all calls or in those of a round.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/recordings.h"
#include "config/values.h"

static VALUES_PARSER(parse_recording)
{
	const struct config_recording *r = recordings_read(l, k->name, value,
	    e);

	memcpy((char *)subject + k->at, &r, sizeof(r));
	return r ? 0 : -1;
}

#define RECORDING(which, key, text)                                      \
	[which] = { key, parse_recording,                                \
	    offsetof(struct config_voice, parts) +                       \
	        (which) * sizeof(const struct config_recording *),       \
	    .max = 500, .about = text }

static const struct key recording_keys[] = {
	RECORDING(MESSAGE_GREETING, "greeting",
	    "the file, .mp3 or .wav, that is played in place of greeting"),
	RECORDING(MESSAGE_ASK, "ask", "in place of ask"),
	RECORDING(MESSAGE_THANKS, "thanks", "in place of thanks"),
	RECORDING(MESSAGE_RING_YOU, "ring_you", "in place of ring_you"),
	RECORDING(MESSAGE_NO_KEY, "no_key", "in place of no_key"),
	RECORDING(MESSAGE_STRANGER, "stranger", "in place of stranger"),
	RECORDING(MESSAGE_VOICEMAIL, "voicemail", "in place of voicemail"),
	RECORDING(MESSAGE_ASK_BACK, "ask_back", "in place of ask_back"),
	RECORDING(MESSAGE_AWAY_DAYS, "away_days", "in place of away_days"),
	RECORDING(MESSAGE_AWAY, "away", "in place of away"),
	RECORDING(MESSAGE_BACK, "back", "in place of back"),
};

_Static_assert(COUNT(recording_keys) == CONFIG_SPOKEN,
    "every message that is spoken has its key");

static void *
begin_recording(struct load *l, const char *name)
{
	struct config_voice v = { .place = load_place(l, "") };
	size_t n = strcspn(name, " ");
	char *first = mem_dupn(name, n);

	v.name = memory_intern(l->memory, first, NULL);
	if (name[n] != '\0')
		v.round = memory_intern(l->memory, name + n + 1, NULL);
	free(first);
	for (size_t i = 0; i < l->n_voices; i++) {
		/* Interned, each stands once. */
		if (l->voices[i].name != v.name ||
		    l->voices[i].round != v.round)
			continue;
		load_mistake(l, v.place, "[recording %s] is given twice,"
		    " first in %s:%d; put all its keys under one heading",
		    name, l->voices[i].place.file, l->voices[i].place.line);
		return memory_alloc(l->scratch, sizeof(*l->voices));
	}
	mem_reserve(&l->voices, l->n_voices, &l->cap_voices,
	    sizeof(*l->voices));
	l->voices[l->n_voices] = v;
	return &l->voices[l->n_voices++];
}

const struct section_kind section_recording = {
	.name = "recording",
	.naming = NAMING_AND_ROUND,
	.example = "en",
	.keys = recording_keys,
	.n_keys = COUNT(recording_keys),
	.begin = begin_recording,
	.about = "a recorded voice in place of the gateway's",
};
