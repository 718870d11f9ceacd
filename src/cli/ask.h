/*
 * ask.h - where a command's document comes from: the daemon; and only while
 * it is down, to look, the ledger.
 */
#ifndef ASK_H
#define ASK_H

#include "cli/cli.h"
#include "web/api.h"

/* How the document is made while the daemon is down; as the api_ functions. */
typedef json_t *ask_offline(const struct cli *c, const struct api_source *s,
    struct err *e);

/*
 * Read a document from the daemon at target; offline, unless NULL, makes it
 * while the daemon is down.  offline gets a ledger, or none (NULL) where
 * needs_ledger is false and none exists yet.  All trouble is told.
 */
enum cli_exit ask_read(const struct cli *c, const char *target,
    ask_offline *offline, bool needs_ledger, json_t **ret_doc);

/* Have the daemon do something: POST the form. */
enum cli_exit ask_write(const struct cli *c, const char *target,
    const struct buf *form, json_t **ret_doc);

/* The same, where no answer is as good as none: nothing is told.  false: there
 * is none. */
bool ask_quietly(const struct cli *c, const char *target, json_t **ret_doc);

enum ask_reload {
	ASK_LOADED,
	ASK_DOWN,	/* no daemon runs: it will read them when it starts */
	ASK_REFUSED,	/* it goes on with the old ones; has been told */
};

/* Have the daemon load the files anew. */
enum ask_reload ask_reload(const struct cli *c);

#endif /* ASK_H */
