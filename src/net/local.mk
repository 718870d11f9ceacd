libringround_a_SOURCES += \
	src/net/form.c src/net/form.h \
	src/net/http.c src/net/http.h \
	src/net/loop.c src/net/loop.h
