# check_PROGRAMS += tests/exchange/test_x
# tests_exchange_test_x_SOURCES = tests/exchange/test_x.c
# tests_exchange_test_x_LDADD = $(TEST_LIBS)
