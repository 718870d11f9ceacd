#include "base/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static enum log_level highest = LOG_LEVEL_INFO;
static void (*sink)(enum log_level, const char *line, void *arg);
static void *sink_arg;

void
log_set_level(enum log_level level)
{
	highest = level;
}

void
log_set_sink(void (*fn)(enum log_level, const char *line, void *arg),
    void *arg)
{
	sink = fn;
	sink_arg = arg;
}

/*
 * Does standard error lead to the journal?  A shell that somebody started
 * from a service inherits the variable, but not the stream that it names.
 */
static bool
to_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	char ours[64];
	struct stat st;

	if (!stream || fstat(STDERR_FILENO, &st) == -1)
		return false;
	snprintf(ours, sizeof(ours), "%ju:%ju", (uintmax_t)st.st_dev,
	    (uintmax_t)st.st_ino);
	return strcmp(stream, ours) == 0;
}

static const char *
level_name(enum log_level level)
{
	switch (level) {
	case LOG_LEVEL_ERROR:
		return "error";
	case LOG_LEVEL_WARN:
		return "warning";
	case LOG_LEVEL_INFO:
		return "info";
	case LOG_LEVEL_DEBUG:
		return "debug";
	}
	return "info";
}

/* Control characters of ASCII, and those of Latin 1 as UTF-8 has them. */
static void
add_safe(struct buf *b, const char *text)
{
	for (const char *s = text; *s; s++) {
		unsigned char c = (unsigned char)*s;
		unsigned char next = (unsigned char)s[1];

		if (c < 0x20 || c == 0x7f) {
			buf_addf(b, "\\x%02x", c);
		} else if (c == 0xc2 && next >= 0x80 && next < 0xa0) {
			buf_addf(b, "\\x%02x\\x%02x", c, next);
			s++;
		} else {
			buf_addc(b, *s);
		}
	}
}

/* One write a line, so that lines of several processes do not mix. */
static void
put_stderr(enum log_level level, const char *line)
{
	struct buf b = BUF_EMPTY;
	size_t done = 0;

	if (to_journal())
		buf_addf(&b, "<%d>%s\n", (int)level, line);
	else
		buf_addf(&b, "%s: %s\n", level_name(level), line);
	while (done < b.len) {
		ssize_t n = write(STDERR_FILENO, b.data + done, b.len - done);

		if (n <= 0)
			break; /* nobody is left to tell */
		done += (size_t)n;
	}
	buf_release(&b);
}

static void PRINTF_LIKE(3, 0)
put(enum log_level level, const char *room, const char *fmt, va_list ap)
{
	struct buf words = BUF_EMPTY;
	struct buf line = BUF_EMPTY;
	int kept = errno;

	if (level > highest)
		return;
	buf_addf(&line, "%s: ", room);
	buf_addv(&words, fmt, ap);
	add_safe(&line, buf_text(&words));
	if (sink)
		sink(level, buf_text(&line), sink_arg);
	else
		put_stderr(level, buf_text(&line));
	buf_release(&line);
	buf_release(&words);
	errno = kept;
}

void
log_error(const char *room, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_ERROR, room, fmt, ap);
	va_end(ap);
}

void
log_warn(const char *room, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_WARN, room, fmt, ap);
	va_end(ap);
}

void
log_info(const char *room, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_INFO, room, fmt, ap);
	va_end(ap);
}

void
log_debug(const char *room, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(LOG_LEVEL_DEBUG, room, fmt, ap);
	va_end(ap);
}
