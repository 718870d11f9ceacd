# libringround_a_SOURCES += src/daemon/x.c src/daemon/x.h
