/*
 * simapi.h - requests of the API: the way in, the refusals, what goes wrong
 * on the way.
 */
#ifndef SIMAPI_H
#define SIMAPI_H

#include "exchange/inside.h"

void simapi_request(struct exchange *x, msec now,
    const struct http_incoming *in, struct exchange_answer *ret);

/* Whether a refusal shows a mistake of the caller. */
enum simapi_blame { SIMAPI_NOBODY, SIMAPI_CALLER };

/* Answer with a refusal (gateways.md 1.4), complained of where the caller is
 * to blame.  Returns -1. */
int simapi_refuse(struct exchange *x, msec now, struct exchange_answer *ret,
    enum simapi_blame blame, int status, int code, const char *fmt, ...)
    PRINTF_LIKE(7, 8);

/* Answer with an object, which is then ours to free. */
void simapi_show(struct exchange_answer *ret, int status, json_t *object);

#endif /* SIMAPI_H */
