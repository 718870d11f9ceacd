check_PROGRAMS += tests/net/test_form
tests_net_test_form_SOURCES = tests/net/test_form.c
tests_net_test_form_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/net/test_loop
tests_net_test_loop_SOURCES = tests/net/test_loop.c
tests_net_test_loop_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/net/test_fetch
tests_net_test_fetch_SOURCES = tests/net/test_fetch.c
tests_net_test_fetch_LDADD = $(TEST_LIBS)
check_PROGRAMS += tests/net/test_message
tests_net_test_message_SOURCES = tests/net/test_message.c
tests_net_test_message_LDADD = $(TEST_LIBS)

# What the scripts have their mails sent and their requests served by.
noinst_PROGRAMS += tests/net/mail_probe tests/net/httpd_probe
tests_net_mail_probe_SOURCES = tests/net/mail_probe.c
tests_net_mail_probe_LDADD = $(TEST_LIBS)
tests_net_httpd_probe_SOURCES = tests/net/httpd_probe.c
tests_net_httpd_probe_LDADD = $(TEST_LIBS)
dist_check_SCRIPTS += tests/net/test_mail.py tests/net/test_httpd.py
