#include "web/limits.h"

#include <stdio.h>

#include "base/clock.h"
#include "tap.h"

/* How many of n at once the address is given. */
static int
take(struct limits *l, const char *address, int n, msec at)
{
	int given = 0;

	for (int i = 0; i < n; i++)
		given += limits_take(l, address, at);
	return given;
}

static void
for_one_address(void)
{
	struct limits *l = limits_new(5, MSEC_MINUTE, 1000, 1);
	msec at = 1000;

	is_int(take(l, "192.0.2.1", 9, at), 5, "so many at once");
	is_int(take(l, "192.0.2.2", 9, at), 5, "another has its own");
	is_int(take(l, "192.0.2.1", 9, at + MSEC_MINUTE - 1), 0, "not yet");
	is_int(take(l, "192.0.2.1", 9, at + MSEC_MINUTE), 1,
	    "one more each minute");
	is_int(take(l, "192.0.2.1", 99, at + MSEC_DAY), 5,
	    "and never more than at first");
	is_int(take(l, "2001:db8::1", 3, at), 3, "IPv6");
	is_int(take(l, "2001:db8::2", 9, at), 2, "a network is one address");
	is_int(take(l, "2001:db8:0:1::1", 9, at), 5, "another is another");
	is_int(take(l, "nonsense", 3, at), 3, "what is no address");
	is_int(take(l, "other nonsense", 9, at), 2, "is one");
	limits_free(l);
}

static void
for_all_together(void)
{
	struct limits *l = limits_new(5, MSEC_MINUTE, 100, MSEC_SECOND);
	char address[32];
	int given = 0;

	for (int i = 0; i < 5000; i++) {
		snprintf(address, sizeof(address), "10.%d.%d.1", i / 250,
		    i % 250);
		given += limits_take(l, address, 1000);
	}
	is_int(given, 100, "many addresses are no way around it");
	is_int(take(l, "192.0.2.1", 9, 1000 + 3 * MSEC_SECOND), 3,
	    "it fills again");
	limits_free(l);
}

int
main(void)
{
	for_one_address();
	for_all_together();
	return tap_done();
}
