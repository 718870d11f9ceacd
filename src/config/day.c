/*
 * What is doubtful about a configuration, and does not stand in it: on a
 * certain day, and on this machine.
 */
#include "config/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"

#define SOON 30		/* days before checks run out */
#define AHEAD 60	/* days that a calendar of closed days is to know */

/* The message, and behind it the file's name: notes outlive configurations. */
static void PRINTF_LIKE(3, 4)
warn(struct config_notes *to, struct config_place at, const char *fmt, ...)
{
	struct buf b = BUF_EMPTY;
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	size_t n = b.len + 1;
	buf_addc(&b, '\0');
	buf_add(&b, at.file);
	mem_reserve(&to->items, to->n, &to->cap, sizeof(*to->items));
	char *text = buf_take(&b);
	to->items[to->n++] = (struct config_note){ { text + n, at.line },
		text };
}

static void
look_at_checks(const struct config_volunteer *v, localdate today,
    struct config_notes *warnings)
{
	char date[CALENDAR_DATE_SIZE];

	if (config_is_checked(v, today + SOON))
		return;
	calendar_format_date(v->checks_until, date);
	if (config_is_checked(v, today))
		warn(warnings, v->place, "the checks of %s run out after %s;"
		    " renew them, and write the new date into checks", v->id,
		    date);
	else
		warn(warnings, v->place, "the checks of %s ran out after %s,"
		    " so %s; renew them, and write the new date into checks",
		    v->id, date, v->coordinator ? "a coordinator without is"
		    " told of flags" : "they are given no flags");
}

/* A calendar that has run out drops nobody and moves nobody any more. */
static void
look_at_calendar(const struct config_calendar *c, localdate today,
    struct config_notes *warnings)
{
	char date[CALENDAR_DATE_SIZE];

	if (c->unforeseen || c->n_days == 0 ||
	    c->days[c->n_days - 1].date >= today + AHEAD)
		return;
	calendar_format_date(c->days[c->n_days - 1].date, date);
	warn(warnings, c->place, "the calendar %s has no day after %s; add"
	    " those of the time to come%s%s", c->name, date,
	    c->source != NULL ? ", from " : "",
	    c->source != NULL ? c->source : "");
}

void
config_look_at_day(const struct config *c, localdate today,
    struct config_notes *warnings)
{
	for (size_t i = 0; i < c->n_volunteers; i++)
		look_at_checks(&c->volunteers[i], today, warnings);
	for (size_t i = 0; i < c->n_calendars; i++)
		look_at_calendar(&c->calendars[i], today, warnings);
	for (size_t i = 0; i < c->n_participants; i++) {
		const struct config_participant *p = &c->participants[i];

		if (p->live && config_has_left(p, today))
			warn(warnings, p->place, "%s has left, and is not"
			    " asked any more; write live = no", p->id);
	}
}

/* A file's name is one text for all that stands in it. */
static bool
is_known(const char *const *files, size_t n, const char *file)
{
	for (size_t i = n; i > 0; i--) {
		if (files[i - 1] == file)
			return true;
	}
	return false;
}

/* May everybody read it, through all the folders on the way?  A path that does
 * not begin at the root is looked at from the working folder on. */
static bool
is_open_to_all(const char *path)
{
	struct stat st;
	char *folder = mem_dup(path);
	bool ret = stat(path, &st) == 0 && (st.st_mode & S_IROTH) != 0;

	for (char *slash; ret && (slash = strrchr(folder, '/')) != NULL;) {
		*slash = '\0';
		if (stat(*folder ? folder : "/", &st) == 0)
			ret = (st.st_mode & S_IXOTH) != 0;
	}
	free(folder);
	return ret;
}

void
config_warn_of_readers(const struct config *c, struct config_notes *warnings)
{
	const char **files = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < c->n_participants; i++) {
		struct config_place at = { c->participants[i].place.file, 1 };

		if (is_known(files, n, at.file))
			continue;
		mem_reserve(&files, n, &cap, sizeof(*files));
		files[n++] = at.file;
		if (is_open_to_all(at.file))
			warn(warnings, at, "everybody on this machine may read"
			    " who is in this file; take that right away (chmod"
			    " o-rwx)");
	}
	free(files);
}
