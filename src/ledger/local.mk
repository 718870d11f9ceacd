# libringround_a_SOURCES += src/ledger/x.c src/ledger/x.h
