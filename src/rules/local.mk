libringround_a_SOURCES += \
	src/rules/calendar.c src/rules/calendar.h \
	src/rules/text.c src/rules/text.h
