check_PROGRAMS += tests/rules/test_calendar
tests_rules_test_calendar_SOURCES = tests/rules/test_calendar.c
tests_rules_test_calendar_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_nearest
tests_rules_test_nearest_SOURCES = tests/rules/test_nearest.c
tests_rules_test_nearest_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_state
tests_rules_test_state_SOURCES = tests/rules/test_state.c
tests_rules_test_state_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_week
tests_rules_test_week_SOURCES = tests/rules/test_week.c
tests_rules_test_week_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_number
tests_rules_test_number_SOURCES = tests/rules/test_number.c
tests_rules_test_number_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_reply
tests_rules_test_reply_SOURCES = tests/rules/test_reply.c
tests_rules_test_reply_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_claim
tests_rules_test_claim_SOURCES = tests/rules/test_claim.c
tests_rules_test_claim_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_wording
tests_rules_test_wording_SOURCES = tests/rules/test_wording.c
tests_rules_test_wording_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_ladder
tests_rules_test_ladder_SOURCES = tests/rules/test_ladder.c
tests_rules_test_ladder_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_script
tests_rules_test_script_SOURCES = tests/rules/test_script.c
tests_rules_test_script_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_away
tests_rules_test_away_SOURCES = tests/rules/test_away.c
tests_rules_test_away_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_language
tests_rules_test_language_SOURCES = tests/rules/test_language.c
tests_rules_test_language_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/rules/test_manners
tests_rules_test_manners_SOURCES = tests/rules/test_manners.c
tests_rules_test_manners_LDADD = $(TEST_LIBS)
