#include "net/message.h"

#include <string.h>

#include "rules/calendar.h"

#define MAX_LINE 76		/* of a quoted-printable line */
#define MAX_PLAIN_LINE 900	/* RFC 5322 2.1.1 allows 998 */
#define MAX_PLAIN_FIELD 60
#define WORD_BYTES 36		/* an encoded word, with the field's name
				 * before it, stays below 76 (RFC 2047) */

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

static bool
has_only(const char *text, size_t n, const char *others)
{
	for (size_t i = 0; i < n; i++)
		if (!is_letter_or_digit(text[i]) &&
		    (text[i] == '\0' || !strchr(others, text[i])))
			return false;
	return n > 0;
}

bool
message_is_address(const char *text)
{
	const char *at = strchr(text, '@');
	size_t n = strlen(text);
	size_t local;

	if (!at || n > 254)
		return false;
	local = (size_t)(at - text);
	return local <= 64 &&
	    has_only(text, local, ".!#$%&'*+-/=?^_`{|}~") &&
	    has_only(at + 1, n - local - 1, ".-") &&
	    text[0] != '-' && at[1] != '-' && at[1] != '.';
}

static bool
has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 127)
			return true;
	return false;
}

static bool
is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 127)
			return false;
	return true;
}

/* As encoded words, none of which ends within a character. */
static void
add_words(struct buf *b, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		size_t n = left < WORD_BYTES ? left : WORD_BYTES;

		while (n > 1 && n < left && (text[n] & 0xc0) == 0x80)
			n--;
		buf_add(b, "=?UTF-8?B?");
		buf_add_base64(b, text, n);
		buf_add(b, "?=");
		text += n;
		left -= n;
		if (left > 0)
			buf_add(b, "\r\n ");
	}
}

static bool
is_plain_field(const char *text)
{
	return is_ascii(text) && strlen(text) <= MAX_PLAIN_FIELD &&
	    !strstr(text, "=?");
}

static void
add_name(struct buf *b, const char *name)
{
	if (!is_plain_field(name)) {
		add_words(b, name);
		return;
	}
	buf_addc(b, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			buf_addc(b, '\\');
		buf_addc(b, *name);
	}
	buf_addc(b, '"');
}

/* RFC 5322 3.3, in UTC. */
static void
add_date(struct buf *b, msec date)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	msec second = date / MSEC_SECOND;
	localdate day = (localdate)(second / 86400);
	int clock = (int)(second % 86400);
	int y, m, d;

	calendar_split_date(day, &y, &m, &d);
	buf_addf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
	    days[calendar_weekday(day)], d, months[m - 1], y, clock / 3600,
	    clock / 60 % 60, clock % 60);
}

static bool
is_plain_text(const char *text)
{
	size_t line = 0;

	for (; *text; text++) {
		line = *text == '\n' ? 0 : line + 1;
		if (line > MAX_PLAIN_LINE || (unsigned char)*text >= 127 ||
		    (*text < ' ' && *text != '\n' && *text != '\t'))
			return false;
	}
	return true;
}

static void
add_plain(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			buf_addc(b, '\r');
		buf_addc(b, *text);
	}
}

/* RFC 2045 6.7; a CR before a line's end is part of that end. */
static void
add_quoted(struct buf *b, const char *text)
{
	size_t column = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		bool last = text[1] == '\n' || text[1] == '\0';
		bool as_is = (c > ' ' && c < 127 && c != '=') ||
		    ((c == ' ' || c == '\t') && !last);

		if (c == '\r' && text[1] == '\n')
			continue;
		if (c == '\n') {
			buf_add(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + (as_is ? 1 : 3) > MAX_LINE - 1) {
			buf_add(b, "=\r\n");
			column = 0;
		}
		if (as_is)
			buf_addc(b, (char)c);
		else
			buf_addf(b, "=%02X", (unsigned)c);
		column += as_is ? 1 : 3;
	}
}

static void
add_head(struct buf *b, const struct mail *m)
{
	add_date(b, m->date);
	buf_add(b, "From: ");
	if (m->from_name) {
		add_name(b, m->from_name);
		buf_addf(b, "\r\n <%s>\r\n", m->from);
	} else {
		buf_addf(b, "%s\r\n", m->from);
	}
	buf_addf(b, "To: %s\r\n", m->to);
	buf_addf(b, "Message-ID: <%s%s>\r\n", m->id, strchr(m->from, '@'));
	buf_add(b, "Subject: ");
	if (is_plain_field(m->subject))
		buf_add(b, m->subject);
	else
		add_words(b, m->subject);
	/* RFC 3834, and Exchange's own: nobody's absence is to answer. */
	buf_add(b, "\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: All\r\n"
	    "MIME-Version: 1.0\r\n");
}

static void
end_line(struct buf *b)
{
	if (b->len < 2 || memcmp(b->data + b->len - 2, "\r\n", 2) != 0)
		buf_add(b, "\r\n");
}

static void
add_part(struct buf *b, const char *type, const char *text, bool plain)
{
	buf_addf(b, "Content-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: %s\r\n"
	    "\r\n", type, plain ? "7bit" : "quoted-printable");
	if (plain)
		add_plain(b, text);
	else
		add_quoted(b, text);
	end_line(b);
}

/* Both parts are quoted-printable, in which "=_" never stands, so that no
 * words can end a part (RFC 2045, 6.7). */
static void
add_both(struct buf *b, const struct mail *m)
{
	buf_addf(b, "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_%s\"\r\n\r\n", m->id);
	buf_addf(b, "--=_%s\r\n", m->id);
	add_part(b, "plain", m->text, false);
	buf_addf(b, "--=_%s\r\n", m->id);
	add_part(b, "html", m->html, false);
	buf_addf(b, "--=_%s--\r\n", m->id);
}

int
message_compose(const struct mail *m, struct buf *ret, struct err *e)
{
	size_t id_len = strlen(m->id);

	if (!message_is_address(m->from))
		return err_set(e, "the sender's e-mail address is none");
	if (!message_is_address(m->to))
		return err_set(e, "the recipient's e-mail address is none");
	if (has_control(m->subject) ||
	    (m->from_name && has_control(m->from_name)))
		return err_set(e, "the subject or the sender's name holds a "
		    "control character");
	if (id_len > 64 || !has_only(m->id, id_len, ".-"))
		return err_set(e, "the e-mail's id is none");
	if (m->date < 0)
		return err_set(e, "the e-mail's date is before 1970");
	add_head(ret, m);
	if (m->html)
		add_both(ret, m);
	else
		add_part(ret, "plain", m->text, is_plain_text(m->text));
	return 0;
}
