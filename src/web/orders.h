/*
 * orders.h - what a human decides, on its way into the engine.
 *
 * There are two doors, the control socket and the pages, and one list of
 * orders: "claim", "resolve", "hold" ...  An order reads its own fields from a
 * form, is posted to the engine, and answered by its door when its turn is on
 * disk.  A further one is a row of the table in orders.c, and both doors have
 * it.
 */
#ifndef ORDERS_H
#define ORDERS_H

#include "engine/engine.h"
#include "net/form.h"
#include "net/httpd.h"
#include "rules/claim.h"
#include "web/asker.h"

struct order;

/* What a door knows of whoever orders, and how it answers. */
struct order_door {
	struct engine *engine;
	const char *from;	/* "socket", "page": kept in the record */
	/*
	 * Called once: 200 it is on disk, 400 the form makes no sense, 409 it
	 * was refused, 503 it was lost; e says why, but for 200.  After 503
	 * the door itself may have been freed.  The order is lent.
	 */
	void (*answer)(void *arg, const struct order *o, int status,
	    const struct err *e);
	void *arg;
};

struct order {
	struct turn_event event;	/* first: the engine knows this */
	const struct order_kind *kind;
	struct order_door door;
	struct httpd_exchange *x;
	char who[ASKER_SIZE];
	char code[CLAIM_CODE_SIZE];	/* of the flag; "" for none */
	char participant[LEDGER_NAME_SIZE];	/* "" for none */
	/* Its texts are those below. */
	struct resolution resolution;
	struct absence_terms absence;
	struct noted noted;
	struct ledger_concern concern;
	int64_t review;
	char *round;
	char *words;			/* reason or note */
	char *to;	/* whom it is handed or referred to; who goes along
			 * to a door, the agency, who says so */
	char *spoken_to;
	char *more;			/* a reference; why without consent */
	char *at;			/* when, as it was typed */
	/* none of the texts is ever NULL */
};

/* Is there an order of that name? */
bool orders_know(const char *name);

/* Is the order about a flag, or about whether a person is away: is it answered
 * with that, and not with holds? */
bool orders_about_flag(const struct order *o);
bool orders_about_absence(const struct order *o);
bool orders_about_review(const struct order *o);
bool orders_about_trial(const struct order *o);

/* Post the order of that name, which there is.  The form is read at once; the
 * exchange is the door's to answer. */
void orders_post(const struct order_door *door, const char *name,
    const struct form *form, const char *who, struct httpd_exchange *x);

#endif /* ORDERS_H */
