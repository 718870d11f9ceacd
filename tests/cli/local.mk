# check_PROGRAMS += tests/cli/test_x
# tests_cli_test_x_SOURCES = tests/cli/test_x.c
# tests_cli_test_x_LDADD = $(TEST_LIBS)
