/* E-mails as bytes. */
#include "net/message.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/letter.h"
#include "tap.h"

static const struct mail plain = {
	.from = "check-in@example.org",
	.from_name = "Sneinton Check-in",
	.to = "val@example.org",
	.subject = "A flag needs somebody: K7QX",
	.text = "Please sign in.\n\nFlag K7QX, by 10:30.\n",
	.id = "k7qx.1",
	.date = 1796374680000, /* 2026-12-04T08:58:00Z */
};

static char *
compose(const struct mail *m)
{
	struct buf b = BUF_EMPTY;
	struct err e;

	if (message_compose(m, &b, &e) == -1) {
		buf_release(&b);
		return mem_printf("! %s", e.text);
	}
	return buf_take(&b);
}

static void
test_whole(void)
{
	char *got = compose(&plain);

	is_text(got, "Date: Fri, 4 Dec 2026 08:58:00 +0000\r\n"
	    "From: \"Sneinton Check-in\"\r\n <check-in@example.org>\r\n"
	    "To: val@example.org\r\n"
	    "Message-ID: <k7qx.1@example.org>\r\n"
	    "Subject: A flag needs somebody: K7QX\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: All\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 7bit\r\n"
	    "\r\n"
	    "Please sign in.\r\n\r\nFlag K7QX, by 10:30.\r\n",
	    "a plain mail, whole");
	free(got);
}

static void
test_two_forms(void)
{
	struct mail m = plain;
	char *got;

	m.text = "--=_k7qx.1--\nWell?\n";
	m.html = "<p>caf\xc3\xa9 --=_k7qx.1</p>";
	got = compose(&m);
	ok(strstr(got, "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_k7qx.1\"\r\n\r\n"
	    "--=_k7qx.1\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "--=3D_k7qx.1--\r\nWell?\r\n"
	    "--=_k7qx.1\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "<p>caf=C3=A9 --=3D_k7qx.1</p>\r\n"
	    "--=_k7qx.1--\r\n") != NULL,
	    "two forms, and no words end a part: %s", got);
	free(got);
}

static const struct {
	const char *name, *text, *want;
} letters[] = {
	{ "paragraphs", "Good morning,\n\none.\ntwo.\n",
	    "<p>Good morning,</p>\n<p>one.<br>\ntwo.</p>\n" },
	{ "a list", "two:\n- K4F7: yours\n- P2M3\nthat is all\n",
	    "<p>two:</p>\n<ul>\n<li>K4F7: yours</li>\n<li>P2M3</li>\n</ul>\n"
	    "<p>that is all</p>\n" },
	{ "an address", "see https://a.example/list.\n",
	    "<p>see <a href=\"https://a.example/list\">"
	    "https://a.example/list</a>.</p>\n" },
	{ "no other address", "javascript://x ftp://y\n",
	    "<p>javascript://x ftp://y</p>\n" },
	{ "signs", "<b> & \"'\n", "<p>&lt;b&gt; &amp; &quot;&#39;</p>\n" },
	{ "an address with signs", "http://x/\"onload=<i>&a=b\n",
	    "<p><a href=\"http://x/\">http://x/</a>&quot;onload=&lt;i&gt;"
	    "&amp;a=b</p>\n" },
	{ "an address alone, unended", "http://x/?a=1&b=2",
	    "<p><a href=\"http://x/?a=1&amp;b=2\">http://x/?a=1&amp;b=2</a>"
	    "</p>\n" },
	{ "CRLF, and blank lines", "a\r\n\r\n\r\nb\r\n",
	    "<p>a</p>\n<p>b</p>\n" },
	{ "nothing", "", "" },
};

static void
test_letters(void)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		struct buf page = BUF_EMPTY;
		const char *from, *end;
		char *got;

		letter_html(letters[i].text, &page);
		from = strstr(buf_text(&page), "margin: 1em\">\n");
		end = strstr(buf_text(&page), "</body></html>\n");
		ok(from && end, "a whole page");
		from = strchr(from, '\n') + 1;
		got = mem_dupn(from, (size_t)(end - from));
		is_text(got, letters[i].want, "letter: %s", letters[i].name);
		free(got);
		buf_release(&page);
	}
}

/* The rest of the line, or of the body, behind a mark. */
static char *
part(const char *message, const char *mark, const char *until)
{
	const char *from = strstr(message, mark);
	const char *end;

	if (!from)
		return mem_dup(message);
	from += strlen(mark);
	end = until ? strstr(from, until) : NULL;
	return end ? mem_dupn(from, (size_t)(end - from)) : mem_dup(from);
}

static const struct {
	const char *name, *text, *body;
} bodies[] = {
	{ "no end of the last line", "well", "well\r\n" },
	{ "nothing", "", "" },
	{ "a dot is left to the transport", ".\n..\n", ".\r\n..\r\n" },
	{ "not ASCII", "caf\xc3\xa9 =\n", "caf=C3=A9 =3D\r\n" },
	{ "CRLF in the text", "a\r\nb\xc3\xa9\r\n", "a\r\nb=C3=A9\r\n" },
	{ "a CR alone", "a\rb\n", "a=0Db\r\n" },
	{ "blanks at the end", "\xc3\xa9 \n\t\n", "=C3=A9=20\r\n=09\r\n" },
	{ "control characters", "a\x1b[2J\n", "a=1B[2J\r\n" },
	{ "a long line is broken",
	    "\xc3\xa9" "0123456789012345678901234567890123456789"
	    "01234567890123456789012345678901234567890123456789",
	    "=C3=A9" "0123456789012345678901234567890123456789"
	    "01234567890123456789012345678=\r\n901234567890123456789\r\n" },
};

static void
test_bodies(void)
{
	for (size_t i = 0; i < COUNT(bodies); i++) {
		struct mail m = plain;
		char *all, *body;

		m.text = bodies[i].text;
		all = compose(&m);
		body = part(all, "\r\n\r\n", NULL);
		is_text(body, bodies[i].body, "%s", bodies[i].name);
		free(body);
		free(all);
	}
}

static void
test_line_lengths(void)
{
	struct buf text = BUF_EMPTY;
	struct mail m = plain;
	size_t longest = 0, line = 0;
	char *got;

	for (int i = 0; i < 500; i++)
		buf_add(&text, "\xc3\xa9 = ");
	m.text = buf_text(&text);
	m.subject = m.text;
	m.from_name = m.text;
	got = compose(&m);
	for (const char *c = got; *c; c++) {
		line = *c == '\n' ? 0 : line + 1;
		if (line > longest)
			longest = line;
	}
	ok(longest > 60 && longest <= 78, "no line is too long: %zu", longest);
	free(got);
	buf_release(&text);
}

static const struct {
	const char *name, *subject, *want;
} subjects[] = {
	{ "nothing", "", "" },
	{ "ASCII", "K7QX = 100%?", "K7QX = 100%?" },
	{ "not ASCII", "caf\xc3\xa9", "=?UTF-8?B?Y2Fmw6k=?=" },
	{ "what looks encoded", "=?UTF-8?B?eA==?=",
	    "=?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?=" },
	{ "no character is divided",
	    "01234567890123456789012345678901234\xc3\xa9z",
	    "=?UTF-8?B?MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ=?="
	    "\r\n =?UTF-8?B?w6l6?=" },
};

static void
test_subjects(void)
{
	for (size_t i = 0; i < COUNT(subjects); i++) {
		struct mail m = plain;
		char *all, *got;

		m.subject = subjects[i].subject;
		all = compose(&m);
		got = part(all, "Subject: ", "\r\nAuto");
		is_text(got, subjects[i].want, "subject: %s",
		    subjects[i].name);
		free(got);
		free(all);
	}
}

static void
test_names(void)
{
	struct mail m = plain;
	char *all, *got;

	m.from_name = "Jo \"the\" \\ <x@y>";
	all = compose(&m);
	got = part(all, "From: ", "\r\nTo");
	is_text(got, "\"Jo \\\"the\\\" \\\\ <x@y>\"\r\n <check-in@example.org>",
	    "a name is quoted");
	free(got);
	free(all);
	m.from_name = NULL;
	all = compose(&m);
	got = part(all, "From: ", "\r\nTo");
	is_text(got, "check-in@example.org", "and may be missing");
	free(got);
	free(all);
}

static void
test_addresses(void)
{
	static const char *const good[] = { "a@b",
		"val.o'neill+x@mail.ex-a.org",
		"A_B@127.0.0.1" };
	static const char *const bad[] = { "", "@", "a@", "@b", "a", "a@b@c",
		"a b@c", "a@b c", "a@b\r\nBcc: c@d", "a\n@b", "<a@b>", "a@b>",
		"a,b@c", "a@b,c@d", "\"a\"@b", "a@[127.0.0.1]", "a@-b",
		"-a@b", "a@.b", "\xc3\xa9@b", "a@\xc3\xa9", "a;b@c", "a@b;" };

	for (size_t i = 0; i < COUNT(good); i++)
		ok(message_is_address(good[i]), "an address: %s", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		ok(!message_is_address(bad[i]), "no address: bad %zu", i);
}

static void
refused(const struct mail *m, const char *name)
{
	struct buf b = BUF_EMPTY;
	struct err e = { "" };

	is_int(message_compose(m, &b, &e), -1, "refused: %s", name);
	ok(e.text[0] && !strstr(e.text, "evil"), "told without it: %s", e.text);
	is_int(b.len, 0, "nothing is written");
	buf_release(&b);
}

static void
test_injection(void)
{
	struct mail m;

	m = plain, m.subject = "x\r\nBcc: evil@example.org";
	refused(&m, "a field in the subject");
	m = plain, m.subject = "x\nevil";
	refused(&m, "a line in the subject");
	m = plain, m.from_name = "x\r\nevil";
	refused(&m, "a line in the name");
	m = plain, m.to = "evil@example.org\r\nDATA";
	refused(&m, "a line in the recipient");
	m = plain, m.from = "evil@example.org>\r\n";
	refused(&m, "a line in the sender");
	m = plain, m.id = "evil\r\n";
	refused(&m, "a line in the id");
	m = plain, m.id = "";
	refused(&m, "no id");
	m = plain, m.date = -1;
	refused(&m, "no date");
}

int
main(void)
{
	test_whole();
	test_bodies();
	test_two_forms();
	test_letters();
	test_line_lengths();
	test_subjects();
	test_names();
	test_addresses();
	test_injection();
	return tap_done();
}
