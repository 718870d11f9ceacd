/*
 * crowd.h - the people who are rung, as they really are: the truth that the
 * service has to find out.
 *
 * Everybody has a temperament (an early riser, one who hears badly, one who
 * forgets...) and mostly is well.  Now and then somebody is out without having
 * said so, or has a bad day: a fall, after which nobody answers, or can just
 * press 2, until a human has found them.  Who shares a number is one
 * household and has its bad days together, for behind a number nobody can tell
 * who answers.  The shares are those of domain.md 6 where it has any.
 */
#ifndef CROWD_H
#define CROWD_H

#include "config/config.h"
#include "exchange/exchange.h"

struct crowd;

/* A bad day: from the fall until somebody has found them. */
struct crowd_spell {
	uint32_t house;
	msec from, until;		/* NEVER while it lasts */
	bool can_ask;			/* they still press 2 or write HELP */
	msec last_word;			/* before it; 0 for none */
};

/* conf must outlive it. */
struct crowd *crowd_new(const struct config *conf, uint64_t seed);
void crowd_free(struct crowd *c);	/* NULL is fine */

/* A new day begins, at its midnight: draw what it brings. */
void crowd_day(struct crowd *c, msec midnight);

/* The telephones of so many of a hundred households, side by side, are dead for
 * a time: a power cut. */
void crowd_cut(struct crowd *c, msec from, msec until, uint32_t percent);

/* What comes by itself by now: they write or ring without having been asked,
 * and STOP is taken back after some days.  Call it every few minutes. */
void crowd_tick(struct crowd *c, struct exchange *calls,
    struct exchange *texts, msec now);

/* What somebody at this number does about a call or a text that asks.  false
 * where it is nobody's of the crowd. */
bool crowd_habit(struct crowd *c, const char *number, bool text, msec now,
    struct habit *ret);

/* A human has been with this person: a bad day ends. */
void crowd_found(struct crowd *c, const char *participant, msec now);
bool crowd_is_bad(struct crowd *c, const char *participant, msec now);

/* All bad days so far, in the order of their beginning. */
const struct crowd_spell *crowd_spells(const struct crowd *c, size_t *ret_n);
/* The next participant of a household after that one (NULL: the first); NULL
 * at the end. */
const struct config_participant *crowd_member(const struct crowd *c,
    uint32_t house, const struct config_participant *after);

/* What a contact does about a text that asks them to look after somebody: most
 * do, and say OK where all is well.  false where it is nobody's contact. */
bool crowd_contact_habit(struct crowd *c, const char *number, bool text,
    msec now, struct habit *ret);

#endif /* CROWD_H */
