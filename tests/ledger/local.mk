check_PROGRAMS += tests/ledger/test_checks
tests_ledger_test_checks_SOURCES = tests/ledger/test_checks.c \
	tests/ledger/rig.h
tests_ledger_test_checks_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_open
tests_ledger_test_open_SOURCES = tests/ledger/test_open.c tests/ledger/rig.h
tests_ledger_test_open_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_plans
tests_ledger_test_plans_SOURCES = tests/ledger/test_plans.c \
	tests/ledger/rig.h
tests_ledger_test_plans_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_turn
tests_ledger_test_turn_SOURCES = tests/ledger/test_turn.c tests/ledger/rig.h
tests_ledger_test_turn_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_rows
tests_ledger_test_rows_SOURCES = tests/ledger/test_rows.c tests/ledger/rig.h
tests_ledger_test_rows_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_follow
tests_ledger_test_follow_SOURCES = tests/ledger/test_follow.c \
	tests/ledger/rig.h
tests_ledger_test_follow_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/ledger/test_view
tests_ledger_test_view_SOURCES = tests/ledger/test_view.c tests/ledger/rig.h
tests_ledger_test_view_LDADD = $(TEST_LIBS)
