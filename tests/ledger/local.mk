# check_PROGRAMS += tests/ledger/test_x
# tests_ledger_test_x_SOURCES = tests/ledger/test_x.c
# tests_ledger_test_x_LDADD = $(TEST_LIBS)
