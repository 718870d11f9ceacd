EXTRA_DIST += tests/config/scheme.h

check_PROGRAMS += tests/config/test_acceptance
tests_config_test_acceptance_SOURCES = tests/config/test_acceptance.c
tests_config_test_acceptance_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_beyond
tests_config_test_beyond_SOURCES = tests/config/test_beyond.c
tests_config_test_beyond_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_csv
tests_config_test_csv_SOURCES = tests/config/test_csv.c
tests_config_test_csv_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_mistakes
tests_config_test_mistakes_SOURCES = tests/config/test_mistakes.c
tests_config_test_mistakes_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_reader
tests_config_test_reader_SOURCES = tests/config/test_reader.c
tests_config_test_reader_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_config
tests_config_test_config_SOURCES = tests/config/test_config.c
tests_config_test_config_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_keys
tests_config_test_keys_SOURCES = tests/config/test_keys.c
tests_config_test_keys_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_schemes
tests_config_test_schemes_SOURCES = tests/config/test_schemes.c
tests_config_test_schemes_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_tongues
tests_config_test_tongues_SOURCES = tests/config/test_tongues.c
tests_config_test_tongues_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_edit
tests_config_test_edit_SOURCES = tests/config/test_edit.c
tests_config_test_edit_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_rows
tests_config_test_rows_SOURCES = tests/config/test_rows.c
tests_config_test_rows_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_change
tests_config_test_change_SOURCES = tests/config/test_change.c
tests_config_test_change_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_recordings
tests_config_test_recordings_SOURCES = tests/config/test_recordings.c
tests_config_test_recordings_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_tone
tests_config_test_tone_SOURCES = tests/config/test_tone.c
tests_config_test_tone_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_closed
tests_config_test_closed_SOURCES = tests/config/test_closed.c
tests_config_test_closed_LDADD = $(TEST_LIBS)

check_PROGRAMS += tests/config/test_gaps
tests_config_test_gaps_SOURCES = tests/config/test_gaps.c
tests_config_test_gaps_LDADD = $(TEST_LIBS)
