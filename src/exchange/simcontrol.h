/*
 * simcontrol.h - /exchange/: what a test, a demo or a rehearsing person does
 * to the exchange from outside.  No password: it listens on loopback only.
 *
 *	POST /exchange/script	lines of a scenario; at once
 *	POST /exchange/faults	lines of faults, without "fault" before them;
 *				those that were there end; an empty body is calm
 *	POST /exchange/text	{"from", "to", "body"}; somebody writes to us
 *	POST /exchange/call	{"from", "to", "keys"}; somebody rings us and
 *				gives one key a question
 *	GET /exchange/ledger	creates as they were received; ?since=N leaves
 *				out the first N
 *	GET /exchange/complaints
 *	GET /exchange/idle	{"idle", "now", "next"}
 *	GET /exchange/count
 *
 * "from" may be "withheld"; "to" may be absent.  Text and call take a form as
 * well as JSON.
 */
#ifndef SIMCONTROL_H
#define SIMCONTROL_H

#include "exchange/inside.h"

void simcontrol_request(struct exchange *x, msec now,
    const struct http_incoming *in, struct exchange_answer *ret);

/* exchange_script, in full. */
int simcontrol_script(struct exchange *x, msec now, const char *lines,
    struct err *e) MUST_CHECK;

/* A line's moment has come.  Releases it. */
void simcontrol_happen(struct exchange *x, msec now, struct scenario_line *l);

#endif /* SIMCONTROL_H */
