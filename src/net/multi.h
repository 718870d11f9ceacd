/*
 * multi.h - libcurl's transfers on the one loop.  For this room only: fetch
 * and mail fill easy handles and give them here.
 */
#ifndef MULTI_H
#define MULTI_H

#include <curl/curl.h>
#include <sys/queue.h>

#include "net/loop.h"

struct multi;

/* So many transfers run at once; further ones wait here, where their timeouts
 * do not run yet.  Whoever paces requests stays below it. */
#define MULTI_MAX_RUNNING 256

enum multi_end {
	MULTI_DONE,		/* libcurl says how */
	MULTI_BROKEN,		/* libcurl lost its state; anything may be */
	MULTI_CANCELLED,	/* we ended it while it ran */
	MULTI_NOT_BEGUN,	/* libcurl never saw it */
};

/* One transfer; stands in its owner's struct. */
struct multi_transfer {
	CURL *easy;		/* the owner's, made by multi_easy_new */
	void (*fn)(struct multi_transfer *t, enum multi_end end, CURLcode code);
	/* Of a CURLOPT_CONNECT_ONLY: the connection stands, and the owner
	 * talks over it until it calls multi_finish, or is ended.  NULL for
	 * all others. */
	void (*connected)(struct multi_transfer *t);
	TAILQ_ENTRY(multi_transfer) link;
	enum multi_end end;
	CURLcode code;
};

struct multi *multi_new(struct loop *l);

/* Ends what runs, as multi_cancel does.  NULL is fine; not from an fn. */
void multi_free(struct multi *m);

/* An easy handle with what all of ours have in common; the caller frees it by
 * curl_easy_cleanup when its transfer has ended. */
CURL *multi_easy_new(void);

/*
 * Start it.  fn is called once, from the loop and never from in here; then
 * the transfer is no longer ours, and fn may free it or add further ones.
 */
void multi_add(struct multi *m, struct multi_transfer *t);

/* The owner of a connection is done with it: libcurl closes it, and fn is
 * called later, with MULTI_DONE and the code. */
void multi_finish(struct multi *m, struct multi_transfer *t, CURLcode code);

/* End everything now: each fn is called before this returns.  Not from an
 * fn. */
void multi_cancel(struct multi *m);

struct event_base *multi_base(const struct multi *m);
size_t multi_count(const struct multi *m);	/* running and waiting */

/* Throw libcurl's handle away and make a new one, as after an error of its
 * own; all that runs ends MULTI_BROKEN in the next turn.  For tests too. */
void multi_rebuild(struct multi *m);

#endif /* MULTI_H */
