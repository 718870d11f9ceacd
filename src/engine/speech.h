/*
 * speech.h - the messages of the configuration, filled and put together: what
 * is said in a call, by whose voice or recording, and what is written.
 */
#ifndef ENGINE_SPEECH_H
#define ENGINE_SPEECH_H

#include "engine/inside.h"

/* Who hears a call: a person, or NULL, and the round that asks them in it;
 * NULL or "": none. */
struct hearer {
	const struct config_participant *p;
	const char *round;
};

/* A script and the text it points to (last aside). */
struct speech {
	struct script script;
	struct buf before, ask, after;
};
void speech_release(struct speech *s);

/* A question of a call, in their language; greeted where the call begins with
 * it.  last: the last words to somebody else in the call, or NULL. */
void speech_ask(const struct engine *en, struct hearer to,
    const struct phrase *last, bool greeted, enum message question,
    const char *ref, int turn, struct speech *ret);
/* One message, filled for whoever hears it, and no question; behind no_key
 * also voicemail.  trip: what it is about, NULL where it is none. */
void speech_say(const struct engine *en, struct hearer to, enum message m,
    const struct trip *trip, msec now, struct speech *ret);
/* A message filled for the person, as text. */
void speech_text(const struct engine *en, const struct config_participant *p,
    enum message m, const struct trip *trip, msec now, struct buf *ret);

#endif /* ENGINE_SPEECH_H */
