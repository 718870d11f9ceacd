/*
 * simwalk.h - the document of a call, walked: words are said, keys are taken,
 * further documents fetched, as the person's habit has it.
 */
#ifndef SIMWALK_H
#define SIMWALK_H

#include "exchange/simcall.h"

/* Fetch the first document, or take the one that came with the create.  The
 * words begin at "from".  A call that rings is answered by the document,
 * unless that rejects it. */
void simwalk_begin(struct exchange *x, msec now, struct simcall *c, msec from);

/* Its moment has come. */
void simwalk_go(struct exchange *x, msec now, struct simcall *c);

/* The document that was asked for in a turn has come; NULL: it has not. */
void simwalk_document(struct exchange *x, msec now, struct simcall *c,
    uint32_t turn, const struct buf *body);

/* Whoever talks to us wants the call to go on elsewhere. */
void simwalk_redirect(struct exchange *x, msec now, struct simcall *c,
    const char *url, bool get);

/* Whoever the call was put through to is not there any more, or never was:
 * the document's action is asked for, or its next verb comes. */
void simwalk_go_on(struct exchange *x, msec now, struct simcall *c,
    const struct simcall *leg);

void simwalk_free(struct simwalk *w);		/* NULL is fine */

/* What a URL in a document means: absolute ones as they are, others from the
 * document's own.  The caller frees; NULL where base is "" and the URL is not
 * absolute. */
char *simwalk_resolve(const char *base, const char *url);

#endif /* SIMWALK_H */
