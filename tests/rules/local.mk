check_PROGRAMS += tests/rules/test_calendar
tests_rules_test_calendar_SOURCES = tests/rules/test_calendar.c
tests_rules_test_calendar_LDADD = $(TEST_LIBS)
