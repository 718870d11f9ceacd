check_PROGRAMS += tests/web/test_api
tests_web_test_api_SOURCES = tests/web/test_api.c tests/web/rig.h
tests_web_test_api_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/web/test_asker
tests_web_test_asker_SOURCES = tests/web/test_asker.c
tests_web_test_asker_LDADD = $(TEST_LIBS)
