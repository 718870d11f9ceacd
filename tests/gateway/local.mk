# check_PROGRAMS += tests/gateway/test_x
# tests_gateway_test_x_SOURCES = tests/gateway/test_x.c
# tests_gateway_test_x_LDADD = $(TEST_LIBS)
