#include "cli/when.h"

#include <stdio.h>
#include <string.h>

#include "rules/calendar.h"

/* n digits as a number; -1 where they are none. */
static int
digits(const char *text, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

static int
parse_day(const char *text, localdate *ret)
{
	if (strlen(text) < 10 || text[4] != '-' || text[7] != '-')
		return -1;
	return calendar_make_date(digits(text, 4), digits(text + 5, 2),
	    digits(text + 8, 2), ret);
}

/* "Z" or "+01:00" as minutes. */
static int
parse_offset(const char *text, int *ret)
{
	int hours, minutes;

	if (strcmp(text, "Z") == 0) {
		*ret = 0;
		return 0;
	}
	if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') ||
	    text[3] != ':')
		return -1;
	hours = digits(text + 1, 2);
	minutes = digits(text + 4, 2);
	if (hours < 0 || minutes < 0)
		return -1;
	*ret = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
	return 0;
}

int
when_parse(const char *text, msec *ret)
{
	localdate day;
	int hour, minute, second, offset;

	if (parse_day(text, &day) == -1 || strlen(text) < 20 ||
	    text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
	    parse_offset(text + 19, &offset) == -1)
		return -1;
	hour = digits(text + 11, 2);
	minute = digits(text + 14, 2);
	second = digits(text + 17, 2);
	if (hour < 0 || minute < 0 || second < 0)
		return -1;
	*ret = day * MSEC_DAY + hour * MSEC_HOUR +
	    (minute - offset) * MSEC_MINUTE + second * MSEC_SECOND;
	return 0;
}

const char *
when_clock(const char *text, char ret[WHEN_CLOCK_SIZE])
{
	msec instant;

	ret[0] = '\0';
	if (when_parse(text, &instant) == 0)
		snprintf(ret, WHEN_CLOCK_SIZE, "%.5s", text + 11);
	return ret;
}

static const char *
short_day(localdate day, bool with_year, char ret[WHEN_DAY_SIZE])
{
	static const char days[7][4] = {
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
	};
	static const char months[12][4] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	int year, month, mday;

	calendar_split_date(day, &year, &month, &mday);
	if (with_year)
		snprintf(ret, WHEN_DAY_SIZE, "%s %d %s %d",
		    days[calendar_weekday(day)], mday, months[month - 1],
		    year);
	else
		snprintf(ret, WHEN_DAY_SIZE, "%s %d %s",
		    days[calendar_weekday(day)], mday, months[month - 1]);
	return ret;
}

const char *
when_day(const char *text, char ret[WHEN_DAY_SIZE])
{
	localdate day;

	ret[0] = '\0';
	if (parse_day(text, &day) == 0)
		short_day(day, true, ret);
	return ret;
}

const char *
when_short(const char *text, const char *now, char ret[WHEN_SIZE])
{
	char clock[WHEN_CLOCK_SIZE], day_text[WHEN_DAY_SIZE];
	localdate day;

	ret[0] = '\0';
	if (!*when_clock(text, clock) || parse_day(text, &day) == -1)
		return ret;
	if (strncmp(text, now, 10) == 0)
		snprintf(ret, WHEN_SIZE, "%s", clock);
	else
		snprintf(ret, WHEN_SIZE, "%.24s %s",
		    short_day(day, false, day_text), clock);
	return ret;
}

const char *
when_length(msec length, char ret[WHEN_SIZE])
{
	int minutes = (int)(length / MSEC_MINUTE);

	if (length < 0)
		length = 0;
	if (length < MSEC_MINUTE)
		snprintf(ret, WHEN_SIZE, "%d s", (int)(length / MSEC_SECOND));
	else if (minutes < 60)
		snprintf(ret, WHEN_SIZE, "%d min", minutes);
	else if (minutes < 24 * 60 && minutes % 60 != 0)
		snprintf(ret, WHEN_SIZE, "%d h %d min", minutes / 60,
		    minutes % 60);
	else if (minutes < 48 * 60)
		snprintf(ret, WHEN_SIZE, "%d h", minutes / 60);
	else
		snprintf(ret, WHEN_SIZE, "%d days", minutes / (24 * 60));
	return ret;
}
