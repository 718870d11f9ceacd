# check_PROGRAMS += tests/daemon/test_x
# tests_daemon_test_x_SOURCES = tests/daemon/test_x.c
# tests_daemon_test_x_LDADD = $(TEST_LIBS)
