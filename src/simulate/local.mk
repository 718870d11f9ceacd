libringround_a_SOURCES += \
	src/simulate/crowd.c src/simulate/crowd.h \
	src/simulate/forecast.c src/simulate/forecast.h \
	src/simulate/judge.c src/simulate/judge.h \
	src/simulate/scheme.c src/simulate/scheme.h \
	src/simulate/simulate.c src/simulate/simulate.h \
	src/simulate/staff.c src/simulate/staff.h \
	src/simulate/weather.c src/simulate/weather.h \
	src/simulate/wire.c src/simulate/wire.h \
	src/simulate/world.c src/simulate/world.h
