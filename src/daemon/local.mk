libringround_a_SOURCES += \
	src/daemon/alarm.c \
	src/daemon/carrier.c \
	src/daemon/carrier.h \
	src/daemon/check.c \
	src/daemon/daemon.c \
	src/daemon/daemon.h \
	src/daemon/doors.c \
	src/daemon/inside.h \
	src/daemon/loader.c \
	src/daemon/loader.h \
	src/daemon/loading.c \
	src/daemon/loading.h \
	src/daemon/options.c \
	src/daemon/options.h \
	src/daemon/reload.c \
	src/daemon/service.c \
	src/daemon/service.h \
	src/daemon/stepped.c

sbin_PROGRAMS += ringroundd
ringroundd_SOURCES = src/ringroundd.c
ringroundd_LDADD = $(RINGROUND_LIBS)
