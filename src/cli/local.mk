# libringround_a_SOURCES += src/cli/x.c src/cli/x.h
