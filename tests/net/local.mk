check_PROGRAMS += tests/net/test_form
tests_net_test_form_SOURCES = tests/net/test_form.c
tests_net_test_form_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/net/test_loop
tests_net_test_loop_SOURCES = tests/net/test_loop.c
tests_net_test_loop_LDADD = $(TEST_LIBS)
