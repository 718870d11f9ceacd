check_PROGRAMS += tests/web/test_api
tests_web_test_api_SOURCES = tests/web/test_api.c
tests_web_test_api_LDADD = $(TEST_LIBS)
