# libringround_a_SOURCES += src/exchange/x.c src/exchange/x.h
