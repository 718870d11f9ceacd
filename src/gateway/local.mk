libringround_a_SOURCES += \
	src/gateway/date.c src/gateway/date.h \
	src/gateway/gateway.c src/gateway/gateway.h \
	src/gateway/twilio.c src/gateway/twilio.h \
	src/gateway/twilio_hook.c \
	src/gateway/twilio_inbox.c \
	src/gateway/twilio_read.c \
	src/gateway/twilio_say.c \
	src/gateway/twilio_sign.c src/gateway/twilio_sign.h
