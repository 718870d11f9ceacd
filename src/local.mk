# The mains, each on one screen; all else is in the rooms.
# A program is listed here once its main exists:
#
#   sbin_PROGRAMS += ringroundd
#   ringroundd_SOURCES = src/ringroundd.c
#   ringroundd_LDADD = $(RINGROUND_LIBS)
#
#   bin_PROGRAMS += ringround
#   ringround_SOURCES = src/ringround.c
#   ringround_LDADD = $(RINGROUND_LIBS)
#
#   bin_PROGRAMS += ringround-exchange
#   ringround_exchange_SOURCES = src/ringround-exchange.c
#   ringround_exchange_LDADD = $(RINGROUND_LIBS)
