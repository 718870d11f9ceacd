# libringround_a_SOURCES += src/config/x.c src/config/x.h
