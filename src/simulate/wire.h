/*
 * wire.h - what goes between an engine and simulated exchanges, in process:
 * the bytes of its gateways' drivers, both ways, under virtual time.
 *
 * The engine's effects go as requests into the exchange of their gateway; its
 * answers, and what became of e-mails, come back at their instants, and the
 * exchange's webhooks are read, signature and all, by the engine's gateways.
 *
 * The wire belongs to an owner (a struct world, or a test's rig), who keeps
 * the time and the engine, and may listen to what passes.
 */
#ifndef WIRE_H
#define WIRE_H

#include "engine/engine.h"
#include "exchange/exchange.h"

#define WIRE_MAX 8	/* gateways */

/* What passes; each may be NULL. */
struct wire_ears {
	void (*create)(void *arg, const struct submission *s);
	void (*mail)(void *arg, int64_t notice, const char *to,
	    const char *subject, const char *text);
	void (*beat)(void *arg);
	/* What a hook was answered; answer is NULL where it is to come
	 * again. */
	void (*answer)(void *arg, enum event_kind kind,
	    const struct hook_answer *answer);
	/* A hook that our own gateway does not read. */
	void (*unread)(void *arg, enum hook_verdict verdict, const char *url);
	/* What an e-mail comes to; without it each is accepted. */
	enum post_fate (*fate)(void *arg);
	void *arg;
};

struct wire {
	/* The owner's: the instant; the engine (NULL while it is dead); and
	 * whether what it lets out now is lost. */
	const msec *now;
	struct engine *const *engine;
	const bool *deaf;
	struct wire_ears ears;

	struct wire_line {
		const char *gateway;	/* its name; the owner's text */
		struct exchange *exchange;
	} lines[WIRE_MAX];
	int n_lines;

	struct wire_errand *errands;	/* on their way back to the engine */
	struct wire_hook *hooks;	/* handed to it */
};

/* Let this gateway's requests go to the exchange, which stays the owner's. */
void wire_add(struct wire *w, const char *gateway, struct exchange *x);

/* The operations of an engine at this wire. */
struct engine_ops wire_ops(struct wire *w);

/* Hand in what is due now: was there anything? */
bool wire_due(struct wire *w);
/* The next instant at which anything is; NEVER. */
msec wire_next(const struct wire *w);

/* All that is on its way is lost, as when the engine dies. */
void wire_drop(struct wire *w);

#endif /* WIRE_H */
