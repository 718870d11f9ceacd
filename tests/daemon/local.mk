# check_PROGRAMS += tests/daemon/test_x
# tests_daemon_test_x_SOURCES = tests/daemon/test_x.c
# tests_daemon_test_x_LDADD = $(TEST_LIBS)
# The real daemon against the real exchange; a test is a file of its own so
# that each stays under a minute.
EXTRA_DIST += tests/daemon/rig.py tests/daemon/post.py tests/daemon/crowd.py \
	tests/daemon/certs.py tests/daemon/proxy.py \
	tests/daemon/abuse.py \
	tests/daemon/browser.py \
	tests/daemon/hooks.py \
	tests/daemon/disk.c tests/daemon/machine.c tests/daemon/shim.py
dist_check_SCRIPTS += \
	tests/daemon/test_abuse.py \
	tests/daemon/test_acceptance.py \
	tests/daemon/test_audit.py \
	tests/daemon/test_bridge.py \
	tests/daemon/test_calls.py \
	tests/daemon/test_clock.py \
	tests/daemon/test_crash.py \
	tests/daemon/test_disk.py \
	tests/daemon/test_faults.py \
	tests/daemon/test_gateway.py \
	tests/daemon/test_hooks.py \
	tests/daemon/test_hostile.py \
	tests/daemon/test_life.py \
	tests/daemon/test_lists.py \
	tests/daemon/test_mail.py \
	tests/daemon/test_morning.py \
	tests/daemon/test_outage.py \
	tests/daemon/test_reload.py \
	tests/daemon/test_pages.py \
	tests/daemon/test_play.py \
	tests/daemon/test_poll.py \
	tests/daemon/test_resolver.py \
	tests/daemon/test_proxy.py \
	tests/daemon/test_stop.py \
	tests/daemon/test_texts.py \
	tests/daemon/test_tunnel.py \
	tests/daemon/test_tls.py \
	tests/daemon/test_try.py
dist_check_SCRIPTS += tests/daemon/test_demo.sh
dist_check_SCRIPTS += tests/daemon/test_service.py
dist_check_SCRIPTS += tests/daemon/test_systemd.py
# In a real browser; its pictures lie beside the logs.
EXTRA_DIST += tests/daemon/chromium.py tests/daemon/tsan.supp
dist_check_SCRIPTS += tests/daemon/test_browser.py
clean-local:
	rm -rf tests/daemon/pictures
