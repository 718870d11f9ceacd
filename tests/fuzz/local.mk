# libFuzzer programs; their corpus runs in "make check" as ordinary input.
#
#   if FUZZERS
#   noinst_PROGRAMS += fuzz/fuzz_form
#   fuzz_fuzz_form_SOURCES = fuzz/fuzz_form.c
#   fuzz_fuzz_form_LDADD = $(RINGROUND_LIBS)
#   fuzz_fuzz_form_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
#   endif
