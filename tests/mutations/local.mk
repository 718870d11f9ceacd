# One line made wrong, and the test that tells; see HACKING.md.
dist_check_SCRIPTS += tests/mutations/test_table.py
EXTRA_DIST += tests/mutations/run.py tests/mutations/table.ini

check-mutations:
	$(PYTHON) $(srcdir)/tests/mutations/run.py --source $(srcdir)
.PHONY: check-mutations
