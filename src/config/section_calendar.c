/*
 * [calendar NAME]: days on which a round goes another way, such as bank
 * holidays and days on which the office is closed; or days on which alone one
 * is held, such as those of a heat alert.
 */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "config/values.h"

#define AT(member) offsetof(struct draft_calendar, member)
#define DAYS_MAX 2000
#define WHY_MAX 60

static int
fault(struct err *e)
{
	return err_set(e, "day: write the date and what day it is, such as"
	    " 2026-12-25, Christmas Day");
}

/* "2026-12-25, Christmas Day" */
static VALUES_PARSER(parse_day)
{
	struct draft_calendar *d = subject;
	size_t n = strcspn(value, ",");
	const char *why = value + n + (value[n] == ',');
	char date[16];
	struct config_closed_day day;
	struct err reason;

	(void)k;
	why += strspn(why, " \t");
	if (n >= sizeof(date) || *why == '\0' || strlen(why) > WHY_MAX)
		return fault(e);
	memcpy(date, value, n);
	for (; n > 0 && (date[n - 1] == ' ' || date[n - 1] == '\t'); n--)
		;
	date[n] = '\0';
	if (calendar_parse_date(date, &day.date, &reason) == -1)
		return err_set(e, "day: %s", reason.text);
	if (d->n_days == DAYS_MAX)
		return err_set(e, "day: a calendar has %d days at most; take"
		    " those away that have gone by", DAYS_MAX);
	day.why = memory_intern(l->memory, why, NULL);
	mem_reserve(&d->days, d->n_days, &d->cap_days, sizeof(*d->days));
	d->days[d->n_days++] = day;
	return 0;
}

static const struct key calendar_keys[] = {
	{ "day", parse_day, 0, .flags = KEY_REPEATS,
	    .about = "a date and what day it is, such as 2026-12-25,"
	        " Christmas Day" },
	{ "source", values_text, AT(c.source), .max = 200,
	    .about = "where the days are from" },
};

static void *
begin_calendar(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_calendars; i++) {
		const struct config_calendar *c = &l->calendars[i].c;
		if (strcmp(c->name, name) == 0)
			load_mistake(l, load_place(l, ""), "[calendar %s] is"
			    " given twice, first in %s:%d; give one another"
			    " name", name, c->place.file, c->place.line);
	}
	mem_reserve(&l->calendars, l->n_calendars, &l->cap_calendars,
	    sizeof(*l->calendars));
	struct draft_calendar *d = &l->calendars[l->n_calendars++];
	*d = (struct draft_calendar){ .n_days = 0 };
	d->c.name = memory_intern(l->memory, name, NULL);
	d->c.place = load_place(l, "");
	return d;
}

const struct section_kind section_calendar = {
	.name = "calendar",
	.naming = NAMING_NAME,
	.example = "england-and-wales",
	.keys = calendar_keys,
	.n_keys = COUNT(calendar_keys),
	.begin = begin_calendar,
	.about = "days on which rounds go another way",
};
