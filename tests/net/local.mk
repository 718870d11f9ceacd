check_PROGRAMS += tests/net/test_form
tests_net_test_form_SOURCES = tests/net/test_form.c
tests_net_test_form_LDADD = $(TEST_LIBS)
