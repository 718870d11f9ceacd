/*
 * An e-mail whose name, subject and text may be anybody's: the head holds our
 * fields and no other, every line ends and is short enough, and nothing of
 * the text can be taken for its end.  Fields stand between line feeds.
 */
#include "fuzz.h"

#include "net/message.h"

static const char *const heads[] = { "Date: ", "From: ", "To: ",
	"Message-ID: ", "Subject: ", "Auto-Submitted: ", "MIME-Version: ",
	"Content-Type: ", "Content-Transfer-Encoding: " };

/* Our fields, each once, in our order; then the empty line. */
static const char *
check_head(const char *at)
{
	for (size_t i = 0; i < COUNT(heads); i++) {
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

/* Take the next field out of the text, in its place. */
static const char *
next_field(char **at)
{
	char *field = strsep(at, "\n");

	return field != NULL ? field : "";
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *copy = fuzz_text(bytes, n), *at = copy;
	struct mail m = { .id = "n1.s2", .date = (msec)20791 * MSEC_DAY };
	struct buf out = BUF_EMPTY;
	struct err e;

	m.from = next_field(&at);
	m.from_name = next_field(&at);
	m.to = next_field(&at);
	m.subject = next_field(&at);
	m.text = at != NULL ? at : "";
	if (message_compose(&m, &out, &e) == 0) {
		must(message_is_address(m.from) && message_is_address(m.to));
		check_lines(buf_text(&out), out.len);
		check_head(buf_text(&out));
	} else {
		must(e.text[0] != '\0');
	}
	buf_release(&out);
	free(copy);
	return 0;
}
