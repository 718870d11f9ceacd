check_PROGRAMS += tests/rules/test_calendar
tests_rules_test_calendar_SOURCES = tests/rules/test_calendar.c
tests_rules_test_calendar_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_nearest
tests_rules_test_nearest_SOURCES = tests/rules/test_nearest.c
tests_rules_test_nearest_LDADD = $(TEST_LIBS)
