# check_PROGRAMS += tests/engine/test_x
# tests_engine_test_x_SOURCES = tests/engine/test_x.c
# tests_engine_test_x_LDADD = $(TEST_LIBS)
