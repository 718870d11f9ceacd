/*
 * mail.h - e-mail to volunteers and coordinators, by SMTP on the one loop.
 *
 * One connection a mail: they are few.  A mail may be sent again where that is
 * wanted; its id stays the same, so that the reader's program can tell.
 */
#ifndef MAIL_H
#define MAIL_H

#include "net/fetch.h"
#include "net/message.h"

struct mail_server {
	const char *url;	/* "smtp://host:port" or "smtps://host" */
	const char *user, *password;	/* NULL: none */
	bool starttls;		/* smtp:// only: no mail without it */
	const char *ca_file;	/* NULL: the system's */
	msec timeout;		/* to log in, and again for the mail; 0: one
				 * minute */
};

enum mail_fate {
	MAIL_ACCEPTED,	/* the server has it and answers for it */
	MAIL_REFUSED,	/* the server has it not; see reply */
	MAIL_NOT_SENT,	/* the server has it not; it was not asked so far */
	MAIL_UNKNOWN,	/* the text went out, and no answer came */
};

struct mail_result {
	enum mail_fate fate;
	int reply;		/* the server's code: 4xx may pass, 5xx will
				 * not; 0 where there was none */
	char reason[160];	/* "" when accepted; no address in it */
};

const char *mail_fate_name(enum mail_fate f);

/* Called once for each mail, from the loop or from fetch_cancel_all. */
typedef void mail_fn(const struct mail_result *result, void *arg);

/*
 * Start sending; s and m are only needed until this returns.  -1 where the
 * mail cannot be composed (message.h says when), and fn is not called then.
 * Otherwise fn is called later, never from in here.
 */
int mail_send(struct fetch *f, const struct mail_server *s,
    const struct mail *m, mail_fn *fn, void *arg, struct err *e) MUST_CHECK;

#endif /* MAIL_H */
