/*
 * simcall.h - a call, from the queue to its end.
 *
 *	queued - initiated - ringing - in-progress - completed
 *	              \__ busy, no-answer, failed      (or canceled)
 *
 * Both ways: those that our caller creates, and those of people who ring us,
 * which begin at ringing.  While a call is in progress, simwalk.h drives it.
 */
#ifndef SIMCALL_H
#define SIMCALL_H

#include "exchange/inside.h"

#define SIMCALL_TIMEOUT (60 * MSEC_SECOND)
#define SIMCALL_TIME_LIMIT (4 * MSEC_HOUR)
#define SIMCALL_KEYS_SIZE 33

enum simcall_status {
	SIMCALL_QUEUED,
	SIMCALL_INITIATED,
	SIMCALL_RINGING,
	SIMCALL_IN_PROGRESS,
	SIMCALL_COMPLETED,
	SIMCALL_BUSY,
	SIMCALL_FAILED,
	SIMCALL_NO_ANSWER,
	SIMCALL_CANCELED,
};

/* StatusCallbackEvent, to be joined. */
#define SIMCALL_TELL_INITIATED 1U
#define SIMCALL_TELL_RINGING 2U
#define SIMCALL_TELL_ANSWERED 4U
#define SIMCALL_TELL_COMPLETED 8U

enum simcall_detection {
	SIMCALL_NO_DETECTION,
	SIMCALL_DETECT,		/* Enable: at once */
	SIMCALL_DETECT_END,	/* DetectMessageEnd */
};

struct simhook;
struct simwalk;

struct simcall {
	char sid[SID_SIZE];
	size_t nth;
	struct person *to, *from;
	struct person *who;		/* of the two, the simulated one */
	struct simcall *earlier;	/* of the same person */
	struct simcall *parent, *leg;	/* see simdial.h; NULL */
	bool inbound;
	char withheld[16];		/* what stands for From; or "" */
	enum simcall_status status;
	enum simcall_status result;	/* of a ringing that is not answered */
	struct simtrack track;
	unsigned int tell;
	int sequence;
	msec created, updated, dialled, started, ended;

	/* what was asked for */
	char *url, *twiml, *fallback;
	bool url_get, fallback_get;
	msec timeout, time_limit;
	enum simcall_detection detection;
	bool async;
	char *async_url;

	const char *answered_by;	/* NULL: nobody asked */
	int sip;
	struct habit *habit;		/* while the call lasts */
	struct simwalk *walk;		/* while it is in progress */
	uint32_t turn;			/* of its entry on the agenda */
	char keys[SIMCALL_KEYS_SIZE];	/* given so far */
	size_t n_keys;
	bool fell_back;
};

const char *simcall_status_name(enum simcall_status s);
const char *simcall_direction(const struct simcall *c);
const char *simcall_from(const struct simcall *c);	/* for the wire */

/* Begin a call that was created: fill in what was asked for, then place it.
 * In between it is ours alone. */
struct simcall *simcall_new(struct exchange *x, msec now, bool inbound,
    struct person *to, struct person *from);
void simcall_place(struct exchange *x, msec now, struct simcall *c,
    const struct habit *h);

/* A person rings us. */
void simcall_ring_in(struct exchange *x, msec now, struct person *from,
    struct person *to, const struct habit *h);

/* Its moment on the agenda; turn tells whether it still holds. */
void simcall_go(struct exchange *x, msec now, struct simcall *c,
    uint32_t turn);

/* Go on at an instant, and not at any that was set before. */
void simcall_wake_at(struct exchange *x, struct simcall *c, msec at);

/* End it now. */
void simcall_end(struct exchange *x, msec now, struct simcall *c,
    enum simcall_status status);

/* The parameters that every webhook about a call has. */
void simcall_add_standard(const struct exchange *x, const struct simcall *c,
    struct simhook *h);

void simcall_free(struct simcall *c);

#endif /* SIMCALL_H */
