/*
 * What a mail server says, by a real connection: pieces between "|", each sent
 * when we have said something; behind the last, or where we say nothing more,
 * it hangs up.  The first byte says whether we log in.  Whatever it says, the
 * mail ends once, and what is called not sent has not been handed over.
 */
#include "fuzz.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/mail.h"

static struct loop *loop;
static struct fetch *fetch;
static struct loop_watch *door;
static struct loop_timer *silence;
static int listener = -1;
static char url[64];

/* The server's side of the one talk. */
static struct {
	int fd;
	struct loop_watch *watch;
	const char *at, *end;	/* what it will say */
	char heard[8192];
	size_t n;
	int ended;		/* so often */
	struct mail_result result;
} talk;

static void
say_next(void)
{
	size_t left = (size_t)(talk.end - talk.at);
	const char *bar = memchr(talk.at, '|', left);
	size_t n = bar != NULL ? (size_t)(bar - talk.at) : left;

	if (n > 0)
		(void)!send(talk.fd, talk.at, n, MSG_NOSIGNAL);
	talk.at += n + (bar != NULL);
	if (bar == NULL)
		shutdown(talk.fd, SHUT_WR);
	loop_timer_arm(silence, 2);
}

static void
on_silence(void *arg)
{
	(void)arg;
	if (talk.fd != -1)
		shutdown(talk.fd, SHUT_WR);
}

static void
on_heard(int fd, void *arg)
{
	ssize_t n = recv(fd, talk.heard + talk.n,
	    sizeof(talk.heard) - 1 - talk.n, MSG_DONTWAIT);

	(void)arg;
	if (n == -1 && errno == EAGAIN)
		return;
	if (n <= 0) {
		loop_watch_free(talk.watch);
		talk.watch = NULL;
		return;
	}
	talk.n += (size_t)n;
	talk.heard[talk.n] = '\0';
	say_next();
}

static void
on_knock(int fd, void *arg)
{
	(void)arg;
	must(talk.fd == -1);
	talk.fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	must(talk.fd != -1);
	talk.watch = loop_watch_new(loop, talk.fd, on_heard, NULL);
	say_next();
}

static void
on_mail(const struct mail_result *r, void *arg)
{
	(void)arg;
	talk.ended++;
	talk.result = *r;
}

static void
clean_up(void)
{
	loop_watch_free(door);
	loop_timer_free(silence);
	fetch_free(fetch);
	loop_free(loop);
	close(listener);
}

static void
begin(void)
{
	struct sockaddr_in where = { .sin_family = AF_INET };
	socklen_t len = sizeof(where);

	if (loop != NULL)
		return;
	where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(listener != -1);
	must(bind(listener, (struct sockaddr *)&where, len) == 0);
	must(listen(listener, 16) == 0);
	must(getsockname(listener, (struct sockaddr *)&where, &len) == 0);
	snprintf(url, sizeof(url), "smtp://127.0.0.1:%d",
	    ntohs(where.sin_port));
	loop = loop_new();
	fetch = fetch_new(loop);
	silence = loop_timer_new(loop, on_silence, NULL);
	door = loop_watch_new(loop, listener, on_knock, NULL);
	atexit(clean_up);
}

static void
send_one(bool login)
{
	struct mail_server server = { url, login ? "user" : NULL,
		login ? "password" : NULL, false, NULL, 20 * MSEC_SECOND };
	struct mail mail = {
		.from = "check-in@example.org", .from_name = "Check-in",
		.to = "asha@example.org", .subject = "A flag",
		.text = ".\nCode K4F7.\n", .id = "k7qx.1",
		.date = 1796374680000,
	};
	struct err e;

	must(mail_send(fetch, &server, &mail, on_mail, NULL, &e) == 0);
	while (talk.ended == 0)
		must(loop_turn(loop, &e) == 0);
	must(fetch_count(fetch) == 0);
	/* We have hung up: what we said last is heard. */
	while (talk.watch != NULL)
		must(loop_turn(loop, &e) == 0);
	loop_timer_disarm(silence);
	if (talk.fd != -1)
		close(talk.fd);
}

/* Does what we were told agree with what the server has? */
static void
check(void)
{
	const struct mail_result *r = &talk.result;
	const char *data = strstr(talk.heard, "\r\nDATA\r\n");
	bool whole = data != NULL && strstr(data, "\r\n.\r\n") != NULL;

	must(talk.ended == 1 && mail_fate_name(r->fate) != NULL);
	must((r->fate == MAIL_ACCEPTED) == (r->reason[0] == '\0'));
	must(strstr(r->reason, "asha") == NULL);
	switch (r->fate) {
	case MAIL_ACCEPTED:
		must(whole && r->reply / 100 == 2);
		break;
	case MAIL_REFUSED:
		must(r->reply >= 400 && r->reply < 600);
		break;
	case MAIL_NOT_SENT:
		must(!whole);
		break;
	default:
		must(data != NULL);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n == 0)
		return 0;
	begin();
	memset(&talk, 0, sizeof(talk));
	talk.fd = -1;
	talk.at = (const char *)bytes + 1;
	talk.end = talk.at + n - 1;
	send_one(bytes[0] % 2 == 1);
	check();
	return 0;
}
