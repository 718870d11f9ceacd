libringround_a_SOURCES += \
	src/exchange/agenda.c src/exchange/agenda.h \
	src/exchange/direct.c src/exchange/direct.h \
	src/exchange/exchange.c src/exchange/exchange.h \
	src/exchange/fault.c src/exchange/fault.h \
	src/exchange/habit.c src/exchange/habit.h \
	src/exchange/inside.h \
	src/exchange/person.c src/exchange/person.h \
	src/exchange/rehearse.c src/exchange/rehearse.h \
	src/exchange/scenario.c src/exchange/scenario.h \
	src/exchange/server.c src/exchange/server.h \
	src/exchange/settings.c src/exchange/settings.h \
	src/exchange/simapi.c src/exchange/simapi.h \
	src/exchange/simcall.c src/exchange/simcall.h \
	src/exchange/simcontrol.c src/exchange/simcontrol.h \
	src/exchange/simcreate.c src/exchange/simcreate.h \
	src/exchange/simdial.c src/exchange/simdial.h \
	src/exchange/simhook.c src/exchange/simhook.h \
	src/exchange/simshow.c src/exchange/simshow.h \
	src/exchange/simtext.c src/exchange/simtext.h \
	src/exchange/simwalk.c src/exchange/simwalk.h \
	src/exchange/twiml.c src/exchange/twiml.h \
	src/exchange/xml.c src/exchange/xml.h

bin_PROGRAMS += ringround-exchange
ringround_exchange_SOURCES = src/ringround-exchange.c
ringround_exchange_LDADD = $(TEST_LIBS)
