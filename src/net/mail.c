/*
 * libcurl makes the connection: name, TLS, greeting, STARTTLS and login.  The
 * few lines of the mail itself are said here, over that connection.  For
 * libcurl's own SMTP upload waits within one call, and so with the whole
 * loop, for the server's word on the text, and then for its answer to QUIT:
 * a server that is silent there would hold us for minutes.
 *
 *	MAIL FROM -> 250   RCPT TO -> 250   DATA -> 354   text "." -> 250   QUIT
 */
#include "net/mail.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "net/multi.h"

#define MAX_REPLY 8192		/* all lines of one; RFC 5321 allows 512 each */

enum step {
	STEP_CONNECT,
	STEP_FROM,
	STEP_TO,
	STEP_DATA,
	STEP_TEXT,
	STEP_DONE,
};

static const char *const refused[] = {
	[STEP_CONNECT] = "the mail server refuses us or our login",
	[STEP_FROM] = "the mail server refuses the sender",
	[STEP_TO] = "the mail server refuses the recipient",
	[STEP_DATA] = "the mail server takes no text",
	[STEP_TEXT] = "the mail server refuses the text",
};

struct post {
	struct multi_transfer transfer;
	struct multi *multi;
	enum step step;
	int reply;		/* the last one that was read */
	const char *why;	/* NULL: ask libcurl */
	char *from, *to;
	struct buf text;	/* as it goes over the wire, "." and all */
	struct buf out, in;
	size_t sent;		/* of out */
	struct event *readable, *writable, *late;
	msec timeout;
	mail_fn *fn;
	void *arg;
	char reason[CURL_ERROR_SIZE];
};

const char *
mail_fate_name(enum mail_fate f)
{
	static const char *const names[] = {
		[MAIL_ACCEPTED] = "accepted",
		[MAIL_REFUSED] = "refused",
		[MAIL_NOT_SENT] = "not sent",
		[MAIL_UNKNOWN] = "unknown",
	};

	return (size_t)f < COUNT(names) ? names[f] : "?";
}

static void
judge(const struct post *p, enum multi_end end, CURLcode code,
    struct mail_result *ret)
{
	const char *why = p->why;

	*ret = (struct mail_result){ .fate = MAIL_ACCEPTED, .reply = p->reply };
	if (end == MULTI_DONE && p->step == STEP_DONE)
		return;
	if (end == MULTI_DONE && p->reply >= 400)
		ret->fate = MAIL_REFUSED;
	else if (p->step == STEP_TEXT && p->sent == p->out.len)
		ret->fate = MAIL_UNKNOWN;
	else
		ret->fate = MAIL_NOT_SENT; /* also a text without its "." */
	if (end != MULTI_DONE)
		why = "ended by us";
	else if (ret->fate == MAIL_REFUSED)
		why = refused[p->step];
	else if (!why)
		why = p->reason[0] ? p->reason : curl_easy_strerror(code);
	snprintf(ret->reason, sizeof(ret->reason), "%.159s", why);
}

static void
stop_events(struct post *p)
{
	if (p->readable)
		event_free(p->readable);
	if (p->writable)
		event_free(p->writable);
	if (p->late)
		event_free(p->late);
	p->readable = p->writable = p->late = NULL;
}

static void
post_free(struct post *p)
{
	stop_events(p);
	curl_easy_cleanup(p->transfer.easy);
	buf_release(&p->text);
	buf_release(&p->out);
	buf_release(&p->in);
	free(p->from);
	free(p->to);
	free(p);
}

static void
on_end(struct multi_transfer *t, enum multi_end end, CURLcode code)
{
	struct post *p = (struct post *)t; /* its first member */
	struct mail_result result;

	stop_events(p);
	judge(p, end, code, &result);
	p->fn(&result, p->arg);
	post_free(p);
}

/* The talk is over, however it went; nothing of p is used after this. */
static void
hang_up(struct post *p, const char *why)
{
	p->why = why;
	stop_events(p); /* before libcurl closes their descriptor */
	multi_finish(p->multi, &p->transfer, CURLE_OK);
}

/* Send what is in out, as far as it goes now.  false: it ended the talk. */
static bool
push(struct post *p)
{
	while (p->sent < p->out.len) {
		size_t n = 0;
		CURLcode code = curl_easy_send(p->transfer.easy,
		    p->out.data + p->sent, p->out.len - p->sent, &n);

		p->sent += n;
		if (code == CURLE_AGAIN) {
			event_add(p->writable, NULL);
			return true;
		}
		if (code != CURLE_OK) {
			hang_up(p, "the mail server hung up");
			return false;
		}
	}
	return true;
}

static bool
say(struct post *p, enum step step, const char *text, size_t n)
{
	p->step = step;
	p->sent = 0;
	buf_clear(&p->out);
	buf_addn(&p->out, text, n);
	return push(p);
}

static bool
say_line(struct post *p, enum step step, const char *verb, const char *address)
{
	char line[320];
	int n = snprintf(line, sizeof(line), address ? "%s:<%s>\r\n" : "%s\r\n",
	    verb, address);

	return say(p, step, line, (size_t)n);
}

/* The server has answered the last thing that we said. */
static bool
go_on(struct post *p)
{
	size_t ignored;

	if (p->reply >= 400) {
		curl_easy_send(p->transfer.easy, "QUIT\r\n", 6, &ignored);
		hang_up(p, NULL);
		return false;
	}
	if ((p->step == STEP_DATA ? p->reply != 354 : p->reply / 100 != 2) ||
	    p->sent < p->out.len) {
		hang_up(p, "the mail server speaks out of turn");
		return false;
	}
	switch (p->step) {
	case STEP_FROM:
		return say_line(p, STEP_TO, "RCPT TO", p->to);
	case STEP_TO:
		return say_line(p, STEP_DATA, "DATA", NULL);
	case STEP_DATA:
		return say(p, STEP_TEXT, p->text.data, p->text.len);
	default:
		p->step = STEP_DONE;
		/* Out of politeness: its answer is not waited for. */
		curl_easy_send(p->transfer.easy, "QUIT\r\n", 6, &ignored);
		hang_up(p, NULL);
		return false;
	}
}

/* "250-..." goes on, "250 ..." is the last line.  -1: no reply's line. */
static int
read_line(const char *line, size_t n, bool *ret_last)
{
	char digits[4] = "";
	int64_t reply;

	if (n < 3)
		return -1;
	memcpy(digits, line, 3);
	if (num_int(digits, 100, 599, &reply, NULL) == -1)
		return -1;
	*ret_last = n == 3 || line[3] != '-';
	return (int)reply;
}

/* Take whole lines out of in.  false: that ended the talk. */
static bool
take_lines(struct post *p)
{
	char *end;

	while (p->in.len > 0 && (end = memchr(p->in.data, '\n', p->in.len))) {
		size_t n = (size_t)(end - p->in.data) + 1;
		bool last = false;
		int reply = read_line(p->in.data, n, &last);

		p->in.len -= n;
		memmove(p->in.data, p->in.data + n, p->in.len + 1);
		if (reply == -1) {
			hang_up(p, "the mail server speaks no SMTP");
			return false;
		}
		if (!last)
			continue;
		p->reply = reply;
		if (!go_on(p))
			return false;
	}
	if (p->in.len > MAX_REPLY) {
		hang_up(p, "the mail server's reply is too long");
		return false;
	}
	return true;
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct post *p = arg;
	char bytes[2048];
	size_t n;
	CURLcode code;

	(void)fd;
	(void)what;
	/* Until it has no more: TLS may hold what the socket no longer has. */
	for (;;) {
		n = 0;
		code = curl_easy_recv(p->transfer.easy, bytes, sizeof(bytes),
		    &n);
		if (code == CURLE_AGAIN)
			return;
		if (code != CURLE_OK || n == 0) {
			hang_up(p, "the mail server hung up");
			return;
		}
		buf_addn(&p->in, bytes, n);
		if (!take_lines(p))
			return;
	}
}

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	push(arg);
}

static void
on_late(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	hang_up(arg, "the mail server does not answer in time");
}

/* libcurl has logged in: from here we talk. */
static void
on_connected(struct multi_transfer *t)
{
	struct post *p = (struct post *)t;
	struct event_base *base = multi_base(p->multi);
	struct timeval tv = { .tv_sec = p->timeout / 1000,
		.tv_usec = p->timeout % 1000 * 1000 };
	curl_socket_t fd = CURL_SOCKET_BAD;

	curl_easy_getinfo(t->easy, CURLINFO_ACTIVESOCKET, &fd);
	if (fd == CURL_SOCKET_BAD) {
		hang_up(p, "the mail server hung up");
		return;
	}
	p->reply = 0; /* of the login, which is past */
	p->readable = event_new(base, fd, EV_READ | EV_PERSIST, on_readable, p);
	p->writable = event_new(base, fd, EV_WRITE, on_writable, p);
	p->late = event_new(base, -1, 0, on_late, p);
	event_add(p->readable, NULL);
	event_add(p->late, &tv);
	say_line(p, STEP_FROM, "MAIL FROM", p->from);
}

/* What the server says to libcurl, which tells only its code. */
static size_t
on_line(char *line, size_t size, size_t n, void *arg)
{
	struct post *p = arg;
	bool last = false;
	int reply = read_line(line, size * n, &last);

	if (reply != -1 && last)
		p->reply = reply;
	return size * n;
}

/* The text with its dots doubled (RFC 5321 4.5.2) and its end. */
static void
add_stuffed(struct buf *b, const struct buf *message)
{
	bool begins = true;

	for (size_t i = 0; i < message->len; i++) {
		if (begins && message->data[i] == '.')
			buf_addc(b, '.');
		buf_addc(b, message->data[i]);
		begins = message->data[i] == '\n';
	}
	buf_add(b, ".\r\n");
}

static int
set_options(struct post *p, const struct mail_server *s)
{
	CURL *easy = p->transfer.easy;
	long timeout = (long)p->timeout;
	int bad = 0;

	bad |= (int)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	bad |= (int)curl_easy_setopt(easy, CURLOPT_URL, s->url);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_USE_SSL,
	    s->starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	if (s->user) {
		bad |= (int)curl_easy_setopt(easy, CURLOPT_USERNAME, s->user);
		bad |= (int)curl_easy_setopt(easy, CURLOPT_PASSWORD,
		    s->password);
	}
	if (s->ca_file)
		bad |= (int)curl_easy_setopt(easy, CURLOPT_CAINFO, s->ca_file);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
	    timeout < 15000 ? timeout : 15000L);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, p->reason);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_line);
	bad |= (int)curl_easy_setopt(easy, CURLOPT_HEADERDATA, p);
	return bad;
}

int
mail_send(struct fetch *f, const struct mail_server *s, const struct mail *m,
    mail_fn *fn, void *arg, struct err *e)
{
	struct buf message = BUF_EMPTY;
	struct post *p;

	if (message_compose(m, &message, e) == -1) {
		buf_release(&message);
		return -1;
	}
	p = mem_alloc(sizeof(*p));
	add_stuffed(&p->text, &message);
	buf_release(&message);
	p->multi = fetch_multi(f);
	p->from = mem_dup(m->from);
	p->to = mem_dup(m->to);
	p->timeout = s->timeout > 0 ? s->timeout : MSEC_MINUTE;
	p->fn = fn;
	p->arg = arg;
	p->transfer.easy = multi_easy_new();
	p->transfer.fn = on_end;
	p->transfer.connected = on_connected;
	if (set_options(p, s) != 0) {
		post_free(p);
		return err_set(e, "libcurl here cannot send e-mail");
	}
	multi_add(p->multi, &p->transfer);
	return 0;
}
