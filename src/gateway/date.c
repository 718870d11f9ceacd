#include "gateway/date.h"

#include <string.h>
#include <strings.h>

#include "rules/calendar.h"

/* What is left of the text, and whether all of it was understood so far. */
struct reader {
	const char *at;
	bool good;
};

static int
digits(struct reader *r, int least, int most)
{
	int value = 0, n = 0;

	while (n < most && *r->at >= '0' && *r->at <= '9') {
		value = value * 10 + (*r->at++ - '0');
		n++;
	}
	r->good = r->good && n >= least;
	return value;
}

static void
expect(struct reader *r, char c)
{
	r->good = r->good && *r->at == c;
	if (r->good)
		r->at++;
}

static void
blanks(struct reader *r)
{
	r->good = r->good && *r->at == ' ';
	r->at += strspn(r->at, " ");
}

static int
month(struct reader *r)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (int i = 0; r->good && i < 12; i++)
		if (strncasecmp(r->at, names + 3 * i, 3) == 0) {
			r->at += 3;
			return i + 1;
		}
	r->good = false;
	return 0;
}

/* The offset from UTC in minutes: "+0100", "+01:00", "Z", "GMT". */
static int
zone(struct reader *r)
{
	static const char *const utc[] = { "GMT", "UTC", "UT", "Z" };
	int sign, hours, minutes;

	for (size_t i = 0; i < COUNT(utc); i++)
		if (strncasecmp(r->at, utc[i], strlen(utc[i])) == 0) {
			r->at += strlen(utc[i]);
			return 0;
		}
	sign = *r->at == '-' ? -1 : 1;
	r->good = r->good && (*r->at == '+' || *r->at == '-');
	if (!r->good)
		return 0;
	r->at++;
	hours = digits(r, 2, 2);
	if (*r->at == ':')
		r->at++;
	minutes = digits(r, 2, 2);
	r->good = r->good && hours < 24 && minutes < 60;
	return sign * (hours * 60 + minutes);
}

static int
clock_seconds(struct reader *r)
{
	int hour, minute, second;

	hour = digits(r, 2, 2);
	expect(r, ':');
	minute = digits(r, 2, 2);
	expect(r, ':');
	second = digits(r, 2, 2);
	/* A leap second is let through, as the next one's first. */
	r->good = r->good && hour < 24 && minute < 60 && second <= 60;
	return hour * 3600 + minute * 60 + second;
}

static localdate
mail_date(struct reader *r)
{
	const char *comma = strchr(r->at, ',');
	localdate date = 0;
	int day, mon, year;

	if (comma) {
		r->at = comma + 1;
		blanks(r);
	}
	day = digits(r, 1, 2);
	blanks(r);
	mon = month(r);
	blanks(r);
	year = digits(r, 4, 4);
	blanks(r);
	if (r->good && calendar_make_date(year, mon, day, &date) == -1)
		r->good = false;
	return date;
}

static localdate
iso_date(struct reader *r)
{
	localdate date = 0;
	int year, mon, day;

	year = digits(r, 4, 4);
	expect(r, '-');
	mon = digits(r, 2, 2);
	expect(r, '-');
	day = digits(r, 2, 2);
	if (*r->at == 't' || *r->at == ' ')
		r->at++;
	else
		expect(r, 'T');
	if (r->good && calendar_make_date(year, mon, day, &date) == -1)
		r->good = false;
	return date;
}

int
date_parse(const char *text, msec *ret)
{
	struct reader r = { text, true };
	bool iso = strspn(text, "0123456789") == 4;
	localdate date = iso ? iso_date(&r) : mail_date(&r);
	int seconds = r.good ? clock_seconds(&r) : 0;
	int offset;

	if (iso && *r.at == '.')
		r.at += 1 + strspn(r.at + 1, "0123456789");
	if (!iso)
		blanks(&r);
	offset = r.good ? zone(&r) : 0;
	if (!r.good || *r.at != '\0')
		return -1;
	*ret = date * MSEC_DAY + seconds * MSEC_SECOND - offset * MSEC_MINUTE;
	return 0;
}
