libringround_a_SOURCES += \
	src/base/base.h \
	src/base/buf.c src/base/buf.h \
	src/base/cert.c src/base/cert.h \
	src/base/clock.c src/base/clock.h \
	src/base/crypto.c src/base/crypto.h \
	src/base/err.c src/base/err.h \
	src/base/json.c src/base/json.h \
	src/base/log.c src/base/log.h \
	src/base/mem.c src/base/mem.h \
	src/base/num.c src/base/num.h \
	src/base/random.c src/base/random.h \
	src/base/secret.c src/base/secret.h \
	src/base/url.c src/base/url.h
