/* Timers, signals and descriptors, and that all may end each other. */
#include "net/loop.h"

#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "tap.h"

static struct loop *loop;
static int fired;

static void
on_fire(void *arg)
{
	(void)arg;
	fired++;
}

static void
turn(void)
{
	struct err e;

	if (loop_turn(loop, &e) == -1)
		ok(0, "turn: %s", e.text);
}

static void
look(void)
{
	struct err e;

	if (loop_look(loop, &e) == -1)
		ok(0, "look: %s", e.text);
}

/* Turn until *n is as wanted; whoever calls has armed something. */
static void
turn_until(const int *n, int want)
{
	msec end = clock_monotonic() + 10 * MSEC_SECOND;

	while (*n < want && clock_monotonic() < end)
		turn();
}

static void
test_timers(void)
{
	struct loop_timer *late = loop_timer_new(loop, on_fire, NULL);
	struct loop_timer *t = loop_timer_new(loop, on_fire, NULL);

	for (int ms = 0; ms <= 20; ms += 5) {
		msec start = clock_monotonic();

		fired = 0;
		loop_timer_arm(t, ms);
		turn_until(&fired, 1);
		is_int(fired, 1, "a timer of %d ms fires once", ms);
		ok(clock_monotonic() - start >= ms, "and not too early");
	}
	fired = 0;
	loop_timer_arm(late, 1);
	loop_timer_disarm(late);
	loop_timer_arm(t, 5);
	turn_until(&fired, 1);
	is_int(fired, 1, "a timer that was disarmed does not fire");
	loop_timer_arm(t, -7);
	turn_until(&fired, 2);
	is_int(fired, 2, "a time that is past is now");
	loop_timer_arm(late, MSEC_HOUR);
	loop_timer_arm(late, 1);
	turn_until(&fired, 3);
	is_int(fired, 3, "arming anew replaces");
	loop_timer_arm(late, 0);
	loop_timer_arm(late, NEVER);
	loop_timer_arm(t, 1);
	turn_until(&fired, 4);
	is_int(fired, 4, "armed for NEVER is disarmed");
	loop_timer_free(late);
	loop_timer_free(t);
}

static struct loop_timer *mortal;

static void
on_own_end(void *arg)
{
	(void)arg;
	fired++;
	loop_timer_free(mortal);
	mortal = NULL;
}

static void
test_own_end(void)
{
	fired = 0;
	mortal = loop_timer_new(loop, on_own_end, NULL);
	loop_timer_arm(mortal, 0);
	turn_until(&fired, 1);
	ok(!mortal, "a timer may free itself");
}

static void
on_signal(int number, void *arg)
{
	*(int *)arg = number;
	fired++;
}

static void
test_signal(void)
{
	int number = 0;
	struct loop_signal *s = loop_signal_new(loop, SIGUSR1, on_signal,
	    &number);

	fired = 0;
	raise(SIGUSR1);
	is_int(fired, 0, "nothing happens in the handler itself");
	turn_until(&fired, 1);
	is_int(number, SIGUSR1, "the loop tells of a signal");
	loop_signal_free(s);
}

static void
on_readable(int fd, void *arg)
{
	char c;

	(void)arg;
	fired += (int)read(fd, &c, 1);
}

static void
test_watch(void)
{
	struct loop_watch *w;
	int fds[2];

	if (pipe(fds) == -1) {
		ok(0, "a pipe");
		return;
	}
	w = loop_watch_new(loop, fds[0], on_readable, NULL);
	fired = 0;
	is_int(write(fds[1], "ab", 2), 2, "two bytes are written");
	look();
	is_int(fired, 1, "a look ends though more is ready");
	turn_until(&fired, 2);
	is_int(fired, 2, "a watch is called as long as there is something");
	look();
	is_int(fired, 2, "and a look waits for nothing");
	loop_watch_free(w);
	close(fds[0]);
	close(fds[1]);
}

int
main(void)
{
	loop = loop_new();
	test_timers();
	test_own_end();
	test_signal();
	test_watch();
	loop_timer_free(NULL);
	loop_signal_free(NULL);
	loop_watch_free(NULL);
	loop_free(loop);
	loop_free(NULL);
	return tap_done();
}
