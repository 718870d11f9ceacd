libringround_a_SOURCES += \
	src/engine/absences.c \
	src/engine/aside.c \
	src/engine/amends.c \
	src/engine/audit.c src/engine/audit.h \
	src/engine/bridge.c src/engine/bridge.h \
	src/engine/climb.c \
	src/engine/closing.c \
	src/engine/contacts.c \
	src/engine/decide.c \
	src/engine/deadlines.c src/engine/deadlines.h \
	src/engine/dispatch.c \
	src/engine/engine.c \
	src/engine/engine.h \
	src/engine/flags.c \
	src/engine/followup.c \
	src/engine/gate.c \
	src/engine/gone.c src/engine/gone.h \
	src/engine/hand.c \
	src/engine/hear.c \
	src/engine/inbox.c \
	src/engine/inputs.c \
	src/engine/inside.h \
	src/engine/letters.c \
	src/engine/lines.c \
	src/engine/lists.c \
	src/engine/notes.c \
	src/engine/notices.c \
	src/engine/orphans.c \
	src/engine/plan.c \
	src/engine/plan.h \
	src/engine/planner.h \
	src/engine/planner.c \
	src/engine/probe.c \
	src/engine/restored.c \
	src/engine/reviews.c \
	src/engine/settle.c \
	src/engine/signin.c \
	src/engine/speech.c src/engine/speech.h \
	src/engine/standing.c \
	src/engine/status.c \
	src/engine/team.c \
	src/engine/trial.c src/engine/trial.h \
	src/engine/trips.c \
	src/engine/trouble.c \
	src/engine/wallclock.c \
	src/engine/watch.c \
	src/engine/word.c
