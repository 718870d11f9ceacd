/*
 * inih decides what is a key and what its value; this file only sees each
 * line before inih does, and remembers what kind of line it was when inih
 * hands over the result.  The two must agree, so the small grammar of inih
 * (release 55) stands here a second time: kinds of lines, and where a comment
 * begins.  A test holds them together.
 */
#include "config/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "rules/text.h"

/* The longest line, and a byte order mark before and a CR behind it. */
#define LINE_ROOM (READER_LINE_MAX + 4)

enum kind {
	KIND_NOTHING,	/* blank, a comment, or refused */
	KIND_SECTION,
	KIND_PAIR,
	KIND_MORE,	/* goes on with the value above */
};

/* A pair as offsets into the texts, which move while they grow. */
struct draft {
	size_t key, value;
	int line, cut_line;
};

struct reader {
	FILE *file;
	const struct reader_hooks *hooks;
	void *arg;
	struct err *e;
	bool failed;
	bool stop;		/* nothing in this file can be read */

	char chunk[65536];
	size_t chunk_at, chunk_len;

	int lineno;
	char line[LINE_ROOM + 1];
	size_t len;		/* of the whole line, also where it is cut */
	enum kind kind;

	bool in_section;
	bool section_bad;	/* its heading was refused: skip what it says */
	bool skip;		/* the line above was refused: skip its rest */
	bool can_go_on;		/* there is a value for inih to go on with */
	bool after_blank;	/* a blank line has come since */
	char section[READER_SECTION_MAX + 1];
	int section_line;

	struct buf texts;
	struct draft *drafts;
	struct reader_pair *pairs;
	size_t n, cap;
};

static void
mistake(struct reader *r, const char *message)
{
	r->hooks->mistake(r->arg, r->lineno, message);
}

/* The next byte of the file, or EOF. */
static int
next_byte(struct reader *r)
{
	if (r->chunk_at == r->chunk_len) {
		r->chunk_at = 0;
		r->chunk_len = fread(r->chunk, 1, sizeof(r->chunk), r->file);
		if (r->chunk_len > 0 && r->hooks->bytes)
			r->hooks->bytes(r->arg, r->chunk, r->chunk_len);
		if (r->chunk_len == 0) {
			if (ferror(r->file)) {
				err_errno(r->e, "it cannot be read");
				r->failed = true;
			}
			return EOF;
		}
	}
	return (unsigned char)r->chunk[r->chunk_at++];
}

/* Take the next line into r->line, without its end; false at the end. */
static bool
next_line(struct reader *r)
{
	int c = next_byte(r);

	if (c == EOF)
		return false;
	r->len = 0;
	for (; c != EOF && c != '\n'; c = next_byte(r)) {
		if (r->len < LINE_ROOM)
			r->line[r->len] = (char)c;
		r->len++;
	}
	r->lineno++;
	if (r->len > 0 && r->len <= LINE_ROOM && r->line[r->len - 1] == '\r')
		r->len--;
	if (r->lineno == 1 && r->len >= 3 &&
	    memcmp(r->line, "\xef\xbb\xbf", 3) == 0) {
		r->len -= 3;
		memmove(r->line, r->line + 3, LINE_ROOM - 3);
	}
	r->line[r->len < LINE_ROOM ? r->len : LINE_ROOM] = '\0';
	return !r->failed;
}

const char *
reader_line_fault(const char *line, size_t len)
{
	if (memchr(line, '\0', len))
		return "this line holds a NUL byte; save the file as plain"
		       " text (UTF-8)";
	bool ascii = true;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)line[i];
		ascii = ascii && c < 0x80;
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return "this line holds a control character; delete"
			       " the line and type it again";
	}
	for (const char *s = line; !ascii && s < line + len;) {
		if (text_next(&s) == TEXT_BAD)
			return "this line is not UTF-8; save the file as"
			       " UTF-8 in the editor";
	}
	return NULL;
}

/* Where inih sees a comment begin: at a ; behind a blank.  Else the end; or
 * before that, at the first of chars. */
static const char *
find(const char *s, const char *chars)
{
	bool was_blank = false;

	while (*s && !strchr(chars, *s) && !(was_blank && *s == ';')) {
		was_blank = *s == ' ' || *s == '\t';
		s++;
	}
	return s;
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

/* The section is complete. */
static void
flush(struct reader *r)
{
	struct reader_section s = { r->section, r->section_line, r->pairs,
	    r->n };

	if (r->in_section && !r->section_bad) {
		for (size_t i = 0; i < r->n; i++) {
			const struct draft *d = &r->drafts[i];
			r->pairs[i] = (struct reader_pair){
				buf_text(&r->texts) + d->key,
				buf_text(&r->texts) + d->value,
				d->line, d->cut_line };
		}
		r->hooks->section(r->arg, &s);
	}
	buf_clear(&r->texts);
	r->n = 0;
}

/* Copy the section's name, blanks around it dropped and within it made
 * single. */
static void
tidy_name(const char *from, size_t len, char *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		bool blank = from[i] == ' ' || from[i] == '\t';
		if (blank && (n == 0 || ret[n - 1] == ' '))
			continue;
		ret[n++] = blank ? ' ' : from[i];
	}
	if (n > 0 && ret[n - 1] == ' ')
		n--;
	ret[n] = '\0';
}

/* "[kind name]": what is wrong with the heading, or NULL. */
static const char *
see_section(struct reader *r, const char *s)
{
	const char *end = find(s + 1, "]");
	size_t len = (size_t)(end - s - 1);

	if (*end != ']')
		return "a section's heading has no closing bracket; write it"
		       " such as [round morning]";
	if (len > READER_SECTION_MAX)
		return "a section's heading is longer than 49 bytes; give it"
		       " a shorter name";
	tidy_name(s + 1, len, r->section);
	const char *rest = skip_blanks(end + 1);
	if (*rest && *rest != ';' && *rest != '#')
		return "something stands behind a section's heading; put it"
		       " on a line of its own";
	return NULL;
}

static enum kind
start_section(struct reader *r, const char *s)
{
	flush(r);
	const char *wrong = see_section(r, s);

	r->in_section = true;
	r->section_bad = wrong != NULL;
	r->section_line = r->lineno;
	r->can_go_on = r->skip = false;
	if (wrong)
		mistake(r, wrong);
	return KIND_SECTION;
}

/* Does the line look like "key = value"? */
static bool
looks_like_key(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && *skip_blanks(s + n) == '=';
}

static enum kind
go_on(struct reader *r, const char *s)
{
	if (r->skip)
		return KIND_NOTHING;
	if (*s == '[' || looks_like_key(s)) {
		mistake(r, "a line that begins with a blank goes on with the"
		    " one above, but this one looks like a line of its own;"
		    " take the blanks before it away");
		return KIND_NOTHING;
	}
	return KIND_MORE;
}

static enum kind
start_pair(struct reader *r, const char *s)
{
	const char *end = find(s, "=:");
	const char *wrong = NULL;

	if (*end != '=' && *end != ':')
		wrong = "this line is neither a [section] nor a key with its"
		        " value; write key = value, or ; before a comment";
	else if (end == s)
		wrong = "there is no key before the sign; write key = value";
	else if (!r->in_section)
		wrong = "this line stands before the first section; put it"
		        " under its heading, such as [service]";
	r->skip = wrong != NULL;
	if (!wrong) {
		r->can_go_on = true;
		return KIND_PAIR;
	}
	if (!r->section_bad)
		mistake(r, wrong);
	return KIND_NOTHING;
}

/* A comment that begins with a blank, right below a value: inih drops it,
 * but somebody may have meant it as words. */
static void
see_comment(struct reader *r, const char *s)
{
	if (s > r->line && r->can_go_on && !r->skip && !r->after_blank &&
	    r->n > 0)
		r->drafts[r->n - 1].cut_line = r->lineno;
}

static enum kind
see_line(struct reader *r)
{
	const char *s = skip_blanks(r->line);
	const char *fault = r->len > READER_LINE_MAX
	    ? "this line is longer than 199 bytes; break it, and begin the"
	      " next line with blanks"
	    : reader_line_fault(r->line, r->len);

	if (fault) {
		/* Of a heading that is lost nothing below it is known. */
		if (*s == '[' && s == r->line) {
			flush(r);
			r->in_section = r->section_bad = true;
			r->can_go_on = false;
		}
		r->skip = true;
		mistake(r, fault);
		return *s == '[' && s == r->line ? KIND_SECTION
		                                 : KIND_NOTHING;
	}
	if (*s == '\0') {
		r->after_blank = true;
		return KIND_NOTHING;
	}
	if (*s == ';' || *s == '#') {
		see_comment(r, s);
		return KIND_NOTHING;
	}
	if (s > r->line && (r->can_go_on || r->skip))
		return go_on(r, s);
	if (*s == '[')
		return start_section(r, s);
	return start_pair(r, s);
}

/* UTF-16, as Notepad once wrote it, would be a mistake on every line. */
static bool
is_utf16(const struct reader *r)
{
	return r->lineno == 1 && r->len >= 2 &&
	    (memcmp(r->line, "\xff\xfe", 2) == 0 ||
	     memcmp(r->line, "\xfe\xff", 2) == 0);
}

/* inih asks for a line (ini_reader). */
static char *
give_line(char *line, int size, void *arg)
{
	struct reader *r = arg;

	if (r->stop || !next_line(r))
		return NULL;
	if (is_utf16(r)) {
		mistake(r, "this file is UTF-16; save it as UTF-8 in the"
		    " editor");
		r->stop = true;
		return NULL;
	}
	/* An inih that was built for shorter lines than Debian's. */
	if (r->len <= READER_LINE_MAX && r->len >= (size_t)size)
		r->len = READER_LINE_MAX + 1;
	r->kind = see_line(r);
	if (r->kind == KIND_SECTION && r->section_bad)
		memcpy(line, "[?]", 4);
	else if (r->kind == KIND_NOTHING)
		line[0] = '\0';
	else
		memcpy(line, r->line, r->len + 1);
	return line;
}

/* Did inih cut the line for a comment? */
static bool
is_cut(const struct reader *r)
{
	const char *s = skip_blanks(r->line);

	if (r->kind == KIND_PAIR)
		s = find(s, "=:") + 1;
	return *find(s, "") == ';';
}

static void
add_pair(struct reader *r, const char *key, const char *value)
{
	if (r->n == r->cap) {
		mem_reserve(&r->drafts, r->n, &r->cap, sizeof(*r->drafts));
		r->pairs = mem_grow(r->pairs, r->cap, sizeof(*r->pairs));
	}
	struct draft *d = &r->drafts[r->n++];
	*d = (struct draft){ .line = r->lineno };
	d->key = r->texts.len;
	buf_addn(&r->texts, key, strlen(key) + 1);
	d->value = r->texts.len;
	buf_addn(&r->texts, value, strlen(value) + 1);
}

/* The newest text goes on, behind one space.  A comment is taken off here:
 * releases of inih differ in whether they do. */
static void
add_more(struct reader *r, const char *value)
{
	struct draft *d = &r->drafts[r->n - 1];
	const char *old = buf_text(&r->texts) + d->value;
	size_t n = (size_t)(find(value, "") - value);
	bool empty = *old == '\0';

	while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'))
		n--;
	r->texts.len--;
	if (!empty && n > 0)
		buf_addc(&r->texts, ' ');
	buf_addn(&r->texts, value, n);
	buf_addc(&r->texts, '\0');
}

/* inih has a value, or more of one (ini_handler). */
static int
take_pair(void *arg, const char *section, const char *key, const char *value)
{
	struct reader *r = arg;

	(void)section;
	if (r->section_bad)
		return 1;
	r->after_blank = false;
	if (r->kind == KIND_PAIR)
		add_pair(r, key, value ? value : "");
	else if (r->kind == KIND_MORE && r->n > 0)
		add_more(r, value ? value : "");
	else
		return 0;
	if (is_cut(r))
		r->drafts[r->n - 1].cut_line = r->lineno;
	return 1;
}

int
reader_run(FILE *file, const struct reader_hooks *hooks, void *arg,
    struct err *e)
{
	struct reader *r = mem_alloc(sizeof(*r));

	r->file = file;
	r->hooks = hooks;
	r->arg = arg;
	r->e = e;
	int wrong = ini_parse_stream(give_line, r, take_pair, r);
	flush(r);
	/* We have seen every line before inih, so this cannot be; should inih
	 * change, silence would be the worst answer. */
	if (wrong > 0 && !r->failed)
		hooks->mistake(arg, wrong,
		    "this line cannot be understood; write key = value");
	if (wrong < 0 && !r->failed) {
		err_set(e, "there is no memory to read it");
		r->failed = true;
	}
	int failed = r->failed ? -1 : 0;
	buf_release(&r->texts);
	free(r->drafts);
	free(r->pairs);
	free(r);
	return failed;
}

FILE *
reader_open(const char *path, struct err *e)
{
	struct stat st;
	FILE *file = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd == -1) {
		err_set(e, "%s", strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		err_set(e, "it is no regular file");
	else if ((file = fdopen(fd, "r")) == NULL)
		err_set(e, "%s", strerror(errno));
	if (file == NULL)
		close(fd);
	return file;
}
