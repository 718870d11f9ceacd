#include "base/clock.h"

#include <time.h>

#include "tap.h"

#define Y2026 ((msec)1767225600000)

static void
test_real(void)
{
	struct clock c;

	clock_init_real(&c);
	msec before = (msec)time(NULL) * 1000;
	msec now = clock_now(&c);
	msec after = ((msec)time(NULL) + 1) * 1000;
	ok(before <= now && now < after + 1000, "the machine's own clock");
	is_int(clock_sleep_until(&c, now - 5000), 0, "past: no sleep");
	msec left = clock_sleep_until(&c, clock_now(&c) + MSEC_HOUR);
	ok(left <= MSEC_HOUR && left > MSEC_HOUR - MSEC_MINUTE,
	    "an hour ahead: an hour's sleep");
	ok(clock_sleep_until(&c, NEVER) > 100000 * MSEC_DAY,
	    "never: sleeps on");
}

static void
test_rehearsal(void)
{
	struct clock c;

	clock_init_rehearsal(&c, Y2026, 3600);
	msec shown = clock_now(&c);
	ok(shown >= Y2026 && shown < Y2026 + 10 * MSEC_HOUR,
	    "begins where it is told");

	/* Ten real seconds ago, without waiting for them. */
	c.started -= 10 * MSEC_SECOND;
	shown = clock_now(&c);
	ok(shown >= Y2026 + 10 * MSEC_HOUR && shown < Y2026 + 20 * MSEC_HOUR,
	    "runs at its rate");
	msec left = clock_sleep_until(&c, shown + 24 * MSEC_HOUR);
	ok(left > 10 * MSEC_SECOND && left <= 24 * MSEC_SECOND,
	    "a day ahead is 24 s of sleep at most");
	c.rate = 60;
	left = clock_sleep_until(&c, clock_now(&c) + 1 + 59);
	ok(left == 0 || left == 1, "sleep is rounded up");
	ok(clock_sleep_until(&c, INT64_MIN) == 0, "the far past: no sleep");
	c.epoch = -1000 * MSEC_DAY;
	ok(clock_sleep_until(&c, NEVER) > 0, "no overflow from before 1970");
}

static void
test_monotonic(void)
{
	int64_t last = clock_monotonic_us();
	int backward = 0;

	for (int i = 0; i < 1000; i++) {
		int64_t us = clock_monotonic_us();

		backward += us < last;
		last = us;
	}
	is_int(backward, 0, "only runs forward");
	ok(clock_monotonic() - last / 1000 < MSEC_MINUTE, "same in ms");
}

int
main(void)
{
	test_real();
	test_rehearsal();
	test_monotonic();
	return tap_done();
}
