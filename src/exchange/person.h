/*
 * person.h - who is behind the numbers, ours too, and what each does next.
 *
 * What a person does about their n-th call is drawn from the seed, their
 * number and n alone: it does not depend on what others did before.  So a run
 * over HTTP, where requests come in another order each time, still has the
 * same people in it.
 */
#ifndef PERSON_H
#define PERSON_H

#include "exchange/habit.h"
#include "rules/number.h"

struct simcall;
struct simtext;

/* The habits that a scenario gave to a number. */
struct person_script {
	struct habit *items;
	size_t n;
};

struct person {
	char number[NUMBER_SIZE];	/* or a sender's letters */
	struct person_script calls, texts;
	uint32_t n_calls, n_texts;	/* made to this number so far */
	struct simcall *last_call;	/* to or from here; see simcall.h */
	struct simtext *last_text;
	struct simcall *line;		/* the call that is under way */
	bool opted_out;			/* texted STOP */
	msec opt_out_known;		/* our caller has acknowledged it; or
					 * NEVER */
};

struct person_share {
	int64_t share;
	struct habit habit;
};

struct people {
	struct person **slots;		/* open addressing */
	size_t n, cap;
	struct person_share *defaults[2];	/* of calls, of texts */
	size_t n_defaults[2], cap_defaults[2];
	uint64_t seed;
};

/* The person at a number; made where there is none yet.  Stays where it is
 * until person_release_all. */
struct person *person_at(struct people *p, const char *number);
void person_release_all(struct people *p);

/* Take over the habits, which are the person's from now on. */
void person_script(struct person *who, bool text, struct habit *habits,
    size_t n);
void person_add_default(struct people *p, bool text, int64_t share,
    const struct habit *h);

/* What this person does about the call or text that has just been made, all
 * drawn; counts it. */
void person_next_habit(struct people *p, struct person *who, bool text,
    struct habit *ret);

/* A chance of its own, from the seed, the number and what it is for. */
void person_chance(const struct people *p, const struct person *who,
    uint64_t what, struct random *ret);

#endif /* PERSON_H */
