/*
 * The control socket and the hooks, over real sockets: the asking side is a
 * process of its own, ours turns the loop and the engine.
 */
#include <errno.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "cli/client.h"
#include "engine/engine.h"
#include "net/form.h"
#include "net/loop.h"
#include "web/control.h"
#include "web/hooks.h"
#include "rig.h"

#define NOW 1796367600000	/* 2026-12-04T07:00:00Z, before all slots */
#define PATIENCE (20 * MSEC_SECOND)

struct bench {
	const struct config *config;
	struct ledger *ledger;
	struct random random;
	struct engine *engine;
	struct loop *loop;
	struct control *control;
	struct hooks *hooks;
	struct httpd *inner, *outer;
	char *path;			/* of the socket */
	const char *unwell;
	int accepted;			/* of the newest reload */
	char reloader[64];
};

/* ---- what the daemon would be ------------------------------------------ */

static void
no_submit(void *arg, struct gateway *g, const struct submission *s)
{
	(void)arg;
	(void)g;
	(void)s;
}

static void
no_poll(void *arg, struct gateway *g, const char *ref, enum channel channel,
    const char *gateway_id)
{
	(void)arg;
	(void)g;
	(void)ref;
	(void)channel;
	(void)gateway_id;
}

static void
no_lookup(void *arg, struct gateway *g, const struct submission *s,
    msec since)
{
	(void)arg;
	(void)g;
	(void)s;
	(void)since;
}

static void
no_mail(void *arg, int64_t notice, const char *to, const char *subject,
    const char *text)
{
	(void)arg;
	(void)notice;
	(void)to;
	(void)subject;
	(void)text;
}

static void
no_beat(void *arg, const char *url)
{
	(void)arg;
	(void)url;
}

static const struct engine_ops engine_ops = {
	.submit = no_submit, .poll = no_poll, .lookup = no_lookup,
	.mail = no_mail, .beat = no_beat,
};

static msec
now(void *arg)
{
	(void)arg;
	return NOW;
}

/* Accepts where removals are accepted; else there is a mistake. */
static void
reload(void *arg, int accept_removals, const char *who,
    struct control_reload *asked)
{
	static struct config_note note = { { "a.conf", 7 }, NULL };
	struct config_notes mistakes = { &note, 1, 1 };
	struct bench *b = arg;
	struct err e;

	b->accepted = accept_removals;
	snprintf(b->reloader, sizeof(b->reloader), "%s", who);
	if (accept_removals > 0) {
		control_reload_answer(asked, TURN_KEPT, NULL, NULL);
		return;
	}
	note.message = mem_dup("this is wrong; write that");
	err_set(&e, "there is a mistake");
	control_reload_answer(asked, TURN_REFUSED, &mistakes, &e);
	free(note.message);
}

static msec
longest(void *arg, msec *ret_at)
{
	(void)arg;
	*ret_at = NOW - MSEC_MINUTE;
	return 120;
}

static const char *
unwell(void *arg)
{
	struct bench *b = arg;

	return b->unwell;
}

static void
open_doors(struct bench *b)
{
	struct control_ops control = { now, reload, longest, b };
	struct hooks_ops hooks = { unwell, b };
	struct err e;

	b->control = control_new(b->engine, &control);
	b->hooks = hooks_new(b->engine, &hooks);
	b->inner = httpd_new(b->loop, NULL, control_serve, b->control);
	b->outer = httpd_new(b->loop, NULL, hooks_serve, b->hooks);
	b->path = mem_printf("%s/ringround.sock", rig_folder);
	rig_must(httpd_listen_unix(b->inner, b->path, 0666, &e), &e);
	rig_must(httpd_listen_tcp(b->outer, "127.0.0.1:0", &e), &e);
}

static void
open_bench(struct bench *b)
{
	struct err e;

	b->config = rig_config();
	b->ledger = rig_ledger(b->config);
	b->loop = loop_new();
	random_init_seed(&b->random, 1);
	b->engine = engine_new(b->ledger, b->config, &engine_ops, &b->random,
	    &e);
	rig_must(b->engine ? 0 : -1, &e);
	open_doors(b);
}

static void
close_bench(struct bench *b)
{
	httpd_free(b->inner);
	httpd_free(b->outer);
	engine_free(b->engine);
	control_free(b->control);
	hooks_free(b->hooks);
	loop_free(b->loop);
	ledger_close(b->ledger);
	free(b->path);
	rig_clean_up();
}

/* ---- the asking side --------------------------------------------------- */

/* What came back: the status, a line's end, and the body. */
struct heard {
	struct buf text;
	bool ended, late;
};

static void
on_pipe(int fd, void *arg)
{
	struct heard *h = arg;
	char piece[4096];
	ssize_t n = read(fd, piece, sizeof(piece));

	if (n > 0)
		buf_addn(&h->text, piece, (size_t)n);
	else if (n == 0 || errno != EINTR)
		h->ended = true;
}

static void
on_patience(void *arg)
{
	struct heard *h = arg;

	h->late = true;
}

static void
tell(int fd, const char *text, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, text, n);

		if (done <= 0)
			_exit(1);
		text += done;
		n -= (size_t)done;
	}
}

/* In the other process: ask, and write down what is heard. */
static void
ask_unix(struct bench *b, const char *target, const char *form, int fd)
{
	struct buf body = BUF_EMPTY, text = BUF_EMPTY;
	struct http_result r;
	struct err e;

	if (form)
		buf_add(&body, form);
	if (client_ask(b->path, target, form ? &body : NULL, &r,
	        &e) != CLIENT_ANSWERED)
		_exit(1);
	buf_addf(&text, "%d %s", r.status, buf_text(&r.body));
	tell(fd, text.data, text.len);
	_exit(0);
}

static void
ask_tcp(int port, const char *request, int fd)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char piece[4096];
	ssize_t n;

	to.sin_port = htons((uint16_t)port);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (s == -1 || connect(s, (const struct sockaddr *)&to,
	        sizeof(to)) == -1)
		_exit(1);
	tell(s, request, strlen(request));
	while ((n = read(s, piece, sizeof(piece))) > 0)
		tell(fd, piece, (size_t)n);
	_exit(0);
}

/* Turn the loop until the other process has said all. */
static void
turn_until(struct bench *b, struct heard *h)
{
	struct err e;

	while (!h->ended && !h->late) {
		rig_must(loop_turn(b->loop, &e), &e);
		if (engine_has_work(b->engine))
			is_int(engine_turn(b->engine, NOW, &e), LEDGER_OK,
			    "a turn");
	}
}

/* unix_target or, where it is NULL, the whole of a request over TCP; uid 0 is
 * ourselves.  The caller releases the text. */
static struct buf
ask(struct bench *b, const char *unix_target, const char *words, uid_t uid)
{
	struct heard h = { .text = BUF_EMPTY };
	struct loop_watch *watch;
	struct loop_timer *timer;
	int ends[2];
	pid_t child;

	if (pipe(ends) == -1 || (child = fork()) == -1) {
		perror("Bail out!");
		exit(1);
	}
	if (child == 0) {
		close(ends[0]);
		if (uid != 0 && setuid(uid) == -1)
			_exit(1);
		if (unix_target)
			ask_unix(b, unix_target, words, ends[1]);
		ask_tcp(httpd_port(b->outer), words, ends[1]);
	}
	close(ends[1]);
	watch = loop_watch_new(b->loop, ends[0], on_pipe, &h);
	timer = loop_timer_new(b->loop, on_patience, &h);
	loop_timer_arm(timer, PATIENCE);
	turn_until(b, &h);
	ok(!h.late, "it is answered in time");
	loop_timer_free(timer);
	loop_watch_free(watch);
	close(ends[0]);
	waitpid(child, NULL, 0);
	return h.text;
}

static void
check(struct bench *b, const char *target, const char *form,
    const char *begins, const char *holds)
{
	struct buf text = ask(b, target, form, 0);

	ok(strncmp(buf_text(&text), begins, strlen(begins)) == 0 &&
	    strstr(buf_text(&text), holds) != NULL, "%s %s gives %s ... %s",
	    target, form ? form : "", begins, holds);
	if (strncmp(buf_text(&text), begins, strlen(begins)) != 0 ||
	    !strstr(buf_text(&text), holds))
		printf("#   got %s\n", buf_text(&text));
	buf_release(&text);
}

/* ---- the tests --------------------------------------------------------- */

static void
test_reading(struct bench *b)
{
	check(b, "/api/version", NULL, "200 {\"schema\": \"ringround.version",
	    "\"version\": ");
	check(b, "/api/status", NULL, "200 {\"schema\": \"ringround.status",
	    "\"running\": true");
	check(b, "/api/status", NULL, "200 {\"schema\": \"ringround.status",
	    "\"loop\": {\"longest_ms\": 120, \"at\": \"2026-");
	check(b, "/api/plan?date=2026-12-06", NULL,
	    "200 {\"schema\": \"ringround.plan", "2026-12-06T09:00:00+00:00");
	check(b, "/api/plan?date=soon", NULL, "400 {\"error\": ", "");
	check(b, "/api/flags", NULL, "200 {\"schema\": \"ringround.flags",
	    "\"K4F7\"");
	check(b, "/api/flags?all=1", NULL,
	    "200 {\"schema\": \"ringround.flags", "\"K4F7\"");
	check(b, "/api/history?id=edna", NULL,
	    "200 {\"schema\": \"ringround.history", "\"Mrs Edna Clarke\"");
	check(b, "/api/history?id=nobody", NULL, "404 {\"error\": ", "");
	check(b, "/api/history", NULL, "400 {\"error\": ", "");
	check(b, "/api/claim", NULL, "405 {\"error\": ", "");
	check(b, "/api/nothing", NULL, "404 {\"error\": ", "");
	check(b, "/", NULL, "404 {\"error\": ", "");
}

static void
test_flags(struct bench *b)
{
	check(b, "/api/claim", "code=", "400 {\"error\": ", "ringround flags");
	check(b, "/api/claim", "code=X9X9", "409 {\"error\": ", "");
	check(b, "/api/release", "code=K4F7", "409 {\"error\": ", "");
	check(b, "/api/hand-over", "code=K4F7", "400 {\"error\": ", "to whom");
	check(b, "/api/hand-over", "code=K4F7&to=bob", "409 {\"error\": ",
	    "nobody of the team");
	check(b, "/api/claim", "code=k4f7", "200 {\"schema\": "
	    "\"ringround.flag/1\"", "\"state\": \"claimed\"");
	check(b, "/api/release", "code=K4F7", "200 {", "\"state\": \"open\"");
	check(b, "/api/decline", "code=K4F7", "200 {", "\"state\": \"open\"");
	check(b, "/api/decline", NULL, "405 {\"error\": ", "");
	check(b, "/api/resolve", "code=K4F7", "400 {\"error\": ",
	    "disposition");
	check(b, "/api/resolve", "code=K4F7&disposition=dancing",
	    "400 {\"error\": ", "disposition");
	check(b, "/api/resolve", "code=K4F7&disposition=own_word",
	    "400 {\"error\": ", "disposition");
	check(b, "/api/resolve",
	    "code=K4F7&disposition=safe&reason=aliens", "400 {\"error\": ",
	    "reason");
	check(b, "/api/resolve", "code=K4F7&disposition=referred",
	    "409 {\"error\": ", "to whom");
	check(b, "/api/resolve", "code=K4F7&disposition=safe&at=soon",
	    "409 {\"error\": ", "");
	check(b, "/api/resolve", "code=K4F7&disposition=safe&at=07:01",
	    "409 {\"error\": ", "still to come");
	check(b, "/api/resolve",
	    "code=K4F7&disposition=safe&away_until=Sunday",
	    "400 {\"error\": ", "");
	check(b, "/api/resolve",
	    "code=K4F7&disposition=safe&away_until=2026-12-05",
	    "409 {\"error\": ", "nobody knows who");
	check(b, "/api/resolve",
	    "code=K4F7&disposition=safe&reason=asleep&note=a%0Ab%FF"
	    "&spoken_to=her+son&at=06:15",
	    "200 {", "\"false_alarm_reason\": \"asleep\"");
	check(b, "/api/flags?all=1", NULL, "200 {", "\"spoken_to\": "
	    "\"her son\", \"contact_at\": \"2026-12-04T06:15:00+00:00\"");
	check(b, "/api/claim", "code=K4F7", "409 {\"error\": ", "");
}

static void
test_absences(struct bench *b)
{
	check(b, "/api/absences", NULL, "200 {\"schema\": "
	    "\"ringround.absences/1\"", "\"way\": \"file\"");
	check(b, "/api/away", "kind=hospital", "400 {\"error\": ", "who");
	check(b, "/api/away", "participant=edna&kind=dancing",
	    "400 {\"error\": ", "hospital");
	check(b, "/api/away", "participant=edna", "409 {\"error\": ",
	    "until when");
	check(b, "/api/away", "participant=nobody&kind=hospital",
	    "409 {\"error\": ", "nobody with the id");
	check(b, "/api/away", "participant=edna&kind=hospital&note=son",
	    "200 {", "\"kind\": \"hospital\"");
	check(b, "/api/plan?date=2026-12-06", NULL, "200 {",
	    "\"skipped\": \"away\", \"away\": \"in hospital\"");
	check(b, "/api/back", "participant=edna", "200 {",
	    "\"away\": [{\"participant\": \"walter\"");
	check(b, "/api/back", "participant=edna", "409 {\"error\": ",
	    "not away");
	check(b, "/api/back", NULL, "405 {\"error\": ", "");
}

static void
test_notes(struct bench *b)
{
	check(b, "/api/flag?code=k4f7", NULL, "200 {", "\"step\": \"claim\"");
	check(b, "/api/flag?code=X9X9", NULL, "404 {\"error\": ", "");
	check(b, "/api/flag", NULL, "400 {\"error\": ", "");
	check(b, "/api/note", "code=K4F7&kind=dancing", "400 {\"error\": ",
	    "kind");
	check(b, "/api/note", "code=K4F7&kind=checked&about=moon",
	    "400 {\"error\": ", "checklist");
	check(b, "/api/note", "code=K4F7&kind=decided&about=112",
	    "400 {\"error\": ", "999");
	check(b, "/api/note", "code=K4F7&kind=tried_contact&about=none",
	    "400 {\"error\": ", "which contact");
	check(b, "/api/note", "code=K4F7&kind=out&until=soon",
	    "409 {\"error\": ", "");
	check(b, "/api/note", "code=K4F7&kind=tried_person&note=rang+long",
	    "200 {", "\"script\": {\"first\": \"Immediate danger");
	check(b, "/api/note", "code=K4F7&kind=out&until=07:30&with=Tom",
	    "200 {", "");
	check(b, "/api/note", "code=K4F7&kind=back", "200 {", "");
	check(b, "/api/concern", "code=K4F7&note=x&consent=perhaps",
	    "400 {\"error\": ", "not_sought");
	check(b, "/api/concern", "code=K4F7&note=x&consent=refused",
	    "409 {\"error\": ", "why");
	check(b, "/api/concern", "code=K4F7&note=he+takes+it"
	    "&referred_to=the+hub&at=06:30", "200 {", "");
	check(b, "/api/concerns?code=K4F7", NULL, "200 {",
	    "\"referred_at\": \"2026-12-04T06:30:00+00:00\"");
	check(b, "/api/ask-contact", "code=K4F7&contact=x",
	    "400 {\"error\": ", "which contact");
	check(b, "/api/ask-contact", "code=K4F7&contact=1",
	    "409 {\"error\": ", "They have 0");
	check(b, "/api/confirm", "participant=edna", "409 {\"error\": ",
	    "name");
	check(b, "/api/confirm", "participant=edna&by=her+son", "200 {", "");
	check(b, "/api/reviews", NULL, "200 {\"schema\": "
	    "\"ringround.reviews/1\"", "");
	check(b, "/api/review", "id=x", "400 {\"error\": ", "reviews");
	check(b, "/api/review", "id=999&note=done", "409 {\"error\": ",
	    "no open review");
}

static void
test_holds(struct bench *b)
{
	check(b, "/api/hold", "reason=", "400 {\"error\": ", "reason");
	check(b, "/api/hold", "reason=x&round=never", "400 {\"error\": ",
	    "round");
	check(b, "/api/hold", "reason=no+power", "200 {\"schema\": "
	    "\"ringround.holds/1\"", "\"reason\": \"no power\"");
	check(b, "/api/hold", "reason=again", "409 {\"error\": ", "");
	check(b, "/api/plan?date=2026-12-06", NULL, "200 {", "\"hold\"");
	check(b, "/api/resume", "", "200 {", "\"holds\": []");
	check(b, "/api/resume", "", "409 {\"error\": ", "");
}

static void
test_reload(struct bench *b)
{
	check(b, "/api/reload", "accept_removals=many", "400 {", "error");
	check(b, "/api/reload", "accept_removals=0", "409 {",
	    "\"mistakes\": [{\"file\": \"a.conf\", \"line\": 7");
	check(b, "/api/reload", "accept_removals=12", "200 {",
	    "\"live\": 2");
	is_int(b->accepted, 12, "so many are accepted");
	ok(*b->reloader, "and it is known who asked: %s", b->reloader);
}

/* Only root can become somebody else. */
static void
test_stranger(struct bench *b)
{
	struct buf text;

	if (geteuid() != 0) {
		ok(true, "a stranger # SKIP only root can be one");
		return;
	}
	if (chmod(rig_folder, 0755) == -1)
		perror(rig_folder);
	text = ask(b, "/api/flags", NULL, 65534);
	ok(strncmp(buf_text(&text), "403 {\"error\"", 12) == 0 &&
	    strstr(buf_text(&text), "user = "), "a stranger is refused: %s",
	    buf_text(&text));
	buf_release(&text);
}

/* A volunteer at the machine sees their work, and no safeguarding matters. */
static void
test_volunteer(struct bench *b)
{
	const struct passwd *pw = getpwnam("daemon");
	struct buf text;

	if (geteuid() != 0 || pw == NULL) {
		ok(true, "a volunteer # SKIP only root can be one");
		return;
	}
	text = ask(b, "/api/concerns?code=K4F7", NULL, pw->pw_uid);
	ok(strncmp(buf_text(&text), "403 {\"error\"", 12) == 0 &&
	    strstr(buf_text(&text), "only coordinators"),
	    "concerns are not theirs: %s", buf_text(&text));
	buf_release(&text);
	text = ask(b, "/api/flag?code=K4F7", NULL, pw->pw_uid);
	ok(strncmp(buf_text(&text), "200 {", 5) == 0 &&
	    !strstr(buf_text(&text), "the hub"), "the flag is, without them");
	buf_release(&text);
}

static void
test_outside(struct bench *b)
{
	static const struct { const char *request, *begins, *holds; }
	cases[] = {
		{ "GET /health HTTP/1.1\r\n", "HTTP/1.1 200 ",
		    "{\"status\": \"ok\"}" },
		{ "GET /hook/main/text HTTP/1.1\r\n", "HTTP/1.1 40", "" },
		{ "GET /hook/none/text HTTP/1.1\r\n", "HTTP/1.1 404 ", "" },
		{ "GET /hook/main HTTP/1.1\r\n", "HTTP/1.1 404 ", "" },
		{ "GET /hook// HTTP/1.1\r\n", "HTTP/1.1 404 ", "" },
		{ "GET /api/status HTTP/1.1\r\n", "HTTP/1.1 404 ", "" },
		{ "GET /secretword HTTP/1.1\r\n", "HTTP/1.1 404 ", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *request = mem_printf("%sHost: x\r\n"
		    "Connection: close\r\n\r\n", cases[i].request);
		struct buf text = ask(b, NULL, request, 0);

		ok(strncmp(buf_text(&text), cases[i].begins,
		       strlen(cases[i].begins)) == 0 &&
		    strstr(buf_text(&text), cases[i].holds) &&
		    !strstr(buf_text(&text), "secretword"), "%.30s",
		    cases[i].request);
		buf_release(&text);
		free(request);
	}
	b->unwell = "the ledger cannot be written";
	struct buf text = ask(b, NULL, "GET /health HTTP/1.1\r\nHost: x\r\n"
	    "Connection: close\r\n\r\n", 0);
	ok(strstr(buf_text(&text), "HTTP/1.1 503 ") &&
	    strstr(buf_text(&text), "cannot be written"), "unwell");
	buf_release(&text);
}

static void
add_flag(struct bench *b)
{
	struct ledger_flag f = {
		.code = "K4F7", .number = "+447700900999", .reason =
		FLAG_UNCLEAR_REPLY, .priority = PRIORITY_NORMAL, .state =
		FLAG_OPEN, .raised_at = NOW, .deadline = NOW + MSEC_HOUR,
		.coordinator_at = NOW + 2 * MSEC_HOUR, .claim_by = MSEC_HOUR,
	};
	struct err e;

	rig_must(ledger_flag_add(b->ledger, &f, &e), &e);
	is_int(ledger_commit(b->ledger, &e), LEDGER_OK, "it is on disk");
}

int
main(void)
{
	struct bench b = { .unwell = NULL };

	open_bench(&b);
	add_flag(&b);
	test_reading(&b);
	test_notes(&b);
	test_flags(&b);
	test_absences(&b);
	test_holds(&b);
	test_reload(&b);
	test_stranger(&b);
	test_volunteer(&b);
	test_outside(&b);
	close_bench(&b);
	return tap_done();
}
