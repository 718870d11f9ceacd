/*
 * log.h - what the journal gets: one line an event, on standard error.
 *
 * Never a name, number, text, address or secret of anybody: ids and opaque
 * codes only.  Where standard error leads to the journal (JOURNAL_STREAM names
 * it) a line begins with its level as <N>.  Foreign text is made safe: control
 * characters become \xNN, so that nobody can forge a line.  errno is kept.
 */
#ifndef LOG_H
#define LOG_H

#include <stdarg.h>

#include "base/base.h"

enum log_level {
	LOG_LEVEL_ERROR = 3,	/* syslog's numbers */
	LOG_LEVEL_WARN = 4,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7,
};

/* Lines above the level are dropped; at the start that is INFO. */
void log_set_level(enum log_level level);

/* Give every line to fn instead of standard error; NULL ends that. */
void log_set_sink(void (*fn)(enum log_level, const char *line, void *arg),
    void *arg);

/* room is the folder's word ("engine"), then words, then key=value. */
void log_error(const char *room, const char *fmt, ...) PRINTF_LIKE(2, 3);
void log_warn(const char *room, const char *fmt, ...) PRINTF_LIKE(2, 3);
void log_info(const char *room, const char *fmt, ...) PRINTF_LIKE(2, 3);
void log_debug(const char *room, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif /* LOG_H */
