/*
 * tap.h - the whole of the unit-test framework: TAP on standard output.
 */
#ifndef TAP_H
#define TAP_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One count for the whole program, however many files it has. */
int tap_run __attribute__((weak));
int tap_failed __attribute__((weak));

static int __attribute__((format(printf, 5, 6), unused))
tap_ok(int good, const char *what, const char *file, int line,
    const char *name, ...)
{
	va_list ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_run);
	va_start(ap, name);
	vprintf(name, ap);
	va_end(ap);
	putchar('\n');
	if (!good) {
		tap_failed++;
		printf("# failed: %s\n# at %s:%d\n", what, file, line);
	}
	fflush(stdout);
	return good;
}

#define ok(cond, ...)                                                        \
	tap_ok((cond) ? 1 : 0, #cond, __FILE__, __LINE__, __VA_ARGS__)

#define is_int(got, want, ...)                                               \
	do {                                                                 \
		long long g_ = (long long)(got), w_ = (long long)(want);     \
		if (!tap_ok(g_ == w_, #got " == " #want, __FILE__, __LINE__, \
		        __VA_ARGS__))                                        \
			printf("#   got %lld, wanted %lld\n", g_, w_);       \
	} while (0)

/* Both may be NULL, which equals only NULL. */
#define is_text(got, want, ...)                                              \
	do {                                                                 \
		const char *g_ = (got), *w_ = (want);                        \
		int same_ = g_ && w_ ? strcmp(g_, w_) == 0 : g_ == w_;       \
		if (!tap_ok(same_, #got " is " #want, __FILE__, __LINE__,    \
		        __VA_ARGS__))                                        \
			printf("#   got    '%s'\n#   wanted '%s'\n",         \
			    g_ ? g_ : "(null)", w_ ? w_ : "(null)");         \
	} while (0)

/*
 * Print the plan, and give main's status: 0 even after failures, since
 * automake's TAP driver counts any other as an error of its own.
 */
static inline int
tap_done(void)
{
	printf("1..%d\n", tap_run);
	if (tap_failed > 0)
		printf("# %d of %d failed\n", tap_failed, tap_run);
	return 0;
}

#endif /* TAP_H */
