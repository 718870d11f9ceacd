# What reads bytes from outside.  In "make check" each runs over its corpus;
# with --enable-fuzzers (CC=clang) the same files are libFuzzer's programs.
FUZZ_TARGETS = \
	tests/fuzz/fuzz_away \
	tests/fuzz/fuzz_claim tests/fuzz/fuzz_config tests/fuzz/fuzz_control \
	tests/fuzz/fuzz_csv tests/fuzz/fuzz_dates tests/fuzz/fuzz_edit \
	tests/fuzz/fuzz_form \
	tests/fuzz/fuzz_gateway tests/fuzz/fuzz_http tests/fuzz/fuzz_message \
	tests/fuzz/fuzz_numbers tests/fuzz/fuzz_reply tests/fuzz/fuzz_smtp \
	tests/fuzz/fuzz_twiml tests/fuzz/fuzz_values
FUZZ_LIBS = $(TEST_LIBS) $(FUZZ_LDFLAGS)
if FUZZERS
FUZZ_MAIN = tests/fuzz/fuzz.h
noinst_PROGRAMS += $(FUZZ_TARGETS)
else
FUZZ_MAIN = tests/fuzz/fuzz.h tests/fuzz/replay.c
check_PROGRAMS += $(FUZZ_TARGETS)
endif
EXTRA_DIST += tests/fuzz/corpus

tests_fuzz_fuzz_away_SOURCES = tests/fuzz/fuzz_away.c $(FUZZ_MAIN)
tests_fuzz_fuzz_away_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_claim_SOURCES = tests/fuzz/fuzz_claim.c $(FUZZ_MAIN)
tests_fuzz_fuzz_claim_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_config_SOURCES = tests/fuzz/fuzz_config.c $(FUZZ_MAIN)
tests_fuzz_fuzz_config_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_control_SOURCES = tests/fuzz/fuzz_control.c $(FUZZ_MAIN)
tests_fuzz_fuzz_control_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_csv_SOURCES = tests/fuzz/fuzz_csv.c $(FUZZ_MAIN)
tests_fuzz_fuzz_csv_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_dates_SOURCES = tests/fuzz/fuzz_dates.c $(FUZZ_MAIN)
tests_fuzz_fuzz_dates_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_edit_SOURCES = tests/fuzz/fuzz_edit.c $(FUZZ_MAIN)
tests_fuzz_fuzz_edit_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_form_SOURCES = tests/fuzz/fuzz_form.c $(FUZZ_MAIN)
tests_fuzz_fuzz_form_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_gateway_SOURCES = tests/fuzz/fuzz_gateway.c $(FUZZ_MAIN)
tests_fuzz_fuzz_gateway_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_http_SOURCES = tests/fuzz/fuzz_http.c $(FUZZ_MAIN)
tests_fuzz_fuzz_http_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_message_SOURCES = tests/fuzz/fuzz_message.c $(FUZZ_MAIN)
tests_fuzz_fuzz_message_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_numbers_SOURCES = tests/fuzz/fuzz_numbers.c $(FUZZ_MAIN)
tests_fuzz_fuzz_numbers_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_reply_SOURCES = tests/fuzz/fuzz_reply.c $(FUZZ_MAIN)
tests_fuzz_fuzz_reply_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_smtp_SOURCES = tests/fuzz/fuzz_smtp.c $(FUZZ_MAIN)
tests_fuzz_fuzz_smtp_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_twiml_SOURCES = tests/fuzz/fuzz_twiml.c $(FUZZ_MAIN)
tests_fuzz_fuzz_twiml_LDADD = $(FUZZ_LIBS)
tests_fuzz_fuzz_values_SOURCES = tests/fuzz/fuzz_values.c $(FUZZ_MAIN)
tests_fuzz_fuzz_values_LDADD = $(FUZZ_LIBS)

# Each for FUZZ_SECONDS, from its corpus; what it finds stays beside the build.
FUZZ_SECONDS = 20
check-fuzz: $(FUZZ_TARGETS)
	@for t in $(FUZZ_TARGETS); do \
		name=$${t##*/fuzz_}; echo "== $$name"; \
		mkdir -p fuzz-new/$$name || exit 1; \
		$$t -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 \
		    -verbosity=0 -print_final_stats=1 \
		    -artifact_prefix=fuzz-new/$$name- fuzz-new/$$name \
		    $(srcdir)/tests/fuzz/corpus/$$name || exit 1; \
	done
.PHONY: check-fuzz
