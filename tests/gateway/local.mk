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
check_PROGRAMS += tests/gateway/test_hook
tests_gateway_test_hook_SOURCES = tests/gateway/test_hook.c \
	tests/gateway/rig.h
tests_gateway_test_hook_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/gateway/test_lookup
tests_gateway_test_lookup_SOURCES = tests/gateway/test_lookup.c \
	tests/gateway/rig.h
tests_gateway_test_lookup_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/gateway/test_read
tests_gateway_test_read_SOURCES = tests/gateway/test_read.c \
	tests/gateway/rig.h
tests_gateway_test_read_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/gateway/test_inbox
tests_gateway_test_inbox_SOURCES = tests/gateway/test_inbox.c \
	tests/gateway/rig.h
tests_gateway_test_inbox_LDADD = $(TEST_LIBS)
