#include "gateway/date.h"
#include "tests/tap.h"

static const struct {
	const char *text;
	msec instant;	/* -1: none */
} dates[] = {
	{ "Thu, 24 Aug 2023 05:01:45 +0000", 1692853305000 },
	{ "Thu, 24 Aug 2023 05:01:45 GMT", 1692853305000 },
	{ "Thu, 24 Aug 2023 06:01:45 +0100", 1692853305000 },
	{ "Wed, 23 Aug 2023 22:31:45 -0630", 1692853305000 },
	{ "24 Aug 2023 05:01:45 UT", 1692853305000 },
	{ "thu, 24 AUG 2023 05:01:45 gmt", 1692853305000 },
	{ "Thu, 1 Jan 1970 00:00:00 GMT", 0 },
	{ "Thu, 29 Feb 2024 12:00:00 GMT", 1709208000000 },
	{ "2023-08-24T05:01:45Z", 1692853305000 },
	{ "2023-08-24T05:01:45.123456Z", 1692853305000 },
	{ "2023-08-24T06:01:45+01:00", 1692853305000 },
	{ "2023-08-24 05:01:45 ", -1 },
	{ "Thu, 29 Feb 2023 12:00:00 GMT", -1 },
	{ "Thu, 31 Apr 2023 12:00:00 GMT", -1 },
	{ "Thu, 24 Aug 2023 24:01:45 GMT", -1 },
	{ "Thu, 24 Aug 2023 05:60:45 GMT", -1 },
	{ "Thu, 24 Aug 2023 05:01:45", -1 },
	{ "Thu, 24 Aug 2023 05:01:45 GMT x", -1 },
	{ "Thu, 24 Foo 2023 05:01:45 GMT", -1 },
	{ "Thu, 24 Au", -1 },
	{ "Thu,", -1 },
	{ "2023-08-24", -1 },
	{ "2023-", -1 },
	{ "2023", -1 },
	{ "yesterday", -1 },
	{ "-1", -1 },
	{ "", -1 },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(dates); i++) {
		msec got = -1;

		if (date_parse(dates[i].text, &got) == -1)
			got = -1;
		is_int(got, dates[i].instant, "date '%s'", dates[i].text);
	}
	return tap_done();
}
