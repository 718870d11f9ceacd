#include "rules/week.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/num.h"

#define DAY_MINUTES 1440

static const struct {
	const char *short_name, *long_name;
} names[7] = {
	{ "mon", "monday" },
	{ "tue", "tuesday" },
	{ "wed", "wednesday" },
	{ "thu", "thursday" },
	{ "fri", "friday" },
	{ "sat", "saturday" },
	{ "sun", "sunday" },
};

/* Copy a piece of text without the blanks around it; -1 if it has no room. */
static int
trim(const char *from, size_t len, char *ret, size_t size)
{
	while (len > 0 && (*from == ' ' || *from == '\t')) {
		from++;
		len--;
	}
	while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\t'))
		len--;
	if (len >= size)
		return -1;
	memcpy(ret, from, len);
	ret[len] = '\0';
	return 0;
}

/* "tue" or "Tuesday" as 1; -1 where it is no day. */
static int
find_day(const char *word)
{
	for (int i = 0; i < 7; i++) {
		if (strcasecmp(word, names[i].short_name) == 0 ||
		    strcasecmp(word, names[i].long_name) == 0)
			return i;
	}
	return -1;
}

/* One entry of a list: a day, or a span that may go over the week's end. */
static int
parse_span(const char *entry, size_t len, week_days *ret)
{
	const char *dash = memchr(entry, '-', len);
	size_t first = dash ? (size_t)(dash - entry) : len;
	char word[16];
	int from, to;

	if (trim(entry, first, word, sizeof(word)) == -1)
		return -1;
	if (!dash && strcasecmp(word, "daily") == 0) {
		*ret = WEEK_ALL;
		return 0;
	}
	from = to = find_day(word);
	if (dash) {
		if (trim(dash + 1, len - first - 1, word, sizeof(word)) == -1)
			return -1;
		to = find_day(word);
	}
	if (from == -1 || to == -1)
		return -1;
	for (int day = from;; day = (day + 1) % 7) {
		*ret = (week_days)(*ret | 1U << day);
		if (day == to)
			return 0;
	}
}

int
week_parse_days(const char *text, week_days *ret, struct err *e)
{
	week_days days = 0;

	for (const char *entry = text;; entry++) {
		size_t len = strcspn(entry, ",");

		if (parse_span(entry, len, &days) == -1)
			return err_set(e, "\"%.40s\" are no days of the week;"
			    " write such as mon-fri, or mon, wed, sat, or"
			    " daily", text);
		entry += len;
		if (*entry == '\0')
			break;
	}
	*ret = days;
	return 0;
}

int
week_parse_hours(const char *text, struct hours *ret, struct err *e)
{
	const char *dash = strchr(text, '-');
	struct hours hours;
	char from[8], to[8];

	if (!dash || trim(text, (size_t)(dash - text), from, 8) == -1 ||
	    trim(dash + 1, strlen(dash + 1), to, 8) == -1 ||
	    num_clock(from, false, &hours.from, NULL) == -1 ||
	    num_clock(to, true, &hours.to, NULL) == -1)
		return err_set(e, "\"%.40s\" are no hours of the day; write"
		    " such as 08:00-20:00", text);
	if (hours.to <= hours.from)
		return err_set(e, "\"%.40s\" ends before it begins; hours lie"
		    " within one day, from 00:00 to 24:00 at most", text);
	*ret = hours;
	return 0;
}

int
week_parse_duty(const char *text, struct week_hours *ret, struct err *e)
{
	/* The hours are what stands from the first digit on. */
	size_t len = strcspn(text, "0123456789");
	struct week_hours duty;
	char days[64];

	if (text[len] == '\0' || len == 0 ||
	    trim(text, len, days, sizeof(days)) == -1 || days[0] == '\0')
		return err_set(e, "\"%.40s\" are no days with hours; write"
		    " such as mon-fri 08:00-18:00", text);
	if (week_parse_days(days, &duty.days, e) == -1 ||
	    week_parse_hours(text + len, &duty.hours, e) == -1)
		return -1;
	*ret = duty;
	return 0;
}

bool
week_has_day(week_days days, localdate date)
{
	return (days >> calendar_weekday(date) & 1) != 0;
}

bool
hours_contain(const struct hours *h, msec instant)
{
	int minute = calendar_minute(instant);

	return minute >= h->from && minute < h->to;
}

bool
week_hours_contain(const struct week_hours *w, msec instant)
{
	return week_has_day(w->days, calendar_date(instant)) &&
	    hours_contain(&w->hours, instant);
}

msec
hours_next(const struct hours *h, msec instant)
{
	localdate date = calendar_date(instant);
	enum calendar_fit fit;

	if (hours_contain(h, instant))
		return instant;
	/* A clock change may put the hours' first minute in the past (twice)
	 * or swallow the hours whole; so look on until it holds. */
	for (int day = 0; day < 3; day++) {
		msec at = calendar_instant(date + day, h->from, &fit);

		if (at >= instant && hours_contain(h, at))
			return at;
	}
	return instant;
}
