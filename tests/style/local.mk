dist_check_SCRIPTS += tests/style/test_layers.sh tests/style/test_style.sh
EXTRA_DIST += tests/style/bare.awk
dist_check_SCRIPTS += tests/style/test_docs.sh
check_PROGRAMS += tests/style/test_keys
tests_style_test_keys_SOURCES = tests/style/test_keys.c
tests_style_test_keys_LDADD = $(TEST_LIBS)
dist_check_SCRIPTS += tests/style/test_unit.sh
dist_check_SCRIPTS += tests/style/test_install.sh
