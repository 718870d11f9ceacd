/*
 * number_pattern.c - which numbers a scheme allows: allow_numbers.
 *
 * A gate that cannot be read stays shut.
 */
#include "rules/number.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define MAX_DIGITS 15

/* A part of the list, without the blanks around it. */
struct part {
	char text[64];
	bool cut;	/* it was longer, and cannot be a number */
};

/* The next part at *list, which moves behind it; false at the end. */
static bool
next_part(const char **list, struct part *ret)
{
	const char *from = *list + strspn(*list, ", \t\n");
	size_t n = strcspn(from, ",");

	if (*from == '\0')
		return false;
	*list = from + n;
	while (n > 0 && isspace((unsigned char)from[n - 1]))
		n--;
	ret->cut = n >= sizeof(ret->text);
	snprintf(ret->text, sizeof(ret->text), "%.*s",
	    ret->cut ? 0 : (int)n, from);
	return true;
}

/* The beginning of a number, its * gone, into the beginning of E.164. */
static int
read_beginning(const char *text, const char *country_code,
    char ret[NUMBER_PATTERN_SIZE])
{
	char digits[MAX_DIGITS + 1];
	const char *p, *skip = "";
	size_t n = 0;
	bool plus = *text == '+';

	for (p = text + (plus ? 1 : 0); *p != '\0'; p++) {
		if (strchr(" .-()", *p) != NULL)
			continue;
		if (!isdigit((unsigned char)*p) || n == MAX_DIGITS - 4)
			return -1;
		digits[n++] = *p;
	}
	digits[n] = '\0';
	if (!plus && digits[0] == '0' && digits[1] == '0')
		skip = "00";
	else if (!plus && digits[0] == '0')
		skip = "0";
	else if (!plus)
		return -1;
	if (n <= strlen(skip))
		return -1;
	snprintf(ret, NUMBER_PATTERN_SIZE, "+%.4s%s*",
	    strcmp(skip, "0") == 0 ? country_code : "",
	    digits + strlen(skip));
	return 0;
}

int
number_read_pattern(const char *text, const char *country_code,
    char ret[NUMBER_PATTERN_SIZE], struct err *why)
{
	size_t n = strlen(text);
	struct number number;
	char beginning[64];

	if (n > 0 && n < sizeof(beginning) && text[n - 1] == '*') {
		snprintf(beginning, sizeof(beginning), "%.*s", (int)n - 1,
		    text);
		if (read_beginning(beginning, country_code, ret) == 0)
			return 0;
		return err_set(why, "is no beginning of a number; write it "
		    "such as 01154960* or +44115496*");
	}
	if (number_read(text, country_code, &number, why) == -1)
		return -1;
	if (number.e164[0] == '\0')
		return err_set(why, "%s", number_why(&number, false));
	snprintf(ret, NUMBER_PATTERN_SIZE, "%s", number.e164);
	return 0;
}

int
number_check_patterns(const char *patterns, const char *country_code,
    struct err *why)
{
	char pattern[NUMBER_PATTERN_SIZE];
	struct part part;
	int n = 0;

	while (next_part(&patterns, &part)) {
		n++;
		if (part.cut)
			return err_set(why, "pattern %d is too long for a "
			    "number; put commas between numbers", n);
		if (number_read_pattern(part.text, country_code, pattern,
		    why) == -1)
			return err_wrap(why, "pattern %d", n);
	}
	if (n == 0)
		return err_set(why, "is empty; write numbers or beginnings of "
		    "numbers, such as 01154960*, or leave the key out");
	return 0;
}

static bool
fits(const char *pattern, const char *e164)
{
	size_t n = strlen(pattern);

	if (n > 0 && pattern[n - 1] == '*')
		return strncmp(pattern, e164, n - 1) == 0;
	return strcmp(pattern, e164) == 0;
}

bool
number_allowed(const char *patterns, const char *country_code,
    const char *e164)
{
	char pattern[NUMBER_PATTERN_SIZE];
	struct part part;

	if (patterns == NULL)
		return true;
	while (next_part(&patterns, &part))
		if (!part.cut && number_read_pattern(part.text, country_code,
		    pattern, NULL) == 0 && fits(pattern, e164))
			return true;
	return false;
}

bool
number_same(const char *a, const char *b, const char *country_code)
{
	char one[NUMBER_SIZE], other[NUMBER_SIZE];

	return number_normalise_inbound(a, country_code, one) ==
	    NUMBER_FROM_E164 &&
	    number_normalise_inbound(b, country_code, other) ==
	    NUMBER_FROM_E164 && strcmp(one, other) == 0;
}
