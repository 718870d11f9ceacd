#include "base/num.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * Digits up to end, which must not be empty; -1 where there is anything else
 * or more than an int64_t holds.
 */
static int
digits(const char *text, const char *end, int64_t *ret)
{
	int64_t n = 0;

	if (text == end)
		return -1;
	for (; text < end; text++) {
		if (*text < '0' || *text > '9')
			return -1;
		if (__builtin_mul_overflow(n, 10, &n) ||
		    __builtin_add_overflow(n, *text - '0', &n))
			return -1;
	}
	*ret = n;
	return 0;
}

int
num_int(const char *text, int64_t min, int64_t max, int64_t *ret,
    struct err *e)
{
	bool minus = min < 0 && text[0] == '-';
	int64_t n;

	if (digits(text + minus, text + strlen(text), &n) == -1)
		goto err0;
	if (minus)
		n = -n;
	if (n < min || n > max)
		goto err0;
	*ret = n;
	return 0;

err0:
	return err_set(e, "\"%.40s\" is not a whole number from %" PRId64
	    " to %" PRId64, text, min, max);
}

/* "12.25" as 12250; no sign. */
static int
thousandths(const char *text, int64_t *ret)
{
	const char *end = text + strlen(text);
	const char *point = strchr(text, '.');
	int64_t whole, part = 0;

	if (digits(text, point ? point : end, &whole) == -1)
		return -1;
	if (point) {
		if (end - point > 4 || digits(point + 1, end, &part) == -1)
			return -1;
		for (long places = end - point - 1; places < 3; places++)
			part *= 10;
	}
	if (__builtin_mul_overflow(whole, 1000, &whole) ||
	    __builtin_add_overflow(whole, part, &whole))
		return -1;
	*ret = whole;
	return 0;
}

/* Thousandths as people write them, without needless zeros. */
static const char *
show_milli(int64_t n, char ret[32])
{
	const char *sign = n < 0 ? "-" : "";
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	int len = snprintf(ret, 32, "%s%" PRIu64 ".%03u", sign, u / 1000,
	    (unsigned int)(u % 1000));

	while (ret[len - 1] == '0')
		ret[--len] = '\0';
	if (ret[len - 1] == '.')
		ret[--len] = '\0';
	return ret;
}

int
num_milli(const char *text, int64_t min, int64_t max, int64_t *ret,
    struct err *e)
{
	bool minus = min < 0 && text[0] == '-';
	char low[32], high[32];
	int64_t n;

	if (thousandths(text + minus, &n) == -1)
		goto err0;
	if (minus)
		n = -n;
	if (n < min || n > max)
		goto err0;
	*ret = n;
	return 0;

err0:
	return err_set(e,
	    "\"%.40s\" is not a number from %s to %s with at most three"
	    " places after the point", text, show_milli(min, low),
	    show_milli(max, high));
}

static const struct {
	char letter;
	msec length;
} units[] = {
	{ 'd', MSEC_DAY },
	{ 'h', MSEC_HOUR },
	{ 'm', MSEC_MINUTE },
	{ 's', MSEC_SECOND },
};

/* A length of time in the largest unit that divides it. */
static const char *
show_duration(msec n, char ret[32])
{
	for (size_t i = 0; i < COUNT(units); i++) {
		if (n % units[i].length == 0 && (n != 0 ||
		        units[i].letter == 's')) {
			snprintf(ret, 32, "%" PRId64 "%c",
			    n / units[i].length, units[i].letter);
			return ret;
		}
	}
	snprintf(ret, 32, "%" PRId64 "ms", n);
	return ret;
}

int
num_duration(const char *text, msec bare_unit, msec min, msec max,
    msec *ret, struct err *e)
{
	const char *end = text + strlen(text);
	char low[32], high[32];
	msec unit = bare_unit;
	msec n;

	for (size_t i = 0; i < COUNT(units) && end > text; i++) {
		if (end[-1] == units[i].letter) {
			unit = units[i].length;
			end--;
			break;
		}
	}
	if (digits(text, end, &n) == -1 ||
	    __builtin_mul_overflow(n, unit, &n) || n < min || n > max)
		return err_set(e, "\"%.40s\" is not a length of time from %s"
		    " to %s, such as 45s, 20m or 2h", text,
		    show_duration(min, low), show_duration(max, high));
	*ret = n;
	return 0;
}

int
num_clock(const char *text, bool allow_24, int *ret_minute, struct err *e)
{
	int64_t hour, minute;

	if (strlen(text) != 5 || text[2] != ':' ||
	    digits(text, text + 2, &hour) == -1 ||
	    digits(text + 3, text + 5, &minute) == -1)
		goto err0;
	if (minute > 59 || hour > 24 ||
	    (hour == 24 && (minute > 0 || !allow_24)))
		goto err0;
	*ret_minute = (int)(hour * 60 + minute);
	return 0;

err0:
	return err_set(e, "\"%.40s\" is not a time of day; write HH:MM from"
	    " 00:00 to %s, such as 09:05", text,
	    allow_24 ? "24:00" : "23:59");
}
