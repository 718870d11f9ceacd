# check_PROGRAMS += tests/config/test_x
# tests_config_test_x_SOURCES = tests/config/test_x.c
# tests_config_test_x_LDADD = $(TEST_LIBS)
