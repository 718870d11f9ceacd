# libringround_a_SOURCES += src/engine/x.c src/engine/x.h
