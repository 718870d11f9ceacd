/*
 * page.h - what the pages' own files share.
 *
 * A struct look is one request of somebody to one page, from its arrival to
 * its answer; it owns all that it holds, because a page is made in a later
 * turn than the one in which it was asked for.
 */
#ifndef PAGE_H
#define PAGE_H

#include "engine/engine.h"
#include "ledger/signin.h"
#include "net/form.h"
#include "net/httpd.h"
#include "rules/claim.h"
#include "rules/number.h"
#include "web/html.h"
#include "web/pages.h"

#define PAGE_TOKEN_SIZE 65	/* of a session, in hexadecimal */
#define PAGE_CSRF_SIZE 33
#define PAGE_ROWS 50		/* of a list on one page */

struct limits;

struct pages {
	struct engine *engine;
	struct pages_ops ops;
	struct limits *asks;	/* for links, of strangers */
	struct limits *tries;	/* whatever else strangers do */
};

struct look {
	struct turn_event event;	/* first: the engine knows this */
	struct pages *pages;
	struct httpd_exchange *x;
	const struct page *page;
	enum http_method method;
	char *path;			/* without what is before our own */
	const char *rest;		/* of it: "K4F7" of /flag/K4F7 */
	struct form form;		/* the query, or the body */
	char address[LEDGER_ADDRESS_SIZE];
	char token[PAGE_TOKEN_SIZE];	/* of a session; "" for none */
	char csrf[PAGE_CSRF_SIZE];
	struct ledger_session session;	/* id 0: nobody is signed in */

	/* Set in its turn, and of use only there: */
	int (*act)(struct look *k, struct err *e);
	void (*answer)(struct look *k, enum turn_fate fate,
	    const struct err *e);
	msec now;
	const struct config *config;
	struct ledger *ledger;
	const struct config_volunteer *viewer;

	struct html html;
	char *root;			/* see frame_root */
	int status;			/* 200 where nothing else is said */
	bool failed;			/* a sight could not be kept */
};

/* One kind of page. */
struct page {
	const char *path;	/* "/flag/" has a rest, "/list" has none */
	const char *title;
	bool coordinators;	/* for them alone */
	bool live;		/* the script looks again */
	bool heads;		/* writes its own heading */
	/* Into look->html: -1 where the ledger failed. */
	int (*show)(struct look *k, struct err *e);
};

/* ---- look.c ------------------------------------------------------------ */

/* in is read now; the form is taken over. */
struct look *look_new(struct pages *p, struct httpd_exchange *x,
    const struct http_incoming *in, struct form *taken);
void look_free(struct look *k);

/* Whose session is it, by the cookie?  Fills session, token and csrf; 1, 0
 * nobody's, -1 the ledger failed. */
int look_find(struct look *k, const struct http_incoming *in,
    struct err *e) MUST_CHECK;

/* Was it sent by a page of ours (as far as the browser says), and does the
 * form have this session's own token? */
bool look_is_ours(const struct look *k, const struct http_incoming *in);
bool look_has_csrf(const struct look *k);

/* In the next turn act; when that has committed, or has not, answer, which
 * is the last that happens to it. */
void look_post(struct look *k, int (*act)(struct look *k, struct err *e),
    void (*answer)(struct look *k, enum turn_fate fate, const struct err *e));

/* An answer of few words: a page with a heading and a sentence. */
void look_say(struct look *k, int status, const char *title,
    const char *sentence);
/* 303 to a path of ours; frees nothing. */
void look_send_to(struct look *k, const char *path, struct http_fields *more);

/* The cookie that a session begins with, or ends with where token is "". */
void look_set_cookie(const struct look *k, const char *token,
    struct http_fields *ret);

/* ---- enter.c: signing in and out --------------------------------------- */

/* Takes the look over where it is about that. */
bool enter_serve(struct look *k, const struct http_incoming *in);

/* ---- frame.c ----------------------------------------------------------- */

/* From the doctype into <main>, before its heading; viewer NULL: nobody is
 * signed in. */
void frame_begin(struct html *h, const char *root, const char *service,
    const char *title, const char *path, const struct config_volunteer *viewer,
    bool live);
/* Closes all. */
void frame_end(struct html *h);
/* Answers with the page, which is used up; more is, too, and may be NULL. */
void frame_answer(struct httpd_exchange *x, const struct config *c, int status,
    struct html *taken, struct http_fields *more);
/* What is the same for everybody: the style sheet and the script. */
void frame_asset(struct httpd_exchange *x, const struct config *c,
    const char *type, const char *text);
/* The fields that every answer of ours has. */
void frame_fields(const struct config *c, struct http_fields *f);
/* The path in public_url, "" mostly; the caller frees. */
char *frame_root(const struct config *c);

/* ---- parts.c: pieces of pages ------------------------------------------ */

/* A form with one button, for an order about a flag. */
void parts_button(struct look *k, const char *code, const char *order,
    const char *class, const char *words);
/* The hidden fields that every form of ours has. */
void parts_csrf(struct look *k);
/* A number to tap, with what it is. */
void parts_number(struct look *k, const char *label, const char *e164);
/* "today 09:15", "4 Dec 09:15". */
void parts_instant(struct look *k, msec at);
/* "12 min", "2 h 05" */
const char *parts_span(msec length, char ret[24]);
/* Words for people of what the ledger calls no_response and so on. */
const char *parts_word(const char *name);
const char *parts_name(const struct look *k, const char *volunteer);
const char *parts_full_name(const struct look *k, const char *participant);
/* The person was shown to the viewer: kept, or the page is not sent. */
void parts_saw(struct look *k, const char *participant, const char *what);
/* May the viewer see the flag, and so its person? */
bool parts_may_see(const struct look *k, const struct ledger_flag *f);

/* ---- story.c: what happened to somebody -------------------------------- */

/* The person's check-ins from that date on, with their attempts, what they
 * said, and what flags went through, the newest first. */
int story_show(struct look *k, const char *participant, localdate since,
    struct err *e) MUST_CHECK;
/* The same from the day on which the flag was raised, and of this flag alone;
 * of a stranger, what they said. */
int story_show_flag(struct look *k, const struct ledger_flag *f,
    struct err *e) MUST_CHECK;

/* ---- the pages --------------------------------------------------------- */

/* Pieces of a flag's row: how urgent, until when, whose. */
void page_badge(struct look *k, const struct ledger_flag *f);
void page_deadline(struct look *k, const struct ledger_flag *f);
void page_promise(struct look *k, const struct ledger_flag *f);
const char *page_whose(struct look *k, const struct ledger_flag *f,
    char ret[NUMBER_NATIONAL_SIZE]);

/* The step in hand; with notes: what can be noted, too. */
int page_step(struct look *k, const struct ledger_flag *f, bool notes,
    struct err *e) MUST_CHECK;
/* Forms about a flag: for another human, of a concern, of another's word. */
void page_hand_over(struct look *k, const struct ledger_flag *f);
void page_concern(struct look *k, const struct ledger_flag *f);
void page_confirm(struct look *k, const struct ledger_flag *f);

int page_list(struct look *k, struct err *e) MUST_CHECK;
int page_flag(struct look *k, struct err *e) MUST_CHECK;
int page_morning(struct look *k, struct err *e) MUST_CHECK;
int page_flags(struct look *k, struct err *e) MUST_CHECK;
int page_people(struct look *k, struct err *e) MUST_CHECK;
int page_person(struct look *k, struct err *e) MUST_CHECK;
int page_texts(struct look *k, struct err *e) MUST_CHECK;
int page_team(struct look *k, struct err *e) MUST_CHECK;

#endif /* PAGE_H */
