/*
 * simtext.h - a text, out or in.
 *
 *	queued - sent - delivered, undelivered      (or failed, canceled)
 *	received, for those that people send us
 */
#ifndef SIMTEXT_H
#define SIMTEXT_H

#include "exchange/inside.h"

#define SIMTEXT_VALIDITY (10 * MSEC_HOUR)

enum simtext_status {
	SIMTEXT_QUEUED,
	SIMTEXT_SENT,
	SIMTEXT_DELIVERED,
	SIMTEXT_UNDELIVERED,
	SIMTEXT_FAILED,
	SIMTEXT_CANCELED,
	SIMTEXT_RECEIVED,
};

enum simtext_way { SIMTEXT_OUT, SIMTEXT_IN, SIMTEXT_ANSWER };

struct simtext {
	char sid[SID_SIZE];
	size_t nth;
	struct person *to, *from;
	struct simtext *earlier;	/* of the same person */
	enum simtext_way way;
	enum simtext_status status;
	struct simtrack track;
	msec created, updated, sent;
	char *body;
	msec valid;
	int code;			/* why it did not arrive; 0 */
	int answers;			/* sent in answer to it */
	bool opts_out;			/* it says STOP */
	struct habit *habit;		/* until it has arrived */
	uint32_t turn;
};

const char *simtext_status_name(enum simtext_status s);
const char *simtext_direction(const struct simtext *t);

/* The parts that a text of these words takes: 160 characters of GSM 03.38,
 * else 70 units of UCS-2; fewer in each of several (gateways.md 4.1). */
int simtext_parts(const char *body);

/* Begin a text; fill in what was asked for, then place it. */
struct simtext *simtext_new(struct exchange *x, msec now, enum simtext_way way,
    struct person *to, struct person *from, const char *body);
void simtext_place(struct exchange *x, msec now, struct simtext *t,
    const struct habit *h);

/* A person writes to us. */
void simtext_receive(struct exchange *x, msec now, struct person *from,
    struct person *to, const char *body);

/* Our caller has answered the webhook about a received one: whether it took
 * it, and with which document, NULL for none. */
void simtext_answered(struct exchange *x, msec now, struct simtext *t,
    bool taken, const struct buf *body);

void simtext_go(struct exchange *x, msec now, struct simtext *t,
    uint32_t turn);
void simtext_cancel(struct exchange *x, msec now, struct simtext *t);
void simtext_free(struct simtext *t);

#endif /* SIMTEXT_H */
