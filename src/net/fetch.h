/*
 * fetch.h - HTTP requests that we make, by libcurl on the one loop.
 *
 * HTTP/1.1 over connections that are kept alive; no redirects, no proxy but
 * the request's own, no scheme but http and https.  Whoever paces requests
 * does so before they get here: further ones than MULTI_MAX_RUNNING (256)
 * wait without a timeout.
 */
#ifndef FETCH_H
#define FETCH_H

#include "net/http.h"
#include "net/loop.h"

struct fetch;

struct fetch *fetch_new(struct loop *l);

/* Ends what is under way, as fetch_cancel_all does.  NULL is fine; not from a
 * callback. */
void fetch_free(struct fetch *f);

/*
 * Called once for each request, from the loop or from fetch_cancel_all.  The
 * result is lent; to keep it, take the struct's contents and zero it.  May
 * start further requests.
 */
typedef void fetch_fn(struct http_result *result, void *arg);

/* Start a request; takes over what r holds and leaves it empty.  fn is never
 * called from in here. */
void fetch_start(struct fetch *f, struct http_request *r, fetch_fn *fn,
    void *arg);

/* End all requests now: their callbacks are called, and must not start new
 * ones.  What was sent ends as HTTP_UNKNOWN.  Not from a callback. */
void fetch_cancel_all(struct fetch *f);

/* Requests and e-mails that have not ended yet. */
size_t fetch_count(const struct fetch *f);

/* For this room only: mail rides along; tests break it. */
struct multi;
struct multi *fetch_multi(struct fetch *f);

#endif /* FETCH_H */
