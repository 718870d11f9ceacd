/*
 * Trouble with the ledger itself, told by a way that does not need it: an
 * e-mail to each coordinator, straight to the mail server.  Once for each
 * trouble, and once when it is over; whoever reads their mail at night is not
 * to find two hundred.
 */
#include "daemon/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "net/mail.h"

/* A lock that somebody holds, or a disk that is full for a moment, is worth
 * nobody's minute. */
#define TELL_AFTER MSEC_MINUTE
/* The last e-mail of a daemon that ends has so long to leave. */
#define LAST_WORDS (10 * MSEC_SECOND)

static void
sent(const struct mail_result *r, void *arg)
{
	struct daemon *d = arg;

	d->alarms--;
	if (r->fate != MAIL_ACCEPTED)
		log_error("daemon", "a coordinator could not be told: %s",
		    r->reason);
}

static void
tell_one(struct daemon *d, const char *to, const char *subject,
    const char *text)
{
	const struct config_email *conf = &d->conf->email;
	char id[80];
	struct mail m = {
		.from = conf->from, .to = to, .subject = subject,
		.text = text, .id = id, .date = clock_now(&d->clock),
	};
	struct mail_server server = {
		.url = conf->smtp_url, .user = conf->user,
		.password = conf->password, .starttls = conf->starttls,
		.ca_file = conf->ca_file, .timeout = LAST_WORDS / 2,
	};
	struct err e;

	snprintf(id, sizeof(id), "alarm-%lld-%llx", (long long)m.date,
	    (unsigned long long)random_u64(&d->random));
	if (mail_send(d->fetch, &server, &m, sent, d, &e) == 0)
		d->alarms++;
	else
		log_error("daemon", "a coordinator cannot be told: %s",
		    e.text);
}

static void
tell(struct daemon *d, const char *subject, const char *text)
{
	const struct config *conf = d->conf;
	struct buf words = BUF_EMPTY;

	buf_addf(&words, "%s: %s", conf->service.name, text);
	for (size_t i = 0; i < conf->n_volunteers &&
	    conf->email.smtp_url != NULL; i++)
		if (conf->volunteers[i].coordinator &&
		    conf->volunteers[i].email != NULL)
			tell_one(d, conf->volunteers[i].email, subject,
			    buf_text(&words));
	buf_release(&words);
}

void
alarm_trouble(struct daemon *d)
{
	msec now = clock_monotonic();
	msec after = d->rehearsing ? TELL_AFTER / d->clock.rate : TELL_AFTER;

	if (d->trouble_since == 0)
		d->trouble_since = now;
	if (d->alarmed || now - d->trouble_since < after)
		return;
	d->alarmed = true;
	tell(d, "Ringround cannot write, nobody is asked",
	    "the record of who was asked cannot be written, so nobody is "
	    "rung. It goes on by itself when the disk has room and can be "
	    "written again. Please have the computer looked at, and ring "
	    "people yourselves until then.");
}

void
alarm_over(struct daemon *d)
{
	d->trouble_since = 0;
	if (!d->alarmed)
		return;
	d->alarmed = false;
	tell(d, "Ringround can write again", "the record can be written "
	    "again. Whoever should have been asked meanwhile is asked late, "
	    "or stands on the list as missed.");
}

void
alarm_last_words(struct daemon *d, bool damaged)
{
	msec until = clock_monotonic() + LAST_WORDS;
	struct err e;

	tell(d, damaged ? "Ringround has ended: the record is damaged" :
	    "Ringround had to start again", damaged ?
	    "the record of who was asked is damaged, and the service has "
	    "ended. NOBODY IS ASKED until somebody has looked at the "
	    "computer: please ring people yourselves. What to do stands in "
	    "man ringroundd, CLOCKS AND DISKS." :
	    "the disk failed while the record was written. The service "
	    "starts again by itself from what is on the disk. Please look "
	    "whether the list is there, and have the disk looked at.");
	while (d->alarms > 0 && clock_monotonic() < until) {
		loop_timer_arm(d->timer, 100);
		if (loop_turn(d->loop, &e) == -1)
			return;
	}
}
