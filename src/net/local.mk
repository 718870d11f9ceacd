libringround_a_SOURCES += \
	src/net/fetch.c src/net/fetch.h \
	src/net/form.c src/net/form.h \
	src/net/http.c src/net/http.h \
	src/net/httpd.c src/net/httpd.h \
	src/net/incoming.c src/net/incoming.h \
	src/net/letter.c src/net/letter.h \
	src/net/listener.c src/net/listener.h \
	src/net/loop.c src/net/loop.h \
	src/net/mail.c src/net/mail.h \
	src/net/message.c src/net/message.h \
	src/net/multi.c src/net/multi.h \
	src/net/tls.c src/net/tls.h
