/* The journal's lines, through the sink and on a real standard error. */
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"

static char seen[256];
static enum log_level seen_level;
static int lines;

static void
keep(enum log_level level, const char *line, void *arg)
{
	(void)arg;
	snprintf(seen, sizeof(seen), "%s", line);
	seen_level = level;
	lines++;
}

static void
test_levels(void)
{
	log_set_sink(keep, NULL);
	log_error("engine", "attempt=%d", 7);
	is_text(seen, "engine: attempt=7", "room, then words");
	is_int(seen_level, LOG_LEVEL_ERROR, "error");
	log_warn("net", "x");
	is_int(seen_level, LOG_LEVEL_WARN, "warning");
	errno = EAGAIN;
	log_info("net", "x");
	is_int(errno, EAGAIN, "errno is kept");
	is_int(seen_level, LOG_LEVEL_INFO, "info");
	log_debug("net", "x");
	is_int(lines, 3, "debug is dropped at first");
	log_set_level(LOG_LEVEL_DEBUG);
	log_debug("net", "x");
	is_int(lines, 4, "and kept when asked for");
	log_set_level(LOG_LEVEL_ERROR);
	log_warn("net", "x");
	is_int(lines, 4, "warnings dropped");
	log_set_level(LOG_LEVEL_INFO);
}

static void
test_safe(void)
{
	log_info("web", "%s", "a\n<3>forged\r\t\033[2J\177");
	is_text(seen, "web: a\\x0a<3>forged\\x0d\\x09\\x1b[2J\\x7f",
	    "control characters are escaped");
	log_info("web", "%s", "Zo\xc3\xab\xc2\x9b" "2J\xc2\xa3\xc2");
	is_text(seen, "web: Zo\xc3\xab\\xc2\\x9b2J\xc2\xa3\xc2",
	    "those of Latin 1 too, and no others");
}

/* What one line looks like on a standard error that leads into a file. */
static const char *
written(bool journal)
{
	static char text[256];
	char path[] = "/tmp/ringround-log-XXXXXX";
	int kept = dup(STDERR_FILENO);
	int fd = mkstemp(path);
	struct stat st;
	ssize_t n = -1;

	if (fd == -1 || kept == -1 || fstat(fd, &st) == -1)
		return "cannot make a file";
	unlink(path);
	char stream[64];
	snprintf(stream, sizeof(stream), "JOURNAL_STREAM=%ju:%ju",
	    (uintmax_t)st.st_dev, (uintmax_t)st.st_ino + !journal);
	putenv(stream);
	if (dup2(fd, STDERR_FILENO) != -1) {
		log_warn("engine", "late=%d", 3);
		n = pread(fd, text, sizeof(text) - 1, 0);
	}
	dup2(kept, STDERR_FILENO);
	close(kept);
	close(fd);
	unsetenv("JOURNAL_STREAM");
	text[n > 0 ? n : 0] = '\0';
	return text;
}

int
main(void)
{
	test_levels();
	test_safe();
	log_set_sink(NULL, NULL);
	is_text(written(true), "<4>engine: late=3\n", "to the journal");
	is_text(written(false), "warning: engine: late=3\n",
	    "to anything else");
	return tap_done();
}
