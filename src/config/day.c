/*
 * What is doubtful about a configuration on a certain day.
 */
#include "config/config.h"

#include "base/buf.h"
#include "base/mem.h"

#define SOON 30		/* days before checks run out */

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

void
config_look_at_day(const struct config *c, localdate today,
    struct config_notes *warnings)
{
	for (size_t i = 0; i < c->n_volunteers; i++)
		look_at_checks(&c->volunteers[i], today, warnings);
	for (size_t i = 0; i < c->n_participants; i++) {
		const struct config_participant *p = &c->participants[i];

		if (p->live && config_has_left(p, today))
			warn(warnings, p->place, "%s has left, and is not"
			    " asked any more; write live = no", p->id);
	}
}
