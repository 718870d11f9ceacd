# libringround_a_SOURCES += src/web/x.c src/web/x.h
