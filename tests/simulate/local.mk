check_PROGRAMS += tests/simulate/test_judge
tests_simulate_test_judge_SOURCES = tests/simulate/test_judge.c \
	tests/ledger/handle.c tests/ledger/handle.h
tests_simulate_test_judge_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/simulate/test_flat
tests_simulate_test_flat_SOURCES = tests/simulate/test_flat.c
tests_simulate_test_flat_LDADD = $(TEST_LIBS)

dist_check_SCRIPTS += tests/simulate/test_simulate.py
EXTRA_DIST += tests/simulate/seeds.py

# A thousand seeds, thousands of deaths, and each write of a disk failing.
LONG_SEEDS = 1000
check-long: ringround tests/engine/test_points tests/engine/test_disk
	$(PYTHON) $(srcdir)/tests/simulate/seeds.py --program ./ringround \
	    --seeds $(LONG_SEEDS)
	tests/engine/test_points 3000
	tests/engine/test_disk 1
.PHONY: check-long
