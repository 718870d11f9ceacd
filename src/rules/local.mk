libringround_a_SOURCES += \
	src/rules/away.c src/rules/away.h src/rules/away_table.c \
	src/rules/calendar.c src/rules/calendar.h \
	src/rules/claim.c src/rules/claim.h \
	src/rules/language.c src/rules/language.h \
	src/rules/manners.c src/rules/manners.h \
	src/rules/nearest.c src/rules/nearest.h \
	src/rules/number.c src/rules/number.h src/rules/number_pattern.c \
	src/rules/reply.c src/rules/reply.h src/rules/reply_table.c \
	src/rules/text.c src/rules/text.h \
	src/rules/wording.c src/rules/wording.h \
	src/rules/words.c src/rules/words.h

libringround_a_SOURCES += \
	src/rules/ladder.c src/rules/ladder.h \
	src/rules/script.c src/rules/script.h \
	src/rules/state.c src/rules/state.h \
	src/rules/week.c src/rules/week.h
