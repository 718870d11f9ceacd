# Measuring sticks: "make bench" builds them, runs all for some minutes and
# prints one table.  No part of check.
BENCH_STICKS = tests/bench/mock tests/bench/post tests/bench/sends \
	tests/bench/hooks tests/bench/due
EXTRA_PROGRAMS = $(BENCH_STICKS)
CLEANFILES += $(BENCH_STICKS) tests/bench/slowsync.so
tests_bench_mock_SOURCES = tests/bench/mock.c tests/bench/wire.c \
	tests/bench/wire.h
tests_bench_mock_LDADD = $(TEST_LIBS)
tests_bench_post_SOURCES = tests/bench/post.c tests/bench/wire.c \
	tests/bench/wire.h
tests_bench_post_LDADD = $(TEST_LIBS)
tests_bench_sends_SOURCES = tests/bench/sends.c tests/bench/wire.c \
	tests/bench/wire.h
tests_bench_sends_LDADD = $(TEST_LIBS)
tests_bench_hooks_SOURCES = tests/bench/hooks.c tests/bench/wire.c \
	tests/bench/wire.h
tests_bench_hooks_LDADD = $(TEST_LIBS)
tests_bench_due_SOURCES = tests/bench/due.c tests/bench/wire.c \
	tests/bench/wire.h
tests_bench_due_LDADD = $(TEST_LIBS)
EXTRA_DIST += tests/bench/README.md tests/bench/bench.py \
	tests/bench/schemes.py tests/bench/growth.py tests/bench/slowsync.c

tests/bench/slowsync.so: tests/bench/slowsync.c
	$(AM_V_CC)$(MKDIR_P) tests/bench && \
	$(CC) -O2 -shared -fPIC -D_GNU_SOURCE -o $@ $< -ldl

bench: all $(BENCH_STICKS) tests/bench/slowsync.so
	BUILDDIR=$(abs_top_builddir) $(PYTHON) $(srcdir)/tests/bench/bench.py \
	    $(BENCH)
.PHONY: bench
