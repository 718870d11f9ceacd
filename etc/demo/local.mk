# One morning in a minute: the real daemon against the exchange.
demo: all
	@BUILDDIR='$(abs_top_builddir)' bash $(srcdir)/etc/demo/demo.sh
.PHONY: demo
EXTRA_DIST += etc/demo/demo.sh etc/demo/flat.awk etc/demo/person.awk \
	etc/demo/people.scenario
