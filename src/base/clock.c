#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct timespec
read_clock(clockid_t id)
{
	struct timespec t;

	/* Both clocks exist on every kernel that runs this. */
	if (clock_gettime(id, &t) == -1) {
		perror("ringround: clock_gettime");
		abort();
	}
	return t;
}

msec
clock_monotonic(void)
{
	return clock_monotonic_us() / 1000;
}

int64_t
clock_monotonic_us(void)
{
	struct timespec t = read_clock(CLOCK_MONOTONIC);

	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void
clock_init_real(struct clock *c)
{
	*c = (struct clock){ 0, 0, 0 };
}

void
clock_init_rehearsal(struct clock *c, msec epoch, int rate)
{
	*c = (struct clock){ epoch, clock_monotonic(), rate };
}

msec
clock_now(const struct clock *c)
{
	if (c->rate > 0)
		return c->epoch + (clock_monotonic() - c->started) * c->rate;

	struct timespec t = read_clock(CLOCK_REALTIME);
	return (msec)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

msec
clock_sleep_until(const struct clock *c, msec instant)
{
	msec left, now = clock_now(c);

	if (instant <= now)
		return 0;
	if (__builtin_sub_overflow(instant, now, &left))
		return NEVER;
	/* Rounded up: to wake a moment early would only be to sleep again. */
	return c->rate > 0 ? (left - 1) / c->rate + 1 : left;
}
