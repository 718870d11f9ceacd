/*
 * An e-mail whose name, subject and text may be anybody's, alone and with the
 * same words as a page: the head holds our fields and no other, every line
 * ends and is short enough, nothing of the text can be taken for the end of a
 * part, and the page has no marks but ours.  Fields stand between line feeds.
 */
#include "fuzz.h"

#include "net/letter.h"
#include "net/message.h"

static const char *const heads[] = { "Date: ", "From: ", "To: ",
	"Message-ID: ", "Subject: ", "Auto-Submitted: ",
	"X-Auto-Response-Suppress: ", "MIME-Version: ", "Content-Type: ",
	"Content-Transfer-Encoding: " };

/* Our fields, each once, in our order (the last one stands in the parts, where
 * there are several); then the empty line. */
static const char *
check_head(const char *at, bool parts)
{
	for (size_t i = 0; i < COUNT(heads) - parts; i++) {
		must(strncmp(at, heads[i], strlen(heads[i])) == 0);
		do {
			at = strstr(at, "\r\n");
			must(at != NULL);
			at += 2;
		} while (*at == ' ');
	}
	must(strncmp(at, "\r\n", 2) == 0);
	return at + 2;
}

static void
check_lines(const char *bytes, size_t n)
{
	size_t line = 0;

	must(memchr(bytes, '\0', n) == NULL && n >= 2);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];

		must(c < 127 && (c >= ' ' || c == '\t' || c == '\r' ||
		    c == '\n'));
		if (c == '\r')
			must(i + 1 < n && bytes[i + 1] == '\n');
		if (c == '\n')
			must(i > 0 && bytes[i - 1] == '\r');
		line = c == '\n' ? 0 : line + 1;
		must(line <= 998);
	}
	must(bytes[n - 2] == '\r' && bytes[n - 1] == '\n');
}

/* Two parts, and their end. */
static void
check_parts(const char *at)
{
	static const char bound[] = "--=_n1.s2";
	int n = 0;

	must(strncmp(at, bound, strlen(bound)) == 0);
	for (at -= 2; (at = strstr(at, "\r\n--=_")) != NULL; at += 2) {
		must(strncmp(at + 2, bound, strlen(bound)) == 0);
		n++;
	}
	must(n == 3);
}

/* Each mark is one that a letter has; what was said stands between them. */
static void
check_page(const char *html)
{
	static const char *const marks[] = { "!DOCTYPE html>", "html lang=",
		"head>", "meta ", "title>", "/title>", "/head>", "body ",
		"p>", "/p>", "ul>", "/ul>", "li>", "/li>", "br>",
		"a href=\"http", "/a>", "/body>", "/html>" };

	while ((html = strchr(html, '<')) != NULL) {
		size_t i = 0;

		html++;
		while (i < COUNT(marks) && strncmp(html, marks[i],
		    strlen(marks[i])) != 0)
			i++;
		must(i < COUNT(marks));
	}
}

/* Take the next field out of the text, in its place. */
static const char *
next_field(char **at)
{
	char *field = strsep(at, "\n");

	return field != NULL ? field : "";
}

static void
compose(const struct mail *m)
{
	struct buf out = BUF_EMPTY;
	const char *body;
	struct err e;

	if (message_compose(m, &out, &e) == -1) {
		must(e.text[0] != '\0');
	} else {
		must(message_is_address(m->from) && message_is_address(m->to));
		check_lines(buf_text(&out), out.len);
		body = check_head(buf_text(&out), m->html != NULL);
		if (m->html != NULL)
			check_parts(body);
	}
	buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *copy = fuzz_text(bytes, n), *at = copy;
	struct mail m = { .id = "n1.s2", .date = (msec)20791 * MSEC_DAY };
	struct buf page = BUF_EMPTY;

	m.from = next_field(&at);
	m.from_name = next_field(&at);
	m.to = next_field(&at);
	m.subject = next_field(&at);
	m.text = at != NULL ? at : "";
	compose(&m);
	letter_html(m.text, &page);
	check_page(buf_text(&page));
	m.html = buf_text(&page);
	compose(&m);
	buf_release(&page);
	free(copy);
	return 0;
}
