/*
 * people.h - what the commands that change people's files have in common.
 *
 * An order is about one key of one section.  The files are changed whole or
 * not at all, and the daemon then loads them.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "cli/cli.h"
#include "config/change.h"

enum people_how {
	PEOPLE_PUT,	/* these values in place of all there are; "": none */
	PEOPLE_MORE,	/* a line more, unless it is there */
};

struct people_order {
	const char *key, *value;
	enum people_how how;
};

/* Whom it is about, and where they go if they are new. */
struct people_whom {
	const char *kind;	/* "participant", "volunteer" */
	const char *id;
	bool may_be_new, must_be_new;
	const char *into;	/* a file; NULL: the usual one */
};

/*
 * Give the orders for one person to the files' edits.  Adds to doc, unless
 * NULL, the file and the changes.  Returns how many lines change, or -1 with
 * *e.
 */
int people_apply(struct change *ch, const char *conf_path,
    const struct people_whom *whom, const struct people_order *orders,
    size_t n, json_t *doc, struct err *e) MUST_CHECK;

/*
 * Would the person be asked who was not before, and what is missing for that?
 * A contact who agreed to be one and a test that was confirmed, or why there is
 * none.
 */
enum people_lack { PEOPLE_LACK_NOTHING, PEOPLE_LACK_CONTACT, PEOPLE_LACK_TEST };
enum people_lack people_lack(const struct change *ch,
    const struct config *next, const char *id);

/* Put it in place, and let the daemon load it; *ret_again as change_commit.
 * Adds to doc "daemon": loaded, down, refused; trouble is told. */
enum cli_exit people_commit(const struct cli *c, struct change *ch,
    json_t *doc, bool *ret_again);

/* Write one of "changes" for people, as a line. */
void people_show_change(const json_t *o, struct paint *p);

/* Write "daemon" for people. */
void people_show_daemon(const json_t *doc, struct paint *p);

/* The whole of a command about one person: *ret_doc is what was changed. */
enum cli_exit people_change(const struct cli *c,
    const struct people_whom *whom, const struct people_order *orders,
    size_t n, json_t **ret_doc);
void people_show(const json_t *doc, struct paint *p);

/*
 * Take KEY=VALUE (put), KEY= (no such line any more) and KEY+=VALUE (one
 * line more) apart, in place; -1 with *e where a word is none of them.
 */
int people_read_order(char *word, struct people_order *ret,
    struct err *e) MUST_CHECK;

#endif /* PEOPLE_H */
