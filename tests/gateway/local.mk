check_PROGRAMS += tests/gateway/test_date
tests_gateway_test_date_SOURCES = tests/gateway/test_date.c
tests_gateway_test_date_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/gateway/test_request
tests_gateway_test_request_SOURCES = tests/gateway/test_request.c \
	tests/gateway/rig.h
tests_gateway_test_request_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/gateway/test_sign
tests_gateway_test_sign_SOURCES = tests/gateway/test_sign.c
tests_gateway_test_sign_LDADD = $(TEST_LIBS)
