# check_PROGRAMS += tests/web/test_x
# tests_web_test_x_SOURCES = tests/web/test_x.c
# tests_web_test_x_LDADD = $(TEST_LIBS)
