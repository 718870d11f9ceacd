/*
 * mail_probe URL STARTTLS USER PASSWORD CA_FILE TIMEOUT TO SUBJECT
 * Sends one mail, whose text is standard input, and prints how it ended and
 * for how many milliseconds the loop stood still at the longest.  "" stands
 * for what is not given.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/num.h"
#include "net/mail.h"

static struct loop_timer *ticker;
static msec last_tick, longest;
static int done;

static void
on_tick(void *arg)
{
	msec now = clock_monotonic();

	(void)arg;
	if (last_tick > 0 && now - last_tick > longest)
		longest = now - last_tick;
	last_tick = now;
	loop_timer_arm(ticker, 5);
}

static void
on_mail(const struct mail_result *r, void *arg)
{
	(void)arg;
	done = 1;
	on_tick(NULL);
	printf("%s|%d|%d|%s\n", mail_fate_name(r->fate), r->reply,
	    (int)longest, r->reason);
}

static const char *
given(const char *arg)
{
	return arg[0] ? arg : NULL;
}

int
main(int argc, char **argv)
{
	struct buf text = BUF_EMPTY;
	struct mail_server server;
	struct mail mail;
	struct loop *loop;
	struct fetch *fetch;
	struct err e;
	int64_t timeout;
	int c;

	if (argc != 9 || num_int(argv[6], 1, 60000, &timeout, &e) == -1)
		return 2;
	while ((c = getchar()) != EOF)
		buf_addc(&text, (char)c);
	server = (struct mail_server){ argv[1], given(argv[3]), given(argv[4]),
		argv[2][0] != '\0', given(argv[5]), timeout };
	mail = (struct mail){ "check-in@example.org", "Check-in", argv[7],
		argv[8], buf_text(&text), NULL, "k7qx.1", 1796374680000 };
	loop = loop_new();
	fetch = fetch_new(loop);
	ticker = loop_timer_new(loop, on_tick, NULL);
	on_tick(NULL);
	if (mail_send(fetch, &server, &mail, on_mail, NULL, &e) == -1) {
		printf("error|0|0|%s\n", e.text);
		done = 1;
	}
	while (!done && loop_turn(loop, &e) == 0)
		;
	loop_timer_free(ticker);
	fetch_free(fetch);
	loop_free(loop);
	buf_release(&text);
	return 0;
}
